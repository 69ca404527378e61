"""The one store: answers, who asked for which, and what each kind has to catch up with.

Only who builds writes, and holds a lock of its own while doing so. All others read: each call takes
what it needs in one short read, and tells when somebody has committed since. Whatever the file is
(missing, empty, garbage, cut off, of another program), opening it never fails for that: the store
is blank then. What is damaged inside shows when it is read, as DamagedError: `use_store` begins
with a blank one. Nothing here is an absolute path, and every value is bytes of data, never code.
"""

from __future__ import annotations

import secrets
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar
from zlib import crc32

from guongsang.state import file
from guongsang.state.errors import BusyError, DamagedError, MovedOnError, StateError
from guongsang.state.rows import (
    Kind,
    Row,
    Sums,
    Written,
    bucket_of,
    digest_of,
    hash_key,
    ids_of,
    kind_of,
    seal_row,
    unpack_edges,
)
from guongsang.state.write import Merged

_AT_ONCE: Final = 500
_ROW: Final = "SELECT id, key, digest, stamp, seal FROM answers WHERE "
_SALT_BYTES: Final = 8
_GENERATION_BITS: Final = 62
_TRIES: Final = 3

T = TypeVar("T")


def use_store(abs_path: Path, version: str, work: Callable[[Store], T]) -> T:
    """Return what `work` does with the store; it may be called several times.

    It begins again where another process has committed meanwhile, and with a blank store where
    that happens too often or the file turns out to be damaged. Raises what `work` raises.
    """
    for _attempt in range(_TRIES):
        try:
            with Store(abs_path, version) as store:
                return work(store)
        except MovedOnError:
            continue
        except DamagedError:
            break
    with Store(abs_path, version, blank=True) as store:
        return work(store)


class Store:
    """A file of answers as it was when it was opened. To be closed, or used by `with`.

    `version`: whatever must be equal for answers to be used again, as a digest of the program.
    `blank`: nothing is known; what is written replaces the file. Raises BusyError.
    """

    def __init__(self, abs_path: Path, version: str, *, blank: bool = False) -> None:
        self._abs_path, self._version = abs_path, file.full_version(version)
        self._connection: sqlite3.Connection | None = None
        self._looks, self._is_closed = file.look_at(abs_path), False
        self._salt = secrets.token_bytes(_SALT_BYTES)
        self._generation: int | None = None
        self._hashes: dict[str, int] = {}
        self._sums: dict[int, Sums] = {}
        self._bodies: dict[int, tuple[bytes, bytes]] = {}
        self.kinds: dict[str, Kind] = {}
        if not blank and self._looks is not None:
            self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._is_closed = True
        self._disconnect()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def is_blank(self) -> bool:
        return self._generation is None

    def hash_of(self, key: str) -> int:
        """Return what is to be added to the first id of a kind for the id of an answer."""
        hashed = self._hashes.get(key)
        if hashed is None:
            hashed = self._hashes[key] = hash_key(key, self._salt)
        return hashed

    def rows(self, ids: Iterable[int]) -> dict[int, Row]:
        """Return the rows of answers by id; those that are missing were never written.

        Raises DamagedError, MovedOnError, BusyError.
        """
        wanted = set(ids)
        found = {row.id: row for row in map(_check_row, self._select(_ROW + "id IN ", wanted))}
        for no, bucket in {(kind_of(at), bucket_of(at)) for at in wanted - found.keys()}:
            self._select_bucket(no, bucket)
        return found

    def rows_of(self, no: int) -> list[Row]:
        """Return all rows of a kind, in no order. Raises as `rows` does."""
        if no not in self._sums:
            return []
        found = self._ask(_ROW + "id BETWEEN ? AND ?", ids_of(no))
        rows = [_check_row(row) for row in found]
        self._sums[no].check_all((row[0], row[4]) for row in found)
        return rows

    def sum_of(self, no: int) -> bytes:
        """Return what tells all rows of a kind from any others, as far as checksums can."""
        return self._sums[no].pack() if no in self._sums else b""

    def values(self, rows: Iterable[Row]) -> dict[int, bytes]:
        """Return the values of answers by id. Raises as `rows` does."""
        digests = {row.id: row.digest for row in rows if row.digest is not None}
        found: dict[int, bytes] = dict(
            self._select("SELECT id, value FROM contents WHERE id IN ", digests)
        )
        for at, digest in digests.items():
            value: object = found.get(at)
            if not isinstance(value, bytes) or digest_of(value) != digest:
                raise DamagedError(f"value of {at}")
        return found

    def asked(self, ids: Iterable[int]) -> dict[int, array[int]]:
        """Return what answers that are there asked for. Raises as `rows` does."""
        return self._edges("SELECT id, asked FROM answers WHERE id IN ", ids)

    def askers(self, ids: Iterable[int]) -> dict[int, array[int]]:
        """Return who asked for answers; those without a row have nobody. Raises as `rows` does."""
        return self._edges("SELECT id, askers FROM answers WHERE id IN ", self.rows(ids))

    def write(self, written: Iterable[Written], kinds: Iterable[Kind]) -> None:
        """Write answers and kinds in one transaction, or nothing at all.

        Every answer that is asked for must be among them or in the store. Waits up to 30 s for
        those who read. Raises MovedOnError, BusyError, StateError, DamagedError.
        """
        try:
            connection = self._open_to_write()
            with file.writing(connection):
                self._check_generation(connection)
                merged = Merged(connection, self._sums, written, is_new=self.is_blank)
                merged.write()
                known = {**self.kinds, **{kind.name: kind for kind in kinds}}
                bodies = self._pack_kinds(known)
                generation = self._write_kinds(connection, bodies)
        except BaseException:
            self.close()  # what it knows may be half of what was to be written
            raise
        self.kinds, self._bodies, self._generation = known, bodies, generation

    def _open(self) -> None:
        try:
            self._connection = file.connect(self._abs_path)
            with file.reading(self._connection):
                self._load(self._connection)
        except BusyError:
            self._disconnect()
            raise
        except (DamagedError, StateError):
            self._disconnect()

    def _load(self, connection: sqlite3.Connection) -> None:
        if not file.has_schema(connection):
            raise DamagedError("not our tables")
        meta = connection.execute("SELECT version, salt, generation, seal FROM meta").fetchall()
        if len(meta) != 1 or meta[0][0] != self._version:
            raise DamagedError("another version")
        kinds = connection.execute("SELECT no, body, sums FROM kinds ORDER BY no").fetchall()
        version, salt, generation, seal = meta[0]
        if _seal_meta(version, salt, generation, kinds) != seal:
            raise DamagedError("kinds")
        self._generation, self._salt = generation, salt
        self._bodies = {no: (body, sums) for no, body, sums in kinds}
        self._sums = {no: Sums(sums) for no, _, sums in kinds}
        self.kinds = {kind.name: kind for kind in (Kind.unpack(body) for _, body, _ in kinds)}

    def _open_to_write(self) -> sqlite3.Connection:
        if self._connection is None:
            if file.look_at(self._abs_path) != self._looks:
                raise MovedOnError
            self._connection = file.begin_anew(self._abs_path)
        return self._connection

    def _check_generation(self, connection: sqlite3.Connection) -> None:
        """Raises MovedOnError, sqlite3.Error."""
        if self.is_blank:
            for statement in file.SCHEMA.values():
                connection.execute(statement)
        elif connection.execute("SELECT generation FROM meta").fetchall() != [(self._generation,)]:
            raise MovedOnError

    def _pack_kinds(self, known: dict[str, Kind]) -> dict[int, tuple[bytes, bytes]]:
        return {
            kind.no: (kind.pack(), self._sums.setdefault(kind.no, Sums()).pack())
            for kind in sorted(known.values(), key=lambda kind: kind.no)
        }

    def _write_kinds(
        self, connection: sqlite3.Connection, bodies: dict[int, tuple[bytes, bytes]]
    ) -> int:
        """Write what has changed of the kinds, and return the new generation."""
        changed = [(no, *each) for no, each in bodies.items() if self._bodies.get(no) != each]
        connection.executemany("INSERT OR REPLACE INTO kinds VALUES (?, ?, ?)", changed)
        generation = secrets.randbits(_GENERATION_BITS)
        rows = [(no, *each) for no, each in bodies.items()]
        seal = _seal_meta(self._version, self._salt, generation, rows)
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES (1, ?, ?, ?, ?)",
            (self._version, self._salt, generation, seal),
        )
        return generation

    def _ask(self, sql: str, values: Sequence[int]) -> list[Any]:
        assert not self._is_closed
        if self._connection is None:
            return []
        with file.reading(self._connection):
            self._check_generation(self._connection)
            return self._connection.execute(sql, values).fetchall()

    def _select(self, sql: str, ids: Iterable[int]) -> list[Any]:
        wanted, found = sorted(ids), []
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found += self._ask(f"{sql}({','.join('?' * len(part))})", part)
        return found

    def _select_bucket(self, no: int, bucket: int) -> None:
        """Make sure that nothing of a bucket is lost. Raises DamagedError."""
        if no in self._sums:
            found = self._ask(_ROW + "id BETWEEN ? AND ?", ids_of(no, bucket))
            for row in found:
                _check_row(row)
            self._sums[no].check(bucket, (row[4] for row in found))

    def _edges(self, select: str, ids: Iterable[int]) -> dict[int, array[int]]:
        wanted = set(ids)
        found = self._select(select, wanted)
        if len(found) != len(wanted):
            raise DamagedError(f"{len(wanted) - len(found)} rows")
        return {at: unpack_edges(at, packed) for at, packed in found}


def _check_row(row: tuple[Any, ...]) -> Row:
    at, key, digest, stamp, seal = row
    if seal_row(at, key, digest, stamp) != seal:
        raise DamagedError(f"row of {at}")
    return Row.unpack(at, key, digest, stamp)


def _seal_meta(version: object, salt: object, generation: object, kinds: object) -> int:
    return crc32(repr((version, salt, generation, kinds)).encode())
