"""What a rule of reading is: a pattern, and what is said for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from guongsang.speech.numbers import (
    MOST_DIGITS,
    group_number,
    spell_digits,
    spell_number,
    split_digits,
)

Why = Literal[
    "abbreviation", "several", "date", "number", "roman", "score", "code", "address", "sign"
]

# "12", "12.345", "3,5": what stands between letters, or is part of a longer number, is none.
NUMBER: Final = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?!\d)"
ALONE: Final = r"(?<![\w])(?<!\d[.,/:-])"
DASH: Final = r"[-–—]"
# Capital letters of Vietnamese, as a class of a pattern; in Unicode they alternate with small ones.
UPPER: Final = "A-Z" + "".join(
    each for each in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if each.isupper()
)


class Said(NamedTuple):
    """What is said; `why` it may be wrong, "" where it is sure."""

    text: str
    why: Why | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """How numbers are read: as digits where that is easy, or all in `words`.

    `own` are readings of abbreviations that come before those of the program.
    """

    words: bool = False
    own: Mapping[str, str] = field(default_factory=dict)

    def whole(self, digits: str) -> str:
        """Read a short number or a year: "05" is 5."""
        number = int(digits)
        return spell_number(number) if self.words else str(number)

    def ordinal(self, digits: str) -> str:
        """Read a number behind “thứ” or “tháng”: “thứ tư”, “tháng tư”."""
        number = digits.lstrip("0") or "0"
        return "tư" if self.words and number == "4" else self.whole(digits)

    def digits(self, digits: str) -> str:
        """Dictate a number: each digit by itself, in groups as typed or of three and four."""
        groups = split_digits(digits) if digits.isdecimal() else digits.split()
        return ", ".join(spell_digits(each) if self.words else " ".join(each) for each in groups)

    def name(self, digits: str) -> str:
        """Read the number of a paper: "06" keeps its zero, "1234" is said in pairs."""
        if len(digits) == 4:
            return f"{self.name(digits[:2])} {self.name(digits[2:])}"
        if digits.startswith("0"):
            return spell_digits(digits) if self.words else digits
        return self.amount(digits)

    def amount(self, typed: str) -> str:
        """Read a number as it is typed: "12.345", "0,05", "1200"."""
        whole, _, part = typed.partition(",")
        digits = whole.replace(".", "")
        if len(digits) > MOST_DIGITS:
            return self.digits(digits)
        number = int(digits)
        said = spell_number(number) if self.words else group_number(number)
        return f"{said} phẩy {self._part(part)}" if part else said

    def _part(self, digits: str) -> str:
        if not self.words:
            return digits
        is_said_whole = len(digits) <= 3 and not digits.startswith("0")
        return spell_number(int(digits)) if is_said_whole else spell_digits(digits)


class Rule(NamedTuple):
    """`read` returns what is said for a match, None where the rule does not hold there."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Voice], Said | str | None]


def before(match: re.Match[str], length: int = 60) -> str:
    """Return what stands before a match on its line."""
    return match.string[max(0, match.start() - length) : match.start()].rpartition("\n")[2]


def after(match: re.Match[str], length: int = 60) -> str:
    """Return what stands behind a match on its line."""
    return match.string[match.end() : match.end() + length].partition("\n")[0]
