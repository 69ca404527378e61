"""Units of other provinces enter the register: `guongsang place`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import click

from guongsang.checks.stories.references import name_units
from guongsang.cli.messages.all import say
from guongsang.cli.revise import show_diff
from guongsang.cli.terminal.project import FINE, PROBLEMS, USAGE, find_root
from guongsang.cli.terminal.show import paint
from guongsang.desk.add_places import add_records, plan_addition
from guongsang.desk.fix import Mended
from guongsang.desk.write import write_text
from guongsang.problems.formats import format_problem
from guongsang.problems.problem import Problem, problem
from guongsang.registers.country import (
    describe_history,
    find_here,
    find_in_country,
    suggest_names,
    units_today,
)
from guongsang.registers.load import read_register
from guongsang.registers.model import Newsroom, Place
from guongsang.registers.paths import FOLDER, NEWSROOM, find_links
from guongsang.registers.placefile import render_records
from guongsang.registers.places import PlaceBook

PLACES: Final = f"{FOLDER}/places.yml"


def run_place(root: Path | None, lang: str, names: Sequence[str], dry_run: bool) -> int:
    """Add units of the country to the newsroom's register, or say which may be meant."""
    folder = find_root(root, lang)
    reading = read_register(folder, PLACES)
    found = [each for each in (*find_links(folder), *reading.problems) if each.is_error]
    if found:
        return _show_problems(found, lang)
    places = cast("Mapping[str, Place]", reading.records)
    typed = _join_words(names, places)
    wanted = [key for name in typed for key in _choose_units(name, places, lang)]
    newsroom = read_register(folder, NEWSROOM).records.get("newsroom")
    own = newsroom.province if isinstance(newsroom, Newsroom) else ""
    addition = plan_addition((key for key in wanted if key not in places), places, own)
    if addition.records:
        failed = _write(folder, addition.records, lang, dry_run=dry_run)
        if failed is not None or dry_run:
            return FINE if failed is None else failed
    keys = (addition.keys.get(key, key) for key in wanted)
    for told in dict.fromkeys(_tell_units(keys, {**places, **addition.records}, lang)):
        click.echo(paint(told, "good"))
    return FINE


def _join_words(names: Sequence[str], places: Mapping[str, Place]) -> list[str]:
    """Return what was typed; words that are a name only together, typed without quotes, as one."""
    whole = " ".join(names)
    is_one = len(names) > 1 and find_in_country(whole)
    apart = all(name in places or find_in_country(name) for name in names)
    return [whole] if is_one and not apart else list(dict.fromkeys(names))


def _choose_units(name: str, places: Mapping[str, Place], lang: str) -> list[str]:
    """Return the unit's key in the register, else in the country; those of a former unit and of
    the present one that it lies in where one name means both.

    A name that means none or several ends the command, with what may be meant.
    """
    if name in places and not places[name].is_province:
        return [name]
    found = find_in_country(name)
    if len({units_today(key) for key in found}) == 1:
        return found
    if found:
        told = [say("place-several", lang, name=name, count=len(found))]
        near_first = sorted(found, key=lambda key: find_here(key, places) is None)
        told += (f"    guongsang place {key}  ({describe_history(key)})" for key in near_first)
    else:
        near = ", ".join(suggest_names(name))
        told = [say("place-near" if near else "place-unknown", lang, name=name, near=near)]
    click.echo("\n".join(told), err=True)
    raise click.exceptions.Exit(USAGE)


def _write(folder: Path, records: Mapping[str, Place], lang: str, *, dry_run: bool) -> int | None:
    """Write the register with more records, or show how it would be written; return an exit code
    where that cannot be done."""
    abs_path = folder / PLACES
    try:
        before = abs_path.read_bytes().decode()
        text = add_records(before, records)
        if text is None:
            click.echo(paint(say("place-by-hand", lang, path=PLACES), "error"), err=True)
            click.echo(render_records(records.items()), nl=False)
            return PROBLEMS
        if dry_run:
            show_diff([Mended(PLACES, before, text, ())])
        else:
            write_text(abs_path, text)
    except OSError as error:
        return _show_problems([problem("GS812", PLACES, reason=error.strerror or error)], lang)
    key = "place-would-add" if dry_run else "place-added"
    click.echo(say(key, lang, path=PLACES, keys=", ".join(records)), err=dry_run)
    return None


def _tell_units(keys: Iterable[str], places: Mapping[str, Place], lang: str) -> Iterator[str]:
    """Yield what to type at `unit`, for each unit that was named."""
    book = PlaceBook(places)
    for key in keys:
        units = book.present_units(key)
        text = "place-divided" if len(units) > 1 else "place-use"
        yield say(text, lang, name=places[key].full_name, units=name_units(units, places))


def _show_problems(found: Sequence[Problem], lang: str) -> int:
    for each in found:
        click.echo(format_problem(each, lang, paint), err=True)
    return PROBLEMS
