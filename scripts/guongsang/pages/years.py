"""Pages of years and months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from guongsang.addresses import HOME, YEARS, month_url, year_url
from guongsang.archive.archive import Archive, count_figures
from guongsang.archive.charts import month_chart, year_charts
from guongsang.pages.lists import (
    Shelf,
    list_cards,
    list_sheets,
    other_ways,
    page_of_sheet,
    sheet_image,
    split_slugs,
)
from guongsang.views.model import IndexEntry, Link, YearView
from guongsang.views.outputs import Output, Page
from guongsang.views.paging import Sheet

_TRAIL = (Link("Trang chủ", HOME), Link("Theo năm", YEARS))


def list_years(archive: Archive) -> Iterator[Page]:
    """Yield the pages of every year and month with a story."""
    for year in archive.keys_of("year"):
        yield from list_year(archive, year)
    for month in archive.keys_of("month"):
        yield from list_month(archive, month)


def list_year(archive: Archive, key: str) -> Iterator[Page]:
    """Yield the pages of a year ("2026") that has a story."""
    year = int(key)
    intro = f"Các bài đăng trong năm {year}."
    shelf = Shelf(year_url(year), _TRAIL, "Năm", f"Năm {year}", intro)
    first, *others = split_slugs(archive, shelf.url, archive.slugs_of("year", key))
    yield Page(shelf.url, _plan_year, (year, shelf, first))
    yield from (page_of_sheet(shelf, sheet) for sheet in others)


def _plan_year(archive: Archive, year: int, shelf: Shelf, sheet: Sheet[str]) -> Output:
    stories = archive.stories_of("year", f"{year:04}")
    months = Counter(int(story.head.month.partition("/")[2]) for story in stories)
    view = YearView(
        trail=shelf.trail,
        ways=other_ways(archive, shelf.section),
        title=shelf.title,
        figures=count_figures(stories),
        by_month=month_chart(months),
        charts=year_charts(archive, stories),
        months=_months(year, months),
        listing=list_cards(archive, sheet),
    )
    return Output(
        url=shelf.url,
        title=shelf.title,
        description=shelf.intro or "",
        template="year.html",
        view=view,
        image=sheet_image(archive, sheet),
    )


def _months(year: int, counts: Mapping[int, int]) -> tuple[IndexEntry, ...]:
    """Return the months of a year that have a story, January first."""
    return tuple(
        IndexEntry(Link(f"Tháng {month}", month_url(year, month)), None, counts[month])
        for month in sorted(counts)
    )


def list_month(archive: Archive, key: str) -> Iterator[Page]:
    """Yield the pages of a month ("2026/05") that has a story."""
    year, month = (int(part) for part in key.split("/"))
    trail = (*_TRAIL, Link(f"Năm {year}", year_url(year)))
    shelf = Shelf(
        month_url(year, month),
        trail,
        f"Năm {year}",
        f"Tháng {month} năm {year}",
        f"Các bài đăng trong tháng {month} năm {year}.",
    )
    yield from list_sheets(archive, shelf, archive.slugs_of("month", key))
