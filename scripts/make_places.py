"""Write the commune part of the place register from a table of merged units.

    python scripts/make_places.py TABLE.csv [--province lai-chau] [--output FILE]

The table has one row per old unit and names the one present unit it went into:
old_code, old_unit, <second spelling>, old_district, new_code, new_unit. Everything below
the marker line of the register is kept by hand (provinces, units elsewhere) and copied as it is,
but for units that the table has as well: no key is written twice.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from guongsang.yamlfile.parse import parse_yaml

MARKER = "# ==== Phần ghi tay: kịch bản không đổi gì từ dòng này trở xuống ===="
HEADER = """\
# Sổ địa danh: đơn vị hành chính cũ và hiện nay. "until: null" là đơn vị hiện có.
# Phần trên vạch "Phần ghi tay" do scripts/make_places.py viết từ bảng đối chiếu; đừng sửa tay.
"""
UNIT_TYPES = {
    "Xã": "xa",
    "Phường": "phuong",
    "Thị trấn": "thi-tran",
    "Đặc khu": "dac-khu",
    "Huyện": "huyen",
    "Thị xã": "thi-xa",
    "Thành phố": "thanh-pho",
}
DEFAULT_OUTPUT = Path("stories/registers/places.yml")


@dataclass(frozen=True)
class Unit:
    """A commune, ward or town as the table names it."""

    name: str
    type: str
    code: str
    district: str = ""
    district_type: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """One record of the register."""

    key: str
    unit: Unit
    became: tuple[str, ...] = field(default=())


def parse_slug(name: str) -> str:
    """Return the key of a name; đ has no decomposition, so it is folded by hand."""
    folded = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def parse_unit_name(text: str) -> tuple[str, str]:
    """Split "Thị trấn Mường Tè" into its type and its name."""
    for label, unit_type in UNIT_TYPES.items():
        if text.startswith(f"{label} "):
            return unit_type, unicodedata.normalize("NFC", text[len(label) + 1 :].strip())
    raise ValueError(f"no known unit type in {text!r}")


def read_units(table: Path) -> Iterator[tuple[Unit, Unit]]:
    """Yield (old unit, present unit) for each row of the table."""
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        for old_code, old_text, spelling, district_text, new_code, new_text, *_ in rows:
            old_type, old_name = parse_unit_name(old_text)
            district_type, district = parse_unit_name(district_text)
            new_type, new_name = parse_unit_name(new_text)
            others = (parse_unit_name(spelling)[1],) if spelling else ()
            old = Unit(old_name, old_type, old_code, district, district_type, others)
            yield old, Unit(new_name, new_type, new_code)


def choose_key(wanted: str, unit: Unit, used: set[str]) -> str:
    """Return a key that nobody has, and note it: the one wanted, else with type, else with code."""
    keys = (wanted, f"{unit.type}-{wanted}", f"{wanted}-{unit.code}")
    key = next((each for each in keys if each not in used), wanted)
    used.add(key)
    return key


def present_places(pairs: Sequence[tuple[Unit, Unit]], used: set[str]) -> list[Place]:
    """Return one record per present unit; it inherits the spellings of an old one of its name."""
    spellings = {old.name: old.other_names for old, _ in pairs if old.other_names}
    units = {new.code: new for _, new in pairs}
    return [
        Place(
            choose_key(parse_slug(unit.name), unit, used),
            Unit(unit.name, unit.type, code, "", "", spellings.get(unit.name, ())),
        )
        for code, unit in sorted(units.items())
    ]


def old_places(
    pairs: Sequence[tuple[Unit, Unit]], present: Iterable[Place], used: set[str]
) -> list[Place]:
    """Return one record per old unit, keyed by name and district."""
    named = Counter((old.name, old.district) for old, _ in pairs)
    keys = {place.unit.code: place.key for place in present}
    places = []
    for old, new in sorted(pairs, key=lambda pair: pair[0].code):
        key = parse_slug(f"{old.name} {old.district}")
        if named[old.name, old.district] > 1 and old.type == "thi-tran":
            key = f"thi-tran-{parse_slug(old.name)}"
        places.append(Place(choose_key(key, old, used), old, (keys[new.code],)))
    return places


def render_place(place: Place, *, province: str, since: date) -> str:
    """Return the record as block-style YAML."""
    unit = place.unit
    lines = [f"{place.key}:", f"  name: {unit.name}", f"  type: {unit.type}"]
    lines.append(f'  code: "{unit.code}"')
    if unit.district:
        lines.append(f"  district: {unit.district}")
        if unit.district_type != "huyen":
            lines.append(f"  district_type: {unit.district_type}")
    lines.append(f"  province: {province}")
    if place.became:
        lines.append(f"  until: {since - timedelta(days=1)}")
    else:
        lines += [f"  from: {since}", "  until: null"]
    lines.append(f"  became: [{', '.join(place.became)}]")
    lines.append(f"  other_names: [{', '.join(unit.other_names)}]")
    return "\n".join(lines) + "\n"


def find_repeated_keys(places: Iterable[Place]) -> list[str]:
    """Return the keys that two records claim; a register cannot hold them."""
    counted = Counter(place.key for place in places)
    return sorted(key for key, times in counted.items() if times > 1)


def read_hand_kept(register: Path) -> str:
    """Return what stands below the marker line."""
    text = register.read_text(encoding="utf-8") if register.exists() else ""
    return text.partition(MARKER)[2] or "\n"


def find_superseded(kept: str, pairs: Sequence[tuple[Unit, Unit]], province: str) -> set[str]:
    """Return the keys of the records kept by hand whose unit is in the table, too."""
    units = {(unit.name, unit.district) for pair in pairs for unit in pair}
    return {
        key
        for key, record in read_records(kept).items()
        if record.get("province") == province
        and (record.get("name"), record.get("district") or "") in units
    }


def read_records(text: str) -> dict[str, dict[str, Any]]:
    """Return the records of a part of the register by key."""
    data = parse_yaml(text, "").data
    return {key: each for key, each in (data or {}).items() if isinstance(each, dict)}


def leave_out(text: str, keys: Iterable[str]) -> str:
    """Return the part kept by hand without some records; comments between records stay."""
    for key in keys:
        text = re.sub(rf"^{re.escape(key)}:.*\n(?:[ \t]+.*\n)*\n?", "", text, flags=re.MULTILINE)
    return text


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("table", type=Path, help="CSV of old and present units")
    parser.add_argument("--province", default="lai-chau", help="key of the province's record")
    parser.add_argument("--since", type=date.fromisoformat, default=date(2025, 7, 1))
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the register; refuse when two units cannot be told apart."""
    options = parse_arguments(arguments)
    pairs = list(read_units(options.table))
    kept = read_hand_kept(options.output)
    superseded = find_superseded(kept, pairs, options.province)
    kept = leave_out(kept, superseded)
    known = read_records(kept)
    used = {*known, options.province}
    present = present_places(pairs, used)
    old = old_places(pairs, present, used)
    if repeated := find_repeated_keys([*present, *old]):
        print(f"two units share a key: {', '.join(repeated)}", file=sys.stderr)
        return 1
    parts = [HEADER]
    for title, places in (("Đơn vị hiện nay", present), ("Đơn vị cũ", old)):
        records = (render_place(p, province=options.province, since=options.since) for p in places)
        parts.append(f"# ---- {title} ({len(places)}) ----\n\n" + "\n".join(records))
    parts.append(MARKER + kept)
    options.output.write_text("\n".join(parts), encoding="utf-8", newline="\n")
    print(f"{options.output}: {len(present)} present units, {len(old)} old units")
    if superseded:
        print(f"taken from the table instead of the lines by hand: {', '.join(sorted(superseded))}")
    if options.province not in known:
        print(f"add {options.province} below the line “{MARKER[:20]}…”", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
