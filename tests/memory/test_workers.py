"""Work shared among processes."""

import subprocess
import sys

import pytest

from guongsang.memory.workers import split_items

SHARE = """
import os, signal, sys, time
from guongsang.memory.workers import WorkerDiedError, share_work

at_work = os.memfd_create("at-work")
mine = []

def work(part):
    if sys.argv[1] == "die" and part[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    if sys.argv[1] == "fail" and part[0]:
        raise OSError(28, "No space left on device")
    if not mine:
        mine.append(os.write(at_work, b"."))
    while sys.argv[1] == "well" and os.fstat(at_work).st_size < 3:
        time.sleep(0.01)  # no worker takes all parts before the others are there
    return os.getpid(), list(part)

try:
    made = share_work(range(7), work, workers=3, least=1)
except (WorkerDiedError, OSError) as error:
    print(type(error).__name__)
else:
    pids = {pid for pid, _ in made}
    print([each for _, part in made for each in part], len(pids), os.getpid() in pids)
"""


def share(how):
    ran = subprocess.run(
        [sys.executable, "-c", SHARE, how], capture_output=True, text=True, check=True, timeout=120
    )
    return ran.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_every_part_is_done_in_order_by_another_process():
    assert share("well") == "[0, 1, 2, 3, 4, 5, 6] 3 False"


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_a_dead_worker_is_no_result():
    assert share("die") == "WorkerDiedError"


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_what_a_worker_raises_is_raised():
    assert share("fail") == "OSError"


@pytest.mark.parametrize(("items", "alone"), [(0, 0), (1, 0), (500, 3), (5_000, 0), (5_001, 5_001)])
def test_parts_are_all_items_in_order_and_smaller_at_the_end(items, alone):
    parts = split_items(range(items), 2, alone)
    assert [each for part in parts for each in part] == list(range(items))
    sizes = [len(part) for part in parts[alone:]]
    assert sizes == sorted(sizes, reverse=True)
    assert all(len(part) == 1 for part in parts[:alone])


FORGOTTEN = """
import os, time
from guongsang.memory.workers import work_aside

forgotten = [work_aside(lambda: time.sleep(600), workers=2) for _ in range(5)]
done = work_aside(lambda: 7, workers=2)
assert done.pid and all(each.pid for each in forgotten)
assert done() == 7
pipes = len(os.listdir("/proc/self/fd"))
del forgotten, done
print(pipes - len(os.listdir("/proc/self/fd")))
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nobody")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_who_is_not_asked_ends_and_leaves_nothing():
    ran = subprocess.run(
        [sys.executable, "-c", FORGOTTEN], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.split() == ["5", "nobody"]


BESIDE = """
import os, signal, sys, time
from guongsang.memory.workers import work_beside

here = os.getpid()

def work(item):
    if sys.argv[1] == "die" and os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    if sys.argv[1] == "fail" and os.getpid() != here:
        raise OSError(28, "No space left on device")
    time.sleep(0.05)
    return [item, os.getpid()]

made = work_beside(range(9), work, workers=2)
print([item for item, _ in made], len({pid for _, pid in made}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
@pytest.mark.parametrize(("how", "processes"), [("well", 2), ("die", 1), ("fail", 1)])
def test_two_take_turns_and_what_one_leaves_the_other_does(how, processes):
    ran = subprocess.run(
        [sys.executable, "-c", BESIDE, how], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split("\n")[0] == f"{list(range(9))} {processes}"
