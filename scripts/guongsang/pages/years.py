"""Pages of years and months."""

from __future__ import annotations

from collections.abc import Iterator

from guongsang.addresses import HOME, YEARS, month_url, year_url
from guongsang.pages.archive import Archive, count_figures
from guongsang.pages.lists import Shelf, list_cards, plan_sheet, plan_sheets
from guongsang.pages.outputs import Output
from guongsang.pages.paging import split_list
from guongsang.pages.pictures import cover_image
from guongsang.pages.views import IndexEntry, Link, YearView

_TRAIL = (Link("Trang chủ", HOME), Link("Theo năm", YEARS))


def plan_years(archive: Archive) -> Iterator[Output]:
    """Plan the pages of every year and month with a story."""
    for year in archive.keys_of("year"):
        yield from _plan_year(archive, int(year))
    for month in archive.keys_of("month"):
        yield from _plan_month(archive, *(int(part) for part in month.split("/")))


def _plan_year(archive: Archive, year: int) -> Iterator[Output]:
    stories = archive.stories_of("year", f"{year:04}")
    title, url = f"Năm {year}", year_url(year)
    intro = f"Các bài đăng trong năm {year}."
    first, *others = split_list(stories, url, archive.registers.newsroom.page_size)
    view = YearView(
        trail=_TRAIL,
        title=title,
        figures=count_figures(stories),
        months=_months(archive, year),
        listing=list_cards(archive, first),
    )
    image = cover_image(archive.content, first.items[0])
    yield Output(url, title, intro, "year.html", view, image=image)
    for sheet in others:
        yield plan_sheet(archive, Shelf(url, _TRAIL, "Năm", title, intro), sheet)


def _months(archive: Archive, year: int) -> tuple[IndexEntry, ...]:
    """Return the months of a year that have a story, January first."""
    counts = {
        month: len(archive.stories_of("month", f"{year:04}/{month:02}")) for month in range(1, 13)
    }
    return tuple(
        IndexEntry(Link(f"Tháng {month}", month_url(year, month)), None, count)
        for month, count in counts.items()
        if count
    )


def _plan_month(archive: Archive, year: int, month: int) -> Iterator[Output]:
    trail = (*_TRAIL, Link(f"Năm {year}", year_url(year)))
    shelf = Shelf(
        month_url(year, month),
        trail,
        f"Năm {year}",
        f"Tháng {month} năm {year}",
        f"Các bài đăng trong tháng {month} năm {year}.",
    )
    stories = archive.stories_of("month", f"{year:04}/{month:02}")
    yield from plan_sheets(archive, shelf, stories)
