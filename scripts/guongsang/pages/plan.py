"""All pages of the site. Pure: no file, no clock."""

from __future__ import annotations

from collections.abc import Iterator

from guongsang.addresses import CORRECTIONS, HOME, NOT_FOUND, OFFLINE
from guongsang.archive.archive import Archive, build_archive
from guongsang.pages.corrections import plan_corrections
from guongsang.pages.guide import list_guide
from guongsang.pages.home import plan_home
from guongsang.pages.indexes import list_indexes
from guongsang.pages.lists import LISTS, list_heading, list_lists
from guongsang.pages.nominate import list_nominate
from guongsang.pages.notices import plan_not_found, plan_retracted
from guongsang.pages.offline import plan_offline
from guongsang.pages.people import list_honoree, list_honours, list_people
from guongsang.pages.search import list_search
from guongsang.pages.story import plan_story
from guongsang.pages.years import list_month, list_year, list_years
from guongsang.views.content import Content
from guongsang.views.outputs import Output, Page


def list_pages(archive: Archive) -> list[Page]:
    """Return every page that the site has, none of them planned yet."""
    content = archive.content
    return [
        *list_fixed(archive),
        *(Page(story.url, plan_story, (story.slug,)) for story in content.stories),
        *(
            Page(story.url, plan_retracted, (story.slug,), noindex=True)
            for story in content.retracted
        ),
        *list_lists(archive),
        *list_people(archive),
        *list_years(archive),
    ]


def list_fixed(archive: Archive) -> list[Page]:
    """Return the pages that are there whatever stories there are."""
    is_offline_on = archive.registers.newsroom.switches.offline
    return [
        Page(HOME, plan_home),
        *list_honours(archive),
        Page(CORRECTIONS, plan_corrections),
        *list_nominate(archive),
        *list_indexes(archive),
        *list_guide(archive),
        *list_search(archive),
        Page(NOT_FOUND, plan_not_found, noindex=True),
        *([Page(OFFLINE, plan_offline, noindex=True)] if is_offline_on else []),
    ]


def list_shelf(archive: Archive, kind: str, key: str) -> Iterator[Page]:
    """Yield those of `list_pages` that are a list and its older pages."""
    if kind in ("column", "field", "deed"):
        yield from list_heading(archive, kind, key)
    elif (kind, key) in archive.shelves:
        if kind == "honoree":
            yield from list_honoree(archive, key)
        else:
            yield from {**LISTS, "year": list_year, "month": list_month}[kind](archive, key)


def plan_pages(content: Content) -> list[Output]:
    """Plan the whole site at once."""
    archive = build_archive(content)
    return [page.plan(archive, *page.args) for page in list_pages(archive)]
