"""Normal form, folding, slugs and the comparison key of Vietnamese text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

SLUG_LENGTH: Final = 80

# Only the general combining block: the vowel signs of Tai Viet are marks too, and carry sense.
_MARKS: Final = dict.fromkeys(range(0x0300, 0x0370))
_TO_BASE: Final[dict[int, int | str | None]] = {
    **_MARKS,
    ord("đ"): "d",
    ord("ø"): "o",
    ord("ł"): "l",
    ord("æ"): "ae",
    ord("œ"): "oe",
}
_TONES: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD: Final = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+")
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")


def nfc(s: str) -> str:
    """Return `s` with every letter and its marks as one character (Unicode NFC)."""
    return s if s.isascii() else unicodedata.normalize("NFC", s)


def fold(s: str) -> str:
    """Return `s` in small letters without marks, đ as d: "Đường ĐI" becomes "duong di".

    A key for loose comparison and search, never for display.
    """
    small = s.casefold()
    if small.isascii():
        return small
    return nfc(unicodedata.normalize("NFD", small).translate(_TO_BASE))


def slug(s: str) -> str:
    """Return `s` as `[a-z0-9]+(-[a-z0-9]+)*`, at most 80 characters, cut at a hyphen.

    Empty when `s` has no letter or digit that folds to ASCII.
    """
    whole = _NOT_SLUG.sub("-", fold(unicodedata.normalize("NFKC", s))).strip("-")
    if len(whole) <= SLUG_LENGTH:
        return whole
    cut = whole[: SLUG_LENGTH + 1].rpartition("-")[0]
    return cut or whole[:SLUG_LENGTH]


@lru_cache(maxsize=4096)
def tone_key(s: str) -> str:
    """Return a key under which "Hòa", "hoà" and their decomposed forms are equal.

    Only the place of the tone mark, letter case and normal form are forgotten: other tones and
    other letters stay different (Nậm Cha is not Nậm Chà).
    """
    small = s.casefold()
    if small.isascii():
        return small
    return _WORD.sub(_tone_last, unicodedata.normalize("NFD", small))


def _tone_last(word: re.Match[str]) -> str:
    """Move the tone marks of one word behind its letters."""
    letters = word[0]
    tones = _TONES.findall(letters)
    return _TONES.sub("", letters) + "".join(tones) if tones else letters
