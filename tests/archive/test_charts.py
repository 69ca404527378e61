"""The year in numbers: bars in proportion, and the same numbers as text."""

from __future__ import annotations

import re

import pytest

from guongsang.archive.archive import build_archive
from guongsang.archive.charts import month_chart, year_charts


@pytest.mark.parametrize(
    ("counts", "heights"),
    [
        ({}, {}),
        ({3: 1}, {3: 100}),
        ({1: 10, 12: 5}, {1: 100, 12: 50}),
        ({1: 1000, 2: 1}, {1: 100, 2: 2}),  # one story is still to be seen
    ],
)
def test_columns_are_in_proportion(counts, heights):
    chart = month_chart(counts)
    drawn = {number: column for number, column in enumerate(chart.columns, 1) if column.height}
    assert {number: column.height for number, column in drawn.items()} == heights
    assert len(chart.columns) == 12
    assert all(f"tháng {month}: {count}" in chart.told for month, count in counts.items())


def test_bars_begin_with_the_most_and_count_a_story_in_each_of_its_places(make_content, make_story):
    two = [{"unit": "le-thuy"}, {"unit": "sin-suoi-ho"}]
    stories = [
        make_story("mot", places=two),
        make_story("hai", places=[{"unit": "le-thuy"}, {"unit": "le-thuy", "village": "thôn A"}]),
        make_story("ba", places=[{"unit": "le-thuy"}]),
    ]
    archive = build_archive(make_content(stories))
    charts = {chart.title: chart.bars for chart in year_charts(archive, stories)}
    places = [(bar.link.url, bar.count, bar.width) for bar in charts["Theo địa phương"]]
    assert places == [("dia-phuong/le-thuy/", 3, 100), ("dia-phuong/sin-suoi-ho/", 1, 33)]


def test_a_chart_that_says_nothing_is_left_out(make_content, make_story):
    stories = [make_story("mot")]
    assert year_charts(build_archive(make_content(stories)), stories) == ()


def test_the_page_of_a_year_says_its_numbers(built):
    page = (built.site / "nam/2026/index.html").read_text("utf-8")
    (told,) = re.findall(r'role="img" aria-label="([^"]+)"', page)
    months = dict(re.findall(r"tháng (\d+): (\d+)", told))
    drawn = re.findall(r'<text x="\d+" y="\d+">(\d+)</text>', page)
    assert list(months.values()) == drawn
    assert " style=" not in page
