"""The drawing of a column, which stands in lists for stories without a cover: woven cloth.

Like the brocades of the Northwest it is drawn on squares, alike to the left and right, above and
below. Everything about it follows from the column's key, so that it is the same for ever and next
to others another one; its colours are the site's, by day, in the dark and on paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count, groupby
from typing import Final, NamedTuple, TypeVar

# Squares across and down, as pictures on cards are: 3 to 2.
ACROSS: Final = 30
DOWN: Final = 20
# Lines run through the middle of their squares.
CLOTH_BOX: Final = f"0 -.5 {ACROSS} {DOWN}"

Metric = Callable[[int, int], int]
T = TypeVar("T")

# How far squares are from the middle of a figure: all that are equally far have one colour.
_METRICS: Final[tuple[Metric, ...]] = (
    lambda x, y: x + y,  # diamonds
    max,  # squares
    lambda x, y: max(x, y) + min(x, y) // 2,  # eight corners
    lambda x, y: abs(x - y) + max(x, y) // 2,  # crosses
    lambda x, y: x + 2 * y,  # flat diamonds
    lambda x, y: min(x, y) + (x + y) // 3,  # stars
)
# How far apart figures are, which decides how large they are.
_PERIODS: Final = (10, 15, 20)
# The colours from the middle outwards, again and again: 0 is the cloth, 1 and 2 are threads.
_THREADS: Final = (
    (2, 1, 1, 0, 1, 0, 0),
    (1, 0, 1, 0, 0, 2, 0, 0),
    (2, 0, 1, 1, 0, 0),
    (1, 1, 0, 2, 2, 0, 0, 0),
    (0, 2, 0, 1, 0, 1, 0, 0),
    (1, 2, 1, 0, 0, 1, 0, 0),
)
_BORDERS: Final = (0, 3, 0, 4)  # squares of a border above and below: teeth, or none


class Cloth(NamedTuple):
    """Two threads on cloth, each as the data of an SVG path: lines one square wide.

    `dye`, from 0 to 2, says which of the site's colours the threads have.
    """

    dye: int
    first: str
    second: str


@lru_cache(maxsize=256)
def weave(key: str) -> Cloth:
    """Return the cloth of a column; pure."""
    tries = (_weave(hashlib.sha256(f"cloth {key} {n}".encode()).digest()) for n in count())
    return next(cloth for cloth in tries if cloth.first and cloth.second)


def _weave(seed: bytes) -> Cloth:
    drawn = iter(seed)
    metric, threads = _pick(_METRICS, drawn), _pick(_THREADS, drawn)
    period, border = _pick(_PERIODS, drawn), _pick(_BORDERS, drawn)
    dye, is_shifted = next(drawn) % 3, bool(next(drawn) % 2)

    def colour(column: int, row: int) -> int:
        # Twice the distance from the middle: no square lies on it.
        x, y = abs(2 * column + 1 - ACROSS), abs(2 * row + 1 - DOWN)
        edge = (DOWN - 1 - y) // 2
        if edge < border:
            return _border(x // 2, edge, border)
        shift = period if is_shifted and _cell(y, period) % 2 else 0
        far = metric(_fold(x + shift, period), _fold(y, period))
        return threads[far % len(threads)]

    rows = [[colour(column, row) for column in range(ACROSS)] for row in range(DOWN)]
    return Cloth(dye, _path(rows, 1), _path(rows, 2))


def _pick(choices: tuple[T, ...], drawn: Iterator[int]) -> T:
    return choices[next(drawn) % len(choices)]


def _fold(at: int, period: int) -> int:
    """Return how far a square is from the middle of the nearest figure, in squares."""
    rest = at % (2 * period)
    return min(rest, 2 * period - rest) // 2


def _cell(at: int, period: int) -> int:
    """Return which row of figures a square is in."""
    return (at + period) // (2 * period)


def _border(x: int, edge: int, height: int) -> int:
    """Return the colour of a square of the border: a line, and teeth towards the middle."""
    if edge == 0:
        return 1
    return 2 if (x + 1) % height >= edge else 0


def _path(rows: list[list[int]], thread: int) -> str:
    parts = []
    for y, row in enumerate(rows):
        x = 0
        for colour, run in groupby(row):
            length = len(list(run))
            if colour == thread:
                parts.append(f"M{x} {y}h{length}")
            x += length
    return "".join(parts)
