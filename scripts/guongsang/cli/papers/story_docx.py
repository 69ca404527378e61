"""`guongsang docx`: stories as Word documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.papers.bulletin import refuse_paper
from guongsang.cli.papers.office import run_for_office
from guongsang.cli.terminal.project import FINE
from guongsang.cli.terminal.show import paint
from guongsang.desk.papers.story_docx import make_story_files
from guongsang.paper.errors import PaperError
from guongsang.site.showing import Showing


def run_docx(root: Path | None, lang: str, slugs: Sequence[str]) -> int:
    """Make a Word document of each story."""

    def make(showing: Showing) -> int:
        for path in make_story_files(showing, slugs):
            click.echo(paint(say("docx-made", lang, path=path), "good"))
        return FINE

    try:
        return run_for_office(root, lang, make)
    except PaperError as error:
        return refuse_paper(error, lang)
