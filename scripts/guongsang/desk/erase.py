"""Erase a story or an honoree: no output is left, and the address is never given away again.

Law 91/2025/QH15 gives people the right to have their data erased. A retracted story keeps its
files for inspection; an erased one keeps only the digest of its address in the ledger. What git
history and the caches of others still hold is not in reach of a build: the report says so.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guongsang.addresses import SECTIONS, section_url
from guongsang.checks.release import ERASED, LEDGER, digest_address, read_ledger
from guongsang.problems.problem import Problem
from guongsang.registers.load import HONOREES
from guongsang.stories.read import parse_story
from guongsang.stories.schema import is_key
from guongsang.stories.source import read_story_text

PERSON: Final = SECTIONS["honoree"]
_TARGET: Final = re.compile(rf"(?:(?P<year>[0-9]{{4}})/|(?P<person>{PERSON}))?(?P<key>[^/]+)")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is erased: a folder or file relative to the root, and its addresses, old ones too.

    `left` are the lines elsewhere that still name an honoree, as `path:line`.
    """

    path: str
    addresses: tuple[str, ...]
    left: tuple[str, ...] = ()


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
        year, slug = stories[0].parts[-2:]
        path = f"stories/{year}/{slug}"
        return Erasure(path, (f"/{year}/{slug}/", *_read_aliases(root, path)))
    path = f"{HONOREES}/{key}.yml"
    if stories or match["year"] or not (root / path).is_file():
        return None
    return Erasure(path, (f"/{section_url('honoree', key)}",), _find_mentions(root, key))


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
    target = root / erasure.path
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


def _read_aliases(root: Path, path: str) -> tuple[str, ...]:
    src_uri = f"{path}/index.md"
    text = read_story_text(root / src_uri, src_uri)
    if isinstance(text, Problem):
        return ()
    reading = parse_story(text, src_uri, ())
    story = reading.story or reading.rest
    return tuple(story.front.aliases) if story else ()


def _find_mentions(root: Path, key: str) -> tuple[str, ...]:
    """Return where stories and other honorees name the id, as `path:line`."""
    files = [*(root / "stories").glob("[0-9]*/*/index.md"), *(root / HONOREES).glob("*.yml")]
    found = []
    for abs_path in sorted(files):
        path = abs_path.relative_to(root).as_posix()
        lines = abs_path.read_text("utf-8", errors="replace").split("\n")
        for number, line in enumerate(lines, start=1):
            words = line.replace(",", " ").replace("}", " ").replace("]", " ").split()
            if key in words and path != f"{HONOREES}/{key}.yml":
                found.append(f"{path}:{number}")
    return tuple(found)
