"""Workflow commands and the job summary of GitHub Actions."""

import re

import pytest

from guongsang.problems.formats_github import (
    SUMMARY_BYTES,
    escape_data,
    escape_markdown,
    escape_property,
    format_github,
    format_summary,
)
from guongsang.problems.problem import problem

PATH = "stories/2026/con-chu/index.md"
ERROR = problem("GS113", PATH, 3, 8, key="title", value="A: B")
WARNING = problem("GS808", "stories")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("100%", "100%25"),
        ("a\r\nb", "a%0D%0Ab"),
        ("%0A", "%250A"),
        ("a: b, c", "a: b, c"),
        ("chữ Việt", "chữ Việt"),
    ],
)
def test_data_is_escaped(text, escaped):
    assert escape_data(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("100%", "100%25"),
        ("a\r\nb", "a%0D%0Ab"),
        ("a:b,c", "a%3Ab%2Cc"),
        ("%3A", "%253A"),
        ("bài/ảnh.md", "bài/ảnh.md"),
    ],
)
def test_properties_are_escaped(text, escaped):
    assert escape_property(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", "a&#124;b"),
        ("<b>&", "&#60;b&#62;&#38;"),
        ("`x`", "&#96;x&#96;"),
        ("a\nb\rc", "a b c"),
        ("[x](http://y)", "&#91;x&#93;(http&#58;//y)"),
        ("chữ Việt", "chữ Việt"),
    ],
)
def test_cells_are_escaped(text, escaped):
    assert escape_markdown(text) == escaped


def test_the_whole_output_of_a_small_list():
    lines = format_github([WARNING, ERROR], 4, "en").split("\n")
    message, hint = ERROR.message("en"), ERROR.hint("en")
    token = lines[3].removeprefix("::stop-commands::")
    assert re.fullmatch("[0-9a-f]{64}", token)
    assert lines == [
        f"::error file={PATH},line=3,col=8,title=GS113::{message}%0A{hint}",
        f"::warning file=stories,line=1,col=1,title=GS808::{WARNING.message('en')}"
        f"%0A{WARNING.hint('en')}",
        "::group::All errors and warnings",
        f"::stop-commands::{token}",
        f"stories:1:1: warning GS808 {WARNING.message('en')}",
        f"    → {WARNING.hint('en')}",
        f"{PATH}:3:8: error GS113 {message}",
        f"    → {hint}",
        "",
        "Errors: 1, warnings: 1, stories: 4.",
        f"::{token}::",
        "::endgroup::",
        "Errors: 1, warnings: 1, stories: 4.",
    ]


def test_nothing_wrong_is_one_line():
    assert format_github([], 4, "vi") == "Không có lỗi trong 4 bài."


def test_errors_come_before_warnings_since_only_ten_are_shown():
    lines = format_github([WARNING] * 12 + [ERROR], 1, "vi").split("\n")
    assert lines[0].startswith("::error ")
    assert sum(line.startswith("::warning ") for line in lines) == 12


def test_what_an_editor_typed_is_never_a_command():
    hostile = problem(
        "GS113", "a.md", key="title", value="x\n::set-output name=a::b\n##[add-path]c"
    )
    lines = format_github([hostile], 1, "vi").split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("::stop-commands::"))
    token = lines[start].removeprefix("::stop-commands::")
    end = lines.index(f"::{token}::")
    outside = lines[:start] + lines[end + 1 :]
    assert any(line.startswith("::set-output") for line in lines[start:end])
    assert not any(line.lstrip().startswith("::set-output") for line in outside)
    commands = [line.split(" ")[0].split("::")[1] for line in outside if line.startswith("::")]
    assert commands == ["error", "group", "endgroup"]


def test_the_summary_is_a_table():
    lines = format_summary([WARNING, ERROR], 4, "en").split("\n")
    assert lines[:6] == [
        "### Check of the stories",
        "",
        "Errors: 1, warnings: 1, stories: 4.",
        "",
        "| Kind | Rule | Where | What | What to do |",
        "| --- | --- | --- | --- | --- |",
    ]
    assert lines[6].startswith(f"| error | GS113 | {PATH.replace(':', '&#58;')}&#58;3&#58;8 | ")
    assert lines[7].startswith("| warning | GS808 | stories&#58;1&#58;1 | ")
    assert all(line.count("|") == 6 for line in lines[4:8])
    assert lines[8:] == ["", ""]


def test_the_summary_of_nothing_has_no_table():
    assert format_summary([], 4, "en") == (
        "### Check of the stories\n\nNothing wrong in 4 stories.\n\n"
    )


def test_a_summary_that_would_be_too_long_says_how_many_are_left():
    many = [problem("GS113", PATH, n, key="title", value="ă" * 400) for n in range(1, 3000)]
    text = format_summary(many, 1, "en")
    rows = text.count("| GS113 |")
    assert 100 < rows < len(many)
    assert len(text.encode()) < SUMMARY_BYTES + 1000
    assert f"And {len(many) - rows} more: see the log of this step." in text
