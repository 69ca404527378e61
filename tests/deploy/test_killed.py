"""Real processes on a real server: killed, and two at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from tests.conftest import digests
from tests.remotes.servers import folder_place, openssh, proftpd
from tests.remotes.wires import slow_wire

from guongsang.deploy.state import FOLDER

RUN = "from guongsang.cli.main import run; run()"


@pytest.fixture
def start(published, tmp_path):
    def start(far):
        (published.root / "deploy.toml").write_text(far.tell(), "utf-8")
        return subprocess.Popen(
            [sys.executable, "-c", RUN, "deploy", "--root", str(published.root)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(tmp_path), **far.env},
            text=True,
        )

    start.site = published.site
    return start


def read(folder):
    return {
        path: digest
        for path, digest in digests(folder).items()
        if not path.startswith((FOLDER, ".guongsang"))
    }


def end(process):
    told = process.communicate(timeout=120)[0]
    assert process.returncode == 0, told
    return told


def look(root):
    return {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("kind", [openssh, proftpd])
def test_a_killed_upload_is_taken_up_where_it_ended(start, kind):
    """Time after time, some files further; what was whole is not sent again."""
    with kind() as far, slow_wire([far.port], seconds=0.02):
        slow = far.at("127.0.0.2") if kind is openssh else far
        sent_again = 0
        for _ in range(3):
            whole = read(start.site)
            before = look(far.root)
            right = {path for path, digest in read(far.root).items() if whole.get(path) == digest}
            process = start(slow)
            wanted, begun = len(right) + 12, time.monotonic()
            while process.poll() is None and time.monotonic() - begun < 60:
                if len(list(far.root.rglob("*.*"))) > wanted:
                    process.send_signal(signal.SIGKILL)
                time.sleep(0.02)  # looking takes long, too
            process.communicate()
            after = look(far.root)
            touched = {path for path in before if after.get(path) != before[path]}
            sent_again += len({path.relative_to(far.root).as_posix() for path in touched} & right)
        told = end(start(slow))
        assert read(far.root) == read(start.site), told
        assert sent_again == 0
        assert "giống hệt" in end(start(slow))
        assert not list(far.root.rglob("*.guongsang-tmp"))


@pytest.mark.parametrize("kind", [folder_place, pytest.param(openssh, marks=pytest.mark.long)])
def test_two_processes_at_once_never_mix(start, kind):
    """Of one newsroom: one uploads, the other hears of it or has nothing left to do."""
    with kind() as far:
        with start(far) as first, start(far) as second:
            told = [process.communicate(timeout=120)[0] for process in (first, second)]
        codes = sorted([first.returncode, second.returncode])
        assert codes in ([0, 0], [0, 1]), told
        if codes == [0, 1]:
            assert "đang đăng, từ" in "".join(told)
        assert read(far.root) == read(start.site)
        assert not (far.root / FOLDER / "lock").exists()
        assert "giống hệt" in end(start(far))
        shutil.rmtree(far.root / FOLDER)
