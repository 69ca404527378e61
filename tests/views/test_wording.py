"""Vietnamese wording: places then and now, years of a life, bylines, dates."""

import datetime as dt

import pytest

from guongsang.archive.honorees import award_lines, award_name
from guongsang.stories.model import Credit
from guongsang.text.dates import VIETNAM
from guongsang.views.wording import (
    clip,
    credit_lines,
    life_fact,
    life_years,
    moment_text,
    place_line,
    relation_label,
    short_place,
)


@pytest.mark.parametrize(
    ("unit", "printed", "village", "expected"),
    [
        ("mu-ca", None, None, "xã Mù Cả"),
        (
            # The commune kept its name, its province did not.
            "le-thuy",
            "xã Lệ Thủy, huyện Lệ Thủy, tỉnh Quảng Bình",
            None,
            "xã Lệ Thủy, huyện Lệ Thủy, tỉnh Quảng Bình (nay thuộc xã Lệ Thủy, tỉnh Quảng Trị)",
        ),
        ("mu-ca", None, "bản Tó Khò", "bản Tó Khò, xã Mù Cả"),
        ("mu-ca", "xã Mù Cả, châu Mường Tè", None, "xã Mù Cả, châu Mường Tè"),
        (
            "sin-suoi-ho",
            "xã Thèn Sin, huyện Tam Đường",
            None,
            "xã Thèn Sin, huyện Tam Đường (nay thuộc xã Sin Suối Hồ)",
        ),
        (
            "sin-suoi-ho",
            "xã Sin Suối Hồ, huyện Phong Thổ",
            "bản Sin Suối Hồ",
            "bản Sin Suối Hồ, xã Sin Suối Hồ, huyện Phong Thổ",
        ),
        (
            "than-uyen",
            "xã Mường Than, huyện Than Uyên",
            None,
            "xã Mường Than, huyện Than Uyên (nay thuộc xã Than Uyên)",
        ),
        ("than-uyen", "thị trấn Than Uyên", None, "thị trấn Than Uyên (nay thuộc xã Than Uyên)"),
        ("le-thuy", None, None, "xã Lệ Thủy, tỉnh Quảng Trị"),
        (
            "le-thuy",
            "xã Phong Thủy, huyện Lệ Thủy",
            "thôn Đại Phong",
            "thôn Đại Phong, xã Phong Thủy, huyện Lệ Thủy (nay thuộc xã Lệ Thủy, tỉnh Quảng Trị)",
        ),
        ("le-thuy", "xã Lệ Thuỷ", None, "xã Lệ Thuỷ, tỉnh Quảng Trị"),
        ("le-thuy", "xã Lệ Thủy, tỉnh Quảng Trị", None, "xã Lệ Thủy, tỉnh Quảng Trị"),
        ("mu-ca", "bản Tó Khò, xã Mù Cả", "bản Tó Khò", "bản Tó Khò, xã Mù Cả"),
    ],
)
def test_place_then_and_now(make_registers, unit, printed, village, expected):
    assert place_line(make_registers(), unit, printed, village).text == expected


@pytest.mark.parametrize(
    ("unit", "expected"), [("mu-ca", "Xã Mù Cả"), ("le-thuy", "Xã Lệ Thủy, Quảng Trị")]
)
def test_short_place(make_registers, unit, expected):
    assert short_place(make_registers(), unit) == expected


@pytest.mark.parametrize(
    ("born", "died", "expected"),
    [
        ("1942-11-26", "1970-06-22", "1942 – 1970"),
        ("1935", None, "sinh năm 1935"),
        ("1935", "unknown", "sinh năm 1935, đã mất"),
        ("unknown", "1949-06-15", "mất năm 1949"),
        (None, "unknown", "đã mất"),
        ("unknown", None, None),
        (None, None, None),
    ],
)
def test_life_years(born, died, expected):
    assert life_years(born, died) == expected


@pytest.mark.parametrize(
    ("born", "died", "expected"),
    [
        ("1960-02-03", None, ("Năm sinh", "1960")),
        ("1921", "1994-01-01", ("Năm sinh, năm mất", "1921 – 1994")),
        ("1921", "unknown", ("Năm sinh, năm mất", "sinh năm 1921, đã mất")),
        (None, "1994", ("Năm mất", "1994")),
        ("unknown", "unknown", ("Năm mất", "không rõ")),
        ("unknown", None, None),
        (None, None, None),
    ],
)
def test_what_is_known_of_a_life_has_its_heading(born, died, expected):
    assert life_fact(born, died) == expected


@pytest.mark.parametrize(
    ("credits", "expected"),
    [
        ([{"id": "lan"}], ["Bài: Nguyễn Thị Lan"]),
        ([{"id": "lan", "did": "text-photo"}], ["Bài và ảnh: Nguyễn Thị Lan"]),
        (
            [{"name": "B", "did": "photo"}, {"id": "lan"}, {"name": "C", "did": "video"}],
            ["Bài: Nguyễn Thị Lan", "Ảnh: B", "Video: C"],
        ),
        ([{"id": "lan"}, {"name": "B"}], ["Bài: Nguyễn Thị Lan, B"]),
    ],
)
def test_bylines(make_registers, credits, expected):
    lines = credit_lines(make_registers(), [Credit.model_validate(credit) for credit in credits])
    told = [f"{line.label}: {', '.join(name.text for name in line.names)}" for line in lines]
    assert told == expected


@pytest.mark.parametrize(
    ("clock", "text"), [((0, 0), "Thứ ba, 19/05/2026"), ((6, 30), "Thứ ba, 19/05/2026, 06:30")]
)
def test_midnight_means_no_clock(clock, text):
    made = moment_text(dt.datetime(2026, 5, 19, *clock, tzinfo=VIETNAM))
    assert made.text == text
    assert made.iso == f"2026-05-19T{clock[0]:02}:{clock[1]:02}:00+07:00"


@pytest.mark.parametrize(
    ("kind", "label"),
    [("person", "Nơi sống"), ("collective", "Địa bàn"), ("household", "Nơi ở")],
)
def test_collectives_do_not_live_anywhere(kind, label):
    assert relation_label("noi-song", kind) == label


def test_clip_at_a_word():
    assert clip("một hai ba", 20) == "một hai ba"
    assert clip("một hai, ba", 9) == "một hai…"


def test_an_award_says_who_gave_it(make_registers, make_honoree):
    awards = [
        {"id": "a", "award": "huan-chuong", "issuer": "Chủ tịch UBND tỉnh", "decision": "12/QĐ"},
        {"id": "b", "award": "huan-chuong", "year": 1999, "posthumous": True},
    ]
    assert award_name("Giải thưởng Hội Nhà báo", "Hội Nhà Báo") == "Giải thưởng Hội Nhà báo"
    registers = make_registers(honorees={"ho-giao": make_honoree(awards=awards)})
    lines = award_lines(registers, registers.honorees["ho-giao"].awards, ())
    kind = registers.awards["huan-chuong"].name
    assert {(line.name, line.details) for line in lines} == {
        (f"{kind}, Chủ tịch UBND tỉnh", ("quyết định 12/QĐ",)),
        (kind, ("truy tặng",)),
    }
