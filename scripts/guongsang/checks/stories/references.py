"""GS3xx: what a story says of columns, people, places, awards must stand in the registers."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from guongsang.checks.advice import read_names
from guongsang.checks.sheet import Case, Finding
from guongsang.problems.problem import Problem
from guongsang.registers.country import (
    describe_unit,
    find_here,
    find_in_country,
    find_printed,
    find_successors,
)
from guongsang.registers.model import Award, Heading, Place, Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.choices import suggest
from guongsang.stories.model import StoryPlace
from guongsang.text.fold import tone_key
from guongsang.yamlfile.positions import FieldPath

FOLDER = "stories/registers"
HONOREES = f"{FOLDER}/honorees"
# So many commands are told; with more, the one that lists them all.
_MOST_COMMANDS: Final = 3


def check_references(case: Case) -> Iterator[Problem]:
    """Yield what a story names that its registers do not know, or know otherwise."""
    yield from _check_headings(case)
    yield from _check_people(case)
    yield from _check_awards(case)
    registers, book = case.lookup.registers, case.lookup.book
    for index, place in enumerate(case.front.places):
        for finding in find_wrong_place(place, registers, book):
            yield case.sheet.report(finding, ("places", index))


def find_wrong_place(
    place: StoryPlace, registers: Registers, book: PlaceBook, unknown: str = "GS301"
) -> Iterator[Finding]:
    """Yield what is wrong with a place's unit, else with its printed name."""
    unit = registers.places.get(place.unit)
    where: FieldPath = ("unit",)
    if unit is None:
        file = f"{FOLDER}/places.yml"
        args: dict[str, object] = {"key": place.unit, "file": file}
        args["candidates"] = _suggest_unit(place, registers, book)
        args["elsewhere"] = _find_elsewhere(place, registers.places)
        yield unknown, where, args, None
    elif unit.is_province:
        yield "GS312", where, {"key": place.unit, "name": unit.full_name}, None
    elif not unit.is_present:
        present = _name_choice(book.present_units(place.unit), registers.places)
        yield "GS303", where, {"name": unit.full_name, **present}, None
    elif place.as_printed is not None:
        yield from _find_misprint(place, unit, place.as_printed, registers, book)


def name_units(keys: Iterable[str], places: Mapping[str, Place]) -> str:
    """Return units as a list to print, each with the key to type; nothing where there is none."""
    return ", ".join(f"{key} ({places[key].full_name})" for key in sorted(keys))


def _name_choice(keys: Collection[str], places: Mapping[str, Place]) -> dict[str, object]:
    """Return the unit to type, or the several of which the editor has to find out the right one."""
    named = name_units(keys, places)
    return {"present": "", "several": named} if len(keys) > 1 else {"present": named, "several": ""}


def _find_misprint(
    place: StoryPlace, unit: Place, printed: str, registers: Registers, book: PlaceBook
) -> Iterator[Finding]:
    leads_to = book.leads_to(printed)
    if place.unit in leads_to:
        return
    advised = book.advise(printed)
    if not advised:
        leads_to |= book.find_in_district(printed)
    where: FieldPath = ("as_printed",)
    if not leads_to and not book.find_units(printed):
        far = unit.province is not None and unit.province != registers.newsroom.province
        elsewhere = _find_elsewhere(place, registers.places)
        candidates = "" if elsewhere else _nearest_names(printed, registers.places)
        args: dict[str, object] = {"printed": printed, "candidates": candidates}
        args["elsewhere"] = elsewhere
        yield "GS305", where, args, "warning" if far else None
    elif place.unit not in leads_to and leads_to:
        choice = _name_choice(advised, registers.places)
        yield "GS304", where, {"printed": printed, "unit": unit.full_name, **choice}, None


def _find_elsewhere(place: StoryPlace, places: Mapping[str, Place]) -> str:
    """Return the commands that add to the register the units of the country which may be meant:
    those of the printed name, best those that lie in `unit` today, else those of the key."""
    typed = place.as_printed or place.unit
    found = find_printed(place.as_printed) if place.as_printed else []
    if not found and place.unit not in places:
        typed, found = place.unit, find_in_country(place.unit)
    missing = [key for key in found if find_here(key, places) is None]
    if place.unit in places:
        missing = [k for k in missing if place.unit in find_successors(k, places)] or missing
    if len(missing) > _MOST_COMMANDS:
        return f'guongsang place "{typed}"'
    return ", ".join(f"guongsang place {key} ({describe_unit(key)})" for key in missing)


def _nearest_names(printed: str, places: Mapping[str, Place]) -> str:
    names: dict[str, str] = {}
    for unit in places.values():
        if not unit.is_province:
            name = ", ".join(filter(None, (unit.full_name, unit.full_district)))
            names.setdefault(tone_key(name), name)
    near = difflib.get_close_matches(tone_key(printed), names, n=3, cutoff=0.6)
    return ", ".join(f"“{names[each]}”" for each in near)


def _check_headings(case: Case) -> Iterator[Problem]:
    front, registers = case.front, case.lookup.registers
    named: list[tuple[FieldPath, str, str, Mapping[str, Heading]]] = [
        (("column",), front.column, "columns", registers.columns)
    ]
    named += [
        (("fields", n), key, "fields", registers.fields) for n, key in enumerate(front.fields)
    ]
    named += [(("deeds", n), key, "deeds", registers.deeds) for n, key in enumerate(front.deeds)]
    for where, key, table, register in named:
        heading = register.get(key)
        if heading is None:
            yield _unknown(case, where, key, f"{FOLDER}/{table}.yml", register)
        elif not heading.active:
            active = {k: other.name for k, other in register.items() if other.active}
            candidates = suggest(key, active, active)
            yield case.at("GS302", *where, name=heading.name, key=key, candidates=candidates)


def _check_people(case: Case) -> Iterator[Problem]:
    front, registers = case.front, case.lookup.registers
    for index, author in enumerate(front.authors):
        if author.id is not None and author.id not in registers.authors:
            where: FieldPath = ("authors", index, "id")
            yield _unknown(case, where, author.id, f"{FOLDER}/authors.yml", registers.authors)
    if front.series is not None and front.series.id not in registers.series:
        file = f"{FOLDER}/series.yml"
        yield _unknown(case, ("series", "id"), front.series.id, file, registers.series)
    seen: set[str] = set()
    for index, honoree in enumerate(front.honorees):
        key = "id" if honoree.id is not None else "name"
        where = ("honorees", index, key)
        if honoree.id is not None and honoree.id not in registers.honorees:
            file = f"{HONOREES}/{honoree.id}.yml"
            yield _unknown(case, where, honoree.id, file, registers.honorees)
        who = honoree.id or honoree.name
        if who is None:
            continue
        if tone_key(who) in seen:
            yield case.at("GS315", *where, who=who)
        seen.add(tone_key(who))


def _check_awards(case: Case) -> Iterator[Problem]:
    if not case.front.awards:
        return
    records = case.lookup.registers.honorees
    known: dict[str, Award] = {}
    for entry in case.front.honorees:
        if entry.id is not None and entry.id in records:
            known |= {award.id: award for award in records[entry.id].awards}
    for index, key in enumerate(case.front.awards):
        award = known.get(key)
        if award is None:
            yield case.at("GS306", "awards", index, key=key, candidates=suggest(key, known))
        elif award.status == "revoked":
            yield case.at("GS307", "awards", index, key=key)


def _suggest_unit(place: StoryPlace, registers: Registers, book: PlaceBook) -> str:
    """Go by the printed name, which says more than a guessed key; else by the key as a name."""
    places = registers.places
    told = book.advise(place.as_printed) if place.as_printed else set()
    return name_units(told or book.guess_units(place.unit), places)


def _unknown(
    case: Case, where: FieldPath, key: str, file: str, known: Mapping[str, Any]
) -> Problem:
    candidates = suggest(key, known, read_names(known))
    return case.at("GS301", *where, key=key, file=file, candidates=candidates, elsewhere="")
