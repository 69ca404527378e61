"""What a double click starts: the environment the first time, then the desk page.

Uses nothing but Python 3.11 itself. What it makes lies in `.venv`; to delete that folder is safe.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".guongsang"
LOCK = ROOT / "requirements.lock"
LOG = ROOT / ".cache" / "cai-dat.log"
PYTHON = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
RUN = "from guongsang.cli.main import run; run()"
PORTS = range(8000, 8020)
TEXTS = {
    "first": {
        "vi": "Lần đầu trên máy này: chuẩn bị chương trình, vài phút, cần mạng. Đừng đóng cửa sổ.",
        "en": "First time on this machine: getting ready, some minutes, with network. Keep this "
        "window open.",
    },
    "again": {"vi": "Có bản mới: cập nhật chương trình.", "en": "There is a new version."},
    "make": {"vi": "1/3 Tạo chỗ cho chương trình…", "en": "1/3 Making room…"},
    "fetch": {"vi": "2/3 Tải thư viện: {done}/{all}", "en": "2/3 Libraries: {done}/{all}"},
    "install": {"vi": "3/3 Cài chương trình…", "en": "3/3 Installing the program…"},
    "ready": {"vi": "Xong. Lần sau mở ngay.", "en": "Done. Next time it opens at once."},
    "open": {
        "vi": "Đang mở bàn biên tập trong trình duyệt. Để cửa sổ này mở trong lúc làm việc.",
        "en": "Opening the desk page in the browser. Keep this window open while you work.",
    },
    "failed": {
        "vi": "Chưa chuẩn bị xong: xem lại mạng rồi bấm đúp lần nữa. Vẫn không được thì gửi tệp "
        "{log} cho người quản trị.",
        "en": "Not ready: look at the network and double-click again. If that does not help, show "
        "{log} to whoever looks after the site.",
    },
    "no-venv": {
        "vi": "Python trên máy thiếu phần tạo môi trường. Debian, Ubuntu: sudo apt install "
        "python3-venv, rồi bấm đúp lần nữa.",
        "en": "This Python cannot make environments. On Debian and Ubuntu: sudo apt install "
        "python3-venv, then double-click again.",
    },
    "busy": {
        "vi": "Một cửa sổ khác đang chuẩn bị chương trình: chờ cửa sổ ấy.",
        "en": "Another window is getting the program ready: wait for that one.",
    },
    "incomplete": {
        "vi": "Thiếu {path}: chép lại cả thư mục tòa soạn, hoặc hỏi người quản trị.",
        "en": "{path} is missing: copy the newsroom's whole folder again, or ask whoever looks "
        "after the site.",
    },
}


class FailedError(Exception):
    """What cannot be done; its text is a key of the table."""


def say(key: str, **args: object) -> str:
    lang = os.environ.get("GUONGSANG_LANG", "vi")
    return TEXTS[key]["en" if lang == "en" else "vi"].format(**args)


def show(text: str, end: str = "\n") -> None:
    sys.stdout.write(f"{text}{end}")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Open the desk page; returns the exit code of the program."""
    os.chdir(ROOT)
    try:
        with only_one():
            prepare()
    except FailedError as error:
        log = LOG.relative_to(ROOT).as_posix()
        show(say(str(error), log=log, path="requirements.lock, chuong-trinh/guongsang-….whl"))
        return 1
    show(say("open"))
    command = [PYTHON, "-c", RUN, "serve", "--open", "--port", str(find_port()), *arguments]
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603 - our own words
    except KeyboardInterrupt:
        return 0


def prepare() -> None:
    """Make the environment, or bring it up to date. Raises FailedError."""
    wheels = sorted(ROOT.glob("chuong-trinh/guongsang-*.whl"))
    if not wheels or not LOCK.is_file():
        raise FailedError("incomplete")
    wanted = tell_version(wheels[-1])
    is_there = Path(PYTHON).exists() and is_running()
    if is_there and STAMP.is_file() and STAMP.read_text("utf-8") == wanted:
        return
    show(say("again" if is_there and STAMP.is_file() else "first"))
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_bytes(b"")
    if not is_there:
        make_venv()
    STAMP.unlink(missing_ok=True)
    count = len(re.findall(r"^[\w.-]+==", LOCK.read_text("utf-8"), re.MULTILINE))
    install(count, "--require-hashes", "-r", str(LOCK))
    show(say("install"))
    install(0, "--no-deps", "--no-index", "--force-reinstall", str(wheels[-1]))
    STAMP.write_text(wanted, "utf-8")  # last: who is interrupted begins again
    show(say("ready"))


def tell_version(wheel: Path) -> str:
    """Return what tells this program and its libraries from any other."""
    lock = LOCK.read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(lock + wheel.read_bytes()).hexdigest()


def is_running() -> bool:
    """Return whether the environment's Python starts: the one it was made of may be gone."""
    try:
        done = subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False)  # noqa: S603
    except OSError:
        return False
    return done.returncode == 0


def make_venv() -> None:
    show(say("make"))
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        LOG.write_bytes(done.stdout + done.stderr)
        shutil.rmtree(VENV, ignore_errors=True)
        raise FailedError("no-venv" if b"ensurepip" in done.stdout + done.stderr else "failed")


def install(count: int, *wanted: str) -> None:
    """Install; of `count` libraries it is told how many are there already."""
    command = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    process = subprocess.Popen(  # noqa: S603
        [*command, "--progress-bar", "off", *wanted],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert process.stdout
    done = 0
    with process, LOG.open("a", encoding="utf-8") as log:
        for line in process.stdout:
            log.write(line)
            if count and line.startswith(("Collecting ", "Ignoring ", "Requirement already")):
                done = min(done + 1, count)
                show(say("fetch", done=done, all=count), end="\r")
    if count:
        show(say("fetch", done=count if process.returncode == 0 else done, all=count))
    if process.returncode:
        raise FailedError("failed")


def find_port() -> int:
    """Return a port that is free: another newsroom may be open as well."""
    for port in PORTS:
        with socket.socket() as probe:
            if os.name != "nt":  # there it would take a port that is in use
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return PORTS[0]


@contextmanager
def only_one() -> Iterator[None]:
    """Let one window at a time make the environment. Raises FailedError."""
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "cai-dat.lock").open("a+b") as file:
        try:
            if sys.platform == "win32":
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FailedError("busy") from None
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
