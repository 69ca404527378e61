"""`guongsang new`: a draft from flags or a few answers, and no metadata of a photo on the disk."""

from __future__ import annotations

import io
import sys
import webbrowser
from pathlib import Path

import pytest
from PIL import Image

from guongsang.desk.find import find_meant
from guongsang.publish.lock import ServeLock
from guongsang.registers.load import load_registers
from guongsang.stories.scan import INDEX

MAKER = b"Hang Dien Thoai"
FLAGS = (
    *("--column", "ban muong", "--field", "giao-duc", "--deed", "xoa-mu-chu"),
    *("--place", "then sin", "--honoree", "ho giao", "--author", "lan", "--no-input"),
)


@pytest.fixture
def phone_photo(tmp_path):
    """Make a photo as phones do: large, lying on its side, with the place where it was taken."""

    def make(name="IMG_1.JPG", size=(4000, 3000)):
        image = Image.new("RGB", size, (120, 80, 40))
        exif = Image.Exif()
        exif[0x0112] = 6
        exif[0x010F] = MAKER.decode()
        exif.get_ifd(0x8825)[2] = (22.0, 23.0, 24.0)
        path = tmp_path / name
        image.save(path, exif=exif)
        return path

    return make


def test_flags_fill_a_draft(newsroom, phone_photo):
    photos = ("--photo", str(phone_photo()), "--photo", str(phone_photo("hai.jpg", (800, 600))))
    ran = newsroom.run("new", "Lớp học bên suối", *FLAGS, *photos)
    assert (ran.code, ran.err) == (0, "")
    folder = newsroom.root / "stories/2026/lop-hoc-ben-suoi"
    assert f"stories/2026/lop-hoc-ben-suoi/{INDEX}, 2 ảnh" in ran.out
    assert (folder / INDEX).read_text("utf-8") == (
        "---\ntitle: Lớp học bên suối\ndate: 2026-07-01\ncolumn: ban-muong\n"
        "fields: [giao-duc]\ndeeds: [xoa-mu-chu]\nhonorees:\n  - id: ho-giao\n"
        "places:\n  - unit: sin-suoi-ho\n    as_printed: xã Thèn Sin, huyện Tam Đường\n"
        "authors:\n  - id: lan\n    did: text\n"
        "cover:\n  src: bia.jpg\n  alt: …\nphotos:\n  - src: anh-1.jpg\n    alt: …\n"
        "summary: …\nstatus: draft\n---\n\n…\n"
    )
    with Image.open(folder / "bia.jpg") as cover:
        assert cover.size == (1920, 2560) and not cover.getexif()
    assert MAKER not in (folder / "bia.jpg").read_bytes()
    assert newsroom.run("check").code == 0


def test_no_photo_as_it_came_is_ever_in_the_newsroom(newsroom, phone_photo, monkeypatch):
    photo = phone_photo()
    assert MAKER in photo.read_bytes()
    seen = []

    def look(self, target):
        files = [path for path in newsroom.root.rglob("*") if path.is_file()]
        seen.extend(path for path in files if path.parent == self)
        assert not any(MAKER in path.read_bytes() for path in files)
        return rename(self, target)

    rename = Path.rename
    monkeypatch.setattr(Path, "rename", look)
    assert newsroom.run("new", "Lớp học", "--no-input", "--photo", str(photo)).code == 0
    assert sorted(path.name for path in seen) == ["bia.jpg", "index.md"]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--column", "khong co"), "ban-muong"),
        (("--field", "x"), "giao-duc"),
        (("--place", "khong dau ca"), "khong dau ca"),
        (("--photo", "khong-co.jpg"), "khong-co.jpg"),
    ],
)
def test_what_is_unknown_is_told_with_what_there_is(newsroom, flags, said):
    before = sorted(newsroom.root.rglob("*"))
    ran = newsroom.run("new", "Lớp học", "--no-input", *flags)
    assert ran.code == 2 and said in ran.err and ran.err.count("\n") == 1
    assert sorted(newsroom.root.rglob("*")) == before


def test_who_is_in_no_register_is_written_into_the_story(newsroom):
    ran = newsroom.run("new", "Lớp học", "--no-input", "--honoree", "Lò Thị Mẫu")
    assert ran.code == 0 and "ghi thẳng vào bài" in ran.err
    text = newsroom.path("lop-hoc").read_text("utf-8")
    assert "honorees:\n  - kind: person\n    name: Lò Thị Mẫu\n" in text


def test_of_namesakes_the_present_unit_is_meant(newsroom):
    newsroom.run("new", "Lớp học", "--no-input", "--place", "sin suoi ho")
    assert "as_printed: xã Sin Suối Hồ\n" in newsroom.path("lop-hoc").read_text("utf-8")


def test_nothing_is_written_over(newsroom):
    assert newsroom.run("new", "Con chữ", "--no-input").code == 1
    assert newsroom.run("new", "Lớp học", "--no-input").code == 0
    before = newsroom.path("lop-hoc").read_bytes()
    ran = newsroom.run("new", "Lớp học!", "--no-input")
    assert ran.code == 1 and "stories/2026/lop-hoc" in ran.err
    assert newsroom.path("lop-hoc").read_bytes() == before


def test_a_dry_run_prints_the_story(newsroom):
    before = sorted(newsroom.root.rglob("*"))
    ran = newsroom.run("new", "Lớp học", *FLAGS, "--dry-run")
    assert ran.code == 0 and ran.out.startswith("---\ntitle: Lớp học\n") and "chưa ghi" in ran.err
    assert sorted(newsroom.root.rglob("*")) == before


def test_without_a_headline_and_without_a_terminal_it_is_asked_for(newsroom):
    ran = newsroom.run("new", "--no-input")
    assert ran.code == 2 and "Thiếu đầu đề" in ran.err


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_it_asks_and_takes_numbers_and_names_without_marks(newsroom, monkeypatch):
    answers = [
        "Lớp học bên suối",
        "1",  # column, by its number
        "giao duc",
        "",
        "khong dau ca",  # told, asked again
        "then sin",
        "",
        "Lò Thị Mẫu",
        "y",
        "",
        "lan",
        "",
    ]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(answers) + "\n"))
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    ran = newsroom.run("new")
    assert ran.code == 0, ran.err
    text = newsroom.path("lop-hoc-ben-suoi").read_text("utf-8")
    assert "column: ban-muong\n" in text and "fields: [giao-duc]\n" in text
    assert "as_printed: xã Thèn Sin, huyện Tam Đường\n" in text
    assert "name: Lò Thị Mẫu\n" in text and "- id: lan\n" in text
    assert "Không thấy “khong dau ca”" in ran.err


def test_a_story_begun_opens_on_the_desk_page_that_runs(newsroom, monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setenv("EDITOR", "false")
    running = ServeLock(newsroom.cache / "guongsang")
    running.hold("http://127.0.0.1:8765/")
    for flags in (["--no-open"], []):
        answers = "\n".join(["1", "", "", "", ""]) + "\n"
        monkeypatch.setattr(sys, "stdin", Terminal(answers))
        ran = newsroom.run("new", f"Bài {len(flags)}", *flags)
        assert ran.code == 0, ran.err
    running.release()
    page = "http://127.0.0.1:8765/.guongsang/ban-bien-tap/"
    assert opened == [f"{page}?bai={newsroom.path('bai-0').parent.parent.name}/bai-0"]


@pytest.mark.parametrize(
    ("kind", "typed", "keys"),
    [
        ("honoree", "ho-giao", ["ho-giao"]),
        ("honoree", "Hồ Giáo", ["ho-giao"]),
        ("honoree", "giao", ["ho-giao"]),
        ("honoree", "x", []),
        ("place", "Thèn Sin, Tam Đường", ["sin-suoi-ho"]),
        ("place", "xa then sin huyen tam duong", ["sin-suoi-ho"]),
        ("place", "", []),
        ("place", "–", []),
        ("column", "ban-muong", ["ban-muong"]),
        ("place", "sin suoi ho", ["sin-suoi-ho"]),
    ],
)
def test_words_without_marks_are_enough(newsroom, kind, typed, keys):
    registers = load_registers(newsroom.root).registers
    found = find_meant(kind, typed, registers)
    assert list(dict.fromkeys(each.key for each in found)) == keys
