"""Each problem of a story names its field, so that a form shows it there."""

import pytest

from guongsang.problems.problem import format_field
from guongsang.site.check import check_newsroom
from guongsang.site.sources.project import Folders


@pytest.fixture
def fields(newsroom, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782864000")
    root = newsroom.root
    folders = Folders(root / "docs", None, root / "site")

    def find():
        found = check_newsroom(root, lambda: folders).problems
        path = newsroom.path("con-chu").relative_to(root).as_posix()
        return {(each.rule, each.field) for each in found if each.path == path}

    return find


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        # By a rule over the story, by the schema, by what YAML makes of a line, in the text.
        ("column: ban-muong", "column: khong-co", "GS301", "column"),
        ("title: ", "tilte: a\ntitle: ", "GS202", "tilte"),
        ("\ncolumn: ban-muong", "", "GS201", "column"),
        ("column: ban-muong", "column: no", "GS115", "column"),
        ("column: ban-muong", "column: {a: b", "GS131", "column"),
        ("\n---\n\n", "\n---\n\nXem [bài](khong-co.md).\n\n", "GS701", "body"),
        ("tags: [xóa mù chữ]", "tags:\n  - a\n  - 12", "GS203", "tags[1]"),
        ('    alt: ""', '    alt: ""\n    credits: b', "GS202", "photos[1].credits"),
    ],
)
def test_a_problem_names_its_field(newsroom, fields, old, new, rule, field):
    newsroom.edit("con-chu", old, new)
    assert (rule, field) in fields()
    assert (rule, field) in fields()  # as it is remembered


def test_a_field_is_one_word():
    assert format_field(("photos", 2, "alt")) == "photos[2].alt"
    assert format_field(()) == ""
