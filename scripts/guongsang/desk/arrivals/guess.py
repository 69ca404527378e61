"""What the registers know of an article that was sent: its column, authors, people and places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from guongsang.checks.subjects import read_names
from guongsang.intake.article import Article
from guongsang.intake.draft import BLANK, Guess
from guongsang.intake.manuscript import walk
from guongsang.intake.markdown import clean_text
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.registers.printed import find_printed
from guongsang.text.fold import fold, slug
from guongsang.text.spelled import compile_names, squeeze

_MOST_PLACES: Final = 6


class Guesser:
    """Guesses keys; one for many articles, for it reads the registers once."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self._book = PlaceBook(registers.places)
        self._authors = {fold(each.name): key for key, each in registers.authors.items()}
        # Names of collectives are those of places.
        people = (each for each in registers.honorees.items() if each[1].kind != "collective")
        named = ((key, read_names(each)) for key, each in people)
        self._people = [(key, names, {*map(squeeze, names)} - {""}) for key, names in named]

    def guess(self, article: Article, column: str = "", fields: Sequence[str] = ()) -> Guess:
        """Return what the registers know of an article; editors look at it again."""
        registers = self._registers
        active = [key for key, each in registers.columns.items() if each.active]
        found = find_column(article.column, registers) if article.column else None
        authors = {name: self._authors.get(fold(name)) for name, _ in article.authors}
        text = _words_of(article)
        return Guess(
            column=column or found or (active[0] if len(active) == 1 else BLANK),
            fields=fields,
            authors={name: key for name, key in authors.items() if key},
            honorees=[*self._find_honorees(text)],
            places=[*self.find_places(text)][:_MOST_PLACES],
        )

    def _find_honorees(self, text: str) -> Iterator[str]:
        letters = squeeze(text)
        for key, names, squeezed in self._people:
            # A finder takes long to make, and most people of a register are not meant.
            if not any(each in letters for each in squeezed):
                continue
            finder = compile_names(names, close=False)
            if finder is not None and next(finder.find_in_prose(text), None) is not None:
                yield key

    def find_places(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield present units with what is printed, where no doubt is left which is meant."""
        seen: set[str] = set()
        for printed in find_printed(text):
            units = self._book.advise(printed)
            if len(units) == 1 and not units & seen:
                seen |= units
                yield units.pop(), printed


def find_column(name: str, registers: Registers) -> str | None:
    """Return the key of a column by its key, name or short name, with marks or without."""
    wanted = slug(name)
    for key, each in registers.columns.items():
        if wanted in (key, slug(each.name), slug(each.short or "") or None):
            return key
    return None


def _words_of(article: Article) -> str:
    parts = [article.title, *(clean_text(each.text) for each in walk(article.blocks))]
    parts += (shot.caption for shot in article.shots)
    return "\n".join(filter(None, parts))
