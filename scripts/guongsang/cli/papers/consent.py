"""`guongsang consent`: forms to print and sign."""

from __future__ import annotations

from pathlib import Path

import click

from guongsang.cli.arrivals.take_in import read_registers
from guongsang.cli.messages.all import say
from guongsang.cli.revise import refuse_in_words
from guongsang.cli.terminal.project import FINE, find_root
from guongsang.cli.terminal.show import paint
from guongsang.desk.papers.forms import plan_paper, write_paper
from guongsang.desk.revise import find_story_file
from guongsang.text.dates import read_now


def run_consent(root: Path | None, lang: str, target: str, dry_run: bool) -> int:
    """Make the forms that the people of a story sign, and say their numbers."""
    folder = find_root(root, lang)
    registers = read_registers(folder, lang)

    def make() -> int:
        path = find_story_file(folder, target)
        paper = plan_paper(folder, path, registers, read_now().date())
        written = None if dry_run else write_paper(folder, paper)
        for form in paper.forms:
            signs = "child" if form.child_signs else "guardian" if form.is_child else "self"
            who = say(f"consent-{signs}", lang, who=form.who)
            click.echo(f"{paint(form.record, 'path')}: {who}")
        if written is None:
            click.echo(say("would-consent", lang, path=paper.path), err=True)
        else:
            click.echo(paint(say("consent-made", lang, path=written), "good"))
        return FINE

    return refuse_in_words(make, lang)
