"""Where the registers lie, and which of their files may be read. Reads none of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from guongsang.problems.problem import Problem, has_errors
from guongsang.stories.links import judge_link, judge_way

FOLDER: Final = "stories/registers"
HONOREES: Final = f"{FOLDER}/honorees"
NEWSROOM: Final = f"{FOLDER}/newsroom.yml"
TABLE_NAMES: Final = (
    "columns",
    "fields",
    "deeds",
    "places",
    "awards",
    "authors",
    "series",
    "abbreviations",
)
# A newsroom may do without these.
OPTIONAL: Final = (f"{FOLDER}/abbreviations.yml",)
# A logo or an icon.
EMBLEMS: Final = (".png", ".svg")
# The ledger of published addresses.
LEDGER: Final = f"{FOLDER}/addresses.txt"
# What was made to be printed.
PRINTS: Final = f"{FOLDER}/prints.txt"
# Where one of these leads out of the newsroom, no register can be read.
WAYS: Final = ("stories", FOLDER, HONOREES)


def find_links(root: Path) -> list[Problem]:
    """Return what there is to say of links among the registers; see `judge_link`."""
    found = list(judge_way(root, HONOREES))
    if not has_errors(found):
        for folder in (FOLDER, HONOREES):
            found += (judge_link(root, path) for path, is_link in _list(root, folder) if is_link)
    return found


def find_emblems(root: Path) -> Iterator[str]:
    """Yield the paths of the pictures beside newsroom.yml, relative to the root; none that must not
    be read."""
    if has_errors(judge_way(root, FOLDER)):
        return
    for path, is_link in sorted(_list(root, FOLDER)):
        if path.endswith(EMBLEMS) and not (is_link and judge_link(root, path).is_error):
            yield path


def find_honorees(root: Path) -> Iterator[tuple[str, str]]:
    """Yield path and key of each honoree's file, relative to the root; none that must not be
    read."""
    if has_errors(judge_way(root, HONOREES)):
        return
    for path, is_link in sorted(_list(root, HONOREES)):
        name = path.rpartition("/")[2]
        if name.endswith(".yml") and not name.startswith("."):
            if is_link and judge_link(root, path).is_error:
                continue
            yield path, name.removesuffix(".yml")


def _list(root: Path, folder: str) -> list[tuple[str, bool]]:
    """Return the paths of what a folder has, and whether each is a link."""
    if not (root / folder).is_dir():
        return []
    with os.scandir(root / folder) as entries:
        return [(f"{folder}/{each.name}", each.is_symlink()) for each in entries]
