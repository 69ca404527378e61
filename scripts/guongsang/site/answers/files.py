"""Files besides pages: which groups of them there are, and what is in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from guongsang.addresses import STORY_DATA, doc_url
from guongsang.engine.table import TEXT, Part, Query, Split
from guongsang.exports.data import render_stories
from guongsang.exports.groups import FileGroup, list_groups, text_group
from guongsang.exports.sitemap import render_sitemap
from guongsang.photos.cache import shard_folder
from guongsang.pictures import Media
from guongsang.search.plan import CACHE as SEARCH_CACHE
from guongsang.search.plan import find_key, name_year
from guongsang.site.answers.index import read_slugs
from guongsang.site.answers.told import MEDIA
from guongsang.site.sources.lists import SHOWN_STORY
from guongsang.site.sources.lists import STORIES as ALL_STORIES
from guongsang.traces import ALL
from guongsang.views.outputs import SiteFile

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.answers.newsroom import Newsroom

_SITEMAP: Final = "sitemap"
_DATA: Final = "stories"
# All that the data file tells of stories: a record a line.
_RECORDS: Final = "records"


def list_queries(newsroom: Newsroom) -> list[Query]:
    """Return what files besides pages are made from."""
    files, kind = newsroom.files, newsroom.kind
    return [
        Query(kind("groups"), files.find_groups, parts=(Part(kind("group")), Part(kind("year")))),
        Query(kind("year key"), files.find_year, each=kind("year")),
        Query(kind(_RECORDS), files.list_records, folds=True, codec=TEXT),
    ]


def list_outputs(newsroom: Newsroom) -> list[Query]:
    """Return all that is published besides pages."""
    files, kind, out = newsroom.files, newsroom.kind, newsroom.out
    return [
        Query(out("pictures"), files.make_pictures, each=kind(SHOWN_STORY), is_output=True),
        Query(out("files"), files.make_group, each=kind("group"), is_output=True, least=4),
    ]


@dataclass(frozen=True)
class Files:
    newsroom: Newsroom

    @cached_property
    def groups(self) -> Mapping[str, FileGroup]:
        newsroom, project = self.newsroom, self.newsroom.project
        groups = list_groups(
            newsroom.archive,
            root=newsroom.root,
            cache_dir=project.cache_dir,
            now=project.now,
            inline_scripts=newsroom.setting["inline_scripts"],
            measure=newsroom.pictures.measure,
            full_text=not project.previewing,
            standing=self._find_standing,
        )
        return {group.name: group for group in groups}

    def find_groups(self, ask: Ask, _: str) -> Split:
        """Find the groups, each with what decides about it besides answers; and the years that the
        search knows."""
        newsroom = self.newsroom
        ask("newsroom")
        ask("brand")
        ask(newsroom.kind("setting"))
        newsroom.asked.note(ask, [("today", ALL)])
        groups = newsroom.asked.make(ask, lambda: self.groups)
        years = newsroom.archive.keys_of("year")
        searched = {year: True for year in years if name_year(year) in groups}
        found = {name: group.key for name, group in groups.items()}
        found[_SITEMAP] = ""
        if newsroom.archive.registers.newsroom.switches.data:
            found[_DATA] = ""
        kind = newsroom.kind
        return Split(None, {kind("group"): found, kind("year"): searched})

    def find_year(self, ask: Ask, year: str) -> str:
        newsroom = self.newsroom
        folder = newsroom.project.cache_dir / SEARCH_CACHE
        return newsroom.asked.make(ask, lambda: find_key(newsroom.archive, year, folder))

    def list_records(self, ask: Ask, _: str) -> str:
        """Return the records of all stories, newest first; only those that differ are looked at."""
        newsroom, kind = self.newsroom, self.newsroom.kind
        ask("newsroom")
        records = ask.all(kind("record"))
        slugs = read_slugs(ask(kind("list"), ALL_STORIES))
        registers = newsroom.registers
        if registers is None or not registers.newsroom.switches.data:
            return ""
        old = ask.old
        if old is None or old.has_others((kind("record"),)):
            return "\n".join([records[slug] for slug in slugs])
        lines = old.value.split("\n")
        places = {slug: at for at, slug in enumerate(slugs)}
        for slug in old.changed(kind("record")) & places.keys():
            lines[places[slug]] = records[slug]
        return "\n".join(lines)

    def make_pictures(self, ask: Ask, slug: str) -> Any:
        newsroom = self.newsroom
        ask("newsroom")
        media = Media(*ask(newsroom.kind(MEDIA), slug))
        photo_dir, folder = newsroom.project.photo_dir, (newsroom.root / media.src_uri).parent
        files = [
            SiteFile(uri, shard_folder(photo_dir, digest) / name, "")
            for digest, made in media.pictures
            for uri, name in made
        ]
        if media.linked:
            newsroom.asked.note(ask, [("files", media.src_uri)])
            files += [SiteFile(uri, folder / src, "") for uri, src in media.linked]
        return newsroom.stage(files)

    def make_group(self, ask: Ask, name: str) -> Any:
        newsroom = self.newsroom
        ask(newsroom.kind("group"), name)
        ask("docs")
        ask("newsroom")
        ask("brand")
        ask(newsroom.kind("setting"))
        if name == _SITEMAP:
            group = text_group(name, lambda: self._render_sitemap(ask))
        elif name == _DATA:
            lines = ask(newsroom.kind(_RECORDS)).encode()
            group = text_group(name, lambda: {STORY_DATA: render_stories(lines.split(b"\n"))})
        else:
            group = self.groups[name]
        if name == "search":
            for year in ask.keys(newsroom.kind("year")):
                ask(newsroom.kind("year key"), year)
        elif name.startswith("search "):
            ask(newsroom.kind("year key"), name.removeprefix("search "))
        files: Sequence[SiteFile] = newsroom.asked.make(ask, group.make)
        return newsroom.stage(files)

    def _render_sitemap(self, ask: Ask) -> Mapping[str, bytes]:
        kind = self.newsroom.kind
        elements = ask.all(kind("element"))
        docs = (uri for uri in ask("docs")["files"] if uri.endswith(".md"))
        pages = (url for own in ask.all(kind("listed")).values() for url in own["indexable"])
        listed = [*sorted(pages), *map(doc_url, docs)]

        def tell(story: Any) -> tuple[str, str]:
            element, changed = elements[story.slug]
            return element, changed

        return render_sitemap(self.newsroom.archive.content, listed, tell)

    def _find_standing(self, name: str) -> Sequence[str]:
        """Return an address that tells the key of a year of the search."""
        at = self.newsroom.kind("year key")
        answers = self.newsroom.answers
        year = name.removeprefix("search ")
        return [f".{answers.value(at, year)}.json"] if answers.has(answers.id_of(at, year)) else []
