"""A booklet that is printed on both sides, folded and stapled reads from the first page on."""

from __future__ import annotations

import re

import pytest
from pypdf import PdfReader

from guongsang.paper.typesetting import order_sides


def fold(sides):
    """Return the pages in the order in which a reader of the folded sheets turns them."""
    fronts, backs = sides[::2], sides[1::2]
    leaves = []
    for (left, right), (back_left, back_right) in zip(fronts, backs, strict=True):
        # Turned over the short edge, the back of the right half is the left half of the back.
        leaves.append((right, back_left, back_right, left))
    first = [page for right, back, _, _ in leaves for page in (right, back)]
    last = [page for _, _, back, left in reversed(leaves) for page in (back, left)]
    return first + last


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5, 8, 13, 16, 31])
def test_folded_sheets_have_the_pages_in_order(pages):
    sides = order_sides(pages)
    whole = -(-pages // 4) * 4
    assert len(sides) * 2 == whole
    assert fold(sides) == list(range(1, whole + 1))


def test_eight_pages_lie_as_the_issue_says():
    assert order_sides(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]


def test_a_bulletin_is_imposed_beside_the_plain_file(rich):
    ran = rich.run("bulletin", "2026-06", "--booklet", "--title", "Bản tin")
    assert ran.code == 0, ran.err
    plain = PdfReader(rich.root / "an-pham/ban-tin-2026-06-a5.pdf")
    folded = PdfReader(rich.root / "an-pham/ban-tin-2026-06-a5-gap-doi.pdf")
    count = len(plain.pages)
    assert count > 2 and f"{count} trang" in ran.out
    sheet = folded.pages[0].mediabox
    assert (round(sheet.width / 72 * 25.4), round(sheet.height / 72 * 25.4)) == (297, 210)
    texts = [page.extract_text().split() for page in plain.pages]
    for side, page in zip(order_sides(count), folded.pages, strict=True):
        told = page.extract_text().split()
        left, right = (texts[n - 1] if n <= count else [] for n in side)
        assert told == left + right, side
    # Pages show their own numbers, and lie where these say.
    numbers = [re.findall(r"^\d+$", page.extract_text(), re.M) for page in plain.pages]
    assert [int(found[-1]) for found in numbers[1:]] == list(range(2, count + 1))
