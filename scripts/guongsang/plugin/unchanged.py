"""A build of what is published already, or nearly so, without starting MkDocs."""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Final

from guongsang.memory.snapshot import Inputs, Recalled
from guongsang.memory.store import CACHE
from guongsang.memory.workers import work_aside
from guongsang.plugin.known import Known
from guongsang.plugin.report import BuildReport, Show
from guongsang.problems.problem import Problem
from guongsang.publish.lock import BuildLock
from guongsang.publish.manifest import Manifest, load_manifest, stands
from guongsang.publish.transfer import Published
from guongsang.text.dates import VIETNAM, read_now

# What takes long to load, each a while.
_PROGRAM: Final = (
    *("pydantic", "guongsang.stories.schema", "guongsang.stories.model", "jinja2", "markdown_it"),
    *("guongsang.registers.model", "guongsang.memory.stories", "guongsang.pages.archive"),
    *("guongsang.memory.outline", "guongsang.plugin.relist", "guongsang.plugin.quick"),
)


def list_inputs(config_file: Path, site_dir: Path | None, *, previewing: bool = False) -> Inputs:
    about = ("preview" if previewing else "build", str(site_dir or ""))
    return Inputs(config_file, config_file.parent / CACHE, read_now(), about)


def build_quickly(inputs: Inputs, show: Show, *, strict: bool) -> BuildReport | None:
    """Return the report of a build that changes nothing, or only what follows from a few texts.

    None where a whole build is needed; nothing has been published or said then. The warnings of the
    last build are shown again; strict mode has to judge them itself.
    """
    try:
        lock = BuildLock(inputs.cache_dir)
        if not lock.try_acquire():
            return None
    except OSError:
        return None  # the build itself waits, or says what cannot be written
    is_collecting = gc.isenabled()
    gc.disable()  # a build that is done here ends before its garbage matters
    try:
        recalled = inputs.recall(_load_program)
        done = _build_recalled(inputs, recalled, strict=strict) if recalled else None
    finally:
        if is_collecting:
            gc.freeze()
            gc.unfreeze()  # what is there counts as old now: nobody looks through it at once
            gc.enable()
        lock.release()
    if done is None:
        return None
    known, published = done
    for what, level in (*known.checked, *known.said):
        show(what if isinstance(what, str) else Problem(*what), level)
    unpublished = {
        url: None if moment is None else dt.datetime.fromtimestamp(moment, VIETNAM)
        for url, moment in known.unpublished.items()
    }
    return BuildReport(known.stories, known.pages, published, unpublished)


def _build_recalled(
    inputs: Inputs, recalled: Recalled, *, strict: bool
) -> tuple[Known, Published] | None:
    known = Known(*recalled.result)
    site_dir = Path(known.site_dir)
    manifest = load_manifest(inputs.cache_dir, site_dir)
    is_known = manifest.tell_state() == known.manifest_state
    if not is_known or (strict and (known.checked or known.said)):
        return None
    look = partial(stands, manifest, site_dir)
    if not recalled.changed:
        return (known, Published(0, 0, 0, len(manifest.entries))) if look() else None
    is_standing = cache(work_aside(look, workers=os.cpu_count() or 1))
    try:
        return _touch_up(inputs, recalled, known, manifest, is_standing, strict=strict)
    finally:
        is_standing()  # nobody is left at work


def _load_program(is_enough: Callable[[], bool]) -> None:
    """Load step by step what a build needs that changes something, until that is enough."""
    for name in _PROGRAM:
        if is_enough():
            return
        import_module(name)


def _touch_up(
    inputs: Inputs,
    recalled: Recalled,
    known: Known,
    manifest: Manifest,
    is_standing: Callable[[], bool],
    *,
    strict: bool,
) -> tuple[Known, Published] | None:
    # A build that changes nothing does without them.
    from guongsang.memory.outline import load_outline  # noqa: PLC0415
    from guongsang.plugin import quick  # noqa: PLC0415

    outline = load_outline(inputs.file("outline"))
    if outline is None:
        return None
    return quick.build_touched(
        inputs,
        recalled,
        known,
        outline,
        manifest=manifest,
        stands=is_standing,
        strict=strict,
    )
