"""A test that hangs fails with its name and the stacks of all threads; it never holds the run.

Python's own watchdog is a thread of C: it needs neither the interpreter nor the main thread, so it
ends what is stuck in a library, in a browser's event loop, or in a wait for another process. The
process ends with it; pytest-xdist says which test it was at, and lets another one do the rest.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

# Fixtures, a test, and what takes them down again are each given so long. The slowest test needs
# a tenth of that; a machine may be slow, and others may work on it.
SECONDS = float(os.environ.get("GUONGSANG_TEST_SECONDS", "600"))
# All tests. Only a run that stands still, or nearly, comes to that.
ALL_SECONDS = float(os.environ.get("GUONGSANG_ALL_TESTS_SECONDS", "4500"))
# From a worker's last test to the end of its process. Whose workers they are has to delete what
# earlier runs have left, which may take long.
END_SECONDS = float(os.environ.get("GUONGSANG_END_SECONDS", "300"))

_stderr = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    # Before output is captured. A worker has pytest-xdist's own sys.stderr, which is no file.
    config.stash[_stderr] = os.dup(2)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if not _is_worker(session.config):
        _watch(session.config, ALL_SECONDS)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    _watch(item.config, SECONDS)
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    _watch(item.config, SECONDS)
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Watch again, for pytest ends a watch when a test fails, and see what is left behind."""
    _watch(item.config, SECONDS)
    try:
        result = yield
    finally:
        faulthandler.cancel_dump_traceback_later()
    if left := _list_left():
        pytest.fail(f"the process could not end for what is left: {', '.join(left)}")
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    _watch(session.config, END_SECONDS if _is_worker(session.config) else ALL_SECONDS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController, error: object) -> None:
    """Fail the run if a worker had to be ended: pytest-xdist does so only for one at a test."""
    session = node.config.pluginmanager.get_plugin("session")
    if error and isinstance(session, pytest.Session):
        session.testsfailed += 1


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _watch(config: pytest.Config, seconds: float) -> None:
    faulthandler.dump_traceback_later(seconds, exit=True, file=config.stash[_stderr])


def _list_left() -> list[str]:
    """Return the threads and processes of this one which its end would wait for."""
    threads = [
        each
        for each in threading.enumerate()
        if not (each.daemon or each is threading.main_thread())
    ]
    processes = [each for each in multiprocessing.active_children() if not each.daemon]
    return [repr(each) for each in (*threads, *processes)]
