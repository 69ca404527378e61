"""Paragraphs without markup go around the converter, and nobody can tell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.prose import engine
from guongsang.prose.engine import Engine, set_aside

PLAIN = [
    "Bà con gọi chị là cô giáo.",
    "“Mưa to quá!” – anh nói.\n– Đi thôi.\n(Ảnh: tư liệu)",
    "Năm 1959: 3 + 4 = 7, 50% số hộ; a-b = c # d ~ e.",
    "…rồi thôi",
]
MARKED = [
    "## Đầu đề",
    "> Trích\ntiếp",
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
    " lùi một chữ",
    "GsAside0x",
    "",
]
BLOCK = st.sampled_from(PLAIN + MARKED) | st.text("ab ắ.,-#>*_|=:1\n\t“<&`[]()", max_size=12)


def convert_whole(body):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "set_aside", lambda text: (text, []))
        return Engine().convert(body)


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCK, max_size=6), st.sampled_from(["\n\n", "\n", "\n \n", "\n\n\n"]))
def test_what_is_set_aside_is_told_apart_by_nobody(blocks, between):
    body = between.join(blocks)
    assert Engine().convert(body) == convert_whole(body)


@pytest.mark.parametrize("body", PLAIN)
def test_plain_paragraphs_are_set_aside(body):
    assert set_aside(f"{body}\n\n## Đầu đề\n\n{body}\n") == (
        "GsAside0x\n\n## Đầu đề\n\nGsAside1x",
        [body, body],
    )


@pytest.mark.parametrize("body", [each for each in MARKED if each])
def test_marked_ones_are_not(body):
    assert set_aside(body) == (body, [])
