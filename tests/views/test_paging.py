"""Lists on pages: who stands where, and that a full page never changes."""

import pytest

from guongsang.views.paging import split_list

URL = "chuyen-muc/x/"


def sheets(count, size=4):
    """Split a list of `count` items, numbered from the oldest, newest first."""
    return {sheet.url: sheet for sheet in split_list(list(range(count, 0, -1)), URL, size)}


@pytest.mark.parametrize(
    ("count", "own", "numbered"),
    [
        (0, [], []),
        (1, [1], []),
        (3, [3, 2, 1], []),
        (4, [4, 3, 2, 1], [[4, 3, 2, 1], []]),
        (5, [5, 4, 3, 2, 1], [[4, 3, 2, 1], [5]]),
        (6, [6, 5], [[4, 3, 2, 1], [6, 5]]),
        (8, [8, 7, 6, 5], [[4, 3, 2, 1], [8, 7, 6, 5], []]),
        (9, [9, 8, 7, 6, 5], [[4, 3, 2, 1], [8, 7, 6, 5], [9]]),
    ],
)
def test_who_stands_where(count, own, numbered):
    """The own address shows the newest; numbered pages count from the oldest."""
    found = sheets(count)
    assert list(found.pop(URL).items) == own
    assert [list(sheet.items) for sheet in found.values()] == numbered
    assert list(found) == [f"{URL}trang/{n}/" for n in range(1, len(numbered) + 1)]


@pytest.mark.parametrize("size", [1, 2, 3, 24])
def test_full_pages_never_change(size):
    """Whatever is added later, a full page keeps its items and its links."""
    seen = {}
    for count in range(5 * size + 2):
        for url, sheet in sheets(count, size).items():
            if url != URL and len(sheet.items) == size:
                assert seen.setdefault(url, sheet) == sheet


@pytest.mark.parametrize("count", range(30))
def test_links_lead_to_pages_and_reach_every_item_once(count):
    """From the list's own address back in time, every item is met exactly once."""
    found = sheets(count)
    for sheet in found.values():
        for target in (sheet.pager.older, sheet.pager.newer, sheet.pager.newest):
            assert target is None or target in found
    met, url = [], URL
    while url:
        met += found[url].items
        url = found[url].pager.older
    assert met == list(range(count, 0, -1))


def test_only_the_filling_page_is_kept_from_search_engines():
    assert [url for url, sheet in sheets(9).items() if sheet.noindex] == [f"{URL}trang/3/"]
