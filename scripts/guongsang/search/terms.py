"""What is looked up: single syllables and pairs of neighbours, folded, with the marks kept apart.

Vietnamese has few syllables and each comes often, so that syllables alone select little; a pair of
neighbours is close to what other languages call a word. The browser has the same rules, in
assets/search/words.js.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import count, pairwise
from typing import Final
from zlib import crc32

from guongsang.text.fold import fold, nfc, tone_key

TAG_BITS: Final = 16
_WORD: Final = re.compile(r"[^\W_]+")
_PAIR_SHIFT: Final = 32


def split_words(text: str) -> list[str]:
    """Return the words of a text in small letters, in order."""
    return _WORD.findall(nfc(text).casefold())


class Vocabulary:
    """Numbers the terms of many texts, so that they are small while texts are read."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count(1).__next__)

    def find_terms(self, lines: Iterable[str]) -> set[int]:
        """Return the words of the lines and all pairs of neighbours; pairs do not cross lines."""
        found: set[int] = set()
        for line in lines:
            numbers = [self._numbers[word] for word in split_words(line)]
            found.update(numbers)
            found.update([a << _PAIR_SHIFT | b for a, b in pairwise(numbers)])
        return found

    def hash_terms(self, terms: Iterable[int]) -> list[int]:
        """Return for each term the CRC-32 of its folded form and, in the low bits, a tag.

        The tag tells marks apart. "hòa" and "hoà" are one form: where the tone stands is a habit of
        typing.
        """
        folded = {number: fold(word).encode() for word, number in self._numbers.items()}
        exact = {number: tone_key(word).encode() for word, number in self._numbers.items()}
        mask, low = (1 << TAG_BITS) - 1, (1 << _PAIR_SHIFT) - 1
        hashes = []
        for term in terms:
            first, second = term >> _PAIR_SHIFT, term & low
            key, form = folded[second], exact[second]
            if first:
                key, form = folded[first] + b" " + key, exact[first] + b" " + form
            hashes.append(crc32(key) << TAG_BITS | crc32(form) & mask)
        return hashes
