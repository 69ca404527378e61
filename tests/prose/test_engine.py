"""Blocks with hardly any markup go around the converter, and nobody can tell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.prose import parse
from guongsang.prose.aside import set_aside
from guongsang.prose.parse import parse_prose

PLAIN = [
    "Bà con gọi chị là cô giáo.",
    "“Mưa to quá!” – anh nói.\n– Đi thôi.\n(Ảnh: tư liệu)",
    "Năm 1959: 3 + 4 = 7, 50% số hộ; a-b = c # d ~ e.",
    "Lúc 7:30: gặp nhau.\nTừ 5~6 giờ: về; http: không phải địa chỉ",
    "…rồi thôi",
    "Cách\xa0chữ và **chữ đậm.** Rồi **hai**, **ba**",
    "## Đầu đề",
    "# Một\xa0mục: “hai”",
    "> Trích một dòng",
    "> Trích\n> hai dòng",
]
MARKED = [
    "## Đầu đề ##",
    "## **Đầu** đề",
    "> Trích\ntiếp",
    "> Trích\n>",
    "> **đậm**",
    "Chữ**đậm** và ** không **",
    "**đậm***",
    "chữ\n> trích",
    "- một\n- hai",
    "1. một",
    "    mã",
    "Tít\n---",
    "Tít\n===",
    "***",
    "**đậm** và [liên kết](../x/index.md)",
    "a | b\n--|--\n1 | 2",
    "Chữ[^1]",
    "[^1]: Chú thích",
    "Lời {: .lop}",
    "cuối dòng  \nxuống",
    "&amp; &lt;",
    "<div>",
    "</div>",
    "<b>đậm</b>",
    "`mã",
    "```\nmã",
    "~~~",
    "Xem https://a.vn/b",
    "Bỏ ~~chữ~~ này",
    "{: .tho }",
    "Lời\n{: .tho }",
    "1968. Năm",
    "2. hai",
    "5*3*2",
    "(*) chú",
    " lùi một chữ",
    "GsAside0x",
    "",
]
BLOCK = st.sampled_from(PLAIN + MARKED) | st.text("ab ắ.,-#>*_|=:1\n\t“<&`[]()", max_size=12)


def convert_whole(body):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "set_aside", lambda text: (text, []))
        return parse_prose(body)


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCK, max_size=6), st.sampled_from(["\n\n", "\n", "\n \n", "\n\n\n"]))
def test_what_is_set_aside_is_told_apart_by_nobody(blocks, between):
    body = between.join(blocks)
    assert parse_prose(body) == convert_whole(body)


@pytest.mark.parametrize("body", PLAIN)
def test_plain_blocks_are_set_aside(body):
    short, aside = set_aside(f"{body}\n\n- một\n- hai\n\n{body}\n")
    lines = "\n" * body.count("\n")  # all else stays in its lines
    expected = f"GsAside0x{lines}\n\n- một\n- hai\n\nGsAside1x{lines}"
    assert (short, len(aside)) == (expected, 2) or body[0] == ">"
    assert set_aside(body)[0] == f"GsAside0x{lines}"


@pytest.mark.parametrize("body", [each for each in MARKED if each])
def test_marked_ones_are_not(body):
    assert set_aside(body) == (body, [])


def test_quotes_beside_each_other_stay_one():
    body = "> Một\n\n> Hai\n\nLời"
    assert set_aside(body) == ("> Một\n\n> Hai\n\nGsAside0x", ["<p>Lời</p>"])
    assert parse_prose(body).html.count("<blockquote>") == 1
