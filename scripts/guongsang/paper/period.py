"""What issue of a bulletin a period is: one of a month or of a quarter."""

from __future__ import annotations

from dataclasses import dataclass

from guongsang.tally.period import Period, read_period


@dataclass(frozen=True, slots=True)
class Issue:
    """A month or a quarter of a year, and its number in it."""

    period: Period
    year: int
    number: int

    @property
    def words(self) -> str:
        """What stands on the cover: "Số 11 · Tháng 11 năm 2026", "Số 4 · Quý IV năm 2026"."""
        when = self.period.words
        return f"Số {self.number} · {when[:1].upper()}{when[1:]}"


def read_issue(typed: str) -> Issue | None:
    """Return the issue that "2026-11" or "2026-Q4" means; None where it is something else."""
    period = read_period(typed)
    if period is None:
        return None
    day = period.first_day
    if len(period) == 1:
        return Issue(period, day.year, day.month)
    return Issue(period, day.year, period.quarter) if period.quarter else None
