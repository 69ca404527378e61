"""Bring a newsroom to the running version of the program: its wheel, lock files and workflows.

Nothing that people have written is touched: stories, registers, pages, settings stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guongsang.desk.founding.hosts import WORKFLOWS
from guongsang.desk.founding.init import mark_executable, plan_program
from guongsang.desk.founding.wheel import FOLDER, NAME, Wheel, is_same

_VERSION: Final = re.compile(rf"{NAME}-([^-]+)-.*\.whl")


class SourceError(Exception):
    """The folder is the program's own source: that is upgraded by git."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade changes, by path from the root; `before` are the versions of old wheels."""

    added: Mapping[str, bytes]
    replaced: Mapping[str, bytes]
    removed: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.replaced or self.removed)


def find_hosts(root: Path) -> list[str]:
    """Return the hosts whose workflows a newsroom has."""
    return [
        host for host, files in WORKFLOWS.items() if any((root / path).is_file() for path in files)
    ]


def plan_upgrade(root: Path, wheel: Wheel, host: str | None) -> Upgrade:
    """Find what differs from the running program; `host` brings the workflows of another host.

    Raises SourceError, and OSError where something cannot be read.
    """
    if (root / "scripts" / NAME).is_dir():
        raise SourceError
    files: dict[str, bytes] = {}
    for each in {host or "none", *find_hosts(root)}:
        files |= plan_program(each, wheel)
    old = [path.name for path in sorted((root / FOLDER).glob(f"{NAME}-*.whl"))]
    added, replaced = {}, {}
    for path, content in sorted(files.items()):
        if not (root / path).is_file():
            added[path] = content
        elif not _is_current((root / path).read_bytes(), content, path):
            replaced[path] = content
    return Upgrade(
        added,
        replaced,
        tuple(f"{FOLDER}/{name}" for name in old if name != wheel.name),
        tuple(_list_versions(old)),
    )


def write_upgrade(root: Path, upgrade: Upgrade) -> None:
    """Replace file by file; one that was interrupted is made good by the next. Raises OSError."""
    for path, content in sorted({**upgrade.added, **upgrade.replaced}.items()):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.guongsang")
        try:
            draft.write_bytes(content)
            draft.replace(target)
            mark_executable(target)
        finally:
            draft.unlink(missing_ok=True)
    for path in upgrade.removed:
        (root / path).unlink(missing_ok=True)


def _is_current(there: bytes, wanted: bytes, path: str) -> bool:
    """Return whether a file is as it should be; git may have given it the line ends of Windows."""
    if path.endswith(".whl"):
        return is_same(there, wanted)
    return there.replace(b"\r\n", b"\n") == wanted.replace(b"\r\n", b"\n")


def _list_versions(names: list[str]) -> Iterator[str]:
    for name in names:
        found = _VERSION.fullmatch(name)
        if found:
            yield found[1]
