"""What editors do to their files: mend, erase, and let their program know the keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import (
    CONFIG,
    FINE,
    PROBLEMS,
    ask_folders,
    find_root,
    is_below,
    open_project,
    relative_to,
)
from guongsang.cli.terminal.show import paint, show_fixed
from guongsang.desk.erasing.erase_report import format_erasure
from guongsang.desk.erasing.erase_whole import PlannedErasure, erase_planned, plan_erasure
from guongsang.desk.fix import fix_files
from guongsang.desk.refuse import RefusedError
from guongsang.problems.formats import format_problem
from guongsang.problems.problem import has_errors
from guongsang.registers.describe import json_schema
from guongsang.text.dates import read_now


def run_fix(root: Path | None, lang: str, dry_run: bool, paths: Sequence[Path]) -> int:
    """Mend story files and registers, or show what would be mended."""
    folder = find_root(root, lang)
    wanted = [relative_to(path, folder) for path in paths]
    done = fix_files(folder, partial(is_below, wanted=wanted), dry_run=dry_run)
    show_fixed(done, lang, dry_run=dry_run)
    return PROBLEMS if has_errors(done.problems) else FINE


def run_erase(root: Path | None, lang: str, dry_run: bool, with_stories: bool, target: str) -> int:
    """Erase a story or an honoree, and say what a build cannot reach."""
    project = open_project(root, lang)
    try:
        planned = plan_erasure(project, target, with_stories=with_stories)
    except RefusedError as error:
        raise click.UsageError(error.message(lang)) from None
    if planned.left:
        return _refuse(planned, lang)
    if not dry_run:
        find_folders = partial(ask_folders, project.root / CONFIG, lang)
        failed = erase_planned(project, planned, find_folders)
        if failed is not None:
            click.echo(format_problem(failed, lang, paint), err=True)
            return PROBLEMS
    today = read_now().date()
    told = format_erasure(planned.erasure, lang, today, dry_run=dry_run, printed=planned.printed)
    click.echo(told)
    return FINE


def _refuse(planned: PlannedErasure, lang: str) -> int:
    """Tell every place, and what to do about them once."""
    for each in planned.left:
        click.echo(format_problem(each, lang, paint).partition("\n")[0], err=True)
    told = say("not-erased", lang, count=len(planned.left), stories=len(planned.stories))
    click.echo(f"    → {planned.left[-1].hint(lang)}\n{paint(told, 'error')}", err=True)
    return PROBLEMS


def run_schema(root: Path | None, lang: str, name: str) -> int:
    """Print the JSON Schema of a record or register; it is the same for every newsroom."""
    del root
    click.echo(json.dumps(json_schema(name, lang), ensure_ascii=False, indent=2))
    return FINE
