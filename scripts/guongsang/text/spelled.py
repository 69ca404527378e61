"""Where a text, a file name or an address spells somebody's name, with its marks or without."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guongsang.text.fold import fold, nfc, tone_key

# How a story addresses children and young people before their given name.
_ADDRESS: Final = ("em", "cháu", "bé", "bạn", "con", "cậu bé", "cô bé", "học sinh", "học trò")
# Words with a capital at the start of a sentence that are no part of a name.
_NO_NAMES_TEXT: Final = """
    em cháu bé bạn con anh chị ông bà cô chú bác cậu thầy già cụ
    thì là và của với khi mà để cho hôm nay
"""
_NO_NAMES: Final = frozenset(_NO_NAMES_TEXT.split())
_GAP: Final = r"[\W_]{1,3} {0,9}"  # pages show many spaces as one
_GAPS: Final = re.compile(r"[\W_]+")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[ \u00a0]$")
_WORD_AFTER: Final = re.compile(r"[ \u00a0]([^\W\d_]+)")
_NOT_A_NAME: Final = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to spell a name. `keys` are its exact spellings; a loose one needs no marks to match.

    `own` tells that the form is the given name alone.
    """

    keys: frozenset[str]
    loose: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds the names of one person; see `compile_names`."""

    pattern: re.Pattern[str]
    forms: dict[str, _Form]

    def find_in_prose(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where a text for readers names the person; short forms need capital letters."""
        yield from self._find(text, prose=True)

    def find_words(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the same as offsets and words."""
        yield from ((hit.start(), hit[0]) for hit in self.find_in_prose(text))

    def find_in_address(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where a slug, a file's name or an address names the person, in small letters too.

        Pass a file's name without its suffix.
        """
        yield from self._find(text, prose=False)

    def _find(self, text: str, *, prose: bool) -> Iterator[re.Match[str]]:
        at = 0
        while hit := self.pattern.search(text, at):
            if self._is_meant(hit, text, prose=prose):
                yield hit
                at = hit.end()
            else:
                at = hit.start() + 1

    def _is_meant(self, hit: re.Match[str], text: str, *, prose: bool) -> bool:
        said = nfc(_GAPS.sub(" ", hit[0]))
        form = self.forms.get(fold(said)) or self.forms[fold(said).replace(" ", "")]
        if form.loose:
            return True
        if not (tone_key(said) in form.keys or (said.isascii() and fold(said) in form.keys)):
            return False
        if not prose:
            return not form.own or _NOT_A_NAME.sub("", text) == hit[0]
        if not form.own:
            return said.split(" ")[-1][0].isupper()
        return said[0].isupper() and _stands_alone(text, hit.start(), hit.end())


@lru_cache(maxsize=512)
def compile_names(names: tuple[str, ...], *, close: bool) -> NameFinder | None:
    """Return the finder of a person's names; None where they hold no letters.

    `close` takes in what only the person's own story would say: family and given name alone, the
    given name after “em”, and the given name by itself.
    """
    forms: dict[str, _Form] = {}
    patterns: list[str] = []
    for name in names:
        syllables = nfc(name).split()
        for spelled, form in _forms_of(syllables, close=close):
            folded = fold(spelled)
            if not folded.isascii() or folded in forms:
                continue
            forms[folded] = form
            patterns.append(_loose_pattern(folded, _GAP))
            if form.loose:
                forms[folded.replace(" ", "")] = form
                patterns.append(_loose_pattern(folded, ""))
    if not patterns:
        return None
    # The longest first: “Giàng A Páo” before “Páo”.
    joined = "|".join(sorted(patterns, key=len, reverse=True))
    return NameFinder(re.compile(rf"(?<![^\W_])(?:{joined})(?![^\W_])"), forms)


def squeeze(text: str) -> str:
    """Return the folded letters of a text and nothing between them: a text that spells a name has
    that name, squeezed, in it."""
    return _GAPS.sub("", fold(text))


def _forms_of(syllables: list[str], *, close: bool) -> Iterator[tuple[str, _Form]]:
    whole = " ".join(syllables)
    if len(syllables) >= 2:
        yield whole, _Form(_keys(whole), loose=len(syllables) >= 3)
    if not close or not syllables:
        return
    given = syllables[-1]
    if len(syllables) >= 3:
        for first in dict.fromkeys((syllables[0], syllables[-2])):
            yield f"{first} {given}", _Form(_keys(f"{first} {given}"))
    for word in _ADDRESS:
        yield f"{word} {given}", _Form(_keys(f"{word} {given}"))
    yield given, _Form(_keys(given), own=True)


def _keys(spelled: str) -> frozenset[str]:
    """Return the spellings that mean it: its own, the tone mark anywhere, or no mark at all."""
    return frozenset({tone_key(spelled), fold(spelled)})


def _loose_pattern(folded: str, gap: str) -> str:
    """Return a pattern for a folded name with any marks, composed or not, in any case."""
    return gap.join("".join(map(_letter_pattern, part)) for part in folded.split(" "))


@lru_cache(maxsize=64)
def _letter_pattern(letter: str) -> str:
    if not letter.isalpha():
        return re.escape(letter)
    codes = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
    letters = "".join(
        chr(code)
        for code in codes
        if unicodedata.category(chr(code))[0] == "L" and fold(chr(code)) == letter
    )
    return f"[{letters}][\u0300-\u036f]*"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a given name is no part of another name: “Sơn Mai”, “Mai Châu”."""
    before = _WORD_BEFORE.search(text, max(0, start - 30), start)
    after = _WORD_AFTER.match(text, end)
    if after and after[1][0].isupper():
        return False
    return before is None or not before[1][0].isupper() or before[1].casefold() in _NO_NAMES
