"""How numbers of a period are put into Vietnamese, in the report and in its workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.tally.counts import LEAST_OF_GROUP
from guongsang.tally.model import Count, Tally

ABOUT: Final = "tuyên truyền gương người tốt, việc tốt"
HIDDEN_TITLE: Final = "(không in tít: phạm vi đồng ý không có in)"
_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table of the report. `note` explains what is counted; `unit` is given where its largest
    rows are named in words, and those with nothing where `is_whole`, so that a record without a
    story is there, too; an optional one without rows is left out."""

    heading: str
    column: str
    find: Callable[[Tally], Sequence[Count]]
    unit: str = ""
    note: str = ""
    is_whole: bool = False
    is_optional: bool = False


BREAKDOWNS: Final = (
    Breakdown("Chuyên mục", "Chuyên mục", lambda tally: tally.columns, "bài", is_whole=True),
    Breakdown(
        "Lĩnh vực",
        "Lĩnh vực",
        lambda tally: tally.fields,
        "bài",
        "Một bài thuộc nhiều lĩnh vực được tính ở từng lĩnh vực.",
        is_whole=True,
    ),
    Breakdown(
        "Việc làm",
        "Việc làm",
        lambda tally: tally.deeds,
        "bài",
        "Một bài kể nhiều việc làm được tính ở từng việc.",
        is_whole=True,
    ),
    Breakdown(
        "Địa phương",
        "Địa phương",
        lambda tally: tally.places,
        "bài",
        "Theo tên xã, phường hiện nay; một bài có nhiều nơi được tính ở từng nơi.",
    ),
    Breakdown(
        "Nhân vật",
        "Loại nhân vật",
        lambda tally: tally.kinds,
        note="Người có hồ sơ được tính một lần trong kỳ, dù có mấy bài.",
    ),
    Breakdown(
        "Dân tộc của nhân vật",
        "Dân tộc",
        lambda tally: tally.ethnic_groups,
        note="Chỉ tính người đã đồng ý nêu dân tộc; "
        f"số nhỏ hơn {LEAST_OF_GROUP} không ghi để không nhận ra ai.",
        is_optional=True,
    ),
    Breakdown(
        "Khen thưởng nêu trong bài",
        "Hình thức khen thưởng",
        lambda tally: tally.awards,
        note="Mỗi lần khen thưởng của một nhân vật được tính một lần trong kỳ.",
    ),
    Breakdown(
        "Người viết, chụp ảnh, quay phim",
        "Họ tên",
        lambda tally: tally.contributors,
        "bài",
        "Một bài của nhiều người được tính cho từng người.",
    ),
)


def list_totals(tally: Tally) -> list[tuple[str, int, int]]:
    """Return the overall numbers: what, in this period, in the one before."""
    now, before = tally.totals, tally.totals_before
    return [
        ("Bài đã đăng", now.stories, before.stories),
        ("Nhân vật", now.honorees, before.honorees),
        ("Địa phương có bài", now.places, before.places),
        ("Đơn vị cấp xã của tỉnh chưa có bài", len(tally.unwritten), tally.unwritten_before),
        ("Người viết, chụp ảnh, quay phim", now.contributors, before.contributors),
        ("Khen thưởng nêu trong bài", now.awards, before.awards),
        ("Khen thưởng trao trong kỳ", now.given, before.given),
        ("Chỗ cải chính", now.corrections, before.corrections),
        ("Bài gỡ", now.retractions, before.retractions),
    ]


def name_most(breakdown: Breakdown, rows: Sequence[Count]) -> Iterator[str]:
    """Yield sentences that name the rows with the most, and those with nothing in this period.

    Where everything is there once there is no most.
    """
    unit = breakdown.unit
    ranked = sorted((row for row in rows if row.now), key=lambda row: -(row.now or 0))
    if unit and ranked and (ranked[0].now or 0) > 1:
        named = (f"{row.name} ({format_count(row.now)} {unit})" for row in ranked[:_MOST_NAMED])
        yield f"Nhiều nhất: {', '.join(named)}."
    missing = [row.name for row in rows if not row.now] if breakdown.is_whole and ranked else []
    if missing:
        yield f"Chưa có {unit} trong kỳ: {'; '.join(missing)}."


def compare(now: int, before: int, unit: str, earlier: str) -> str:
    """Word how a number compares to that of the period before, which `earlier` names."""
    if not before:
        return f"{earlier} {'không có' if now else 'cũng không có'}"
    if now == before:
        return f"bằng {earlier}"
    word = "tăng" if now > before else "giảm"
    change = format_count(abs(now - before))
    return f"{word} {change} {unit} ({_percent(abs(now - before), before)}) so với {earlier}"


def format_count(number: int | None) -> str:
    """Return "1.234"; a number that may not be told says only that it is small."""
    return f"dưới {LEAST_OF_GROUP}" if number is None else f"{number:,}".replace(",", ".")


def format_change(now: int | None, before: int | None) -> str:
    """Return "+3 (+25%)", "−2 (−10,5%)", "+3" after nothing, "0", "–" where it may not be told."""
    if now is None or before is None:
        return "–"
    if now == before:
        return "0"
    sign = "+" if now > before else "−"
    change = f"{sign}{format_count(abs(now - before))}"
    return f"{change} ({sign}{_percent(abs(now - before), before)})" if before else change


def format_date(day: dt.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}".removesuffix(".0").replace(".", ",") + "%"
