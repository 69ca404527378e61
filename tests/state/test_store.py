"""The store: what it keeps, what it makes of any file, and several processes at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from array import array
from contextlib import contextmanager
from pathlib import Path

import pytest

from guongsang.state import file
from guongsang.state.errors import BusyError, DamagedError, MovedOnError, StateError
from guongsang.state.rows import Kind, Row, Written, digest_of, ids_of
from guongsang.state.store import Store, use_store

NOBODY = array("Q")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "answers.db"


def open_store(path, version="1", *, blank=False):
    return Store(path, version, blank=blank)


def answer(store, key, value, *, asked=(), no=1):
    at = ids_of(no)[0] + store.hash_of(key)
    edges = array("Q", (ids_of(no)[0] + store.hash_of(each) << 1 for each in asked))
    if value is None:
        return Written(Row(at, key, None, None), None, edges)
    return Written(Row(at, key, digest_of(value), None), value, edges)


def write(path, answers, version="1", *, blank=False):
    """Write {key: value} or {key: (value, asked)}."""
    with open_store(path, version, blank=blank) as store:
        store.write(
            [
                answer(store, key, value[0], asked=value[1])
                if isinstance(value, tuple)
                else answer(store, key, value)
                for key, value in answers.items()
            ],
            [Kind(1, "some")],
        )


def read(path, version="1"):
    with open_store(path, version) as store:
        return read_all(store)


def read_all(store):
    rows = store.rows_of(1)
    values = store.values(rows)
    return {row.key: values[row.id] for row in rows if row.digest is not None}


def test_what_was_written_is_read(path):
    write(path, {"a": b"1", "b": b"2"})
    write(path, {"b": b"3", "c": b""})
    assert read(path) == {"a": b"1", "b": b"3", "c": b""}


def test_both_ends_of_a_question_are_kept(path):
    write(path, {"a": b"1", "b": b"2", "c": (b"3", "ab"), "d": (b"4", "a")})
    write(path, {"c": (b"3", "b"), "d": (b"4", "ab")})
    with open_store(path) as store:
        ids = {key: ids_of(1)[0] + store.hash_of(key) for key in "abcd"}
        askers = store.askers(ids.values())
        assert set(askers[ids["a"]]) == {ids["d"] << 1}
        assert set(askers[ids["b"]]) == {ids["c"] << 1, ids["d"] << 1}
        assert store.asked([ids["d"]]) == {ids["d"]: array("Q", [ids["a"] << 1, ids["b"] << 1])}


def test_what_is_gone_stays_for_as_long_as_somebody_asks(path):
    write(path, {"a": b"1", "b": (b"2", "a")})
    write(path, {"a": None})
    assert read(path) == {"b": b"2"}
    with open_store(path) as store:
        assert [row.key for row in store.rows_of(1) if row.digest is None] == ["a"]
    write(path, {"b": (b"2", "")})
    with open_store(path) as store:
        assert [row.key for row in store.rows_of(1)] == ["b"]
    for table in ("answers", "contents"):
        assert ask_sqlite(path, f"SELECT count(*) FROM {table}") == [(1,)]


def ask_sqlite(path, sql):
    connection = sqlite3.connect(path)
    try:
        with connection:
            return connection.execute(sql).fetchall()
    finally:
        connection.close()


def cut(path):
    path.write_bytes(path.read_bytes()[:-4096])


def overwrite(path):
    path.write_bytes(b"GIF89a" * 1_000)


def cut_head(path):
    path.write_bytes(path.read_bytes()[:50])


def add_trigger(path):
    ask_sqlite(path, "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM answers; END")


def lose_table(path):
    ask_sqlite(path, "DROP TABLE kinds")


def forge_kinds(path):
    ask_sqlite(path, "UPDATE kinds SET body = replace(body, 'some', 'done')")


def empty(path):
    path.write_bytes(b"")


def lose(path):
    path.unlink()


def make_folder(path):
    path.unlink()
    path.mkdir()


UNUSABLE = (cut, overwrite, cut_head, add_trigger, lose_table, forge_kinds, empty, lose)


@pytest.mark.parametrize("spoil", UNUSABLE)
def test_a_file_that_cannot_be_used_is_blank_and_replaced(path, spoil):
    write(path, {"a": b"1"})
    spoil(path)
    with open_store(path) as store:
        assert store.is_blank
        assert read_all(store) == {}
        store.write([answer(store, "b", b"2")], [Kind(1, "some")])
        assert read_all(store) == {"b": b"2"}
    assert read(path) == {"b": b"2"}


def test_another_version_is_blank(path):
    write(path, {"a": b"1"}, "older")
    assert read(path, "newer") == {}
    assert read(path, "older") == {"a": b"1"}
    write(path, {"b": b"2"}, "newer")
    assert read(path, "older") == {}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE contents SET value = x'32'",
        "DELETE FROM contents",
        "DELETE FROM answers WHERE key = x'62'",
        "UPDATE answers SET key = x'7a' WHERE key = x'62'",
        "UPDATE answers SET digest = NULL",
        "UPDATE answers SET seal = 'x'",
        "UPDATE answers SET id = id + 1 WHERE key = x'62'",
        "UPDATE answers SET asked = x''",
        "UPDATE answers SET askers = substr(askers, 9)",
        "UPDATE answers SET askers = 7",
    ],
)
def test_damage_inside_is_told(path, sql):
    write(path, {"a": b"1", "b": (b"1", "a")})
    ask_sqlite(path, sql)

    def look(store):
        ids = [ids_of(1)[0] + store.hash_of(key) for key in "ab"]
        rows = store.rows(ids)
        store.values(rows.values())
        return store.askers(ids), store.asked(ids)

    with open_store(path) as store, pytest.raises(DamagedError):
        look(store)
    tries = []
    assert use_store(path, "1", lambda store: (tries.append(store.is_blank), look_blank(store))[1])
    assert tries == [False, True]


def look_blank(store):
    if not store.is_blank:
        raise DamagedError
    return True


def test_a_missing_row_is_proven_to_be_missing(path):
    write(path, {f"k{n}": b"1" for n in range(200)})
    with open_store(path) as store:
        assert store.rows([ids_of(1)[0] + store.hash_of("never")]) == {}
    ask_sqlite(path, "DELETE FROM answers WHERE key = CAST('k77' AS BLOB)")
    with open_store(path) as store, pytest.raises(DamagedError):
        store.rows([ids_of(1)[0] + store.hash_of("k77")])
    with open_store(path) as store, pytest.raises(DamagedError):
        store.rows_of(1)


def test_who_reads_is_told_when_somebody_has_committed(path):
    write(path, {"a": b"1"})
    with open_store(path) as reader, open_store(path) as other:
        assert read_all(reader) == {"a": b"1"}
        write(path, {"a": b"2"})
        with pytest.raises(MovedOnError):
            read_all(reader)
        with pytest.raises(MovedOnError):
            other.write([answer(other, "a", b"3")], [])
    assert read(path) == {"a": b"2"}


def test_a_blank_store_does_not_replace_what_another_has_written_meanwhile(path):
    with open_store(path) as store:
        write(path, {"a": b"1"})
        with pytest.raises(MovedOnError):
            store.write([], [])
    assert read(path) == {"a": b"1"}


def test_a_reader_begins_again_and_then_with_nothing(path):
    write(path, {"a": b"1"})
    seen = []

    def work(store):
        seen.append(store.is_blank)
        write(path, {"a": b"%d" % len(seen)})
        return read_all(store)

    assert use_store(path, "1", work) == {}
    assert seen == [False, False, False, True]


def test_a_commit_waits_for_readers(path, monkeypatch):
    write(path, {"a": b"1"})
    reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM meta").fetchall()
    ends = threading.Timer(0.3, reader.execute, ["COMMIT"])
    ends.start()
    began = time.monotonic()
    write(path, {"a": b"2"})
    assert time.monotonic() > began + 0.2
    ends.join()
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM meta").fetchall()
    monkeypatch.setattr(file, "WAIT_SECONDS", 0.1)
    with pytest.raises(BusyError):
        write(path, {"a": b"3"})
    reader.close()
    assert read(path) == {"a": b"2"}


def test_a_locked_file_is_busy_and_not_blank(path, monkeypatch):
    write(path, {"a": b"1"})
    monkeypatch.setattr(file, "WAIT_SECONDS", 0.1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BusyError):
        open_store(path)
    other.close()
    assert read(path) == {"a": b"1"}


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")
@pytest.mark.parametrize(("mode", "known"), [(0o444, {"a": b"1"}), (0o000, {})])
def test_a_file_that_may_not_be_written_is_told(mode, known):
    with tempfile.TemporaryDirectory() as folder, nobody_when_root(folder) as change:
        path = Path(folder) / "answers.db"
        write(path, {"a": b"1"})
        path.chmod(mode)
        change()
        with open_store(path) as store:
            assert read_all(store) == known
            with pytest.raises(StateError):
                store.write([answer(store, "b", b"2")], [Kind(1, "some")])


@contextmanager
def nobody_when_root(folder):
    """Give up the rights of root, for whom there are no permissions, when that is called."""
    Path(folder).chmod(0o755)
    user = os.geteuid()
    try:
        yield lambda: os.seteuid(user or 65534)
    finally:
        os.seteuid(user)


def test_a_folder_in_its_place_is_told(path):
    write(path, {"a": b"1"})
    make_folder(path)
    with open_store(path) as store:
        assert store.is_blank
        with pytest.raises(StateError):
            store.write([], [])


def test_a_failed_write_leaves_all_as_it_was(path):
    write(path, {"a": b"1"})

    def fail(store):
        yield answer(store, "a", b"2")
        raise OSError("no more")

    with open_store(path) as store, pytest.raises(OSError, match="no more"):
        store.write(fail(store), [Kind(1, "other")])
    with open_store(path) as store:
        assert list(store.kinds) == ["some"]
        assert read_all(store) == {"a": b"1"}
        with pytest.raises(DamagedError):
            store.write([answer(store, "b", b"2", asked="z")], [])
    assert read(path) == {"a": b"1"}


def test_nothing_in_it_tells_where_it_stands(path, tmp_path):
    write(path, {"a": b"1"})
    assert str(tmp_path).encode() not in path.read_bytes()
    moved = tmp_path / "elsewhere.db"
    shutil.move(path, moved)
    assert read(moved) == {"a": b"1"}


def test_what_a_kind_has_to_catch_up_with_is_kept(path):
    kind = Kind(
        2, "kind", 1, True, {5: {(1, "\udcff"), (1, "a")}, 1 << 62: set()}, {"n"}, {"t"}, "s"
    )
    with open_store(path) as store:
        store.write([], [Kind(1, "some"), kind])
        assert store.kinds["kind"] == kind
    with open_store(path) as store:
        assert store.kinds == {"some": Kind(1, "some"), "kind": kind}
    assert kind.copy() == kind
    assert kind.copy().stale[5] is not kind.stale[5]
    assert kind.settled() == Kind(2, "kind", 1, True, {}, set(), {"t"}, "s")
