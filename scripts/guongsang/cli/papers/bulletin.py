"""`guongsang bulletin` and `guongsang poster`: stories on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.revise import refuse_in_words
from guongsang.cli.terminal.project import CONFIG, FINE, PROBLEMS, USAGE, ask_folders, find_root
from guongsang.cli.terminal.show import Shower, paint, show_report
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
from guongsang.plugin.run import read_site_url
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
    folder = find_root(root, lang)
    config_file = folder / CONFIG

    def show() -> int:
        find_folders = partial(ask_folders, config_file, lang)
        find_url = partial(read_site_url, config_file, Shower(lang))
        return show_for_print(folder, find_folders, find_url, show_or_tell)

    def show_or_tell(showing: Showing) -> int:
        if showing.archive is None:
            errors = [each for each in showing.found.problems if each.is_error]
            show_report(errors, showing.found.stories, lang, "text", None)
        return make(showing)

    try:
        return refuse_in_words(show, lang)
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
