"""Whatever hangs fails by its name, in time, and does not keep the other tests from running."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[1]
HANGS = """
import contextlib, ctypes, os, queue, re, signal, subprocess, sys, threading, time
from pathlib import Path

import pytest

def test_killed():
    os.kill(os.getpid(), signal.SIGKILL)

def test_python():
    while True:
        pass

def test_library():
    ctypes.PyDLL(None).pause()  # and nobody else may run Python meanwhile

def test_process():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).wait()

def test_queue():
    queue.Queue().get()

def test_exceptions_are_swallowed():
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass

@pytest.fixture
def slow_to_end():
    yield
    threading.Event().wait()

def test_teardown(slow_to_end):
    pass

def test_teardown_after_a_failure(slow_to_end):
    assert False

@pytest.fixture
def slow_to_begin():
    threading.Event().wait()

def test_setup(slow_to_begin):
    pass

def test_thread():
    threading.Thread(target=time.sleep, args=(60,)).start()

@pytest.fixture(scope="session")
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api")
    from tests.browser.conftest import ARGS, CHROMIUM
    if CHROMIUM is None:
        pytest.skip("no browser")
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()

def test_promise(chromium):
    chromium.new_page().evaluate("new Promise(() => {})")

def test_stopped_browser(chromium):
    page = chromium.new_page()
    rows = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # has just ended
            rows += re.findall(r"^(\\d+) \\((.*)\\) . (\\d+)", stat.read_text())
    ours, more = set(), {os.getpid()}
    while more - ours:
        ours |= more
        more = {int(pid) for pid, _, parent in rows if int(parent) in ours}
    stopped = [int(pid) for pid, name, _ in rows if int(pid) in ours and "chrom" in name]
    assert stopped, "no browser was found"
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    page.evaluate("1")

@pytest.mark.parametrize("number", range(20))
def test_good(number):
    time.sleep(0.1)
"""
SLOW_TO_END = """
import time

def pytest_sessionfinish(session):
    time.sleep(600 if hasattr(session.config, "workerinput") else 0)
"""


def run_tests(folder, text, *options, **env):
    """Run tests as `make test` does, with other limits; returns the exit code and what is told."""
    path = folder / "test_here.py"
    path.write_text(text, "utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-n", "2"]
    ran = subprocess.run(
        [*command, "-p", "tests.hangs", "-p", "no:cacheprovider", *options, str(path)],
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=500,
    )
    return ran.returncode, ran.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="signals of Linux")
def test_whatever_hangs_fails_by_its_name_and_the_others_run(tmp_path):
    code, told = run_tests(
        tmp_path, HANGS, "--max-worker-restart", "99", GUONGSANG_TEST_SECONDS="3"
    )
    assert code == 1, told
    wanted = set(re.findall(r"^def (test_\w+)", HANGS, re.MULTILINE)) - {"test_good"}
    browsers = {"test_promise", "test_stopped_browser"}
    skipped = browsers if "SKIPPED" in told else set()
    named = re.findall(r"^(?:FAILED|ERROR) \S*::(test_\w+)", told, re.MULTILINE)
    assert set(named) == wanted - skipped, told
    assert "no browser was found" not in told
    # All that are good, and the two that had passed before something of theirs was left.
    assert re.search(r"\b22 passed", told), told
    # The loop that waits for a browser has a stack of its own.
    for name in wanted - browsers - {"test_killed", "test_thread"}:
        where = "slow_to_" if name.startswith(("test_setup", "test_teardown")) else name
        assert f" in {where}" in told, f"no stack of {name}:\n{told}"


def test_a_run_that_does_not_come_to_its_end_is_ended(tmp_path):
    text = "import time\n\ntime.sleep(600)"
    code, told = run_tests(tmp_path, text, GUONGSANG_ALL_TESTS_SECONDS="3")
    assert code == 1
    assert "Timeout (0:00:03)!" in told


def test_a_worker_that_does_not_come_to_its_end_fails_the_run(tmp_path):
    (tmp_path / "conftest.py").write_text(SLOW_TO_END, "utf-8")
    code, told = run_tests(
        tmp_path, "def test_good(): pass", "--max-worker-restart", "0", GUONGSANG_END_SECONDS="2"
    )
    assert code == 1, told
    assert " in pytest_sessionfinish" in told
    assert "1 passed" in told
