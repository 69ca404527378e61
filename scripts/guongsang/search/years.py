"""A year of stories as the search knows it; what is found out about it is kept by its key.

An index of terms is made from the one kept before: only stories that are new or changed are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.pages.archive import Archive
from guongsang.publish.fingerprint import fingerprint, package_digest
from guongsang.search.documents import Lore, story_lines
from guongsang.search.names import Row, make_row
from guongsang.search.segment import Segment, build_segment, revise_segment
from guongsang.stories.model import Story

_DIGEST_BYTES: Final = 12
# Of each kind for a year: the published one, and the preview's or its predecessor.
_KEPT: Final = 2


@dataclass(frozen=True)
class Year:
    """A year and its stories, oldest first. `digests` tell all that each can be found by."""

    year: str
    stories: Sequence[Story]
    digests: Sequence[bytes]
    archive: Archive
    lore: Lore
    cache_dir: Path

    @cached_property
    def key(self) -> str:
        return fingerprint(package_digest(), self.digests)

    @cached_property
    def segment(self) -> Segment:
        """The terms of the stories."""
        return Segment(*self._recall("terms", self._index))

    @cached_property
    def rows(self) -> list[Row]:
        """What readers see of each story in a list of results."""
        return [Row._make(row) for row in self._recall("rows", self._list_rows)]

    @property
    def is_known(self) -> bool:
        """Whether an index was made before, so that making one now is a matter of a moment."""
        return self._recall_last("terms") is not None

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
        paths = self.cache_dir.glob(f"{self.year}-*.{what}")
        return sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)

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


def gather_year(archive: Archive, lore: Lore, year: str, cache_dir: Path) -> Year:
    """Return a year that has stories."""
    stories = list(archive.stories_of("year", year)[::-1])
    known = lore.once()
    digests = [_digest_story(story, known) for story in stories]
    return Year(year, stories, digests, archive, lore, cache_dir)


def _digest_story(story: Story, lore: Lore) -> bytes:
    facts = (story.url, story.front_digest, story.body_digest, *lore.facts_of(story.head))
    return blake2b("\n".join(facts).encode(), digest_size=_DIGEST_BYTES).digest()
