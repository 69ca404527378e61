"""What the form offers to pick from the registers: typed without marks, the best matches first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from guongsang.registers.model import DISTRICT_TYPES, Place, Registers
from guongsang.registers.places import PlaceBook
from guongsang.text.fold import fold

_MOST: Final = 12
Offer = dict[str, str]


class Offers:
    """The registers as the form looks things up in them; made anew when they are others."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self._places = PlaceBook(registers.places)
        self._words: dict[str, list[tuple[str, Offer]]] = {}

    def find(self, kind: str, text: str) -> list[Offer]:
        """Return what matches all words that were typed, whole names and beginnings first.

        `kind` is place, honoree, author or series. Raises KeyError for any other.
        """
        if kind not in self._words:
            self._words[kind] = [(fold(offer["search"]), offer) for offer in _LISTS[kind](self)]
        typed = fold(text.strip())
        words = typed.split()
        found = [
            (not name.startswith(typed), f" {typed}" not in f" {name}", len(name), n)
            for n, (name, _) in enumerate(self._words[kind])
            if all(word in name for word in words)
        ]
        best = sorted(found)[:_MOST]
        return [
            {key: value for key, value in self._words[kind][n][1].items() if key != "search"}
            for *_, n in best
        ]

    def list_places(self) -> Iterator[Offer]:
        for key, place in self.registers.places.items():
            if place.is_province:
                continue
            printed = self._print(place)
            for unit in self._places.present_units(key):
                present = self.registers.places[unit]
                is_same = unit == key
                for name in (place.name, *place.other_names):
                    yield {
                        "value": unit,
                        "label": printed if is_same else f"{printed} → nay {present.name}",
                        "printed": printed.replace(place.name, name, 1),
                        "present": self._print(present),
                        "search": f"{name} {printed.replace(place.name, name, 1)}",
                    }

    def _print(self, place: Place) -> str:
        """Return a unit as it is printed: with its district as long as there were such, with its
        province if that is not the newsroom's."""
        parts = [place.full_name]
        if place.district:
            parts.append(f"{DISTRICT_TYPES[place.district_type]} {place.district}")
        if place.province and place.province != self.registers.newsroom.province:
            province = self.registers.places.get(place.province)
            parts += [province.full_name] if province else []
        return ", ".join(parts)

    def list_honorees(self) -> Iterator[Offer]:
        for key, each in self.registers.honorees.items():
            about = " – ".join(filter(None, (each.born, each.died))).replace("unknown", "?")
            names = " ".join((each.name, *each.other_names))
            yield {"value": key, "label": each.name, "about": about, "search": names}

    def list_authors(self) -> Iterator[Offer]:
        yield from _list_named(self.registers.authors.items())

    def list_series(self) -> Iterator[Offer]:
        yield from _list_named(self.registers.series.items())


def _list_named(records: Iterable[tuple[str, Any]]) -> Iterator[Offer]:
    for key, each in records:
        yield {"value": key, "label": each.name, "search": each.name}


_LISTS: Final = {
    "place": Offers.list_places,
    "honoree": Offers.list_honorees,
    "author": Offers.list_authors,
    "series": Offers.list_series,
}
