"""Commands that publish nothing: what is wrong, and which pictures there are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from guongsang.publish.lock import BuildLock
from guongsang.site.found import Found
from guongsang.site.look import FindFolders, Look, open_store
from guongsang.site.project import CACHE, Project
from guongsang.state.errors import DamagedError, MovedOnError, StateError

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
    release: bool = False,
    on_read: Progress | None = None,
) -> Found:
    """Check everything; all problems of all files, sorted by file and line.

    `release` adds the publishing gate; `on_read(done, total)` is told of the files beside stories.
    Raises what `find_folders` raises.
    """

    def look_at(look: Look) -> Found:
        if look.is_checked and not release:
            return look.find_known()
        update = _open_update(look, on_read)
        found = update.check()
        _keep(look, update)
        return update.check_release(found) if release else found

    return _look(root, find_folders, look_at)


def plan_photos(root: Path, find_folders: FindFolders) -> Planned:
    """Check everything, and plan the pictures of all public stories."""

    def look_at(look: Look) -> Planned:
        update = _open_update(look, None)
        found = update.check()
        _keep(look, update)
        return Planned(look.project, found, update.plan_photos())

    return _look(root, find_folders, look_at)


def _look(root: Path, find_folders: FindFolders, look_at: Callable[[Look], T]) -> T:
    """Return what is found out, with all that is remembered; if that is damaged, with nothing."""
    for blank in (False, False, True):
        with suppress(DamagedError, MovedOnError), open_store(root / CACHE, blank=blank) as store:
            return look_at(Look(root, store, find_folders))
    raise AssertionError("a blank store has neither been damaged nor moved on")


def _open_update(look: Look, on_read: Progress | None) -> Update:
    # Whatever makes answers takes longer to load than to find out that nothing differs.
    from guongsang.site.update import Update  # noqa: PLC0415

    return Update(look, on_read)


def _keep(look: Look, update: Update) -> None:
    """Keep what was learnt if nobody builds meanwhile."""
    with suppress(OSError, StateError):  # what cannot be kept is found out again
        lock = BuildLock(look.project.cache_dir)
        if lock.try_acquire():
            try:
                update.keep()
            finally:
                lock.release()
