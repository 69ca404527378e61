"""Run a command and tell what it cost: wall time, CPU time and memory of all its processes.

CPU time comes from the kernel's account of the child and every descendant it waited for. Memory is
the sum of the proportional set sizes (PSS) of all processes, so that pages shared by forked
workers count once; it is sampled, some milliseconds of a second core each second. Where /proc has
no PSS, it is the largest process's resident set instead, and `memory_is_pss` is False.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_INTERVAL: Final = 0.05
_REST: Final = 30
_PROC: Final = Path("/proc")


class CommandFailedError(Exception):
    """A measured command ended with an error: its numbers would mean nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and bytes of one run."""

    wall: float
    cpu: float
    memory: int
    memory_is_pss: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in an output folder."""

    pages: int
    files: int
    size: int


def measure(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Cost:
    """Run a command to its end. Raises CommandFailedError with the end of what it printed."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=user_env(env), stdout=output, stderr=subprocess.STDOUT
        )
        sampler = _Sampler(process.pid)
        sampler.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            wall = time.perf_counter() - began
            sampler.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            told = output.read().decode("utf-8", "replace")[-3000:]
            raise CommandFailedError(f"{' '.join(command)}: {process.returncode}\n{told}")
    # macOS counts ru_maxrss in bytes, Linux in kibibytes.
    resident = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    peak = sampler.peak
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak or resident, bool(peak))


def user_env(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a measured command: as a user's, who lets Python keep bytecode."""
    kept = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **env}


def set_aside(folder: Path, *paths: Path) -> None:
    """Move what stands at some paths into a folder: gone, but not deleted yet.

    For some minutes ext4 gives out no inode of a deleted file, and looks at each of them for every
    new file: whoever writes soon after a large deletion pays for that.
    """
    folder.mkdir(exist_ok=True)
    for path in paths:
        if path.exists():
            path.rename(folder / str(time.time_ns()))


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each number on its own."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        int(statistics.median(cost.memory for cost in costs)),
        all(cost.memory_is_pss for cost in costs),
    )


def count_written(folder: Path) -> Written:
    """Count the files of an output folder, hidden ones too."""
    pages = files = size = 0
    for path in folder.rglob("*"):
        if path.is_file():
            files += 1
            pages += path.suffix == ".html"
            size += path.stat().st_size
    return Written(pages, files, size)


class _Sampler(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._ended.is_set():
            began = time.perf_counter()
            self.peak = max(self.peak, sum(_pss(pid) for pid in _family(self._pid)))
            took = time.perf_counter() - began
            # The kernel holds up a large process while it counts its pages.
            self._ended.wait(max(_INTERVAL, _REST * took))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    """Return a process and its descendants."""
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        try:
            for thread in (_PROC / str(current) / "task").iterdir():
                waiting += [int(child) for child in (thread / "children").read_text().split()]
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) * 1024
