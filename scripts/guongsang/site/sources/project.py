"""The newsroom that is worked on: where its files are, what counts as now, what it shows."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from guongsang.addresses import story_url
from guongsang.problems.problem import Problem

if TYPE_CHECKING:
    from guongsang.stories.model import Story

# Below a newsroom's folder.
CACHE: Final = ".cache/guongsang"
PHOTOS: Final = "photos"
# A file of a story; the group is the story's address.
_STORY_FILE: Final = re.compile(r"stories/([0-9]{4}/[^/]+/).")
# With these a story can still be shown: how Vietnamese is typed, where links lead.
_HARMLESS: Final = ("GS6", "GS7")
# With these not even a draft can: its address, a broken promise.
_HARMFUL: Final = frozenset({"GS233", "GS234", "GS235", "GS239", "GS506", "GS514"})


class Folders(NamedTuple):
    """What mkdocs.yml says: where pages written by hand are, the newsroom's own theme if it has
    one, and where the site goes, absolute. `unpublished` tells which of the pages stay at home, as
    lines of a .gitignore."""

    docs_dir: Path
    theme_dir: Path | None
    site_dir: Path
    unpublished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """Where a newsroom's files are, and the moment that counts as now (aware).

    `root` has no links in it; `theme_dir` is the folder of the newsroom's own templates, if any;
    `unpublished` are the files of `docs_dir` that stay at home, as lines of a .gitignore;
    `typed` are texts, normalised, in place of those of stories, by `src_uri`: not saved yet.
    A preview also shows drafts and what is not due yet, and stands in for each story in `broken`
    (its address, its problems) with a page that says what is wrong with it.
    """

    root: Path
    docs_dir: Path
    now: dt.datetime
    theme_dir: Path | None = None
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    previewing: bool = False
    broken: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    unpublished: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def cache_dir(self) -> Path:
        return self.root / CACHE

    @property
    def photo_dir(self) -> Path:
        return self.cache_dir / PHOTOS

    def shows(self, story: Story) -> bool:
        """Return whether the story has its page, its place in lists and its pictures."""
        if not self.previewing:
            return story.is_public(self.now)
        return story.head.status != "retracted" and story_url(story.src_uri) not in self.broken

    def leave_out(self, problems: list[Problem], unreadable: Iterable[str] = ()) -> Project:
        """Return the project without the stories that have errors, if this is a preview.

        `unreadable` are the stories that cannot be read, as `src_uri`: drafts have no errors.
        """
        lost = set(unreadable)
        broken = dict(self.broken)
        for found in problems if self.previewing else ():
            story = _STORY_FILE.match(found.path)
            is_bad = found.is_error and not found.rule.startswith(_HARMLESS)
            if story and (is_bad or found.rule in _HARMFUL or found.path in lost):
                broken[story[1]] = (*broken.get(story[1], ()), found)
        return replace(self, broken=broken)

    def is_stopped_by(self, found: Problem) -> bool:
        """Return whether nothing can be built: a preview goes on without the story at fault."""
        return found.is_error and not (self.previewing and _STORY_FILE.match(found.path))
