"""The commands, one call each into the rooms below."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from guongsang.addresses import RULE_REFERENCE
from guongsang.cli.project import (
    CONFIG,
    FINE,
    PROBLEMS,
    ask_folders,
    find_root,
    is_below,
    relative_to,
)
from guongsang.cli.show import Shower, format_tenths, paint, show_report
from guongsang.cli.texts import say
from guongsang.cli.translated import TranslatedCommand
from guongsang.desk.hosts import HOSTS
from guongsang.plugin.quickly import build_quickly
from guongsang.plugin.report import BuildFailedError, BuildReport
from guongsang.problems.formats import FORMATS
from guongsang.problems.problem import has_errors
from guongsang.problems.rules import LANGUAGES
from guongsang.registers.names import RECORD_NAMES, STORY
from guongsang.site.check import check_newsroom
from guongsang.site.found import Found

_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


def make_commands(lang: str) -> list[click.Command]:
    """Make all commands in one language."""
    paths = click.Argument(["paths"], nargs=-1, metavar="[PATH]…", type=click.Path(path_type=Path))
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
            _late("preview", "run_serve_command"),
            lang,
            [
                _option("port", lang, type=click.IntRange(1, 65535), default=8000, metavar="N"),
                _flag("open", lang),
            ],
        ),
        _command(
            "photos",
            _late("photos", "run_photos"),
            lang,
            [
                dry_run,
                _flag("prune", lang),
                _flag("shrink", lang),
                _option("executor", lang, metavar="dask://HOST:PORT"),
                paths,
            ],
        ),
        _command(
            "init",
            _late("init", "run_init"),
            lang,
            [
                click.Argument(["folder"], metavar="FOLDER", type=click.Path(path_type=Path)),
                _option("name", lang, metavar="TEXT"),
                _option("agency", lang, metavar="TEXT"),
                _option("province", lang, metavar="KEY"),
                _option("site-url", lang, metavar="URL"),
                _choice("host", HOSTS, None, lang),
                _flag("sample", lang),
                _flag("no-input", lang),
                _flag("upgrade", lang),
            ],
            in_newsroom=False,
        ),
        _command(
            "import",
            _late("take_in", "run_import"),
            lang,
            [
                click.Argument(
                    ["paths"],
                    nargs=-1,
                    required=True,
                    metavar="FILE…",
                    type=click.Path(path_type=Path),
                ),
                _option("photo", lang, type=_file, multiple=True, metavar="FILE"),
                _option("column", lang, metavar="KEY"),
                _option("uploads", lang, type=_folder, metavar="DIR"),
                _flag("no-input", lang),
                dry_run,
                click.Option(
                    ["--format"],
                    type=click.Choice(("text", "json")),
                    default="text",
                    help=say("opt.import-format", lang),
                ),
            ],
        ),
        _command("fix", _late("desk", "run_fix"), lang, [dry_run, paths]),
        _command(
            "erase",
            _late("desk", "run_erase"),
            lang,
            [dry_run, _flag("with-stories", lang), click.Argument(["target"], metavar="SLUG")],
        ),
        _command(
            "place",
            _late("place", "run_place"),
            lang,
            [click.Argument(["names"], nargs=-1, required=True, metavar="NAME…")],
        ),
        _command(
            "schema",
            _late("desk", "run_schema"),
            lang,
            [
                click.Argument(
                    ["name"], metavar="[NAME]", type=click.Choice(RECORD_NAMES), default=STORY
                )
            ],
        ),
    ]


def run_check(
    root: Path | None, lang: str, paths: Sequence[Path], format: str, release: bool
) -> int:
    """Check everything and report what lies below the paths."""
    config_file = find_root(root, lang) / CONFIG
    checked = _check_all(config_file, lang, release=release)
    wanted = [relative_to(path, config_file.parent) for path in paths]
    found = [each for each in checked.problems if is_below(each.path, wanted)]
    reference = _find_reference(config_file, lang) if format in ("github", "sarif") else None
    show_report(found, checked.stories, lang, format, reference)
    return PROBLEMS if has_errors(found) else FINE


def _find_reference(config_file: Path, lang: str) -> str | None:
    """Return the full address of the page that explains the rules, if the site has it."""
    from guongsang.plugin.run import read_site_url
    from guongsang.registers.load import read_register
    from guongsang.registers.model import Newsroom
    from guongsang.registers.paths import NEWSROOM

    site_url = read_site_url(config_file, Shower(lang))
    newsroom = read_register(config_file.parent, NEWSROOM).records.get("newsroom")
    has_guide = not isinstance(newsroom, Newsroom) or newsroom.switches.guide
    return f"{site_url}{RULE_REFERENCE}" if site_url and has_guide else None


def _check_all(config_file: Path, lang: str, *, release: bool) -> Found:
    """Return all problems; remembered while nothing has changed."""
    find_folders = partial(ask_folders, config_file, lang)
    with ExitStack() as stack:
        on_read = None
        if sys.stderr.isatty():
            from guongsang.cli.progress import photo_progress

            on_read = stack.enter_context(photo_progress(lang))
        return check_newsroom(config_file.parent, find_folders, release=release, on_read=on_read)


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
    abs_site = site_dir.resolve() if site_dir else None
    show = Shower(lang)
    report = None
    if not clean:
        report = build_quickly(config_file, show, site_dir=abs_site, strict=strict, workers=jobs)
    if report is None:
        try:
            report = _build(config_file, show, abs_site, strict, clean, jobs)
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


def _build(
    config_file: Path,
    show: Shower,
    site_dir: Path | None,
    strict: bool,
    clean: bool,
    jobs: int | None,
) -> BuildReport:
    from guongsang.cli.progress import photo_progress
    from guongsang.plugin.run import run_build

    with photo_progress(show.lang) as on_progress:
        return run_build(
            config_file,
            show,
            site_dir=site_dir,
            strict=strict,
            clean=clean,
            workers=jobs,
            lang=show.lang,
            on_progress=on_progress,
        )


def _late(module: str, name: str) -> Callable[..., int]:
    """Return a command whose module is loaded when it runs: loading all takes half a second."""

    def call(*args: Any, **kwargs: Any) -> int:
        run: Callable[..., int] = getattr(import_module(f"guongsang.cli.{module}"), name)
        return run(*args, **kwargs)

    return call


def _command(
    name: str, call: Any, lang: str, params: list[click.Parameter], *, in_newsroom: bool = True
) -> click.Command:
    """Make a command; one that is not `in_newsroom` works on a folder that it is told."""

    def callback(root: Path | None = None, **values: Any) -> int:
        if "paths" in values:
            values["paths"] = [_find_path(root, path) for path in values["paths"]]
        result: int = call(root, **{**values, "lang": lang})
        return result

    root = click.Option(["--root"], type=_folder, metavar="DIR", help=say("opt.root", lang))
    common = [*([root] if in_newsroom else []), _choice("lang", LANGUAGES, None, lang)]
    return TranslatedCommand(
        name, lang=lang, callback=callback, params=[*params, *common], help=say(name, lang)
    )


def _find_path(root: Path | None, path: Path) -> Path:
    """Return a path that was typed: below the folder given as --root, else from where we are.

    Raises click.BadParameter where there is none.
    """
    for found in (root / path, path) if root else (path,):
        if found.exists():
            return found
    context = click.get_current_context()
    param = next(each for each in context.command.params if each.name == "paths")
    raise click.BadParameter(f"Path '{path}' does not exist.", context, param)


def _option(name: str, lang: str, **kwargs: Any) -> click.Option:
    return click.Option([f"--{name}"], help=say(f"opt.{name}", lang), **kwargs)


def _flag(name: str, lang: str) -> click.Option:
    return _option(name, lang, is_flag=True)


def _choice(name: str, values: Sequence[str], default: str | None, lang: str) -> click.Option:
    return _option(name, lang, type=click.Choice(values), default=default)
