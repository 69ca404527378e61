"""Printing: colours on a terminal, plain text in a pipe, problems as two lines."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from guongsang.cli.messages.all import say
from guongsang.problems.formats import format_json, format_problem, format_text
from guongsang.problems.formats_github import format_github, format_summary
from guongsang.problems.formats_gitlab import format_gitlab
from guongsang.problems.formats_sarif import format_sarif
from guongsang.problems.problem import Problem

if TYPE_CHECKING:
    from guongsang.desk.fix import Fixed

_STYLES: Final[dict[str, dict[str, object]]] = {
    "path": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "hint": {"fg": "cyan"},
    "good": {"fg": "green"},
}


def paint(text: str, style: str) -> str:
    """Colour text; click takes colours away again where output is no terminal."""
    return click.style(text, **_STYLES[style])  # type: ignore[arg-type]


def show_report(
    found: Sequence[Problem], stories: int, lang: str, form: str, reference: str | None = None
) -> None:
    """Print what a check has found in one of the formats; GitHub's goes to its summary too.

    `reference` is the full address of the page that explains the rules, where it is known.
    """
    if form == "json":
        click.echo(format_json(found, stories, lang))
    elif form == "github":
        click.echo(format_github(found, stories, lang))
        _append_summary(format_summary(found, stories, lang, reference), lang)
    elif form == "gitlab":
        click.echo(format_gitlab(found, lang))
    elif form == "sarif":
        click.echo(format_sarif(found, lang, reference))
    else:
        click.echo(format_text(found, stories, lang, paint))


def _append_summary(text: str, lang: str) -> None:
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    try:
        with Path(name).open("a", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        click.echo(say("no-summary", lang, reason=error.strerror or error), err=True)


def show_fixed(done: Fixed, lang: str, *, dry_run: bool) -> None:
    """Print what was mended in each file, or as a diff what would be."""
    from guongsang.desk.fix import format_diff

    for mended in done.mended:
        if dry_run:
            click.echo(format_diff(mended), nl=False)
        else:
            what = ", ".join(say(f"mend.{each}", lang, count=mended.added) for each in mended.what)
            click.echo(f"{paint(mended.path, 'path')}: {what}")
    for found in done.problems:
        click.echo(format_problem(found, lang, paint), err=True)
    if not done.mended:
        key = "nothing-to-fix" if not done.problems else "nothing-fixed"
    else:
        key = "would-fix" if dry_run else "fixed"
    # A diff on the standard output stays a diff.
    click.echo(say(key, lang, files=len(done.mended)), err=dry_run)


class Shower:
    """Shows what a build has to say, each thing once."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._seen: set[Problem | str] = set()

    def __call__(self, what: Problem | str, level: int) -> None:
        if what in self._seen:
            return
        self._seen.add(what)
        if isinstance(what, Problem):
            click.echo(format_problem(what, self.lang, paint), err=True)
        else:
            style = "error" if level >= logging.ERROR else "warning"
            click.echo(paint(what, style), err=True)


def format_bytes(size: int, lang: str) -> str:
    """Return a size in MB or KB, with the decimal mark of the language."""
    text = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{round(size / 1000)} KB"
    return text.replace(".", ",") if lang == "vi" else text


def format_tenths(value: float, lang: str) -> str:
    """Return a number with one decimal."""
    text = f"{value:.1f}"
    return text.replace(".", ",") if lang == "vi" else text
