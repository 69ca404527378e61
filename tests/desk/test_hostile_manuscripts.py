"""Hostile manuscripts: one line each, nothing opened beside them, in little time and memory."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from tests.desk.test_take_in import SLUG
from tests.intake.manuscripts import LEDE, TITLE
from tests.intake.word import NAMES, Word, p

MOST_SECONDS = 10
MOST_MEGABYTES = 1024
# The command, told on by Python itself: what it opens, whom it calls, what it starts.
WATCHED = """
import sys
def hear(event, args):
    if event == "open" and "canh-gac" in str(args[0]):
        print("OUTSIDE", event, args[0], file=sys.stderr)
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        print("OUTSIDE", event, args, file=sys.stderr)
sys.addaudithook(hear)
from guongsang.cli.main import run
run()
"""


def with_document(xml):
    word = Word(p("a"))
    word.parts["word/document.xml"] = xml.encode()
    return word.save()


def laughs():
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return with_document(
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}]>'
        f"<w:document {NAMES}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
    )


def outside_entity(folder):
    return with_document(
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "{(folder / "canh-gac.txt").as_uri()}">]>'
        f"<w:document {NAMES}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    )


def gigabyte():
    file = BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1024):
            part.write(b" " * (1 << 20))
    assert len(file.getvalue()) < 1_200_000
    return file.getvalue()


def nested():
    deep = "<w:tbl><w:tr><w:tc>" * 10_000 + p("x") + "</w:tc></w:tr></w:tbl>" * 10_000
    return Word(deep).save()


def outside_pictures(folder):
    word = Word(p(TITLE, style="Tiu"), p(LEDE))
    for target in (
        (folder / "canh-gac.jpg").as_uri(),
        str(folder / "canh-gac.jpg"),
        "https://bao.example/anh/canh-gac.jpg",
        "//may.example/chung/canh-gac.jpg",
        "../../canh-gac.jpg",
    ):
        word.add(p(word.picture(name=target, external=True)))
    return word.save()


def macros():
    word = Word(p(TITLE, style="Tiu"), p(LEDE))
    return word.save(vbaProject_bin=b"\xd0\xcf\x11\xe0" + bytes(512))


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
REFUSED = {
    "cuoi.docx": (lambda _: laughs(), "khai báo XML"),
    "thuc-the.docx": (outside_entity, "khai báo XML"),
    "long.docx": (lambda _: nested(), "lồng nhau"),
    "giga.docx": (lambda _: gigabyte(), "nén bất thường"),
    "khoa.docx": (lambda _: LOCKED, "mật khẩu"),
    "cat.docx": (lambda _: Word(p(LEDE)).save()[:700], "hỏng"),
}
TAKEN = {
    "anh-ngoai.docx": (outside_pictures, "ảnh nằm ngoài tệp, không mở"),
    "macro.docm": (lambda _: macros(), "tệp có macro: không chạy"),
}


def read_peak(pid):
    """Return how many megabytes a process has held at most; 0 where nobody tells.

    What the system tells of an ended child counts what its parent held when it was forked.
    """
    with contextlib.suppress(OSError):
        told = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"))
        return int(told[1]) / 1024 if told else 0
    return 0


def run_watched(newsroom, tmp_path, name, make):
    """Return code, output, errors; seconds and memory are held against what they may be."""
    for canary in ("canh-gac.txt", "canh-gac.jpg"):
        (tmp_path / canary).write_bytes(b"bi mat")
    path = tmp_path / name
    path.write_bytes(make(tmp_path))
    command = [sys.executable, "-c", WATCHED, "import", "--root", str(newsroom.root), "--no-input"]
    said = tmp_path / "said.txt"
    began = time.monotonic()
    with said.open("wb") as file:
        ran = subprocess.Popen([*command, str(path)], stdout=file, stderr=file)
        peak = 0
        while ran.poll() is None:
            peak = max(peak, read_peak(ran.pid))
            time.sleep(0.01)
    assert time.monotonic() - began <= MOST_SECONDS
    assert peak <= MOST_MEGABYTES
    told = said.read_text("utf-8")
    assert "OUTSIDE" not in told
    assert "Traceback" not in told
    return ran.returncode, told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what a process used")
class TestFromOutside:
    @pytest.mark.parametrize(
        "name",
        [pytest.param(name, marks=[pytest.mark.long] * (name == "giga.docx")) for name in REFUSED],
    )
    def test_what_is_not_taken_is_one_line(self, newsroom, tmp_path, name):
        make, why = REFUSED[name]
        code, told = run_watched(newsroom, tmp_path, name, make)
        assert code == 1
        assert [why in line and line.startswith(f"{name}: ") for line in told.splitlines()] == [
            True
        ]
        assert not list(newsroom.root.glob(f"stories/*/{SLUG}"))

    @pytest.mark.parametrize("name", TAKEN)
    def test_what_is_taken_leaves_that_out_and_says_so(self, newsroom, tmp_path, name):
        make, why = TAKEN[name]
        code, told = run_watched(newsroom, tmp_path, name, make)
        assert code == 0
        assert why in told
        files = sorted(path.name for path in newsroom.path(SLUG).parent.iterdir())
        assert files == ["index.md"]
        assert "bi mat" not in newsroom.path(SLUG).read_text("utf-8")

    def test_the_watch_sees_what_is_opened(self, tmp_path):
        canary = tmp_path / "canh-gac.txt"
        canary.write_text("bi mat", "utf-8")
        code = WATCHED.partition("from guongsang")[0] + f"open({str(canary)!r})"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert b"OUTSIDE open" in ran.stderr
