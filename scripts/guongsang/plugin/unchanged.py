"""A build of what is published already, or nearly so, without starting MkDocs."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from guongsang.memory.snapshot import Inputs, Recalled
from guongsang.memory.store import CACHE
from guongsang.memory.workers import work_aside
from guongsang.plugin.report import BuildReport, Show
from guongsang.problems.problem import PlainProblem, Problem, plain_problem
from guongsang.publish.lock import BuildLock
from guongsang.publish.manifest import Manifest, load_manifest, stands
from guongsang.publish.transfer import Published
from guongsang.text.dates import VIETNAM, read_now

# What a build said, with its level: a problem or a line of text.
Said = tuple[PlainProblem | str, int]


class Known(NamedTuple):
    """What a build came to; plain values. `checked` are the problems that checks have found, `said`
    what else was told. `unpublished` are the addresses that only a preview has, with seconds since
    1970. `touched` is what builds of some texts have changed since a whole one."""

    site_dir: str
    manifest_digest: str
    stories: int
    pages: int
    checked: list[Said]
    said: list[Said]
    unpublished: dict[str, float | None]
    touched: tuple[Any, ...] = ()


@dataclass(slots=True)
class _Verdict:
    """Whether the published site still stands as it was written: found out aside, asked once."""

    known: Known | None = None
    cache_dir: Path = Path()
    _wait: Any = None
    _manifest: Manifest | None = field(default=None)

    def begin(self, cache_dir: Path, result: Any) -> None:
        self.known, self.cache_dir = Known(*result), cache_dir
        self._wait = work_aside(self._stands, workers=os.cpu_count() or 1)

    def get(self) -> bool:
        wait, self._wait = self._wait, None
        return bool(wait and wait())

    def load(self) -> Manifest:
        assert self.known is not None
        if self._manifest is None:
            self._manifest = load_manifest(self.cache_dir, Path(self.known.site_dir))
        return self._manifest

    def _stands(self) -> bool:
        assert self.known is not None
        manifest = self.load()
        is_same = digest_manifest(manifest) == self.known.manifest_digest
        return is_same and stands(manifest, Path(self.known.site_dir))


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
    verdict = _Verdict()
    try:
        recalled = inputs.recall(lambda result: verdict.begin(inputs.cache_dir, result))
        known = verdict.known
        if recalled is None or known is None or (strict and (known.checked or known.said)):
            return None
        if recalled.changed:
            found = _touch_up(inputs, recalled, known, verdict, strict=strict)
            if found is None:
                return None
            known, published = found
        elif verdict.get():
            published = Published(0, 0, 0, len(verdict.load().entries))
        else:
            return None
    finally:
        verdict.get()
        lock.release()
    for what, level in (*known.checked, *known.said):
        show(what if isinstance(what, str) else Problem(*what), level)
    unpublished = {
        url: None if moment is None else dt.datetime.fromtimestamp(moment, VIETNAM)
        for url, moment in known.unpublished.items()
    }
    return BuildReport(known.stories, known.pages, published, unpublished)


def _touch_up(
    inputs: Inputs, recalled: Recalled, known: Known, verdict: _Verdict, *, strict: bool
) -> tuple[Known, Published] | None:
    # All this takes a while to load, and a build that changes nothing has no need of it.
    from guongsang.memory.outline import load_outline  # noqa: PLC0415
    from guongsang.pipeline.project import Project  # noqa: PLC0415
    from guongsang.plugin import touchup  # noqa: PLC0415

    outline = load_outline(inputs.file("outline"))
    if outline is None:
        return None
    root = inputs.config_file.parent
    setting = touchup.unpack_setting(outline.about)
    project = Project(root, setting.docs_dir, inputs.now, previewing=setting.previewing)
    touched = touchup.Touched(*known.touched)
    try:
        uris = touchup.list_touched(root, recalled.changed)
        touch_up = touchup.TouchUp(project, setting, outline, touched)
        names: set[str] = set()
        checked = known.checked
        for uri in uris:
            stamps = recalled.stamps(str(root / uri))
            problems, questions = touch_up.read(uri, stamps)
            names.update(*map(touch_up.who_asked, questions))
            checked = _replace_said(checked, uri, problems)
        if strict and checked:
            return None
        touch_up.open_archive()
        manifest = verdict.load()
        if not verdict.get():
            return None
        published = touchup.publish_touched(touch_up, names, manifest, Path(known.site_dir))
    except (touchup.NotATouchUpError, OSError):
        return None  # the whole build does it, or says what keeps it from doing so
    digest = digest_manifest(manifest)
    known = known._replace(manifest_digest=digest, checked=checked, touched=touched.plain())
    inputs.keep(recalled.seen, recalled.until, tuple(known))
    return known, published


def plain_said(said: Iterable[tuple[Problem | str, int]]) -> list[Said]:
    return [(each if isinstance(each, str) else plain_problem(each), lv) for each, lv in said]


def digest_manifest(manifest: Manifest) -> str:
    """Tell the state of a published site from any other."""
    try:
        return hashlib.sha256(manifest.abs_path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _replace_said(said: Sequence[Said], src_uri: str, found: Iterable[Problem]) -> list[Said]:
    """Return what was said with the problems of one story as they are now, in their order."""
    folder = src_uri.removesuffix("index.md")
    others = [Problem(*each) for each, _ in said if not isinstance(each, str)]
    others = [each for each in others if not each.path.startswith(folder)]
    problems = sorted({*others, *found})
    return [(plain_problem(each), logging.WARNING) for each in problems]
