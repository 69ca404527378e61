"""One form of a text, and the ways back to where its letters were typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guongsang.text.unified import Alignment, unify


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Năm 1959 – 1960", "Năm 1959 - 1960"),
        ("a\u00a0b\u202fc\u2009d\te\u3000f", "a b c d e f"),
        ("1‐2‑3‒4–5—6―7−8", "1-2-3-4-5-6-7-8"),
        ("０１２٣४", "01234"),
        ("（０２１３）．＋／", "(0213).+/"),
        ("Lo\u0300 Thi\u0323 Ma\u0302\u0303u", "Lò Thị Mẫu"),
        ("L\u200bò\u00ad Thị\ufeff\u2060", "Lò Thị"),
        ("L\u200bo\u200b\u0300", "Lò"),
        ("hai\ndòng", "hai\ndòng"),
        ("100 m²; ghi chú 0900¹", "100 m²; ghi chú 0900¹"),
        ("𝟎𝟗𝟎𝟎 𝐋ò", "0900 Lò"),
    ],
)
def test_one_form(source: str, text: str) -> None:
    assert unify(source).text == text
    assert unify(text).text == text


@given(st.text(alphabet="ab0o\u0300\u0323\u200b\u00a0\u00ad–０\nê"))
def test_each_letter_leads_back_to_where_it_was_typed(source: str) -> None:
    unified = unify(source)
    places = [unified.origin(at) for at in range(len(unified.text))]
    assert places == sorted(places)
    for letter, place in zip(unified.text, places, strict=True):
        typed = unicodedata.normalize("NFKD", source[place])[0]
        shown = unicodedata.normalize("NFKD", letter)[0]
        # Marks of one letter have an order of their own.
        assert typed == shown or {typed, shown} <= set("-–") or unicodedata.combining(typed)


@pytest.mark.parametrize(
    ("source", "shown", "words", "typed"),
    [
        ("Cô **Lò** Thị", "Cô Lò Thị", "Lò", "Lò"),
        ("một &ograve; hai", "một ò hai", "ò", "&ograve;"),
        ("một\n\n&#48;1 hai", "một\n01 hai", "01", "hai"),
        ("một\n\n&#48;1", "một\n01", "01", "&#48;1"),
        ("[x](/z-w) y", "x y", "y", "y"),
        ("&#48;", "0", "0", "&#48;"),
    ],
)
def test_words_lead_back_to_their_source(source: str, shown: str, words: str, typed: str) -> None:
    origin = Alignment(source, shown).origin(shown.index(words))
    assert source[origin:].startswith(typed)


@given(st.text(alphabet="ab &;*\n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_any_two_texts_can_be_aligned(source: str, shown: str) -> None:
    alignment = Alignment(source, shown)
    for at in range(len(shown)):
        assert 0 <= alignment.origin(at) <= max(0, len(source) - 1)
