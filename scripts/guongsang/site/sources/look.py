"""A look at a newsroom's files: does anything differ from what is remembered? Loads nothing that
makes answers, which takes longer than to look.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from guongsang.addresses import story_url
from guongsang.engine.run import Run
from guongsang.engine.table import Input, Table
from guongsang.publish.fingerprint import package_digest
from guongsang.publish.manifest import Manifest
from guongsang.site.sources import inputs
from guongsang.site.sources.docs import CONFIG
from guongsang.site.sources.found import EACH, LAST, OF_ALL, UNREADABLE, Found, list_found
from guongsang.site.sources.git import tell_head
from guongsang.site.sources.lists import AHEAD, DRAFTS, STORIES
from guongsang.site.sources.project import Folders, Project
from guongsang.site.sources.setting import tell_settings
from guongsang.site.sources.view import View, name_view
from guongsang.state.store import Store
from guongsang.text.dates import VIETNAM, read_now

NAME: Final = "state.db"

FindFolders = Callable[[], Folders]


class NeedsThemeError(Exception):
    """A page has to be put into the theme, which has not been loaded."""


def open_store(cache_dir: Path, *, blank: bool = False) -> Store:
    """Open what is remembered of a newsroom. Raises BusyError."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    return Store(cache_dir / NAME, package_digest(), blank=blank)


@contextmanager
def without_collecting() -> Iterator[None]:
    """What is done within this ends before its garbage matters."""
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_collecting:
            gc.freeze()
            gc.unfreeze()  # what is there counts as old now: nobody looks through it at once
            gc.enable()


class Look:
    """The files of a newsroom as they are now. `run`: may be widened.

    `told`: paths of what somebody saw change. Where these are files of stories, all else counts as
    it was seen the last time, and the look is not `is_whole`: who looks next at everything finds
    what nobody told. `typed`: see Project; what comes of it must not be kept.

    `find_folders` asks MkDocs for the folders of mkdocs.yml, where that is not remembered. Raises
    what that raises, and DamagedError: then look again with a blank store.
    """

    def __init__(
        self,
        root: Path,
        store: Store,
        find_folders: FindFolders,
        *,
        now: dt.datetime | None = None,
        previewing: bool = False,
        site_dir: Path | None = None,
        workers: int | None = None,
        typed: Mapping[str, str] | None = None,
        told: Iterable[Path] | None = None,
    ) -> None:
        self._store = store
        workers = workers or os.cpu_count() or 1
        self.run = Run(Table(map(Input, _FIRST)), store, workers=workers)
        folders = _put_folders(self.run, root, find_folders)
        self.site_dir = site_dir or folders.site_dir
        self.view = name_view(root, self.site_dir, previewing=previewing)
        self.run.widen(Table(_list_seen(self.view)))
        self.project = Project(
            root,
            folders.docs_dir,
            now or read_now(),
            folders.theme_dir,
            workers,
            previewing=previewing,
            unpublished=folders.unpublished,
            typed=typed or {},
        )
        self.is_whole = told is None or not inputs.put_told(self.run, self.project, told)
        if self.is_whole:
            inputs.put_first(self.run, self.project)
        self.edited = self._tell_edited()

    @property
    def stories(self) -> int:
        """How many stories there are."""
        count: int = self.run.ask(inputs.COUNT)
        return count

    @property
    def is_checked(self) -> bool:
        """Whether all problems are known."""
        return self._is_settled(LAST, lambda kind: "." not in kind)

    @property
    def is_published(self) -> bool:
        """Whether all that follows from the files is published, as far as is remembered."""
        return self._is_settled(self.view.out(inputs.SHOWN), self.view.has)

    def find_known(self) -> Found:
        """Return what the checks have found, if `is_checked`."""
        return list_found(self.run.ask, self.stories)

    # Of the last publication

    def is_of(self, manifest: Manifest) -> bool:
        """Return whether what is remembered of outputs is of the publication of a manifest."""
        token = self.run.ask.get(self.view.out(inputs.PUBLICATION))
        return token is not None and token == manifest.token

    @property
    def setting_stamp(self) -> str | None:
        """What told the setting that was put in the last time from any others."""
        return self.run.stamp(self.view.kind(inputs.SETTING), "")

    @property
    def counts(self) -> tuple[int, int]:
        """How many stories are shown, and how many pages there are."""
        kind, ask = self.view.kind, self.run.ask
        return len(ask(kind("list"), STORIES)), ask(kind("pages"))

    def list_said(self) -> list[tuple[str, int]]:
        """Return what the theme's program had to say."""
        said = self.run.ask.get(self.view.kind(inputs.SAID), "", ())
        return [(text, level) for text, level in said]

    def list_unpublished(self) -> dict[str, dt.datetime | None]:
        """Return the addresses that only a preview has, each with its moment; drafts have none."""
        drafts, ahead = (self.run.ask(self.view.kind("list"), name) for name in (DRAFTS, AHEAD))
        return {story_url(uri): None for uri, _, _ in drafts} | {
            story_url(uri): dt.datetime.fromtimestamp(at, VIETNAM) for uri, at, _ in ahead
        }

    def _is_settled(self, last: str, wanted: Callable[[str], bool]) -> bool:
        known = self.edited is not None and self.edited == self.run.stamp(inputs.EDITED, "")
        return known and self.run.is_settled([*filter(wanted, self._store.kinds), last])

    def _tell_edited(self) -> str | None:
        """Return what tells stories and their last versions from any others."""
        head, folders = tell_head(self.project.root), self.run.summary("folder")
        return None if head is None or folders is None else f"{head} {folders}"


_FIRST: Final = (inputs.FOLDERS, *inputs.FIRST)


def _list_seen(view: View) -> Iterator[Input]:
    """Yield what is put in, and what is looked at as if it had been."""
    yield from map(Input, _FIRST)
    yield from inputs.list_late(view)
    yield from map(Input, (*EACH, *OF_ALL[1:], UNREADABLE, *map(view.kind, ("list", "pages"))))


def _put_folders(run: Run, root: Path, find_folders: FindFolders) -> Folders:
    """Put in what mkdocs.yml says of folders."""

    def read(_: str) -> list[str | None]:
        *folders, unpublished = find_folders()
        told = [None if each is None else _tell_folder(each, root) for each in folders]
        return [*told, *unpublished]

    run.put(inputs.FOLDERS, {"": tell_settings(root / CONFIG)}, read)
    docs, theme, site, *unpublished = run.ask(inputs.FOLDERS)
    own = None if theme is None else _resolve(root, theme)
    return Folders(_resolve(root, docs), own, _resolve(root, site), tuple(unpublished))


def _tell_folder(folder: Path, root: Path) -> str:
    """Return a folder as seen from the root: what is remembered knows no other place."""
    try:
        return os.path.relpath(folder, root)
    except ValueError:  # on another drive
        return str(folder)


def _resolve(root: Path, folder: str) -> Path:
    return Path(os.path.normpath(root / folder))
