"""The navigation of mkdocs.yml: to where it leads from every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation, Section

from guongsang.addresses import FILES
from guongsang.checks.newsroom.nav import SETTINGS, is_left_out, leads_somewhere
from guongsang.problems.problem import Problem, problem
from guongsang.registers.model import Switches


def mend_navigation(
    nav: Navigation, files: Files, switches: Switches, is_ours: Callable[[str], bool]
) -> list[Problem]:
    """Make addresses from the root relative and leave out what is switched off.

    `is_ours` tells the addresses of our pages. Returns what leads nowhere: `check` has looked at
    what mkdocs.yml says itself; here are those that it inherits, or that lead to pages which MkDocs
    leaves out.
    """
    known = {file.url for file in files.documentation_pages()} | FILES
    others = {file.src_uri for file in files.media_files()}

    def is_off(link: Link) -> bool:
        url = link.url.lstrip("/")
        return is_left_out(link.url, switches) and not (url in known - FILES or is_ours(url))

    _drop_links(nav.items, is_off)
    found = []
    for link in _list_links(nav.items):
        if not is_ours(link.url.lstrip("/")) and not leads_somewhere(link.url, others, known):
            found.append(problem("GS806", SETTINGS, url=link.url, candidates=""))
        elif link.url.startswith("/"):
            link.url = link.url.lstrip("/") or "."
    return found


def _drop_links(items: list[Any], is_off: Callable[[Link], bool]) -> None:
    """Take out links, and sections of which nothing is left."""
    for item in items:
        if isinstance(item, Section):
            _drop_links(item.children, is_off)
    items[:] = [item for item in items if not _is_dropped(item, is_off)]


def _is_dropped(item: Any, is_off: Callable[[Link], bool]) -> bool:
    return (
        is_off(item) if isinstance(item, Link) else isinstance(item, Section) and not item.children
    )


def _list_links(items: list[Any]) -> Iterator[Link]:
    for item in items:
        if isinstance(item, Link):
            yield item
        elif isinstance(item, Section):
            yield from _list_links(item.children)
