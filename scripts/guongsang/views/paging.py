"""Lists on several pages, numbered from the oldest: a full page, once published, never changes.

Page n holds the stories (n-1)·size … n·size counted from the oldest. The list's own address shows
the page that is still filling, and the last full page above it while that one is less than half
full: no reader meets a list of one story, none meets a story twice on the way back in time. The
filling page has its own address too (noindex, it repeats the list's own), because the full page
before it must have something newer to lead to that is there from its first day. Search engines are
not led to a list without stories.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from guongsang.addresses import page_url
from guongsang.views.model import Pager

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a list: its address, its items newest first, its ways on."""

    url: str
    items: tuple[T, ...]
    pager: Pager
    noindex: bool = False


def split_list(items: Sequence[T], list_url: str, size: int) -> Iterator[Sheet[T]]:
    """Yield the pages of a list given newest first: its own address, then the numbered ones."""
    full, rest = divmod(len(items), size)
    shown_from = full if not full or 2 * rest >= size else full - 1
    older = page_url(list_url, shown_from) if shown_from else None
    newest = items[: len(items) - shown_from * size]
    yield Sheet(list_url, tuple(newest), Pager(older=older), noindex=not items)
    for number in range(1, full + 1):
        end = len(items) - (number - 1) * size
        yield Sheet(
            page_url(list_url, number),
            tuple(items[end - size : end]),
            Pager(
                number=number,
                older=page_url(list_url, number - 1) if number > 1 else None,
                newer=page_url(list_url, number + 1),
                newest=list_url,
            ),
        )
    if full:
        pager = Pager(number=full + 1, older=page_url(list_url, full), newest=list_url)
        yield Sheet(page_url(list_url, full + 1), tuple(items[:rest]), pager, noindex=True)
