"""What a bulletin is asked for: a month, a quarter, or stories by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PERIOD: Final = re.compile(
    r"(?P<year>[0-9]{4})-(?:(?P<month>0[1-9]|1[0-2])|[Qq](?P<quarter>[1-4]))"
)
_ROMAN: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter of a year. `months` are as shelves have them: "2026/11"."""

    name: str
    year: int
    months: tuple[str, ...]
    number: int

    @property
    def words(self) -> str:
        """What stands on the cover: "Số 11 · Tháng 11 năm 2026", "Số 4 · Quý IV năm 2026"."""
        when = f"Tháng {self.number}" if len(self.months) == 1 else f"Quý {_ROMAN[self.number - 1]}"
        return f"Số {self.number} · {when} năm {self.year}"


def read_period(typed: str) -> Period | None:
    """Return the period that "2026-11" or "2026-Q4" means; None where it is something else."""
    match = _PERIOD.fullmatch(typed)
    if match is None:
        return None
    year = int(match["year"])
    if match["month"]:
        month = int(match["month"])
        return Period(typed, year, (f"{year}/{month:02}",), month)
    quarter = int(match["quarter"])
    months = tuple(f"{year}/{month:02}" for month in range(3 * quarter - 2, 3 * quarter + 1))
    return Period(f"{year}-Q{quarter}", year, months, quarter)
