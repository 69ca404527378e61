"""What is advised about a place is right or absent: every unit of a province in every way to write.

The table has all 106 former units of Lai Châu with the one present unit of each.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.checks.conftest import build_registers

from guongsang.checks.stories.references import find_wrong_place
from guongsang.registers.model import PLACE_TYPES, Place, Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import StoryPlace
from guongsang.text.fold import slug

TABLE = Path(__file__).parent.parent / "registers/units.csv"
TYPES = {name.capitalize(): key for key, name in PLACE_TYPES.items()}


class Row(NamedTuple):
    """A former unit, its names with their type, and the key of its present one."""

    names: tuple[tuple[str, str], ...]
    district_type: str
    district: str
    unit: str


def split(text: str) -> tuple[str, str]:
    kind = next(kind for kind in (*TYPES, "Huyện", "Thành phố") if text.startswith(f"{kind} "))
    return kind.lower(), text[len(kind) + 1 :]


def read_table() -> tuple[list[Row], dict[str, dict[str, Any]]]:
    """Return the rows, and the register of places that follows from them."""
    rows: list[Row] = []
    places: dict[str, dict[str, Any]] = {"lai-chau": {"name": "Lai Châu", "type": "tinh"}}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for _, old, other, old_district, _, new in list(csv.reader(lines))[1:]:
            kind, name = split(old)
            others = [split(other)[1]] if other else []
            district_type, district = split(old_district)
            new_kind, new_name = split(new)
            unit = slug(new_name)
            common = {"province": "lai-chau"}
            places[unit] = {"name": new_name, "type": TYPES[new_kind.capitalize()], **common}
            places[f"cu-{len(rows)}"] = {
                "name": name,
                "type": TYPES[kind.capitalize()],
                "district": district,
                "district_type": slug(district_type),
                "until": "2025-06-30",
                "became": [unit],
                "other_names": others,
                **common,
            }
            names = tuple((kind, each) for each in (name, *others))
            rows.append(Row(names, district_type, district, unit))
    return rows, places


ROWS, PLACES = read_table()
UNITS = sorted({row.unit for row in ROWS})
PROVINCE = "Lai Châu"  # one of its districts was its city
DISTRICTS = {row.district for row in ROWS}


@pytest.fixture(scope="module")
def registers() -> Registers:
    return replace(
        build_registers(), places={k: Place.model_validate(v) for k, v in PLACES.items()}
    )


@pytest.fixture(scope="module")
def book(registers: Registers) -> PlaceBook:
    return PlaceBook(registers.places)


def advised(place: StoryPlace, registers: Registers, book: PlaceBook) -> list[tuple[str, set[str]]]:
    """Return the rules that find something, each with the keys that it tells to type."""
    found = []
    for rule, _, args, _ in find_wrong_place(place, registers, book):
        told = str(args.get("present", args.get("candidates", "")))
        keys = {each.split(" (")[0] for each in told.split(", ")} & registers.places.keys()
        found.append((rule, keys))
    return found


def write_all(row: Row) -> Iterator[str]:
    """Yield the ways to write a unit; those of which the reader cannot tell the unit are left out:
    a name alone that several have."""
    for kind, name in row.names:
        whole = f"{row.district_type} {row.district}"
        units = [f"{kind} {name}", f"{kind.capitalize()} {name}"]
        if name not in DISTRICTS:
            units.append(name)
        arounds = [f", {whole}", f", {row.district}", f" ({whole})", f" ({row.district})"]
        ends = ["", ", tỉnh Lai Châu", ", Lai Châu", " (tỉnh Lai Châu)"]
        befores = ["", "bản Nà Lò, ", "khu 2, ", "Nà Lò, "]
        for unit, around, end, before in product(units, arounds, ends, befores):
            yield f"{before}{unit}{around}{end}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: slug(f"{row.names[0][1]} {row.district}"))
def test_every_way_to_write_a_unit(row: Row, registers: Registers, book: PlaceBook) -> None:
    chance = random.Random(row.names[0][1])
    for printed in write_all(row):
        assert advised(StoryPlace(unit=row.unit, as_printed=printed), registers, book) == []
        full = book.spell_out(printed, row.unit) or printed
        assert book.leads_to(full) == {row.unit}
        assert book.spell_out(full, row.unit) is None
        if "Lai Châu" not in full:
            assert row.names[0][0] in full.lower()
            assert f"{row.district_type} {row.district}" in full
        wrong = chance.choice([unit for unit in UNITS if unit != row.unit])
        told = advised(StoryPlace(unit=wrong, as_printed=printed), registers, book)
        assert told == [("GS304", {row.unit})], printed


@pytest.mark.parametrize("row", ROWS, ids=lambda row: slug(f"{row.names[0][1]} {row.district}"))
def test_less_is_advised_rightly_or_not_at_all(
    row: Row, registers: Registers, book: PlaceBook
) -> None:
    """By a name alone, with the town's or the commune's type, misspelt, or as a key."""
    chance = random.Random(row.district + row.names[0][1])
    wrong = chance.choice([unit for unit in UNITS if unit != row.unit])
    for kind, name in row.names:
        for printed in (name, f"{kind} {name}", f"{name}, Lai Châu", f"Nà Lò, {name}"):
            for rule, keys in advised(StoryPlace(unit=wrong, as_printed=printed), registers, book):
                assert rule in ("GS304", "GS305")
                assert not keys or row.unit in keys, printed
        for key in (slug(name), slug(f"{kind} {name}"), f"{slug(name)}-cu"):
            for _, keys in advised(StoryPlace(unit=key), registers, book):
                assert not keys or row.unit in keys, key


@pytest.mark.parametrize("district", sorted(DISTRICTS))
@pytest.mark.parametrize(
    "way", ["{}", "huyện {}", "H. {}", "bản Nà Lò, {}", "{}, Lai Châu", "bản X, huyện {}"]
)
def test_a_district_alone_is_advised_as_nothing(
    registers: Registers, book: PlaceBook, district: str, way: str
) -> None:
    inside = {row.unit for row in ROWS if row.district == district}
    # A name alone may be that of a unit as well, wherever that lies.
    same = {row.unit for row in ROWS for _, name in row.names if name == district}
    for unit in UNITS:
        place = StoryPlace(unit=unit, as_printed=way.format(district))
        told = advised(place, registers, book)
        if unit in inside:
            assert told == []
        elif unit not in same | {slug(district)} and district != PROVINCE:
            assert told == [("GS304", set())], unit
    for _, keys in advised(StoryPlace(unit=slug(district)), registers, book):
        assert keys == set()


@pytest.mark.parametrize(
    ("unit", "printed", "rules"),
    [
        ("quai-to", "huyện Quài Tở, tỉnh Điện Biên", []),
        ("quai-to", "bản Na, H. Quài Tở", []),
        ("quai-to", "huyện Quài Tở, tỉnh Lai Châu", [("GS305", set())]),
        ("quai-to", "huyện Mường Ảng", [("GS305", set())]),
        ("binh-lu", "huyện Quài Tở", [("GS304", set())]),
    ],
)
def test_a_district_elsewhere_of_which_no_unit_is_known(
    registers: Registers, unit: str, printed: str, rules: list[tuple[str, set[str]]]
) -> None:
    more = {
        "dien-bien": Place(name="Điện Biên", type="tinh"),
        "quai-to": Place(name="Quài Tở", type="xa", province="dien-bien"),
    }
    wider = replace(registers, places={**registers.places, **more})
    book = PlaceBook(wider.places)
    assert advised(StoryPlace(unit=unit, as_printed=printed), wider, book) == rules


@pytest.mark.parametrize(
    ("printed", "rule"),
    [
        ("Bản Hom, xã Khun Hà, Tam Đường", "GS305"),
        ("xã Bản Hon, huyện Phong Thổ", "GS305"),
        ("Pa Khóo, Sìn Hồ", "GS305"),
        ("huyện Mường Lay", "GS305"),
    ],
)
def test_what_is_misspelt_is_told(
    registers: Registers, book: PlaceBook, printed: str, rule: str
) -> None:
    found = advised(StoryPlace(unit="binh-lu", as_printed=printed), registers, book)
    assert found == [(rule, set())]
