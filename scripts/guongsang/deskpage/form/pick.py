"""What the form offers to pick from the registers: typed without marks, the best matches first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from guongsang.desk.find import print_unit
from guongsang.deskpage.form.reference import tell_honoree, tell_life
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.choices import LABELS
from guongsang.text.fold import fold

_MOST: Final = 12
Offer = dict[str, Any]


class Offers:
    """The registers as the form looks things up in them; made anew when they are others."""

    def __init__(self, registers: Registers) -> None:
        self.registers = registers
        self._places = PlaceBook(registers.places)
        self._words: dict[str, list[tuple[str, Offer]]] = {}

    def find(self, kind: str, text: str) -> list[Offer]:
        """Return what matches all words that were typed, whole names and beginnings first.

        `kind` is place, honoree, author, series or award. Raises KeyError for any other.
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
            printed = print_unit(place, place.name, self.registers)
            for unit in self._places.present_units(key):
                present = self.registers.places[unit]
                is_same = unit == key
                for name in (place.name, *place.other_names):
                    by_name = print_unit(place, name, self.registers)
                    yield {
                        "value": unit,
                        "label": printed if is_same else f"{printed} → nay {present.name}",
                        "printed": by_name,
                        "present": print_unit(present, present.name, self.registers),
                        "search": f"{name} {by_name}",
                    }

    def list_honorees(self) -> Iterator[Offer]:
        for key, each in self.registers.honorees.items():
            names = " ".join((each.name, *each.other_names))
            yield {
                "value": key,
                "label": each.name,
                "about": tell_life(each),
                "record": tell_honoree(each, self.registers.awards),
                "search": names,
            }

    def list_authors(self) -> Iterator[Offer]:
        yield from _list_named(self.registers.authors.items())

    def list_awards(self) -> Iterator[Offer]:
        for key, each in self.registers.awards.items():
            about = LABELS["level"][each.level]
            yield {"value": key, "label": each.name, "about": about, "search": each.name}

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
    "award": Offers.list_awards,
}
