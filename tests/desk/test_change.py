"""Fields changed by a form: everything else of the file stays word for word, or it is refused."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.conftest import GOOD

from guongsang.desk.change import REMOVED, change_body, change_keys, change_mapping
from guongsang.desk.refuse import ChangedMeanwhileError, RefusedError
from guongsang.desk.save import open_story, replace_text, save_story
from guongsang.yamlfile.outline import outline
from guongsang.yamlfile.parse import parse_yaml

ORDER = ["title", "date", "fields", "honorees", "cover", "photos", "tags", "status"]

FRONT = """\
# đầu tệp
title: Con chữ  # tít
date: 2026-05-19

# về lĩnh vực
fields: [giao-duc]
photos:
  # ảnh một
  - src: anh-1.jpg
    alt: "Một lớp học # bên suối"   # xem lại
  # ảnh hai
  - src: anh-2.jpg
    alt: |
      # không phải ghi chú
      hai dòng
  # - src: bo.jpg

# trạng thái
status: draft
# cuối
"""


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"title": "Chữ về bản"}, "title: Con chữ  # tít\n", "# tít\ntitle: Chữ về bản\n"),
        ({"date": "2026-05-20"}, "date: 2026-05-19\n", "date: 2026-05-20\n"),
        ({"fields": ["y-te", "giao-duc"]}, "fields: [giao-duc]", "fields: [y-te, giao-duc]"),
        ({"fields": REMOVED}, "fields: [giao-duc]\n", ""),
        ({"status": "ready"}, "status: draft", "status: ready"),
        (
            {"cover": {"src": "bia.jpg", "focus": [0.5, 0.25]}},
            "fields: [giao-duc]\n",
            "fields: [giao-duc]\ncover:\n  src: bia.jpg\n  focus: [0.5, 0.25]\n",
        ),
        # Behind what is commented out below a key.
        ({"tags": ["a"]}, "  # - src: bo.jpg\n", "  # - src: bo.jpg\ntags: [a]\n"),
        ({"lạ": 1}, "status: draft\n", "status: draft\nlạ: 1\n"),
        (
            {"photos": []},
            FRONT[FRONT.index("photos:") : FRONT.index("  # - src")],
            "# ảnh một\n# xem lại\n# ảnh hai\nphotos: []\n",
        ),
        ({"title": "yes"}, "title: Con chữ  # tít\n", '# tít\ntitle: "yes"\n'),
        ({"title": "A: B #c"}, "title: Con chữ  # tít\n", "# tít\ntitle: 'A: B #c'\n"),
    ],
)
def test_only_the_lines_of_a_changed_key_are_written_anew(changes, old, new):
    assert old in FRONT
    assert change_mapping(FRONT, changes, ORDER) == FRONT.replace(old, new)


def test_a_key_that_comes_first_stands_before_the_comment_of_the_next():
    text = "# về ngày\ndate: 2026-05-19\n"
    assert change_mapping(text, {"title": "A"}, ORDER) == f"title: A\n{text}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(end, mark):
    text = mark + f"---\n{FRONT}---\n\nMột dòng.\n".replace("\n", end)
    changed = change_keys(text, {"status": "ready", "tags": ["a"]})
    wanted = text.replace("status: draft", "status: ready")
    assert changed == wanted.replace("bo.jpg" + end, f"bo.jpg{end}tags: [a]{end}")
    assert change_body(text, "Một dòng.\nHai dòng") == text.replace(
        f"---{end}{end}Một dòng.{end}", f"---{end}Một dòng.{end}Hai dòng{end}"
    )


def test_a_body_is_written_behind_a_fence_at_the_end_of_the_file():
    assert change_body("---\ntitle: A\n---", "Chữ.") == "---\ntitle: A\n---\nChữ.\n"


def test_a_file_without_a_last_line_end_keeps_none():
    assert change_mapping("a: 1\nb: 2", {"b": 3}, []) == "a: 1\nb: 3"


@pytest.mark.parametrize(
    "path", sorted(GOOD.glob("stories/*/*/index.md")), ids=lambda p: p.parent.name
)
def test_a_story_saved_unchanged_is_the_same(path):
    text = path.read_bytes().decode()
    data = parse_yaml(text.split("---\n")[1], "").data
    assert change_keys(text, data) == text
    body = text.split("---\n", 2)[2]
    assert change_body(text, body.replace("\n", "\r\n")) == text


@pytest.mark.parametrize(
    ("front", "changes", "reason"),
    [
        ("{title: A, status: draft}\n", {"title": "B"}, "style"),
        ("  title: A\n  status: draft\n", {"title": "B"}, "style"),
        ("? title\n: A\n", {"title": "B"}, "style"),
        ("title: A\ntitle: B\n", {"title": "C"}, "unreadable"),
        ("title: &a A\nstatus: *a\n", {"title": "B"}, "unreadable"),
        ("nền: &n {title: A}\n<<: *n\n", {"title": "B"}, "unreadable"),
        ("title: A: B\nstatus: draft\n", {"status": "ready"}, "unreadable"),
        ('title: "A\nstatus: draft\n', {"status": "ready"}, "unreadable"),
        ("title: no\nstatus: draft\n", {"status": "ready"}, "unreadable"),
        ("- a\n", {"status": "ready"}, "style"),
        ("title: A\n", {"title": "tiếng\x07chuông"}, "value"),
        ("title: A\n", {"title": "\ud800"}, "value"),
    ],
)
def test_what_cannot_be_changed_surely_is_refused_with_words(front, changes, reason):
    with pytest.raises(RefusedError) as caught:
        change_keys(f"---\n{front}---\n", changes, "stories/2026/a/index.md")
    assert caught.value.reason == reason
    assert all(caught.value.message(lang).strip() for lang in ("vi", "en"))


@pytest.mark.parametrize(
    ("front", "changes", "wanted"),
    [
        # A value in braces, a text over several lines, what was no text before.
        (
            "a: {b: 1, c: 2}  # x\nd: 1\n",
            {"a": {"b": 1, "c": 3}},
            "# x\na:\n  b: 1\n  c: 3\nd: 1\n",
        ),
        ("a: {b: 1,\n  c: 2}\nd: 1\n", {"d": 2}, "a: {b: 1,\n  c: 2}\nd: 2\n"),
        ('a: "một\n  # hai"\nd: 1\n', {"a": "x"}, "a: x\nd: 1\n"),
        ("a: 'một\n\n  hai'\nd: 1\n", {"d": 2}, "a: 'một\n\n  hai'\nd: 2\n"),
        ("a: >-  # gấp\n  # chữ\n\n\nd: 1\n", {"a": "x"}, "# gấp\na: x\n\n\nd: 1\n"),
        ("a: no\nd: 1\n", {"a": "no ấm"}, "a: no ấm\nd: 1\n"),
        ("a:\nd: 1\n", {"a": 1}, "a: 1\nd: 1\n"),
        ("a:\n- 1\n# c\n- 2\nd: 1\n", {"a": [1]}, "# c\na: [1]\nd: 1\n"),
        ("a: 1\n", {"a": True}, "a: true\n"),
        ("a: 1\n", {"a": 1.0}, "a: 1.0\n"),
        ('"a": 1\nd: 1\n', {"a": 2}, "a: 2\nd: 1\n"),
    ],
)
def test_ways_of_writing_that_can_be_changed(front, changes, wanted):
    assert change_mapping(front, changes, []) == wanted


WORDS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from(" :#-'\"{}[]&*!|>%@`\n…đ")
    ),
    max_size=30,
)
PLAIN = st.one_of(WORDS, st.booleans(), st.none(), st.integers(-9999, 9999))
VALUES = st.one_of(
    PLAIN,
    st.lists(PLAIN, max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["src", "alt", "by"]), PLAIN, max_size=3), max_size=3),
    st.just(REMOVED),
)
STEPS = st.lists(st.tuples(st.sampled_from([*ORDER, "lạ"]), VALUES), min_size=1, max_size=6)


@given(steps=STEPS, end=st.sampled_from(["\n", "\r\n"]))
@example(steps=[("tags", ["a"]), ("photos", REMOVED), ("tags", REMOVED)], end="\n")
@settings(max_examples=200, deadline=None)
def test_any_edits_keep_everything_else_word_for_word(steps, end):
    text = f"---\n{FRONT}---\nThân bài # giữ nguyên\n".replace("\n", end)
    for key, value in steps:
        before, known = text, _front(text)
        try:
            text = change_keys(text, {key: value})
        except RefusedError as error:
            assert error.reason in ("value", "unreadable"), (key, value)
            continue
        assert _others(text, key) == _others(before, key)
        now = _front(text)
        if value is REMOVED:
            assert key not in now
        else:
            assert repr(now[key]) == repr(value)
        assert {k: v for k, v in now.items() if k != key} == {
            k: v for k, v in known.items() if k != key
        }
        assert sorted(_comments(text)) == sorted(_comments(before))


def _front(text):
    return parse_yaml(text.replace("\r\n", "\n").split("---\n")[1], "").data


def _others(text, key):
    """Return the lines of a file but those of a key, and but comments, which may move."""
    lines = text.split("\n")
    front = text.replace("\r\n", "\n").split("---\n")[1]
    own = next((each for each in outline(front) if each.key == key), None)
    gone = range(own.first + 1, own.last + 2) if own else ()
    return [
        line
        for number, line in enumerate(lines)
        if number not in gone and not line.lstrip().startswith("#")
    ]


def _comments(text):
    """Return the comments of the front matter, wherever they stand."""
    front = text.replace("\r\n", "\n").split("---\n")[1]
    found = outline(front)
    inside = {number for each in found for number in range(each.first, each.last + 1)}
    between = [
        line.strip()
        for number, line in enumerate(front.split("\n"))
        if number not in inside and line.strip()
    ]
    return between + [sign for each in found for sign in each.comments]


def open_there(newsroom, slug):
    path = newsroom.path(slug).relative_to(newsroom.root).as_posix()
    return open_story(newsroom.root, path)


SLUG = sorted(path.parent.name for path in GOOD.glob("stories/*/*/index.md"))[0]


def test_saving_writes_what_differs_and_tells_what_is_there_now(newsroom):
    opened = open_there(newsroom, SLUG)
    saved = save_story(newsroom.root, opened.path, opened.digest, {"title": "Tít khác"})
    assert saved.front["title"] == "Tít khác"
    assert saved.digest != opened.digest
    again = save_story(newsroom.root, opened.path, saved.digest, saved.front, saved.body)
    assert again == saved


def test_what_was_changed_meanwhile_is_kept(newsroom):
    opened = open_there(newsroom, SLUG)
    newsroom.edit(SLUG, "\ndate: ", "\n# x\ndate: ")
    there = newsroom.path(SLUG).read_bytes()
    with pytest.raises(ChangedMeanwhileError) as caught:
        save_story(newsroom.root, opened.path, opened.digest, {"title": "Tít khác"})
    assert caught.value.text.encode() == there == newsroom.path(SLUG).read_bytes()
    saved = save_story(newsroom.root, opened.path, caught.value.digest, {"title": "Tít khác"})
    assert saved.front["title"] == "Tít khác"


@pytest.mark.parametrize(
    "path",
    [
        "mkdocs.yml",
        "../ngoai/index.md",
        "stories/../mkdocs.yml",
        "stories/2026/./a/index.md",
        "/etc/passwd",
        "stories//index.md",
        "stories/2026/con/index.md",
        "stories/2026/a/nul.md",
        "stories/2026/a\\index.md",
        "stories/2026/a/index.md:x",
        "stories/2026/a/x\0.md",
        "stories/.git/config",
        "stories",
        "",
    ],
)
def test_only_plain_paths_below_stories_are_written(newsroom, path):
    with pytest.raises(RefusedError) as caught:
        replace_text(newsroom.root, path, None, "x")
    assert caught.value.reason == "outside"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_is_written_through_a_link(newsroom, tmp_path):
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "index.md").write_text("---\ntitle: A\n---\n")
    (newsroom.root / "stories/2026/la").symlink_to(outside)
    folder = newsroom.root / "stories/2026/lb"
    folder.mkdir()
    (folder / "index.md").symlink_to(outside / "index.md")
    for path in ("stories/2026/la/index.md", "stories/2026/lb/index.md"):
        with pytest.raises(RefusedError) as caught:
            open_story(newsroom.root, path)
        assert caught.value.reason == "outside"


def test_a_new_file_is_never_written_over_another(newsroom):
    path = "stories/registers/honorees/nguoi-moi.yml"
    replace_text(newsroom.root, path, None, "kind: person\nname: Nguyễn Văn Mới\n")
    with pytest.raises(RefusedError) as caught:
        replace_text(newsroom.root, path, None, "kind: person\n")
    assert caught.value.reason == "there"
