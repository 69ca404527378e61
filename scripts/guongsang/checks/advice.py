"""What a field's problem leaves open until the registers are known: which key was meant."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from guongsang.problems.problem import Problem
from guongsang.registers.country import describe_unit, find_here, find_present
from guongsang.registers.model import Honoree, Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.choices import list_keys, suggest
from guongsang.text.fold import fold, slug

# The register that holds the keys of a field.
_REGISTERS: Final[Mapping[str, str]] = {
    "column": "columns",
    "fields": "fields",
    "deeds": "deeds",
    "authors.id": "authors",
    "honorees.id": "honorees",
    "series.id": "series",
    "awards.award": "awards",
}
_MOST_UNITS: Final = 5
_RECORD: Final = "stories/registers/honorees/….yml"


def complete_advice(found: Problem, registers: Registers, book: PlaceBook) -> Problem:
    """Return the problem with what the registers know of the key that was typed."""
    args = dict(found.args)
    if found.rule == "GS211":
        told = _find_key(args["key"], args["value"], registers, book)
        return found if told is None else _with(found, suggestion=told)
    if found.rule == "GS202" and args["full"].startswith("honorees."):
        is_known = args["key"] in {each.alias or n for n, each in Honoree.model_fields.items()}
        return _with(found, record=_RECORD, candidates="") if is_known else found
    return found


def _find_key(field: str, value: str, registers: Registers, book: PlaceBook) -> str | None:
    """Return the keys that may be meant by a name; None where the field names its own."""
    if field == "places.unit":
        units = book.advise(value) or book.guess_units(slug(value))
        names = {key: registers.places[key].full_name for key in units}
        if not units:  # what the register has not is told with the command, once its key is typed
            missing = [k for k in find_present(value) if find_here(k, registers.places) is None]
            names = {key: describe_unit(key) for key in missing[:_MOST_UNITS]}
        return list_keys(sorted(names), names)
    name = _REGISTERS.get(field)
    if name is None:
        return None
    names = read_names(getattr(registers, name))
    folded: dict[str, str] = {}
    for key, label in names.items():
        folded.setdefault(fold(label), key)
    near = difflib.get_close_matches(fold(value), folded, n=3)
    return list_keys((folded[each] for each in near), names) or suggest(slug(value), names, names)


def read_names(register: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of all records of a register, by key."""
    return {key: str(record.name) for key, record in register.items()}


def _with(found: Problem, **args: str) -> Problem:
    return replace(found, args=tuple(sorted({**dict(found.args), **args}.items())))
