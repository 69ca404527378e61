"""How long a text is, in syllables and minutes."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from guongsang.text.fold import nfc

SYLLABLES_A_MINUTE: Final = 275
# "12.345", "06:30" and "19/5" are one word to a reader.
_WORD: Final = re.compile(r"\w+(?:[.,:/]\d+)*")
_ENDS: Final = frozenset(",.;:!?…")


def count_syllables(plain_text: str) -> int:
    """Return the number of syllables and numbers; `plain_text` is text without markup."""
    return count_words(nfc(plain_text).split())


def count_words(words: Collection[str]) -> int:
    """Return the same for the words of a text in normal form, as they stand between spaces."""
    # Most are letters only, or have one sign behind them: what is left is a fifth of the time.
    others = [word for word in words if not word.isalnum()]
    odd = [word for word in others if word[-1] not in _ENDS or not word[:-1].isalnum()]
    return len(words) - len(odd) + sum(len(_WORD.findall(word)) for word in odd)


def reading_minutes(syllables: int) -> int:
    """Return the nearest whole number of minutes, at least 1."""
    return max(1, (syllables + SYLLABLES_A_MINUTE // 2) // SYLLABLES_A_MINUTE)
