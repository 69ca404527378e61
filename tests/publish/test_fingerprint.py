"""A fingerprint tells apart whatever its parts differ in."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from guongsang.publish.fingerprint import fingerprint
from guongsang.views.model import Candidate, Card, DateText, Link, PictureView
from guongsang.views.outputs import Output

PICTURE = PictureView("a.jpg", 480, 300, "A", "fx-50", (), (Candidate("a.jpg", 480),))
CARD = Card("2026/a/", "A", "vi", Link("K", "k/"), "S", PICTURE, None, DateText("1", "2"))
OUTPUT = Output("a/", "A", "D", "list.html", (CARD,))


def test_cards_count_with_all_that_is_in_them() -> None:
    wider = PICTURE._replace(jpeg=(Candidate("a.jpg", 960),))
    cards = [
        CARD,
        CARD._replace(title="B"),
        CARD._replace(place="P"),
        CARD._replace(picture=wider),
        CARD._replace(kicker=Link("K")),
    ]
    views = [(), *[(card,) for card in cards], (CARD, CARD), (tuple(CARD),), ([CARD],)]
    told = [fingerprint(replace(OUTPUT, view=view)) for view in views]
    assert all(one != other for one, other in combinations(told, 2))


def test_equal_ones_have_one() -> None:
    again = Card(*CARD[:5], PictureView(*PICTURE), *CARD[6:])
    assert fingerprint({"a": again, "b": [1]}) == fingerprint({"a": CARD, "b": [1]})
    assert fingerprint({"a": 1}) != fingerprint({"a": True})
