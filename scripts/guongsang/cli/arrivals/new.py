"""`guongsang new`: a draft from a few answers."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from guongsang.cli.arrivals.take_in import read_registers
from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import FINE, PROBLEMS, find_root
from guongsang.cli.terminal.show import paint
from guongsang.desk.arrivals.begin import Beginning, Known, plan_beginning
from guongsang.desk.arrivals.lost import tell_fault
from guongsang.desk.arrivals.take_in import ThereAlreadyError, find_story, write_folder
from guongsang.desk.find import Match, find_meant, list_all, pick_meant
from guongsang.deskpage.asked import BASE
from guongsang.publish.lock import ServeLock
from guongsang.registers.model import Registers
from guongsang.site.sources.project import CACHE
from guongsang.stories.scan import INDEX, STORIES
from guongsang.text.dates import read_now

_MOST = 12
# Who is in no register may be written into the story itself.
_INLINE = ("honoree", "author")


def run_new(
    root: Path | None,
    lang: str,
    title: str | None,
    column: str | None,
    field: Sequence[str],
    deed: Sequence[str],
    place: Sequence[str],
    honoree: Sequence[str],
    author: Sequence[str],
    photo: Sequence[Path],
    no_input: bool,
    no_open: bool,
    dry_run: bool,
) -> int:
    """Begin a story; on a terminal ask for what was not said."""
    folder = find_root(root, lang)
    registers = read_registers(folder, lang)
    asker = _Asker(registers, lang) if not no_input and sys.stdin.isatty() else None
    if title is None and asker is not None:
        title = click.prompt(say("ask.title", lang)).strip()
    if not title or not title.strip():
        raise click.UsageError(say("new-no-title", lang))
    given = {
        "column": [column] if column else [],
        "field": field,
        "deed": deed,
        "place": place,
        "honoree": honoree,
        "author": author,
    }
    found = {
        kind: [_read(kind, each, registers, lang) for each in typed]
        for kind, typed in given.items()
    }
    if asker is not None:
        for kind in ("column", "field", "place", "honoree", "author"):
            found[kind] = found[kind] or list(asker.ask(kind))
    plan = plan_beginning(_know(title.strip(), found, photo), registers, read_now().date())
    if dry_run:
        return _show_plan(folder, plan, lang)
    try:
        write_folder(folder, plan.path, plan.files)
    except ThereAlreadyError as error:
        click.echo(paint(say("new-there", lang, path=error.path), "error"), err=True)
        return PROBLEMS
    except OSError as error:
        reason = error.strerror or error
        told = say("unwritten", lang, path=plan.path, reason=reason)
        click.echo(paint(told, "error"), err=True)
        return PROBLEMS
    _tell(plan, lang, "new-begun")
    if asker is not None and not no_open:
        _open(folder, plan.path)
    return FINE


def _know(title: str, found: dict[str, list[Match]], photos: Sequence[Path]) -> Known:
    def keys(kind: str) -> list[str]:
        return list(dict.fromkeys(each.key for each in found[kind] if each.key))

    def names(kind: str) -> list[str]:
        return [each.label for each in found[kind] if not each.key]

    return Known(
        title,
        column=next(iter(keys("column")), ""),
        fields=keys("field"),
        deeds=keys("deed"),
        places=found["place"],
        honorees=keys("honoree"),
        people=names("honoree"),
        authors=keys("author"),
        names=names("author"),
        photos=[(path.name, path.read_bytes()) for path in photos],
    )


def _read(kind: str, typed: str, registers: Registers, lang: str) -> Match:
    """Return what was typed as a flag means. Raises click.UsageError where that is not sure."""
    found = find_meant(kind, typed, registers)
    if len({each.key for each in found}) == 1:
        # Of a unit and its namesake of before, the present one, unless more is typed.
        return next((each for each in found if each.label == each.printed), found[0])
    if not found and kind in _INLINE:
        click.echo(paint(say(f"new-inline-{kind}", lang, name=typed), "warning"), err=True)
        return Match("", typed)
    if not found:
        every = [] if kind == "place" else [match for match, _ in list_all(kind, registers)]
        told = ", ".join(_show(each) for each in every[:_MOST]) or "–"
        raise click.UsageError(say("new-unknown", lang, kind=kind, typed=typed, known=told))
    told = "; ".join(_show(each) for each in found[:_MOST])
    raise click.UsageError(say("new-several", lang, kind=kind, typed=typed, known=told))


def _show(match: Match) -> str:
    return f"{match.key} ({match.label})"


def _show_plan(folder: Path, plan: Beginning, lang: str) -> int:
    there = find_story(folder, plan.path.rpartition("/")[2])
    if there is not None:
        click.echo(paint(say("new-there", lang, path=there), "error"), err=True)
        return PROBLEMS
    click.echo(plan.files[INDEX].decode(), nl=False)
    _tell(plan, lang, "would-begin", err=True)
    return FINE


def _tell(plan: Beginning, lang: str, key: str, *, err: bool = False) -> None:
    told = say(key, lang, path=f"{plan.path}/{INDEX}", photos=len(plan.files) - 1)
    click.echo(paint(told, "good"), err=err)
    for name, fault in plan.unusable:
        click.echo(paint(f"  – {tell_fault(name, fault, lang)}", "warning"), err=True)


def _open(folder: Path, path: str) -> None:
    """Open a story on the desk page if that runs, else in the editor that somebody has chosen;
    nobody is sent into vi."""
    address = ServeLock(folder / CACHE).find()
    if address is not None:
        story = path.removeprefix(f"{STORIES}/")
        webbrowser.open(f"{address.rstrip('/')}{BASE}?bai={story}")
    elif os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        click.edit(filename=str(folder / path / INDEX))


class _Asker:
    """Asks on a terminal: short lists by number, long ones by a few words typed without marks."""

    def __init__(self, registers: Registers, lang: str) -> None:
        self._registers, self._lang = registers, lang

    def ask(self, kind: str) -> Iterator[Match]:
        """Yield what is chosen; Enter ends it."""
        choices = list_all(kind, self._registers)
        if not choices and kind not in _INLINE:
            return
        if len(choices) <= _MOST:
            self._list([match for match, _ in choices])
        while True:
            typed = click.prompt(
                say(f"ask.new-{kind}", self._lang), default="", show_default=False
            ).strip()
            if not typed:
                return
            found = self._choose(kind, typed, choices)
            if found is None:
                continue
            yield found
            click.echo(f"  ✓ {found.label}")
            if kind == "column":
                return

    def _choose(
        self, kind: str, typed: str, choices: Sequence[tuple[Match, Sequence[str]]]
    ) -> Match | None:
        if typed.isdecimal() and len(choices) <= _MOST:
            found = [match for n, (match, _) in enumerate(choices, start=1) if n == int(typed)]
        else:
            found = pick_meant(typed, choices)
        if len(found) == 1:
            return found[0]
        if not found and kind in _INLINE and not typed.isdecimal():
            if click.confirm(say(f"ask.new-inline-{kind}", self._lang, name=typed), default=True):
                return Match("", typed)
            return None
        if not found:
            click.echo(say("new-none", self._lang, typed=typed), err=True)
            return None
        self._list(found[:_MOST])
        chosen = click.prompt(
            say("ask.new-which", self._lang, count=len(found)), default="", show_default=False
        ).strip()
        number = int(chosen) if chosen.isdecimal() else 0
        return found[number - 1] if 0 < number <= min(len(found), _MOST) else None

    def _list(self, matches: Sequence[Match]) -> None:
        for number, match in enumerate(matches, start=1):
            click.echo(f"  {number:>2}. {match.label}")
