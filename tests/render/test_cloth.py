"""The drawing of a column: its own, the same for ever, and made of whole squares."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from guongsang.render.cloth import ACROSS, DOWN, weave

KEYS = [f"chuyen-muc/{key}/" for key in ("ban-muong", "nguoi-tot", "hoc-bac", "bien-cuong", "a")]
RUN = re.compile(r"M(\d+) (\d+)h(\d+)")


def squares(path):
    """Return the squares of a thread."""
    assert RUN.sub("", path) == ""
    runs = [tuple(map(int, run)) for run in RUN.findall(path)]
    found = [(x + step, y) for x, y, length in runs for step in range(length)]
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize("key", [*KEYS, "", "đ", *(f"chuyen-muc/{n}/" for n in range(300))])
def test_cloth_is_alike_on_all_sides_and_neither_bare_nor_full(key):
    cloth = weave(key)
    one, two = squares(cloth.first), squares(cloth.second)
    assert not one & two
    for thread in (one, two):
        assert all(0 <= x < ACROSS and 0 <= y < DOWN for x, y in thread)
        assert thread == {(ACROSS - 1 - x, y) for x, y in thread}
        assert thread == {(x, DOWN - 1 - y) for x, y in thread}
        assert thread
    assert 0.2 < len(one | two) / (ACROSS * DOWN) < 0.9
    assert len(cloth.first) + len(cloth.second) < 3_000
    assert cloth.dye in (0, 1, 2)


def test_cloth_does_not_change():
    """Whoever changes it changes every column of every newsroom."""
    cloth = weave("chuyen-muc/ban-muong/")
    weave.cache_clear()
    assert weave("chuyen-muc/ban-muong/") == cloth


def test_columns_have_cloth_of_their_own():
    for one, other in combinations(KEYS, 2):
        difference = squares(weave(one).first) ^ squares(weave(other).first)
        assert len(difference) > ACROSS * DOWN / 10, (one, other)
    many = {weave(f"chuyen-muc/{n}/") for n in range(100)}
    assert len(many) > 90
