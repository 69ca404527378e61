"""What the browser keeps in memory: titles and facets of stories by year, and all names.

Columns rather than records, keys only where they do not follow from the title: ten thousand
stories and their people must fit into 300 kB on the wire. assets/search/catalogue.js reads it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from guongsang.addresses import SECTIONS
from guongsang.pages.archive import Archive
from guongsang.pages.lists import other_spellings
from guongsang.pages.wording import KINDS, capitalise
from guongsang.registers.model import Author, Heading, Registers, Series
from guongsang.search.documents import former_names
from guongsang.stories.model import Story
from guongsang.text.fold import slug

_KINDS: Final = tuple(KINDS)


def render_titles(stories: Sequence[Story], registers: Registers) -> bytes:
    """Return the titles and facets of one year's stories, which come oldest first."""
    columns, fields, places = _Table(), _Table(), _Table()
    return _dump(
        {
            "titles": [story.front.title for story in stories],
            "slugs": _short((story.slug, story.front.title) for story in stories),
            "days": [story.front.date.month * 100 + story.front.date.day for story in stories],
            "column": [columns.number(story.front.column) for story in stories],
            "field": [fields.numbers(story.front.fields) for story in stories],
            "place": [places.numbers(place.unit for place in s.front.places) for s in stories],
            "kind": [_kind_bits(story, registers) for story in stories],
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


def _people(archive: Archive, closed: Collection[str]) -> dict[str, Any]:
    keys = [key for key in archive.keys_of("honoree") if key not in closed]
    people = [archive.registers.honorees[key] for key in keys]
    return {
        "names": [person.name for person in people],
        "keys": _short(zip(keys, (person.name for person in people), strict=True)),
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


def _short(keys: Iterable[tuple[str, str]]) -> list[str]:
    """Leave out what follows from the name: "" is its slug, "+-2" its slug and "-2"."""
    return [_short_key(key, slug(name)) for key, name in keys]


def _short_key(key: str, base: str) -> str:
    if not base or not key.startswith(base):
        return key
    return f"+{key[len(base) :]}" if key != base else ""


class _Table:
    """Numbers keys in the order of their first use."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def number(self, key: str) -> int:
        if key not in self.keys:
            self.keys.append(key)
        return self.keys.index(key)

    def numbers(self, keys: Iterable[str]) -> int | list[int]:
        """Return the number of a single key, the list of those of several."""
        found = [self.number(key) for key in dict.fromkeys(keys)]
        return found[0] if len(found) == 1 else found


def _dump(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
