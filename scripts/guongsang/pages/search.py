"""The page of the search: the form, and ways to browse for those without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guongsang.addresses import HOME, SEARCH, SECTIONS
from guongsang.archive.archive import Archive
from guongsang.pages.lists import list_ways
from guongsang.views.model import Link, SearchView
from guongsang.views.outputs import Output, Page

_TITLE: Final = "Tìm kiếm"
_INTRO: Final = (
    "Tìm bài viết, nhân vật, địa phương. Gõ có dấu hay không dấu đều được; "
    "tên xã, phường cũ cũng tìm ra."
)


def list_search(archive: Archive) -> Iterator[Page]:
    """Yield the page, unless the newsroom has switched the search off."""
    if archive.registers.newsroom.switches.search:
        yield Page(SEARCH, plan_search_page)


def plan_search_page(archive: Archive) -> Output:
    """Plan the page. It never changes with the stories: the script asks for those."""
    view = SearchView(
        trail=(Link("Trang chủ", HOME),),
        title=_TITLE,
        intro=_INTRO,
        ways=list_ways(archive, *SECTIONS),
    )
    return Output(SEARCH, _TITLE, _INTRO, "search.html", view)
