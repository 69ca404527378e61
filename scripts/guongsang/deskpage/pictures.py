"""Pictures as the list and the form show them: small ones of the preview where there are such."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from guongsang.deskpage.asked import Reply
from guongsang.deskpage.places import find_place
from guongsang.picture_formats import TYPES

_SMALL: Final = re.compile(r"-[0-9a-f]{10}-([0-9]+)\.jpg", re.ASCII)


def find_small(root: Path, preview: Path, query: Mapping[str, str]) -> Reply:
    """Return a picture of a story, `story` and `name` in the query; with `whole` as it is in the
    story's folder. Raises RefusedError."""
    place = find_place(root, query.get("story", ""))
    source = place.photo(query.get("name", ""))
    small = None if "whole" in query else _find_small(preview / "anh" / place.slug, source.stem)
    path = small or source
    kind = TYPES.get(path.suffix.lower(), "application/octet-stream")
    return Reply(path.read_bytes(), kind)


def _find_small(folder: Path, stem: str) -> Path | None:
    """Return the smallest JPEG that the preview has made of a picture."""
    if not folder.is_dir():
        return None
    found = [
        (int(match[1]), path)
        for path in folder.iterdir()
        if path.name.startswith(f"{stem}-") and (match := _SMALL.fullmatch(path.name, len(stem)))
    ]
    return min(found)[1] if found else None
