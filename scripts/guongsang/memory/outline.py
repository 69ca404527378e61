"""The outline of a published site: enough to make again what follows from the text of a few stories
without loading all others.

It holds while registers, settings and what lists must know of each story are as they were.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guongsang.addresses import Shelf
from guongsang.memory.checks import load_checks
from guongsang.memory.lazy import LazyList, LazyTable
from guongsang.memory.plans import PlanMemory
from guongsang.memory.store import Packed, load_packed, save_packed
from guongsang.memory.stories import Library, StoryEntry
from guongsang.pages.archive import Archive, build_card
from guongsang.pages.content import Content
from guongsang.pages.outputs import Page
from guongsang.publish.sealed import pack, unpack
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.traces import Made, Question, Tracked

# Questions about what a story's own files say.
_OF_TEXT: Final = ("front", "body", "photos", "files", "anchors")

Find = Callable[[str], Story]


@dataclass(frozen=True, slots=True)
class Outline:
    """What was kept; stories are told by their `src_uri`.

    `about` are the plain values that whoever has kept the outline wants back. `crossed` are
    questions that checks have asked about stories which they were not checking, with the answers.
    """

    packed: Packed

    @property
    def about(self) -> Any:
        return self.packed.head["about"]

    @property
    def slugs(self) -> frozenset[str]:
        """The slugs of all stories, those that cannot be read too."""
        return frozenset(self.packed.get("slugs"))

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses that links may lead to, without a leading slash."""
        return frozenset(self.packed.get("addresses"))

    @property
    def crossed(self) -> Mapping[Question, str]:
        crossed: Mapping[Question, str] = self.packed.head["crossed"]
        return crossed

    @property
    def stories(self) -> Mapping[str, object]:
        """All stories that could be read."""
        return dict.fromkeys(self.packed.head["stories"])

    def who_asked(self, question: Question) -> tuple[str, ...]:
        """Return the names of the plans that have asked what a story's files say."""
        return self.packed.get("asked {} {}".format(*question)) or ()

    def story(self, src_uri: str) -> tuple[str, str, str]:
        """Return the digests of what a published story says: front matter, text, and all that
        `tell_others` tells. Raises KeyError."""
        front, body, told, _ = unpack(self.packed.raw(f"story {src_uri}"))
        return front, body, told

    def _related(self, src_uri: str) -> tuple[str, ...]:
        related: tuple[str, ...] = unpack(self.packed.raw(f"story {src_uri}"))[3]
        return related

    def files_of(self, name: str) -> tuple[str, ...]:
        """Return the addresses of the files of a plan."""
        return self.packed.get(name) or ()

    def page(self, url: str) -> Page:
        page: Page = pickle.loads(self.packed.raw(f"page {url}"))  # noqa: S301 - our own bytes
        return page

    def list_pages(self) -> list[Page | str]:
        """Return all pages as far as sitemaps must know them; those written by hand as addresses.

        None of them can be planned.
        """
        return [
            url if noindex is None else Page(url, _plan_nothing, noindex=noindex)
            for url, noindex in self.packed.get("listed")
        ]

    def public(self, find: Find) -> Sequence[Story]:
        return LazyList(self.packed.head["public"], find)

    def retracted(self, find: Find) -> Sequence[Story]:
        return LazyList(self.packed.head["retracted"], find)

    def by_slug(self, find: Find, *names: str) -> Mapping[str, Story]:
        """Return stories by slug; `names` are "public", "retracted", and "stories" for all."""
        uris = {uri.rsplit("/", 2)[1]: uri for name in names for uri in self.packed.head[name]}
        return LazyTable(uris, lambda slug: find(uris[slug]))

    def archive(self, content: Content, find: Find) -> Archive:
        """Return the archive that `build_archive` made then, its stories as they are now."""
        head = self.packed.head
        shelves: dict[Shelf, Sequence[Story]] = {
            (kind, key): LazyList(uris, find) for kind, key, uris in head["shelves"]
        }
        public = self.by_slug(find, "public")
        columns = {key: uris for kind, key, uris in head["shelves"] if kind == "column"}

        def rank(slug: str) -> int:
            story = public[slug]
            place: int = columns[story.head.column].index(story.src_uri)
            return place

        recorder = content.recorder
        return Archive(
            content=content,
            shelves=shelves,
            cards=Made(public, lambda slug: build_card(content, public[slug]), recorder),
            urls=Tracked("url", LazyTable(public, lambda slug: public[slug].url), recorder),
            places=PlaceBook(content.registers.places),
            _by_slug=self.by_slug(find, "retracted", "public"),
            _follow_ups={slug: LazyList(uris, find) for slug, uris in head["follow_ups"]},
            _ranks=LazyTable(public, rank),
            _related=LazyTable(public, lambda slug: self._related(public[slug].src_uri)),
        )


def load_outline(abs_path: Path) -> Outline | None:
    packed = load_packed(abs_path)
    return Outline(packed) if packed else None


def save_outline(
    abs_path: Path,
    archive: Archive,
    *,
    plans: PlanMemory,
    pages: Sequence[Page],
    doc_addresses: Iterable[str],
    library: Library,
    slugs: Iterable[str],
    addresses: Iterable[str],
    about: Any,
) -> None:
    """Keep the outline of what has just been published."""
    content = archive.content
    asked: dict[Question, list[str]] = {}
    values: dict[str, bytes | memoryview] = {}
    for name, (_, result, questions) in plans.kept.items():
        for question in questions:
            if question[0] in _OF_TEXT:
                asked.setdefault(question, []).append(name)
        if name.startswith("files "):
            values[name] = pack(tuple(uri for uri, _, _ in result))
    for (kind, key), names in asked.items():
        values[f"asked {kind} {key}"] = pack(tuple(names))
    for uri, entry in library.entries.items():
        related = archive.related_slugs(uri.rsplit("/", 2)[1])
        values[f"story {uri}"] = pack((*digest_entry(entry), related))
    values |= {f"page {page.url}": pickle.dumps(page, 5) for page in pages}
    listed: list[tuple[str, bool | None]] = [(page.url, page.noindex) for page in pages]
    listed += [(url, None) for url in sorted(doc_addresses)]
    lists = {"listed": listed, "slugs": sorted(slugs), "addresses": sorted(addresses)}
    values |= {name: pack(each) for name, each in lists.items()}
    head = {
        "about": about,
        "stories": tuple(library.entries),
        "public": _uris(content.stories),
        "retracted": _uris(content.retracted),
        "shelves": [(*shelf, _uris(stories)) for shelf, stories in archive.shelves.items()],
        "follow_ups": [(slug, _uris(told)) for slug, told in archive.follow_up_lists()],
        "crossed": _find_all_crossed(abs_path.parent, library),
    }
    save_packed(abs_path, head, values)


def digest_entry(entry: StoryEntry) -> tuple[str, str, str]:
    """Return the digests of front matter, of text, and of what others know of a story without
    looking at its front matter: lists, related stories, pictures, files."""
    told = (entry.head, entry.keys, entry.photo_digest, sorted(entry.stamps))
    return entry.front_digest, entry.body_digest, hashlib.sha256(repr(told).encode()).hexdigest()


def find_crossed(src_uri: str, questions: Iterable[Question]) -> list[Question]:
    """Return what the check of a story has asked about the texts of others."""
    return [each for each in questions if each[0] in _OF_TEXT and each[1] != src_uri]


def _find_all_crossed(cache_dir: Path, library: Library) -> dict[Question, str]:
    memory = load_checks(cache_dir)
    found: set[Question] = set()
    for _, questions in memory.jobs.values():
        found.update(find_crossed("", questions))
    for uri, entry in library.entries.items():
        found.update(find_crossed(uri, entry.questions))
    return {question: memory.answers[question] for question in sorted(found)}


def _uris(stories: Iterable[Story]) -> tuple[str, ...]:
    return tuple(story.src_uri for story in stories)


def _plan_nothing(*_: object) -> Any:
    raise NotImplementedError("this page is known by its address only")
