"""Commands that make Word and Excel files of the stories as readers see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from guongsang.cli.papers.showing import run_showing
from guongsang.cli.terminal.project import PROBLEMS, USAGE
from guongsang.cli.terminal.show import paint
from guongsang.desk.papers.office import show_for_office
from guongsang.desk.papers.refuse_office import explain_office
from guongsang.office.errors import OfficeError
from guongsang.site.showing import Showing

# What was typed is wrong, or something is not installed.
_USAGE: Final = frozenset({"library", "period"})


def run_for_office(root: Path | None, lang: str, make: Callable[[Showing], int]) -> int:
    """Run what makes files; errors in the newsroom are printed, and nothing is made."""
    try:
        return run_showing(root, lang, show_for_office, make)
    except OfficeError as error:
        click.echo(paint(explain_office(error, lang), "error"), err=True)
        return USAGE if error.reason in _USAGE else PROBLEMS
