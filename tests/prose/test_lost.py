"""The net: words of the source that the page does not have, and silence about all else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.prose.lost import find_lost
from guongsang.prose.parse import MOST_CHARACTERS, parse_prose


def lost(body: str) -> list[tuple[int, int, str]]:
    return find_lost(body, parse_prose(body).plain)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("|a|b|\n|-|-|\n|1|2|ba bốn|", [(3, 6, "ba bốn")]),
        ("Lời.\n\n<div lời văn bị nuốt\n\nhết", [(3, 2, "div lời văn bị nuốt")]),
        ("a <noscript>không mã</noscript> b", [(1, 13, "không mã")]),
        ("<svg><text>chữ vẽ</text></svg>\n\nvà lời", [(1, 7, "text chữ vẽ text")]),
        ("một <iframe>hai ba</iframe> bốn năm", [(1, 13, "hai ba")]),
        (
            "<p>Gõ `<template>` rồi\n\ngõ tiếp</p>\n\ncả bài",
            [
                (1, 9, "template rồi"),
                (3, 1, "gõ tiếp"),
                (5, 1, "cả bài"),
            ],
        ),
        ('<p class="x>lời mất\n\nđoạn', [(1, 13, "lời mất"), (3, 1, "đoạn")]),
    ],
)
def test_lost_words_are_named_at_their_place(body, told):
    assert lost(body) == told


@pytest.mark.parametrize(
    "body",
    [
        "Chữ<sup>2</sup> **đậm**A, B&ograve;n, 5\\*3, a_b_c",
        "x[^1] y\n\n[^1]: lời chú\n    tiếp\n\nhết",
        "[a](b 'tên') ![mô tả](x.jpg 'T') [c](\n d) https://a.vn/b_c <https://d.vn>",
        "1. một\n2. hai\n  - ba\n\n1968. Năm\n\n30. 4",
        "a <!-- ẩn\n\nđi --> b\n\n<script>x()</script>",
        "<a title='x y'>z</a> <Nhân Dân>, a < b > c, <b>mở",
        "```python\nmã x\n```\n\n`<b>` ~~~",
        "| a | b \\| c |\n|---|:-:|\n| 1 | |\n\n> trích\ntiếp\n{: .tho }",
        "- [ ] a\n* b\n\n{% youtube x %} {{< figure src='a.jpg' >}} ![[x.jpg]] [caption]",
        "```\na: '<strong>Chào!</strong>'\n```\n\nGõ `<b>đậm</b>` nhé",
        "## Mục {: #muc }\n\nTít\n---\n\nTít\n===\n\n#GuongSang",
        "<div>\n[08:15] <Lò_A> Chào bà. <chị Mẫu> Chào anh. </Lò_A>\n</div>\n\nhết",
        "<p>Thư mục <tên> của <a_b> là <?php echo 1 ?> hay <!KHÔNG></p>\n\nhết",
        "[a <Lò> b] <Pờ> " * 3 + "\n<Lò> có hai\n\n<Pờ> có ba <Lò> có bốn",
        "- một\n\t```\n\t[a](b c) 1. hai\n\t```\n\nba ![d](e f.jpg)\n\n```\n<b>bốn",
        "````mã mô tả `x`\n[a](https://b.vn/c-d) năm\n````\nsáu ![g](h i.jpg)",
        "```toán\n1 + 1\n```\n<!-- ẩn -->\n```thơ\nbảy\n```",
        "(xem [a] (b), [c](d (e) f.jpg)) *f*g**h**",
        "[^x]a bà [^y]: n\n[^1]: a[^x]m",
    ],
)
def test_the_net_is_silent_where_all_arrives(body):
    assert lost(body) == []


SYLLABLES = ["bà", "con", "đi", "chợ", "Mù", "Cả", "12", "5*3", "(*)", "<Nhân", "Dân>"]
WORDS = st.lists(st.sampled_from(SYLLABLES), min_size=1)
LINES = st.lists(WORDS.map(" ".join), min_size=1, max_size=6)
BEGINS = st.sampled_from(["", "- ", "1. ", "> ", "    ", "## ", "1968. ", "**", "\\", "[Nguồn]: "])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(BEGINS, LINES), max_size=6), st.sampled_from(["\n", "\n\n"]))
def test_whatever_is_typed_of_this_dialect_arrives(blocks, between):
    body = between.join(begin + "\n".join(lines) for begin, lines in blocks)
    assert lost(body) == []


SHORT = ["a", "n", "m", "an", "ở", "đi", "12", "chợ", "[^1]", "[^x]", "[^an]:", "\n\n[^1]: "]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SHORT), st.sampled_from([" ", "", "\n"])), max_size=9))
def test_signs_of_notes_mislead_nobody_about_short_words(typed):
    assert lost("".join(map("".join, typed))) == []


NAMES = ["Lò", "Mẫu", "chị_A", "x-y", "Thào", "di", "qua1"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(SYLLABLES), max_size=9)),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from([("", ""), ("<div>\n", "\n</div>"), ("<p>", "</p>"), ("> ", "")]),
)
def test_speakers_between_angles_arrive_and_mislead_nobody(said, around):
    lines = [f"[23:05] <{name}> {' '.join(words)}" for name, words in said]
    body = "\n".join(lines).join(around)
    assert lost(body) == []
    shown = parse_prose(body).plain
    assert all(shown.count(f"<{name}>") for name, _ in said)


@pytest.mark.parametrize(
    "unit", ["<!-- ", "<script ", "](", "![", "<svg>a", "a ", "<b ", "{:", "[^"]
)
def test_the_comparison_is_bounded(unit):
    body = "-->" + unit * (MOST_CHARACTERS // len(unit) - 1)
    start = time.process_time()
    find_lost(body, "chữ khác hẳn " * 5_000)
    assert time.process_time() - start < 2
