"""Printed places with their types in words: “Nậm Tăm, Sìn Hồ” is “xã Nậm Tăm, huyện Sìn Hồ”."""

from __future__ import annotations

import copy
from typing import Any

from guongsang.registers.places import PlaceBook
from guongsang.yamlfile.parse import locate, parse_yaml
from guongsang.yamlfile.positions import Mark


def spell_places(text: str, book: PlaceBook) -> str:
    """Return a YAML record with its printed places spelt out; pure, idempotent.

    Only where the unit beside it leaves no doubt; text that cannot be read, or would read
    otherwise, is returned as it is.
    """
    parsed = parse_yaml(text, "")
    places = parsed.data.get("places") if isinstance(parsed.data, dict) else None
    if parsed.problems or not isinstance(places, list):
        return text
    wanted = copy.deepcopy(parsed.data)
    for n, place in enumerate(places):
        if not isinstance(place, dict):
            continue
        printed, unit = place.get("as_printed"), place.get("unit")
        if not isinstance(printed, str) or not isinstance(unit, str):
            continue
        full = book.spell_out(printed, unit)
        if full is not None:
            wanted["places"][n]["as_printed"] = full
            mark = locate(text).values[("places", n, "as_printed")]
            text = _replace_value(text, mark, printed, full, wanted)
            wanted = parse_yaml(text, "").data
    return text


def _replace_value(text: str, mark: Mark, old: str, new: str, wanted: dict[str, Any]) -> str:
    """Return the text with one value replaced, in quotes where it needs them."""
    lines = text.split("\n")
    line, start = lines[mark.line - 1], mark.column - 1
    for quote in ('"', "'", ""):
        given = f"{quote}{old}{quote}"
        if not line.startswith(given, start):
            continue
        for written in (f"{quote}{new}{quote}", f'"{new}"'):
            mended = [*lines]
            mended[mark.line - 1] = line[:start] + written + line[start + len(given) :]
            after = "\n".join(mended)
            if (read := parse_yaml(after, "")).data == wanted and not read.problems:
                return after
    return text
