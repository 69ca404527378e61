"""`guongsang erase`: nothing is left but a digest, and what is out of reach is said."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile

import pytest
from PIL import Image
from pypdf import PdfWriter

from guongsang.desk.erasing.erase import close_address
from guongsang.preview.serve import build_preview
from guongsang.preview.state import Stage
from guongsang.publish.lock import BuildLock
from guongsang.registers.paths import LEDGER, PRINTS

PROFILE = """\
kind: person
name: Vũ Thị Lụa
other_names: [Lụa Tơ Hồng]
consent: {basis: consent, record: P-41, date: 2026-05-01, scope: [name, photo]}
"""
PAPER = "consent: {basis: consent, record: P-41}"
DIGEST = hashlib.sha256(b"2026/con-chu").hexdigest()


@pytest.fixture
def newsroom(published):
    return published


@pytest.mark.parametrize(
    ("ledger", "expected"),
    [
        ("", "# erased: {}\n"),
        ("# sổ\n/2026/a/\n", "# sổ\n/2026/a/\n# erased: {}\n"),
        ("/2026/con-chu/\n/2026/a/\n", "/2026/a/\n# erased: {}\n"),
        ("/2026/con-chu\n# erased: {}\n", "# erased: {}\n"),
    ],
)
def test_the_ledger_keeps_a_digest_in_place_of_the_address(ledger, expected):
    closed = close_address(ledger.format(DIGEST), "/2026/con-chu/")
    assert closed == expected.format(DIGEST)
    assert close_address(closed, "/2026/con-chu/") == closed


def read_ledger(newsroom):
    return (newsroom.root / LEDGER).read_text("utf-8")


@pytest.mark.parametrize("target", ["nguoi-giu-lua", "2025/nguoi-giu-lua", "/2025/nguoi-giu-lua/"])
def test_a_story_leaves_no_byte(newsroom, target):
    newsroom.edit("nguoi-giu-lua", "status: ready", "status: ready\naliases: [/cu/lua/]")
    newsroom.run("fix")
    newsroom.build()
    ran = newsroom.run("erase", target)
    assert (ran.code, ran.err) == (0, "")
    assert "01/07/2026" in ran.out and "git filter-repo" in ran.out
    assert not (newsroom.root / "stories/2025/nguoi-giu-lua").exists()
    assert "lua" not in read_ledger(newsroom) and read_ledger(newsroom).count("# erased: ") == 2
    newsroom.build()
    gone = [b"nguoi-giu-lua", "Người giữ lửa".encode(), "bếp lửa".encode()]
    for path in newsroom.site.rglob("*"):
        if "huong-dan" in path.relative_to(newsroom.site).as_posix():
            continue  # the guide says the same in every newsroom
        assert "nguoi-giu-lua" not in path.name
        assert not path.is_file() or not any(text in path.read_bytes() for text in gone), path
    assert newsroom.run("check", "--release").code == 0


def test_the_address_is_never_given_away_again(newsroom):
    folder = newsroom.path("con-chu").parent
    shutil.copytree(folder, newsroom.root / "another")
    newsroom.run("erase", "con-chu")
    (newsroom.root / "another").rename(folder)
    assert "GS825" in newsroom.run("check", "--release").out


@pytest.fixture
def about(newsroom):
    """A newsroom with somebody who has a profile, and a function that writes a file about them."""
    profile = newsroom.root / "stories/registers/honorees/vu-thi-lua.yml"
    profile.write_text(PROFILE, "utf-8")

    def write(name, content):
        path = newsroom.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return newsroom, profile, write


def zipped(text):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("docProps/core.xml", f"<dc:creator>{text}</dc:creator>")
    return packed.getvalue()


def printed(author):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": author})
    out = io.BytesIO()
    writer.write(out)
    assert author.encode("utf-16-be") not in out.getvalue()
    return out.getvalue()


STORY = "stories/2026/con-chu"
# Where something is left: an edit, and the words on the line that is told.
LEFT = {
    "entry": ("con-chu", "- id: ho-giao", "- id: ho-giao\n  - id: vu-thi-lua", "vu-thi-lua"),
    "title": ("con-chu", "title: Con chữ", "title: Bà Vũ Thị Lụa và con chữ", "Vũ Thị Lụa"),
    "other name": ("con-chu", "Một buổi học.", "Nghệ nhân Lụa Tơ Hồng.", "Lụa Tơ"),
    "without marks": ("con-chu", "tags: [xóa", "tags: [vu thi lua, xóa", "vu thi lua"),
    "alternative text": ("con-chu", "Lớp học buổi tối", "Vũ  Thị_Lụa đứng lớp", "Vũ  Thị"),
    "text": ("con-chu", "Kết bài", "Bà **Vũ Thị\nLụa** kể. Kết bài", "Bà **Vũ"),
    "entities": (
        "con-chu",
        "Kết bài",
        "B&agrave; V&#361; Th&#7883; L&#7909;a. Kết bài",
        "B&agrave;",
    ),
    "marks": ("con-chu", "Kết bài", "Bà V**ũ** <i>Thị</i> L<b>ụa</b>. Kết bài", "Bà V**ũ"),
    "joined letters": ("con-chu", "Kết bài", "Bà Vu\u0303\u00a0Thi\u0323    Lụa. Kết", "Bà Vu"),
    "what nobody reads": ("con-chu", "  focus:", "  # ảnh Vũ Thị Lụa\n  focus:", "# ảnh"),
    "address": ("con-chu", '/bai"}', '/bai-vu-thi-lua.html"}', "/bai-vu"),
    "paper": ("con-chu", "    caption: Một", f"    {PAPER}\n    caption: Một", "P-41"),
    "link": ("con-chu", "[phần cuối]", "[bà](/nhan-vat/vu-thi-lua/), [phần cuối]", "[bà]"),
    "draft": ("ban-thao", "Thân bài thảo", "Bà Vũ Thị Lụa", "Bà Vũ"),
    "retracted": ("ten-phai-mat", "---\n\n", "---\n\nBà Vũ Thị Lụa. ", "Bà Vũ"),
}


@pytest.mark.parametrize(("slug", "old", "new", "words"), LEFT.values(), ids=LEFT.keys())
def test_a_profile_stays_while_a_story_names_calls_or_shows(about, slug, old, new, words):
    newsroom, profile, _ = about
    newsroom.edit(slug, old, new)
    text = newsroom.path(slug).read_text("utf-8")
    path = newsroom.path(slug).relative_to(newsroom.root).as_posix()
    place = f"{path}:{text.count(chr(10), 0, text.index(words)) + 1}"
    for options in ((), ("--dry-run",)):
        ran = newsroom.run("erase", "nhan-vat/vu-thi-lua", *options)
        assert (ran.code, ran.out) == (1, "")
        assert re.findall(r"^(\S+:[0-9]+):[0-9]+: lỗi GS522", ran.err, re.M) == [place]
    assert profile.is_file() and newsroom.path(slug).read_text("utf-8") == text
    newsroom.edit(slug, new, old)
    assert newsroom.run("erase", "nhan-vat/vu-thi-lua").code == 0
    assert not profile.exists()


AUTHOR = "%PDF /Author (Vũ Thị Lụa)".encode()
OTHER = "kind: collective\nname: Tổ\nsame_as: [vu-thi-lua]\n"
FILES = {
    "name of a picture": (f"{STORY}/vu-thi-lua.jpg", b""),
    "name of a file": (f"{STORY}/Vũ Thị Lụa.pdf", b""),
    "property of a paper": (f"{STORY}/danh-sach.pdf", AUTHOR),
    "wide property": (f"{STORY}/ban-do.pdf", "Vũ Thị Lụa".encode("utf-16-be")),
    "written otherwise": (f"{STORY}/ban-in.pdf", printed("Vũ Thị Lụa")),
    "without marks": (f"{STORY}/tep.txt", b"Nguoi gui: VU THI LUA"),
    "packed property": (f"{STORY}/bien-ban.docx", zipped("Vũ Thị Lụa")),
    "other profile": ("stories/registers/honorees/to-khac.yml", OTHER),
    "page": ("docs/gop-y.md", "# Góp ý\n\nThư của bà Vũ Thị Lụa.\n"),
}


@pytest.mark.parametrize(("name", "content"), FILES.values(), ids=FILES.keys())
def test_files_count_too(about, name, content):
    newsroom, profile, write = about
    write(name, content)
    ran = newsroom.run("erase", "nhan-vat/vu-thi-lua")
    assert (ran.code, re.findall(r"^(.+?):[0-9]+:[0-9]+: lỗi GS522", ran.err, re.M)) == (1, [name])
    (newsroom.root / name).unlink()
    assert newsroom.run("erase", "nhan-vat/vu-thi-lua").code == 0
    assert not profile.exists()


def test_a_picture_of_their_story_is_opened(about, draw_photo):
    newsroom, _, _ = about
    exif = Image.Exif()
    exif[0x013B] = "Vu Thi Lua"
    draw_photo(newsroom.path("con-chu").with_name("lop-hoc.jpg"), exif=exif)
    newsroom.edit("con-chu", "Kết bài", "Bà Vũ Thị Lụa. Kết bài")
    ran = newsroom.run("erase", "nhan-vat/vu-thi-lua")
    assert f"{STORY}/lop-hoc.jpg:1:1: lỗi GS522" in ran.err


def test_what_only_their_own_story_says(about):
    """“Chị Lụa” is many people, but in their own story it is them."""
    newsroom, _, _ = about
    newsroom.edit("mot-giot-mau", "summary: ", "summary: Cô Lụa. ")
    newsroom.edit("con-chu", "- id: ho-giao", "- id: ho-giao\n  - id: vu-thi-lua")
    newsroom.edit("con-chu", "Kết bài", "Chị Lụa kể. Kết bài")
    ran = newsroom.run("erase", "nhan-vat/vu-thi-lua")
    assert "chị Lụa" not in ran.err and ran.err.count("con-chu/index.md") == 2
    assert "mot-giot-mau" not in ran.err


def test_a_village_is_named_by_others(newsroom):
    """Names of collectives are those of places: only who calls them by their id is in the way."""
    newsroom.edit("con-chu", "Kết bài", "Tổ hiến máu Mù Cả. Kết bài")
    ran = newsroom.run("erase", "nhan-vat/to-hien-mau")
    assert ran.code == 1 and "con-chu" not in ran.err and "id: to-hien-mau" in ran.err


def test_a_profile_that_cannot_be_read_is_not_erased(about):
    newsroom, profile, write = about
    write("stories/registers/honorees/vu-thi-lua.yml", PROFILE + "nickname: Lụa\n")
    ran = newsroom.run("erase", "nhan-vat/vu-thi-lua")
    assert ran.code == 1 and "GS202" in ran.err and profile.is_file()


def test_stories_go_along_and_nothing_of_the_name_is_kept(about):
    newsroom, profile, _ = about
    newsroom.edit("nguoi-giu-lua", "status: ready", "status: ready\naliases: [/2024/cu/, /cu/nay/]")
    for slug in ("hen-gio", "nguoi-giu-lua"):
        newsroom.edit(slug, "honorees:", "honorees:\n  - id: vu-thi-lua")
    newsroom.run("fix")
    newsroom.build()
    planned = newsroom.run("erase", "nhan-vat/vu-thi-lua", "--with-stories", "--dry-run")
    assert planned.code == 0 and profile.is_file()
    ran = newsroom.run("erase", "nhan-vat/vu-thi-lua", "--with-stories")
    assert (ran.code, ran.err) == (0, "")
    own = {"stories/2025/nguoi-giu-lua", "stories/2026/hen-gio"}
    own.add("stories/registers/honorees/vu-thi-lua.yml")
    assert not any((newsroom.root / path).exists() for path in own)
    paths = set(re.findall(r"--path (\S+)", ran.out))
    assert paths == {*own, "stories/2024/cu"}
    assert "đọc khi mất mạng" in ran.out and ".cache" in ran.out
    ledger = [line.removeprefix("# erased: ") for line in read_ledger(newsroom).splitlines()]
    addresses = ("nhan-vat/vu-thi-lua", "2026/hen-gio", "2025/nguoi-giu-lua", "2024/cu", "cu/nay")
    digests = {hashlib.sha256(address.encode()).hexdigest() for address in addresses}
    assert digests == {line for line in ledger if re.fullmatch("[0-9a-f]{64}", line)}
    newsroom.build()
    assert find(newsroom.site, NAMES) == []


NAMES = ("Vũ Thị Lụa", "Vu Thi Lua", "vu-thi-lua", "Lụa Tơ Hồng")


def find(folder, texts):
    """Return the files below a folder that hold or are named by one of the texts."""
    found = []
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        if any(text in path.name or text.encode() in content for text in texts):
            found.append(path.relative_to(folder).as_posix())
    return found


def test_the_cache_holds_nothing_of_them(about, monkeypatch):
    newsroom, _, _ = about
    newsroom.edit("nguoi-giu-lua", "honorees:", "honorees:\n  - id: vu-thi-lua")
    newsroom.edit("nguoi-giu-lua", "title: ", "title: Vũ Thị Lụa, ")
    newsroom.build()
    newsroom.run("check")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782864000")
    preview = newsroom.cache / "guongsang/preview"
    build_preview(newsroom.root / "mkdocs.yml", preview, Stage(), lang="vi")
    assert find(preview, NAMES) and find(newsroom.cache / "guongsang", NAMES)
    photos = set((newsroom.cache / "guongsang/photos").rglob("*.*"))
    assert newsroom.run("erase", "nhan-vat/vu-thi-lua", "--with-stories").code == 0
    left = find(newsroom.cache, NAMES)
    assert [path for path in left if not path.startswith("guongsang/published-")] == []
    kept = set((newsroom.cache / "guongsang/photos").rglob("*.*"))
    assert kept < photos and len(kept) > len(photos) / 3
    newsroom.build()
    build_preview(newsroom.root / "mkdocs.yml", preview, Stage(), lang="vi")
    assert find(newsroom.root, NAMES) == []
    assert newsroom.bytes() == newsroom.clean_bytes()


def test_nobody_builds_meanwhile(about, monkeypatch):
    newsroom, profile, _ = about
    monkeypatch.setitem(BuildLock.acquire.__kwdefaults__, "seconds", 0.05)
    lock = BuildLock(newsroom.cache / "guongsang")
    assert lock.try_acquire()
    ran = newsroom.run("erase", "nhan-vat/vu-thi-lua")
    lock.release()
    assert ran.code == 1 and "GS810" in ran.err and profile.is_file()


def test_a_dry_run_writes_nothing(newsroom):
    before = {path: path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()}
    ran = newsroom.run("erase", "--dry-run", "con-chu")
    assert ran.code == 0 and "chưa làm gì" in ran.out
    after = {path: path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()}
    assert after == before


def test_only_people_have_stories(newsroom):
    ran = newsroom.run("erase", "con-chu", "--with-stories")
    assert ran.code == 2 and newsroom.path("con-chu").is_file()


@pytest.mark.parametrize("target", ["con-chuu", "nhan-vat/con-chu", "../registers", "", "*"])
def test_what_is_not_there_is_wrong_usage(newsroom, target):
    ran = newsroom.run("erase", target)
    assert ran.code == 2
    assert newsroom.path("con-chu").is_file()
    if target == "con-chuu":
        assert "con-chu" in ran.err


def list_printed(newsroom):
    return sorted(path.name for path in (newsroom.root / "an-pham").iterdir())


def test_what_was_printed_is_named_and_its_files_go(newsroom):
    for command in (
        ("bulletin", "2026-05", "--booklet"),
        ("bulletin", "2026-06"),
        ("poster", "con-chu"),
        ("poster", "mot-giot-mau"),
        ("bulletin", "con-chu", "mot-giot-mau"),
    ):
        assert newsroom.run(*command).code == 0
    (chosen,) = (name for name in list_printed(newsroom) if "chon" in name)
    names = ("ban-tin-2026-05-a5", "ap-phich", chosen.removesuffix(".pdf"))
    told = "– giấy đã in: " + ", ".join(f"{name} (01/07/2026)" for name in names)
    before = list_printed(newsroom)
    planned = newsroom.run("erase", "con-chu", "--dry-run")
    assert told in planned.out and list_printed(newsroom) == before
    ran = newsroom.run("erase", "con-chu")
    assert ran.code == 0 and told in ran.out
    assert list_printed(newsroom) == ["ap-phich-mot-giot-mau.pdf", "ban-tin-2026-06-a4.pdf"]
    # The register still tells it to whoever asks the next time, and names nobody.
    register = (newsroom.root / PRINTS).read_text("utf-8")
    assert len(register.splitlines()) == 2 + 5 and "chu" not in register.partition("\n2026")[2]


def test_of_an_honoree_all_that_was_printed_is_named(newsroom):
    newsroom.run("bulletin", "2025-12")
    newsroom.run("bulletin", "2026-06")
    ran = newsroom.run("erase", "nhan-vat/ho-giao", "--with-stories")
    assert "– giấy đã in: ban-tin-2025-12-a4 (01/07/2026). " in ran.out


def test_nothing_is_said_of_paper_where_nothing_was_printed(newsroom):
    assert "giấy đã in" not in newsroom.run("erase", "con-chu").out


def test_whoever_withdraws_is_told_where_they_stand_on_paper(newsroom):
    consent = "consent: {basis: consent, record: P-1, date: 2026-05-01, scope: [name, print]}"
    person = f"  - {{kind: person, name: Lò Thị Mẫu, {consent}}}"
    newsroom.edit("mot-giot-mau", "  - id: to-hien-mau", f"{person}\n  - id: to-hien-mau")
    assert newsroom.run("bulletin", "2026-06").code == 0
    assert "GS524" not in newsroom.run("check").out
    newsroom.edit(
        "mot-giot-mau", "scope: [name, print]", "scope: [name, print], withdrawn: 2026-06-30"
    )
    ran = newsroom.run("check")
    assert "GS506" in ran.out
    assert "cảnh báo GS524 “Lò Thị Mẫu” đã rút lại" in ran.out
    assert "ban-tin-2026-06-a4 (01/07/2026)" in ran.out
    # The answer follows the register: without its line nobody knows any more.
    (newsroom.root / PRINTS).unlink()
    assert "GS524" not in newsroom.run("check").out
