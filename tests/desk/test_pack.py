"""A story as one file: the same on the other side, and nothing hostile is taken in."""

from __future__ import annotations

import io
import json
import re
import shutil
import struct
import warnings
import zipfile

import pytest
from PIL import Image

from guongsang.desk.arrivals.pack import name_pack, pack_story
from guongsang.desk.arrivals.refuse_pack import REASONS, PackError
from guongsang.desk.arrivals.unpack import read_pack, write_pack
from guongsang.registers.load import load_registers, parse_register

STORY = "stories/2026/con-chu/index.md"
INDEX = "---\ntitle: Bài lạ\ndate: 2026-05-19\nstatus: draft\n---\n\nChữ.\n"
HOME = "stories/2026/bai-la"


def jpeg(**options):
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "JPEG", **options)
    return file.getvalue()


def with_place():
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 4.0, 0.0), 3: "E", 4: (103.0, 9.0, 0.0)})
    return jpeg(exif=exif)


def pack(files, name="goi.zip", **more):
    """Make a zip of contents by name; a name may be a ZipInfo."""
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", **more) as archive:
        warnings.simplefilter("ignore")  # two entries of one name
        for path, content in files:
            archive.writestr(path, content)
    return packed.getvalue()


def entry(path, **attributes):
    info = zipfile.ZipInfo(path)
    for key, value in attributes.items():
        setattr(info, key, value)
    return info


def refused(content, name="goi.zip"):
    with pytest.raises(PackError) as caught:
        read_pack(content, name)
    for lang in ("vi", "en"):
        told = caught.value.message(lang)
        assert "goi.zip" in told
        assert "\n" not in told
        assert not re.search(r"\{[a-z]+\}", told)
        assert told.isprintable()
    return caught.value.reason


def test_a_round_trip_is_equal(newsroom, tmp_path):
    source = newsroom.root
    content = pack_story(source, STORY)
    assert content == pack_story(source, STORY), "the same bytes every time"
    assert name_pack(STORY) == "con-chu.zip"
    folder = source / "stories/2026/con-chu"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    records = load_registers(source).registers
    shutil.rmtree(folder)
    for path in (source / "stories/registers/honorees").glob("*.yml"):
        path.unlink()
    done = write_pack(source, read_pack(content, "con-chu.zip"))
    assert done.path == "stories/2026/con-chu"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    named = [each.rpartition("/")[2].removesuffix(".yml") for each in done.added]
    assert named
    now = load_registers(source).registers
    for key in named:
        assert now.honorees[key] == records.honorees[key]
    assert newsroom.run("check", "stories/2026/con-chu").code == 0
    assert pack_story(source, STORY) == content


def test_registers_get_what_they_lack_and_keep_what_they_have(newsroom):
    root = newsroom.root
    content = pack_story(root, STORY)
    path = root / "stories/registers/columns.yml"
    text = path.read_text("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        plain = parse_register(
            archive.read("stories/registers/columns.yml").decode(), "stories/registers/columns.yml"
        ).plain
    (key,) = plain
    shutil.rmtree(root / "stories/2026/con-chu")
    assert f"{key}:" in text
    path.write_text(text.replace(plain[key]["name"], "Tên khác"), "utf-8")
    done = write_pack(root, read_pack(content, "con-chu.zip"))
    assert f"stories/registers/columns.yml: {key}" in done.others
    assert "Tên khác" in path.read_text("utf-8")
    shutil.rmtree(root / "stories/2026/con-chu")
    comment = "# của tòa soạn\nkhac:\n  name: Khác\n"
    path.write_text(comment, "utf-8")
    done = write_pack(root, read_pack(content, "con-chu.zip"))
    assert f"stories/registers/columns.yml: {key}" in done.added
    now = path.read_text("utf-8")
    assert now.startswith(comment)
    assert parse_register(now, "stories/registers/columns.yml").plain[key] == plain[key]


def test_nothing_is_ever_written_over(newsroom):
    content = pack_story(newsroom.root, STORY)
    before = newsroom.path("con-chu").read_bytes()
    with pytest.raises(PackError) as caught:
        write_pack(newsroom.root, read_pack(content, "goi.zip"))
    assert caught.value.reason == "there"
    other = content.replace(b"2026/con-chu", b"2025/con-chu")
    with pytest.raises(PackError) as caught:
        write_pack(newsroom.root, read_pack(other, "goi.zip"))
    assert caught.value.reason == "there", "an address belongs to one story, in whatever year"
    assert newsroom.path("con-chu").read_bytes() == before
    assert not (newsroom.root / "stories/2025/con-chu").exists()


def test_a_photo_that_tells_where_it_was_taken_is_cleaned():
    photo = with_place()
    files = [(f"{HOME}/index.md", INDEX), (f"{HOME}/bia.jpg", photo), (f"{HOME}/b.jpg", jpeg())]
    taken = read_pack(pack(files), "goi.zip").files
    assert not Image.open(io.BytesIO(taken["bia.jpg"])).getexif()
    assert taken["b.jpg"] == jpeg()


def test_who_has_unpacked_and_packed_it_again_is_welcome():
    folders = [("stories/", ""), ("stories/2026/", ""), (f"{HOME}/", "")]
    files = [*folders, (f"{HOME}/index.md", INDEX)]
    assert read_pack(pack(files), "goi.zip").title == "Bài lạ"


GOOD = [(f"{HOME}/index.md", INDEX)]
BOMB = b"\0" * (70 << 20)


@pytest.mark.parametrize(
    ("reason", "files"),
    [
        ("path", [*GOOD, ("../../x.md", "x")]),
        ("path", [*GOOD, ("/etc/passwd", "x")]),
        ("path", [*GOOD, ("C:/x.jpg", "x")]),
        ("path", [*GOOD, (f"{HOME}/../x.jpg", "x")]),
        ("path", [*GOOD, (f"{HOME}/anh/x.jpg", "x")]),
        ("path", [*GOOD, (f"{HOME}\\x.jpg", "x")]),
        ("path", [*GOOD, (f"{HOME}/.git", "x")]),
        ("path", [*GOOD, (f"{HOME}/a:b.jpg", "x")]),
        ("path", [*GOOD, (f"{HOME}/con.jpg", "x")]),
        ("path", [*GOOD, (f"{HOME}/aux .jpg", "x")]),
        ("path", [*GOOD, (f"{HOME}/x.jpg ", "x")]),
        ("path", [*GOOD, (f"{HOME}/a\u202egpj.exe", "x")]),
        ("path", [*GOOD, (f"{HOME}/a\nb.jpg", "x")]),
        ("path", [*GOOD, (f"{HOME}/{'a' * 300}.jpg", "x")]),
        ("path", [("stories/2026/con/index.md", INDEX)]),
        ("path", [("stories/2026/Bai-La/index.md", INDEX)]),
        ("path", [("stories/٢٠٢٦/bai-la/index.md", INDEX)]),
        ("path", [("stories/registers/bai-la/index.md", INDEX)]),
        ("path", [*GOOD, ("stories/registers/newsroom.yml", "name: X\n")]),
        ("path", [*GOOD, ("stories/registers/honorees/con.yml", "name: X\n")]),
        ("path", [*GOOD, ("stories/registers/addresses.txt", "/a/\n")]),
        ("path", [*GOOD, ("mkdocs.yml", "x")]),
        ("path", [*GOOD, ("lạ/", "")]),
        ("path", [*GOOD, (entry(f"{HOME}/x.jpg", compress_type=zipfile.ZIP_BZIP2), jpeg())]),
        ("link", [*GOOD, (entry(f"{HOME}/x.jpg", external_attr=0o120777 << 16), "/etc/passwd")]),
        ("link", [*GOOD, (entry(f"{HOME}/x.jpg", external_attr=0o020666 << 16), "x")]),
        ("twice", [*GOOD, *GOOD]),
        ("twice", [*GOOD, (f"{HOME}/INDEX.md", "x")]),
        ("twice", [*GOOD, (f"{HOME}/bia.jpg", jpeg()), (f"{HOME}/BIA.jpg", jpeg())]),
        ("large", [*GOOD, (entry(f"{HOME}/x.mp4", compress_type=zipfile.ZIP_DEFLATED), BOMB)]),
        ("large", [(f"{HOME}/index.md", INDEX + "a" * (1 << 20))]),
        ("many", [*GOOD, *((f"{HOME}/{n}.jpg", "") for n in range(400))]),
        ("type", [*GOOD, (f"{HOME}/x.exe", "MZ")]),
        ("type", [*GOOD, (f"{HOME}/x.svg", "<svg/>")]),
        ("type", [*GOOD, (f"{HOME}/x.html", "<p>")]),
        ("type", [*GOOD, (f"{HOME}/x.pdf", "MZ\0")]),
        ("type", [*GOOD, (f"{HOME}/README", "x")]),
        ("photo", [*GOOD, (f"{HOME}/x.jpg", "<html>")]),
        ("photo", [*GOOD, (f"{HOME}/x.jpg", jpeg()[:200])]),
        ("type", [*GOOD, (f"{HOME}/x.png", jpeg())]),
        ("unreadable", [(f"{HOME}/index.md", "không có phần đầu\n")]),
        ("unreadable", [(f"{HOME}/index.md", b"\xff\xfe\0")]),
        ("no-story", [(f"{HOME}/index.md", "---\n- a\n---\n")]),
        ("unreadable", [*GOOD, ("stories/registers/columns.yml", "a: [\n")]),
        ("unreadable", [*GOOD, ("stories/registers/honorees/x.yml", "kind: lạ\n")]),
        ("no-story", []),
        ("no-story", [(f"{HOME}/bia.jpg", jpeg())]),
        ("several", [*GOOD, ("stories/2026/bai-hai/index.md", INDEX)]),
    ],
)
def test_hostile_packages_are_refused_in_one_line(reason, files):
    assert refused(pack(files)) == reason


def test_damaged_and_lying_packages_are_refused():
    good = pack([(entry(f"{HOME}/index.md", compress_type=zipfile.ZIP_DEFLATED), INDEX * 9)])
    assert refused(b"") == "no-zip"
    assert refused(b"PK\3\4 la") == "no-zip"
    assert refused(good[:-30]) == "no-zip"
    assert refused(good.replace(b"bai-la/index.md", b"bai-lo/index.md", 1)) == "no-zip"
    at = good.index(b"PK\1\2")
    locked = bytearray(good)
    locked[6] |= 1
    locked[at + 8] |= 1
    assert refused(bytes(locked)) == "locked"
    lying = bytearray(good)
    for where in (22, at + 24):  # says that it is shorter than it is
        struct.pack_into("<I", lying, where, 10)
    assert refused(bytes(lying)) in ("no-zip", "large")
    elsewhere = bytearray(good)
    struct.pack_into("<I", elsewhere, at + 42, 1 << 30)
    assert refused(bytes(elsewhere)) == "no-zip"


def test_every_refusal_has_both_languages():
    for texts in REASONS.values():
        assert texts.keys() == {"vi", "en"}


def test_the_command_takes_packages_in(newsroom, tmp_path):
    content = pack_story(newsroom.root, STORY)
    file = tmp_path / "con-chu.zip"
    file.write_bytes(content)
    ran = newsroom.run("import", str(file))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "không bị ghi đè" in ran.err
    shutil.rmtree(newsroom.root / "stories/2026/con-chu")
    ran = newsroom.run("import", str(file), "--dry-run")
    assert ran.code == 0
    assert not (newsroom.root / "stories/2026/con-chu").exists()
    ran = newsroom.run("import", str(file), "--format", "json")
    told = json.loads(ran.out)["stories"]
    assert [each["path"] for each in told] == ["stories/2026/con-chu"]
    assert newsroom.path("con-chu").is_file()
    assert newsroom.run("import", str(file), "--photo", str(file)).code == 2
    assert newsroom.run("import", str(tmp_path / "mat.zip")).code == 2
