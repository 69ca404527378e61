"""What a build tells the one who asked for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from guongsang.problems.problem import Problem
from guongsang.publish.transfer import Published

Show = Callable[[Problem | str, int], None]


class BuildFailedError(Exception):
    """The build ended without publishing; the reasons have been shown."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `unpublished` are the addresses that only a preview shows, with the moment
    of publication of those that have one."""

    stories: int
    pages: int
    published: Published
    unpublished: Mapping[str, dt.datetime | None] = field(default_factory=dict)
