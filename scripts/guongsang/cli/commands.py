"""The commands, one call each into the rooms below."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from guongsang.cli.show import (
    Shower,
    format_bytes,
    format_seconds,
    paint,
    photo_progress,
    show_fixed,
    show_report,
)
from guongsang.cli.texts import say
from guongsang.cli.translated import TranslatedCommand
from guongsang.desk.fix import fix_files
from guongsang.photos.cache import prune_cache
from guongsang.photos.facts import PhotoFault
from guongsang.photos.render import render_photos
from guongsang.photos.shrink import Shrunk, shrink_photo
from guongsang.pipeline import Project, check_project, plan_photos, read_now
from guongsang.plugin.run import BuildFailedError, read_docs_dir, run_build, run_serve
from guongsang.problems.formats import FORMATS, format_text
from guongsang.problems.problem import Problem, has_errors, problem_with
from guongsang.problems.rules import LANGUAGES

FINE: Final = 0
PROBLEMS: Final = 1
CONFIG: Final = "mkdocs.yml"
_PHOTO_SUFFIXES: Final = frozenset(
    (".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".heif", ".tif", ".tiff")
)


def make_commands(lang: str) -> list[click.Command]:
    """Make all commands in one language."""
    paths = click.Argument(
        ["paths"], nargs=-1, metavar="[PATH]…", type=click.Path(exists=True, path_type=Path)
    )
    dry_run = _flag("dry-run", lang)
    return [
        _command(
            "check",
            run_check,
            lang,
            [paths, _choice("format", FORMATS, "text", lang), _flag("release", lang)],
        ),
        _command(
            "build",
            run_build_command,
            lang,
            [
                _flag("clean", lang),
                _option("site-dir", lang, type=click.Path(path_type=Path), metavar="DIR"),
                _flag("strict", lang),
                _option("jobs", lang, type=click.IntRange(1, 256), metavar="N"),
            ],
        ),
        _command(
            "serve",
            run_serve_command,
            lang,
            [_option("port", lang, type=click.IntRange(1, 65535), default=8000, metavar="N")],
        ),
        _command(
            "photos",
            run_photos,
            lang,
            [dry_run, _flag("prune", lang), _flag("shrink", lang), paths],
        ),
        _command("fix", run_fix, lang, [dry_run, paths]),
    ]


def run_check(
    root: Path | None, lang: str, paths: Sequence[Path], format: str, release: bool
) -> int:
    """Check everything and report what lies below the paths."""
    project = _open_project(root, lang)
    checked = check_project(project, release=release)
    wanted = [_relative(path, project.root) for path in paths]
    found = [each for each in checked.problems if _is_below(each.path, wanted)]
    stories = checked.loaded.files_read
    show_report(found, stories, lang, format)
    return PROBLEMS if has_errors(found) else FINE


def run_build_command(
    root: Path | None,
    lang: str,
    clean: bool,
    site_dir: Path | None,
    strict: bool,
    jobs: int | None,
) -> int:
    """Build the site and publish it."""
    config_file = find_root(root, lang) / CONFIG
    began = time.monotonic()
    try:
        with photo_progress(lang) as on_progress:
            report = run_build(
                config_file,
                Shower(lang),
                site_dir=site_dir.resolve() if site_dir else None,
                strict=strict,
                clean=clean,
                workers=jobs,
                lang=lang,
                on_progress=on_progress,
            )
    except BuildFailedError:
        click.echo(paint(say("not-built", lang), "error"), err=True)
        return PROBLEMS
    done = report.published
    text = say(
        "unchanged" if done.is_nothing else "built",
        lang,
        stories=report.stories,
        pages=report.pages,
        seconds=format_seconds(time.monotonic() - began, lang),
        added=done.added,
        changed=done.changed,
        removed=done.removed,
    )
    click.echo(paint(text, "good"))
    return FINE


def run_serve_command(root: Path | None, lang: str, port: int) -> int:
    """Serve a preview until it is stopped."""
    config_file = find_root(root, lang) / CONFIG
    click.echo(say("serving", lang, port=port))
    try:
        run_serve(config_file, Shower(lang), port=port)
    except BuildFailedError:
        return PROBLEMS
    return FINE


def run_photos(
    root: Path | None, lang: str, dry_run: bool, prune: bool, shrink: bool, paths: Sequence[Path]
) -> int:
    """Make the sizes of all photos, prune the cache, or shrink originals."""
    project = _open_project(root, lang)
    if shrink:
        return _shrink_all(project, lang, paths, dry_run)
    if paths:
        raise click.UsageError(say("photos-path", lang))
    checked = check_project(project)
    if not checked.is_publishable or checked.loaded.registers is None:
        click.echo(format_text(checked.problems, checked.loaded.files_read, lang, paint), err=True)
        return PROBLEMS
    jobs = plan_photos(project, checked.loaded, checked.loaded.registers).values()
    plans = [job.plan for job in jobs]
    files = sum(len(plan.files) for plan in plans)
    click.echo(say("photos-plan", lang, photos=len(plans), files=files))
    if dry_run:
        return FINE
    with photo_progress(lang) as on_progress:
        report = render_photos(jobs, project.photo_dir, workers=_cores(), on_progress=on_progress)
    sizes = {"size_in": report.bytes_in, "size_out": report.bytes_out}
    shown = {name: format_bytes(size, lang) for name, size in sizes.items()}
    click.echo(say("photos-done", lang, rendered=report.rendered, reused=report.reused, **shown))
    if prune:
        count, size = prune_cache(project.photo_dir, plans)
        click.echo(say("pruned", lang, files=count, size=format_bytes(size, lang)))
    found = [_of_fault(abs_path, fault, project.root) for abs_path, fault in report.faults]
    if found:
        click.echo(format_text(found, checked.loaded.files_read, lang, paint), err=True)
    return PROBLEMS if has_errors(found) else FINE


def run_fix(root: Path | None, lang: str, dry_run: bool, paths: Sequence[Path]) -> int:
    """Mend story files and registers, or show what would be mended."""
    folder = find_root(root, lang)
    wanted = [_relative(path, folder) for path in paths]
    done = fix_files(folder, partial(_is_below, wanted=wanted), dry_run=dry_run)
    show_fixed(done, lang, dry_run=dry_run)
    return PROBLEMS if has_errors(done.problems) else FINE


def find_root(root: Path | None, lang: str) -> Path:
    """Return the newsroom's folder: the one given, or the nearest upwards with mkdocs.yml.

    Raises click.UsageError when there is none.
    """
    start = (root or Path.cwd()).resolve()
    for folder in (start,) if root else (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise click.UsageError(say("no-root", lang))


def _open_project(root: Path | None, lang: str) -> Project:
    folder = find_root(root, lang)
    try:
        docs_dir = read_docs_dir(folder / CONFIG, Shower(lang))
    except BuildFailedError:
        raise click.exceptions.Exit(PROBLEMS) from None
    return Project(folder, docs_dir, read_now())


def _shrink_all(project: Project, lang: str, paths: Sequence[Path], dry_run: bool) -> int:
    mended, found = 0, []
    for abs_path in _find_photos(paths or [project.root / "stories"]):
        done = shrink_photo(abs_path, dry_run=dry_run)
        if isinstance(done, PhotoFault):
            found.append(_of_fault(abs_path, done, project.root))
        elif done is not None:
            mended += 1
            click.echo(_tell_shrunk(_relative(abs_path, project.root), done, lang))
    if not mended:
        click.echo(say("nothing-to-shrink", lang))
    if found:
        click.echo(format_text(found, 0, lang, paint), err=True)
    return PROBLEMS if has_errors(found) else FINE


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
        yield from (each for each in found if each.suffix.lower() in _PHOTO_SUFFIXES)


def _of_fault(abs_path: Path, fault: PhotoFault, root: Path) -> Problem:
    return problem_with(fault.rule, _relative(abs_path, root), fault.args)


def _relative(path: Path, root: Path) -> str:
    absolute = path.resolve()
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else str(absolute)


def _is_below(path: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(
        each in (".", path) or path.startswith(f"{each.rstrip('/')}/") for each in wanted
    )


def _cores() -> int:
    return os.cpu_count() or 1


def _command(name: str, call: Any, lang: str, params: list[click.Parameter]) -> click.Command:
    def callback(root: Path | None, **values: Any) -> int:
        result: int = call(root, **{**values, "lang": lang})
        return result

    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    common = [
        click.Option(["--root"], type=folder, metavar="DIR", help=say("opt.root", lang)),
        _choice("lang", LANGUAGES, None, lang),
    ]
    return TranslatedCommand(
        name, lang=lang, callback=callback, params=[*params, *common], help=say(name, lang)
    )


def _option(name: str, lang: str, **kwargs: Any) -> click.Option:
    return click.Option([f"--{name}"], help=say(f"opt.{name}", lang), **kwargs)


def _flag(name: str, lang: str) -> click.Option:
    return _option(name, lang, is_flag=True)


def _choice(name: str, values: Sequence[str], default: str | None, lang: str) -> click.Option:
    return _option(name, lang, type=click.Choice(values), default=default)
