"""How long a text is, in syllables and minutes."""

from __future__ import annotations

import re
from itertools import filterfalse
from typing import Final

from guongsang.text.fold import nfc

SYLLABLES_A_MINUTE: Final = 275
# "12.345", "06:30" and "19/5" are one word to a reader.
_WORD: Final = re.compile(r"\w+(?:[.,:/]\d+)*")


def count_syllables(plain_text: str) -> int:
    """Return the number of syllables and numbers; `plain_text` is text without markup."""
    # Most are letters from space to space: what is left is a fifth of the time.
    words = nfc(plain_text).split()
    others = list(filterfalse(str.isalnum, words))
    return len(words) - len(others) + sum(len(_WORD.findall(word)) for word in others)


def reading_minutes(syllables: int) -> int:
    """Return the nearest whole number of minutes, at least 1."""
    return max(1, (syllables + SYLLABLES_A_MINUTE // 2) // SYLLABLES_A_MINUTE)
