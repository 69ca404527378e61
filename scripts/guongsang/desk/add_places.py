"""Add units of the country to a newsroom's places.yml: a unit, what it became, their provinces.

Nothing that stands in the file is changed or moved. A unit that is there, under whatever key, is
not added again, and what is added refers to it by that key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from guongsang.registers.country import find_here, find_province
from guongsang.registers.gazetteer import list_provinces, load_country, load_home_keys
from guongsang.registers.model import Place
from guongsang.registers.placefile import (
    FORMER_PROVINCES,
    PROVINCES,
    render_heading,
    render_records,
)
from guongsang.yamlfile.parse import parse_yaml

_HEADING: Final = re.compile(r"# ?(?:-{2,}|={2,}) ")


@dataclass(slots=True)
class Addition:
    """What is added to a register, and the key there of every unit of the country asked for."""

    records: dict[str, Place] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def plan_addition(
    wanted: Iterable[str], places: Mapping[str, Place], own_province: str
) -> Addition:
    """Plan to add units, by their keys in the country, to a register of `places`; pure."""
    addition = Addition()
    for key in wanted:
        _add(key, places, own_province, addition)
    return addition


def _add(key: str, places: Mapping[str, Place], own_province: str, addition: Addition) -> str:
    """Add a unit and all that its record names; return its key in the register."""
    if key in addition.keys:
        return addition.keys[key]
    place = load_country()[key]
    here = find_here(key, places)
    addition.keys[key] = here or _choose_key(key, place, {*places, *addition.records}, own_province)
    became = [_add(each, places, own_province, addition) for each in place.became]
    if place.province is not None:
        _add(place.province, places, own_province, addition)
    if here is None:
        record = place.model_copy(update={"became": became})
        addition.records[addition.keys[key]] = record
    return addition.keys[key]


def _choose_key(key: str, place: Place, used: set[str], own_province: str) -> str:
    """Return the unit's key in a newsroom of a province; where an editor has given that to
    something else, it carries the unit's code."""
    is_own = not place.is_province and find_province(place) == own_province
    chosen = load_home_keys()[key] if is_own else key
    return f"{chosen}-{place.code}" if chosen in used else chosen


def add_records(text: str, records: Mapping[str, Place]) -> str | None:
    """Return the text of places.yml with more records, each under the heading of its province, or
    at the end under a new one; None where the file would not be read as what it was, and these."""
    added = text.replace("\r\n", "\n")
    for key, place in records.items():
        added = _add_below(added, _choose_heading(place), render_records([(key, place)]))
    if "\r\n" in text:
        added = added.replace("\n", "\r\n")
    before, after = parse_yaml(text, ""), parse_yaml(added, "")
    if after.problems or {**after.data, **(before.data or {})} != after.data:
        return None
    if after.data.keys() - (before.data or {}).keys() != records.keys():
        return None
    return added


def _choose_heading(place: Place) -> str:
    if place.is_province:
        return PROVINCES if place.is_present else FORMER_PROVINCES
    return list_provinces()[find_province(place)]


def _add_below(text: str, title: str, record: str) -> str:
    """Return the text with a record at the end of a section, which is made if it is not there."""
    lines = text.rstrip("\n").split("\n")
    heading = render_heading(title).rstrip("\n")
    if heading not in lines:
        return "\n".join([*lines, "", heading, "", record])
    start = lines.index(heading) + 1
    following = (n for n in range(start, len(lines)) if _HEADING.match(lines[n]))
    end = next(following, len(lines))
    section = "\n".join(lines[:end]).rstrip("\n")
    rest = "\n".join(lines[end:])
    return f"{section}\n\n{record}" + (f"\n{rest}\n" if rest else "")
