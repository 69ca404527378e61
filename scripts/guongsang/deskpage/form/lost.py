"""What did not come through when a story was taken in: told on its form until somebody has seen it.

It stands in the cache, where `erase` empties it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from guongsang.desk.write import write_text
from guongsang.site.sources.project import CACHE

FOLDER: Final = "desk-told"
Lost = Sequence[dict[str, Any]]


def keep(root: Path, address: str, lost: Lost) -> None:
    """Keep what the story of an address has lost; what was told of another one there goes."""
    path = _path_of(root, address)
    if not lost:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps([*lost], ensure_ascii=False))


def find(root: Path, address: str) -> Lost:
    """Return what a story has lost and nobody has seen yet."""
    try:
        lost = json.loads(_path_of(root, address).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return lost if isinstance(lost, list) else []


def move(root: Path, was: str, now: str) -> None:
    """Let what is told of a story follow it to its new address."""
    lost = find(root, was)
    keep(root, now, lost)
    keep(root, was, [])


def _path_of(root: Path, address: str) -> Path:
    return root / CACHE / FOLDER / f"{address.replace('/', '-')}.json"
