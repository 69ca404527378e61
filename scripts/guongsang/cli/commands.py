"""The commands, one call each into the rooms below."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from guongsang.addresses import RULE_REFERENCE
from guongsang.cli.commands_desk import make_desk_commands, make_new_command
from guongsang.cli.messages.all import say
from guongsang.cli.terminal.making import FILE, FOLDER, choice, flag, late, make_command, option
from guongsang.cli.terminal.project import (
    CONFIG,
    FINE,
    PROBLEMS,
    ask_folders,
    find_root,
    is_below,
    relative_to,
)
from guongsang.cli.terminal.show import Shower, format_tenths, paint, show_report
from guongsang.desk.founding.hosts import HOSTS
from guongsang.plugin.quickly import build_quickly
from guongsang.plugin.report import BuildFailedError, BuildReport
from guongsang.problems.formats import FORMATS
from guongsang.problems.problem import has_errors
from guongsang.registers.schemas import RECORD_NAMES, STORY
from guongsang.site.check import check_newsroom
from guongsang.site.sources.found import Found


def make_commands(lang: str) -> list[click.Command]:
    """Make all commands in one language."""
    paths = click.Argument(["paths"], nargs=-1, metavar="[PATH]…", type=click.Path(path_type=Path))
    dry_run = flag("dry-run", lang)
    return [
        make_command(
            "check",
            run_check,
            lang,
            [paths, choice("format", FORMATS, "text", lang), flag("release", lang)],
        ),
        make_command(
            "build",
            run_build_command,
            lang,
            [
                flag("clean", lang),
                option("site-dir", lang, type=click.Path(path_type=Path), metavar="DIR"),
                flag("strict", lang),
                option("jobs", lang, type=click.IntRange(1, 256), metavar="N"),
            ],
        ),
        make_command(
            "deploy",
            late("deploy", "run_deploy"),
            lang,
            [
                click.Argument(["target"], required=False, metavar="[TARGET]"),
                dry_run,
                option("max-removed", lang, type=click.IntRange(0), default=200, metavar="N"),
                flag("take-over", lang),
                flag("verify", lang),
            ],
        ),
        make_command(
            "serve",
            late("preview", "run_serve_command"),
            lang,
            [
                option("port", lang, type=click.IntRange(1, 65535), default=8000, metavar="N"),
                flag("open", lang),
            ],
        ),
        make_command(
            "photos",
            late("photos", "run_photos"),
            lang,
            [
                dry_run,
                flag("prune", lang),
                flag("shrink", lang),
                option("executor", lang, metavar="dask://HOST:PORT"),
                paths,
            ],
        ),
        make_command(
            "init",
            late("init", "run_init"),
            lang,
            [
                click.Argument(["folder"], metavar="FOLDER", type=click.Path(path_type=Path)),
                option("name", lang, metavar="TEXT"),
                option("agency", lang, metavar="TEXT"),
                option("province", lang, metavar="KEY"),
                option("site-url", lang, metavar="URL"),
                choice("host", HOSTS, None, lang),
                flag("sample", lang),
                flag("no-input", lang),
                flag("upgrade", lang),
            ],
            in_newsroom=False,
        ),
        make_new_command(lang),
        make_command(
            "import",
            late("arrivals.take_in", "run_import"),
            lang,
            [
                click.Argument(
                    ["paths"],
                    nargs=-1,
                    required=True,
                    metavar="FILE…",
                    type=click.Path(path_type=Path),
                ),
                option("photo", lang, type=FILE, multiple=True, metavar="FILE"),
                option("column", lang, metavar="KEY"),
                option("uploads", lang, type=FOLDER, metavar="DIR"),
                flag("no-input", lang),
                dry_run,
                click.Option(
                    ["--format"],
                    type=click.Choice(("text", "json")),
                    default="text",
                    help=say("opt.import-format", lang),
                ),
            ],
        ),
        make_command("fix", late("mend", "run_fix"), lang, [dry_run, paths]),
        make_command(
            "erase",
            late("mend", "run_erase"),
            lang,
            [dry_run, flag("with-stories", lang), click.Argument(["target"], metavar="SLUG")],
        ),
        *make_desk_commands(lang),
        make_command(
            "place",
            late("place", "run_place"),
            lang,
            [dry_run, click.Argument(["names"], nargs=-1, required=True, metavar="NAME…")],
        ),
        make_command(
            "schema",
            late("mend", "run_schema"),
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
            from guongsang.cli.terminal.progress import photo_progress

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
    from guongsang.cli.terminal.progress import photo_progress
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
