"""Stories for the tests: a whole one, and the same with one field changed."""

import pytest

from guongsang.stories.read import parse_story
from guongsang.stories.source import split_story

SRC_URI = "stories/2026/con-chu/index.md"
GOOD = {
    "title": "Con chữ lên Mù Cả",
    "date": "2026-05-19",
    "column": "guong-sang",
    "fields": "[giao-duc]",
    "honorees": "\n  - id: xa-mu-ca",
    "places": "\n  - unit: mu-ca",
    "authors": "\n  - id: ban-bien-tap",
    "cover": "\n  src: bia.jpg\n  alt: Lớp học",
    "summary": "Ba ngày đường từ huyện lỵ, xã Mù Cả mở lớp học đầu tiên rồi xóa mù chữ.",
    "status": "ready",
}


@pytest.fixture(scope="session")
def story_text():
    """Make a story's text; a field given as None is left out, new ones come last."""

    def make(body="Năm 1959…\n", **changes):
        fields = {**GOOD, **changes}
        front = "".join(
            f"{key}:{value}\n" if value[:1] in ("\n", "") else f"{key}: {value}\n"
            for key, value in fields.items()
            if value is not None
        )
        return f"---\n{front}---\n\n{body}"

    return make


@pytest.fixture(scope="session")
def read():
    """Read a story's text as if it stood on disk."""

    def read_text(text):
        return parse_story(split_story(text, SRC_URI), SRC_URI, ())

    return read_text
