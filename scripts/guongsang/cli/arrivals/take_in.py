"""`guongsang import` at work: manuscripts become drafts, and everything lost is told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import FINE, PROBLEMS, find_root
from guongsang.cli.terminal.show import paint
from guongsang.desk.arrivals.guess import find_column
from guongsang.desk.arrivals.lost import report_losses, tell_fault, tell_loss, tell_unreadable
from guongsang.desk.arrivals.old_site import is_old_site
from guongsang.desk.arrivals.take_in import (
    Draft,
    ThereAlreadyError,
    Wish,
    find_story,
    plan_draft,
    write_draft,
)
from guongsang.desk.arrivals.unpack import is_pack
from guongsang.intake.draft import BLANK
from guongsang.intake.manuscript import Picture, UnreadableError
from guongsang.intake.read import read_manuscript
from guongsang.intake.word.office import convert_document
from guongsang.problems.formats import format_problem
from guongsang.registers.load import load_registers
from guongsang.registers.model import Registers
from guongsang.text.dates import read_now

FORMATS: Final = ("text", "json")
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one file; `failed` is why nothing did, in words."""

    file: str
    draft: Draft | None = None
    failed: str = ""


def run_import(
    root: Path | None,
    lang: str,
    paths: Sequence[Path],
    photo: Sequence[Path],
    column: str | None,
    uploads: Path | None,
    no_input: bool,
    dry_run: bool,
    format: str,
) -> int:
    """Take in each file as a draft."""
    folder = find_root(root, lang)
    registers = read_registers(folder, lang)
    key = read_column(column, registers, lang)
    is_asking = not no_input and format == "text" and sys.stdin.isatty()
    packs = [path for path in paths if is_pack(path.name)]
    if packs:
        from guongsang.cli.arrivals.unpack import run_unpack

        if photo or len(packs) < len(paths):
            raise click.UsageError(say("unpack-mixed", lang, name=packs[0].name))
        return run_unpack(folder, packs, lang, format, dry_run=dry_run)
    old = next(filter(is_old_site, paths), None)
    if old is not None:
        if len(paths) > 1 or photo:
            raise click.UsageError(say("import-mixed", lang, name=old.name))
        from guongsang.cli.arrivals.old_site import Order, run_old_site

        return run_old_site(folder, Order(old, key, uploads, is_asking, dry_run, format), lang)
    if photo and len(paths) > 1:
        raise click.UsageError(say("import-photos", lang))
    loose = [Picture(path.name, path.read_bytes()) for path in photo]
    taking = _Taking(folder, registers, lang, key, loose, is_asking=is_asking, dry_run=dry_run)
    outcomes = []
    for path in paths:
        outcomes.append(taking.take(path))
        if format == "text":
            show_outcome(outcomes[-1], lang, dry_run=dry_run)
    if format == "json":
        click.echo(json.dumps(_report(outcomes, lang), ensure_ascii=False, indent=2))
    written = [each.draft.path for each in outcomes if each.draft]
    if written and format == "text" and not dry_run:
        click.echo(say("import-next", lang, paths=" ".join(written)))
    return PROBLEMS if any(each.failed for each in outcomes) else FINE


def read_registers(folder: Path, lang: str) -> Registers:
    """Return the newsroom's registers; what makes them useless ends the command."""
    reading = load_registers(folder)
    if reading.registers is None:
        for each in reading.problems:
            click.echo(format_problem(each, lang, paint), err=True)
        raise click.exceptions.Exit(PROBLEMS)
    return reading.registers


def read_column(given: str | None, registers: Registers, lang: str) -> str:
    """Return the key of a column that was typed. Raises click.UsageError."""
    if not given:
        return ""
    key = find_column(given, registers)
    if key is None:
        known = ", ".join(registers.columns)
        raise click.UsageError(say("import-column", lang, given=given, known=known))
    return key


class _Taking:
    def __init__(
        self,
        root: Path,
        registers: Registers,
        lang: str,
        column: str,
        loose: Sequence[Picture],
        *,
        is_asking: bool,
        dry_run: bool,
    ) -> None:
        self._root, self._registers, self._lang = root, registers, lang
        self._column, self._loose = column, loose
        self._is_asking, self._dry_run = is_asking, dry_run

    def take(self, path: Path) -> _Outcome:
        """Take in one file."""
        name = path.name
        try:
            manuscript = read_manuscript(path.read_bytes(), name, convert_document)
        except UnreadableError as error:
            return _Outcome(name, failed=tell_unreadable(name, error, self._lang))
        except OSError as error:
            reason = error.strerror or error
            told = say("import-unread", self._lang, file=name, reason=reason)
            return _Outcome(name, failed=told)
        today = read_now().date()
        wish = Wish(today, self._column, loose=self._loose, name=name)
        draft = plan_draft(manuscript, self._registers, wish)
        if draft.guess.column == BLANK and self._is_asking:
            column = self._ask_column(draft.article.title or name)
            draft = plan_draft(manuscript, self._registers, replace(wish, column=column))
        return self._write(name, draft)

    def _write(self, name: str, draft: Draft) -> _Outcome:
        try:
            if not self._dry_run:
                write_draft(self._root, draft)
            elif there := find_story(self._root, draft.slug):
                raise ThereAlreadyError(there)
        except ThereAlreadyError as error:
            told = say("import-there", self._lang, file=name, path=error.path)
            return _Outcome(name, failed=told)
        except OSError as error:
            reason = error.strerror or error
            told = say("import-unwritable", self._lang, file=name, path=draft.path, reason=reason)
            return _Outcome(name, failed=told)
        return _Outcome(name, draft)

    def _ask_column(self, title: str) -> str:
        known = ", ".join(key for key, each in self._registers.columns.items() if each.active)
        while True:
            text = say("ask.column", self._lang, title=title, known=known)
            given = click.prompt(text, default="", show_default=False)
            try:
                return read_column(given, self._registers, self._lang)
            except click.UsageError as error:
                click.echo(error.message, err=True)


def list_needs(draft: Draft) -> Iterator[str]:
    """Yield the names of what only people can fill in."""
    article, guess = draft.article, draft.guess
    missing = {
        "title": not article.title,
        "column": guess.column == BLANK,
        "fields": not guess.fields,
        "honorees": not guess.honorees,
        "consent": True,
        "minors": True,
        "places": not guess.places,
        "authors": not article.authors,
        "cover": not article.shots,
        "alt": any(not shot.picture.alt for shot in article.shots),
        "summary": not article.summary,
        "verified": True,
    }
    yield from (key for key, is_missing in missing.items() if is_missing)


def _list_guesses(draft: Draft) -> Iterator[tuple[str, list[str]]]:
    guess = draft.guess
    if guess.column != BLANK:
        yield "column", [guess.column]
    for name, keys in (
        ("honorees", guess.honorees),
        ("places", [unit for unit, _ in guess.places]),
        ("authors", guess.authors.values()),
    ):
        if keys:
            yield name, list(keys)


def show_outcome(outcome: _Outcome, lang: str, *, dry_run: bool) -> None:
    """Print what became of a file, with everything that was lost and is to be done."""
    draft = outcome.draft
    if draft is None:
        click.echo(paint(outcome.failed, "error"), err=True)
        return
    told = say(
        "would-import" if dry_run else "imported",
        lang,
        file=outcome.file,
        path=draft.path,
        title=draft.article.title or BLANK,
        photos=len(draft.files) - 1,
    )
    click.echo(paint(told, "good"))
    for loss in draft.losses:
        click.echo(f"  – {tell_loss(loss, lang)}")
    for name, fault in draft.unusable:
        click.echo(paint(f"  – {tell_fault(name, fault, lang)}", "warning"))
    guesses = [
        say(f"guess.{key}", lang, keys=", ".join(keys)) for key, keys in _list_guesses(draft)
    ]
    if guesses:
        click.echo(f"  {say('import-guesses', lang, what='; '.join(guesses))}")
    needs = ", ".join(say(f"need.{each}", lang) for each in list_needs(draft))
    click.echo(f"  {say('import-asks', lang, what=needs)}")


def _report(outcomes: Sequence[_Outcome], lang: str) -> dict[str, Any]:
    return {"version": VERSION, "stories": [_report_one(each, lang) for each in outcomes]}


def _report_one(outcome: _Outcome, lang: str) -> dict[str, Any]:
    draft = outcome.draft
    if draft is None:
        return {"file": outcome.file, "path": None, "reason": outcome.failed}
    return {
        "file": outcome.file,
        "path": draft.path,
        "title": draft.article.title,
        "photos": sorted(name for name in draft.files if name != "index.md"),
        "losses": report_losses(draft, lang),
        "guessed": dict(_list_guesses(draft)),
        "needed": list(list_needs(draft)),
    }
