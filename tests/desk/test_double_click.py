"""What a double click opens: made once, found again, and one line where something is missing."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import mkdocs
import pytest
import yaml
from tests.conftest import NOW

from guongsang import desk
from guongsang.cli.main import main
from guongsang.desk.founding.init import Wish, plan_content, plan_program, write_newsroom
from guongsang.desk.founding.wheel import pack_wheel

# What is started in the background of a shell is deaf to Ctrl+C, and so are its children.
signal.signal(signal.SIGINT, signal.default_int_handler)

SEED = Path(desk.__file__).parent / "seed"
PACKAGES = Path(mkdocs.__file__).parent.parent
COMMAND, CMD = "Mo-ban-bien-tap.command", "Mo-ban-bien-tap.cmd"


@pytest.fixture
def newsroom_with_wheel(tmp_path):
    """A newsroom as init makes it, whose libraries lie on this machine: nothing is fetched."""
    wish = Wish("Thử", "Báo Thử", "dien-bien", None, "none", sample=True, today=dt.date(2026, 6, 1))
    root = tmp_path / "tòa soạn của Lan"
    write_newsroom(root, {**plan_content(wish), **plan_program("none", pack_wheel())})
    (root / "requirements.lock").write_text("# không có gì\n", "utf-8")
    return root


@pytest.fixture
def run(newsroom_with_wheel, tmp_path):
    """Start the file that a double click starts, as macOS does; all are ended behind the test."""
    if os.name == "nt":
        pytest.skip("sh runs it; the workflow runs the file of Windows")
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n')
    browser.chmod(0o755)
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "python3.11").symlink_to(sys.executable)
    started = []

    def start(*arguments, **more):
        env = {
            "PATH": f"{folder}:/usr/bin:/bin",
            "HOME": str(tmp_path),
            "BROWSER": f"{browser} %s",
            "PYTHONPATH": str(PACKAGES),
            "PIP_NO_INDEX": "1",
            "SOURCE_DATE_EPOCH": NOW,
            "LANG": "C.UTF-8",
            **more,
        }
        process = subprocess.Popen(
            ["/bin/sh", str(newsroom_with_wheel / COMMAND), *arguments],
            cwd="/",
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    start.opened, start.bin = opened, folder
    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
        process.stdout.close()


def wait_for(path, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.is_file() and path.read_text().endswith("\n"):
            return path.read_text().split()
        time.sleep(0.1)
    raise AssertionError(f"{path} is not there")


def interrupt(process, seconds=60):
    """Press Ctrl+C, again where that is not heard, until all has ended; return what was told."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        os.killpg(process.pid, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=5)[0]
    raise AssertionError("it does not end")


@pytest.mark.long
def test_it_is_made_once_and_found_again(run, newsroom_with_wheel):
    root = newsroom_with_wheel
    first = run()
    (address,) = wait_for(run.opened)
    assert re.fullmatch(r"http://127\.0\.0\.1:80[01][0-9]/\.guongsang/ban-bien-tap/", address)
    with urllib.request.urlopen(address, timeout=60) as page:
        assert "Bàn biên tập" in page.read().decode()
    stamp = (root / ".venv/.guongsang").stat().st_mtime_ns
    second = run()
    told, _ = second.communicate(timeout=60)
    assert second.returncode == 0, told
    assert "đang mở" in told
    assert "Lần đầu" not in told
    assert wait_for(run.opened) == [address, address]
    assert first.poll() is None
    told = interrupt(first)
    assert "1/3 Tạo chỗ" in told
    assert "3/3 Cài chương trình" in told
    assert (root / ".venv/.guongsang").stat().st_mtime_ns == stamp


@pytest.mark.long
def test_an_interrupted_preparation_begins_again(run, newsroom_with_wheel):
    (newsroom_with_wheel / ".venv/bin").mkdir(parents=True)
    (newsroom_with_wheel / ".venv/bin/python").write_text("hỏng")
    run()
    wait_for(run.opened)


def test_without_python_one_line_says_where_to_get_it(run, newsroom_with_wheel):
    command = newsroom_with_wheel / COMMAND
    text = command.read_text("utf-8")
    for folder in ("/opt/homebrew/bin", "/usr/local/bin"):  # whatever this machine has there
        assert folder in text
        text = text.replace(folder, "/khong-co")
    command.write_text(text, "utf-8")
    (run.bin / "python3.11").unlink()
    (run.bin / "python3").write_text("#!/bin/sh\nexit 1\n")  # an older one
    (run.bin / "python3").chmod(0o755)
    (run.bin / "dirname").symlink_to(shutil.which("dirname"))
    process = run(PATH=str(run.bin))
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told.count("\n") == 1
    assert "https://www.python.org/downloads/" in told


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda root: next(root.glob("chuong-trinh/*.whl")).unlink(), "Thiếu"),
        pytest.param(
            lambda root: (root / "requirements.lock").write_text("khong-co==1\n"),
            "xem lại mạng",
            marks=pytest.mark.long,
        ),
    ],
)
def test_what_fails_is_told_in_one_line(run, newsroom_with_wheel, harm, said):
    harm(newsroom_with_wheel)
    process = run()
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert said in told.strip().split("\n")[-1]
    assert not (newsroom_with_wheel / ".venv/.guongsang").exists()


# The file of Windows, which no Linux runs: its rules one by one. The workflow runs it there.


def read_cmd():
    (content,) = (
        each for path, each in plan_program("none", pack_wheel()).items() if path.endswith(".cmd")
    )
    return content


def test_every_line_of_the_cmd_follows_the_rules_of_windows():
    content = read_cmd()
    assert content.count(b"\n") == content.count(b"\r\n"), "cmd.exe loses labels behind a bare LF"
    assert not content.startswith(b"\xef\xbb\xbf"), "a byte order mark would be a command"
    lines = content.decode().split("\r\n")
    assert lines[0] == "@echo off"
    labels = {line[1:] for line in lines if re.fullmatch(r":[a-z]+", line)}
    assert labels == {"found", "missing"}
    assert {*re.findall(r"goto :?([a-z]+)", content.decode())} <= labels
    last = max(number for number, line in enumerate(lines) if line.startswith(":"))
    code = next(number for number, line in enumerate(lines) if line == "chcp 65001 >nul")
    depth = 0
    for number, line in enumerate(lines):
        assert len(line) < 8191
        if not line.isascii():
            assert number > last > code, "letters only behind all labels and chcp"
        bare = re.sub(r'"[^"]*"', '""', line)
        if not line.startswith("rem "):
            assert line.count('"') % 2 == 0, line
            if line.startswith("echo "):
                assert not re.search(r"[&|<>^%]", bare), line
            if not line.startswith("echo ") and ("%~dp0" in line or ".py" in line):
                assert re.search(r'"[^"]*(?:%~dp0|\.py)[^"]*"', line), "paths have spaces"
            depth += bare.count("(") - bare.count(")")
        for name in re.findall(r"%([A-Za-z]+)%", line):
            assert name in ("FOUND", "CODE", "errorlevel")
            assert not depth, "inside brackets a variable has its old value"
    assert depth == 0
    for name in ("FOUND", "CODE"):
        assert re.search(rf'set "{name}=', content.decode())
    after = lines[lines.index(":found") + 1 :]
    assert after[1] == 'set "CODE=%errorlevel%"', "whatever runs between would change it"
    assert lines.index("setlocal") < code
    assert any(line == 'pushd "%~dp0" || exit /b 1' for line in lines), "a share has no drive"
    assert [line for line in lines if line][-1] == "exit /b 1"


def test_both_say_where_python_is_to_be_had():
    for name in (CMD, COMMAND):
        text = (SEED / name).read_text("utf-8")
        assert text.count("https://www.python.org/downloads/") == 1
        assert "(3, 11)" in text


def test_init_and_upgrade_put_them_there(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "bao", "--province", "dien-bien", "--no-input"]) == 0
    root = tmp_path / "bao"
    assert os.access(root / COMMAND, os.X_OK)
    assert (root / CMD).read_bytes() == read_cmd()
    (root / COMMAND).unlink()
    (root / CMD).write_bytes(read_cmd().replace(b"\r\n", b"\n"))
    assert main(["init", str(root), "--upgrade"]) == 0
    assert os.access(root / COMMAND, os.X_OK)


def test_the_workflow_runs_it_on_windows():
    root = Path(__file__).parent.parent.parent
    jobs = yaml.safe_load((root / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]
    job = jobs["newsroom"]
    assert "windows-latest" in job["strategy"]["matrix"]["os"]
    assert any(str(step.get("run", "")).startswith(".ci/newsroom ") for step in job["steps"])
    assert "/.ci/double-click" in (root / ".ci/newsroom").read_text("utf-8")
    assert CMD in (root / ".ci/double-click").read_text("utf-8")


def test_one_window_at_a_time_prepares(newsroom_with_wheel, run):
    fcntl = pytest.importorskip("fcntl", reason="locks of POSIX")
    (newsroom_with_wheel / ".cache").mkdir()
    with (newsroom_with_wheel / ".cache/cai-dat.lock").open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        process = run()
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told == "Một cửa sổ khác đang chuẩn bị chương trình: chờ cửa sổ ấy.\n"
