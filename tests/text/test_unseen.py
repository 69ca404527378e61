"""What nobody sees is taken out where the advice says so, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.problems.rules import fill_text, rule_table
from guongsang.text.misread import decode_misread
from guongsang.text.traps import find_traps
from guongsang.text.unseen import drop_unseen

MISREAD = "NgÃ\u00a0y há»™i cá»§a báº£n Ä\x91áº¿n rá»“i"
PIECES = [
    *("Bà con", "bản", " ", "\n", "đi ", "5\u00a0000"),
    *("\u200b", "\u00ad", "\x07", "\x91", "\ufeff", "\u2028", "\u200d"),
    *("\ue001", "\ufffd", MISREAD, "lµ nh÷ng ng­êi tèt", "👩\u200d🌾"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_the_command_is_advised_for_it_mends(text):
    """Of what is told before, and after: no advice to run what changes nothing."""
    advised = [
        trap
        for trap in find_traps(drop_unseen(text))
        if trap.rule == "GS603" and dict(trap.args)["command"]
    ]
    assert advised == []


@pytest.mark.parametrize(
    ("text", "has_command"),
    [
        ("Lai\u200bChâu", True),
        ("x\x07y", True),
        ("\uf0b7 mục", False),
        ("m\ufffdt", False),
        (f"{MISREAD}\nLai\u200bChâu", False),
        ("lµ nh÷ng ng­êi tèt\nLai\u200bChâu", False),
    ],
)
def test_the_advice_names_the_command_where_it_helps(text, has_command):
    (args,) = [dict(trap.args) for trap in find_traps(text) if trap.rule == "GS603"]
    for lang in ("vi", "en"):
        hint = rule_table()["GS603"].hint[lang]
        assert ("guongsang fix" in fill_text(hint, args)) == has_command


def test_what_was_misread_keeps_its_bytes():
    text = f"{MISREAD}, {MISREAD}"
    assert drop_unseen(text) == text
    assert decode_misread(drop_unseen(text)) == "Ngày hội của bản đến rồi, Ngày hội của bản đến rồi"
