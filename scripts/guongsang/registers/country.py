"""Units of the whole country, looked up by what an editor types, whatever newsroom it is in.

A unit's key here is the one that newsrooms of other provinces know it by.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache

from guongsang.registers.gazetteer import load_country, load_home_keys
from guongsang.registers.model import Place
from guongsang.registers.places import PlaceBook
from guongsang.text.fold import slug, tone_key


def find_in_country(typed: str) -> list[str]:
    """Return the keys of the units that may be meant: by a key, by a printed place, or by a name
    without marks, with or without its type and its former district. None where nothing fits."""
    country = load_country()
    said = slug(typed)
    if said in country:
        return [] if country[said].is_province else [said]
    by_slug = _by_slug().get(said, [])
    return by_slug if typed.isascii() else find_printed(typed) or by_slug


def find_present(typed: str) -> list[str]:
    """Return the keys of the present units that bear what was typed, or lie where that was."""
    found = find_in_country(typed)
    own = [key for key in found if load_country()[key].is_present]
    return own or sorted({unit for key in found for unit in units_today(key)})


def find_printed(as_printed: str) -> list[str]:
    """Return the keys of the units that a printed place may mean."""
    return _book().find_units(as_printed)


def suggest_names(typed: str) -> list[str]:
    """Return a few names of units that are nearest to what was typed."""
    names = _by_slug()
    near = difflib.get_close_matches(slug(typed), names, n=5, cutoff=0.7)
    return list(dict.fromkeys(load_country()[names[each][0]].full_name for each in near))


def describe_unit(key: str) -> str:
    """Return a unit with all that it lies in: “xã Nhị Long, huyện Càng Long, tỉnh Trà Vinh”."""
    country = load_country()
    place = country[key]
    province = None if place.province is None else country[place.province].full_name
    return ", ".join(filter(None, (place.full_name, place.full_district, province)))


def units_today(key: str) -> tuple[str, ...]:
    """Return the present units that a unit became, itself if it is one."""
    return tuple(load_country()[key].became) or (key,)


def describe_history(key: str) -> str:
    """Return a unit, and what a former one became: “… → xã Nhị Long”."""
    became = [load_country()[each].full_name for each in load_country()[key].became]
    return f"{describe_unit(key)} → {', '.join(became)}" if became else describe_unit(key)


def find_province(unit: Place) -> str:
    """Return the key of the province of today that a unit of the country lies in."""
    own = str(unit.province)
    return next(iter(load_country()[own].became), own)


def find_here(key: str, places: Mapping[str, Place]) -> str | None:
    """Return the key under which a register has a unit of the country, None where it has not.

    A record says what it is by its code, else by type, name, district and province.
    """
    unit = load_country()[key]
    if unit.is_province:
        return key if key in places else None
    found = (here for here, place in places.items() if _is_same(place, unit))
    return next(found, None)


def find_successors(key: str, places: Mapping[str, Place]) -> set[str]:
    """Return the keys under which a register has what a unit of the country became."""
    here = (find_here(each, places) for each in load_country()[key].became)
    return {each for each in here if each is not None}


def _is_same(place: Place, unit: Place) -> bool:
    if place.is_present != unit.is_present or place.is_province:
        return False
    if place.code is not None:
        return place.code == unit.code
    return (
        place.type == unit.type
        and tone_key(place.name) == tone_key(unit.name)
        and place.province in (unit.province, find_province(unit))
        and (place.district is None or tone_key(place.district) == tone_key(unit.district or ""))
    )


@cache
def _book() -> PlaceBook:
    return PlaceBook(load_country())


@cache
def _by_slug() -> Mapping[str, list[str]]:
    """Return the keys of all units by their names without marks, and by their keys at home."""
    found: dict[str, list[str]] = {}
    for key, place in load_country().items():
        if not place.is_province:
            for said in {load_home_keys()[key], *_say(place)}:
                found.setdefault(said, []).append(key)
    return found


def _say(place: Place) -> Iterator[str]:
    for name in map(slug, (place.name, *place.other_names)):
        for unit in (name, f"{place.type}-{name}"):
            yield unit
            if place.district is not None:
                district = slug(place.district)
                yield f"{unit}-{district}"
                yield f"{unit}-{place.district_type}-{district}"
