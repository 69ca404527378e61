"""The editors' guide, and beside it the reference: pages that come with the program, their search.

They depend on nothing but the package, so they are made again only with a new version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from guongsang.addresses import (
    FIELD_REFERENCE,
    GUIDE_PAGES,
    GUIDE_PICTURES,
    RULE_REFERENCE,
    guide_url,
)
from guongsang.archive.archive import Archive
from guongsang.guide.read import list_passages, read_guide, read_pictures
from guongsang.pages.reference import (
    guide_trail,
    list_field_groups,
    list_reference,
    list_rule_groups,
)
from guongsang.render.render import fingerprinted
from guongsang.views.model import Link
from guongsang.views.outputs import Output, Page


@dataclass(frozen=True, slots=True)
class GuideView:
    """`html` is ours; `sections` lead to its headings, `others` to the other pages.

    `passages` is the file that the search reads, on the page that has one.
    """

    trail: tuple[Link, ...]
    title: str
    html: str
    sections: tuple[Link, ...]
    others: tuple[Link, ...]
    passages: str | None


def list_guide(archive: Archive) -> Iterator[Page]:
    """Yield the pages of guide and reference, which search engines need not know."""
    if archive.registers.newsroom.switches.guide:
        for name in ("index", *GUIDE_PAGES):
            yield Page(guide_url(name), plan_guide, (name,), noindex=True)
        yield from list_reference()


def plan_guide(_archive: Archive, name: str) -> Output:
    """Plan a page of the guide."""
    text = read_guide(name)
    home, first = guide_trail()
    others = [each for each in GUIDE_PAGES if each != name]
    is_first = name == "index"
    view = GuideView(
        trail=(home,) if is_first else (home, first),
        title=text.title,
        html=text.html,
        sections=tuple(Link(each.text, f"#{each.anchor}") for each in text.sections),
        others=()
        if is_first
        else (first, *(Link(read_guide(each).title, guide_url(each)) for each in others)),
        passages=passages_uri() if is_first else None,
    )
    url = guide_url(name)
    return Output(url, text.title, text.description, "guide.html", view, noindex=True)


def passages_uri() -> str:
    """Return the address of what the search of the guide reads."""
    return fingerprinted("huong-dan.json", render_passages())


def guide_pictures() -> dict[str, bytes]:
    """Return the pictures of the guide by address."""
    return {f"{GUIDE_PICTURES}{name}": content for name, content in read_pictures().items()}


@cache
def render_passages() -> bytes:
    """Return every passage of guide and reference: address, page, heading, text."""
    rows = [
        (f"{guide_url(name)}#{each.anchor}", read_guide(name).title, each.heading, each.text)
        for name in ("index", *GUIDE_PAGES)
        for each in list_passages(name)
    ]
    rows += [
        (
            f"{RULE_REFERENCE}#{rule.anchor}",
            group.name.vi,
            rule.id,
            f"{rule.message.vi}. {rule.hint.vi} {rule.why.vi}",
        )
        for group in list_rule_groups()
        for rule in group.rules
    ]
    rows += [
        (f"{FIELD_REFERENCE}#{field.anchor}", group.name.vi, field.key, field.text.vi)
        for group in list_field_groups()
        for field in group.fields
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
