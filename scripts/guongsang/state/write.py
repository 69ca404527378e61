"""What a commit does to the rows: answers as they are now, and both ends of every question."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from guongsang.state.errors import DamagedError
from guongsang.state.rows import Row, Sums, Written, kind_of, pack_edges, seal_row, unpack_edges

_AT_ONCE: Final = 500
_NOTHING: Final[array[int]] = array("Q")


@dataclass(slots=True)
class _Whole:
    """A row with its questions; `was` is the seal that it has in the file, None without one."""

    row: Row
    asked: array[int]
    askers: array[int]
    was: int | None = None


class Merged:
    """Answers to be written, merged with what the file says of them and of those they ask for."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        sums: dict[int, Sums],
        written: Iterable[Written],
        *,
        is_new: bool,
    ) -> None:
        self._connection, self._sums, self._is_new = connection, sums, is_new
        self._rows: dict[int, _Whole] = {}
        self._new: list[tuple[Row, array[int] | None]] = []
        self._without_value: list[tuple[int]] = []
        connection.executemany(
            "INSERT OR REPLACE INTO contents VALUES (?, ?)", self._take_values(written)
        )
        connection.executemany("DELETE FROM contents WHERE id = ?", self._without_value)

    def write(self) -> None:
        """Raises DamagedError, sqlite3.Error."""
        self._load(row.id for row, _ in self._new)
        gained: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))
        lost: defaultdict[int, set[int]] = defaultdict(set)
        for row, asked in self._new:
            whole = self._rows.setdefault(row.id, _Whole(row, _NOTHING, _NOTHING))
            whole.row = row
            if asked is not None:
                _compare_questions(row.id, whole.asked, asked, gained, lost)
                whole.asked = asked
        self._new.clear()
        asked_for = gained.keys() | lost.keys()
        self._load(asked_for - self._rows.keys())
        if lost_rows := asked_for - self._rows.keys():
            raise DamagedError(f"{len(lost_rows)} answers that were asked for")
        for at in asked_for:
            self._rows[at].askers = _merge(self._rows[at].askers, gained.get(at), lost.get(at))
        self._write_rows()

    def _take_values(self, written: Iterable[Written]) -> Iterator[tuple[int, bytes]]:
        """Yield values one after the other, so that memory need not hold them twice."""
        for row, value, asked in written:
            self._new.append((row, asked))
            if row.digest is None:
                self._without_value.append((row.id,))
            elif value is not None:
                yield row.id, value

    def _load(self, ids: Iterable[int]) -> None:
        wanted = [] if self._is_new else sorted(ids)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            sql = f"SELECT * FROM answers WHERE id IN ({','.join('?' * len(part))})"  # noqa: S608
            for row in self._connection.execute(sql, part):
                self._rows[row[0]] = _unpack(row)

    def _write_rows(self) -> None:
        gone = [at for at, whole in self._rows.items() if _is_forgotten(whole)]
        self._connection.executemany("DELETE FROM answers WHERE id = ?", ((at,) for at in gone))
        for at in gone:
            was = self._rows.pop(at).was
            if was is not None:
                self._sums[kind_of(at)].add(at, was, -1)
        self._connection.executemany(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", self._pack_rows()
        )

    def _pack_rows(self) -> Iterator[tuple[Any, ...]]:
        no, sums = -1, Sums()
        for at in sorted(self._rows):
            whole = self._rows.pop(at)
            packed = whole.row.pack()
            seal = seal_row(*packed)
            if kind_of(at) != no:
                no = kind_of(at)
                sums = self._sums.setdefault(no, Sums())
            if whole.was is not None:
                sums.add(at, whole.was, -1)
            sums.add(at, seal)
            yield *packed, seal, pack_edges(at, whole.asked), pack_edges(at, whole.askers)


def _unpack(found: tuple[Any, ...]) -> _Whole:
    at, key, digest, stamp, seal, asked, askers = found
    if seal_row(at, key, digest, stamp) != seal:
        raise DamagedError(f"row of {at}")
    row = Row.unpack(at, key, digest, stamp)
    return _Whole(row, unpack_edges(at, asked), unpack_edges(at, askers), seal)


def _compare_questions(
    at: int,
    was: array[int],
    now: array[int],
    gained: Mapping[int, array[int]],
    lost: Mapping[int, set[int]],
) -> None:
    """Note at what was asked for that it is, or is no longer."""
    if not was:
        for edge in now:
            gained[edge >> 1].append(at << 1 | edge & 1)
        return
    old, new = set(was), set(now)
    for edge in now:
        if edge not in old:
            gained[edge >> 1].append(at << 1 | edge & 1)
    for edge in old - new:
        lost[edge >> 1].add(at << 1 | edge & 1)


def _merge(askers: array[int], gained: array[int] | None, lost: set[int] | None) -> array[int]:
    kept = array("Q", (edge for edge in askers if edge not in lost)) if lost else askers
    return kept + gained if gained else kept


def _is_forgotten(whole: _Whole) -> bool:
    return whole.row.digest is None and not whole.askers
