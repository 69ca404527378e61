"""`guongsang script`: stories as an announcer reads them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.papers.office import run_for_office
from guongsang.cli.terminal.project import FINE
from guongsang.cli.terminal.show import paint
from guongsang.desk.papers.refuse_office import tell_doubt
from guongsang.desk.papers.scripting import make_scripts
from guongsang.site.showing import Showing


def run_script(
    root: Path | None, lang: str, slugs: Sequence[str], *, words: bool, rate: int | None
) -> int:
    """Make the radio scripts of stories, and say where to look first."""
    return run_for_office(root, lang, partial(_make, lang, slugs, words=words, rate=rate))


def _make(
    lang: str, slugs: Sequence[str], showing: Showing, *, words: bool, rate: int | None
) -> int:
    for made in make_scripts(showing, slugs, words=words, rate=rate):
        docx, text = made.paths
        told = say("script-made", lang, docx=docx, text=text, length=made.script.length)
        click.echo(paint(told, "good"))
        for each in made.script.doubts:
            click.echo(paint(tell_doubt(each, lang), "warning"), err=True)
    return FINE
