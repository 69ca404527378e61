"""The order of Vietnamese lists: the alphabet first, tones only to break ties."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from guongsang.text.fold import fold, nfc

CollationKey = tuple[str, str, str]
PersonKey = tuple[CollationKey, CollationKey]

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# ngang, huyền, hỏi, ngã, sắc, nặng
_TONE_RANK: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_RANK: Final = {letter: chr(0x41 + place) for place, letter in enumerate(_ALPHABET)}
_WORDS: Final = re.compile(r"\d+|[^\W\d_]+")
_DIGITS: Final = 12


def collation_key(s: str) -> CollationKey:
    """Return a sort key: letters of the whole text, then tones, then the text itself.

    Syllable by syllable ("An Bình" before "Anh"), punctuation and case do not count, numbers
    stand before letters and in the order of their size ("Bản 2" before "Bản 10").
    """
    text = nfc(s)
    letters: list[str] = []
    tones: list[str] = []
    for word in _WORDS.findall(text.casefold()):
        if word[0].isdigit():
            letters.append(word.zfill(_DIGITS))
            tones.append("0")
        else:
            spelled, tone = _syllable(word)
            letters.append(spelled)
            tones.append(tone)
    return " ".join(letters), "".join(tones), text


def person_collation_key(name: str, sort_name: str | None = None) -> PersonKey:
    """Return the sort key of a person: by given name (the last syllable), then by the rest.

    `sort_name` overrides: it is written in the order to sort by, given name first ("Dơ Giàng A").
    """
    if sort_name:
        first, _, rest = sort_name.strip().partition(" ")
    else:
        rest, _, first = name.strip().rpartition(" ")
    return collation_key(first), collation_key(rest)


def _syllable(word: str) -> tuple[str, str]:
    """Return the ranks of a syllable's letters, and the rank of its tone."""
    if word.isascii():
        return "".join([_RANK[letter] for letter in word]), "0"
    tone = "0"
    bare: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONE_RANK:
            tone = _TONE_RANK[char]
        else:
            bare.append(char)
    composed = unicodedata.normalize("NFC", "".join(bare))
    return "".join([_letter(letter) for letter in composed]), tone


def _letter(letter: str) -> str:
    """Return the rank of one letter; a foreign one stands with its base, other scripts last."""
    rank = _RANK.get(letter)
    if rank is not None:
        return rank
    return "".join(_RANK.get(base, base) for base in fold(letter))
