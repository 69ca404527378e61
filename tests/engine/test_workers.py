"""Answers made by several processes."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")

# Values, a table of two queries that ask for what no one could know ahead, and where they ran.
SCRIPT = """
import os, signal, sys, time
from pathlib import Path
from guongsang.engine import make
from guongsang.engine.run import Run
from guongsang.engine.table import Input, Query, Split, Part, Table
from guongsang.engine.workers import WorkerDiedError
from guongsang.state.store import Store

how, path, keys = sys.argv[1], Path(sys.argv[2]), [f"k{n:03d}" for n in range(400)]
home, made_here = os.getpid(), []

def double(ask, key):
    if os.getpid() == home:
        made_here.append(key)
    elif how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "sleep":
        os.write(1, f"{os.getpid()}\\n".encode())
        time.sleep(600)
    elif how == "fail-away":
        raise MemoryError
    if how == "fail" and key == "k123":
        raise LookupError(key)
    value = 2 * ask("source", key)
    return Split(value, {"part": {key: [value]} if value % 3 else {}})

def chase(ask, key):
    if os.getpid() == home:
        made_here.append(key)
    other = keys[ask("double", key) % 400]
    return [ask("double", other), ask.get("part", key), ask.keys("source")[0]]

table = Table([Input("source"), Query("double", double, each="source", parts=(Part("part"),)),
               Query("chase", chase, each="source")])
values = dict(zip(keys, range(400)))

def go(upto=None):
    with Store(path, "1") as store:
        run = Run(table, store, workers=3)
        run.put("source", {key: str(value) for key, value in values.items()}, values.get)
        run.visit(upto)
        kinds = ("double", "part") if upto else ("double", "part", "chase")
        found = {kind: dict(run.ask.all(kind)) for kind in kinds}
        assert run.keep()
        return found

try:
    found = go("double")
except (WorkerDiedError, LookupError) as error:
    sys.exit(type(error).__name__)
assert found["double"] == {key: 2 * value for key, value in values.items()}
assert found["part"] == {key: [2 * value] for key, value in values.items() if 2 * value % 3}
print(len(made_here))
made_here.clear()
chased = go()["chase"]
assert chased["k123"] == [492, None, "k000"], chased["k123"]
print(len(made_here))
values |= dict.fromkeys(keys[:100], 7)
made_here.clear()
again = go()
assert again["chase"]["k001"] == [14, [14], "k000"], again["chase"]["k001"]
print(len(made_here))
"""


def run(how, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, how, tmp_path / "answers.db"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return ran.returncode, ran.stdout.split(), ran.stderr.strip().splitlines()[-1:]


def test_workers_make_what_they_have_at_hand_and_the_rest_is_made_at_home(tmp_path):
    # First everything is in memory; then nothing is known of what new answers will ask, until
    # workers say it; then what they asked before is at hand, and few ask for something else.
    code, made_here, _ = run("well", tmp_path)
    assert (code, made_here) == (0, ["0", "0", "0"])


def test_what_fails_in_a_worker_alone_is_made_at_home(tmp_path):
    code, made_here, _ = run("fail-away", tmp_path)
    assert (code, made_here[0]) == (0, "400")


@pytest.mark.parametrize(("how", "name"), [("fail", "LookupError"), ("die", "WorkerDiedError")])
def test_what_a_query_raises_and_a_dead_worker_fail_the_run(tmp_path, how, name):
    assert run(how, tmp_path) == (1, [], [name])
    assert not (tmp_path / "answers.db").exists()


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def test_workers_end_when_their_parent_is_killed(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "sleep", tmp_path / "answers.db"],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        try:
            workers = [int(parent.stdout.readline()) for _ in range(3)]
            assert all(map(is_running, workers))
        finally:
            parent.kill()
        killed = time.monotonic()
        while any(map(is_running, workers)) and time.monotonic() < killed + 10:
            time.sleep(0.01)
        assert time.monotonic() < killed + 2
