"""A build that does not start MkDocs: nothing that it reads differs from the last time."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from guongsang.engine.workers import WorkerDiedError
from guongsang.plugin.report import BuildReport, Show
from guongsang.problems.problem import Problem, problem
from guongsang.publish.lock import BuildLock
from guongsang.publish.manifest import Manifest, find_altered, load_manifest
from guongsang.publish.scratch import make_scratch, remove_scratch
from guongsang.publish.transfer import Published
from guongsang.site.sources.found import Found
from guongsang.site.sources.look import Look, NeedsThemeError, open_store, without_collecting
from guongsang.site.sources.project import CACHE, Folders
from guongsang.site.sources.setting import tell_pages
from guongsang.state.errors import DamagedError, MovedOnError, StateError


class _NotQuickError(Exception):
    """MkDocs has to be asked, or something is to be told that only the whole build tells."""


_FOR_MKDOCS: Final = (
    *(_NotQuickError, NeedsThemeError, DamagedError, MovedOnError),
    *(StateError, WorkerDiedError, OSError),
)


def build_quickly(
    config_file: Path,
    show: Show,
    *,
    site_dir: Path | None = None,
    previewing: bool = False,
    strict: bool = False,
    workers: int | None = None,
    told: Iterable[Path] | None = None,
) -> BuildReport | None:
    """Return the report of a build; None where MkDocs has to be asked, or something is wrong.

    Nothing has been published or said then. `told`: see Look.
    """
    root = config_file.parent
    try:
        lock = BuildLock(root / CACHE)
        if not lock.try_acquire():
            return None
    except OSError:
        return None  # the build itself waits, or says what cannot be written
    try:
        with without_collecting(), open_store(root / CACHE) as store:
            look = Look(
                root,
                store,
                _ask_mkdocs,
                previewing=previewing,
                site_dir=site_dir,
                workers=workers,
                told=told,
            )
            return _build(look, config_file, show, strict=strict)
    except _FOR_MKDOCS:
        return None  # the whole build does it, or says what keeps it from doing so
    finally:
        lock.release()


def _ask_mkdocs() -> Folders:
    raise _NotQuickError


def _build(look: Look, config_file: Path, show: Show, *, strict: bool) -> BuildReport:
    site_dir = look.site_dir
    manifest = load_manifest(look.project.cache_dir, site_dir)
    stamp = look.setting_stamp
    if stamp is None or stamp != tell_pages(config_file, look.project.docs_dir):
        raise _NotQuickError
    if not look.is_of(manifest):
        raise _NotQuickError
    if look.is_published and find_altered(manifest, site_dir) == []:
        found, published = look.find_known(), Published(0, 0, 0, len(manifest.entries))
        _refuse(look, found.problems, strict=strict)
    else:
        found, published = _publish(look, config_file, manifest, show, strict=strict)
    for each in found.problems:
        show(each, logging.WARNING)
    for text, level in look.list_said():
        show(text, level)
    return BuildReport(*look.counts, published, look.list_unpublished())


def _refuse(look: Look, problems: Sequence[Problem], *, strict: bool) -> None:
    """Leave to the whole build what stops a build."""
    is_stopped = any(map(look.project.is_stopped_by, problems))
    if is_stopped or (strict and (problems or look.list_said())):
        raise _NotQuickError


def _publish(
    look: Look, config_file: Path, manifest: Manifest, show: Show, *, strict: bool
) -> tuple[Found, Published]:
    # To load what makes answers takes longer than to find out that nothing differs.
    from guongsang.memory.templates import recall_templates  # noqa: PLC0415
    from guongsang.site.update import Update  # noqa: PLC0415

    update = Update(look)
    found = update.check()
    try:
        _refuse(look, found.problems, strict=strict)
    except _NotQuickError:
        update.keep()  # who comes next need not find it out again
        raise
    if update.is_lost:
        raise _NotQuickError
    update.leave_out(found.problems, found.unreadable)
    update.plan(None)
    recall_templates(look.project.cache_dir)
    site_dir = look.site_dir
    scratch = make_scratch(site_dir)
    try:
        update.begin(manifest, site_dir, scratch)
        if update.is_whole or update.foreign:
            raise _NotQuickError  # MkDocs writes what else belongs to the site
        update.put_theme(None)
        if update.make_pictures(None):
            raise _NotQuickError
        update.make(None)
        if update.find_collisions():
            raise _NotQuickError
        published = update.publish(manifest, site_dir, scratch)
        if update.unkept:
            show(problem("GS830", config_file.name, reason=update.unkept), logging.WARNING)
        return found, published
    finally:
        remove_scratch(scratch)
