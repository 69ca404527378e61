"""Titles break as an editor would break them. A letter is 10 pixels wide here, so is a space."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guongsang.photos.cards.typeset import TypeSize, break_lines, set_title

SIZES = (TypeSize(20, 2), TypeSize(10, 3))


def measure(text):
    return 10.0 * len(text)


def measure_at(pixels):
    return lambda text: float(pixels * len(text))


@pytest.mark.parametrize(
    ("title", "letters", "lines"),
    [
        ("Con chữ", 20, ["Con chữ"]),
        # Even lines, not a full one and a rest.
        ("Một hai ba bốn năm", 14, ["Một hai", "ba bốn năm"]),
        # Never a lone syllable at the end, though the first line had room.
        ("Người mẹ giữ lửa bản", 17, ["Người mẹ", "giữ lửa bản"]),
        # A name stays in one piece.
        ("Lời ru của Lò Thị Mai Anh", 20, ["Lời ru của", "Lò Thị Mai Anh"]),
        ("Chuyện kể ở xã Mù Cả năm ấy", 17, ["Chuyện kể ở xã", "Mù Cả năm ấy"]),
        # A number stays with what it counts.
        ("Suốt 30 năm vận động", 12, ["Suốt 30 năm", "vận động"]),
        # A pause is where a line likes to end.
        ("Sin Suối Hồ, nơi chậu lan ấy", 16, ["Sin Suối Hồ,", "nơi chậu lan ấy"]),
        ("", 10, []),
    ],
)
def test_lines_are_even_and_keep_together_what_belongs_together(title, letters, lines):
    assert break_lines(title.split(), measure, letters * 10) == lines


def test_a_long_title_gets_smaller_type_before_more_lines():
    assert set_title("một hai", SIZES, measure_at, 200).pixels == 20
    set_small = set_title("một hai ba bốn năm sáu", SIZES, measure_at, 200)
    assert (set_small.pixels, len(set_small.lines)) == (10, 2)


def test_what_no_size_holds_is_cut_with_a_sign():
    cut = set_title("một hai ba bốn năm sáu " * 9, SIZES, measure_at, 200)
    assert len(cut.lines) == 3
    assert cut.lines[-1].endswith("…")
    assert all(len(line) * 10 <= 200 for line in cut.lines)


def test_a_word_wider_than_a_line_is_broken():
    assert set_title("a" * 30, SIZES, measure_at, 200).lines == ("a" * 20, "a" * 10)


def test_marks_typed_apart_are_composed():
    apart = unicodedata.normalize("NFD", "Mường  Tè\n")
    assert set_title(apart, SIZES, measure_at, 200).lines == ("Mường Tè",)


@given(st.text(max_size=200), st.integers(min_value=40, max_value=400))
def test_no_line_is_too_wide_and_no_word_is_lost(title, width):
    made = set_title(title, SIZES, measure_at, width)
    assert len(made.lines) <= 3
    assert all(made.pixels * len(line) <= width for line in made.lines)
    whole = unicodedata.normalize("NFC", title).split()
    if not made.lines or not made.lines[-1].endswith("…"):
        assert "".join(made.lines).replace(" ", "") == "".join(whole)
