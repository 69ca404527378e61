"""`guongsang photos` at work: make all sizes, prune the cache, shrink originals."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.progress import photo_progress
from guongsang.cli.terminal.project import (
    CONFIG,
    FINE,
    PROBLEMS,
    ask_folders,
    find_root,
    relative_to,
)
from guongsang.cli.terminal.show import format_bytes, paint
from guongsang.photos.cache import prune_cache
from guongsang.photos.cluster import ClusterError, open_cluster
from guongsang.photos.facts import PhotoFault
from guongsang.photos.near import find_near
from guongsang.photos.render import PhotoJob, RenderReport, render_photos
from guongsang.photos.shrink import Shrunk, shrink_photo
from guongsang.picture_formats import TYPES
from guongsang.problems.formats import format_text
from guongsang.problems.problem import Problem, has_errors, plain_problem, problem_with
from guongsang.site.check import Planned, make_photos, plan_photos
from guongsang.site.sources.found import read_problem
from guongsang.site.sources.project import Project


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options of the command ask for."""

    dry_run: bool
    prune: bool
    shrink: bool
    executor: str | None
    paths: Sequence[Path]


def run_photos(root: Path | None, lang: str, **options: Any) -> int:
    """Make the sizes of all photos, prune the cache, or shrink originals."""
    wanted = Wanted(**options)
    config_file = find_root(root, lang) / CONFIG
    if wanted.shrink:
        return _shrink_all(config_file.parent, lang, wanted.paths, wanted.dry_run)
    if wanted.paths:
        raise click.UsageError(say("photos-path", lang))
    find_folders = partial(ask_folders, config_file, lang)
    if wanted.prune or wanted.executor:
        code, _ = _make_all(wanted, lang, plan_photos(config_file.parent, find_folders))
        return code
    codes: list[int] = []

    def make(planned: Planned) -> list[Any] | None:
        code, told = _make_all(wanted, lang, planned)
        codes.append(code)
        return told

    told = make_photos(config_file.parent, find_folders, make)
    if codes or told is None:
        return codes[-1]
    photos, files, different, stories, hints = told
    _tell_plan(photos, files, lang)
    if not wanted.dry_run:
        click.echo(say("photos-reused", lang, reused=different))
        _tell_problems(list(map(read_problem, hints)), stories, lang)
    return FINE


def _make_all(wanted: Wanted, lang: str, planned: Planned) -> tuple[int, list[Any] | None]:
    """Make all sizes; return the exit code, and what there is to tell while all stays as it is."""
    found, project, jobs = planned.found, planned.project, planned.jobs
    if has_errors(found.problems) or jobs is None:
        _tell_problems(found.problems, found.stories, lang)
        return PROBLEMS, None
    files = sum(len(job.plan.files) for job in jobs)
    _tell_plan(len(jobs), files, lang)
    if wanted.dry_run:
        return FINE, None
    report = _render_all(project, jobs, wanted.executor, lang)
    click.echo(_tell_rendered(report, lang))
    if wanted.prune:
        count, size = prune_cache(project.photo_dir, (job.plan for job in jobs))
        click.echo(say("pruned", lang, files=count, size=format_bytes(size, lang)))
    faults = [*report.faults, *find_near(jobs, report.placeholders)]
    hints = [_of_fault(abs_path, fault, project.root) for abs_path, fault in faults]
    _tell_problems(hints, found.stories, lang)
    code = PROBLEMS if has_errors(hints) else FINE
    if report.faults:
        return code, None
    different = report.rendered + report.reused
    plain = list(map(plain_problem, hints))
    return code, [len(jobs), files, different, found.stories, plain]


def _tell_plan(photos: int, files: int, lang: str) -> None:
    click.echo(say("photos-plan", lang, photos=photos, files=files))


def _tell_problems(problems: list[Problem], stories: int, lang: str) -> None:
    if problems:
        click.echo(format_text(problems, stories, lang, paint), err=True)


def _render_all(
    project: Project, jobs: Iterable[PhotoJob], executor: str | None, lang: str
) -> RenderReport:
    cluster = open_cluster(executor, project.photo_dir) if executor else nullcontext()
    try:
        with cluster as opened, photo_progress(lang) as on_progress:
            return render_photos(
                jobs,
                project.photo_dir,
                workers=_cores(),
                executor=opened,
                on_progress=on_progress,
            )
    except ClusterError as error:
        told = say(f"cluster-{error.reason}", lang, **error.told)
        if error.reason == "address":
            raise click.UsageError(told) from error
        click.echo(paint(told, "error"), err=True)
        raise click.exceptions.Exit(PROBLEMS) from error


def _tell_rendered(report: RenderReport, lang: str) -> str:
    return say(
        "photos-done" if report.rendered else "photos-reused",
        lang,
        rendered=report.rendered,
        reused=report.reused,
        size_in=format_bytes(report.bytes_in, lang),
        size_out=format_bytes(report.bytes_out, lang),
        saved=_tell_saved(report.bytes_in, report.bytes_out, lang),
    )


def _shrink_all(root: Path, lang: str, paths: Sequence[Path], dry_run: bool) -> int:
    mended: list[Shrunk] = []
    found = []
    photos = list(_find_photos(paths or [root / "stories"]))
    with ThreadPoolExecutor(_cores()) as pool:
        for abs_path, done in zip(
            photos, pool.map(partial(shrink_photo, dry_run=dry_run), photos), strict=True
        ):
            if isinstance(done, PhotoFault):
                found.append(_of_fault(abs_path, done, root))
            elif done is not None:
                mended.append(done)
                click.echo(_tell_shrunk(relative_to(abs_path, root), done, lang))
    click.echo(_tell_all_shrunk(mended, lang, dry_run=dry_run))
    if found:
        click.echo(format_text(found, 0, lang, paint), err=True)
    return PROBLEMS if has_errors(found) else FINE


def _tell_all_shrunk(mended: Sequence[Shrunk], lang: str, *, dry_run: bool) -> str:
    if not mended:
        return say("nothing-to-shrink", lang)
    before = sum(done.bytes_before for done in mended)
    after = sum(done.bytes_after for done in mended)
    return say(
        "shrink-planned" if dry_run else "shrunk-all",
        lang,
        photos=len(mended),
        before=format_bytes(before, lang),
        after=format_bytes(after, lang),
        saved=_tell_saved(before, after, lang),
    )


def _tell_saved(before: int, after: int, lang: str) -> str:
    key = "saved" if after <= before else "grown"
    return say(key, lang, size=format_bytes(abs(before - after), lang))


def _tell_shrunk(path: str, done: Shrunk, lang: str) -> str:
    names = ", ".join(done.removed)
    return say(
        "shrunk",
        lang,
        path=path,
        before=format_bytes(done.bytes_before, lang),
        after=format_bytes(done.bytes_after, lang),
        width=done.width,
        height=done.height,
        removed=say("shrunk-removed", lang, names=names) if names else "",
    )


def _find_photos(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.resolve().rglob("*")) if path.is_dir() else [path.resolve()]
        # A link would become a copy of what it leads to.
        files = (each for each in found if not each.is_symlink())
        yield from (each for each in files if each.suffix.lower() in TYPES)


def _of_fault(abs_path: Path, fault: PhotoFault, root: Path) -> Problem:
    return problem_with(fault.rule, relative_to(abs_path, root), fault.args)


def _cores() -> int:
    return os.cpu_count() or 1
