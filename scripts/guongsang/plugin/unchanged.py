"""A build of what is published already, told without starting MkDocs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from guongsang.memory.snapshot import Inputs
from guongsang.memory.store import CACHE
from guongsang.plugin.report import BuildReport, Show
from guongsang.problems.problem import PlainProblem, Problem, plain_problem
from guongsang.publish.lock import BuildLock
from guongsang.publish.manifest import Manifest, load_manifest, stands
from guongsang.publish.transfer import Published
from guongsang.text.dates import read_now

# What a build said, with its level: a problem or a line of text.
Said = tuple[PlainProblem | str, int]


def list_inputs(config_file: Path, site_dir: Path | None) -> Inputs:
    about = ("build", str(site_dir or ""))
    return Inputs(config_file, config_file.parent / CACHE, read_now(), about)


def find_unchanged(
    config_file: Path, show: Show, *, site_dir: Path | None, strict: bool
) -> BuildReport | None:
    """Return the report of a build that would change nothing, None where that is not certain.

    The warnings of the last build are shown again; strict mode has to judge them itself.
    """
    inputs = list_inputs(config_file, site_dir)
    try:
        lock = BuildLock(inputs.cache_dir)
        if not lock.try_acquire():
            return None
    except OSError:
        return None  # the build itself waits, or says what cannot be written
    try:
        known = inputs.recall()
        if known is None or known.changed:
            return None
        site, manifest_digest, stories, pages, said = known.result
        if strict and said:
            return None
        manifest = load_manifest(inputs.cache_dir, Path(site))
        if digest_manifest(manifest) != manifest_digest or not stands(manifest, Path(site)):
            return None
    finally:
        lock.release()
    for what, level in said:
        show(what if isinstance(what, str) else Problem(*what), level)
    return BuildReport(stories, pages, Published(0, 0, 0, len(manifest.entries)))


def plain_said(said: Sequence[tuple[Problem | str, int]]) -> list[Said]:
    return [(each if isinstance(each, str) else plain_problem(each), lv) for each, lv in said]


def digest_manifest(manifest: Manifest) -> str:
    """Tell the state of a published site from any other."""
    try:
        return hashlib.sha256(manifest.abs_path.read_bytes()).hexdigest()
    except OSError:
        return ""
