"""Break a title into lines as an editor would: even lines, names in one piece, no lone syllable."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Measure = Callable[[str], float]

# In parts of the line's width, squared like the white space at a line's end that they stand for.
_SPLIT_NAME: Final = 0.12
_SPLIT_NUMBER: Final = 0.12
_LONE_SYLLABLE: Final = 0.6
_AT_PAUSE: Final = -0.03
_PAUSES: Final = (",", ";", ":", ".", "!", "?", "…", "–", "—", "”", ")")


@dataclass(frozen=True, slots=True)
class TypeSize:
    """A size of type in pixels, and how many lines of it may stand on a card."""

    pixels: int
    most_lines: int


@dataclass(frozen=True, slots=True)
class SetTitle:
    """A title as it will be drawn."""

    pixels: int
    lines: tuple[str, ...]


def set_title(
    title: str, sizes: Sequence[TypeSize], measure_at: Callable[[int], Measure], width: float
) -> SetTitle:
    """Return the lines of a title in the largest of `sizes` (largest first) that holds it.

    `measure_at(pixels)` returns what measures text of that size, in pixels like `width`. What not
    even the smallest size holds ends with "…".
    """
    words = normal_text(title).split()
    for size in sizes:
        measure = measure_at(size.pixels)
        if all(measure(word) <= width for word in words):
            lines = break_lines(words, measure, width)
            if len(lines) <= size.most_lines:
                return SetTitle(size.pixels, tuple(lines))
    last = sizes[-1]
    return SetTitle(
        last.pixels, tuple(_cut(words, last.most_lines, measure_at(last.pixels), width))
    )


def normal_text(text: str) -> str:
    """Return text in composed letters and on one line: fonts draw each with its marks in place."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def break_lines(words: Sequence[str], measure: Measure, width: float) -> list[str]:
    """Break words, none wider than `width`, into as few lines as they need, as even as can be.

    Least sum of squared white space over all ways to break into that many lines, where a bad break
    counts as white space (D. E. Knuth and M. F. Plass, Breaking paragraphs into lines, 1981).
    """
    if not words:
        return []
    widths = [measure(word) for word in words]
    space = measure(" ")
    least = _count_lines(widths, space, width)
    # cost and previous break of the best way to put words[:end] into `line` lines
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(least):
        best.append(_next_line(words, widths, space, width, best[-1]))
    ends = [len(words)]
    for line in range(least, 0, -1):
        ends.append(best[line][ends[-1]][1])
    return [" ".join(words[start:end]) for start, end in pairwise(reversed(ends))]


def _next_line(
    words: Sequence[str],
    widths: Sequence[float],
    space: float,
    width: float,
    before: dict[int, tuple[float, int]],
) -> dict[int, tuple[float, int]]:
    found: dict[int, tuple[float, int]] = {}
    for start, (cost, _) in before.items():
        taken = -space
        for end in range(start + 1, len(words) + 1):
            taken += space + widths[end - 1]
            if taken > width:
                break
            total = cost + ((width - taken) / width) ** 2 + _break_cost(words, start, end)
            if total < found.get(end, (math.inf, 0))[0]:
                found[end] = (total, start)
    return found


def _break_cost(words: Sequence[str], start: int, end: int) -> float:
    """Return what speaks against a line of words[start:end] besides its white space."""
    if end == len(words):
        return _LONE_SYLLABLE if end - start == 1 and start else 0.0
    left, right = words[end - 1], words[end]
    if left.endswith(_PAUSES):
        return _AT_PAUSE
    cost = _LONE_SYLLABLE if end - start == 1 else 0.0
    if left[0].isupper() and right[0].isupper():
        cost += _SPLIT_NAME
    if left[-1].isdigit():
        cost += _SPLIT_NUMBER
    return cost


def _count_lines(widths: Sequence[float], space: float, width: float) -> int:
    lines, taken = 1, -space
    for word in widths:
        taken += space + word
        if taken > width:
            lines, taken = lines + 1, word
    return lines


def _cut(words: Sequence[str], most_lines: int, measure: Measure, width: float) -> list[str]:
    """Fill lines one after the other, breaking words that are wider than a line."""
    lines = [""]
    for word in words:
        joined = f"{lines[-1]} {word}".strip()
        if measure(joined) <= width:
            lines[-1] = joined
            continue
        rest = word
        while rest:
            fits = _longest_prefix(rest, measure, width)
            lines.append(rest[:fits])
            rest = rest[fits:]
    lines = [line for line in lines if line]
    if len(lines) <= most_lines:
        return lines
    end = lines[most_lines - 1]
    while end and measure(f"{end}…") > width:
        end = end[:-1].rstrip()
    return [*lines[: most_lines - 1], f"{end}…"]


def _longest_prefix(word: str, measure: Measure, width: float) -> int:
    """Return how many letters of a word fit into a line, at least one."""
    length = len(word)
    while length > 1 and measure(word[:length]) > width:
        length -= 1
    return length
