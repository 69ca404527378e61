"""Which records of the registers a story names: they go with it wherever it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

# Of each register the key of the front matter, and where that holds records the key inside them.
NAMED: Final[Mapping[str, tuple[str, str]]] = {
    "columns": ("column", ""),
    "fields": ("fields", ""),
    "deeds": ("deeds", ""),
    "places": ("places", "unit"),
    "authors": ("authors", "id"),
    "series": ("series", "id"),
    "honorees": ("honorees", "id"),
}


def list_named(front: Mapping[str, Any], register: str) -> Iterator[str]:
    """Yield the keys of a register that a front matter names; none of a register it cannot name."""
    if register in NAMED:
        yield from list_keys(front, *NAMED[register])


def list_keys(record: Mapping[str, Any], key: str, inner: str = "") -> Iterator[str]:
    """Yield the keys that stand at a key of a record, or at `inner` of the records there."""
    value = record.get(key)
    for each in value if isinstance(value, list) else [value]:
        named = each.get(inner) if inner and isinstance(each, dict) else each
        if isinstance(named, str):
            yield named
