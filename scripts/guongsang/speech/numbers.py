"""Numbers as an announcer says them: in words, or in short groups of digits. Northern usage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# The names of groups of three digits; they come round again after a billion.
_GROUPS: Final = ("", "nghìn", "triệu")
_BILLION: Final = 10**9
# Longer numbers than these are no amounts of anything; they are dictated.
MOST_DIGITS: Final = 18


def spell_number(number: int) -> str:
    """Return a whole number from 0 in words: 21 “hai mươi mốt”, 105 “một trăm linh năm”."""
    return " ".join(_spell(number)) if number else DIGITS[0]


def spell_digits(digits: str) -> str:
    """Return each digit as a word: "0912" “không chín một hai”."""
    return " ".join(DIGITS[int(each)] for each in digits)


def group_number(number: int) -> str:
    """Return a whole number as short numbers with the names of their groups.

    12,345 is “12 nghìn 345”, 2,500,000 “2 triệu 500 nghìn”. The zero of the last group is said, for
    “12 nghìn 5” is heard as 12,500: 12,005 is “12 nghìn không trăm linh 5”.
    """
    billions, rest = divmod(number, _BILLION)
    words = [group_number(billions), "tỷ"] if billions else []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn")):
        group, rest = divmod(rest, size)
        words += [str(group), name] if group else []
    if rest and words and rest < 100:
        words += ["không", "trăm"] if rest >= 10 else ["không", "trăm", "linh"]
    words += [str(rest)] if rest or not words else []
    return " ".join(words)


def _spell(number: int) -> Iterator[str]:
    billions, rest = divmod(number, _BILLION)
    is_first = True
    if billions:
        yield from _spell(billions)
        yield "tỷ"
        is_first = False
    for power in (2, 1, 0):
        group, rest = divmod(rest, 1000**power)
        if group:
            yield from _spell_group(group, is_first=is_first)
            if power:
                yield _GROUPS[power]
            is_first = False


def _spell_group(number: int, *, is_first: bool) -> Iterator[str]:
    """Yield the words of 1 to 999; behind another group the hundreds are always said."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds or not is_first:
        yield DIGITS[hundreds]
        yield "trăm"
        if ones and not tens:
            yield "linh"
    if tens == 1:
        yield "mười"
    elif tens:
        yield DIGITS[tens]
        yield "mươi"
    if ones:
        yield _name_ones(tens, ones, is_alone=number < 10 and is_first)


def _name_ones(tens: int, ones: int, *, is_alone: bool) -> str:
    if tens > 1 and ones == 1:
        return "mốt"
    if ones == 4 and tens != 1 and not is_alone:
        return "tư"
    return "lăm" if tens and ones == 5 else DIGITS[ones]


def split_digits(digits: str) -> list[str]:
    """Return a run of digits in groups that can be written down: four, then threes."""
    head, rest = (digits[:4], digits[4:]) if len(digits) % 3 == 1 else ("", digits)
    threes = zip_longest(*[iter(rest)] * 3, fillvalue="")
    return [each for each in (head, *map("".join, threes)) if each]
