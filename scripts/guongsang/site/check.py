"""Commands that publish nothing: what is wrong, and which pictures there are."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from guongsang.publish.lock import BuildLock
from guongsang.site.sources.found import Found
from guongsang.site.sources.inputs import PHOTOS
from guongsang.site.sources.look import FindFolders, Look, open_store, without_collecting
from guongsang.site.sources.project import CACHE, Project
from guongsang.state.errors import DamagedError, MovedOnError, StateError
from guongsang.stories.scan import SETTLING_SECONDS, is_settled, stamp_of

if TYPE_CHECKING:
    from guongsang.photos.render import PhotoJob, Progress
    from guongsang.site.update import Update

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Planned:
    """What a check has found, and all pictures; None where nothing can be shown."""

    project: Project
    found: Found
    jobs: list[PhotoJob] | None


def check_newsroom(
    root: Path,
    find_folders: FindFolders,
    *,
    now: dt.datetime | None = None,
    release: bool = False,
    on_read: Progress | None = None,
) -> Found:
    """Check everything; all problems of all files, sorted by file and line.

    `now` is the moment that counts as now, by default as everywhere. `release` adds the publishing
    gate; `on_read(done, total)` is told of the files beside stories.
    Raises what `find_folders` raises.
    """

    def look_at(look: Look) -> Found:
        if look.is_checked and not release:
            return look.find_known()
        update = open_update(look, on_read)
        found = update.check()
        keep_learnt(look, update)
        return update.check_release(found) if release else found

    return look_at_newsroom(root, find_folders, look_at, now)


def plan_photos(root: Path, find_folders: FindFolders) -> Planned:
    """Check everything, and plan the pictures of all public stories."""
    return look_at_newsroom(root, find_folders, lambda look: _plan(look, open_update(look)))


def make_photos(
    root: Path, find_folders: FindFolders, make: Callable[[Planned], list[Any] | None]
) -> list[Any] | None:
    """Return what `make` tells when it has made all pictures, as plain values; what it told the
    last time while no story and no picture is another.

    None is not kept.
    """

    def look_at(look: Look) -> list[Any] | None:
        folder, known = look.project.photo_dir, look.run.stamp(PHOTOS, "")
        if look.is_checked and known is not None and known == _tell_pictures(folder):
            told: list[Any] = look.run.ask(PHOTOS)
            return told
        update = open_update(look)
        made = make(_plan(look, update))
        if made is not None:
            time.sleep(SETTLING_SECONDS)
            look.run.put(PHOTOS, {"": _tell_pictures(folder)}, lambda _: made)
            with suppress(DamagedError):  # that is for whoever comes next
                keep_learnt(look, update)
        return made

    return look_at_newsroom(root, find_folders, look_at)


def _plan(look: Look, update: Update) -> Planned:
    found = update.check()
    keep_learnt(look, update)
    return Planned(look.project, found, update.plan_photos(found))


def _tell_pictures(folder: Path) -> str | None:
    """Return what tells all files of a folder from any others; None where that is too new."""
    found = []
    for inside, _, names in os.walk(folder):
        with suppress(FileNotFoundError):
            for name in names:
                stamp = stamp_of(os.stat(f"{inside}/{name}"))  # noqa: PTH116 - of thousands
                if not is_settled(stamp):
                    return None
                found.append((os.path.relpath(inside, folder), name, stamp))
    return hashlib.sha256(repr(sorted(found)).encode()).hexdigest()


def look_at_newsroom(
    root: Path,
    find_folders: FindFolders,
    look_at: Callable[[Look], T],
    now: dt.datetime | None = None,
) -> T:
    """Return what is found out, with all that is remembered; if that is damaged, with nothing."""
    for blank in (False, False, True):
        with (
            suppress(DamagedError, MovedOnError),
            open_store(root / CACHE, blank=blank) as store,
            without_collecting(),
        ):
            return look_at(Look(root, store, find_folders, now=now))
    raise AssertionError("a blank store has neither been damaged nor moved on")


def open_update(look: Look, on_read: Progress | None = None) -> Update:
    # Whatever makes answers takes longer to load than to find out that nothing differs.
    from guongsang.site.update import Update  # noqa: PLC0415

    return Update(look, on_read)


def keep_learnt(look: Look, update: Update) -> None:
    """Keep what was learnt if nobody builds meanwhile."""
    with suppress(OSError, StateError):  # what cannot be kept is found out again
        lock = BuildLock(look.project.cache_dir)
        if lock.try_acquire():
            try:
                update.keep()
            finally:
                lock.release()
