"""Syllables, minutes, days and moments."""

import re
from datetime import UTC, date, datetime
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guongsang.text.count import count_syllables, reading_minutes
from guongsang.text.dates import (
    VIETNAM,
    format_day,
    format_moment,
    in_vietnam,
    iso_moment,
    suggest_day,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("Con chữ lên Mù Cả", 5),
        ("Con chữ lên Mù Cả", 5),
        ("12.345 người – lúc 06:30, ngày 19/5", 6),
        ("Xtan-lây", 2),
    ],
)
def test_count(text, expected):
    assert count_syllables(text) == expected


@given(st.text(st.sampled_from("aắđ1,.:;/-–_…?! \n\t\u0302“²") | st.characters(), max_size=40))
def test_counts_each_run_of_letters_and_digits(text):
    words = re.findall(r"\w+(?:[.,:/]\d+)*", normalize("NFC", text))
    assert count_syllables(text) == len(words)


@pytest.mark.parametrize(("syllables", "minutes"), [(0, 1), (275, 1), (412, 1), (413, 2), (700, 3)])
def test_minutes(syllables, minutes):
    assert reading_minutes(syllables) == minutes


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 19), "Thứ ba, 19/05/2026"),
        (date(2019, 3, 12), "Thứ ba, 12/03/2019"),
        (date(2026, 5, 24), "Chủ nhật, 24/05/2026"),
        (datetime(2026, 5, 18, 20, tzinfo=UTC), "Thứ ba, 19/05/2026"),
    ],
)
def test_format_day(day, expected):
    assert format_day(day) == expected


def test_moments_are_shown_in_vietnam_time():
    moment = datetime(2026, 5, 18, 23, 30, tzinfo=UTC)
    assert format_moment(moment) == "Thứ ba, 19/05/2026, 06:30"
    assert iso_moment(moment) == "2026-05-19T06:30:00+07:00"


def test_a_moment_without_offset_is_vietnam_time():
    naive = datetime(2026, 5, 19, 6, 30)  # noqa: DTZ001 - the case under test
    assert in_vietnam(naive) == datetime(2026, 5, 19, 6, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23/8/2026", "2026-08-23"),
        ("3-8-2026", "2026-08-03"),
        ("03.08.26", "2026-08-03"),
        ("3 tháng 8 năm 2026", "2026-08-03"),
        ("Ngày 3/8/2026", "2026-08-03"),
        ("2026/8/3", "2026-08-03"),
        ("2026-8-3", "2026-08-03"),
        ("3/8/2026, 7h", "2026-08-03 07:00"),
        ("2026-8-3 7:5", ""),
        ("3/8/2026 7 giờ 30 phút", "2026-08-03 07:30"),
        ("3/8/2026 25:00", ""),
        ("31/2/2026", ""),
        ("8/23/2026", ""),
        ("8/2026", ""),
        ("hôm qua", ""),
        ("", ""),
    ],
)
def test_a_day_as_people_write_it(text, expected):
    assert suggest_day(text) == expected
