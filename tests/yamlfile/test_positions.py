"""Where keys and values stand, in code points."""

from guongsang.yamlfile.parse import locate
from guongsang.yamlfile.positions import Mark

TEXT = """\
tiêu_đề: Con chữ
cover:
  src: bia.jpg
  chú: {ế: một, ố: hai}
honorees:
  - id: a
    name: b
  - id: c
"""


def test_keys_and_values():
    places = locate(TEXT, first_line=2)
    assert places.of_key(("tiêu_đề",)) == Mark(2, 1)
    assert places.of_value(("tiêu_đề",)) == Mark(2, 10)
    assert places.of_value(("cover",)) == Mark(4, 3)
    assert places.of_key(("cover", "chú", "ố")) == Mark(5, 17)
    assert places.of_value(("cover", "chú", "ố")) == Mark(5, 20)
    assert places.of_value(("honorees", 1)) == Mark(9, 5)
    assert places.of_key(("honorees", 1, "id")) == Mark(9, 5)
    assert places.of_key(("honorees", 1)) == Mark(9, 5)


def test_what_is_not_written_stands_at_its_nearest_ancestor():
    places = locate(TEXT)
    assert places.of_value(("cover", "focus", 1)) == Mark(3, 3)
    assert places.of_value(("none",)) == Mark(1, 1)
    assert places.of_key(("none",)) is None


def test_of_a_repeated_key_the_first_counts():
    assert locate("a: 1\na: 2").of_value(("a",)) == Mark(1, 4)


def test_positions_below_a_line_that_cannot_be_read():
    assert locate("a: b: c\nd: x").of_value(("d",)) == Mark(2, 4)


def test_nothing_has_no_positions():
    assert locate("").of_value(("a",)) is None
