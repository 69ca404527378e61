"""Places through the reform of 1 July 2025, against a register written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guongsang.checks.stories.references import find_wrong_place
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import StoryPlace

Make = Callable[..., Registers]


@pytest.fixture
def book(make_registers: Make) -> PlaceBook:
    return PlaceBook(make_registers().places)


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        # The old commune lies elsewhere than the new one of its name.
        ("xã Mường Than, huyện Than Uyên", {"than-uyen"}),
        ("xã Phúc Than, huyện Than Uyên", {"muong-than"}),
        ("xã Mường Mít, huyện Than Uyên, tỉnh Lai Châu", {"muong-than"}),
        ("xã Mường Than, tỉnh Lai Châu", {"muong-than", "than-uyen"}),
        ("thị trấn Mường Tè", {"bum-to"}),
        ("thị trấn Mường Tè, huyện Mường Tè", {"bum-to"}),
        ("xã Mường Tè, huyện Mường Tè", {"muong-te"}),
        ("thị trấn Tam Đường, huyện Tam Đường", {"binh-lu"}),
        ("thị trấn Nậm Nhùn, huyện Nậm Nhùn", {"nam-hang"}),
        ("thị trấn Than Uyên", {"than-uyen"}),
        # Two communes that fold to one key.
        ("xã Nậm Cha, huyện Sìn Hồ", {"nam-tam"}),
        ("xã Nậm Chà, huyện Nậm Nhùn", {"muong-mo"}),
        ("xã Nậm Cha", {"nam-tam"}),
        ("xã Nậm Chà", {"muong-mo"}),
        ("xã Nậm Cha, huyện Nậm Nhùn", set()),
        ("xã Nậm Chà, huyện Sìn Hồ", set()),
        # Two spellings of one unit.
        ("xã Hua Bum, huyện Nậm Nhùn", {"nam-hang"}),
        ("xã Hua Bun, huyện Nậm Nhùn", {"nam-hang"}),
        ("xã Lản Nhì Thàng", {"phong-tho"}),
        ("xã Lả Nhì Thàng", {"phong-tho"}),
        ("xã Pa Khóa", {"nam-tam"}),
        ("xã Pa Khoá", {"nam-tam"}),
        ("xã Pa Ủ, huyện Mường Tè", {"pa-u"}),
        ("xã Pa ủ, huyện Mường Tè", {"pa-u"}),
        ("xã Thèn Sin, huyện Tam Đường", {"sin-suoi-ho"}),
        ("bản X, xã Thèn Sin, huyện Tam Đường, tỉnh Lai Châu", {"sin-suoi-ho"}),
        ("xã Thèn Sin, châu Tam Đường", {"sin-suoi-ho"}),
        ("xã Thèn Sin, tỉnh Điện Biên", set()),
        ("xã Không Có", set()),
        ("", set()),
    ],
)
def test_a_printed_place_leads_to_its_present_units(
    book: PlaceBook, printed: str, units: set[str]
) -> None:
    assert book.leads_to(printed) == units


def test_a_name_alone_keeps_all_its_readings(book: PlaceBook) -> None:
    found = book.find_units("Mường Tè")
    assert set(found) == {"muong-te", "muong-te-cu", "thi-tran-muong-te"}
    assert book.leads_to("Mường Tè") == {"muong-te", "bum-to"}


def test_present_units_follow_every_reform_and_survive_loops(make_registers: Make) -> None:
    old = {"name": "A", "type": "xa", "until": "2020-01-01"}
    book = PlaceBook(
        make_registers(
            places={
                "a": {**old, "became": ["then-sin"]},
                "b": {**old, "became": ["c"]},
                "c": {**old, "became": ["b"]},
                "d": {**old, "became": ["khong-co", "than-uyen"]},
            }
        ).places
    )
    assert book.present_units("a") == ("sin-suoi-ho",)
    assert book.present_units("b") == ()
    assert book.present_units("d") == ("than-uyen",)
    assert book.present_units("than-uyen") == ("than-uyen",)
    assert book.present_units("khong-co") == ()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (
            {"unit": "tam-duong", "as_printed": "thị trấn Tam Đường, huyện Tam Đường"},
            ["binh-lu (xã Bình Lư)"],
        ),
        ({"unit": "tam-duongg"}, [""]),
        ({"unit": "xa-muong-mitt"}, ["muong-than (xã Mường Than)"]),
        # As a key it may just as well be the district, which went into many communes.
        ({"unit": "tam-duong"}, [""]),
        ({"unit": "xa-phuc-than"}, ["muong-than (xã Mường Than)"]),
        ({"unit": "khong-co-dau-ca"}, [""]),
    ],
)
def test_an_unknown_unit_is_answered_from_what_is_known(
    make_registers: Make, place: dict[str, str], told: list[str]
) -> None:
    registers = make_registers()
    found = find_wrong_place(StoryPlace(**place), registers, PlaceBook(registers.places))
    assert [args["candidates"] for _, _, args, _ in found] == told
