"""Counts as pictures: bars of a year, for the yearly review. Each has its numbers as text too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from guongsang.addresses import section_url
from guongsang.archive.archive import Archive
from guongsang.stories.model import Story
from guongsang.views.model import Bar, BarChart, Column, ColumnChart, Link
from guongsang.views.wording import capitalise

# The longest lists of a chart; what is beyond is in the lists themselves.
_MOST_BARS: Final = 10
_WIDEST: Final = 100  # of a bar, in units of its SVG
_TALLEST: Final = 100  # of a column


def month_chart(counts: Mapping[int, int]) -> ColumnChart:
    """Draw stories by month; `counts` is by number of the month, months without a story left out.

    A column's height is in units of the SVG, at most 100, at least 2 for a month with a story.
    """
    most = max(counts.values(), default=0)
    columns = []
    for month in range(1, 13):
        count = counts.get(month, 0)
        height = max(2, round(count / most * _TALLEST)) if count else 0
        columns.append(Column(f"T{month}", count, (month - 1) * 30, height))
    told = ", ".join(f"tháng {month}: {count}" for month, count in sorted(counts.items()))
    return ColumnChart("Bài theo tháng", f"Số bài mỗi tháng: {told}.", tuple(columns))


def year_charts(archive: Archive, stories: Sequence[Story]) -> tuple[BarChart, ...]:
    """Draw the stories of a year by column, field, deed and place; the largest first.

    A chart in which everything is there once would say nothing.
    """
    registers = archive.registers
    heads = [story.head for story in stories]
    by_column = Counter(head.column for head in heads)
    by_field = Counter(key for head in heads for key in head.fields)
    by_deed = Counter(key for head in heads for key in head.deeds)
    by_place = Counter(key for head in heads for key in head.places)
    columns, fields, deeds = registers.columns, registers.fields, registers.deeds
    places = registers.places
    charts = (
        _bar_chart("column", "Theo chuyên mục", by_column, {k: columns[k].name for k in by_column}),
        _bar_chart("field", "Theo lĩnh vực", by_field, {k: fields[k].name for k in by_field}),
        _bar_chart("deed", "Theo việc làm", by_deed, {k: deeds[k].name for k in by_deed}),
        _bar_chart(
            "place", "Theo địa phương", by_place, {k: places[k].full_name for k in by_place}
        ),
    )
    return tuple(chart for chart in charts if any(bar.count > 1 for bar in chart.bars))


def _bar_chart(
    kind: str, title: str, counts: Mapping[str, int], names: Mapping[str, str]
) -> BarChart:
    ranked = sorted(counts, key=lambda key: (-counts[key], names[key]))
    most = max(counts.values(), default=0)
    return BarChart(title, tuple(_bars(kind, ranked[:_MOST_BARS], counts, names, most)))


def _bars(
    kind: str,
    keys: Iterable[str],
    counts: Mapping[str, int],
    names: Mapping[str, str],
    most: int,
) -> Iterable[Bar]:
    for key in keys:
        link = Link(capitalise(names[key]), section_url(kind, key))
        yield Bar(link, counts[key], round(counts[key] / most * _WIDEST))
