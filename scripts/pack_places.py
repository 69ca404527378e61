"""Pack the administrative units of the country into the file that the package ships.

    python scripts/pack_places.py UNITS.csv [--spellings TABLE.csv] [--output FILE]

UNITS.csv has one row per old unit and present unit that it went into, several for one that was
divided: old_code, old_unit, old_district, old_province, new_code, new_unit, new_province; a row
without an old unit is a present one that had none. TABLE.csv overrules it for the old units that it
has: old_code, old_unit, second spelling, old_district, new_code, new_unit. Names carry their types.

Keys are addresses. A unit that is in the file already keeps the key it has there; the others get
one by the rule of `choose_keys`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guongsang.registers.gazetteer import PACKED, pack_lines, read_lines
from guongsang.registers.model import DISTRICT_TYPES, PLACE_TYPES
from guongsang.text.fold import nfc, slug

# Other spellings of provinces, and former names that are still printed.
PROVINCE_NAMES: Mapping[str, str] = {
    "hue": "Thừa Thiên Huế;Thừa Thiên – Huế",
    "ho-chi-minh": "TP Hồ Chí Minh;Sài Gòn",
    "ba-ria-vung-tau": "Bà Rịa – Vũng Tàu;Bà Rịa-Vũng Tàu",
}
_TYPES = {name: key for key, name in {**PLACE_TYPES, **DISTRICT_TYPES}.items()}


@dataclass(frozen=True)
class Unit:
    """A commune, ward, town or special zone; a present one has no district."""

    code: str
    type: str
    name: str
    district_type: str = ""
    district: str = ""
    old_province: str = ""
    became: tuple[str, ...] = ()
    other_names: str = ""

    @property
    def wanted_key(self) -> str:
        return slug(f"{self.name} {self.district}")


@dataclass
class Province:
    """A province of today; units by code."""

    key: str
    type: str
    name: str
    present: dict[str, Unit]
    old: dict[str, Unit]


def split_type(text: str) -> tuple[str, str]:
    """Split "Thị trấn Mường Tè" into its type and its name, whatever capitals the type has."""
    for label, kind in _TYPES.items():
        if text.lower().startswith(f"{label} "):
            return kind, nfc(text[len(label) + 1 :].strip())
    raise ValueError(f"no known unit type in {text!r}")


def read_provinces(table: Path, spellings: Path | None) -> list[Province]:
    """Return the provinces in the order of the table, with all their units."""
    mended = _read_spellings(spellings) if spellings else {}
    provinces: dict[str, Province] = {}
    with table.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            kind, name = split_type(row["new_province"])
            province = provinces.setdefault(name, Province(slug(name), kind, name, {}, {}))
            _add_row(province, row | mended.get(row["old_code"], {}))
    return list(provinces.values())


def _read_spellings(table: Path) -> dict[str, dict[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return {
        code: {"old_unit": old, "spelling": spelling, "new_unit": new}
        for code, old, spelling, _, _, new, *_ in rows
    }


def _add_row(province: Province, row: Mapping[str, str]) -> None:
    kind, name = split_type(row["new_unit"])
    new = province.present.setdefault(row["new_code"], Unit(row["new_code"], kind, name))
    if not row["old_unit"]:
        return
    kind, name = split_type(row["old_unit"])
    district = split_type(row["old_district"])
    old_province = split_type(row["old_province"])[1]
    other = split_type(row["spelling"])[1] if row.get("spelling") else ""
    old = province.old.get(row["old_code"])
    before = old.became if old else ()
    old = Unit(row["old_code"], kind, name, *district, old_province, (*before, new.code), other)
    province.old[old.code] = old
    if other and name == new.name:
        province.present[new.code] = replace(new, other_names=other)


def choose_keys(
    units: Iterable[Unit], used: Iterable[str], known: Mapping[str, str]
) -> dict[str, str]:
    """Return the key of each unit by its code: the one it has, else the first that no other unit
    wants and that is not in use: its folded name (and district), that with its type, with its code.

    A town beside a commune of its name in one district is told apart by its type alone.
    """
    units = list(units)
    keys = {unit.code: known[unit.code] for unit in units if unit.code in known}
    taken = {*used, *keys.values()}
    left = [unit for unit in units if unit.code not in keys]
    named = Counter((u.name, u.district_type, u.district, u.old_province) for u in units)
    towns = [
        u
        for u in left
        if u.type == "thi-tran" and named[u.name, u.district_type, u.district, u.old_province] > 1
    ]
    _give_keys(towns, lambda u: f"thi-tran-{slug(u.name)}", keys, taken)
    _give_keys(left, lambda u: u.wanted_key, keys, taken)
    _give_keys(left, lambda u: f"{u.type}-{u.wanted_key}", keys, taken)
    _give_keys(left, lambda u: f"{u.wanted_key}-{u.code}", keys, taken)
    if len(keys) < len(units):
        raise ValueError(f"no key is left for {[u.code for u in units if u.code not in keys]}")
    return keys


def _give_keys(
    units: Iterable[Unit], form: Callable[[Unit], str], keys: dict[str, str], taken: set[str]
) -> None:
    """Give each unit that has none the key of a form, if no other of them wants that."""
    wanted = defaultdict(list)
    for unit in units:
        if unit.code not in keys:
            wanted[form(unit)].append(unit.code)
    free = {key for key, codes in wanted.items() if len(codes) == 1} - taken
    keys |= {wanted[key][0]: key for key in free}
    taken |= free


def key_provinces(
    provinces: Sequence[Province], former: Iterable[str], known: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Return the keys of each province's units, by its key and the unit's code and age."""
    names = {province.key for province in provinces} | set(former)
    keys: dict[str, dict[str, str]] = {}
    for province in provinces:
        have = known.get(province.key, {})
        found: dict[str, str] = {}
        for tag, units in (("U", province.present), ("F", province.old)):
            of_age = {c: have[f"{tag}{c}"] for c in units if f"{tag}{c}" in have}
            chosen = choose_keys(units.values(), names | set(found.values()), of_age)
            found |= {f"{tag}{code}": key for code, key in chosen.items()}
        keys[province.key] = found
    return keys


def choose_far_keys(keys: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Return the keys elsewhere, by province and key, that are not key and province in one because
    a unit of another province has that one at home."""
    homes = defaultdict(set)
    for province, found in keys.items():
        for key in found.values():
            homes[key].add(province)
    return {
        (province, key): f"{key}-{code[1:]}-{province}"
        for province, found in keys.items()
        for code, key in found.items()
        if homes[f"{key}-{province}"] - {province}
    }


def make_lines(provinces: Sequence[Province], packed: Path) -> list[list[str]]:
    """Return the lines of the packed file; see `guongsang.registers.gazetteer`."""
    former = {u.old_province for p in provinces for u in p.old.values()} - {
        p.name for p in provinces
    }
    keys = key_provinces(provinces, map(slug, former), _read_known(packed))
    far = choose_far_keys(keys)
    lines: list[list[str]] = []
    for p in provinces:
        own = keys[p.key]
        lines.append(["P", p.key, p.type, p.name, PROVINCE_NAMES.get(p.key, "")])
        for name in dict.fromkeys(u.old_province for u in p.old.values()):
            if name in former:
                key = slug(name)
                lines.append(["O", key, "tinh", name, PROVINCE_NAMES.get(key, "")])
        for code, u in sorted(p.present.items()):
            key = own[f"U{code}"]
            lines.append(["U", key, u.type, code, u.name, u.other_names, far.get((p.key, key), "")])
        around: tuple[str, str, str] | None = None
        for code, u in sorted(p.old.items()):
            if around != (u.district_type, u.district, u.old_province):
                around = u.district_type, u.district, u.old_province
                lines.append(["D", u.district_type, u.district, slug(u.old_province)])
            key = own[f"F{code}"]
            became = " ".join(own[f"U{new}"] for new in u.became)
            other, away = u.other_names, far.get((p.key, key), "")
            lines.append(["F", key, u.type, code, u.name, became, other, away])
    return lines


def _read_known(packed: Path) -> dict[str, dict[str, str]]:
    """Return the keys that are shipped, by province and by the unit's age and code."""
    known: dict[str, dict[str, str]] = {}
    if not packed.exists():
        return known
    for tag, key, *cells in read_lines(packed):
        if tag == "P":
            known[key] = units = {}
        elif tag in "UF":
            units[f"{tag}{cells[1]}"] = key
    return known


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("table", type=Path, help="CSV of old and present units")
    parser.add_argument("--spellings", type=Path, help="CSV of second spellings")
    parser.add_argument("--output", type=Path, default=PACKED)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the packed file."""
    options = parse_arguments(arguments)
    provinces = read_provinces(options.table, options.spellings)
    packed = pack_lines(make_lines(provinces, options.output))
    options.output.write_bytes(packed)
    present = sum(len(province.present) for province in provinces)
    old = sum(len(province.old) for province in provinces)
    print(
        f"{options.output}: {len(provinces)} provinces, {present} present units, {old} old units, "
        f"{len(packed)} bytes"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
