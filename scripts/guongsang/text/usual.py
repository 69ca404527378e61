"""Whether a text holds usual characters only, as nearly all do: then there is little to look at."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_UNUSUAL: Final = re.compile(
    "[^\n -~àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ–—“”‘’…]"
)


@lru_cache(maxsize=2)
def is_usual(text: str) -> bool:
    """Return whether a text holds nothing but ASCII, Vietnamese letters, dashes, quotes and …: no
    lone mark, no invisible character, one kind of space and of digit.

    Several rules ask it of one text, one after the other.
    """
    return _UNUSUAL.search(text) is None
