"""What counts as a usual text, character by character."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from guongsang.text.usual import is_usual

VIETNAMESE = {
    unicodedata.normalize("NFC", letter + mark + tone)
    for letter, marks in {
        "a": ["", "\u0306", "\u0302"],
        "e": ["", "\u0302"],
        "o": ["", "\u0302", "\u031b"],
        "u": ["", "\u031b"],
        "i": [""],
        "y": [""],
    }.items()
    for mark in marks
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
} | {"đ"}
USUAL = (
    {"\n", *map(chr, range(0x20, 0x7F)), *"–—“”‘’…"}
    | VIETNAMESE
    | {letter.upper() for letter in VIETNAMESE}
)


@given(st.text())
@example("Lò Văn Pâng – “người gánh nước”…\n")
@example("\0")
@example("\ufffe")
@example("\t")
@example("a\u0301")
def test_a_text_is_usual_if_all_its_characters_are(text):
    assert is_usual(text) == USUAL.issuperset(text)


def test_each_character():
    told = {chr(code) for code in range(0xD800) if is_usual(f"a{chr(code)}b")}
    assert told == USUAL
