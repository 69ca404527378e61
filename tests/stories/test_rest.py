"""What can be read of a story that is not whole: other rules still look at it."""

from __future__ import annotations

import pytest

from guongsang.stories.read import parse_story
from guongsang.stories.source import split_story

GOOD = """\
title: Con chữ lên bản xa
date: 2026-05-19
column: guong-sang
fields:
  - giao-duc
honorees:
  - id: xa-ban-xa
places:
  - unit: ban-xa
authors:
  - id: ban-bien-tap
  - name: Cộng tác viên
cover:
  src: bia.jpg
  alt: Lớp học
summary: Ba ngày đường từ huyện lỵ, xã mở lớp học đầu tiên và xóa mù chữ sau bốn năm.
status: ready
"""


def read(front: str):
    text = split_story(f"---\n{front}---\n\nNăm 1959, lớp học mở.\n", "stories/2026/x/index.md")
    return parse_story(text, "stories/2026/x/index.md", ("bia.jpg",))


def test_a_whole_story_has_no_rest():
    reading = read(GOOD)
    assert reading.story is not None
    assert reading.rest is None
    assert reading.slug == "x"


@pytest.mark.parametrize(
    ("wrong", "right", "lost"),
    [
        ("  - giao-duc\n", "  - 12\n", "fields"),
        ("title: Con chữ lên bản xa\n", "", "title"),
        ("  - name: Cộng tác viên\n", "  - did: text\n", "authors"),
        ("  alt: Lớp học\n", "", "cover"),
        ("status: ready\n", "status: xong\n", "status"),
        ("status: ready\n", "status: ready\ntilte: x\n", "tilte"),
    ],
)
def test_the_rest_holds_everything_but_what_is_wrong(wrong, right, lost):
    reading = read(GOOD.replace(wrong, right))
    assert reading.story is None
    assert reading.problems
    assert reading.reduced | reading.replaced == {lost}
    assert reading.rest is not None
    assert reading.rest.front.date.year == 2026
    assert reading.rest.front.places[0].unit == "ban-xa"


def test_one_bad_author_does_not_take_the_good_one_along():
    reading = read(GOOD.replace("  - name: Cộng tác viên\n", "  - did: text\n"))
    assert reading.rest is not None
    assert reading.reduced == {"authors"}
    assert reading.replaced == frozenset()
    assert [credit.id for credit in reading.rest.front.authors] == ["ban-bien-tap"]


def test_a_syntax_error_leaves_the_other_lines():
    reading = read(GOOD.replace("title: Con chữ", "title: Con: chữ"))
    assert reading.rest is not None
    assert reading.rest.front.column == "guong-sang"


def test_a_mistyped_key_is_not_missing_too():
    reading = read(GOOD.replace("column:", "colum:"))
    assert [(each.rule, each.line) for each in reading.problems] == [("GS202", 4)]


def test_a_name_instead_of_a_key_gets_the_key():
    reading = read(GOOD.replace("column: guong-sang", "column: Gương sáng bản Mường"))
    assert "guong-sang-ban-muong" in reading.problems[0].hint("vi")


def test_what_is_missing_below_another_key_says_where():
    reading = read(GOOD.replace("  alt: Lớp học\n", ""))
    assert "cover.alt" in reading.problems[0].message("vi")
