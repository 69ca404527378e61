"""The outline of a published site: enough to make again what follows from the text of a few stories
without loading all others.

It holds while registers, settings and what lists must know of each story are as they were.
"""

from __future__ import annotations

import hashlib
import pickle
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from guongsang.memory.checks import load_checks
from guongsang.memory.entries import StoryEntry
from guongsang.memory.lists import Lists, read_lists, slug_of
from guongsang.memory.plans import PlanMemory
from guongsang.memory.related import tell_edition
from guongsang.memory.store import Packed, load_packed, save_packed
from guongsang.memory.stories import WholeLibrary
from guongsang.pages.archive import Archive
from guongsang.pages.outputs import Page
from guongsang.publish.sealed import pack, unpack
from guongsang.stories.model import Head
from guongsang.stories.scan import INDEX, Stamp
from guongsang.text.fold import tone_key
from guongsang.traces import Question

# Questions about what a story's own files say.
_OF_TEXT: Final = ("front", "body", "photos", "files", "anchors")
# Questions that lists of stories answer.
_OF_LISTS: Final = frozenset(
    (
        *("shelf", "has", "keys", "neighbours", "followed by", "related", "url", "stories"),
        *("retracted", "moved", "corrected"),
    )
)
# Questions of checks about all stories together.
OF_DESK: Final = ("slugs", "public_slugs", "addresses")
OF_STORIES: Final = _OF_LISTS.union(_OF_TEXT)


class Told(NamedTuple):
    """What decides whether a story has changed, and in what: digests, and the stamps of its other
    files.

    `inline` are the names, folded, of the people who have no record; `related` are slugs.
    """

    front: str
    body: str
    head: bytes
    photos: str
    keys: bytes
    files: tuple[tuple[str, Stamp], ...]
    inline: tuple[str, ...]
    related: tuple[str, ...] = ()


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

    @property
    def lists(self) -> Lists:
        return Lists(*self.packed.head["lists"])

    @property
    def heads(self) -> dict[str, tuple[Any, ...]]:
        """The heads of all stories that could be read, plain."""
        heads: dict[str, tuple[Any, ...]] = self.packed.get("heads")
        return heads

    @property
    def unnamable(self) -> tuple[str, ...]:
        """The keys of the registered people who could be named in no story that day."""
        keys: tuple[str, ...] = self.packed.head["unnamable"]
        return keys

    @property
    def relations(self) -> str:
        """The edition of the relations that pages were made from."""
        edition: str = self.packed.head["relations"]
        return edition

    @property
    def namesakes(self) -> Mapping[str, int]:
        """How many people there are of each name, folded: those with a record, and the others."""
        counts: dict[str, int] = self.packed.get("namesakes")
        return counts

    def who_asked(self, questions: Iterable[Question]) -> set[str]:
        """Return the names of the plans that have asked any of these."""
        names = self.packed.get("names")
        found: set[str] = set()
        for question in questions:
            numbers = self.packed.get("asked {} {}".format(*question))
            if numbers:
                found.update(names[number] for number in array("I", numbers))
        return found

    def story(self, src_uri: str) -> Told:
        """Return what a published story told then. Raises KeyError."""
        return Told(*unpack(self.packed.raw(f"story {src_uri}")))

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
    library: WholeLibrary,
    slugs: Iterable[str],
    addresses: Iterable[str],
    unnamable: Iterable[str],
    about: Any,
) -> None:
    """Keep the outline of what has just been published."""
    values: dict[str, bytes | memoryview] = {}
    asked: dict[Question, list[int]] = {}
    for number, (name, (_, result, questions)) in enumerate(plans.kept.items()):
        for question in questions:
            if question[0] in OF_STORIES:
                asked.setdefault(question, []).append(number)
        if name.startswith("files "):
            values[name] = pack(tuple(uri for uri, _, _ in result))
    for (kind, key), numbers in asked.items():
        values[f"asked {kind} {key}"] = pack(array("I", numbers).tobytes())
    registers = archive.registers
    namesakes: Counter[str] = Counter()
    for record in registers.honorees.values():
        namesakes.update({tone_key(name) for name in (record.name, *record.other_names)})
    for uri, entry in library.entries.items():
        told = tell_entry(entry, archive.related_slugs(slug_of(uri)))
        namesakes.update(told.inline)
        values[f"story {uri}"] = pack(tuple(told))
    values |= {f"page {page.url}": pickle.dumps(page, 5) for page in pages}
    listed: list[tuple[str, bool | None]] = [(page.url, page.noindex) for page in pages]
    listed += [(url, None) for url in sorted(doc_addresses)]
    plain = {
        "names": tuple(plans.kept),
        "listed": listed,
        "slugs": sorted(slugs),
        "addresses": sorted(addresses),
        "heads": {uri: entry.head for uri, entry in library.entries.items()},
        "namesakes": dict(namesakes),
    }
    values |= {name: pack(each) for name, each in plain.items()}
    public = archive.content.stories
    keys = (library.entries[story.src_uri].keys for story in public)
    head = {
        "about": about,
        "relations": tell_edition((story.slug for story in public), keys),
        "stories": tuple(library.entries),
        "lists": tuple(read_lists(archive)),
        "unnamable": tuple(unnamable),
        "crossed": _find_all_crossed(abs_path.parent, library),
    }
    save_packed(abs_path, head, values)


def tell_entry(entry: StoryEntry, related: tuple[str, ...] = ()) -> Told:
    """Return what a story tells."""
    inline: tuple[str, ...] = ()
    if Head._make(entry.head).inline:
        people = (told for told in unpack(entry.front)["honorees"] if told.get("name"))
        inline = tuple(tone_key(told["name"]) for told in people)
    return Told(
        entry.front_digest,
        entry.body_digest,
        entry.head_digest,
        entry.photo_digest,
        hashlib.sha256(entry.keys).digest()[:8],
        tuple(sorted(each for each in entry.stamps.items() if each[0] != INDEX)),
        inline,
        related,
    )


def find_crossed(src_uri: str, questions: Iterable[Question]) -> list[Question]:
    """Return what the check of a story has asked about the texts of others, and about all."""
    return [
        each
        for each in questions
        if each[0] in OF_DESK or (each[0] in _OF_TEXT and each[1] != src_uri)
    ]


def _find_all_crossed(cache_dir: Path, library: WholeLibrary) -> dict[Question, str]:
    """Those of the check of all stories together are left out: `namesakes` stand for them."""
    memory = load_checks(cache_dir)
    found: set[Question] = set()
    for uri, entry in library.entries.items():
        found.update(find_crossed(uri, entry.questions))
    answers = {**memory.answers, **library.crossed}
    return {question: answers[question] for question in sorted(found.union(library.crossed))}


def _plan_nothing(*_: object) -> Any:
    raise NotImplementedError("this page is known by its address only")
