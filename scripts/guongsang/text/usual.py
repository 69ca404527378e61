"""Whether a text holds usual characters only, as nearly all do: then there is little to look at."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

USUAL: Final = (
    "\n"
    + "".join(map(chr, range(0x20, 0x7F)))
    + "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ–—“”‘’…"
)
# They fit into an alphabet of 256: to write a text in it takes half as long as to search it. The
# first place is NUL's; the last ones are nobody's.
_ALPHABET: Final[Any] = codecs.charmap_build(f"\0{USUAL}".ljust(256, "\ufffe"))


def is_usual(text: str) -> bool:
    """Return whether a text holds nothing but ASCII, Vietnamese letters, dashes, quotes and …: no
    lone mark, no invisible character, one kind of space and of digit.
    """
    return _write(text) is not None


def make_shape(signs: Mapping[str, str]) -> bytes:
    """Return what `shape_of` takes: a sign of ASCII for each of some usual characters, which stand
    under it; a space for all others."""
    table = bytearray(b" " * 256)
    for sign, characters in signs.items():
        for place in codecs.charmap_encode(characters, "strict", _ALPHABET)[0]:
            table[place] = ord(sign)
    return bytes(table)


def shape_of(text: str, shape: bytes) -> bytes | None:
    """Return one sign for each character of a usual text; None of any other text.

    Signs are found in it several times as fast as by a pattern in the text.
    """
    written = _write(text)
    return None if written is None else written.translate(shape)


@lru_cache(maxsize=2)
def _write(text: str) -> bytes | None:
    """Write a usual text in our alphabet. Several rules ask for one text, one after the other."""
    try:
        written: bytes = codecs.charmap_encode(text, "strict", _ALPHABET)[0]
    except UnicodeEncodeError:
        return None
    return None if b"\0" in written else written
