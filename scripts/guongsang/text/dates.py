"""Days and moments as Vietnamese readers see them."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7))

_DAYS: Final = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


def read_now() -> datetime:
    """Return the moment that counts as now: SOURCE_DATE_EPOCH if it is set, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), VIETNAM)
    return datetime.now(VIETNAM)


def in_vietnam(moment: datetime) -> datetime:
    """Return the moment with Vietnam's offset; one without an offset is Vietnam time already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=VIETNAM)
    return moment.astimezone(VIETNAM)


def format_day(day: date) -> str:
    """Return "Thứ ba, 19/05/2026"; a datetime gives its day in Vietnam."""
    if isinstance(day, datetime):
        day = in_vietnam(day)
    return f"{_DAYS[day.weekday()]}, {day.day:02}/{day.month:02}/{day.year:04}"


def format_moment(moment: datetime) -> str:
    """Return "Thứ ba, 19/05/2026, 06:30", in Vietnam time."""
    local = in_vietnam(moment)
    return f"{format_day(local)}, {local.hour:02}:{local.minute:02}"


def iso_moment(moment: datetime) -> str:
    """Return "2026-05-19T06:30:00+07:00", for `datetime` attributes, feeds and JSON-LD."""
    return in_vietnam(moment).isoformat(timespec="seconds")
