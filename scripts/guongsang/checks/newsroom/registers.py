"""GS3xx, GS5xx and GS6xx: the registers among themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain

from guongsang.checks.advice import read_names
from guongsang.checks.newsroom.look import Emblems, find_in_look
from guongsang.checks.people.consent import find_in_register
from guongsang.checks.people.elsewhere import find_in_records
from guongsang.checks.people.privacy import find_private
from guongsang.checks.sheet import Finding, Sheet
from guongsang.checks.stories.fields import find_wrong_life
from guongsang.checks.stories.references import FOLDER, HONOREES, find_wrong_place
from guongsang.checks.stories.text import find_in_record
from guongsang.checks.subjects import Subject
from guongsang.problems.problem import Problem
from guongsang.registers.load import TABLES
from guongsang.registers.model import Award, Honoree, Place, Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.choices import suggest
from guongsang.stories.model import StoryPlace
from guongsang.text.dates import VIETNAM
from guongsang.text.fold import tone_key
from guongsang.yamlfile.positions import Positions


def check_registers(
    registers: Registers,
    positions: Callable[[str], Positions],
    today: dt.date | None = None,
    hidden: Sequence[Subject] = (),
    emblems: Emblems | None = None,
) -> list[Problem]:
    """Return what is wrong with the registers; `positions` is asked only for files with problems.

    `today` decides who is a child and what has expired; without it the clock does. `hidden` are the
    people who may be named nowhere; `emblems` what the pictures beside newsroom.yml are, by name.
    """
    today = today or dt.datetime.now(VIETNAM).date()
    book = PlaceBook(registers.places)
    of_newsroom = chain(
        _find_in_newsroom(registers, today),
        find_in_look(registers.newsroom, emblems or {}),
        find_in_records(registers.newsroom, hidden),
        find_private(registers.newsroom),
    )
    problems = [*_report(f"{FOLDER}/newsroom.yml", of_newsroom, positions)]
    problems += _report(f"{FOLDER}/places.yml", _find_in_places(registers, book), positions)
    for table in TABLES:
        records = getattr(registers, table)
        found = find_in_record(records)
        if table != "places":  # of which no editor tells anything
            found = chain(found, find_in_records(records, hidden), find_private(records))
        problems += _report(f"{FOLDER}/{table}.yml", found, positions)
    for key, honoree in registers.honorees.items():
        others = [each for each in hidden if each.who != honoree.name]
        found = chain(
            _find_in_honoree(key, honoree, registers, book, today),
            find_in_records(honoree, others, names=False),
            find_private(honoree),
        )
        problems += _report(f"{HONOREES}/{key}.yml", found, positions)
    return sorted(problems)


def _report(
    path: str, found: Iterator[Finding], positions: Callable[[str], Positions]
) -> Iterator[Problem]:
    sheet = Sheet(path, partial(positions, path))
    return (sheet.report(finding) for finding in found)


def _find_in_newsroom(registers: Registers, today: dt.date) -> Iterator[Finding]:
    newsroom = registers.newsroom
    yield from find_in_record(newsroom)
    province = registers.places.get(newsroom.province)
    if province is None or not province.is_province:
        provinces = _name_provinces(registers)
        candidates = suggest(newsroom.province, provinces, provinces)
        yield "GS320", ("province",), {"key": newsroom.province, "candidates": candidates}, None
    photos = newsroom.photos
    for where, value, most in (
        (("page_size",), newsroom.page_size, 200),
        (("radio_rate",), newsroom.radio_rate, 500),
        (("photos", "jpeg_quality"), photos.jpeg_quality, 100),
        (("photos", "avif_quality"), photos.avif_quality, 100),
    ):
        if not 1 <= value <= most:
            yield "GS318", where, {"key": where[-1], "value": value, "most": most}, None
    security = newsroom.security
    if security is not None and security.expires < today:
        args: dict[str, object] = {"date": security.expires, "email": security.email}
        yield "GS323", ("security", "expires"), args, None


def _find_in_places(registers: Registers, book: PlaceBook) -> Iterator[Finding]:
    places = registers.places
    names: dict[tuple[str | None, str, str], str] = {}
    for key, place in places.items():
        yield from _find_in_place(key, place, registers, book)
        if place.is_present and not place.is_province:
            first = names.setdefault((place.province, place.type, tone_key(place.name)), key)
            if first != key:
                yield "GS314", (key, "name"), {"name": place.full_name, "first": first}, None


def _name_provinces(registers: Registers) -> dict[str, str]:
    return {key: place.name for key, place in registers.places.items() if place.is_province}


def _find_in_place(
    key: str, place: Place, registers: Registers, book: PlaceBook
) -> Iterator[Finding]:
    places = registers.places
    unknown = [(n, each) for n, each in enumerate(place.became) if each not in places]
    for n, each in unknown:
        candidates = suggest(each, (k for k, other in places.items() if other.is_present))
        yield "GS308", (key, "became", n), {"key": each, "candidates": candidates}, None
    if place.province is not None and place.province not in places:
        provinces = _name_provinces(registers)
        candidates = suggest(place.province, provinces, provinces)
        args: dict[str, object] = {"key": place.province, "candidates": candidates}
        args |= {"file": f"{FOLDER}/places.yml", "elsewhere": ""}
        yield "GS301", (key, "province"), args, None
    if place.is_present == bool(place.became):
        rule = "GS313" if place.is_present else "GS321"
        yield rule, (key,), {"name": place.full_name}, None
    elif not place.is_present and not unknown and not book.present_units(key):
        yield "GS309", (key, "became"), {"name": place.full_name}, None


def _find_in_honoree(
    key: str, honoree: Honoree, registers: Registers, book: PlaceBook, today: dt.date
) -> Iterator[Finding]:
    yield from find_in_record(honoree)
    yield from find_wrong_life(honoree.born, honoree.died)
    for n, place in enumerate(honoree.places):
        said = StoryPlace(unit=place.unit, as_printed=place.as_printed, village=place.village)
        for rule, where, args, severity in find_wrong_place(said, registers, book, "GS317"):
            yield rule, ("places", n, *where), args, severity
    yield from _find_in_awards(honoree.awards, registers, today)
    for n, other in enumerate(honoree.same_as):
        if not other.startswith(("http://", "https://")) and other not in registers.honorees:
            candidates = suggest(other, registers.honorees)
            yield "GS319", ("same_as", n), {"key": other, "candidates": candidates}, None
    yield from find_in_register(key, honoree, registers, today)


def _find_in_awards(awards: list[Award], registers: Registers, today: dt.date) -> Iterator[Finding]:
    seen: set[str] = set()
    for n, award in enumerate(awards):
        if award.award not in registers.awards:
            candidates = suggest(award.award, registers.awards, read_names(registers.awards))
            args: dict[str, object] = {"key": award.award, "candidates": candidates}
            yield "GS316", ("awards", n, "award"), args, None
        if award.date is not None and award.date > today:
            yield "GS244", ("awards", n, "date"), {"key": "awards", "date": award.date}, None
        elif award.year is not None and award.year > today.year:
            yield "GS244", ("awards", n, "year"), {"key": "awards", "date": award.year}, None
        if award.id in seen:
            yield "GS322", ("awards", n, "id"), {"key": award.id}, None
        seen.add(award.id)
