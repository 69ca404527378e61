"""What attachments and recordings are, and what they tell of people."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guongsang.enclosures.facts import FileFacts, read_file_facts
from guongsang.enclosures.kinds import find_kind, fits_name
from guongsang.enclosures.packed import Property

Make = Callable[..., bytes]
WHO = "Vũ Thị Mẫu"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], FileFacts]:
    def read(content: bytes) -> FileFacts:
        (tmp_path / "tep").write_bytes(content)
        return read_file_facts(tmp_path / "tep")

    return read


@pytest.mark.parametrize(
    ("kind", "options", "name"),
    [
        ("docx", {"author": WHO}, "creator"),
        ("docx", {"editor": WHO}, "lastModifiedBy"),
        ("docx", {"word_comments": f'<w:comment w:author="{WHO}"/>'}, "comments"),
        ("docx", {"docProps_app": f"<Properties><Manager>{WHO}</Manager></Properties>"}, "Manager"),
        ("odt", {"author": WHO}, "initial-creator"),
        ("epub", {"author": WHO}, "creator"),
        ("doc", {"author": WHO}, "author"),
        ("doc", {"author": WHO, "page": 1258}, "author"),
        ("doc", {"last": WHO, "page": 1200}, "last author"),
        ("doc", {"more": {14: WHO.encode()}}, "manager"),
        ("pdf", {"Author": WHO}, "Author"),
        ("mp3", {"TPE1": WHO}, "artist"),
        ("mp3", {"TCOM": WHO}, "composer"),
        ("m4a", {"ART": WHO}, "artist"),
    ],
)
def test_who_wrote_it_is_read(
    make: Make, read: Any, kind: str, options: dict[str, str], name: str
) -> None:
    facts = read(make(kind, **options))
    assert facts.kind == kind
    assert Property(name, WHO, "author") in facts.properties


def test_where_it_was_recorded_is_read(make: Make, read: Any) -> None:
    facts = read(make("m4a", place="+10.0000+010.0000/"))
    assert Property("GPS", "+10.0000+010.0000", "place") in facts.properties


def test_what_programs_write_is_no_author(make: Make, read: Any) -> None:
    for content in (make("m4a", too="Lavf60"), make("mp3", TSSE="LAME"), make("pdf", Producer="A")):
        assert [each for each in read(content).properties if each.of != "text"] == []


def test_letters_of_rtf_are_read(read: Any) -> None:
    facts = read(rb"{\rtf1\ansi{\info{\author V\u361 ? Th\u7883 ?}}}")
    assert facts.properties == (Property("author", "Vũ Thị", "author"),)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xef\xbb\xbf%PDF-1.7", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n", "lfs"),
        (b"{\\rtf1", "rtf"),
        ("Tên,Tuổi\n".encode(), "txt"),
        ("Tên".encode("utf-16"), "txt"),
        (b"\xff\xfb\x90\x00", "mp3"),
        (b"\xff\xf1\x50\x80", "aac"),
        (b"OggS", "ogg"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", ""),
        (b"PK\x03\x04 cut off", ""),
        (b"", ""),
    ],
)
def test_kinds(content: bytes, kind: str) -> None:
    assert find_kind(content) == kind


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("ole", "doc"),
        ("xls", "xls"),
        ("txt", "csv"),
        ("ogg", "opus"),
        ("docx", "zip"),
        ("m4a", "aac"),
    ],
)
def test_a_name_may_stand_for_another_content(kind: str, suffix: str) -> None:
    assert fits_name(kind, suffix)
    assert not fits_name(kind, "pdf")


def test_kinds_of_old_office(make: Make) -> None:
    streams = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "Lạ": "ole"}
    for stream, kind in {**streams, "PowerPoint Document": "ppt"}.items():
        assert find_kind(make("doc", stream)) == kind
    assert not fits_name("xls", "doc")


def test_pictures_within_tell_where_and_by_whom(make: Make, read: Any) -> None:
    clean, told = make("jpeg"), make("jpeg", WHO, gps=True)
    word = {"[Content_Types].xml": "", "word/document.xml": "", "word/media/image1.jpeg": told}
    files = [
        ("image1.jpeg", make("packed", word)),
        ("JPEG 1", make("pdf_with", told)),
        ("JPEG 1", make("doc", body=b"x" * 700 + told)),
        ("bia.JPG", make("packed", {"anh/bia.JPG": told, "anh/khac.png": clean})),
        ("b.jpg", make("packed", {"mimetype": "application/epub+zip", "OEBPS/b.jpg": told})),
    ]
    for name, content in files:
        found = read(content).properties
        assert Property(f"{name}: GPS", "GPS", "picture") in found
        assert Property(f"{name}: Artist", "Artist", "picture") in found
    for content in (make("pdf_with", clean), make("doc", body=clean), make("packed", {"a": told})):
        assert read(content).properties == ()


def test_pictures_within_are_bounded(make: Make, read: Any) -> None:
    told = make("jpeg", gps=True)
    many = make("packed", {f"{n}.jpg": told for n in range(400)})
    for content in (many, make("doc", body=told * 12), b"\xff\xd8\xff" * 100_000):
        start = time.process_time()
        assert len(read(content).properties) <= 200
        assert time.process_time() - start < 5


def test_packed_kinds(make: Make) -> None:
    assert find_kind(make("packed", {"[Content_Types].xml": "", "xl/workbook.xml": ""})) == "xlsx"
    assert find_kind(make("packed", {"anh/bia.txt": "A"})) == "zip"
    assert find_kind(make("packed", {"mimetype": "application/epub+zip"})) == "epub"


def test_entities_are_not_unpacked(make: Make, read: Any) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "ccc">]><a><creator>&b;</creator></a>'
    assert read(make("docx", docProps_app=bomb, docProps_custom="<a><b>")).properties == ()


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "doc", "pdf", "mp3", "m4a"])
def test_damaged_files_raise_nothing_and_end_soon(make: Make, read: Any, kind: str) -> None:
    whole = make(kind, **{"Author" if kind in ("pdf", "mp3", "m4a") else "author": WHO})
    start = time.process_time()
    for step in range(0, len(whole), max(1, len(whole) // 40)):
        read(whole[:step])
        read(whole[:step] + b"\xff" * 9 + whole[step + 9 :])
    assert time.process_time() - start < 20


def test_a_packed_file_whose_table_lies_raises_nothing(make: Make, read: Any) -> None:
    whole = make("docx", author=WHO)
    end = whole.rindex(b"PK\x05\x06")
    table = whole.rindex(b"PK\x01\x02")
    far = whole[: end + 16] + b"\xff\xff\xff\x7f" + whole[end + 20 :]
    unreadable = whole[: table + 8] + b"\x00\x08" + whole[table + 10 :].replace(b"word", b"\xb8ord")
    assert read(far).kind in ("", "docx")
    assert read(unreadable).kind in ("", "docx")


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    assert read_file_facts(tmp_path / "a.pdf") == FileFacts(None)
