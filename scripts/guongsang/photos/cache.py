"""Where finished pictures lie between builds. Safe to delete, safe under two builds and a kill."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PIL import features

from guongsang.installed import find_version
from guongsang.photos.cards.card import FONT_PACKAGES
from guongsang.photos.plan import Derivative, PhotoPlan

# A temp file this old belongs to a build that was killed.
_STALE_SECONDS: Final = 3600


@cache
def codec_folder() -> str:
    """Return a folder name that changes with every codec whose bytes may change."""
    avif = features.version("avif") or "none"
    return f"pillow-{find_version('pillow')}-avif-{avif}-heif-{find_version('pillow-heif')}"


@cache
def type_engine() -> str:
    """Return 8 hex digits that change with everything that sets the type of cards."""
    told = [features.version(name) for name in ("freetype2", "harfbuzz")]
    told += [str(features.check("raqm")), *map(find_version, FONT_PACKAGES)]
    return hashlib.sha256(" ".join(map(str, told)).encode()).hexdigest()[:8]


def shard_folder(cache_dir: Path, digest: str) -> Path:
    """Return the folder of a plan's files: 256 of them, so that each can be listed quickly."""
    return cache_dir / codec_folder() / digest[:2]


def cached_name(plan: PhotoPlan, derivative: Derivative) -> str:
    mark = f"{derivative.mark}-{type_engine()}" if derivative.card else derivative.mark
    return f"{plan.digest}-{mark}.{derivative.format}"


def cached_file(cache_dir: Path, plan: PhotoPlan, derivative: Derivative) -> Path:
    """Return where a derivative lies, or will lie, in the cache."""
    return shard_folder(cache_dir, plan.digest) / cached_name(plan, derivative)


def record_name(digest: str) -> str:
    return f"{digest}.json"


def record_file(cache_dir: Path, digest: str) -> Path:
    """Return where the record of a picture lies: its placeholder, and what its files are.

    `digest` is that of its plan.
    """
    return shard_folder(cache_dir, digest) / record_name(digest)


def write_cached(path: Path, content: bytes) -> None:
    """Write a file that is either whole or not there. Raises OSError."""
    temp = path.parent / f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp"
    try:
        try:
            temp.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            temp.write_bytes(content)
        temp.replace(path)
    finally:
        temp.unlink(missing_ok=True)


def prune_cache(cache_dir: Path, plans: Iterable[PhotoPlan]) -> tuple[int, int]:
    """Delete what no plan claims; return how many files and bytes went.

    Temp files of a build that may still run are left alone.
    """
    claimed = set(_claimed_files(cache_dir, plans))
    now = time.time()
    count = freed = 0
    for folder, _, names in os.walk(cache_dir, topdown=False):
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118 - half a million of them
            if path in claimed:
                continue
            size = _delete(Path(path), now)
            if size is not None:
                count, freed = count + 1, freed + size
        if folder != str(cache_dir):
            _delete_empty(Path(folder))
    return count, freed


def _claimed_files(cache_dir: Path, plans: Iterable[PhotoPlan]) -> Iterator[str]:
    for plan in plans:
        folder = str(shard_folder(cache_dir, plan.digest))
        yield os.path.join(folder, record_name(plan.digest))  # noqa: PTH118
        for derivative in plan.files:
            yield os.path.join(folder, cached_name(plan, derivative))  # noqa: PTH118


def _delete(path: Path, now: float) -> int | None:
    """Delete a file and return its size; None when it stays or another build was faster."""
    try:
        told = path.stat()
        if path.suffix == ".tmp" and now - told.st_mtime < _STALE_SECONDS:
            return None
        path.unlink()
    except FileNotFoundError:
        return None
    return told.st_size


def _delete_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return  # not empty, or a running build has just put something in
