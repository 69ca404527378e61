"""What the preview shows at one moment, and a place where the server waits for the next."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from guongsang.problems.problem import Problem


@dataclass(frozen=True, slots=True)
class Showing:
    """`unpublished` maps addresses of drafts to None, of scheduled stories to their moment.

    `problems` are those of the newest build, other messages of it are in `notes`. `is_stale` says
    that this build failed, so that pages are those of an earlier one.
    """

    unpublished: Mapping[str, dt.datetime | None] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    is_stale: bool = False


class Stage:
    """Holds what is shown now. Versions rise over a restart, too: an old page knows it is old."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._showing = Showing()
        self._version = time.time_ns()

    @property
    def showing(self) -> Showing:
        return self._showing

    @property
    def version(self) -> int:
        return self._version

    def show(self, showing: Showing, *, files_changed: bool) -> bool:
        """Show something new; returns whether browsers have to load their page again."""
        with self._changed:
            is_new = files_changed or showing != self._showing
            if is_new:
                self._showing = showing
                self._version = max(time.time_ns(), self._version + 1)
                self._changed.notify_all()
        return is_new

    def wait(self, version: int, *, seconds: float) -> int:
        """Return the version as soon as it is above the given one, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._version > version, timeout=seconds)
            return self._version
