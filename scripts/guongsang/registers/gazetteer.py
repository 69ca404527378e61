"""The administrative units of the whole country, before and after the reform of 1 July 2025.

Shipped in one packed file of lines, cells apart by tabs, that `scripts/pack_places.py` writes. Its
source is the 34 resolutions of 2025 on commune-level units, with the statistics office's codes.
Keys are addresses: they are read from the file, never made here. The first cell says what a line
has:

    P key type name others           a province of today; all that follows, until the next, is in it
    O key type name others           a former province that went into it
    U key type code name others far  a present unit
    D type name province             a former district, of the units that follow
    F key type code name became others far   a former unit; keys in `became` apart by blanks

`others` are other spellings, apart by semicolons. `far` is the key that the unit has in a newsroom
of another province; where empty, its own and its province's.
"""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from guongsang.registers.model import Place

PACKED: Final = Path(__file__).with_name("vietnam.tsv.gz")
FIRST_DAY: Final = dt.date(2025, 7, 1)
LAST_DAY: Final = dt.date(2025, 6, 30)


def list_provinces() -> dict[str, str]:
    """Return the names of the 34 provinces by key, in the statistics office's order."""
    return {key: block[0][3] for key, block in _blocks().items()}


@cache
def load_province(province: str) -> Mapping[str, Place]:
    """Return what a newsroom of a province has in its register, in the register's order: present
    units, former ones, the province, former provinces. Raises KeyError for an unknown province."""
    block = _read_block(_blocks()[province])
    return {key: Place.model_validate(fields) for key, _, fields in block}


@cache
def load_country() -> Mapping[str, Place]:
    """Return all units, each under the key that a newsroom of another province knows it by."""
    country: dict[str, Place] = {}
    for block in _blocks().values():
        records = list(_read_block(block))
        far = {key: far_key for key, far_key, _ in records}
        for _, key, fields in records:
            became = [far[each] for each in fields.get("became", ())]
            country[key] = Place.model_validate(fields | {"became": became})
    return country


@cache
def load_home_keys() -> Mapping[str, str]:
    """Return the key of each unit in its own province, by its key elsewhere."""
    blocks = _blocks().values()
    return {far: key for block in blocks for key, far, _ in _read_block(block)}


@cache
def _blocks() -> Mapping[str, list[list[str]]]:
    """Return the lines of each province of today, by its key."""
    blocks: dict[str, list[list[str]]] = {}
    for line in read_lines(PACKED):
        if line[0] == "P":
            blocks[line[1]] = block = []
        block.append(line)
    return blocks


def _read_block(lines: list[list[str]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield key, key elsewhere and fields of a province's units, then of itself and former ones."""
    province = lines[0][1]
    district: dict[str, Any] = {}
    for tag, *cells in lines:
        match tag, cells:
            case "D", [kind, name, old_province]:
                district = {"district": name, "district_type": kind, "province": old_province}
            case "U", [key, kind, code, name, others, far]:
                around: dict[str, Any] = {"province": province, "from": FIRST_DAY}
                place = _fields(name, kind, others, code=code, **around)
                yield key, far or f"{key}-{province}", place
            case "F", [key, kind, code, name, became, others, far]:
                around = {**district, "until": LAST_DAY, "became": became.split(" ")}
                place = _fields(name, kind, others, code=code, **around)
                yield key, far or f"{key}-{province}", place
    yield from (_read_province(line, province) for line in lines if line[0] in "PO")


def _read_province(line: list[str], became: str = "") -> tuple[str, str, dict[str, Any]]:
    tag, key, kind, name, others = line
    former = {"until": LAST_DAY, "became": [became]} if tag == "O" else {}
    return key, key, _fields(name, kind, others, **former)


def _fields(name: str, kind: str, others: str, **fields: Any) -> dict[str, Any]:
    other_names = others.split(";") if others else []
    return {"name": name, "type": kind, "other_names": other_names, **fields}


def read_lines(packed: Path) -> list[list[str]]:
    """Return the cells of all lines of a packed file."""
    text = gzip.decompress(packed.read_bytes()).decode()
    return [line.split("\t") for line in text.splitlines()]


def pack_lines(lines: Iterable[Iterable[str]]) -> bytes:
    """Return the packed file of some lines; the same ones always give the same bytes."""
    text = "".join("\t".join(line) + "\n" for line in lines)
    return gzip.compress(text.encode(), 9, mtime=0)
