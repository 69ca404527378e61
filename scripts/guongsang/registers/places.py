"""Places through the reform of 1 July 2025: what a printed place is called and where it lies now.

Rules of the domain: a story keeps the place as printed at its date and shows the present unit;
several old units share a name, and spellings vary in tone placement and in letters.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from guongsang.registers.model import DISTRICT_TYPES, PLACE_TYPES, Place
from guongsang.registers.printed import Around, PrintedPlace, read_district, read_printed
from guongsang.text.fold import slug, tone_key

_KEY_TYPE: Final = re.compile(r"(xa|phuong|thi-tran|dac-khu)-(?=.)")


class PlaceBook:
    """Looks up units by key and by printed name. Built once from the register."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = places
        self._by_name: dict[str, list[str]] = {}
        self._districts: dict[str, set[str]] = {}
        self._former_provinces: dict[str, list[str]] = {}
        for key, place in places.items():
            for name in (place.name, *place.other_names):
                self._by_name.setdefault(tone_key(name), []).append(key)
            if place.district is not None:
                types = self._districts.setdefault(tone_key(place.district), set())
                types.add(DISTRICT_TYPES[place.district_type])
            for province in place.became if place.is_province else ():
                self._former_provinces.setdefault(province, []).append(key)
        self._printed: dict[str, list[str]] = {}
        self._lead_to: dict[str, frozenset[str]] = {}

    def present_units(self, key: str) -> tuple[str, ...]:
        """Return the present units in which the unit `key` lies, itself if it is present.

        Follows `became` through any number of reforms; an unknown key or a loop gives nothing.
        """
        reached = self._follow(key, self._became)
        return tuple(each for each in reached if self._places[each].is_present)

    def find_units(self, as_printed: str) -> list[str]:
        """Return the keys of all units, past and present, that a printed place may mean.

        The more is printed (type, district, province), the fewer remain.
        """
        iter(self._places)  # whoever notes what is asked: any place may be the answer
        if as_printed not in self._printed:
            _, self._printed[as_printed] = self.read_units(as_printed)
        return self._printed[as_printed]

    def read_units(self, as_printed: str) -> tuple[PrintedPlace | None, list[str]]:
        """Return the likeliest reading of which units are known, and these."""
        for reading in read_printed(as_printed, self._is_name):
            if reading.before and reading.type is None and self._is_district(reading.name):
                continue  # “bản X, Tam Đường”: more likely the district than the town
            keys = self._search_units(reading.name, reading.type, reading.around)
            if keys:
                return reading, keys
        return None, []

    def leads_to(self, as_printed: str) -> frozenset[str]:
        """Return the present units that a printed place may lie in today."""
        units = self.find_units(as_printed)
        if as_printed not in self._lead_to:
            present = (unit for key in units for unit in self.present_units(key))
            self._lead_to[as_printed] = frozenset(present)
        return self._lead_to[as_printed]

    def find_in_district(self, as_printed: str) -> set[str]:
        """Return the present units of a district where nothing smaller is printed, or may not be:
        “huyện Sìn Hồ”, “bản X, Sìn Hồ”, “Sìn Hồ”. Of a district elsewhere, of which the register
        knows no unit, those that bear its name."""
        iter(self._places)
        around = read_district(as_printed)
        if not around or around[0].is_province:
            return set()
        name = around[0].name
        if self._is_district(name):
            keys = [key for key, place in self._places.items() if place.district is not None]
            keys = [key for key in keys if self._lies_in(key, around)]
        else:
            is_told = around[0].is_province is not None
            keys = self._search_units(name, None, around[1:]) if is_told else []
        return {unit for key in keys for unit in self.present_units(key)}

    def advise(self, as_printed: str) -> set[str]:
        """Return the present units that a printed place means beyond doubt: by the name of a unit,
        never by that of a district which a town or a commune bears as well."""
        reading, keys = self.read_units(as_printed)
        if reading is None or (reading.type is None and self._is_district(reading.name)):
            return set()
        return {unit for key in keys for unit in self.present_units(key)}

    def spell_out(self, as_printed: str, unit: str) -> str | None:
        """Return a printed place with all types in words, if its present unit leaves no doubt what
        they are; None where there is nothing to add."""
        reading, keys = self.read_units(as_printed)
        if reading is None:
            return None
        forms = {self._spell(reading, key) for key in keys if unit in self.present_units(key)}
        full = forms.pop() if len(forms) == 1 else None
        return full if full is not None and full != as_printed else None

    def _spell(self, reading: PrintedPlace, key: str) -> str | None:
        place = self._places[key]
        unit = reading.whole if reading.type else f"{PLACE_TYPES[place.type]} {reading.name}"
        around = [self._spell_around(each, key) for each in reading.around]
        return None if None in around else ", ".join(map(str, (*reading.before, unit, *around)))

    def _spell_around(self, around: Around, key: str) -> str | None:
        """Return a district or a province with its type; None where it may be either."""
        if around.is_province is not None:
            return around.whole
        types = self._districts.get(tone_key(around.name), set())
        province = self._places.get(self._places[key].province or "")
        is_province = province is not None and tone_key(province.name) == tone_key(around.name)
        if province is not None and is_province and not types:
            types = {PLACE_TYPES[province.type]}
        elif is_province:
            return None
        return f"{min(types)} {around.name}" if len(types) == 1 else None

    def guess_units(self, key: str) -> set[str]:
        """Return the present units that a key which nobody has may mean, by the name that it spells
        or nearly spells; none for the name of a district, whatever else bears that."""
        match = _KEY_TYPE.match(key)
        kind, said = (match[1], key[match.end() :]) if match else (None, key)
        spelled: dict[str, set[str]] = {}
        for unit, place in self._places.items():
            if not place.is_province and kind in (None, place.type):
                for name in (place.name, *place.other_names):
                    spelled.setdefault(slug(name), set()).update(self.present_units(unit))
        if kind is None:
            spelled |= {slug(name): set() for name in self._districts}
        near = [said] if said in spelled else difflib.get_close_matches(said, spelled, cutoff=0.8)
        if not near or not spelled[near[0]]:
            return set()
        return {unit for name in near for unit in spelled[name]}

    def _is_name(self, part: str) -> bool:
        return tone_key(part) in self._by_name

    def _is_district(self, name: str) -> bool:
        return tone_key(name) in self._districts

    def _search_units(self, name: str, kind: str | None, around: Iterable[Around]) -> list[str]:
        return [
            key
            for key in self._by_name.get(tone_key(name), ())
            if not self._places[key].is_province
            and kind in (None, self._places[key].type)
            and self._lies_in(key, around)
        ]

    def _lies_in(self, key: str, around: Iterable[Around]) -> bool:
        return all(
            self._fits_province(key, each)
            or (not each.is_province and self._fits_district(key, each))
            for each in around
        )

    def _fits_district(self, key: str, district: Around) -> bool:
        """A present unit knows no district, so it fits unless an old namesake lay in that one."""
        place = self._places[key]
        if place.district is not None and tone_key(place.district) == tone_key(district.name):
            return True
        if district.is_province is None and not self._is_district(district.name):
            return False
        return place.is_present and not self._had_namesake(place.name, district.name)

    def _had_namesake(self, name: str, district: str) -> bool:
        districts = (self._places[key].district for key in self._by_name[tone_key(name)])
        return any(known and tone_key(known) == tone_key(district) for known in districts)

    def _fits_province(self, key: str, province: Around) -> bool:
        """A unit lies in its province, in what that became, in what that was made of; never in what
        only became the same. The type counts where one is printed: “thành phố Lai Châu” was never
        the province."""
        own = self._places[key].province
        if own is None:
            return False
        wanted = tone_key(province.name)
        for following in (self._became, self._made_of):
            for current in self._follow(own, following):
                record = self._places[current]
                names = {tone_key(name) for name in (record.name, *record.other_names)}
                if wanted in names and (province.is_province is not False or record.type != "tinh"):
                    return True
        return False

    def _became(self, key: str) -> Iterable[str]:
        return self._places[key].became

    def _made_of(self, key: str) -> Iterable[str]:
        return self._former_provinces.get(key, ())

    def _follow(self, key: str, following: Callable[[str], Iterable[str]]) -> Iterator[str]:
        """Yield the known records that are reached from one, itself first, through any number of
        reforms."""
        waiting, seen = [key], set[str]()
        while waiting:
            current = waiting.pop(0)
            if current in self._places and current not in seen:
                seen.add(current)
                yield current
                waiting.extend(following(current))
