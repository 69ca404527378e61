"""One thing done with one story: `correct`, `retract`, `rename`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import FINE, PROBLEMS, USAGE, find_root, open_project
from guongsang.cli.terminal.show import paint
from guongsang.desk.fix import Mended, format_diff
from guongsang.desk.refuse import RefusedError
from guongsang.desk.rename import plan_renaming, write_renaming
from guongsang.desk.revise import find_story_file, plan_correction, plan_retraction, write_edits
from guongsang.text.dates import read_now

# What was typed is wrong, not what the files hold.
_TYPED = frozenset({"unknown", "empty", "same", "key"})


def run_correct(
    root: Path | None, lang: str, target: str, was: str, now: str, dry_run: bool
) -> int:
    """Correct a published story in the open."""
    folder = find_root(root, lang)

    def correct() -> int:
        path = find_story_file(folder, target)
        plan = plan_correction(folder, path, was, now, read_now().date())
        if dry_run:
            show_diff([plan.edit])
        else:
            write_edits(folder, [plan.edit])
        key = "would-correct" if dry_run else "corrected"
        click.echo(paint(say(key, lang, path=path), "good"), err=dry_run)
        if plan.in_text != "changed" or not dry_run:
            told = say(f"correct-{plan.in_text}", lang, was=was.strip(), path=path)
            is_done = plan.in_text in ("changed", "already")
            click.echo(told if is_done else paint(told, "warning"), err=dry_run)
        return FINE

    return refuse_in_words(correct, lang)


def run_retract(root: Path | None, lang: str, target: str, reason: str, dry_run: bool) -> int:
    """Withdraw a story."""
    folder = find_root(root, lang)

    def retract() -> int:
        path = find_story_file(folder, target)
        edit = plan_retraction(folder, path, reason, read_now().date())
        if dry_run:
            show_diff([edit])
        else:
            write_edits(folder, [edit])
        key = "would-retract" if dry_run else "retracted"
        click.echo(paint(say(key, lang, path=path), "good"), err=dry_run)
        return FINE

    return refuse_in_words(retract, lang)


def run_rename(root: Path | None, lang: str, target: str, new: str, dry_run: bool) -> int:
    """Give a story another address."""
    project = open_project(root, lang)
    folder = project.root

    def rename() -> int:
        plan = plan_renaming(folder, target, new.strip("/"), project.docs_dir)
        if dry_run:
            show_diff(plan.edits)
        else:
            write_renaming(folder, plan)
        key = "would-rename" if dry_run else "renamed" if plan.keeps_old else "renamed-draft"
        told = say(key, lang, old=plan.old, new=plan.new, others=len(plan.others))
        click.echo(paint(told, "good"), err=dry_run)
        return FINE

    return refuse_in_words(rename, lang)


def show_diff(edits: Iterable[Mended]) -> None:
    """Print as a diff what would be written; messages go to the other output."""
    for edit in edits:
        if edit.before != edit.after:
            click.echo(format_diff(edit), nl=False)


def refuse_in_words(run: Callable[[], int], lang: str) -> int:
    """Run a command of the desk; what it refuses ends it with one line."""
    try:
        return run()
    except RefusedError as error:
        click.echo(paint(error.message(lang), "error"), err=True)
        return USAGE if error.reason in _TYPED else PROBLEMS
    except BrokenPipeError:
        raise
    except OSError as error:
        reason, path = error.strerror or error, error.filename or "–"
        click.echo(paint(say("unwritten", lang, path=path, reason=reason), "error"), err=True)
        return PROBLEMS
