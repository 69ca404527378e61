"""What is remembered of related stories: of all of them, so that few are looked at again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.memory.stories import Library
from guongsang.memory.workers import share_work
from guongsang.pages.related import CommonKeys, Nearest, Related, Relating
from guongsang.pages.related_again import find_again
from guongsang.publish.sealed import unpack, unpack_each
from guongsang.stories.model import Story

_NAMES: Final = {False: "related.bin", True: "related-preview.bin"}
# Of fewer stories it takes some tenths of a second.
_WORTH_SHARING: Final = 2_000
# Of more changed stories, it is as quick to look at all.
_FEW: Final = 60


@dataclass(slots=True)
class Relations:
    """The stories with a page, newest first, their keys as they are kept in entries, and what
    follows from them."""

    slugs: list[str] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)
    related: Related = field(default_factory=dict)
    nearest: Nearest = field(default_factory=dict)

    @property
    def edition(self) -> str:
        """What tells these stories and keys from any others."""
        return tell_edition(self.slugs, self.keys)

    def relate(self, slugs: list[str], keys: list[bytes]) -> Related | None:
        """Bring all up to date; return the related stories that may differ from before.

        None, and nothing is done, where it is as quick to look at all stories.
        """
        if slugs == self.slugs and keys == self.keys:
            return {}
        before = dict(zip(self.slugs, self.keys, strict=True))
        now = dict(zip(slugs, keys, strict=True))
        changed = {slug for slug, _ in before.items() ^ now.items()}
        moved = [slug for slug in self.slugs if slug not in changed] != [
            slug for slug in slugs if slug not in changed
        ]
        if moved or len(changed) > _FEW or not self.slugs:
            return None
        return self.relate_again(slugs, keys, changed)

    def relate_again(self, slugs: list[str], keys: list[bytes], changed: set[str]) -> Related:
        """Do the same where it is known which stories came, went, or have other keys or another
        place."""
        now = dict(zip(slugs, unpack_each(keys), strict=True))
        had = {
            slug: unpack(key)
            for slug, key in zip(self.slugs, self.keys, strict=True)
            if slug in changed
        }
        before = {slug: had[slug] if slug in changed else now[slug] for slug in self.slugs}
        again, nearest = find_again(before, now, changed, self.related, self.nearest)
        related = self.related | again
        for slug in changed.difference(slugs):
            related.pop(slug, None)
        self.slugs, self.keys, self.related, self.nearest = slugs, keys, related, nearest
        return again


def recall_related(
    abs_path: Path, library: Library, public: Sequence[Story], *, workers: int
) -> Mapping[str, tuple[str, ...]]:
    """Return the slugs of the related stories of each; `public` newest first.

    `abs_path` is where they are kept.
    """
    slugs = [story.slug for story in public]
    keys = [library.entries[story.src_uri].keys for story in public]
    kept = load_relations(abs_path)
    again = kept.relate(slugs, keys)
    if again is None:
        kept = _relate_all(slugs, keys, workers)
    if again is None or again:
        save_relations(abs_path, kept)
    return kept.related


def relations_file(cache_dir: Path, *, previewing: bool) -> Path:
    """Return where they are kept: a preview may relate drafts."""
    return cache_dir / _NAMES[previewing]


def load_relations(abs_path: Path) -> Relations:
    kept: Any = load_store(abs_path)
    return Relations(*kept) if kept else Relations()


def save_relations(abs_path: Path, relations: Relations) -> None:
    plain = (relations.slugs, relations.keys, relations.related, dict(relations.nearest))
    save_store(abs_path, plain)


def tell_edition(slugs: Iterable[str], keys: Iterable[bytes]) -> str:
    """Return what tells stories, newest first, and their keys from any others."""
    digest = hashlib.sha256()
    for slug, key in zip(slugs, keys, strict=True):
        digest.update(b"%s %d " % (slug.encode(), len(key)))
        digest.update(key)
    return digest.hexdigest()


def _relate_all(slugs: list[str], keys: list[bytes], workers: int) -> Relations:
    relating = Relating(slugs, unpack_each(keys))

    def relate_part(part: Sequence[int]) -> tuple[list[tuple[str, ...]], Nearest]:
        return list(map(relating.find, part)), relating.nearest

    parts = share_work(range(len(slugs)), relate_part, workers=workers, least=_WORTH_SHARING)
    nearest: dict[CommonKeys, tuple[str, ...]] = {}
    for _, known in parts:
        nearest |= known
    found = (related for part, _ in parts for related in part)
    return Relations(slugs, keys, dict(zip(slugs, found, strict=True)), nearest)
