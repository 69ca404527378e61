"""What a search must find, read from the generated texts without the code that is measured."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.bench.generate import (
    ALT,
    CALLED,
    CAPTION,
    CREDIT,
    PRINTED,
    ROLE,
    VILLAGE,
    BenchStory,
    Desk,
    make_honoree,
)

WORDS_A_QUERY: Final = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class Query:
    """A row of words as it stands in a text, and the addresses of the stories that have it so."""

    words: str
    exact: frozenset[str]
    folded: frozenset[str]


class Texts:
    """The generated stories as lines of plain words, to look rows of words up by brute force."""

    def __init__(self, desk: Desk, stories: Sequence[BenchStory]) -> None:
        self.urls = [f"{story.date.year}/{story.slug}/" for story in stories]
        self.texts = [
            [split(text) for text in (story.title, story.summary, *story.paragraphs)]
            for story in stories
        ]
        beside = Beside(desk)
        lines = [
            [*texts, *(split(text) for text in beside.lines(story))]
            for texts, story in zip(self.texts, stories, strict=True)
        ]
        self._exact = ["|".join(f" {' '.join(line)} " for line in each) for each in lines]
        self._folded = [fold(text) for text in self._exact]
        self._words = {
            url: set(text.split()) for url, text in zip(self.urls, self._exact, strict=True)
        }

    def draw(self, rng: random.Random) -> Query:
        """Draw a row of words that has marks from any text, with all stories that have it."""
        while True:
            line = rng.choice(rng.choice(self.texts))
            count = rng.choice(WORDS_A_QUERY)
            start = rng.randrange(max(1, len(line) - count))
            words = " ".join(line[start : start + count])
            if words != fold(words):
                folded = self._find(self._folded, fold(words))
                return Query(words, self._find(self._exact, words), folded)

    def has_words(self, url: str, words: str) -> bool:
        """Return whether a story has all the words with these very marks, wherever."""
        return set(words.split()) <= self._words[url]

    def _find(self, texts: Sequence[str], words: str) -> frozenset[str]:
        row = f" {words} "
        return frozenset(url for url, text in zip(self.urls, texts, strict=True) if row in text)


class Beside:
    """What a story can be found by besides its title, summary and text, as lines.

    That is what its page says of its cover, people, places and lists, and the older names of its
    place.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._places: dict[str, list[str]] = {key: [] for key in desk.places}
        for key, place in desk.registers["places"].items():
            for unit in (key, *(place.get("became") or ())):
                self._places.setdefault(unit, []).extend(_name_place(place))

    def lines(self, story: BenchStory) -> Iterator[str]:
        desk, registers = self._desk, self._desk.registers
        yield from (ROLE, CALLED, VILLAGE, ALT, CAPTION, CREDIT, *story.tags)
        yield registers["columns"][story.column]["name"]
        yield from (registers["fields"][key]["name"] for key in story.fields)
        yield from (registers["deeds"][key]["name"] for key in story.deeds)
        yield from (desk.authors[key] for key in story.authors)
        for key in story.honorees:
            yield desk.people[key]
            record = make_honoree(int(key.rpartition("-")[2]), desk.people[key], desk)
            awards = (each["award"] for each in record.get("awards", ()))
            yield from (registers["awards"][award]["name"] for award in awards)
        yield from self._places[story.place]


def _name_place(place: Mapping[str, Any]) -> Iterator[str]:
    yield f"{PRINTED.get(place['type'], 'đặc khu')} {place['name']}"
    yield from place.get("other_names") or ()
    if place.get("district"):
        yield f"huyện {place['district']}"


def split(text: str) -> list[str]:
    letters = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", text))
    return letters.lower().split()


def fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d")
