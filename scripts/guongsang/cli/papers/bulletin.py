"""`guongsang bulletin` and `guongsang poster`: stories on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.papers.showing import run_showing
from guongsang.cli.terminal.project import FINE, PROBLEMS, USAGE
from guongsang.cli.terminal.show import paint
from guongsang.desk.papers.printing import (
    LeftOut,
    Made,
    NotPrintedError,
    choose_bulletin,
    print_bulletin,
    print_poster,
    show_for_print,
)
from guongsang.desk.papers.refuse_paper import explain_paper, tell_blurred, tell_left_out
from guongsang.paper.errors import PaperError
from guongsang.site.showing import Showing

# What was typed is wrong, or something is not installed.
_USAGE = frozenset({"mixed", "library"})


def run_bulletin(
    root: Path | None,
    lang: str,
    what: Sequence[str],
    size: str | None,
    booklet: bool,
    title: str | None,
) -> int:
    """Make a bulletin of a month, a quarter, or some stories."""
    chosen = size or ("a5" if booklet else "a4")

    def make(showing: Showing) -> int:
        choice = choose_bulletin(showing, what, chosen)
        made = print_bulletin(showing, choice, title=title, size=chosen, booklet=booklet)
        _tell_left_out(choice.left_out, lang)
        path, *others = made.paths
        pages = made.printed.pages
        told = say("paper-made", lang, path=path, pages=pages, stories=len(choice.stories))
        click.echo(paint(told, "good"))
        for other in others:
            click.echo(paint(say("paper-booklet", lang, path=other), "good"))
        _tell_blurred(made, lang)
        return FINE

    return _run(root, lang, make)


def run_poster(root: Path | None, lang: str, target: str) -> int:
    """Make the poster of a story."""

    def make(showing: Showing) -> int:
        made = print_poster(showing, target)
        click.echo(paint(say("paper-poster", lang, path=made.paths[0]), "good"))
        _tell_blurred(made, lang)
        return FINE

    return _run(root, lang, make)


def _run(root: Path | None, lang: str, make: Callable[[Showing], int]) -> int:
    try:
        return run_showing(root, lang, show_for_print, make)
    except PaperError as error:
        return refuse_paper(error, lang)


def refuse_paper(error: PaperError, lang: str) -> int:
    """Say on one line why nothing is made, before it which stories are to blame."""
    _tell_left_out(error.left_out if isinstance(error, NotPrintedError) else (), lang)
    click.echo(paint(explain_paper(error, lang), "error"), err=True)
    return USAGE if error.reason in _USAGE else PROBLEMS


def _tell_left_out(left_out: Iterable[LeftOut], lang: str) -> None:
    for each in left_out:
        click.echo(paint(tell_left_out(each, lang), "warning"), err=True)


def _tell_blurred(made: Made, lang: str) -> None:
    for each in made.printed.blurred:
        click.echo(paint(tell_blurred(each, lang), "warning"), err=True)
