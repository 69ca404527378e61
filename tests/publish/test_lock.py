"""One builder at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading

import pytest

from guongsang.publish import lock
from guongsang.publish.lock import BuildLock, BusyError, ServeLock

HOLD = """
import sys, time
from pathlib import Path
from guongsang.publish.lock import BuildLock
held = BuildLock(Path(sys.argv[1]))
held.acquire(on_wait=print)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(newsroom):
    """Another process that builds."""
    cache = newsroom.cache / "guongsang"
    command = [sys.executable, "-c", HOLD, str(cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_builder_says_who_holds_it(newsroom, holder, monkeypatch):
    monkeypatch.setitem(lock.BuildLock.acquire.__kwdefaults__, "seconds", 0.1)
    ran = newsroom.run("build")
    assert ran.code == 1
    assert (
        f"mkdocs.yml:1:1: lỗi GS810 Một bản dựng khác đang chạy (tiến trình {holder.pid}" in ran.err
    )
    assert not newsroom.site.exists()
    assert ran.out == ""


def test_a_second_builder_waits_until_the_first_has_ended(newsroom, holder, monkeypatch):
    read_holder = BuildLock._read_holder

    def read_and_end(self):
        threading.Timer(0.3, holder.kill).start()
        return read_holder(self)

    monkeypatch.setattr(BuildLock, "_read_holder", read_and_end)
    ran = newsroom.build()
    waiting = f"cảnh báo GS815 Đang chờ một bản dựng khác (tiến trình {holder.pid}, "
    assert waiting in ran.out + ran.err
    assert (newsroom.site / "index.html").is_file()


def test_a_lock_of_a_dead_process_blocks_nobody(newsroom, holder):
    holder.kill()
    holder.wait()
    assert (newsroom.cache / "guongsang/build.lock").is_file()
    newsroom.build()


def test_a_failed_build_lets_the_lock_go(newsroom):
    newsroom.edit("con-chu", "column: ban-muong", "column: khong-co")
    assert newsroom.run("build").code == 1
    other = BuildLock(newsroom.cache / "guongsang")
    other.acquire(on_wait=lambda _: pytest.fail("the lock is still held"))
    other.release()


@pytest.mark.parametrize("note", [None, "", "[]", '{"pid": 1}', "\x00"])
def test_a_damaged_note_names_nobody(tmp_path, note):
    first, second = BuildLock(tmp_path), BuildLock(tmp_path)
    first.acquire(on_wait=pytest.fail)
    who = tmp_path / "build.json"
    who.unlink()
    if note is not None:
        who.write_text(note)
    waited = []
    with pytest.raises(BusyError) as caught:
        second.acquire(on_wait=waited.append, seconds=0.05)
    assert caught.value.holder.pid == "?"
    assert len(waited) == 1
    first.release()


def test_the_note_names_this_process(tmp_path):
    held = BuildLock(tmp_path)
    held.acquire(on_wait=pytest.fail)
    assert held.is_held
    assert json.loads((tmp_path / "build.json").read_text())["pid"] == str(os.getpid())
    held.release()
    assert not held.is_held


def test_a_preview_is_found_while_it_runs_and_the_first_is_told(tmp_path):
    assert ServeLock(tmp_path).find() is None
    first, second = ServeLock(tmp_path), ServeLock(tmp_path)
    first.hold("http://127.0.0.1:8000/")
    second.hold("http://127.0.0.1:8001/")
    assert ServeLock(tmp_path).find() == "http://127.0.0.1:8000/"
    second.release()
    first.release()
    assert ServeLock(tmp_path).find() is None, "what it has written is of yesterday"
