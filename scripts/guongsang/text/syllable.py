"""Is this word a possible Vietnamese syllable? The evidence for wrong encodings rests on it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE: Final = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    "(?:"
    # with a final consonant
    "(?:uyê|oă|oa|oe|uâ|uê|uô|uơ|uy|iê|yê|ươ|oo|[aăâeêioôơuưy])(?:ng|nh|ch|[cmnpt])"
    # with a final glide, or open
    "|iêu|yêu|uôi|ươi|ươu|oai|oao|oay|oeo|uây|uyu|uya|uơ"
    "|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|ia|ua|ưa|oa|oe|uê|uy|[aeêioôơuưy]"
    ")"
)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Say whether `word` (any case, NFC) can be one Vietnamese syllable with at most one tone."""
    letters = unicodedata.normalize("NFD", word.lower())
    bare, tones = _TONES.subn("", letters)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
