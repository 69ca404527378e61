"""Erase a story or an honoree: no output is left, and the address is never given away again.

Law 91/2025/QH15 gives people the right to have their data erased. A retracted story keeps its
files for inspection; an erased one keeps only the digest of its address in the ledger. Of a name
nothing is kept, not even a digest: Vietnamese names are guessed in a second. What git history and
the caches of others still hold is not in reach of a build: the report says so.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guongsang.addresses import SECTIONS, section_url
from guongsang.checks.newsroom.release import ERASED, digest_address, read_ledger
from guongsang.problems.problem import Problem
from guongsang.registers.paths import HONOREES, LEDGER
from guongsang.stories.read import parse_story
from guongsang.stories.schema import is_key
from guongsang.stories.source import read_story_text

PERSON: Final = SECTIONS["honoree"]
_TARGET: Final = re.compile(rf"(?:(?P<year>[0-9]{{4}})/|(?P<person>{PERSON}))?(?P<key>[^/]+)")
_STORY: Final = re.compile(r"/([0-9]{4}/[^/]+)/?")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is erased: folders or files relative to the root, and their addresses, old ones too.

    `former` are folders that stories had before, as far as their aliases tell; `key` is that of an
    honoree, None for a story.
    """

    paths: tuple[str, ...]
    addresses: tuple[str, ...]
    former: tuple[str, ...] = ()
    key: str | None = None


def find_erasure(root: Path, target: str) -> Erasure | None:
    """Return what a target means: "con-chu", "2026/con-chu" or "nhan-vat/lo-thi-mau"."""
    match = _TARGET.fullmatch(target.strip("/"))
    if match is None or not is_key(match["key"]):
        return None
    key = match["key"]
    years = match["year"] or "[0-9]*"
    found = [] if match["person"] else sorted((root / "stories").glob(f"{years}/{key}"))
    stories = [folder for folder in found if (folder / "index.md").is_file()]
    if len(stories) == 1:
        return _erase_story(root, stories[0].relative_to(root).as_posix())
    path = f"{HONOREES}/{key}.yml"
    if stories or match["year"] or not (root / path).is_file():
        return None
    return Erasure((path,), (f"/{section_url('honoree', key)}",), key=key)


def add_stories(root: Path, erasure: Erasure, folders: Iterable[str]) -> Erasure:
    """Return an erasure that takes stories along. What it was of goes last: an interrupted run must
    still know whom it is about."""
    for folder in folders:
        story = _erase_story(root, folder)
        erasure = Erasure(
            (*story.paths, *erasure.paths),
            (*story.addresses, *erasure.addresses),
            (*story.former, *erasure.former),
            erasure.key,
        )
    return erasure


def known_targets(root: Path) -> list[str]:
    """Return everything that can be erased, to suggest what was meant."""
    slugs = [path.parent.name for path in (root / "stories").glob("[0-9]*/*/index.md")]
    people = [f"{PERSON}{path.stem}" for path in (root / HONOREES).glob("*.yml")]
    return sorted([*slugs, *people])


def write_erasure(root: Path, erasure: Erasure) -> None:
    """Erase: the ledger first, so that an interrupted run can simply be run again.

    Raises OSError.
    """
    ledger = root / LEDGER
    text = ledger.read_text("utf-8") if ledger.is_file() else ""
    for address in erasure.addresses:
        text = close_address(text, address)
    ledger.write_text(text, "utf-8", newline="\n")
    for path in erasure.paths:
        target = root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()


def close_address(ledger: str, address: str) -> str:
    """Return the ledger with the digest of an address in place of the address; pure."""
    closed = f"{ERASED}{digest_address(address)}"
    gone = {line for line, listed in read_ledger(ledger) if listed.strip("/") == address.strip("/")}
    kept = [
        line
        for number, line in enumerate(ledger.rstrip("\n").split("\n"), start=1)
        if number not in gone and line != closed
    ]
    return "\n".join([*(line for line in kept if ledger), closed, ""])


def _erase_story(root: Path, path: str) -> Erasure:
    aliases = _read_aliases(root, path)
    own = path.removeprefix("stories")
    former = (match[1] for match in map(_STORY.fullmatch, aliases) if match)
    return Erasure((path,), (f"{own}/", *aliases), tuple(f"stories/{each}" for each in former))


def _read_aliases(root: Path, path: str) -> tuple[str, ...]:
    src_uri = f"{path}/index.md"
    text = read_story_text(root / src_uri, src_uri)
    if isinstance(text, Problem):
        return ()
    reading = parse_story(text, src_uri, ())
    story = reading.story or reading.rest
    return tuple(story.front.aliases) if story else ()
