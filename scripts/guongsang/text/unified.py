"""One form for every text in which numbers and names are searched, with a way back.

People, phones and web pages write one number with many kinds of space, dash and digit, and one
letter as several characters. Readers see no difference, so the rules must not either.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from guongsang.text.fold import nfc
from guongsang.text.usual import is_usual

# More marks than these on one letter are no letter of any language.
_CLUSTER: Final = re.compile("[^\u0300-\u036f][\u0300-\u036f]{1,6}")
_WORD: Final = re.compile(r"\w+")


class _Table(dict[int, str]):
    """What becomes of a character, found out once: another one, or nothing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = made = char if char == "\n" else _unify_char(char)
        return made


def _unify_char(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cf", "Cc"):
        return " " if char.isspace() else ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category[0] == "Z":
        return " "
    if category == "Pd" or char == "\u2212":
        return "-"
    if char in "·•‧∙・":
        return "."
    # Digits set higher are signs of notes, no part of a number.
    whole = char if category == "No" else unicodedata.normalize("NFKC", char)
    return whole if len(whole) == 1 else char


_TABLE: Final = _Table()


@dataclass(frozen=True, slots=True)
class Unified:
    """A text in one form; `origin` returns where in the text as it was an offset stands."""

    text: str
    origin: Callable[[int], int]


def unify(source: str) -> Unified:
    """Return a text with one kind of space, dash and digit, letters in NFC, nothing invisible.

    Line ends stay.
    """
    if is_usual(source):  # has one form already, but for its dashes
        return Unified(source.replace("–", "-").replace("—", "-"), _same)
    bare = source.translate(_TABLE)
    text = _CLUSTER.sub(lambda cluster: nfc(cluster[0]), bare)
    origins: list[int] = []

    def origin(offset: int) -> int:
        if not origins:  # most texts have nothing that anybody asks for
            origins.extend(_trace(source, bare))
        return origins[offset]

    return Unified(text, origin)


def _same(offset: int) -> int:
    return offset


def _trace(source: str, bare: str) -> Iterator[int]:
    """Yield where each character of the text was, and the end, in the source."""
    kept = [place for place, char in enumerate(source) if _TABLE[ord(char)]]
    done = 0
    for cluster in _CLUSTER.finditer(bare):
        yield from kept[done : cluster.start()]
        yield from kept[cluster.start() : cluster.start() + len(nfc(cluster[0]))]
        done = cluster.end()
    yield from kept[done:]
    yield len(source)


class Alignment:
    """Where in the source of a rendered text its words were typed.

    Words that stand as often in one as in the other are the same words in the same order; what
    stands between two of them was typed between them.
    """

    def __init__(self, source: str, shown: str) -> None:
        self._source, self._shown = source, shown
        self._pairs = list(_pair_words(source, shown))
        self._starts = [pair[0] for pair in self._pairs]

    def origin(self, offset: int) -> int:
        """Return the offset in the source of what stands at an offset of the rendered text."""
        line = self._shown.rfind("\n", 0, offset)
        end = self._shown.find("\n", offset) % (len(self._shown) + 1)
        at = bisect_right(self._starts, offset)
        shown, typed, length = self._pairs[at - 1] if at else (-1, 0, 0)
        if shown <= line and at < len(self._pairs) and self._starts[at] < end:
            return self._pairs[at][1]  # nothing before it in its paragraph, but this behind it
        inside = offset - shown
        if at and inside < length:
            return typed + inside
        # Where nothing of a paragraph is known, it begins below the line of what is known last.
        below = self._source.find("\n", typed + length) if shown <= line and at else -1
        return self._skip(max(below, typed + length))

    def _skip(self, at: int) -> int:
        """Return the next place of the source where anything but space stands."""
        found = re.compile(r"\S").search(self._source, at)
        return found.start() if found else max(0, len(self._source) - 1)


def _pair_words(source: str, shown: str) -> Iterator[tuple[int, int, int]]:
    """Yield offset in the rendered text, offset in the source and length of the same words."""
    places: dict[str, list[int]] = {}
    for word in _WORD.finditer(source):
        places.setdefault(word[0], []).append(word.start())
    counts = Counter(_WORD.findall(shown))
    met: Counter[str] = Counter()
    for word in _WORD.finditer(shown):
        typed = places.get(word[0], ())
        if len(typed) == counts[word[0]]:
            yield word.start(), typed[met[word[0]]], len(word[0])
        met[word[0]] += 1
