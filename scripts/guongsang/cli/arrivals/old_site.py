"""`guongsang import` of a whole old site: asks what its categories become, takes in, reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import click

from guongsang.cli.arrivals.old_site_page import render_page, tell_state
from guongsang.cli.arrivals.take_in import list_needs, read_registers
from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import CONFIG, FINE, PROBLEMS
from guongsang.cli.terminal.show import Shower, paint
from guongsang.desk.arrivals.guess import find_column
from guongsang.desk.arrivals.lost import report_losses, tell_unreadable
from guongsang.desk.arrivals.old_addresses import APACHE, NGINX, render_apache, render_nginx
from guongsang.desk.arrivals.old_site import (
    FOLDER,
    SETTINGS,
    SKIPPED,
    Arrival,
    Choice,
    House,
    Taken,
    guess_choice,
    open_old_site,
    read_choices,
    take_in,
    write_choices,
)
from guongsang.desk.write import write_text
from guongsang.intake.draft import BLANK
from guongsang.intake.manuscript import UnreadableError
from guongsang.intake.old_sites.nukeviet import NukeViet
from guongsang.intake.old_sites.posts import Category, Uploads
from guongsang.intake.old_sites.wordpress import WordPress
from guongsang.registers.model import Registers
from guongsang.text.dates import read_now

REPORT: Final = "nhap-khau.html"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Order:
    """How to take in: `column` is a key for all, "" where each category decides."""

    path: Path
    column: str
    uploads: Path | None
    is_asking: bool
    dry_run: bool
    format: str


def run_old_site(root: Path, order: Order, lang: str) -> int:
    """Take in an old site."""
    registers = read_registers(root, lang)
    now = read_now()
    try:
        site = open_old_site(order.path, now)
        choices = _decide(root, site, registers, order, lang)
        house = House(root, registers, choices, Uploads(order.uploads), now.date())
        arrival = _take(site, house, order, lang)
        files = [] if order.dry_run else _write_reports(root, arrival, lang)
    except UnreadableError as error:
        click.echo(paint(tell_unreadable(order.path.name, error, lang), "error"), err=True)
        return PROBLEMS
    except OSError as error:
        reason, path = error.strerror or error, error.filename or root
        told = say("import-unwritable", lang, file=order.path.name, path=path, reason=reason)
        click.echo(paint(told, "error"), err=True)
        return PROBLEMS
    if order.format == "json":
        click.echo(json.dumps(_report(arrival, lang), ensure_ascii=False, indent=2))
    else:
        _show(arrival, choices, files, order, lang)
    return FINE


def _decide(
    root: Path, site: NukeViet | WordPress, registers: Registers, order: Order, lang: str
) -> Mapping[str, Choice]:
    """Return what each category becomes: what was decided before, and what is asked now."""
    choices = read_choices(root)
    is_new = False
    for category, count in site.list_categories().most_common():
        if category.key in choices:
            continue
        is_new = True
        choice = guess_choice(category, registers, order.column)
        if order.is_asking and not order.column:
            choice = _ask(category, count, choice, registers, lang)
        choices[category.key] = choice
    if is_new and not order.dry_run:
        write_choices(root, choices)
    return choices


def _ask(category: Category, count: int, guess: Choice, registers: Registers, lang: str) -> Choice:
    known = ", ".join(key for key, each in registers.columns.items() if each.active)
    text = say("ask.category", lang, name=category.name, count=count, known=known, skip=SKIPPED)
    while True:
        given = click.prompt(text, default=guess.column, show_default=guess.column != BLANK).strip()
        column = given if given in (SKIPPED, BLANK) else find_column(given, registers)
        if column is not None:
            break
        told = say("import-column", lang, given=given, known=", ".join(registers.columns))
        click.echo(told, err=True)
    if column in (SKIPPED, BLANK):
        return Choice(category.name, column)
    return Choice(category.name, column, _ask_fields(guess, registers, lang))


def _ask_fields(guess: Choice, registers: Registers, lang: str) -> tuple[str, ...]:
    text = say("ask.fields", lang, known=", ".join(registers.fields))
    while True:
        default = " ".join(guess.fields)
        given = click.prompt(text, default=default, show_default=bool(default))
        fields = tuple(dict.fromkeys(given.replace(",", " ").split()))
        wrong = [each for each in fields if each not in registers.fields]
        if not wrong:
            return fields
        click.echo(say("import-field", lang, given=", ".join(wrong)), err=True)


def _take(site: NukeViet | WordPress, house: House, order: Order, lang: str) -> Arrival:
    arrival = Arrival()
    is_shown = sys.stderr.isatty()
    for arrival in take_in(site, house, dry_run=order.dry_run):
        if is_shown:
            done, total = len(arrival.stories), arrival.states["published"]
            told = say("import-progress", lang, done=done, total=total)
            click.echo(f"\r{told}", nl=False, err=True)
    if is_shown:
        click.echo("", err=True)
    return arrival


def _write_reports(root: Path, arrival: Arrival, lang: str) -> list[str]:
    """Write the report and the files for servers; return their paths."""
    from guongsang.plugin.run import read_site_url

    site_url = read_site_url(root / CONFIG, Shower(lang)) or "/"
    base = urlsplit(site_url).path or "/"
    stories = [*arrival.stories, *arrival.there]
    files = {
        REPORT: render_page(_report(arrival, lang), lang),
        NGINX: render_nginx(stories, base),
        APACHE: render_apache(stories, base),
    }
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        write_text(folder / name, text)
    return [f"{FOLDER}/{name}" for name in files]


def _report(arrival: Arrival, lang: str) -> dict[str, Any]:
    asked = [
        {
            "name": each.name,
            "path": each.path,
            "title": each.title,
            "missing": list(each.missing),
            "message": ", ".join(say(f"missing.{name}", lang) for name in each.missing),
        }
        for story in (*arrival.stories, *arrival.there)
        for each in story.asked
    ]
    return {
        "version": VERSION,
        "states": dict(arrival.states),
        "taken": len(arrival.stories),
        "there": [each.path for each in arrival.there],
        "left_out": dict(arrival.left_out),
        "stories": [_report_story(each, lang) for each in arrival.stories],
        "ask": asked,
    }


def _report_story(taken: Taken, lang: str) -> dict[str, Any]:
    draft = taken.draft
    assert draft is not None
    return {
        "id": taken.post_id,
        "addresses": list(taken.addresses),
        "path": taken.path,
        "title": draft.article.title,
        "photos": len(draft.files) - 1,
        "losses": report_losses(draft, lang),
        "needed": list(list_needs(draft)),
    }


def _show(
    arrival: Arrival, choices: Mapping[str, Choice], files: list[str], order: Order, lang: str
) -> None:
    others = {state: n for state, n in arrival.states.items() if state != "published"}
    key = "would-import-site" if order.dry_run else "imported-site"
    told = say(key, lang, file=order.path.name, stories=len(arrival.stories))
    click.echo(paint(told, "good"))
    if arrival.there:
        click.echo(f"  {say('import-site-there', lang, count=len(arrival.there))}")
    if others:
        what = ", ".join(f"{tell_state(state, lang)} {n}" for state, n in sorted(others.items()))
        click.echo(f"  {say('import-site-others', lang, what=what)}")
    for name, count in arrival.left_out.items():
        click.echo(f"  {say('import-site-left', lang, name=name, count=count)}")
    if arrival.lost:
        what = ", ".join(f"{kind} {count}" for kind, count in arrival.lost.most_common())
        click.echo(f"  {say('import-site-lost', lang, what=what)}")
    asked = sum(len(each.asked) for each in (*arrival.stories, *arrival.there))
    if asked:
        click.echo(f"  {say('import-site-ask', lang, count=asked)}")
    open_ones = [each.name for each in choices.values() if each.column == BLANK]
    if open_ones:
        told = say("import-site-open", lang, file=SETTINGS, names=", ".join(open_ones))
        click.echo(paint(f"  {told}", "warning"))
    if files:
        click.echo(f"  {say('import-site-files', lang, files=', '.join([*files, SETTINGS]))}")
