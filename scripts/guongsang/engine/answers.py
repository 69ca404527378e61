"""What is known in a run: answers made in it, over those in the store, each loaded when wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from guongsang.engine.table import ALL, KEYS, Table
from guongsang.state.rows import Cause, Row, Written, ids_of, kind_of
from guongsang.state.store import Store

# Values of so many bytes stay decoded at a time: what many ask for is decoded once.
_MOST_DECODED: Final = 4_000_000
# Loaded values of so many bytes are kept from one kind to the next.
_MOST_HELD: Final = 48_000_000


class NotAtHandError(BaseException):
    """A worker was asked for something of a kind that was not loaded before it was forked.

    No query may catch it for something of its own, so it is no Exception.
    """

    def __init__(self, no: int) -> None:
        super().__init__(no)
        self.no = no


class Answers:
    """Answers by id. `numbers`: of the table's kinds; `fresh`: made in this run, by kind."""

    numbers: Mapping[str, int]

    def __init__(self, store: Store) -> None:
        self.fresh: defaultdict[int, dict[int, Written]] = defaultdict(dict)
        self.is_away = False  # in a worker, which must not use the store
        self._store = store
        self._stored = {kind.no for kind in store.kinds.values()}
        self._unloaded = set(self._stored)  # kinds of which the store may have more rows than here
        self._rows: dict[int, Row | None] = {}
        self._keys: dict[int, tuple[str, ...]] = {}
        self._held: dict[int, bytes] = {}
        self._held_size = 0
        self._decoded: dict[int, Any] = {}
        self._size = 0

    def use(self, table: Table, numbers: Mapping[str, int]) -> None:
        """Take on the kinds of a table, which have all that were there before."""
        self.numbers, self._codecs = numbers, table.codecs
        self._bases = {kind: ids_of(no)[0] for kind, no in numbers.items()}
        self._wholes = {
            self.id_of(kind, key): (kind, key) for kind in numbers for key in (KEYS, ALL)
        }

    def id_of(self, kind: str, key: str) -> int:
        return self._bases[kind] + self._store.hash_of(key)

    def row(self, at: int) -> Row | None:
        """Return a row, of an answer or of one that is not there; None without either."""
        no = kind_of(at)
        written = self.fresh[no].get(at)
        if written is not None:
            return written.row
        if at not in self._rows and no in self._unloaded:
            self.load_rows([at])
        return self._rows.get(at)

    def has(self, at: int) -> bool:
        row = self.row(at)
        return row is not None and row.digest is not None

    def value(self, kind: str, key: str) -> Any:
        """Return a value. Raises KeyError."""
        at = self.id_of(kind, key)
        if at not in self._decoded:
            row = self.row(at)
            if row is None or row.digest is None:
                raise KeyError(f"{kind} {key}")
            packed = self._pack(row)
            self._size += len(packed)
            if self._size > _MOST_DECODED:
                self._decoded.clear()
                self._size = len(packed)
            self._decoded[at] = self._codecs[kind].load(packed)
        return self._decoded[at]

    def before(self, kind: str, key: str, default: object) -> Any:
        """Return a value as the store has it, whatever has been made since."""
        at = self.id_of(kind, key)
        self.load_rows([at])
        row = self._rows.get(at)
        if row is None or row.digest is None:
            return default
        return self._codecs[kind].load(self._reads(kind_of(at)).values([row])[at])

    def keys(self, kind: str) -> tuple[str, ...]:
        """Return the keys of a kind as they are now, sorted."""
        no = self.numbers[kind]
        if no not in self._keys:
            self._keys[no] = tuple(sorted(self.rows_of(kind)))
        return self._keys[no]

    def rows_of(self, kind: str) -> dict[str, Row]:
        """Return the answers of a kind by key, in no order."""
        no = self.numbers[kind]
        rows = {row.id: row for row in self._load_all(no)}
        self._rows |= rows
        rows |= {at: written.row for at, written in self.fresh[no].items()}
        return {row.key: row for row in rows.values() if row.digest is not None}

    def sum_of(self, kind: str) -> bytes:
        """Return what tells the stored answers of a kind from any others, without a look at them;
        those of another store may be told apart though they are equal."""
        return self._store.sum_of(self.numbers[kind])

    def asked(self, kind: str) -> list[str]:
        """Return the keys of a kind that are there, or that somebody has asked for."""
        no = self.numbers[kind]
        rows = {row.id: row for row in self._load_all(no)}
        rows |= {at: written.row for at, written in self.fresh[no].items()}
        return sorted(row.key for row in rows.values())

    def add(self, written: Written) -> None:
        """Note what was made in this run."""
        at = written.row.id
        no = kind_of(at)
        self.fresh[no][at] = written
        self._keys.pop(no, None)
        self._decoded.pop(at, None)
        self._held.pop(at, None)

    def load_rows(self, ids: Iterable[int]) -> None:
        known, unloaded = self._rows, self._unloaded
        ids = {at for at in ids if at not in known and kind_of(at) in unloaded}
        if ids:
            found = self._reads(kind_of(min(ids))).rows(ids)
            known |= {at: found.get(at) for at in ids}

    def hold(self, ids: Iterable[int]) -> None:
        """Load what is going to be asked for, until it is dropped."""
        wanted = set(ids)
        for at in wanted & self._wholes.keys():
            kind, key = self._wholes[at]
            keys = self.keys(kind)
            if key == ALL:
                wanted.update(self.id_of(kind, each) for each in keys)
        self.load_rows(wanted)
        rows = [row for at in wanted if at not in self._held and (row := self._stored_row(at))]
        if rows:
            loaded = self._store.values(rows)
            self._held |= loaded
            self._held_size += sum(map(len, loaded.values()))

    def hold_for(self, rows: Iterable[int], causes: Iterable[Cause] | None = None) -> None:
        """Load what answers asked for when they were made; with `causes` these instead of all of a
        kind."""
        asked = self._store.asked(rows)
        wanted = {edge >> 1 for edges in asked.values() for edge in edges}
        if causes:
            wanted -= self._wholes.keys()
            wanted |= {ids_of(no)[0] + self._store.hash_of(key) for no, key in causes}
        self.hold(wanted)

    def hold_kinds(self, numbers: Iterable[int]) -> None:
        """Load all answers of some kinds, until they are dropped."""
        for kind, no in self.numbers.items():
            if no in numbers:
                self.hold([self.id_of(kind, ALL)])
                self._unloaded.discard(no)

    def drop(self) -> None:
        """Let go of what was loaded, unless it is little: who comes next asks for much of it."""
        if self._held_size > _MOST_HELD:
            self._held.clear()
            self._held_size = 0

    def take_fresh(self, numbers: Iterable[int]) -> Iterator[Written]:
        """Yield what was made of some kinds, in the store's order; values go as they are taken."""
        for no in sorted(numbers):
            fresh = self.fresh[no]
            for at in sorted(fresh):
                yield fresh[at]
                fresh[at] = Written(fresh[at].row, None, None)

    def note_stored(self, numbers: Iterable[int]) -> None:
        """From now on the store has what was made of these kinds."""
        self._stored.update(numbers)
        self._unloaded.update(numbers)

    def _stored_row(self, at: int) -> Row | None:
        """Return the row of a value that only the store has."""
        written = self.fresh[kind_of(at)].get(at)
        if written is not None and written.value is not None:
            return None
        row = self.row(at)
        return row if row and row.digest is not None else None

    def _pack(self, row: Row) -> bytes:
        written = self.fresh[kind_of(row.id)].get(row.id)
        if written is not None and written.value is not None:
            return written.value
        held = self._held.get(row.id)
        return self._reads(kind_of(row.id)).values([row])[row.id] if held is None else held

    def _load_all(self, no: int) -> Iterable[Row]:
        return self._reads(no).rows_of(no) if no in self._stored else ()

    def _reads(self, no: int) -> Store:
        """Return what answers of a kind are loaded from."""
        if self.is_away:
            raise NotAtHandError(no)
        return self._store
