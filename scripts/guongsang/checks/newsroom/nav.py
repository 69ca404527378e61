"""GS806: what the navigation in mkdocs.yml leads to."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from guongsang.addresses import is_switched_off
from guongsang.checks.stories.links import nearest
from guongsang.problems.problem import Problem, problem
from guongsang.registers.model import Switches
from guongsang.yamlfile.parse import locate, parse_yaml
from guongsang.yamlfile.positions import FieldPath

SETTINGS: Final = "mkdocs.yml"


def check_nav(
    text: str, files: Collection[str], addresses: Collection[str], switches: Switches
) -> Iterator[Problem]:
    """Yield the entries of `nav` in the text of mkdocs.yml that lead nowhere.

    `files` are those of the docs folder, relative to it; `addresses` those of all pages and files
    that texts may link to. What is switched off is left out of the navigation. What YAML itself is
    wrong with is told by MkDocs.
    """
    data = parse_yaml(text, SETTINGS).data
    entries = list(_list_entries(data.get("nav"), ("nav",))) if isinstance(data, dict) else []
    lost = [
        each
        for each in entries
        if not (leads_somewhere(each[1], files, addresses) or is_left_out(each[1], switches))
    ]
    positions = locate(text) if lost else None
    for where, path in lost:
        mark = positions.of_value(where) if positions else None
        known = (f"/{each}" for each in addresses) if path.startswith("/") else files
        candidates = nearest(path, known)
        yield problem("GS806", SETTINGS, *(mark or (1, 1)), url=path, candidates=candidates)


def leads_somewhere(path: str, files: Collection[str], addresses: Collection[str]) -> bool:
    """Return whether an entry is a page, a file of the docs folder, or an address elsewhere."""
    split = urlsplit(path)
    if split.scheme or split.netloc:
        return True
    plain = unquote(split.path)
    if plain.startswith("/"):
        return plain[1:] in addresses or plain == "/"
    return plain in addresses or posixpath.normpath(plain) in files


def is_left_out(path: str, switches: Switches) -> bool:
    """Return whether an entry leads to what the newsroom has switched off."""
    split = urlsplit(path)
    is_ours = split.path.startswith("/") and not (split.scheme or split.netloc)
    return is_ours and is_switched_off(unquote(split.path)[1:], switches)


def _list_entries(nav: Any, where: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(nav, str):
        yield where, nav
    elif isinstance(nav, list):
        for n, each in enumerate(nav):
            yield from _list_entries(each, (*where, n))
    elif isinstance(nav, dict):
        for title, each in nav.items():
            yield from _list_entries(each, (*where, title))
