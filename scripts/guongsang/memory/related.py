"""What is remembered of related stories: all of them, until any story's keys change."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.memory.stories import Library
from guongsang.memory.workers import share_work
from guongsang.pages.related import plan_relating
from guongsang.publish.sealed import unpack
from guongsang.stories.model import Story

_NAME: Final = "related.bin"
# Of fewer stories it takes some tenths of a second.
_WORTH_SHARING: Final = 2_000


def recall_related(
    cache_dir: Path, library: Library, public: Sequence[Story], *, workers: int
) -> Mapping[str, tuple[str, ...]]:
    """Return the slugs of the related stories of each; `public` newest first."""
    slugs = [story.slug for story in public]
    entries = [library.entries[story.src_uri] for story in public]
    keys = [entry.keys for entry in entries]
    key = hashlib.sha256(marshal.dumps((slugs, keys), 2)).hexdigest()
    kept: Any = load_store(cache_dir / _NAME)
    if kept is not None and kept[0] == key:
        known: Mapping[str, tuple[str, ...]] = kept[1]
        return known
    common, rare = zip(*map(unpack, keys), strict=True) if keys else ((), ())
    find = plan_relating(slugs, common, rare)
    parts = share_work(
        range(len(slugs)), lambda part: list(map(find, part)), workers=workers, least=_WORTH_SHARING
    )
    related = dict(zip(slugs, chain.from_iterable(parts), strict=True))
    save_store(cache_dir / _NAME, (key, related))
    return related
