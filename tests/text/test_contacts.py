"""What is looked at first must not hide what is looked for."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from guongsang.text import contacts
from guongsang.text.contacts import find_homes, find_identities, find_phones
from guongsang.text.unified import unify
from guongsang.text.usual import is_usual

WORDS = ["CMND ", "căn cước số ", "gọi ", "số nhà ", "SỐ NHÀ ", " đường ", "x", "\n"]
SITES = ["https://", "http://", "www.", "a.vn/", "zalo.me/"]
DIGITS = ["0912", "345 678", "0", "12", "1", ".", "-", " ", "(", "+84 ", "(0213) "]
TEXTS = st.lists(st.sampled_from(WORDS + SITES + DIGITS), max_size=14).map("".join)


@given(TEXTS)
@example("CMND 0-1-2-3-4-5-6-7-8")
def test_no_number_of_a_paper_stands_outside_the_runs(text: str) -> None:
    """Where there is no run of digits, the words for papers are not even searched."""
    masked, runs = contacts._read_runs(text)
    for paper in contacts._NAMED_IDENTITY.finditer(masked):
        assert any(begin <= paper.start(1) and paper.end(1) <= end for begin, end in runs)


@given(TEXTS)
def test_addresses_of_the_web_hold_no_number_but_that_to_call(text: str) -> None:
    """All that a slow look at whole addresses finds is masked, letter for letter."""
    masked, _ = contacts._read_runs(text)
    assert len(masked) == len(text)
    for web in re.finditer(r"(?:https?://|www\.)\S+", text):
        if "zalo.me/" not in web[0]:
            assert not re.search(r"[0-9]", masked[web.start() : web.end()])


@given(TEXTS)
def test_what_is_found_stands_where_it_is_said_to(text: str) -> None:
    for find in (find_phones, find_identities, find_homes):
        for offset, words in find(text):
            assert text[offset:].startswith(words)


@given(st.text(max_size=30) | st.text(alphabet="aàẠđ 1\n–—“…\u0301\u00a0\u200b·０", max_size=30))
def test_a_usual_text_has_one_form_but_for_its_dashes(text: str) -> None:
    """The quick way of `unify` gives what the slow one would."""
    if is_usual(text):
        slow = unify(f"{text}\u200b")
        assert unify(text).text == slow.text
        assert [unify(text).origin(at) for at in range(len(text))] == [
            slow.origin(at) for at in range(len(text))
        ]
