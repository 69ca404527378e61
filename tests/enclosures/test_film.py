"""What films are, and what they tell of people and places."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from guongsang.enclosures.facts import CODEC, FileFacts, read_file_facts
from guongsang.enclosures.film import read_film
from guongsang.enclosures.kinds import find_kind, fits_name
from guongsang.enclosures.packed import Property

Make = Callable[..., bytes]
WHO = "Vũ Thị Mẫu"
XMP_WHO = f"<dc:creator><rdf:Seq><rdf:li>{WHO}</rdf:li></rdf:Seq></dc:creator>"
PLACE = Property("GPS", "+10.0000+010.0000", "place")
OF_APPLE = "com.apple.quicktime"


@pytest.fixture
def read(tmp_path: Any) -> Callable[[bytes], FileFacts]:
    def read(content: bytes) -> FileFacts:
        (tmp_path / "tep").write_bytes(content)
        return read_file_facts(tmp_path / "tep")

    return read


@pytest.mark.parametrize(
    ("kind", "options", "found"),
    [
        ("mp4", {}, "mp4"),
        ("mp4", {"brand": "mp42", "codec": "hvc1"}, "mp4"),
        ("mp4", {"brand": "qt  "}, "mov"),
        ("webm", {}, "webm"),
        ("webm", {"is_open": True}, "webm"),
        ("webm", {"document": "matroska"}, "mkv"),
        ("webm", {"track": 2}, ""),
        ("mp4", {"claim": 300 * 1024 * 1024}, ""),
        ("webm", {"claim": 300 * 1024 * 1024}, ""),
    ],
)
def test_kinds(make: Make, read: Any, kind: str, options: dict[str, Any], found: str) -> None:
    content = make(kind, **options)
    assert find_kind(content) == found
    assert read(content).kind == found


def test_sound_alone_is_no_film(make: Make) -> None:
    film = make("mp4")
    sound = film.replace(b"vide", b"soun")
    assert find_kind(sound) == "m4a"
    assert fits_name("m4a", "m4a") and not fits_name("m4a", "mp4")
    assert find_kind(film[:40]) == ""  # a copy that was broken off
    assert find_kind(b"\0\0\0\x1cftypheic" + bytes(40)) == ""


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        ("mp4", {"place": "+10.0000+010.0000/"}, PLACE),
        (
            "mp4",
            {
                "keys": {
                    f"{OF_APPLE}.make": "Mẫu",
                    f"{OF_APPLE}.location.ISO6709": "+10.0000+010.0000/",
                }
            },
            PLACE,
        ),
        (
            "mp4",
            {"keys": {f"{OF_APPLE}.location.name": "Bản Mẫu"}},
            Property(f"{OF_APPLE}.location.name", "Bản Mẫu", "place"),
        ),
        (
            "mp4",
            {"keys": {f"{OF_APPLE}.author": WHO}},
            Property(f"{OF_APPLE}.author", WHO, "author"),
        ),
        ("mp4", {"ART": WHO}, Property("\xa9ART", WHO, "author")),
        ("mp4", {"xmp": XMP_WHO}, Property("dc:creator", WHO, "author")),
        ("mp4", {"cmt": "Gọi 0900 000 000"}, Property("\xa9cmt", "Gọi 0900 000 000", "text")),
        ("webm", {"LOCATION": "+10.0000+010.0000/"}, PLACE),
        ("webm", {"is_open": True, "DIRECTOR": WHO}, Property("DIRECTOR", WHO, "author")),
        ("webm", {"ENCODER": "Lavf60"}, Property("ENCODER", "Lavf60", "text")),
    ],
)
def test_what_it_says_of_itself_is_read(
    make: Make, read: Any, kind: str, options: dict[str, Any], told: Property
) -> None:
    assert told in read(make(kind, **options)).properties


@pytest.mark.parametrize("codec", ["gpmd", "camm"])
def test_a_track_of_where_the_camera_was_is_a_place(make: Make, read: Any, codec: str) -> None:
    found = read(make("mp4", more=make("track", codec))).properties
    assert [each.of for each in found] == ["place", "text"]
    assert [each.of for each in read(make("mp4", more=make("track", "mebx"))).properties] == [
        "text"
    ]


def test_how_its_pictures_are_packed_is_known(make: Make, read: Any) -> None:
    for kind, codec in (("mp4", "avc1"), ("mp4", "hvc1"), ("webm", "V_AV1")):
        assert Property(CODEC, codec) in read(make(kind, codec=codec)).properties


def test_a_recording_tells_what_apple_wrote_into_it(make: Make, read: Any) -> None:
    spoken = make("mp4", brand="M4A ", keys={f"{OF_APPLE}.location.ISO6709": "+10.0000+010.0000/"})
    assert read(spoken).kind == "m4a"
    assert PLACE in read(spoken).properties


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_damaged_films_raise_nothing_and_end_soon(make: Make, read: Any, kind: str) -> None:
    whole = make(kind, ART=WHO)
    start = time.process_time()
    for step in range(0, len(whole), 7):
        for put in (b"", b"\xff" * 9, bytes(9), b"\0\0\0\1moov"):
            read(whole[:step] + put + whole[step + len(put) :])
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "unit",
    [bytes(8), b"\0\0\0\x08moov", b"\0\0\0\x08meta", b"\x1a\x45\xdf\xa3\xff", b"\xae\x80", b"\xff"],
)
def test_films_without_end_are_bounded(unit: bytes) -> None:
    start = time.process_time()
    for head in (b"\0\0\0\x08ftyp", b"\x1a\x45\xdf\xa3\x80"):
        film = read_film(head + unit * (32 * 1024 * 1024 // len(unit)))
        assert len(film.properties) <= 200
    assert time.process_time() - start < 5
