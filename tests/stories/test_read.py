"""Stories on disk."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guongsang.stories.read import locate_story, read_story
from guongsang.stories.scan import scan_stories
from guongsang.text.dates import VIETNAM


def read(abs_path, root):
    src_uri = abs_path.relative_to(root).as_posix()
    (folder,) = [each for each in scan_stories(root).folders if each.src_uri == src_uri]
    return read_story(root, folder)


@pytest.fixture
def put(tmp_path, story_text):
    def write(path, content=None):
        abs_path = tmp_path / path
        abs_path.parent.mkdir(parents=True, exist_ok=True)
        raw = content if isinstance(content, bytes) else (content or story_text()).encode()
        abs_path.write_bytes(raw)
        return abs_path

    return write


def test_a_story_on_disk(tmp_path, put):
    abs_path = put("stories/2026/con-chu/index.md")
    for name in (
        "bia.jpg",
        "a.pdf",
        ".DS_Store",
        "~$bai.docx",
        "Thumbs.db",
        "desktop.ini",
        "sub/x",
    ):
        put(f"stories/2026/con-chu/{name}")
    reading = read(abs_path, tmp_path)
    assert reading.problems == ()
    story = reading.story
    assert (story.slug, story.folder_year) == ("con-chu", 2026)
    assert story.src_uri == reading.src_uri == "stories/2026/con-chu/index.md"
    assert story.files == ("a.pdf", "bia.jpg")
    assert story.is_public(dt.datetime(2026, 5, 19, tzinfo=VIETNAM))
    assert not story.is_public(dt.datetime(2026, 5, 18, 23, 59, tzinfo=VIETNAM))


def test_stories_are_found_in_order_of_path(tmp_path, put):
    for path in ("2026/b", "2026/a", "2025/z", "registers/a", ".git/a", "2026/.a"):
        put(f"stories/{path}/index.md")
    found = [each.src_uri for each in scan_stories(tmp_path).folders]
    assert found == [f"stories/{path}/index.md" for path in ("2025/z", "2026/a", "2026/b")]


def test_what_no_page_comes_from(tmp_path, put):
    put("stories/2026/con-chu/index.md")
    put("stories/2026/con-chu.md/index.md")
    for path in ("registers/ghi-chu.md", ".obsidian/a.md", "2026/con-chu/.a.md"):
        put(f"stories/{path}")
    misplaced = [
        "README.md",
        "2026/bai.md",
        "2026/con-chu/bai-2.md",
        "2026/hoa/Index.md",
        "2026/la/bai.MD",
        "2026/sau/hon/index.md",
    ]
    for path in misplaced:
        put(f"stories/{path}")
    put("stories/2026/chi-co-anh/bia.jpg")
    put("stories/2026/word/index.md.txt")
    found = [(each.rule, each.path) for each in scan_stories(tmp_path).problems]
    assert sorted(found) == [
        *(("GS236", f"stories/{path}") for path in sorted(misplaced)),
        ("GS242", "stories/2026/chi-co-anh"),
        ("GS242", "stories/2026/word"),
    ]


def test_no_stories_at_all(tmp_path):
    found = scan_stories(tmp_path)
    assert (found.folders, found.problems) == ([], [])


def test_a_folder_that_is_no_year_has_the_year_nought(tmp_path, put):
    assert read(put("stories/nam/con-chu/index.md"), tmp_path).story.folder_year == 0


def test_one_bad_story_leaves_the_others(tmp_path, put):
    good = put("stories/2026/a/index.md")
    bad = put("stories/2026/b/index.md", b"\xff\xfe")
    assert read(good, tmp_path).story
    reading = read(bad, tmp_path)
    assert reading.story is None
    assert [found.rule for found in reading.problems] == ["GS101"]


def test_problems_come_in_order_of_line(tmp_path, put, story_text):
    text = story_text(title="1", column="a: b", summary="yes", status="xong")
    found = read(put("stories/2026/a/index.md", text), tmp_path).problems
    assert [each.line for each in found] == sorted(each.line for each in found)
    assert len(found) == 4


def test_positions_are_read_anew(tmp_path, put):
    put("stories/2026/a/index.md")
    put("stories/2026/b/index.md", b"\xff")
    assert locate_story(tmp_path, "stories/2026/a/index.md").of_value(("title",)) == (2, 8)
    assert locate_story(tmp_path, "stories/2026/b/index.md").of_value(("title",)) is None


BYTES = st.one_of(
    st.binary(),
    st.text().map(str.encode),
    st.lists(
        st.sampled_from(
            [
                b"---",
                b"\n",
                b"\r\n",
                b"\xef\xbb\xbf",
                b"title: ",
                b"\xff",
                b"\xe1\xba",
                b"\0",
                b"...",
                b"- ",
                b": ",
                b"{",
                b"[",
                b'"',
                b"\t",
                b"\xc2\x85",
                b"\xc2\xa0",
                b"\xe2\x80\xa8",
                b"a",
            ]
        ),
        max_size=30,
    ).map(b"".join),
    st.binary().map(lambda raw: b"---\n" + raw + b"\n---\n"),
)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(BYTES)
def test_any_bytes_give_a_story_or_a_problem(tmp_path, put, raw):
    reading = read(put("stories/2026/a/index.md", raw), tmp_path)
    assert reading.story or reading.problems
    for found in reading.problems:
        assert found.message("vi")
        assert found.hint("en")


@pytest.mark.parametrize(
    ("name", "is_meant"),
    [
        ("index.md.txt", True),
        ("Index.TXT", True),
        ("index.text", True),
        ("index.docx", False),
        ("ghi-chep.txt", False),
        ("index.jpg", False),
    ],
)
def test_a_text_that_a_program_has_renamed(tmp_path, put, name, is_meant):
    put(f"stories/2026/bai-notepad/{name}")
    (found,) = scan_stories(tmp_path).problems
    assert (found.rule, found.path) == ("GS242", "stories/2026/bai-notepad")
    assert (f"Đổi tên {name} thành index.md" in found.hint()) == is_meant
    assert (f"mà có {name}" in found.message()) == is_meant


def test_one_beside_the_story_is_a_file_like_others(tmp_path, put):
    put("stories/2026/bai-notepad/index.md")
    put("stories/2026/bai-notepad/index.md.txt")
    assert scan_stories(tmp_path).problems == []
