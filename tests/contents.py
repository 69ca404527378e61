"""Hand-made newsrooms: factories of registers, stories and contents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from guongsang.photos.plan import Derivative, PhotoPlan, Recipe
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
from guongsang.stories.model import FrontMatter, Story
from guongsang.views.content import Content, Picture, newest_first

SUMMARY = "Một câu tóm tắt đủ dài để kể vắn tắt ai đã làm việc gì, ở đâu, và việc ấy giúp được ai."
PLACES = {
    "lai-chau": {"name": "Lai Châu", "type": "tinh"},
    "quang-tri": {"name": "Quảng Trị", "type": "tinh"},
    "mu-ca": {"name": "Mù Cả", "type": "xa", "province": "lai-chau"},
    "sin-suoi-ho": {"name": "Sin Suối Hồ", "type": "xa", "province": "lai-chau"},
    "than-uyen": {"name": "Than Uyên", "type": "xa", "province": "lai-chau"},
    "le-thuy": {
        "name": "Lệ Thủy",
        "type": "xa",
        "province": "quang-tri",
        "other_names": ["Lệ Thuỷ"],
    },
    "then-sin": {
        "name": "Thèn Sin",
        "type": "xa",
        "district": "Tam Đường",
        "province": "lai-chau",
        "until": "2025-06-30",
        "became": ["sin-suoi-ho"],
    },
}
NEWSROOM = {
    "name": "Tòa soạn thử",
    "agency": "Cơ quan thử",
    "responsible_editor": "Người thử",
    "contact": {"name": "Bạn đọc", "email": "thu@example.vn"},
    "data_contact": {"name": "Dữ liệu"},
    "feed_authority": "example.vn,2026",
    "province": "lai-chau",
}


def _honoree(**fields: Any) -> Honoree:
    return Honoree.model_validate({"kind": "person", "name": "Hồ Giáo", **fields})


def _registers(*, honorees: dict[str, Honoree] | None = None, **newsroom: Any) -> Registers:
    return Registers(
        newsroom=Newsroom.model_validate({**NEWSROOM, **newsroom}),
        columns={
            "ban-muong": Heading(name="Gương sáng bản Mường"),
            "viec-tot": Heading(name="Gương người tốt, việc tốt"),
            "cu": Heading(name="Chuyên mục cũ", active=False),
        },
        fields={"giao-duc": Heading(name="Giáo dục"), "y-te": Heading(name="Y tế")},
        deeds={"xoa-mu-chu": Heading(name="Xóa mù chữ"), "hien-mau": Heading(name="Hiến máu")},
        places={key: Place.model_validate(record) for key, record in PLACES.items()},
        awards={
            "huan-chuong": AwardKind(name="Huân chương Lao động", form="huan-chuong"),
            "anh-hung": AwardKind(name="Anh hùng Lao động", form="danh-hieu-vinh-du"),
        },
        authors={"lan": Author(name="Nguyễn Thị Lan"), "bbt": Author(name="Ban Biên tập")},
        series={"ba-ky": Series(name="Ba kỳ")},
        honorees={"ho-giao": _honoree()} if honorees is None else honorees,
    )


def _story(slug: str = "bai", *, body: str = "Mở bài.\n\nThân bài.", **fields: Any) -> Story:
    front = {
        "title": f"Tít {slug}",
        "date": "2026-05-19",
        "column": "ban-muong",
        "fields": ["giao-duc"],
        "honorees": [{"id": "ho-giao"}],
        "places": [{"unit": "mu-ca"}],
        "authors": [{"id": "lan"}],
        "cover": {"src": "bia.jpg", "alt": "Bìa"},
        "summary": SUMMARY,
        "status": "ready",
        **fields,
    }
    made = FrontMatter.model_validate(front)
    return Story(slug, made.date.year, f"stories/{slug}", slug, made, body, 1, ())


def _picture(slug: str, src: str) -> Picture:
    digest = hashlib.sha256(f"{slug} {src}".encode()).hexdigest()
    stem = f"anh/{slug}/{src.rpartition('.')[0]}-{digest[:10]}"
    made = tuple(
        Derivative(f"{stem}-{width}.{suffix}", width, width * 2 // 3, suffix)
        for suffix in ("avif", "jpg")
        for width in (480, 960, 1440)
    )
    plan = PhotoPlan(digest, 1800, 1200, made, Recipe(), digest)
    return Picture(plan, lambda: "data:image/webp;base64,AAAA")


def _content(
    stories: Iterable[Story], registers: Registers | None = None, **others: Any
) -> Content:
    stories = newest_first(list(stories))
    pictures = {
        (story.slug, photo.src): _picture(story.slug, photo.src)
        for story in stories
        for photo in (story.front.cover, *story.front.photos)
    }
    return Content(
        registers=registers or _registers(),
        stories=stories,
        retracted=others.get("retracted", ()),
        prose={story.slug: parse_prose(story.body) for story in stories},
        pictures=pictures,
        site_url="https://guong.example/bao/",
    )


@pytest.fixture
def make_honoree() -> Callable[..., Honoree]:
    return _honoree


@pytest.fixture
def make_registers() -> Callable[..., Registers]:
    return _registers


@pytest.fixture
def make_story() -> Callable[..., Story]:
    return _story


@pytest.fixture
def make_content() -> Callable[..., Content]:
    return _content


@pytest.fixture
def full_content() -> Content:
    """A small newsroom that uses every part of a story at least once."""
    valid = {"id": "ah-1966", "award": "anh-hung", "year": 1966, "status": "valid"}
    revoked = {"id": "hc", "award": "huan-chuong", "year": 1970, "status": "revoked"}
    registers = _registers(
        honorees={
            "ho-giao": _honoree(
                born="1930",
                died="2015-10-14",
                ethnic_group="Kinh",
                other_names=["Hồ Dáo"],
                places=[{"unit": "le-thuy", "as_printed": "xã Phong Thủy", "relation": "que-quan"}],
                consent={"basis": "historical", "scope": ["name"]},
                awards=[valid, revoked],
                same_as=["https://example.org/ho-giao"],
            ),
            "to-hien-mau": _honoree(kind="collective", name="Tổ hiến máu"),
        }
    )
    whole = _story(
        "day-du",
        body="Mở bài [bài kia](../phan-hai/index.md#x) và [mục](/chuyen-muc/).\n\n"
        "## Đầu đề\n\n![](trong-bai.jpg)\n\n[Cầu “mới” (3:25)](cau mới.mp4)\n\nHết [ngoài](https://example.org/).",
        date="2026-05-19 06:30",
        updated="2026-06-01",
        deeds=["xoa-mu-chu"],
        honorees=[
            {"id": "ho-giao", "role": "công nhân", "called": "ông"},
            {"kind": "person", "called": "một em học sinh lớp 4", "minor": True},
        ],
        places=[{"unit": "sin-suoi-ho", "as_printed": "xã Thèn Sin, huyện Tam Đường"}],
        authors=[{"id": "lan", "did": "text-photo"}, {"name": "Cộng tác viên", "did": "video"}],
        photos=[
            {"src": "trong-bai.jpg", "alt": "Trong bài", "caption": "Lời", "credit": "Ảnh: L."},
            {"src": "them.jpg", "alt": "", "focus": [0.52, 0.31]},
        ],
        tags=["chăn nuôi"],
        series={"id": "ba-ky", "part": 1},
        awards=["ah-1966"],
        sources=[{"title": "Báo A", "url": "https://example.org/a"}, {"title": "Sách B"}],
        verified={"by": "UBND xã", "date": "2026-05-10"},
        corrections=[{"date": "2026-05-20", "was": "12 hộ", "now": "21 hộ"}],
        attachments=[{"src": "bang.pdf", "title": "Bằng khen"}],
        audio=[
            {"src": "doc.mp3", "lang": "hmn", "transcript": "Một.\n\nHai.", "made_by": "machine"}
        ],
        films=[{"src": "cau mới.mp4", "transcript": "Lời phim.", "credit": "Lan quay"}],
    )
    second = _story(
        "phan-hai", series={"id": "ba-ky", "part": 2}, follows="day-du", date="2026-06-02"
    )
    third = _story(
        "hien-mau",
        date="2025-12-01",
        deeds=["hien-mau"],
        honorees=[{"id": "to-hien-mau"}],
        lang="en",
    )
    gone = _story(
        "da-go", status="retracted", retracted={"date": "2026-07-01", "reason": "Sai sự thật"}
    )
    return _content([whole, second, third], registers, retracted=(gone,))
