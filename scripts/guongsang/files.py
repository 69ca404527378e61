"""What is published besides pages: pictures, feeds, data, sitemaps, files for servers, search.

Files come in groups, each made from few answers: a group whose answers have not changed is not made
again, unless one of its files must be published.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from guongsang.fonts import Font, cached_font, plan_fonts
from guongsang.memory.plans import PlanMemory
from guongsang.memory.workers import stream_work
from guongsang.pages.archive import Archive
from guongsang.pages.data import HONOURS, STORIES, render_honours, render_stories
from guongsang.pages.feeds import Measure, list_feeds
from guongsang.pages.guide import passages_uri, render_passages
from guongsang.pages.licences import render_notice
from guongsang.pages.offline import WORKER, render_worker
from guongsang.pages.outputs import Page, SiteFile
from guongsang.pages.records import Records
from guongsang.pages.redirects import nginx_locations, render_aliases, render_redirects
from guongsang.pages.render import asset_files
from guongsang.pages.servers import SECURITY_TXT, render_headers, render_security_txt
from guongsang.pages.sitemap import render_news, render_sitemap
from guongsang.search.plan import Standing, list_plans
from guongsang.stories.model import Story
from guongsang.text.dates import in_vietnam
from guongsang.traces import Question, Recorder

Texts = Callable[[], Mapping[str, bytes]]
# Of each file: address, what it was made from, where it lies ("": nowhere yet). Then what was asked
# to make them, and those contents that are there already.
MadeFiles = tuple[tuple[tuple[str, str, str], ...], tuple[Question, ...], dict[str, bytes]]


@dataclass(slots=True)
class FileGroup:
    """Files made together. `key` tells what decides about them besides the archive's answers."""

    name: str
    make: Callable[[], Sequence[SiteFile]]
    key: str = ""
    _made: dict[str, SiteFile] = field(default_factory=dict)
    _contents: dict[str, bytes] = field(default_factory=dict)

    def recall(self, plans: PlanMemory) -> list[SiteFile] | None:
        """Return the files from memory, None where they may have changed."""
        kept = plans.recall(f"files {self.name}", self.key)
        return None if kept is None else [self._recall(*each) for each in kept]

    def make_files(self, recorder: Recorder) -> MadeFiles:
        """Make the files now, for `take` here or in the process that has asked for them."""
        described, questions = recorder.record(self._describe)
        sources = ((uri, file.source) for uri, file in self._made.items())
        contents = {uri: source for uri, source in sources if isinstance(source, bytes)}
        return described, tuple(sorted(questions)), contents

    @property
    def files(self) -> list[SiteFile]:
        """The files that were made in this process."""
        return list(self._made.values())

    def take(self, made: MadeFiles, plans: PlanMemory) -> list[SiteFile]:
        """Keep what `make_files` returned, and return the files."""
        described, questions, self._contents = made
        plans.keep(f"files {self.name}", self.key, described, questions)
        return [self._recall(*each) for each in described]

    def _describe(self) -> tuple[tuple[str, str, str], ...]:
        files = self.make()
        self._made = {file.uri: file for file in files}
        return tuple(
            (file.uri, file.made_from, str(file.source) if isinstance(file.source, Path) else "")
            for file in files
        )

    def _recall(self, uri: str, made_from: str, path: str) -> SiteFile:
        return SiteFile(uri, Path(path) if path else partial(self._read, uri), made_from)

    def _read(self, uri: str) -> bytes:
        """Return a file's content; only what must be published is asked for."""
        if uri in self._contents:
            return self._contents[uri]
        if uri not in self._made:
            self._describe()
        made = self._made[uri].make()
        return made.read_bytes() if isinstance(made, Path) else made


def plan_groups(
    groups: Sequence[FileGroup],
    plans: PlanMemory,
    recorder: Recorder,
    *,
    workers: int,
    least: int,
    learn: Callable[[int], Any] | None = None,
    on_learnt: Callable[[Any], object] | None = None,
) -> list[list[SiteFile]]:
    """Return the files of each group, from memory as far as that goes.

    The others are made by several workers if there are at least `least`. What `learn` finds out by
    the way about the one with this number is handed to `on_learnt` in this process.
    """
    known = [group.recall(plans) for group in groups]
    stale = [at for at, files in enumerate(known) if files is None]

    def make_part(part: Sequence[int]) -> list[tuple[int, MadeFiles, Any]]:
        return [(at, groups[at].make_files(recorder), learn(at) if learn else None) for at in part]

    for _, part in stream_work(stale, make_part, workers=workers, least=least):
        for at, files, learnt in part:
            known[at] = groups[at].take(files, plans)
            if on_learnt is not None:
                on_learnt(learnt)
    return [files for files in known if files is not None]


def list_groups(
    archive: Archive,
    listed: Sequence[Page | str],
    records: Records,
    *,
    cache_dir: Path,
    now: dt.datetime,
    inline_scripts: Sequence[str],
    measure: Measure,
    full_text: bool,
    standing: Standing,
) -> Iterator[FileGroup]:
    """Yield all files that are not pictures or attachments of a story.

    `listed` are all pages, those written by hand as their addresses; `records` those of
    `list_records`.
    `full_text` is whether the search is to know more than titles and names; `standing` tells the
    addresses of the files of a group, by name, that is as it was, and none of any other.
    """
    content = archive.content
    newsroom = content.registers.newsroom
    addresses = repr([(p, False) if isinstance(p, str) else (p.url, p.noindex) for p in listed])
    day = in_vietnam(now).date().isoformat()

    def tell(story: Story) -> tuple[str, str]:
        record = records[story.slug]
        return record.element, record.changed

    def lines() -> Iterator[bytes]:
        return (records[story.slug].line for story in content.stories)

    groups: Mapping[str, tuple[str, Texts]] = {
        "assets": ("", asset_files),
        "sitemap": (_digest(addresses.encode()), partial(render_sitemap, content, listed, tell)),
        "news": (day, partial(render_news, content, now)),
        "notice": ("", render_notice),
        "stories": ("", lambda: {STORIES: render_stories(lines())}),
        "honours": ("", lambda: {HONOURS: render_honours(archive)}),
        "redirects": ("", partial(render_redirects, content)),
        "headers": (
            repr(inline_scripts),
            lambda: render_headers(content.site_url, inline_scripts, nginx_locations(content)),
        ),
    }
    for name, (key, render) in groups.items():
        yield text_group(name, render, key)
    for key, render in list_feeds(archive, measure):
        yield text_group(f"feeds {key}", render)
    yield FileGroup("aliases", lambda: [_text_file(*pair) for pair in render_aliases(content)])
    yield FileGroup("worker", partial(_text_files, partial(_render_worker, archive)))
    if newsroom.security is not None:
        text = render_security_txt(newsroom.security, content.site_url)
        yield FileGroup("security", lambda: [_text_file(SECURITY_TXT, text)])
    if newsroom.switches.guide:
        yield text_group("guide", lambda: {passages_uri(): render_passages()})
    if newsroom.switches.search:
        for name, plan in list_plans(archive, cache_dir, full_text=full_text, standing=standing):
            yield FileGroup(name, plan, str(full_text))
    for font in plan_fonts():
        make = partial(_font_files, font, cache_dir)
        yield FileGroup(f"font {font.stem}", make, f"{font.made_from} {cache_dir}")


def text_group(name: str, render: Texts, key: str = "") -> FileGroup:
    """Return a group of files that are all text in memory."""
    return FileGroup(name, partial(_text_files, render), key)


def _text_files(render: Texts) -> list[SiteFile]:
    return [_text_file(uri, text) for uri, text in render().items()]


def _text_file(uri: str, text: bytes) -> SiteFile:
    return SiteFile(uri, text, _digest(text))


def _render_worker(archive: Archive) -> dict[str, bytes]:
    content = archive.content
    worker = render_worker(
        [*asset_files(), *(font.uri for font in plan_fonts())],
        [story.url for story in content.retracted],
        is_on=content.registers.newsroom.switches.offline,
    )
    return {WORKER: worker}


def _font_files(font: Font, cache_dir: Path) -> list[SiteFile]:
    """Return a font's file, its bytes in the cache: making them takes long, so it is done apart."""
    cached_font(font, cache_dir)
    return [SiteFile(font.uri, partial(cached_font, font, cache_dir), font.made_from)]


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
