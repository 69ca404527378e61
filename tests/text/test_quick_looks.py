"""A quick look at the signs of a text finds what the close look at its letters does."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guongsang.checks import sheet
from guongsang.checks.people import disclosure
from guongsang.stories import source
from guongsang.text import contacts, legacy, traps
from guongsang.text.usual import USUAL, is_usual

ODD = "µ¸»ö÷×\u0301\u0323\u200b\u00a0\0０\U0001f600"
PIECES = [
    *("tÊt", "hòa", "hoà", "Hòa", "thuý", "thúy", "tuỳ", "khỏe", "khoẻ", "òa", "UÝ", "aù", "oâ"),
    *("bị ", "bệnh", "mắc ", "lao", "nhiễm HIV", "nghiện", "ma túy", "khuyết tật", " ", "_", "\n"),
    *("0912", "345 678", "+84 ", "1 + 2", "(0213) ", "2.5", "-", "—", "1234567890", "số", "nhà"),
    *("&", "*", "`", "\\", "<", ">", "x"),
]
TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
    | st.text(alphabet=USUAL, max_size=12)
    | st.text(alphabet="".join(PIECES) + USUAL + ODD, max_size=16)
    | st.text(max_size=12)
)


@given(TEXTS)
@example("thúy")
@example("tÊ")
def test_telling_letters(text: str) -> None:
    assert legacy._has_tcvn3_sign(text) == bool(legacy._TCVN3_SIGN.search(text))
    for shape, pattern in (
        (traps._FIRST_SHAPE, traps._TONE_FIRST),
        (traps._LAST_SHAPE, traps._TONE_LAST),
    ):
        assert traps._has_rhyme(text, shape, pattern) == bool(pattern.search(text))


@pytest.mark.parametrize("pattern", [traps._TONE_FIRST, traps._TONE_LAST, legacy._TCVN3_SIGN])
def test_each_pair_of_usual_letters_at_an_end_and_in_a_word(pattern) -> None:
    letters = [char for char in USUAL if char.isalpha()]
    for text in (f"{one}{other}{end}" for one in letters for other in letters for end in ("", "n")):
        found = {
            traps._TONE_FIRST: lambda text: traps._has_rhyme(text, traps._FIRST_SHAPE, pattern),
            traps._TONE_LAST: lambda text: traps._has_rhyme(text, traps._LAST_SHAPE, pattern),
            legacy._TCVN3_SIGN: legacy._has_tcvn3_sign,
        }[pattern](text)
        assert found == bool(pattern.search(text)), text


@given(TEXTS)
@example("+0912 345 678 (1)+0912345678")
def test_runs_of_digits(text: str) -> None:
    slow = [run.span() for run in contacts._RUN.finditer(text)]
    assert list(contacts._find_runs(text)) == slow


@given(TEXTS)
def test_health(text: str) -> None:
    """Whatever tells of somebody's health is searched."""
    if disclosure._HEALTH.search(text):
        assert disclosure._may_tell_of_health(text)


@given(TEXTS)
def test_hiding_signs(text: str) -> None:
    slow = any(pattern.search(text) for pattern in sheet._HIDING.values())
    assert sheet._hides(text, is_name=False) == slow


@given(st.text(alphabet="aạ\u0300\u0323\u0e34 1", max_size=8), st.integers(28, 40), st.text())
@example("", 31, "")
def test_piled_marks(before: str, many: int, behind: str) -> None:
    """No text with too many marks on a letter goes unnoticed, wherever they stand in it."""
    for mark in ("\u0301", "\u0e34", "\U0001d165"):
        text = f"{before}a{mark * many}{behind}"
        found = source.decode_text(text.encode("utf-8", "replace"), "x")
        normal = source._normalise(text.encode("utf-8", "replace").decode())
        assert isinstance(found, str) == (source._find_piled(normal) is None)


def test_a_usual_text_holds_nothing_odd() -> None:
    assert is_usual(USUAL)
    assert not any(map(is_usual, ODD))
