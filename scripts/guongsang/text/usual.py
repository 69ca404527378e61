"""Whether a text holds usual characters only, as nearly all do: then there is little to look at."""

from __future__ import annotations

import codecs
from functools import lru_cache
from typing import Any, Final

_USUAL: Final = (
    "\n"
    + "".join(map(chr, range(0x20, 0x7F)))
    + "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ–—“”‘’…"
)
# They fit into an alphabet of 256: to write a text in it takes half as long as to search it. The
# first place is NUL's; the last ones are nobody's.
_ALPHABET: Final[Any] = codecs.charmap_build(f"\0{_USUAL}".ljust(256, "\ufffe"))


@lru_cache(maxsize=2)
def is_usual(text: str) -> bool:
    """Return whether a text holds nothing but ASCII, Vietnamese letters, dashes, quotes and …: no
    lone mark, no invisible character, one kind of space and of digit.

    Several rules ask it of one text, one after the other.
    """
    try:
        codecs.charmap_encode(text, "strict", _ALPHABET)
    except UnicodeEncodeError:
        return False
    return "\0" not in text
