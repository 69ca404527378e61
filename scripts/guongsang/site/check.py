"""Commands that publish nothing: what is wrong, and which pictures there are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from guongsang.photos.render import PhotoJob, Progress
from guongsang.pipeline.project import Project
from guongsang.publish.lock import BuildLock
from guongsang.site.update import Found, Update, open_store
from guongsang.state.errors import DamagedError, MovedOnError, StateError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Planned:
    """What a check has found, and all pictures; None where nothing can be shown."""

    found: Found
    jobs: list[PhotoJob] | None


def check_project(
    project: Project, *, release: bool = False, on_read: Progress | None = None
) -> Found:
    """Check everything; all problems of all files, sorted by file and line.

    `release` adds the publishing gate; `on_read(done, total)` is told of the files beside stories.
    """

    def look(update: Update) -> Found:
        found = update.check()
        return update.check_release(found) if release else found

    return _look(project, look, on_read)


def plan_photos(project: Project) -> Planned:
    """Check everything, and plan the pictures of all public stories."""
    return _look(project, lambda update: Planned(update.check(), update.plan_photos()))


def _look(project: Project, look: Callable[[Update], T], on_read: Progress | None = None) -> T:
    """Return what is found out; what was learnt is kept if nobody builds meanwhile."""
    for blank in (False, False, True):
        with suppress(DamagedError, MovedOnError), open_store(project, blank=blank) as store:
            update = Update(project, store, workers=project.workers, on_read=on_read)
            found = look(update)
            _keep(project, update)
            return found
    raise AssertionError("a blank store has neither been damaged nor moved on")


def _keep(project: Project, update: Update) -> None:
    with suppress(OSError, StateError):  # what cannot be kept is found out again
        lock = BuildLock(project.cache_dir)
        if lock.try_acquire():
            try:
                update.keep()
            finally:
                lock.release()
