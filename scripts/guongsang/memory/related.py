"""What is remembered of related stories: all of them, until any story's keys change."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.memory.stories import Library
from guongsang.pages.related import relate
from guongsang.stories.model import Story

_NAME: Final = "related.bin"


def recall_related(
    cache_dir: Path, library: Library, public: Sequence[Story]
) -> Mapping[str, tuple[str, ...]]:
    """Return the slugs of the related stories of each; `public` newest first."""
    slugs = [story.slug for story in public]
    entries = [library.entries[story.src_uri] for story in public]
    common = [entry.common for entry in entries]
    rare = [entry.rare for entry in entries]
    key = hashlib.sha256(marshal.dumps((slugs, common, rare), 2)).hexdigest()
    kept: Any = load_store(cache_dir / _NAME)
    if kept is not None and kept[0] == key:
        known: Mapping[str, tuple[str, ...]] = kept[1]
        return known
    related = relate(slugs, common, rare)
    save_store(cache_dir / _NAME, (key, related))
    return related
