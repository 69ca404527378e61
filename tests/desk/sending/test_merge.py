"""Three versions of a file: what only one side changed is taken, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guongsang.desk.sending.blocks import split_blocks, take_blocks
from guongsang.desk.sending.clash import BODY, FILE, HEAD
from guongsang.desk.sending.merge import merge_file
from guongsang.registers.paths import LEDGER, PRINTS
from guongsang.registers.prints import Print, add_print, digest_printed, read_prints
from guongsang.stories.source import split_story
from guongsang.yamlfile.parse import parse_yaml

PATH = "stories/2026/con-chu/index.md"
STORY = """---
# của tòa soạn
title: Con chữ lên Mù Cả
date: 2026-05-19
fields: [giao-duc]
# hỏi lại ban
tags: [chữ]
summary: |
  Một câu
  nữa.
status: draft
# cuối
---

Đoạn một.

Đoạn hai,
hai dòng.

Đoạn ba.
"""


def merge(mine, theirs, base=STORY, path=PATH, choices=None):
    texts = [None if each is None else each.encode() for each in (base, mine, theirs)]
    done = merge_file(path, *texts)
    if done.clashes and choices is None:
        return [each.part for each in done.clashes]
    picked = {each.id: choices for each in done.clashes}
    found = done.resolve(picked)
    return None if found is None else found.decode()


def edit(text, *pairs):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def test_keys_and_paragraphs_of_both_sides_come_together():
    mine = edit(STORY, ("Con chữ lên Mù Cả", "Con chữ về bản"), ("Đoạn ba.", "Đoạn ba, sửa."))
    theirs = edit(STORY, ("[giao-duc]", "[y-te]"), ("Đoạn một.", "Đoạn một, sửa.\n\nĐoạn mới."))
    assert merge(mine, theirs) == edit(
        STORY,
        ("Con chữ lên Mù Cả", "Con chữ về bản"),
        ("[giao-duc]", "[y-te]"),
        ("Đoạn một.", "Đoạn một, sửa.\n\nĐoạn mới."),
        ("Đoạn ba.", "Đoạn ba, sửa."),
    )


def test_neighbours_that_each_side_changed_do_not_clash():
    mine = edit(STORY, ("Đoạn một.", "Một khác."))
    theirs = edit(STORY, ("Đoạn hai,", "Hai khác,"))
    assert merge(mine, theirs) == edit(
        STORY, ("Đoạn một.", "Một khác."), ("Đoạn hai,", "Hai khác,")
    )


def test_new_keys_stand_behind_the_key_that_they_followed():
    mine = edit(STORY, ("status: draft", "verified:\n  by: UBND xã\nstatus: draft"))
    theirs = edit(STORY, ("date: 2026-05-19", "date: 2026-05-19\nupdated: 2026-06-01"))
    merged = merge(mine, theirs)
    assert "date: 2026-05-19\nupdated: 2026-06-01\nfields" in merged
    assert "  nữa.\nverified:\n  by: UBND xã\nstatus: draft\n# cuối\n---\n" in merged


def test_comments_move_with_their_key_and_both_are_kept():
    mine = edit(STORY, ("# hỏi lại ban", "# đã hỏi ban"))
    theirs = edit(
        STORY, ("# của tòa soạn", "# của tòa soạn, bản hai"), ("status: draft", "status: ready")
    )
    merged = merge(mine, theirs)
    assert "# đã hỏi ban\ntags" in merged
    assert "# của tòa soạn, bản hai\n" in merged
    assert "status: ready" in merged


def test_a_key_that_one_side_took_away_is_gone():
    assert "tags" not in merge(edit(STORY, ("tags: [chữ]\n", "")), STORY + "Thêm.\n")


@pytest.mark.parametrize(
    ("mine", "theirs", "parts"),
    [
        ([("Mù Cả", "A")], [("Mù Cả", "B")], ["title"]),
        ([("Đoạn hai", "Hai A")], [("Đoạn hai", "Hai B")], [BODY]),
        ([("tags: [chữ]\n", "")], [("[chữ]", "[sách]")], ["tags"]),
        ([("Đoạn ba.", "A.")], [("Đoạn ba.\n", "")], [BODY]),
        ([("Đoạn một.", "A.\n\nĐoạn một.")], [("Đoạn một.", "B.\n\nĐoạn một.")], [BODY]),
        ([("Mù Cả", "A"), ("Đoạn ba", "A")], [("Mù Cả", "B"), ("Đoạn ba", "B")], ["title", BODY]),
        ([("title: ", "title: [")], [("title: ", "title: {")], [HEAD]),
    ],
)
def test_what_both_changed_is_asked(mine, theirs, parts):
    assert merge(edit(STORY, *mine), edit(STORY, *theirs)) == parts


def test_each_choice_gives_its_text():
    mine, theirs = edit(STORY, ("Đoạn hai", "Hai A")), edit(STORY, ("Đoạn hai", "Hai B"))
    assert merge(mine, theirs, choices="mine") == mine
    assert merge(mine, theirs, choices="theirs") == theirs
    assert merge(mine, theirs, choices="both") == edit(
        STORY, ("Đoạn hai,\nhai dòng.", "Hai B,\nhai dòng.\n\nHai A,\nhai dòng.")
    )


def test_lists_may_keep_both():
    mine, theirs = edit(STORY, ("[chữ]", "[chữ, a]")), edit(STORY, ("[chữ]", "[chữ, b]"))
    assert "tags: [chữ, b, a]\n" in merge(mine, theirs, choices="both")


def test_the_same_edit_on_both_sides_is_no_question():
    mine = edit(STORY, ("fields: [giao-duc]", "fields: [y-te]"))
    theirs = edit(STORY, ("fields: [giao-duc]", "fields:\n  - y-te"))
    assert merge(mine, theirs) == mine


def test_whole_files():
    assert merge(STORY, None) is None, "only they have changed it"
    assert merge(None, STORY) is None
    assert merge(None, STORY + "Thêm.\n") == [FILE]
    assert merge(None, STORY + "Thêm.\n", choices="mine") is None
    assert merge(None, STORY + "Thêm.\n", choices="theirs") == STORY + "Thêm.\n"
    assert merge("a", "b", "c", "stories/2026/con-chu/bia.jpg") == [FILE]


def test_line_ends_stay_those_of_mine():
    mine = edit(STORY, ("Mù Cả", "A")).replace("\n", "\r\n")
    merged = merge(mine, edit(STORY, ("[chữ]", "[sách]")))
    assert merged.count("\n") == merged.count("\r\n") > 10
    assert "[sách]" in merged


def test_registers_by_record_and_the_ledger_by_line():
    base = "# sổ\na: {name: A}\nb: {name: B}\n"
    mine = "# sổ\na: {name: A1}\nb: {name: B}\nc: {name: C}\n"
    theirs = "# sổ\na: {name: A}\nd: {name: D}\nb: {name: B2}\n"
    path = "stories/registers/authors.yml"
    assert merge(mine, theirs, base, path) == (
        "# sổ\na: {name: A1}\nd: {name: D}\nb: {name: B2}\nc: {name: C}\n"
    )
    assert merge("# x\n/a/\n/b/\n", "# x\n/a/\n/c/", "# x\n/a/\n", LEDGER) == "# x\n/a/\n/c/\n/b/\n"
    assert merge("# x\nhash\n", "# x\n/a/\n/c/\n", "# x\n/a/\n", LEDGER) == "# x\n/c/\nhash\n"


@pytest.mark.parametrize(
    "base", ["", add_print("", Print(dt.date(2026, 5, 1), "ban-tin", ("0" * 32,)))]
)
def test_what_both_have_printed_stays_in_the_register_of_prints(base):
    def make(name: str) -> Print:
        return Print(dt.date(2026, 6, 20), name, (digest_printed(name),))

    mine, theirs = (add_print(base, make(name)) for name in ("ban-tin-2026-06-a4", "ap-phich"))
    merged = merge(mine, theirs, base, PRINTS)
    made = [*read_prints(base), make("ap-phich"), make("ban-tin-2026-06-a4")]
    assert list(read_prints(merged)) == made
    assert merged.count("#") == 2


def test_an_order_that_one_side_has_changed_stays():
    base, mine = "a: 1\nb: 2\nc: 3\n", "c: 3\na: 1\nb: 2\n"
    path = "stories/registers/columns.yml"
    assert merge(mine, "a: 1\nb: 2\nc: 3\nd: 4\n", base, path) == "c: 3\nd: 4\na: 1\nb: 2\n"
    assert merge(base + "d: 4\n", mine, base, path) == "c: 3\nd: 4\na: 1\nb: 2\n"


def test_some_records_alone():
    base = "a: 1\nb: 2\n"
    mine = "a: 7\nx: 5\nb: 8\ny: 6\n"
    assert take_blocks(base, mine, frozenset({"x"})) == "a: 1\nx: 5\nb: 2\n"
    assert take_blocks(base, mine, frozenset({"b", "y"})) == "a: 1\nb: 8\ny: 6\n"
    assert take_blocks("a: 1\nb: 2\n", "b: 2\n", frozenset({"a"})) == "b: 2\n"


def test_blocks_together_are_the_text():
    front = STORY.split("---\n")[1]
    assert "".join(split_blocks(front).values()) == front


# Random edits: whatever is chosen, what one side alone has changed is there.

_KEYS = ("title", "date", "column", "summary", "status", "tags")
_WORDS = st.text("abcd", min_size=1, max_size=3)
_FRONTS = st.dictionaries(st.sampled_from(_KEYS), _WORDS, min_size=1)
_BODIES = st.lists(_WORDS, max_size=5)


def write(front, body):
    keys = "".join(f'{key}: "{value}"\n' for key, value in front.items())
    return f"---\n{keys}---\n\n" + "\n\n".join(body) + "\n"


def read(text):
    split = split_story(text, "")
    return parse_yaml(split.front, "").data or {}, split.body.split()


@given(_FRONTS, _BODIES, _FRONTS, _BODIES, _FRONTS, _BODIES, st.sampled_from(("mine", "theirs")))
def test_nothing_is_lost_whatever_is_chosen(f0, b0, f1, b1, f2, b2, choice):
    base, mine, theirs = write(f0, b0), write(f1, b1), write(f2, b2)
    done = merge_file(PATH, base.encode(), mine.encode(), theirs.encode())
    merged = done.resolve({each.id: choice for each in done.clashes}).decode()
    assert not re.search("^(<<<<<<<|=======|>>>>>>>)", merged, re.MULTILINE)
    front, body = read(merged)
    for key in _KEYS:
        was, here, there = f0.get(key), f1.get(key), f2.get(key)
        if there in (was, here):
            assert front.get(key) == here
        elif here == was:
            assert front.get(key) == there
        else:
            assert front.get(key) == (here if choice == "mine" else there)
    if b1 == b0:
        assert body == b2
    if b2 == b0:
        assert body == b1
    if BODY not in [each.part for each in done.clashes]:
        assert {*b1} - {*b0} <= {*body}
        assert {*b2} - {*b0} <= {*body}
