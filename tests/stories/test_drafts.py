"""A draft keeps nobody from publishing, however little of it can be read."""

import codecs

import pytest

from guongsang.stories.read import read_story
from guongsang.stories.scan import scan_stories

# Each spoils a whole story in one way.
HARMS = {
    "a colon": lambda text: text.replace("title: ", "title: Kể chuyện: "),
    "a tab": lambda text: text.replace("\nstatus", "\n\ttags: [a]\nstatus"),
    "a sign": lambda text: text.replace("title: ", "title: @"),
    "an open quote": lambda text: text.replace("title: ", 'title: "'),
    "an open bracket": lambda text: text.replace("[giao-duc]", "[giao-duc"),
    "a doubled key": lambda text: text.replace("\nstatus", "\ntitle: Lại\nstatus"),
    "missing keys": lambda text: "---\n" + text[text.index("status:") :],
    "an unknown key": lambda text: text.replace("title:", "tilte:"),
    "no opening fence": lambda text: text.removeprefix("---\n"),
    "no closing fence": lambda text: text.replace("\n---\n", "\n", 1),
    "a long fence": lambda text: text.replace("\n---\n", "\n-----\n", 1),
    "a second document": lambda text: text.replace("\n---\n", "\n...\n", 1),
    "a list": lambda text: text.replace("title:", "- title:", 1),
    "unprintable": lambda text: text.replace("status:", "status:\u200d\u2028"),
    "old letters": lambda text: text.encode("cp1258", errors="replace"),
    "UTF-16": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-be"),
    "too much": lambda text: text + "Một câu dài. " * 120_000,
}
WAYS = ["draft", "'draft'", '"draft"', "draft  # còn hỏi lại", "“draft”", "\u00a0draft\u200b"]


@pytest.fixture
def read(tmp_path):
    def read_raw(raw):
        path = tmp_path / "stories/2026/bai-moi/index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        (folder,) = scan_stories(tmp_path).folders
        return read_story(tmp_path, folder)

    return read_raw


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_every_problem_of_a_draft_is_a_warning(read, story_text, harm):
    reading = read(harm(story_text(status="draft")))
    assert reading.story is None
    assert reading.is_draft
    assert {found.severity for found in reading.problems} == {"warning"}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
@pytest.mark.parametrize("status", ["ready", "retracted", "drafts", "bản draft", "draft ready"])
def test_those_of_others_are_errors(read, story_text, harm, status):
    reading = read(harm(story_text(status=status)))
    assert not reading.is_draft
    assert any(found.is_error for found in reading.problems)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_the_line_may_be_written_in_several_ways(read, story_text, way, ends):
    text = story_text(status=way, title="Kể: chuyện").replace("\n", ends)
    assert read(text).is_draft


def test_one_that_can_be_read_in_no_other_way(read, story_text):
    text = story_text(status=None, title=None).replace("---\n", '---\n"status": draft\n', 1)
    assert read(text).is_draft


def test_quotes_of_a_letter_are_told_but_stop_nobody(read, story_text):
    (found,) = read(story_text(status="“draft”")).problems
    assert (found.rule, found.severity) == ("GS210", "warning")


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace("\nstatus", "\nstatus: ready\nstatus"),
        lambda text: text.replace("\nstatus", "\nstatus: draft\nstatus").replace(
            ": draft\n---", ":"
        ),
        lambda text: text.replace("status:", "  status:").replace("title:", "title: A:"),
        lambda text: text.replace("status: draft", "# status: draft"),
    ],
    ids=["two that disagree", "one that is empty", "a part's", "a note"],
)
def test_in_doubt_it_is_none(read, story_text, harm):
    reading = read(harm(story_text(status="draft")))
    assert reading.story is None
    assert not reading.is_draft


def test_words_of_the_text_make_no_draft(read, story_text):
    text = story_text(body="Gõ như sau:\n\nstatus: draft\n", title="Kể: chuyện")
    assert not read(text).is_draft
