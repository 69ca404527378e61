"""Places through the reform of 1 July 2025: what a printed place is called and where it lies now.

Rules of the domain: a story keeps the place as printed at its date and shows the present unit;
several old units share a name, and spellings vary in tone placement and in letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from guongsang.registers.model import PLACE_TYPES, Place
from guongsang.text.fold import tone_key

_UNIT_TYPES = {tone_key(name): kind for kind, name in PLACE_TYPES.items()}
_TYPE = re.compile(
    r"(?P<type>xã|phường|thị trấn|đặc khu|tỉnh|thành phố|huyện|thị xã|châu|quận)\s+(?P<name>.+)",
    re.IGNORECASE,
)
_VILLAGE = re.compile(r"(?:thôn|bản|làng|xóm|ấp|khu|tổ|tổ dân phố|tiểu khu|buôn|phum)\s", re.I)
_DISTRICT_TYPES = ("huyện", "thị xã", "châu", "quận", "thành phố")


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A place as printed, taken apart: unit with its type, district, province; names only."""

    name: str
    type: str | None
    district: str | None
    province: str | None


class PlaceBook:
    """Looks up units by key and by printed name. Built once from the register."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = places
        self._by_name: dict[str, list[str]] = {}
        for key, place in places.items():
            for name in (place.name, *place.other_names):
                self._by_name.setdefault(tone_key(name), []).append(key)
        self._printed: dict[str, list[str]] = {}

    def present_units(self, key: str) -> tuple[str, ...]:
        """Return the present units in which the unit `key` lies, itself if it is present.

        Follows `became` through any number of reforms; an unknown key or a loop gives nothing.
        """
        found: dict[str, None] = {}
        waiting, seen = [key], set[str]()
        while waiting:
            current = waiting.pop(0)
            place = self._places.get(current)
            if place is None or current in seen:
                continue
            seen.add(current)
            if place.is_present:
                found[current] = None
            waiting.extend(place.became)
        return tuple(found)

    def find_units(self, as_printed: str) -> list[str]:
        """Return the keys of all units, past and present, that a printed place may mean.

        The more is printed (type, district, province), the fewer remain.
        """
        iter(self._places)  # whoever notes what is asked: any place may be the answer
        if as_printed not in self._printed:
            self._printed[as_printed] = self._search_units(as_printed)
        return self._printed[as_printed]

    def _search_units(self, as_printed: str) -> list[str]:
        printed = parse_printed(as_printed)
        keys = [
            key
            for key in self._by_name.get(tone_key(printed.name), ())
            if not self._places[key].is_province
        ]
        keys = [key for key in keys if printed.type in (None, self._places[key].type)]
        if printed.district:
            keys = [key for key in keys if self._fits_district(key, printed.district)]
        if printed.province:
            keys = [key for key in keys if self._fits_province(key, printed.province)]
        return keys

    def leads_to(self, as_printed: str) -> set[str]:
        """Return the present units that a printed place may lie in today."""
        return {unit for key in self.find_units(as_printed) for unit in self.present_units(key)}

    def _fits_district(self, key: str, district: str) -> bool:
        """A present unit knows no district, so it fits unless an old namesake lay in that one."""
        place = self._places[key]
        if place.district is not None and tone_key(place.district) == tone_key(district):
            return True
        if self._fits_province(key, district):
            return True
        return place.is_present and not self._had_namesake(place.name, district)

    def _had_namesake(self, name: str, district: str) -> bool:
        districts = (self._places[key].district for key in self._by_name[tone_key(name)])
        return any(known and tone_key(known) == tone_key(district) for known in districts)

    def _fits_province(self, key: str, province: str) -> bool:
        wanted = tone_key(province)
        waiting, seen = [self._places[key].province], set[str]()
        while waiting:
            current = waiting.pop()
            record = self._places.get(current) if current else None
            if record is None or current is None or current in seen:
                continue
            seen.add(current)
            if wanted in {tone_key(name) for name in (record.name, *record.other_names)}:
                return True
            waiting.extend(record.became)
            waiting.extend(old for old, place in self._places.items() if current in place.became)
        return False


def parse_printed(as_printed: str) -> PrintedPlace:
    """Take a printed place apart: “bản X, xã Mù Cả, châu Mường Tè, tỉnh Lai Châu”; pure."""
    parts = [part.strip() for part in as_printed.split(",") if part.strip()]
    while len(parts) > 1 and _VILLAGE.match(parts[0]):
        parts.pop(0)
    if not parts:
        return PrintedPlace("", None, None, None)
    match = _TYPE.fullmatch(parts[0])
    kind = _UNIT_TYPES.get(tone_key(match["type"])) if match else None
    name = match["name"] if match else parts[0]
    district = province = None
    for part in parts[1:]:
        found = _TYPE.fullmatch(part)
        bare = found["name"] if found else part
        if found and found["type"].lower() in _DISTRICT_TYPES and district is None:
            district = bare
        else:
            province = bare
    return PrintedPlace(name, kind, district, province)
