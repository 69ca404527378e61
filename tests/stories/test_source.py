"""A story's bytes and fences."""

import time

import frontmatter
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.problems.problem import Problem
from guongsang.stories.source import (
    HANDLER,
    MAX_BYTES,
    decode_text,
    dump_story,
    read_story_text,
    split_story,
)
from guongsang.yamlfile.parse import parse_yaml

FENCES = {
    "empty": ("", "GS102 1:1"),
    "blank": (" \n\n", "GS102 1:1"),
    "no front matter": ("Con chữ lên Mù Cả\n\nNăm 1959…", "GS104 1:1"),
    "blank line before": ("\n---\na: 1\n---\n", "GS105 1:1"),
    "text before": ("Bài:\n---\na: 1\n---\n", "GS105 1:1"),
    "indented opener": (" ---\na: 1\n---\n", "GS106 1:1"),
    "four hyphens": ("----\na: 1\n---\n", "GS106 1:1"),
    "two hyphens": ("--\na: 1\n---\n", "GS106 1:1"),
    "em dash": ("—\na: 1\n---\n", "GS106 1:1"),
    "en dash and hyphen": ("–-\na: 1\n---\n", "GS106 1:1"),
    "hyphen and em dash": ("-—\na: 1\n---\n", "GS106 1:1"),
    "toml": ("+++\na = 1\n+++\n", "GS106 1:1"),
    "text on the opener": ("--- a: 1\n---\n", "GS106 1:1"),
    "no-break space on the opener": ("---\xa0\na: 1\n---\n", "GS106 1:1"),
    "four hyphens close": ("---\na: 1\n----\nb", "GS106 3:1"),
    "em dash closes": ("---\na: 1\n—\nb", "GS106 3:1"),
    "em dash at once": ("---\n—\nb", "GS106 2:1"),
    "indented closer": ("---\na: 1\n ---\nb", "GS106 3:1"),
    "no-break space on the closer": ("---\na: 1\n---\xa0\nb", "GS106 3:1"),
    "form feed on the closer": ("---\na: 1\n---\x0c\nb", "GS106 3:1"),
    "not closed": ("---\na: 1\n\nNăm 1959…", "GS107 4:1"),
    "only an opener": ("---", "GS107 1:1"),
    "dots": ("---\na: 1\n...\nb", "GS108 3:1"),
    "multimarkdown": ("title: Con chữ\ndate: 2026-05-19\n\nNăm", "GS109 1:1"),
}


@pytest.mark.parametrize("name", FENCES)
def test_fence(name):
    text, expected = FENCES[name]
    found = split_story(text, "a.md")
    assert isinstance(found, Problem)
    assert f"{found.rule} {found.line}:{found.column}" == expected
    for lang in ("vi", "en"):
        assert found.message(lang)
        assert found.hint(lang)


@pytest.mark.parametrize(
    ("text", "front", "body", "body_line"),
    [
        ("---\na: 1\n---\nb\n", "a: 1\n", "b\n", 4),
        ("---\na: 1\n---", "a: 1\n", "", 4),
        ("---\na: 1\n---\n", "a: 1\n", "", 4),
        ("---  \na: 1\n---\t\nb", "a: 1\n", "b", 4),
        ("---\n---\nb", "", "b", 3),
        ("---\n\na: 1\n\n---\n\nb\n---\nc", "\na: 1\n\n", "\nb\n---\nc", 6),
        ("---\na:\n-\n  b: 1\n---\n", "a:\n-\n  b: 1\n", "", 6),
    ],
)
def test_split(text, front, body, body_line):
    split = split_story(text, "a.md")
    assert (split.front, split.front_line, split.body) == (front, 2, body)
    assert split.body_line == body_line


def test_python_frontmatter_splits_alike():
    text = "---\na: Mù Cả\n---\n\nb\n---\nc"
    post = frontmatter.loads(text, handler=HANDLER)
    assert (post.metadata, post.content) == ({"a": "Mù Cả"}, "b\n---\nc")


def test_marks_of_order_and_line_ends_change_no_digest():
    plain = "---\na: Mù Cả\n---\nb\n"
    forms = [
        plain.encode(),
        plain.encode("utf-8-sig"),
        plain.replace("\n", "\r\n").encode(),
        plain.replace("\n", "\r").encode(),
    ]
    texts = [split_story(decode_text(raw, "a.md"), "a.md") for raw in forms]
    assert len({(text.front_digest, text.body_digest) for text in texts}) == 1


@pytest.mark.parametrize(
    ("raw", "line", "column", "guess"),
    [
        ("---\na: ế".encode("utf-16"), 1, 1, "UTF-16"),
        ("---\na".encode("utf-16-be"), 1, 1, "UTF-16"),
        ("---\na".encode("utf-16-le"), 1, 1, "UTF-16"),
        ("---\na".encode("utf-32"), 1, 1, "UTF-16"),
        ("---\ntitle: Con đường".encode("cp1258", "ignore"), 2, 12, "0xF0"),
        ("ế\r\nố".encode() + b"\xff", 2, 2, "0xFF"),
        ("ế\rố".encode() + b"\xff", 2, 2, "0xFF"),
        ("\ufeffabếx".encode() + b"\xff", 1, 5, "0xFF"),
        ("\ufeff".encode() + b"\xff", 1, 1, "0xFF"),
        (b"a" + "ế".encode()[:2], 1, 2, "0xE1"),
    ],
)
def test_other_encodings(raw, line, column, guess):
    found = decode_text(raw, "a.md")
    assert (found.rule, found.line, found.column) == ("GS101", line, column)
    assert guess in found.message("vi")


def test_a_huge_file_is_refused(tmp_path):
    abs_path = tmp_path / "index.md"
    abs_path.write_bytes(b"x" * (MAX_BYTES + 1))
    found = read_story_text(abs_path, "index.md")
    assert found.rule == "GS103"
    assert "1,0 MB" in found.message("vi")


def test_a_file_at_the_limit_is_read(tmp_path):
    abs_path = tmp_path / "index.md"
    abs_path.write_bytes(b"---\na: 1\n---\n".ljust(MAX_BYTES, b"x"))
    assert not isinstance(read_story_text(abs_path, "index.md"), Problem)


# python-frontmatter takes every kind of space from the end of the last value.
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ")),
    st.sampled_from(
        ["no", "yes", "12:30", "06:30", "010", "08", "03451", "2026-02-30", "2026-13-1"]
    ),
    st.sampled_from(["---", "...", "—", "null", "~", "1", "1.5", "true", "@a", "a:", "#"]),
    st.sampled_from(
        ["a: b", f"{'a' * 98} --- {'b' * 98}", "a\n---\nb", "a\n...\n", f"{'x ' * 80}— b"]
    ),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.none(),
)
FRONTS = st.dictionaries(
    st.sampled_from(["title", "content", "handler", "a b", "no", "010", "ế", "k" * 200]),
    VALUES | st.lists(VALUES, max_size=3) | st.dictionaries(st.just("src"), VALUES),
    min_size=1,
)


@settings(max_examples=300, deadline=None)
@given(FRONTS, st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
def test_what_is_written_is_read_again(front, body):
    split = split_story(dump_story(front, body), "a.md")
    parsed = parse_yaml(split.front, "a.md", first_line=2)
    assert parsed.problems == []
    assert parsed.data == front
    assert split.body.strip() == body.strip()


def test_a_list_used_twice_is_written_twice():
    shared = ["a"]
    assert "&" not in dump_story({"tags": shared, "fields": shared}, "")


def test_the_form_of_a_written_story():
    front = {"title": "Mù Cả: xã đầu tiên", "code": "03451", "fields": ["giao-duc"]}
    assert dump_story(front, "Năm 1959…\n") == (
        "---\ntitle: 'Mù Cả: xã đầu tiên'\ncode: \"03451\"\nfields:\n- giao-duc\n---\n\nNăm 1959…\n"
    )


@pytest.mark.parametrize(
    "marks",
    ["\u0301\u0323", "\u05b0\u05bc\u0591", "\u0f71\u0f72", "\u20d0\u0334", "\u1dc4\u1dca"],
)
def test_marks_without_end_are_refused_at_once(marks):
    text = "---\na: 1\n---\nMột hai a" + marks * (99_000 // len(marks))
    began = time.process_time()
    found = decode_text(text.encode(), "a.md")
    assert time.process_time() - began < 1
    assert (found.rule, found.line, found.column) == ("GS139", 4, 10)


@pytest.mark.parametrize("text", ["a" + "\u0301" * 30, "…" * 90, "\U0001f600" * 90, "–\u0301" * 90])
def test_other_long_rows_of_signs_are_read(text):
    assert decode_text(text.encode(), "a.md") == text
