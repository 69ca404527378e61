"""What the browser keeps in memory: titles and facets of stories by year, and all names.

Columns rather than records, keys only where they do not follow from the title: ten thousand
stories and their people must fit into 300 kB on the wire. assets/search/catalogue.js reads it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from guongsang.addresses import SECTIONS
from guongsang.archive.archive import Archive
from guongsang.archive.naming import open_name
from guongsang.pages.lists import other_spellings
from guongsang.registers.model import Author, Heading, Registers, Series
from guongsang.search.documents import former_names
from guongsang.stories.model import Story
from guongsang.text.fold import slug
from guongsang.views.wording import KINDS, capitalise

_KINDS: Final = tuple(KINDS)
_MOST_NEAR: Final = 4


class Row(NamedTuple):
    """What a list of results shows of a story.

    `key` is its slug as far as it does not follow from the title, `day` month and day as 519,
    `kinds` those of the honorees, a bit each, in the order of `KINDS`; `closed` are the honorees
    whose name may not be told to programs there.
    """

    title: str
    key: str
    day: int
    column: str
    fields: tuple[str, ...]
    places: tuple[str, ...]
    kinds: int
    closed: tuple[str, ...]


def make_row(story: Story, registers: Registers) -> Row:
    front = story.front
    named = ((each.id, open_name(each, front.date.date(), registers)) for each in front.honorees)
    return Row(
        title=front.title,
        key=_short_key(story.slug, slug(front.title)),
        day=front.date.month * 100 + front.date.day,
        column=front.column,
        fields=tuple(front.fields),
        places=tuple(place.unit for place in front.places),
        kinds=_kind_bits(story, registers),
        closed=tuple(key for key, name in named if key and not name),
    )


def render_titles(rows: Sequence[Row]) -> bytes:
    """Return the titles and facets of one year's stories, which come oldest first."""
    columns, fields, places = _Table(), _Table(), _Table()
    return _dump(
        {
            "titles": [row.title for row in rows],
            "slugs": [row.key for row in rows],
            "days": [row.day for row in rows],
            "column": [columns.number(row.column) for row in rows],
            "field": [fields.numbers(row.fields) for row in rows],
            "place": [places.numbers(row.places) for row in rows],
            "kind": [row.kinds for row in rows],
            "keys": {"column": columns.keys, "field": fields.keys, "place": places.keys},
        }
    )


def render_names(archive: Archive, closed: Collection[str]) -> bytes:
    """Return the names of people, places and lists that have a page.

    `closed` are the honorees whose name may not be told to programs in one of their stories.
    """
    registers = archive.registers
    return _dump(
        {
            "sections": SECTIONS,
            "kinds": [KINDS[kind] for kind in _KINDS],
            "honoree": _people(archive, closed),
            "place": _places(archive),
            "quiet": _quiet_places(archive),
            "column": [
                [*entry, registers.columns[entry[1]].short]
                for entry in _lists(archive, "column", registers.columns)
            ],
            "field": _lists(archive, "field", registers.fields),
            "deed": _lists(archive, "deed", registers.deeds),
            "series": _lists(archive, "series", registers.series),
            "author": _lists(archive, "author", registers.authors),
        }
    )


def _places(archive: Archive) -> list[list[object]]:
    places, former = archive.registers.places, former_names(archive)
    return [
        [
            capitalise(places[key].full_name),
            key,
            _count(archive, "place", key),
            other_spellings(places[key]),
            former.get(key, ()),
        ]
        for key in archive.keys_of("place")
    ]


def _quiet_places(archive: Archive) -> list[list[object]]:
    """Return the newsroom's communes without a story, with those of their district that have one.

    Districts are no more: they are told by the former units that became present ones.
    """
    places, former = archive.registers.places, former_names(archive)
    told = dict.fromkeys(archive.keys_of("place"))
    districts = _districts(archive)
    neighbours: dict[str, list[str]] = {}
    for key in told:
        for district in districts.get(key, ()):
            neighbours.setdefault(district, []).append(key)
    found: list[list[object]] = []
    for key, place in places.items():
        is_ours = place.is_present and place.province == archive.registers.newsroom.province
        if is_ours and key not in told:
            near = [near for each in districts.get(key, ()) for near in neighbours.get(each, ())]
            names = (other_spellings(place), former.get(key, ()))
            found.append([place.full_name, *names, list(dict.fromkeys(near))[:_MOST_NEAR]])
    return found


def _districts(archive: Archive) -> dict[str, list[str]]:
    """Return for each present unit the districts that its former units were in."""
    found: dict[str, dict[str, None]] = {}
    for old, place in archive.registers.places.items():
        if not place.is_present and place.district:
            for unit in archive.places.present_units(old):
                found.setdefault(unit, {})[place.district] = None
    return {unit: list(names) for unit, names in found.items()}


def _people(archive: Archive, closed: Collection[str]) -> dict[str, Any]:
    has_pages = archive.registers.newsroom.switches.people
    keys = [key for key in archive.keys_of("honoree") if has_pages and key not in closed]
    people = [archive.registers.honorees[key] for key in keys]
    return {
        "names": [person.name for person in people],
        "keys": [
            _short_key(key, slug(person.name)) for key, person in zip(keys, people, strict=True)
        ],
        "kinds": [_KINDS.index(person.kind) for person in people],
        "counts": [_count(archive, "honoree", key) for key in keys],
        "others": {
            str(at): person.other_names for at, person in enumerate(people) if person.other_names
        },
    }


def _lists(
    archive: Archive, kind: str, records: Mapping[str, Heading | Series | Author]
) -> list[tuple[str, str, int]]:
    return [(records[key].name, key, _count(archive, kind, key)) for key in archive.keys_of(kind)]


def _count(archive: Archive, kind: str, key: str) -> int:
    return len(archive.stories_of(kind, key))


def _kind_bits(story: Story, registers: Registers) -> int:
    """Return the kinds of the honorees of a story, a bit each, in the order of `KINDS`."""
    told = story.front.honorees
    kinds = (registers.honorees[each.id].kind if each.id else each.kind for each in told)
    return sum({1 << _KINDS.index(kind or "person") for kind in kinds})


def _short_key(key: str, base: str) -> str:
    """Leave out what follows from the name: "" is its slug, "+-2" its slug and "-2"."""
    if not base or not key.startswith(base):
        return key
    return f"+{key[len(base) :]}" if key != base else ""


class _Table:
    """Numbers keys in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def keys(self) -> list[str]:
        return list(self._numbers)

    def number(self, key: str) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def numbers(self, keys: Iterable[str]) -> int | list[int]:
        """Return the number of a single key, the list of those of several."""
        found = [self.number(key) for key in dict.fromkeys(keys)]
        return found[0] if len(found) == 1 else found


def _dump(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
