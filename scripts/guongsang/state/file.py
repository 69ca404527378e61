"""The SQLite file itself: how it is opened, read for a moment, written, and begun anew."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from guongsang.state.errors import BusyError, DamagedError, StateError

WAIT_SECONDS: Final = 30.0
SCHEMA: Final = {
    "answers": "CREATE TABLE answers (id INTEGER PRIMARY KEY, key BLOB, digest BLOB, stamp BLOB,"
    " seal INTEGER, asked BLOB, askers BLOB)",
    "contents": "CREATE TABLE contents (id INTEGER PRIMARY KEY, value BLOB)",
    "kinds": "CREATE TABLE kinds (no INTEGER PRIMARY KEY, body BLOB, sums BLOB)",
    "meta": "CREATE TABLE meta (id INTEGER PRIMARY KEY, version BLOB, salt BLOB,"
    " generation INTEGER, seal INTEGER)",
}
# Write-ahead logs fail on network drives; pages that spill before a commit lock readers out. What
# a file from elsewhere has in its schema is not run.
PRAGMAS: Final = (
    "journal_mode=truncate",
    "cache_spill=off",
    "synchronous=full",
    "trusted_schema=off",
    "cell_size_check=on",
)
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_UNWRITABLE: Final = (
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_AUTH,
)

# What tells whether a file that cannot be used is still the same: inode, length, time.
Looks = tuple[int, int, int] | None


def look_at(abs_path: Path) -> Looks:
    try:
        found = abs_path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def full_version(version: str) -> bytes:
    """Return what must be equal for a file to be used; arrays of numbers are the machine's own."""
    return f"{version} {sys.byteorder}".encode()


def connect(abs_path: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open the file; without `create` it must be there.

    Raises BusyError, DamagedError, StateError.
    """
    uri = f"{abs_path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    with _telling():
        connection = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise
    return connection


def has_schema(connection: sqlite3.Connection) -> bool:
    """Return whether the file has our tables and nothing else: no trigger, no view."""
    found = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
    return dict(found) == SCHEMA and len(found) == len(SCHEMA)


def begin_anew(abs_path: Path) -> sqlite3.Connection:
    """Empty the file, whatever it is, and return it without tables. Raises StateError.

    The file goes first: a journal without its file is nothing, a file without its journal may be
    half of two. Nobody opens it for that, which would drop the locks that SQLite holds.
    """
    try:
        abs_path.parent.mkdir(parents=True, exist_ok=True)
        for path in (abs_path, abs_path.with_name(f"{abs_path.name}-journal")):
            if path.exists():
                os.truncate(path, 0)
    except OSError as error:
        raise StateError(str(error)) from error
    return connect(abs_path, create=True)


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """One short read of one state of the file. Raises BusyError, DamagedError."""
    try:
        with _telling():
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
    except StateError as error:
        if isinstance(error, BusyError):
            raise
        raise DamagedError(str(error)) from error  # what cannot be read is as good as lost


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction. Raises BusyError, DamagedError, StateError; nothing is written then."""
    with _telling():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@contextmanager
def _telling() -> Iterator[None]:
    """Say in our words what SQLite says, except for wrong use of it."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest are details
        if code in _BUSY:
            raise BusyError(str(error)) from error
        if code in _UNWRITABLE:
            raise StateError(str(error)) from error
        raise DamagedError(str(error)) from error
