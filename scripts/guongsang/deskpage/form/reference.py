"""What the form is made from: the one JSON Schema, and the names in the registers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guongsang.registers.describe import json_schema
from guongsang.registers.model import Honoree, Registers
from guongsang.registers.schemas import STORY
from guongsang.stories.choices import LABELS
from guongsang.stories.schema import UNKNOWN
from guongsang.text.count import SYLLABLES_A_MINUTE


def tell_form(registers: Registers, front: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return what the form of a story needs; of people, places and authors only those it names."""
    people = [key for each in _dicts(front.get("honorees")) if (key := each.get("id"))]
    units = [str(each.get("unit")) for each in _dicts(front.get("places"))]
    return {
        "schema": json_schema(STORY, lang),
        "labels": LABELS,
        "syllablesAMinute": SYLLABLES_A_MINUTE,
        "approval": registers.newsroom.switches.approval,
        "columns": _names(registers, "columns"),
        "fields": _names(registers, "fields"),
        "deeds": _names(registers, "deeds"),
        "series": {key: each.name for key, each in registers.series.items()},
        "authors": {key: each.name for key, each in registers.authors.items()},
        "honorees": {
            key: tell_honoree(registers.honorees[key], registers.awards)
            for key in people
            if key in registers.honorees
        },
        "places": {
            key: registers.places[key].full_name for key in units if key in registers.places
        },
    }


def tell_honoree(record: Honoree, awards: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a registered honoree; `awards` are the kinds there are."""
    return {
        "name": record.name,
        "kind": record.kind,
        "about": tell_life(record),
        "awards": {
            award.id: f"{kind.name if (kind := awards.get(award.award)) else award.award}"
            f"{f' ({award.year})' if award.year else ''}"
            for award in record.valid_awards
        },
    }


def tell_life(record: Honoree) -> str:
    """Return when somebody was born and died, as far as that is known."""
    return " – ".join(filter(None, (record.born, record.died))).replace(UNKNOWN, "?")


def _names(registers: Registers, table: str) -> dict[str, dict[str, Any]]:
    records = getattr(registers, table)
    return {key: {"name": each.name, "active": each.active} for key, each in records.items()}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
