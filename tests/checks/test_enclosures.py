"""GS711, GS523: what attachments and recordings tell, and what they may tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guongsang.enclosures.facts import FileFacts
from guongsang.enclosures.packed import Property
from guongsang.problems.problem import Problem

Check = Callable[..., list[Problem]]


def attach(check: Check, facts: FileFacts, src: str = "ds.pdf", **front: Any) -> list[str]:
    key = "audio" if src.endswith(("mp3", "m4a")) else "attachments"
    entry = {"src": src} if key == "audio" else {"src": src, "title": "Danh sách"}
    found = check(files=["bia.jpg", src], facts={src: facts}, **{key: [entry], **front})
    return [each.rule for each in found]


def author(name: str) -> tuple[Property, ...]:
    return (Property("creator", name, "author"),)


@pytest.mark.parametrize(
    "said",
    [
        Property("creator", "Vũ Thị Mẫu", "author"),
        Property("artist", "vu thi mau", "author"),
        Property("GPS", "+10.0+010.0", "place"),
        Property("image1.jpeg: GPS", "GPS", "picture"),
        Property("title", "Gọi 0900–000\u00a0000", "text"),
        Property("comment", "CCCD 001000000000", "text"),
        Property("subject", "Nhà số 100 Trần Mẫu", "text"),
    ],
)
def test_what_tells_of_people_is_found(check: Check, said: Property) -> None:
    assert attach(check, FileFacts("pdf", (said,))) == ["GS523"]
    assert attach(check, FileFacts("mp3", (said,)), "loi-ke.mp3") == ["GS523"]


@pytest.mark.parametrize(
    ("facts", "front"),
    [
        (FileFacts("pdf", author("Administrator")), {}),
        (FileFacts("pdf", author("Microsoft Office User")), {}),
        (FileFacts("pdf", author("DESKTOP-4K1M2N3")), {}),
        (FileFacts("pdf", author("VNN.R9")), {}),
        (FileFacts("pdf", author("Hewlett-Packard Company")), {}),
        (FileFacts("pdf", author("www.mau.example")), {}),
        (FileFacts("pdf", author("TOA SOAN THU")), {}),
        (FileFacts("pdf", author("Cơ quan thử")), {}),
        (FileFacts("pdf", author("Ban Biên tập")), {}),
        (FileFacts("pdf", author("Vũ Thị Mẫu")), {"authors": [{"name": "Vũ Thị Mẫu"}]}),
        (FileFacts("pdf", (Property("title", "Danh sách 2026", "text"),)), {}),
        (FileFacts("pdf", (Property("subject", "Giá 900000000 đồng", "text"),)), {}),
    ],
)
def test_what_readers_know_anyway_may_stay(
    check: Check, facts: FileFacts, front: dict[str, Any]
) -> None:
    assert attach(check, facts, **front) == []


def test_a_type_that_the_name_does_not_say(check: Check) -> None:
    assert attach(check, FileFacts("")) == ["GS711"]
    assert attach(check, FileFacts("mp3"), "loi-ke.m4a") == ["GS711"]
    assert attach(check, FileFacts("xls"), "ds.doc") == ["GS711"]
    assert attach(check, FileFacts("xls"), "ds.xls") == []


def test_a_pointer_of_git_lfs_is_told_as_what_it_is(check: Check) -> None:
    assert attach(check, FileFacts("lfs")) == ["GS424"]
    assert attach(check, FileFacts("lfs"), "loi-ke.mp3") == ["GS424"]


def test_pictures_within_have_their_own_advice(check: Check) -> None:
    entry = {"src": "a.docx", "title": "A"}
    for of, has_advice in (("picture", True), ("author", False)):
        facts = FileFacts("docx", (Property("image1.jpeg: GPS", "Mẫu", of),))
        (found,) = check(files=["bia.jpg", "a.docx"], facts={"a.docx": facts}, attachments=[entry])
        assert ("--shrink" in found.hint("vi")) == has_advice
        assert ("--shrink" in found.hint("en")) == has_advice


def test_a_type_that_old_office_may_have(check: Check) -> None:
    assert attach(check, FileFacts("ole"), "ds.ppt") == []
    assert attach(check, FileFacts("ogg"), "anh.svg") == ["GS709"]


@pytest.mark.parametrize(
    ("kind", "src", "said"),
    [("pdf", "a.pdf", "PDF"), ("docx", "a.docx", "Word"), ("m4a", "a.m4a", "M4A")],
)
def test_the_advice_is_for_that_kind_alone(check: Check, kind: str, src: str, said: str) -> None:
    entry = {"src": src, "title": "A"} if kind != "m4a" else {"src": src}
    key = "audio" if kind == "m4a" else "attachments"
    facts = {src: FileFacts(kind, author("Vũ Thị Mẫu"))}
    (found,) = check(files=["bia.jpg", src], facts=facts, **{key: [entry]})
    for lang in ("vi", "en"):
        others = {"PDF:", "PowerPoint:", "M4A"} - {
            f"{said}:",
            "PowerPoint:" if said == "Word" else said,
        }
        assert said in found.hint(lang)
        assert not any(other in found.hint(lang) for other in others)
