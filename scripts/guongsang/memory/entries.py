"""What is kept of each story, packed: as objects, ten thousand of them would fill the memory, and
each worker would get a copy of its own as soon as it looks at them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from guongsang.memory.checked import Checked
from guongsang.memory.store import DamagedValueError, load_packed, save_packed
from guongsang.problems.problem import PlainProblem
from guongsang.publish.sealed import pack, unpack
from guongsang.stories.scan import Stamp
from guongsang.traces import Question

_NAME: Final = "stories.bin"

_NOTHING: Final = pack(())


@dataclass(slots=True)
class StoryEntry:
    """What is kept of one story; all plain values.

    `front` are plain values, which FrontMatter validates, packed; `photos` are pickled; `warnings`
    are those of reading, `found` those of checking (None: not checked yet), `asked` the questions
    that the rules asked, packed; `keys` are those of `related`, packed, too.
    """

    stamps: Mapping[str, Stamp]
    front_digest: str
    body_digest: str
    body_line: int
    head: tuple[Any, ...]
    head_digest: bytes
    brief: tuple[Any, ...]
    front: bytes
    photos: bytes
    photo_digest: str
    keys: bytes
    warnings: tuple[PlainProblem, ...]
    found: tuple[PlainProblem, ...] | None = None
    asked: bytes = _NOTHING

    @property
    def questions(self) -> tuple[Question, ...]:
        asked: tuple[Question, ...] = unpack(self.asked)
        return asked

    def keep_check(self, checked: Checked) -> None:
        """Keep what checking the story has found, and what it asked."""
        self.found, questions = checked
        self.asked = pack(questions)


_PLAIN: Final[Callable[[StoryEntry], tuple[Any, ...]]] = attrgetter(*StoryEntry.__slots__)


def plain_entry(entry: StoryEntry) -> tuple[Any, ...]:
    """Return an entry as plain values."""
    return _PLAIN(entry)


def pack_entry(entry: StoryEntry) -> bytes:
    return pack(plain_entry(entry))


def unpack_entry(raw: bytes | memoryview) -> StoryEntry:
    return StoryEntry(*unpack(raw))


class Entries(Mapping[str, StoryEntry]):
    """The entries of stories by `src_uri`; each is unpacked when it is looked at."""

    __slots__ = ("_last", "_raw")

    def __init__(self) -> None:
        self._raw: dict[str, memoryview] = {}
        # Who looks at an entry mostly looks at it again for something else.
        self._last: tuple[str, StoryEntry] | None = None

    def __getitem__(self, src_uri: str) -> StoryEntry:
        if self._last is not None and self._last[0] == src_uri:
            return self._last[1]
        entry = unpack_entry(self._raw[src_uri])
        self._last = src_uri, entry
        return entry

    def __contains__(self, src_uri: object) -> bool:
        return src_uri in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def take(self, src_uri: str, raw: memoryview) -> None:
        """Add an entry as `pack_entry` returns it."""
        self._raw[src_uri] = raw

    def keep_check(self, src_uri: str, checked: Checked) -> None:
        entry = self[src_uri]
        entry.keep_check(checked)
        self.take(src_uri, memoryview(pack_entry(entry)))

    def arrange(self, src_uris: Iterable[str]) -> None:
        """Bring the entries of these stories into this order; there are no others."""
        self._raw = {uri: self._raw[uri] for uri in src_uris}

    def save(self, cache_dir: Path) -> None:
        save_packed(cache_dir / _NAME, None, self._raw)


class KnownEntries(Mapping[str, StoryEntry]):
    """What the last run kept of each story; unpacked when it is looked up.

    A damaged one counts as none.
    """

    def __init__(self, cache_dir: Path) -> None:
        self._packed = load_packed(cache_dir / _NAME)

    def __getitem__(self, src_uri: str) -> StoryEntry:
        return unpack_entry(self.raw(src_uri))

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed.keys() if self._packed else ())

    def __len__(self) -> int:
        return len(self._packed.keys()) if self._packed else 0

    def raw(self, src_uri: str) -> memoryview:
        """Return an entry as it is kept. Raises KeyError."""
        if self._packed is None:
            raise KeyError(src_uri)
        try:
            return self._packed.raw(src_uri)
        except DamagedValueError:
            raise KeyError(src_uri) from None
