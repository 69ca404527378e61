"""Stories as answers tell them: a head, and the rest when somebody looks at it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from guongsang.problems.problem import Problem
from guongsang.site.answers.beside import Photos, unpack_photos
from guongsang.stories.model import Brief, FrontMatter, Head, InlinePerson, Story, digest_head
from guongsang.stories.source import read_story_text, split_story

if TYPE_CHECKING:
    from pathlib import Path

    from guongsang.engine.answers import Answers
    from guongsang.traces import Recorder

# Of so many stories front matter or text are held in memory: all of them would be too many.
_MOST_LOADED: Final = 256


class Library:
    """The stories of a newsroom; each look at front matter or text is noted."""

    def __init__(
        self, root: Path, answers: Answers, recorder: Recorder, typed: Mapping[str, str]
    ) -> None:
        self.root, self.answers, self.recorder, self._typed = root, answers, recorder, typed
        self.recent: deque[AnsweredStory] = deque()
        self._stories: dict[str, AnsweredStory] = {}

    def story(self, src_uri: str) -> Story:
        """Return a story that can be read. Raises KeyError."""
        found = self._stories.get(src_uri)
        if found is None:
            found = self._stories[src_uri] = AnsweredStory(
                self, src_uri, self.answers.value("head", src_uri)
            )
        return found

    def hold(self, src_uris: Iterable[str]) -> None:
        """Load the heads of stories that are going to be looked at."""
        if not self.answers.is_away:
            new = (uri for uri in src_uris if uri not in self._stories)
            self.answers.hold([self.answers.id_of("head", uri) for uri in new])

    def read_body(self, src_uri: str) -> str:
        """Return the text of a story; empty where it has become unreadable meanwhile."""
        typed = self._typed.get(src_uri)
        if typed is None:
            text = read_story_text(self.root / src_uri, src_uri)
        else:
            text = split_story(typed, src_uri)
        return "" if isinstance(text, Problem) else text.body

    def photos(self, src_uri: str) -> Photos:
        """Return what is known of the pictures and files that a story names and has."""
        self.recorder.ask("photos", src_uri)
        return unpack_photos(self.answers.value("front", src_uri)["photos"])


class AnsweredStory(Story):
    """A story whose parts are loaded when they are looked at, each look noted."""

    __slots__ = ("_body", "_front", "_inline", "_library", "head")
    _body: str | None
    _front: FrontMatter | None
    _inline: list[Any]
    _library: Library
    head: Head

    def __init__(self, library: Library, src_uri: str, told: Mapping[str, Any]) -> None:
        _, year, slug, _ = src_uri.rsplit("/", 3)
        put = partial(object.__setattr__, self)  # one of ten thousand that are never changed
        put("slug", slug)
        put("folder_year", int(year) if year.isascii() and year.isdigit() else 0)
        put("src_uri", src_uri)
        put("head", unpack_head(told["head"]))
        put("_inline", told["inline"])
        put("_library", library)
        put("_front", None)
        put("_body", None)

    @property
    def head_digest(self) -> bytes:
        return digest_head(self.src_uri, self.head)

    @property
    def inline(self) -> tuple[InlinePerson, ...]:
        return tuple(InlinePerson._make(each) for each in self._inline)

    @property
    def brief(self) -> Brief:
        title, awards, day, told = self._look("brief")["brief"]
        return Brief(title, tuple(awards), day, tuple(map(tuple, told)))

    @property
    def front_digest(self) -> str:
        return self._digest_of("front")

    @property
    def body_digest(self) -> str:
        return self._digest_of("story")

    @property
    def body_line(self) -> int:
        line: int = self._look("story")["line"]
        return line

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(self._look("front")["files"])

    @property
    def front(self) -> FrontMatter:
        if self._front is None:
            front = FrontMatter.model_validate(self._look("front")["plain"])
            object.__setattr__(self, "_front", front)
            self._note_load()
            return front
        self._library.recorder.ask("front", self.src_uri)
        return self._front

    @property
    def body(self) -> str:
        self._library.recorder.ask("body", self.src_uri)
        if self._body is None:
            body = self._library.read_body(self.src_uri)
            object.__setattr__(self, "_body", body)
            self._note_load()
            return body
        return self._body

    def _digest_of(self, kind: str) -> str:
        """Tell an answer from any other without looking at it."""
        self._library.recorder.ask(kind, self.src_uri)
        answers = self._library.answers
        row = answers.row(answers.id_of(kind, self.src_uri))
        assert row is not None and row.digest is not None
        return row.digest.hex()

    def _look(self, kind: str) -> Any:
        self._library.recorder.ask(kind, self.src_uri)
        return self._library.answers.value(kind, self.src_uri)

    def _note_load(self) -> None:
        """Forget the parts of the story that has been loaded longest, until they are asked for."""
        recent = self._library.recent
        if len(recent) >= _MOST_LOADED:
            oldest = recent.popleft()
            object.__setattr__(oldest, "_front", None)
            object.__setattr__(oldest, "_body", None)
        recent.append(self)


def unpack_head(told: list[Any]) -> Head:
    """Return a head from plain values, in which tuples are lists."""
    return Head._make([tuple(each) if type(each) is list else each for each in told])
