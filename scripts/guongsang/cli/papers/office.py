"""Commands that make Word and Excel files of the stories as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import click

from guongsang.cli.revise import refuse_in_words
from guongsang.cli.terminal.project import CONFIG, PROBLEMS, USAGE, ask_folders, find_root
from guongsang.cli.terminal.show import Shower, paint, show_report
from guongsang.desk.papers.office import show_for_office
from guongsang.desk.papers.refuse_office import explain_office
from guongsang.office.errors import OfficeError
from guongsang.plugin.run import read_site_url
from guongsang.site.showing import Showing

# What was typed is wrong, or something is not installed.
_USAGE: Final = frozenset({"library", "period"})


def run_for_office(root: Path | None, lang: str, make: Callable[[Showing], int]) -> int:
    """Run what makes files; errors in the newsroom are printed, and nothing is made."""
    folder = find_root(root, lang)
    config_file = folder / CONFIG

    def show() -> int:
        find_folders = partial(ask_folders, config_file, lang)
        find_url = partial(read_site_url, config_file, Shower(lang))
        return show_for_office(folder, find_folders, find_url, show_or_tell)

    def show_or_tell(showing: Showing) -> int:
        if showing.archive is None:
            errors = [each for each in showing.found.problems if each.is_error]
            show_report(errors, showing.found.stories, lang, "text", None)
        return make(showing)

    try:
        return refuse_in_words(show, lang)
    except OfficeError as error:
        click.echo(paint(explain_office(error, lang), "error"), err=True)
        return USAGE if error.reason in _USAGE else PROBLEMS
