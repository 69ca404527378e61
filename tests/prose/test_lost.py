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
        ("<svg><text>chữ vẽ</text></svg>\n\nvà lời", [(1, 12, "chữ vẽ")]),
        ("một <iframe>hai ba</iframe> bốn năm", [(1, 13, "hai ba")]),
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
        "(xem [a] (b), [c](d (e) f.jpg)) *f*g**h**",
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


@pytest.mark.parametrize(
    "unit", ["<!-- ", "<script ", "](", "![", "<svg>a", "a ", "<b ", "{:", "[^"]
)
def test_the_comparison_is_bounded(unit):
    body = "-->" + unit * (MOST_CHARACTERS // len(unit) - 1)
    start = time.process_time()
    find_lost(body, "chữ khác hẳn " * 5_000)
    assert time.process_time() - start < 2
