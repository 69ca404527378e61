"""The editors' guide, and beside it the reference: pages that come with the program.

They depend on nothing but the package, so they are made again only with a new version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guongsang.addresses import GUIDE, GUIDE_PAGES, HOME, guide_url
from guongsang.guide.read import read_guide
from guongsang.pages.archive import Archive
from guongsang.pages.outputs import Output, Page
from guongsang.pages.reference import list_reference
from guongsang.pages.views import Link

_HOME: Final = Link("Trang chủ", HOME)


@dataclass(frozen=True, slots=True)
class GuideView:
    """`html` is ours; `sections` lead to its headings, `others` to the other pages."""

    trail: tuple[Link, ...]
    title: str
    html: str
    sections: tuple[Link, ...]
    others: tuple[Link, ...]


def list_guide(archive: Archive) -> Iterator[Page]:
    """Yield the pages of guide and reference, which search engines need not know."""
    if archive.registers.newsroom.switches.guide:
        for name in ("index", *GUIDE_PAGES):
            yield Page(guide_url(name), plan_guide, (name,), noindex=True)
        yield from list_reference()


def plan_guide(_archive: Archive, name: str) -> Output:
    """Plan a page of the guide."""
    text = read_guide(name)
    first = Link(read_guide("index").title, GUIDE)
    view = GuideView(
        trail=(_HOME,) if name == "index" else (_HOME, first),
        title=text.title,
        html=text.html,
        sections=tuple(Link(each.text, f"#{each.anchor}") for each in text.sections),
        others=()
        if name == "index"
        else (
            first,
            *(
                Link(read_guide(each).title, guide_url(each))
                for each in GUIDE_PAGES
                if each != name
            ),
        ),
    )
    url = guide_url(name)
    return Output(url, text.title, text.description, "guide.html", view, noindex=True)
