"""Days and moments as Vietnamese readers see them."""

from __future__ import annotations

import os
import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7))

_BETWEEN: Final = r"(?:\s*[/.-]\s*|\s+)"
_WRITTEN: Final = re.compile(
    r"\s*(?:ngày\s+)?"
    rf"(?:(\d{{4}}){_BETWEEN}(\d\d?){_BETWEEN}(\d\d?)"
    rf"|(\d\d?)(?:{_BETWEEN}|\s+tháng\s+)(\d\d?)(?:{_BETWEEN}|\s+năm\s+)(\d{{4}}|\d\d))"
    r"(?:[\s,T]+(\d\d?)\s*(?::|h|giờ|g)\s*(\d\d)?(?::\d\d)?(?:\s*phút)?)?\s*",
    re.IGNORECASE | re.ASCII,
)
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


def suggest_day(text: str) -> str:
    """Return a day as people write it, day first or year first, as year-month-day: “11/5/2026”,
    “ngày 11 tháng 5 năm 2026”, “2026/5/11”; a time of day behind it comes along as hour:minute.

    Nothing where that is no day.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return ""
    year, month, day = (
        (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    )
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        at = time(int(match[7]), int(match[8] or 0)) if match[7] else None
    except ValueError:
        return ""
    return f"{found} {at:%H:%M}" if at else str(found)


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
