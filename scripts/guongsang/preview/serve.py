"""The preview: builds into a folder of its own after every change, and serves that folder."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

import guongsang
from guongsang.deskpage.routes import DeskPage
from guongsang.plugin.quickly import build_quickly
from guongsang.plugin.report import BuildFailedError, BuildReport, Show
from guongsang.plugin.run import read_folders, read_settings, run_build
from guongsang.preview.server import HOST, PreviewServer
from guongsang.preview.state import Showing, Stage
from guongsang.preview.watch import Watcher
from guongsang.problems.problem import Problem, problem
from guongsang.publish.lock import ServeLock
from guongsang.site.sources.project import CACHE
from guongsang.stories.scan import SETTLING_SECONDS

FOLDER: Final = "preview"
# So long after the last save everything is looked at.
_IDLE_SECONDS: Final = 1.0
PACKAGE: Final = Path(str(guongsang.__path__[0]))


class PackageChangedError(Exception):
    """Our own files were edited: what runs is no longer what is there."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One build of the preview: `report` is None if it failed, `is_new` is False if a browser
    would see no difference."""

    showing: Showing
    report: BuildReport | None
    seconds: float
    is_new: bool


@dataclass(slots=True)
class _Heard:
    """Collects what a build says."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __call__(self, what: Problem | str, level: int) -> None:
        if isinstance(what, Problem):
            self.problems.append(what)
        elif level >= logging.WARNING:
            self.notes.append(what)


def run_serve(
    config_file: Path,
    show: Show,
    *,
    port: int,
    lang: str,
    on_open: Callable[[], None],
    on_built: Callable[[Rebuilt], None],
) -> None:
    """Serve on this machine and build after every change, until KeyboardInterrupt.

    `on_open` is called when the port is ours; `on_built` after builds that change what is seen.

    Raises BuildFailedError when mkdocs.yml cannot be used or the port is taken, and
    PackageChangedError when the program itself was edited.
    """
    root = config_file.parent
    settings = read_settings(config_file, show)
    folder = root / CACHE / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    stage = Stage()
    desk = DeskPage(
        root,
        folder,
        lambda: (stage.version, stage.showing.problems),
        lang=lang,
        find_folders=lambda: read_folders(config_file, show),
    )
    try:
        server = PreviewServer(
            folder, stage, port=port, site_url=settings.site_url, lang=lang, desk=desk
        )
    except OSError:
        found = problem("GS813", config_file.name, port=port, other=port % 65535 + 1)
        show(found, logging.ERROR)
        raise BuildFailedError from None

    def build(told: Iterable[Path] | None = None) -> None:
        rebuilt = build_preview(config_file, folder, stage, lang=lang, told=told)
        if rebuilt.is_new:
            on_built(rebuilt)
        # Beside the page that was saved the list would make both slow.
        if told is None and (rebuilt.is_new or rebuilt.report is not None):
            threading.Thread(target=desk.listing.refresh, daemon=True).start()

    running = ServeLock(root / CACHE)
    with closing(server), ExitStack() as stack:
        stack.callback(running.release)
        stack.callback(desk.close)
        on_open()
        if not (folder / "index.html").is_file():
            build()  # before there are threads: only then may it use all cores
        server.start()
        running.hold(f"http://{HOST}:{port}/")
        own = [settings.custom_dir] if settings.custom_dir else []
        watched = [root / "stories", settings.docs_dir, PACKAGE, *own]
        with closing(Watcher(watched, [config_file])) as watcher:
            build()
            follow(watcher, build)


def follow(watcher: Watcher, build: Callable[[Iterable[Path] | None], None]) -> NoReturn:
    """Build what is told to have changed, and everything once it is quiet: what nobody tells, on a
    network drive for example, is found then.

    Raises PackageChangedError.
    """
    changed = watcher.wait()
    while True:
        if any(Path(path).is_relative_to(PACKAGE) for path in changed):
            raise PackageChangedError
        # Without a path notices have been lost, or it has been quiet for a while.
        build(list(map(Path, changed)) or None)
        changed = watcher.wait(_IDLE_SECONDS if changed else math.inf)


def build_preview(
    config_file: Path,
    folder: Path,
    stage: Stage,
    *,
    lang: str,
    told: Iterable[Path] | None = None,
) -> Rebuilt:
    """Build once and show the outcome; of a build that fails, the problems.

    `told`: paths of what has changed, None to look at everything.
    """
    began = time.monotonic()
    heard = _Heard()
    report: BuildReport | None = None
    if told is None:
        time.sleep(SETTLING_SECONDS)
    report = build_quickly(config_file, heard, site_dir=folder, previewing=True, told=told)
    if report is None:
        with suppress(BuildFailedError):
            report = run_build(config_file, heard, site_dir=folder, previewing=True, lang=lang)
    showing = Showing(
        unpublished=report.unpublished if report else stage.showing.unpublished,
        problems=tuple(dict.fromkeys(heard.problems)),
        notes=tuple(dict.fromkeys(heard.notes)),
        is_stale=report is None,
    )
    files_changed = report is not None and not report.published.is_nothing
    is_new = stage.show(showing, files_changed=files_changed)
    return Rebuilt(showing, report, time.monotonic() - began, is_new)
