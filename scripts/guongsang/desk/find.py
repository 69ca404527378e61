"""What somebody means by a few words without marks: a place, a person, an author, a heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.registers.model import Place, Registers
from guongsang.registers.places import PlaceBook
from guongsang.text.fold import fold, slug

KINDS: Final = ("column", "field", "deed", "place", "honoree", "author")


@dataclass(frozen=True, slots=True)
class Match:
    """What may be meant: its key, its name for people; of a place what a story prints."""

    key: str
    label: str
    printed: str = ""


def find_meant(kind: str, typed: str, registers: Registers) -> list[Match]:
    """Return what `typed` may mean: what has that key or name, else all that have its words.

    Nothing for nothing. Raises KeyError for a kind that is none.
    """
    return pick_meant(typed, list_all(kind, registers))


def list_all(kind: str, registers: Registers) -> list[tuple[Match, Sequence[str]]]:
    """Return all of a kind that may be chosen, each with its names."""
    if kind == "place":
        return list(_list_places(registers))
    records: Mapping[str, Mapping[str, object]] = {
        "column": {key: each for key, each in registers.columns.items() if each.active},
        "field": {key: each for key, each in registers.fields.items() if each.active},
        "deed": {key: each for key, each in registers.deeds.items() if each.active},
        "honoree": registers.honorees,
        "author": registers.authors,
    }
    return [(Match(key, _name(each)), _names(each)) for key, each in records[kind].items()]


def pick_meant(typed: str, choices: Sequence[tuple[Match, Sequence[str]]]) -> list[Match]:
    """Return the choices that words mean; whole names stand before parts of names."""
    words = slug(typed).split("-")
    if words == [""]:
        return []
    whole = [m for m, names in choices if slug(typed) in (m.key, *map(slug, names))]
    if whole:
        return whole
    return [
        match
        for match, names in choices
        if any(_has_words(fold(name).split(), words) for name in (*names, match.key))
    ]


def _has_words(name: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether each word begins one of the name's."""
    parts = [part for word in name for part in slug(word).split("-")]
    return all(any(part.startswith(word) for part in parts) for word in words)


def _name(record: object) -> str:
    return str(getattr(record, "name", ""))


def _names(record: object) -> list[str]:
    others = getattr(record, "other_names", None) or []
    return [_name(record), *filter(None, (getattr(record, "short", None), *others))]


def _list_places(registers: Registers) -> Iterator[tuple[Match, Sequence[str]]]:
    """Yield each present unit that a unit, past or present, lies in, with what is printed."""
    book = PlaceBook(registers.places)
    for key, place in registers.places.items():
        if place.is_province:
            continue
        for unit in book.present_units(key):
            printed = print_unit(place, place.name, registers)
            present = registers.places[unit]
            label = printed if unit == key else f"{printed} → nay {present.full_name}"
            spelled = [print_unit(place, name, registers) for name in place.other_names]
            names = [key, place.name, place.full_name, *place.other_names, printed, *spelled]
            yield Match(unit, label, printed), names


def print_unit(place: Place, name: str, registers: Registers) -> str:
    """Return a unit, by one of its names, as stories print it: with its district as long as there
    were such, with its province if that is not the newsroom's."""
    is_here = place.province == registers.newsroom.province
    province = None if is_here else registers.places.get(place.province or "")
    parts = [place.full_name.replace(place.name, name, 1), place.full_district]
    parts += [province.full_name] if province else []
    return ", ".join(filter(None, parts))
