"""A year of stories as the search knows it; what is found out about it is kept by its key.

An index of terms is made from the one kept before: only stories that are new or changed are read.
Of a year that is as it was nothing else is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from guongsang.archive.archive import Archive
from guongsang.memory.store import load_store, save_store
from guongsang.publish.fingerprint import fingerprint, package_digest
from guongsang.search.documents import Lore, story_lines
from guongsang.search.names import Row, make_row
from guongsang.search.segment import Segment, build_segment, revise_segment
from guongsang.stories.model import Story

_DIGEST_BYTES: Final = 12
# What is kept of a year: see `Year`.
_ALL: Final = ("terms", "slots", "rows")
# Of each kind for a year: the published one, and the preview's or its predecessor.
_KEPT: Final = 2


@dataclass(frozen=True)
class Year:
    """A year that has stories."""

    year: str
    archive: Archive
    lore: Lore
    cache_dir: Path
    known_key: str = ""

    @cached_property
    def stories(self) -> Sequence[Story]:
        """All of them, oldest first."""
        return list(self.archive.stories_of("year", self.year)[::-1])

    @cached_property
    def digests(self) -> Sequence[bytes]:
        """Tell of each story all that it can be found by."""
        known = self.lore.once()
        return [_digest_story(story, known) for story in self.stories]

    @cached_property
    def key(self) -> str:
        return self.known_key or fingerprint(package_digest(), self.digests)

    @cached_property
    def segment(self) -> Segment:
        """The terms of the stories."""
        return Segment(*self._recall("terms", self._index))

    @cached_property
    def slot_digests(self) -> Sequence[bytes]:
        """Those of the segment, without which nobody has to load it."""
        digests: Sequence[bytes] = self._recall("slots", lambda *_: list(self.segment.digests))
        return digests

    @cached_property
    def rows(self) -> list[Row]:
        """What readers see of each story in a list of results."""
        return [Row._make(row) for row in self._recall("rows", self._list_rows)]

    @property
    def is_known(self) -> bool:
        """Whether an index was made before, so that making one now is a matter of a moment."""
        return bool(self._list_kept("terms"))

    def _recall(self, what: str, make: Callable[[Sequence[bytes], Any], Any]) -> Any:
        """Return what was made for the same key before, or make it now from what was made last."""
        abs_path = self.cache_dir / f"{self.year}-{self.key}.{what}"
        kept = load_store(abs_path)
        if kept is None:
            kept = (list(self.digests), make(*(self._recall_last(what) or ((), None))))
            save_store(abs_path, kept)
            for old in self._list_kept(what)[_KEPT:]:
                old.unlink(missing_ok=True)
        return kept[1]

    def _recall_last(self, what: str) -> Any:
        """Return digests and what was made of those stories last, None if that cannot be used."""
        return next(map(load_store, self._list_kept(what)), None)

    def _list_kept(self, what: str) -> list[Path]:
        """Return the files of that kind, the one made last first."""
        found: list[tuple[int, str, Path]] = []
        for path in self.cache_dir.glob(f"{self.year}-*.{what}"):
            with suppress(FileNotFoundError):  # another process took it away
                found.append((path.stat().st_mtime_ns, path.name, path))
        return [path for _, _, path in sorted(found, reverse=True)]

    def _index(self, digests: Sequence[bytes], last: Any) -> tuple[Any, ...]:
        segment = self._revise(digests, Segment(*last)) if last else self._build()
        return segment.stories, list(segment.slots), list(segment.digests)

    def _build(self) -> Segment:
        return build_segment(map(self._lines, self.stories))

    def _revise(self, digests: Sequence[bytes], last: Segment) -> Segment:
        now = {digest: number for number, digest in enumerate(self.digests)}
        places = [now.pop(digest, None) for digest in digests]
        known = [place for place in places if place is not None]
        if known != sorted(known):
            return self._build()
        documents = {number: self._lines(self.stories[number]) for number in now.values()}
        return revise_segment(last, places, documents, len(self.stories))

    def _lines(self, story: Story) -> list[str]:
        return list(story_lines(story, self.archive.content.prose[story.slug], self.lore))

    def _list_rows(self, digests: Sequence[bytes], last: Any) -> list[Any]:
        known = dict(zip(digests, last or (), strict=False))
        registers = self.archive.registers
        pairs = zip(self.digests, self.stories, strict=True)
        return [known.get(digest) or tuple(make_row(story, registers)) for digest, story in pairs]


def gather_year(archive: Archive, lore: Lore, year: str, cache_dir: Path, start: str = "") -> Year:
    """Return a year that has stories.

    `start` is how the key starts, where that is known: then no story is looked at if all that was
    found out about the year is still there.
    """
    if start:
        kept = [{path.stem for path in cache_dir.glob(f"{year}-{start}*.{what}")} for what in _ALL]
        for stem in set.intersection(*kept):
            return Year(year, archive, lore, cache_dir, stem.removeprefix(f"{year}-"))
    gathered = Year(year, archive, lore, cache_dir)
    _ = gathered.key  # what it is asked from is noted now
    return gathered


def _digest_story(story: Story, lore: Lore) -> bytes:
    facts = (story.url, story.front_digest, story.body_digest, *lore.facts_of(story.head))
    return blake2b("\n".join(facts).encode(), digest_size=_DIGEST_BYTES).digest()
