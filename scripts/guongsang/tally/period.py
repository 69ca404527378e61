"""A period as it is typed: a month, a quarter, a year, or from one of these to another."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

_SINGLE: Final = re.compile(
    r"(?P<year>[12][0-9]{3})(?:-(?:(?P<month>0[1-9]|1[0-2])|[Qq](?P<quarter>[1-4])))?"
)
_ROMAN: Final = ("I", "II", "III", "IV")
_YEAR: Final = 12
_QUARTER: Final = 3


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months in a row, `start` and `end` both within; each is 12 × year + month - 1."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start + 1

    @property
    def months(self) -> tuple[str, ...]:
        """The months as shelves have them: "2026/11"."""
        return tuple(f"{n // _YEAR}/{n % _YEAR + 1:02}" for n in range(self.start, self.end + 1))

    @property
    def first_day(self) -> dt.date:
        return dt.date(*_split(self.start), 1)

    @property
    def last_day(self) -> dt.date:
        year, month = _split(self.end)
        return dt.date(year, month, calendar.monthrange(year, month)[1])

    @property
    def before(self) -> Period:
        """As many months, right before."""
        return Period(self.start - len(self), self.start - 1)

    @property
    def quarter(self) -> int | None:
        """The number of the quarter that it is, 1 to 4; None where it is none."""
        is_quarter = len(self) == _QUARTER and self.start % _QUARTER == 0
        return self.start % _YEAR // _QUARTER + 1 if is_quarter else None

    @property
    def name(self) -> str:
        """What files are called by: "2026", "2026-Q2", "2026-05", "2026-01-den-2026-06"."""
        (year, month), (last_year, last_month) = _split(self.start), _split(self.end)
        if self._years is not None:
            first, last = self._years
            return f"{first}" if first == last else f"{first}-den-{last}"
        if self.quarter is not None:
            return f"{year}-Q{self.quarter}"
        first_month = f"{year}-{month:02}"
        return first_month if len(self) == 1 else f"{first_month}-den-{last_year}-{last_month:02}"

    @property
    def words(self) -> str:
        """The period in a sentence: “6 tháng đầu năm 2026”, “quý II năm 2026”, “năm 2026”."""
        (year, month), (last_year, last_month) = _split(self.start), _split(self.end)
        if self._years is not None:
            first, last = self._years
            return f"năm {first}" if first == last else f"từ năm {first} đến năm {last}"
        if len(self) == 1:
            return f"tháng {month} năm {year}"
        if self.quarter is not None:
            return f"quý {_ROMAN[self.quarter - 1]} năm {year}"
        if year == last_year and month == 1:
            return f"{len(self)} tháng đầu năm {year}"
        if year == last_year and last_month == _YEAR:
            return f"{len(self)} tháng cuối năm {year}"
        start = f"tháng {month}" if year == last_year else f"tháng {month} năm {year}"
        return f"từ {start} đến tháng {last_month} năm {last_year}"

    @property
    def short_words(self) -> str:
        """The same in a table: “tháng 5/2026”."""
        year, month = _split(self.start)
        return f"tháng {month}/{year}" if len(self) == 1 else self.words

    @property
    def _years(self) -> tuple[int, int] | None:
        """The first and the last year where these are whole years."""
        is_whole = self.start % _YEAR == 0 and len(self) % _YEAR == 0
        return (self.start // _YEAR, self.end // _YEAR) if is_whole else None


def read_period(typed: str) -> Period | None:
    """Return the period that "2026-05", "2026-q2", "2026" or "2026-01..2026-06" means.

    None where it is something else, or ends before it begins.
    """
    first, is_range, last = typed.partition("..")
    start, end = _read_single(first), _read_single(last if is_range else first)
    if start is None or end is None or end.end < start.start:
        return None
    return Period(start.start, end.end)


def _read_single(typed: str) -> Period | None:
    match = _SINGLE.fullmatch(typed)
    if match is None:
        return None
    year = _YEAR * int(match["year"])
    if match["month"]:
        month = year + int(match["month"]) - 1
        return Period(month, month)
    if match["quarter"]:
        start = year + _QUARTER * (int(match["quarter"]) - 1)
        return Period(start, start + _QUARTER - 1)
    return Period(year, year + _YEAR - 1)


def _split(month: int) -> tuple[int, int]:
    return month // _YEAR, month % _YEAR + 1
