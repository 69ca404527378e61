"""Each story read and, as far as that can be, checked at once: nobody has to look at it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from guongsang.archive.related import read_keys
from guongsang.checks.advice import complete_advice
from guongsang.engine.table import Part, Query, Split
from guongsang.problems.problem import Problem, plain_problem
from guongsang.site.answers.beside import (
    Photos,
    digest_photos,
    pack_photos,
    read_photos,
    unpack_photos,
)
from guongsang.stories.model import Story, read_brief, read_inline
from guongsang.stories.read import StoryReading
from guongsang.stories.scan import StoryFolder
from guongsang.traces import UnansweredError

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.answers.newsroom import Newsroom

# What a story makes itself tells its text from any other. Of stories that can be read: front matter
# with the facts of their files, what lists and others must know, what is said of it in a line or
# tells how alike it is to others. Then only of some: problems, what is yet to be checked, what
# cannot be read and the facts of its files.
_OF_SOME: Final = ("found", "unchecked", "unreadable", "rest photos")
PARTS: Final = tuple(map(Part, ("front", "head", "brief", *_OF_SOME)))

# Some have many pictures, each of which is decoded.
_WORTH_FORKING: Final = 8


def query_stories(newsroom: Newsroom) -> Query:
    return Query(
        "story",
        lambda ask, uri: _read(newsroom, ask, uri),
        each="folder",
        parts=PARTS,
        folds=True,
        least=_WORTH_FORKING,
    )


def _read(newsroom: Newsroom, ask: Ask, src_uri: str) -> Split:
    ask.get("newsroom")  # without which nothing is checked
    folder = StoryFolder(src_uri, ask("folder", src_uri)["stamps"])
    reading = newsroom.read(folder)
    problems = _tell_problems(newsroom, ask, reading)
    story = reading.story
    newsroom.whole.add(_list_whole(ask, src_uri))
    if story is None:
        parts: dict[str, Any] = {"unreadable": _tell_unreadable(reading)}
        if rest := reading.rest:
            photos = read_photos(newsroom.root, src_uri, rest.front, rest.files, newsroom.whole)
            parts["rest photos"] = pack_photos(photos)
        return _split(src_uri, None, parts, problems)
    photos = read_photos(newsroom.root, src_uri, story.front, story.files, newsroom.whole)
    parts = {
        "front": {
            # Where a value stands matters, too: problems tell it.
            "digest": story.front_digest,
            "plain": reading.plain,
            "photos": pack_photos(photos),
            "files": story.files,
        },
        "head": {"head": story.head, "inline": read_inline(story.front)},
        "brief": {"brief": read_brief(story.front), "keys": read_keys(story)},
    }
    checked = _check_early(newsroom, ask, story, photos)
    if checked is None:
        parts["unchecked"] = True
    else:
        problems += map(plain_problem, checked)
    text = {"digest": story.body_digest, "line": story.body_line}
    return _split(src_uri, text, parts, problems)


def _tell_problems(newsroom: Newsroom, ask: Ask, reading: StoryReading) -> list[Any]:
    """Return what reading had to say, with what the registers know of it."""
    registers = newsroom.registers
    found = list(reading.problems)
    if found and registers is not None:
        book = newsroom.book
        found = newsroom.asked.make(
            ask, lambda: [complete_advice(each, registers, book) for each in found]
        )
    return list(map(plain_problem, found))


def _split(src_uri: str, text: Any, parts: dict[str, Any], problems: list[Any]) -> Split:
    if problems:
        parts["found"] = problems
    return Split(text, {name: {src_uri: value} for name, value in parts.items()})


def _tell_unreadable(reading: StoryReading) -> dict[str, Any]:
    return {"is_draft": reading.is_draft, "has_rest": reading.rest is not None}


def _check_early(
    newsroom: Newsroom, ask: Ask, story: Story, photos: Photos
) -> list[Problem] | None:
    """Return what a check finds, None where it asks what nobody knows yet."""
    if newsroom.registers is None:
        return []
    try:
        return newsroom.asked.make(ask, lambda: newsroom.check_early(story, photos))
    except UnansweredError:
        return None


def _list_whole(ask: Ask, src_uri: str) -> list[str]:
    """Return the digests of pictures that were whole the last time: they are not decoded again."""
    if ask.old is None:
        return []
    front = ask.old.part("front", src_uri)
    known = front["photos"] if front else ask.old.part("rest photos", src_uri, {})
    return digest_photos(unpack_photos(known))
