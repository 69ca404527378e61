"""`guongsang nominate`: the form on paper, and letters that came in."""

from __future__ import annotations

from pathlib import Path

import click

from guongsang.cli.arrivals.take_in import read_registers
from guongsang.cli.messages.all import say
from guongsang.cli.revise import refuse_in_words
from guongsang.cli.terminal.project import CONFIG, FINE, PROBLEMS, find_root
from guongsang.cli.terminal.show import Shower, paint
from guongsang.desk.arrivals.lost import tell_unreadable
from guongsang.desk.arrivals.nominate import Nomination, plan_nomination, take_nomination
from guongsang.desk.arrivals.take_in import ThereAlreadyError
from guongsang.desk.papers.nominate_form import find_page, write_form
from guongsang.intake.manuscript import UnreadableError
from guongsang.plugin.run import read_site_url
from guongsang.stories.scan import INDEX
from guongsang.text.dates import read_now


def run_nominate(
    root: Path | None,
    lang: str,
    what: str,
    file: Path | None,
    keep: Path | None,
    dry_run: bool,
) -> int:
    """Make the form, or take a letter in."""
    if (what == "import") != (file is not None):
        raise click.UsageError(say("nominate-file", lang))
    folder = find_root(root, lang)
    if file is None:
        return refuse_in_words(lambda: _make_form(folder, lang), lang)
    return refuse_in_words(lambda: _take_in(folder, lang, file, keep, dry_run), lang)


def _make_form(folder: Path, lang: str) -> int:
    newsroom = read_registers(folder, lang).newsroom
    address = find_page(newsroom, read_site_url(folder / CONFIG, Shower(lang)))
    path = write_form(folder, newsroom, address)
    if address is None:
        click.echo(paint(say("nominate-no-code", lang), "warning"), err=True)
    click.echo(paint(say("consent-made", lang, path=path), "good"))
    return FINE


def _take_in(folder: Path, lang: str, file: Path, keep: Path | None, dry_run: bool) -> int:
    registers = read_registers(folder, lang)
    try:
        plan = plan_nomination(folder, file, registers, read_now().date(), keep)
        if not dry_run:
            take_nomination(folder, plan)
    except UnreadableError as error:
        click.echo(paint(tell_unreadable(file.name, error, lang), "error"), err=True)
        return PROBLEMS
    except ThereAlreadyError as error:
        click.echo(paint(say("new-there", lang, path=error.path), "error"), err=True)
        return PROBLEMS
    _tell(plan, file, lang, dry_run=dry_run)
    return FINE


def _tell(plan: Nomination, file: Path, lang: str, *, dry_run: bool) -> None:
    key = "would-nominate" if dry_run else "nominated"
    draft = f"{plan.draft.path}/{INDEX}"
    told = say(key, lang, number=plan.number, folder=plan.folder, path=draft)
    click.echo(paint(told, "good"), err=dry_run)
    if plan.letter.attachments:
        names = ", ".join(plan.letter.attachments)
        click.echo(say("nominate-attached", lang, names=names), err=dry_run)
    if plan.is_inside:
        click.echo(paint(say("nominate-inside", lang, path=file), "warning"), err=True)
