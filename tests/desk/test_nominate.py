"""`guongsang nominate`: letters stay out of the repository, and the draft names nobody."""

from __future__ import annotations

import re
import stat
from email.message import EmailMessage

import pytest

from guongsang.pages.nominate import QUESTIONS, write_letter

NAMES = ("Mẫu Văn Giới", "Người Gửi Mẫu", "0912 345 678", "gui@example.org")
ANSWERS = (
    "Ông Mẫu Văn Giới",
    "bản Mẫu, xã Mù Cả",
    "Ông Mẫu Văn Giới giữ rừng ở phường khác.",
    "Trưởng bản",
    "Đã đồng ý",
    "Người Gửi Mẫu, 0912 345 678, gui@example.org",
)


def write_answers():
    text = write_letter("Bạn đọc", "https://guong.example/gioi-thieu-guong/")
    for question, answer in zip(QUESTIONS, ANSWERS, strict=True):
        text = text.replace(f"{question.ask}\n", f"{question.ask}\n{answer}\n")
    return text


@pytest.fixture
def outside(newsroom, tmp_path):
    """A folder for what readers sent, which is in no repository."""
    folder = tmp_path / "tai-ve"
    folder.mkdir()
    return folder


@pytest.fixture
def mail(outside):
    made = EmailMessage()
    made["Subject"] = "Giới thiệu ông Mẫu Văn Giới"
    made["From"] = "Người Gửi Mẫu <gui@example.org>"
    made["Date"] = "Mon, 30 Nov 2026 08:00:00 +0700"
    made.set_content(write_answers())
    made.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="anh-ong.jpg")
    path = outside / "thu.eml"
    path.write_bytes(made.as_bytes())
    return path


def read_repository(newsroom):
    return {
        path.relative_to(newsroom.root).as_posix(): path.read_bytes()
        for path in newsroom.root.rglob("*")
        if path.is_file()
    }


def find_kept(newsroom):
    return newsroom.root.parent / f"{newsroom.root.name}-thu-gioi-thieu"


def test_a_letter_is_kept_outside_and_the_draft_names_nobody(newsroom, mail):
    before = read_repository(newsroom)
    ran = newsroom.run("nominate", "import", str(mail))
    assert (ran.code, ran.err) == (0, "")
    folder = find_kept(newsroom) / "GT-2026-001"
    assert f"{folder}" in ran.out and "anh-ong.jpg" in ran.out
    assert (folder / "thu.eml").read_bytes() == mail.read_bytes()
    readable = (folder / "noi-dung.txt").read_text("utf-8")
    assert all(name in readable for name in NAMES) and "Ngày: 30/11/2026" in readable
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "thu.eml").stat().st_mode) == 0o600
    after = read_repository(newsroom)
    new = {uri: text for uri, text in after.items() if before.get(uri) != text}
    new = {uri: text for uri, text in new.items() if not uri.startswith(".cache/")}
    assert list(new) == ["stories/2026/thu-gioi-thieu-gt-2026-001/index.md"]
    for text in after.values():
        assert not [name for name in NAMES if name.encode() in text]
    (draft,) = new.values()
    assert "unit: mu-ca" in draft.decode() and "status: draft" in draft.decode()
    assert newsroom.run("check").code == 0


def test_numbers_follow_and_the_same_letter_is_told(newsroom, outside):
    for name, text in (("a.txt", "Thư một"), ("b.txt", "Thư hai")):
        (outside / name).write_text(text, "utf-8")
        assert newsroom.run("nominate", "import", str(outside / name)).code == 0
    assert sorted(each.name for each in find_kept(newsroom).iterdir()) == [
        "GT-2026-001",
        "GT-2026-002",
    ]
    again = newsroom.run("nominate", "import", str(outside / "a.txt"))
    assert again.code == 1 and "GT-2026-001" in again.err
    assert len(list(newsroom.root.glob("stories/2026/thu-gioi-thieu-*"))) == 2


def test_git_never_gets_a_letter(newsroom, outside, mail):
    (outside / "kho/.git").mkdir(parents=True)
    for keep in (newsroom.root / "thu", outside / "kho/thu"):
        ran = newsroom.run("nominate", "import", str(mail), "--keep", str(keep))
        assert ran.code == 1 and "--keep" in ran.err and not keep.exists()
    link = outside / "lien-ket"
    link.symlink_to(newsroom.root)
    assert newsroom.run("nominate", "import", str(mail), "--keep", str(link / "x")).code == 1
    assert not list(newsroom.root.glob("stories/2026/thu-gioi-thieu-*"))
    ran = newsroom.run("nominate", "import", str(mail), "--keep", str(outside / "cat"))
    assert ran.code == 0 and (outside / "cat/GT-2026-001/thu.eml").is_file()


def test_a_file_that_lies_in_the_newsroom_is_told(newsroom):
    path = newsroom.root / "thu.txt"
    path.write_text("Một lá thư.", "utf-8")
    ran = newsroom.run("nominate", "import", str(path))
    assert ran.code == 0 and "xóa đi kẻo vào git" in ran.err


def test_nothing_half_is_left(newsroom, outside, mail, monkeypatch):
    ran = newsroom.run("nominate", "import", str(mail), "--dry-run")
    assert ran.code == 0 and "chưa ghi gì" in ran.err
    assert not find_kept(newsroom).exists()

    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("guongsang.desk.arrivals.nominate.write_folder", fail)
    assert newsroom.run("nominate", "import", str(mail)).code == 1
    assert list(find_kept(newsroom).iterdir()) == []


def test_what_is_typed_wrongly_or_cannot_be_read_is_told(newsroom, outside):
    other = outside / "thu.docx"
    other.write_bytes(b"PK")
    ran = newsroom.run("nominate", "import", str(other))
    assert ran.code == 1 and "thu.docx" in ran.err and ".eml" in ran.err
    assert newsroom.run("nominate", "import").code == 2
    assert newsroom.run("nominate", "form", str(other)).code == 2
    assert newsroom.run("nominate", "khac").code == 2


def read_form(newsroom):
    return (newsroom.root / "an-pham/phieu-gioi-thieu.html").read_text("utf-8")


def test_the_form_asks_the_same_and_loads_nothing(newsroom):
    ran = newsroom.run("nominate", "form")
    assert (ran.code, ran.err) == (0, "")
    form = read_form(newsroom)
    assert [each.ask for each in QUESTIONS if each.ask not in form] == []
    assert not re.search(r"<script|@import|url\(|<img|<link", form)
    assert 'href="http' not in form and 'src="http' not in form
    before = form
    newsroom.run("nominate", "form")
    assert read_form(newsroom) == before


def test_without_the_page_the_form_has_no_code(newsroom):
    path = newsroom.root / "stories/registers/newsroom.yml"
    path.write_text(f"{path.read_text('utf-8')}switches: {{nominate: false}}\n", "utf-8")
    ran = newsroom.run("nominate", "form")
    assert ran.code == 0 and "mã QR" in ran.err
    assert "<svg" not in read_form(newsroom) and "gioi-thieu-guong" not in read_form(newsroom)
