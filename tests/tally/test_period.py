"""Periods as they are typed, named and worded."""

from __future__ import annotations

import datetime as dt

import pytest

from guongsang.tally.period import read_period

TYPED = [
    ("2026-05", "2026-05", "tháng 5 năm 2026", "tháng 4 năm 2026"),
    ("2026-01", "2026-01", "tháng 1 năm 2026", "tháng 12 năm 2025"),
    ("2026-q2", "2026-Q2", "quý II năm 2026", "quý I năm 2026"),
    ("2026-Q1", "2026-Q1", "quý I năm 2026", "quý IV năm 2025"),
    ("2026", "2026", "năm 2026", "năm 2025"),
    ("2026-01..2026-06", "2026-01-den-2026-06", "6 tháng đầu năm 2026", "6 tháng cuối năm 2025"),
    ("2026-q3..2026-q4", "2026-07-den-2026-12", "6 tháng cuối năm 2026", "6 tháng đầu năm 2026"),
    (
        "2026-11..2027-02",
        "2026-11-den-2027-02",
        "từ tháng 11 năm 2026 đến tháng 2 năm 2027",
        "từ tháng 7 đến tháng 10 năm 2026",
    ),
    ("2026-01..2026-12", "2026", "năm 2026", "năm 2025"),
    ("2026-01..2026-03", "2026-Q1", "quý I năm 2026", "quý IV năm 2025"),
    ("2024..2026", "2024-den-2026", "từ năm 2024 đến năm 2026", "từ năm 2021 đến năm 2023"),
    ("2026-05..2026-05", "2026-05", "tháng 5 năm 2026", "tháng 4 năm 2026"),
]


@pytest.mark.parametrize(("typed", "name", "words", "before"), TYPED)
def test_a_period_is_read_named_and_worded(typed, name, words, before):
    period = read_period(typed)
    assert (period.name, period.words, period.before.words) == (name, words, before)
    assert len(period.before) == len(period) == len(period.months)
    assert period.before.last_day + dt.timedelta(days=1) == period.first_day


@pytest.mark.parametrize(
    "typed",
    [
        *("", "..", "2026-13", "2026-00", "2026-Q5", "26", "2026-1", "con-chu", "0000"),
        *("2026-06..2026-01", "2026-01..", "..2026-01", "2026-01...2026-06", "2026-01..x"),
    ],
)
def test_what_is_no_period(typed):
    assert read_period(typed) is None


def test_days_of_a_leap_year():
    period = read_period("2027-11..2028-02")
    assert (period.first_day, period.last_day) == (dt.date(2027, 11, 1), dt.date(2028, 2, 29))
    assert period.months == ("2027/11", "2027/12", "2028/01", "2028/02")
