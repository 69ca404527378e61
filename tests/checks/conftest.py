"""A small newsroom: registers with every trap of the 2025 reform, stories made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import yaml

from guongsang.checks.lookup import Lookup
from guongsang.checks.stories.story import check_story
from guongsang.photos.facts import PhotoFacts, PhotoFault
from guongsang.problems.problem import Problem
from guongsang.prose.parse import parse_prose
from guongsang.registers.model import (
    Author,
    AwardKind,
    Heading,
    Honoree,
    Newsroom,
    Place,
    Registers,
    Series,
)
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import FrontMatter, Story
from guongsang.text.dates import VIETNAM
from guongsang.yamlfile.parse import locate
from guongsang.yamlfile.positions import Positions

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=VIETNAM)
BODY = "Năm 1959, xã mở lớp học đầu tiên.\n\n## Lớp học\n\nCả xã cùng học.\n"
FACTS = PhotoFacts("0" * 64, "JPEG", 1600, 1200, 300_000)
NEWSROOM = {
    "name": "Tòa soạn thử",
    "agency": "Cơ quan thử",
    "responsible_editor": "Người thử",
    "contact": {"name": "Bạn đọc"},
    "data_contact": {"name": "Dữ liệu"},
    "feed_authority": "example.vn,2026",
    "province": "lai-chau",
}
CONSENT = {"basis": "consent", "record": "PĐY-1", "date": "2026-05-01", "scope": ["name", "photo"]}
PUBLIC = {"basis": "public_interest", "note": "tập thể được Nhà nước khen thưởng"}
HONOREES = {
    "xa-mu-ca": {"kind": "collective", "name": "Xã Mù Cả", "consent": PUBLIC},
    "ho-giao": {
        "kind": "person",
        "name": "Hồ Giáo",
        "born": "1930",
        "died": "2015-10-14",
        "consent": {"basis": "historical"},
        "awards": [
            {"id": "ahld-1966", "award": "anh-hung-lao-dong", "year": 1966},
            {"id": "bang-khen-1990", "award": "bang-khen", "status": "revoked"},
        ],
    },
}
FRONT: dict[str, Any] = {
    "title": "Con chữ lên Mù Cả",
    "date": "2026-05-19",
    "column": "guong-sang",
    "fields": ["giao-duc"],
    "honorees": [{"id": "xa-mu-ca"}],
    "places": [{"unit": "sin-suoi-ho", "as_printed": "xã Thèn Sin, huyện Tam Đường"}],
    "authors": [{"id": "ban-bien-tap"}],
    "cover": {"src": "bia.jpg", "alt": "Lớp học bên suối"},
    "summary": "Một câu tóm tắt đủ dài để kể vắn tắt ai đã làm việc gì, ở đâu và được gì.",
    "status": "ready",
}


def _old(name: str, kind: str, district: str, became: str, *other_names: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": kind,
        "district": district,
        "province": "lai-chau",
        "until": "2025-06-30",
        "became": [became],
        "other_names": list(other_names),
    }


PLACES: dict[str, dict[str, Any]] = {
    "lai-chau": {"name": "Lai Châu", "type": "tinh"},
    "dien-bien": {"name": "Điện Biên", "type": "tinh"},
    "tuan-giao": {"name": "Tuần Giáo", "type": "xa", "province": "dien-bien"},
    **{
        key: {"name": name, "type": "xa", "province": "lai-chau", "from": "2025-07-01"}
        for key, name in {
            "sin-suoi-ho": "Sin Suối Hồ",
            "muong-than": "Mường Than",
            "than-uyen": "Than Uyên",
            "muong-te": "Mường Tè",
            "bum-to": "Bum Tở",
            "binh-lu": "Bình Lư",
            "nam-hang": "Nậm Hàng",
            "nam-tam": "Nậm Tăm",
            "muong-mo": "Mường Mô",
            "phong-tho": "Phong Thổ",
            "pa-u": "Pa Ủ",
        }.items()
    },
    "then-sin": _old("Thèn Sin", "xa", "Tam Đường", "sin-suoi-ho"),
    "muong-than-cu": _old("Mường Than", "xa", "Than Uyên", "than-uyen"),
    "phuc-than": _old("Phúc Than", "xa", "Than Uyên", "muong-than"),
    "muong-mit": _old("Mường Mít", "xa", "Than Uyên", "muong-than"),
    "thi-tran-than-uyen": _old("Than Uyên", "thi-tran", "Than Uyên", "than-uyen"),
    "thi-tran-muong-te": _old("Mường Tè", "thi-tran", "Mường Tè", "bum-to"),
    "muong-te-cu": _old("Mường Tè", "xa", "Mường Tè", "muong-te"),
    "thi-tran-tam-duong": _old("Tam Đường", "thi-tran", "Tam Đường", "binh-lu"),
    "thi-tran-nam-nhun": _old("Nậm Nhùn", "thi-tran", "Nậm Nhùn", "nam-hang"),
    "nam-cha-sin-ho": _old("Nậm Cha", "xa", "Sìn Hồ", "nam-tam"),
    "nam-cha-nam-nhun": _old("Nậm Chà", "xa", "Nậm Nhùn", "muong-mo"),
    "hua-bum": _old("Hua Bum", "xa", "Nậm Nhùn", "nam-hang", "Hua Bun"),
    "lan-nhi-thang": _old("Lản Nhì Thàng", "xa", "Phong Thổ", "phong-tho", "Lả Nhì Thàng"),
    "pa-khoa": _old("Pa Khóa", "xa", "Sìn Hồ", "nam-tam"),
    "pa-u-cu": _old("Pa Ủ", "xa", "Mường Tè", "pa-u"),
}


def build_registers(
    *,
    places: Mapping[str, Any] | None = None,
    honorees: Mapping[str, Any] | None = None,
    **newsroom: Any,
) -> Registers:
    """Return the small registers; what is given is added to them."""
    return Registers(
        newsroom=Newsroom.model_validate({**NEWSROOM, **newsroom}),
        columns={
            "guong-sang": Heading(name="Gương sáng"),
            "cu": Heading(name="Chuyên mục cũ", active=False),
        },
        fields={"giao-duc": Heading(name="Giáo dục")},
        deeds={"xoa-mu-chu": Heading(name="Xóa mù chữ")},
        places={k: Place.model_validate(v) for k, v in {**PLACES, **(places or {})}.items()},
        awards={
            "anh-hung-lao-dong": AwardKind(name="Anh hùng Lao động", form="danh-hieu-vinh-du"),
            "bang-khen": AwardKind(name="Bằng khen", form="bang-khen"),
        },
        authors={"ban-bien-tap": Author(name="Ban Biên tập")},
        series={"len-ban": Series(name="Lên bản")},
        honorees={
            k: Honoree.model_validate(v) for k, v in {**HONOREES, **(honorees or {})}.items()
        },
    )


def build_story(
    slug: str = "con-chu",
    *,
    body: str = BODY,
    model: type[FrontMatter] = FrontMatter,
    **front: Any,
) -> Story:
    """Return a story whose front matter is `FRONT` with changes; None takes a key out."""
    merged = {k: v for k, v in {**deepcopy(FRONT), **front}.items() if v is not None}
    return Story(
        slug=slug,
        folder_year=int(merged["date"][:4]),
        src_uri=f"stories/{merged['date'][:4]}/{slug}/index.md",
        front_digest="",
        front=model.model_validate(merged),
        body=body,
        body_line=len(_front_text(merged).split("\n")) + 2,
        files=("bia.jpg",),
    )


def _front_text(front: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False).rstrip("\n")


def build_lookup(registers: Registers, now: datetime = NOW) -> Lookup:
    return Lookup(
        registers,
        PlaceBook(registers.places),
        frozenset({"con-chu", "bai-khac", "ban-nhap"}),
        frozenset({"", "chuyen-muc/", "chuyen-muc/guong-sang/", "2026/con-chu/", "2026/bai-khac/"}),
        now,
        find_anchors={"con-chu": {"lop-hoc"}, "bai-khac": {"ket", "muc"}}.get,
    )


def run_story(
    *,
    registers: Registers | None = None,
    files: Iterable[str] = ("bia.jpg",),
    facts: Mapping[str, PhotoFacts | PhotoFault] | None = None,
    slug: str = "con-chu",
    folder_year: int | None = None,
    body: str = BODY,
    now: datetime = NOW,
    model: type[FrontMatter] = FrontMatter,
    **front: Any,
) -> list[Problem]:
    """Check one story and return its problems."""
    story = build_story(slug, body=body, model=model, **front)
    story = replace(story, files=tuple(files), folder_year=folder_year or story.folder_year)
    merged = {k: v for k, v in {**FRONT, **front}.items() if v is not None}

    def positions() -> Positions:
        return locate(_front_text(merged), first_line=2)

    photos = {"bia.jpg": FACTS} if facts is None else facts
    lookup = build_lookup(registers or build_registers(), now)
    return check_story(story, lookup, parse_prose(body), photos, positions)


@pytest.fixture
def check() -> Callable[..., list[Problem]]:
    return run_story


@pytest.fixture
def make_registers() -> Callable[..., Registers]:
    return build_registers


@pytest.fixture
def make_story() -> Callable[..., Story]:
    return build_story


@pytest.fixture
def make_lookup() -> Callable[..., Lookup]:
    return build_lookup
