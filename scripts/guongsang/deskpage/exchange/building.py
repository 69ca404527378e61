"""The site is checked for publication and built, in a process of its own: as `guongsang check
--release` and `guongsang build` do it, while the preview goes on.
"""

from __future__ import annotations

import logging
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from guongsang.plugin.report import BuildFailedError
from guongsang.problems.problem import Problem
from guongsang.site.sources.docs import CONFIG


@dataclass(frozen=True, slots=True)
class Built:
    """`site_dir` is where the site is published, None where it was not; `problems` and `notes`
    are what stood in the way."""

    site_dir: Path | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def build_apart(root: Path, lang: str) -> Built:
    """Check and build the newsroom in `root`; waits for a build that runs."""
    # Threads and log lines of the preview would meet those of the build in one process.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(build_site, root, lang).result()
        except BrokenProcessPool:  # somebody has ended it, or there was no memory left
            return Built(None)


def build_site(root: Path, lang: str) -> Built:
    """Check and build in this process."""
    # What makes pages takes long to load, and nobody needs it before.
    from guongsang.plugin.quickly import build_quickly  # noqa: PLC0415
    from guongsang.plugin.run import read_folders, run_build  # noqa: PLC0415
    from guongsang.site.check import check_newsroom  # noqa: PLC0415

    config_file = root / CONFIG
    heard: dict[Problem | str, int] = {}
    find_folders = partial(read_folders, config_file, heard.__setitem__)
    try:
        found = check_newsroom(root, find_folders, release=True)
        errors = tuple(each for each in found.problems if each.is_error)
        if errors:
            return Built(None, errors)
        if build_quickly(config_file, heard.__setitem__) is None:
            run_build(config_file, heard.__setitem__, lang=lang)
        return Built(find_folders().site_dir)
    except BuildFailedError:
        problems = (each for each in heard if isinstance(each, Problem) and each.is_error)
        notes = (
            each
            for each, level in heard.items()
            if isinstance(each, str) and level >= logging.ERROR
        )
        return Built(None, tuple(problems), tuple(notes))
