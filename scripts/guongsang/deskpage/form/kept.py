"""What is typed and not saved yet: kept in the cache, so that a crash loses nothing.

Each tab has a file of its own, and no story is ever touched. `erase` empties the cache of it.
"""

from __future__ import annotations

import json
import re
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from guongsang.desk.write import write_text
from guongsang.deskpage.asked import RefusedError
from guongsang.deskpage.places import StoryPlace
from guongsang.site.sources.project import CACHE

FOLDER: Final = "desk"
_TAB: Final = re.compile(r"[0-9a-f-]{8,40}", re.ASCII)


def keep(place: StoryPlace, tab: object, told: dict[str, Any]) -> None:
    """Keep what a tab has changed in a story. Raises RefusedError and OSError."""
    path = _path_of(place, tab)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"changes": told.get("changes"), "body": told.get("body"), "at": time.time()}
    write_text(path, json.dumps({**kept, "digest": told.get("digest")}, ensure_ascii=False))


def forget(place: StoryPlace, tab: object) -> None:
    """Forget what a tab had changed: it is saved, or nobody wants it. Raises RefusedError."""
    _path_of(place, tab).unlink(missing_ok=True)


def find_kept(place: StoryPlace) -> dict[str, Any] | None:
    """Return what was typed last and never saved, with its tab; None where there is nothing."""
    folder = place.root / CACHE / FOLDER
    stem = f"{place.year}-{place.slug}."
    found = [path for path in folder.glob("*.json") if path.name.startswith(stem)]
    for path in sorted(found, key=lambda each: each.stat().st_mtime, reverse=True):
        try:
            told = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(told, dict) and isinstance(told.get("changes"), dict):
            return told | {"tab": path.name.removeprefix(stem).removesuffix(".json")}
    return None


def _path_of(place: StoryPlace, tab: object) -> Path:
    if not isinstance(tab, str) or not _TAB.fullmatch(tab):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
    return place.root / CACHE / FOLDER / f"{place.year}-{place.slug}.{tab}.json"
