"""What commands make of the stories besides the site: they look at the archive, build nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from guongsang.archive.archive import Archive
from guongsang.photos.render import PhotoJob
from guongsang.site.check import keep_learnt, look_at_newsroom, open_update
from guongsang.site.sources.found import Found
from guongsang.site.sources.inputs import SETTING
from guongsang.site.sources.look import FindFolders, Look
from guongsang.site.sources.project import Project
from guongsang.site.update import Update
from guongsang.stories.model import Story

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Showing:
    """What readers see, and what is wrong; only to be used while `show` runs.

    With an error anywhere nothing is shown, as nothing is built: then there is no `archive`.
    """

    project: Project
    found: Found
    _update: Update

    @property
    def archive(self) -> Archive | None:
        return self._update.newsroom.archive if self._update.is_planned else None

    def list_stories(self) -> list[Story]:
        """Return all stories that can be read, drafts and retracted ones, too."""
        library = self._update.newsroom.library
        return [library.story(uri) for uri in self._update.run.ask.keys("head")]

    def jobs(self, slug: str) -> list[PhotoJob]:
        """Return the pictures of a public story."""
        return list(self._update.newsroom.pictures.jobs[slug].values())


class Show(Protocol):
    """Shows the stories to what makes something of them, at the address of the site."""

    def __call__(
        self,
        root: Path,
        find_folders: FindFolders,
        find_site_url: Callable[[], str | None],
        make: Callable[[Showing], T],
    ) -> T:
        """Return what `make` makes. Raises what the others raise."""
        ...


def show_newsroom(
    root: Path, find_folders: FindFolders, site_url: str, show: Callable[[Showing], T]
) -> T:
    """Return what `show` makes of the stories as readers see them.

    `site_url` is absolute and ends with /. Raises what `find_folders` and `show` raise.
    """

    def look_at(look: Look) -> T:
        update = open_update(look)
        found = update.check()
        keep_learnt(look, update)
        if not (update.is_lost or any(map(look.project.is_stopped_by, found.problems))):
            known = look.run.ask.get(look.view.kind(SETTING))
            if known is not None and known["site_url"] == site_url:
                update.plan(None)
            else:  # nothing has been built yet, or for another address; that is not kept
                update.plan({"site_url": site_url, "inline_scripts": []})
        return show(Showing(look.project, found, update))

    return look_at_newsroom(root, find_folders, look_at)
