"""The commands, one call each into the rooms below."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from guongsang.addresses import RULE_REFERENCE
from guongsang.cli.desk import run_erase, run_fix, run_schema
from guongsang.cli.photos import run_photos
from guongsang.cli.preview import run_serve_command
from guongsang.cli.project import (
    CONFIG,
    FINE,
    PROBLEMS,
    find_root,
    is_below,
    open_project,
    relative_to,
)
from guongsang.cli.show import (
    Shower,
    format_tenths,
    paint,
    photo_progress,
    show_report,
)
from guongsang.cli.texts import say
from guongsang.cli.translated import TranslatedCommand
from guongsang.pipeline import check_project
from guongsang.plugin.run import BuildFailedError, read_site_url, run_build
from guongsang.problems.formats import FORMATS
from guongsang.problems.problem import has_errors
from guongsang.problems.rules import LANGUAGES
from guongsang.registers.describe import RECORDS, STORY


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
            [
                dry_run,
                _flag("prune", lang),
                _flag("shrink", lang),
                _option("executor", lang, metavar="dask://HOST:PORT"),
                paths,
            ],
        ),
        _command("fix", run_fix, lang, [dry_run, paths]),
        _command(
            "erase",
            run_erase,
            lang,
            [dry_run, click.Argument(["target"], metavar="SLUG")],
        ),
        _command(
            "schema",
            run_schema,
            lang,
            [
                click.Argument(
                    ["name"], metavar="[NAME]", type=click.Choice(list(RECORDS)), default=STORY
                )
            ],
        ),
    ]


def run_check(
    root: Path | None, lang: str, paths: Sequence[Path], format: str, release: bool
) -> int:
    """Check everything and report what lies below the paths."""
    project = open_project(root, lang)
    checked = check_project(project, release=release)
    wanted = [relative_to(path, project.root) for path in paths]
    found = [each for each in checked.problems if is_below(each.path, wanted)]
    stories = checked.loaded.files_read
    reference = None
    if format in ("github", "sarif"):
        site_url = read_site_url(project.root / CONFIG, Shower(lang))
        reference = f"{site_url}{RULE_REFERENCE}" if site_url else None
    show_report(found, stories, lang, format, reference)
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
        seconds=format_tenths(time.monotonic() - began, lang),
        added=done.added,
        changed=done.changed,
        removed=done.removed,
    )
    click.echo(paint(text, "good"))
    return FINE


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
