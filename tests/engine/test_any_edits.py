"""After any edits, accidents and refused runs, a run's answers are those of a run from nothing.

GUONGSANG_TABLES=N tries N times as many tables and edits, new ones every time.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.tables import INPUTS, KEYS, BrokenError, make_table, recompute, rename, specs

from guongsang.engine.run import Run
from guongsang.engine.table import GONE
from guongsang.state import file
from guongsang.state.store import Store, use_store

TIMES = int(os.environ.get("GUONGSANG_TABLES", "1"))
VERSION = "1"


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch):
    pragmas = [each for each in file.PRAGMAS if "synchronous" not in each]
    monkeypatch.setattr(file, "PRAGMAS", [*pragmas, "synchronous=off"])


class Death(BaseException):
    """The process ends here: nothing after this line is done."""


@dataclass
class House:
    """Inputs, the store, and a folder of what was published in each view."""

    specs: tuple
    abs_path: Path
    inputs: dict = field(default_factory=lambda: {kind: {} for kind in INPUTS})
    edits: int = 0
    sites: dict = field(default_factory=lambda: {"a": {}, "b": {}})
    staged: dict = field(default_factory=dict)
    # Views whose folder is of another publication than the store, or of one that is forgotten.
    strangers: set = field(default_factory=set)

    def edit(self, kind, key, value):
        """Put an input there, change it, or take it away; each edit has a stamp of its own."""
        self.edits += 1
        if value is None:
            self.inputs[kind].pop(key, None)
        else:
            self.inputs[kind][key] = (value, str(self.edits))

    def begin(self, store, view, broken=()):
        self.staged.clear()
        run = Run(make_table(rename(self.specs, view), broken, self.staged), store)
        for kind, values in self.inputs.items():
            stamps = {key: stamp for key, (_, stamp) in values.items()}
            run.put(kind, stamps, lambda key, values=values: values[key][0])
        return run

    def expect(self, view):
        inputs = {
            kind: {key: value for key, (value, _) in values.items()}
            for kind, values in self.inputs.items()
        }
        return recompute(rename(self.specs, view), inputs)

    def outputs(self, view):
        named = rename(self.specs, view)
        return [k for spec in named if spec.is_output for k in (spec.name, *spec.parts)]

    def doubt_all(self, run, view):
        """Rely on nothing that was published: all of the folder counts as touched."""
        for kind in self.outputs(view):
            run.doubt(kind, [key for each, key in self.sites[view] if each == kind])

    def publish(self, run, view, moves=None):
        """Move files; die after so many moves."""
        with run.publishing() as changes:
            for kind, found in changes.items():
                for key, value in found.items():
                    if moves == 0:
                        raise Death
                    moves = None if moves is None else moves - 1
                    if value is GONE:
                        self.sites[view].pop((kind, key), None)
                    else:
                        assert value == self.staged[kind, key]
                        self.sites[view][kind, key] = value
            if moves is not None:
                raise Death
        self.strangers.discard(view)

    def run(self, view, how="publish", at=0):
        """Run the table as one of: publish, keep, check, drop, fail, die. Compare all answers."""
        expected = self.expect(view)
        named = rename(self.specs, view)
        broken = [named[at % len(named)].name] if how == "fail" else []

        def work(store):
            run = self.begin(store, view, broken)
            for kind in self.outputs(view)[: at % 2]:
                run.ask.keys(kind)  # whoever looks before sees what was, and changes nothing
            if store.is_blank:
                self.strangers |= self.sites.keys()
            if view in self.strangers:
                self.doubt_all(run, view)
            if how == "fail":
                with suppress(BrokenError):
                    run.visit()
                return at % 2 == 0 and run.keep()
            run.visit(named[at % len(named)].name if how == "check" else None)
            if how == "check":
                return run.keep()
            for kind in expected:
                assert dict(run.ask.all(kind)) == expected[kind], kind
                assert run.ask.keys(kind) == tuple(sorted(expected[kind]))
            if how == "keep":
                return run.keep()
            if how != "drop":
                self.publish(run, view, at if how == "die" else None)
            return None

        with suppress(Death):
            use_store(self.abs_path, VERSION, work)
        if how == "publish":
            assert self.sites[view] == {
                (kind, key): value
                for kind in self.outputs(view)
                for key, value in expected[kind].items()
            }


edits = st.tuples(st.sampled_from(INPUTS), st.sampled_from(KEYS), st.none() | st.integers(0, 3))
hows = st.sampled_from(("publish", "publish", "keep", "check", "drop", "fail", "die"))
turns = st.tuples(st.lists(edits, max_size=3), st.sampled_from("aab"), hows, st.integers(0, 9))


def explore(examples):
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(
        max_examples=examples * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        suppress_health_check=quiet,
        database=None,
    )


def fresh(tmp_path, name="answers.db"):
    abs_path = tmp_path / name
    abs_path.unlink(missing_ok=True)
    return abs_path


@explore(200)
@given(specs(), st.lists(turns, min_size=1, max_size=8))
def test_any_edits_and_refused_runs_end_as_a_run_from_nothing(tmp_path, specs, turns):
    house = House(specs, fresh(tmp_path))
    for changes, view, how, at in turns:
        for change in changes:
            house.edit(*change)
        house.run(view, how, at)
    for view in "ab":
        house.run(view)


@explore(100)
@given(specs(), st.lists(edits, min_size=1, max_size=6), edits, hows, st.integers(0, 9))
def test_a_mistake_that_is_put_back_leaves_nothing(tmp_path, specs, before, mistake, how, at):
    house = House(specs, fresh(tmp_path))
    for change in before:
        house.edit(*change)
    house.run("a")
    published, inputs = dict(house.sites["a"]), {k: dict(v) for k, v in house.inputs.items()}
    house.edit(*mistake)
    house.run("a", "keep" if how == "publish" else how, at)
    house.inputs = inputs
    house.run("a")
    assert house.sites["a"] == published


def change_inside(abs_path, chance, how):
    """Change a value that SQLite reads without complaint, or lose a row."""
    with closing(sqlite3.connect(abs_path, isolation_level=None)) as connection:
        table = chance.choice(("answers", "answers", "contents", "kinds", "meta"))
        column = chance.choice(list(file.SCHEMA[table].partition("(")[2].split(", "))).split()[0]
        rows = connection.execute(f"SELECT rowid, {column} FROM {table} ORDER BY 1").fetchall()
        if not rows:
            return
        at, value = chance.choice(rows)
        if how == "row":
            connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (at,))
            return
        if isinstance(value, bytes) and value:
            spoilt = bytearray(value)
            spoilt[chance.randrange(len(value))] ^= 1 << chance.randrange(8)
            value = chance.choice((bytes(spoilt), bytes(spoilt), None))
        else:
            value = (value or 0) ^ 1 if isinstance(value or 0, int) else b"x"
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, at))


def spoil(abs_path, how, at, old):
    """Do to the file what accidents do."""
    packed = abs_path.read_bytes() if abs_path.exists() else b""
    chance = random.Random(at)
    if how == "flip" and packed:
        spoilt = bytearray(packed)
        for _ in range(1 + at % 3):
            spoilt[chance.randrange(len(packed))] ^= 1 << chance.randrange(8)
        abs_path.write_bytes(spoilt)
    elif how == "cut":
        abs_path.write_bytes(packed[: chance.randrange(len(packed) + 1)])
    elif how == "zeros" and packed:
        start = chance.randrange(len(packed))
        abs_path.write_bytes(packed[:start] + bytes(500) + packed[start + 500 :])
    elif how == "garbage":
        abs_path.write_bytes(chance.randbytes(at % 9_000))
    elif how == "older" and old is not None:
        abs_path.write_bytes(old)
    elif how == "gone":
        abs_path.unlink(missing_ok=True)
    elif how in ("cell", "row"):
        with suppress(sqlite3.Error):
            change_inside(abs_path, chance, how)
    elif how == "other":
        with Store(abs_path, "another version", blank=True) as store:
            store.write((), ())


INSIDE = ("cell", "cell", "cell", "cell", "row", "row", "flip", "flip", "flip", "zeros")
HARMS = (*INSIDE, "cut", "garbage", "older", "gone", "other")


accidents = st.tuples(st.sampled_from(HARMS), st.integers(0, 1 << 30), turns)


@explore(150)
@given(
    specs(),
    st.lists(edits, min_size=2, max_size=9),
    st.lists(accidents, min_size=1, max_size=4),
)
def test_a_damaged_file_never_gives_a_wrong_answer(tmp_path, specs, before, turns):
    house = House(specs, fresh(tmp_path))
    for change in before:
        house.edit(*change)
    house.run("a")
    old = house.abs_path.read_bytes()
    for harm, at, (changes, _, how, moves) in turns:
        for change in changes:
            house.edit(*change)
        spoil(house.abs_path, harm, at, old)
        if harm == "older":
            house.strangers |= house.sites.keys()
        house.run("a", how, moves)
    house.run("a")


@explore(40)
@given(specs(), st.lists(turns, min_size=2, max_size=6))
def test_a_copied_store_serves_both(tmp_path, specs, turns):
    house = House(specs, fresh(tmp_path))
    for changes, view, how, at in turns:
        for change in changes:
            house.edit(*change)
        house.run(view, how, at)
    moved = fresh(tmp_path / "elsewhere", "answers.db")
    moved.parent.mkdir(exist_ok=True)
    if house.abs_path.exists():
        shutil.copyfile(house.abs_path, moved)
    sites = {view: dict(site) for view, site in house.sites.items()}
    other = House(specs, moved, {k: dict(v) for k, v in house.inputs.items()}, 1_000, sites)
    for each, change in ((house, ("in0", "a", 1)), (other, ("in1", "b", 2))):
        each.edit(*change)
        each.run("a")
