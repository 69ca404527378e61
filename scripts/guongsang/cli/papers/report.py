"""`guongsang report`: the review of a period as a Word file, and its numbers as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.papers.office import run_for_office
from guongsang.cli.terminal.project import FINE
from guongsang.cli.terminal.show import paint
from guongsang.desk.papers.refuse_office import tell_untitled
from guongsang.desk.papers.reporting import need_period, write_report
from guongsang.office.heads import HeadKind
from guongsang.site.showing import Showing


def run_report(root: Path | None, lang: str, period: str, head: HeadKind, xlsx: bool) -> int:
    """Make the report of a period."""

    def make(showing: Showing) -> int:
        made = write_report(showing, need_period(period), head, with_workbook=xlsx)
        for path in made.paths:
            click.echo(paint(say("report-made", lang, path=path, stories=made.stories), "good"))
        for slug in made.untitled:
            click.echo(paint(tell_untitled(slug, lang), "warning"), err=True)
        return FINE

    return run_for_office(root, lang, make)
