"""A file under check: makes problems at its fields, and looks for positions only then."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from guongsang.checks.lookup import Lookup
from guongsang.checks.subjects import Subject, read_subjects
from guongsang.enclosures.facts import FileFacts
from guongsang.photos.facts import PhotoFacts, PhotoFault
from guongsang.problems.problem import BODY, Problem, problem
from guongsang.prose.model import Prose
from guongsang.prose.parse import parse_prose
from guongsang.stories.model import Audio, Film, FrontMatter, Story, StoryPhoto
from guongsang.stories.texts import NAMES, READ, walk_texts
from guongsang.text.unified import Alignment, Unified, unify
from guongsang.yamlfile.positions import FieldPath, Mark, Positions

# A finding that does not know its file yet: rule, path of the field, arguments, severity.
Finding = tuple[str, FieldPath, dict[str, object], str | None]

# Signs that readers do not see, and each within or right beside what is searched.
_HIDING: Final = {
    sign: re.compile(
        rf"{re.escape(sign)}(?:(?<=&)(?:#|\w+;)|(?<=[0-9+(].)|(?<=[Nn]hà.)|(?<=[Nn]hà .)"
        r"|(?<=[Ss]ố.)|(?<=[Ss]ố .)|(?= ?(?:[0-9+(]|[Ss]ố|[Nn]hà)))"
    )
    for sign in r"&*_`\<>"
}
_MARKED: Final = re.compile(r"[&*_`\\<\[]")
_NOT_WORD: Final = re.compile(r"\W")


@dataclass(slots=True)
class Sheet:
    """A YAML file, or the front matter of a story."""

    path: str
    locate: Callable[[], Positions]
    _positions: Positions | None = None

    def at(self, rule: str, where: FieldPath, severity: str | None = None, **args: Any) -> Problem:
        """Make a problem at a field's value, or at the nearest part above that is written down."""
        if self._positions is None:
            self._positions = self.locate()
        mark = self._positions.of_value(where) or Mark(1, 1)
        return problem(
            rule, self.path, mark.line, mark.column, severity=severity, where=where, **args
        )

    def at_file(self, rule: str, severity: str | None = None, **args: Any) -> Problem:
        return problem(rule, self.path, 1, 1, severity=severity, **args)

    def report(self, finding: Finding, below: FieldPath = ()) -> Problem:
        rule, where, args, severity = finding
        return self.at(rule, (*below, *where), severity, **args)


@dataclass(slots=True)
class Case:
    """One story under check, with everything that its rules look at.

    `whole` is every text that readers read, as it was typed: those of the front matter a line each,
    then the body. One search over it costs less than twenty small ones. `typed` has one form for
    all kinds of space, dash and digit.
    """

    story: Story
    lookup: Lookup
    prose: Prose
    photos: Mapping[str, PhotoFacts | PhotoFault | FileFacts]
    sheet: Sheet
    whole: str = field(init=False)
    typed: Unified = field(init=False)
    _fields: Sequence[tuple[FieldPath, str]] = field(init=False)
    _shown: Unified | None = field(init=False, default=None)
    _hides: dict[bool, bool] = field(init=False, default_factory=dict)
    _line_starts: list[int] = field(init=False, default_factory=list)
    _subjects: Sequence[tuple[int, Subject]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._fields = list(walk_texts(self.story.front, READ))
        self.whole = "\n".join([*(text for _, text in self._fields), self.story.body])
        self.typed = unify(self.whole)

    @property
    def front(self) -> FrontMatter:
        return self.story.front

    @property
    def subjects(self) -> Sequence[tuple[int, Subject]]:
        """The honorees that the registers know, each with its place in the list."""
        if self._subjects is None:
            self._subjects = list(read_subjects(self.front.honorees, self.lookup.registers))
        return self._subjects

    @property
    def erase(self) -> str:
        """The command that erases the story."""
        return f"guongsang erase {self.story.slug}"

    def search(
        self, find: Callable[[str], Iterator[tuple[int, str]]], *, is_name: bool = False
    ) -> Iterator[tuple[int, str]]:
        """Yield what is found in the texts as typed and as readers see them, each once a line.

        `find` gets texts in one form. Yields offsets of `whole`, with the words found. A name that
        is spelled in several ways in a line is told once.
        """
        told: set[tuple[int, str]] = set()
        for offset, words in find(self.typed.text):
            typed = self.typed.origin(offset)
            told.add(self._line_and_words(typed, words, is_name=is_name))
            yield typed, words
        body = self.story.body
        if not self._may_hide(is_name=is_name):
            return
        start = len(self.whole) - len(body)
        alignment: Alignment | None = None
        for offset, words in find(self._shown_text().text):
            alignment = alignment or Alignment(body, self._shown_text().text)
            typed = start + alignment.origin(offset)
            if self._line_and_words(typed, words, is_name=is_name) not in told:
                yield typed, words

    def _may_hide(self, *, is_name: bool) -> bool:
        """Return whether marks in the body could tear apart what a search looks for."""
        if is_name not in self._hides:
            self._hides[is_name] = _hides(self.story.body, is_name=is_name)
        return self._hides[is_name]

    def _shown_text(self) -> Unified:
        """Return the text of the body as readers see it, in one form."""
        if self._shown is None:
            prose = self.prose if self.prose.plain else parse_prose(self.story.body)
            self._shown = unify(prose.plain)
        return self._shown

    def _line_and_words(self, offset: int, words: str, *, is_name: bool) -> tuple[int, str]:
        line = self.whole.count("\n", 0, offset)
        return line, "" if is_name else _NOT_WORD.sub("", words)

    def at(self, rule: str, *where: str | int, **args: object) -> Problem:
        return self.sheet.at(rule, where, None, **args)

    def in_body(self, rule: str, line: int, column: int = 1, **args: Any) -> Problem:
        """Make a problem at a 1-based line of the body."""
        line += self.story.body_line - 1
        return problem(rule, self.story.src_uri, line, column, where=(BODY,), **args)

    def at_offset(self, rule: str, offset: int, **args: object) -> Problem:
        """Make a problem at an offset of `whole`."""
        where, start = self._field_at(offset)
        if where:
            return self.at(rule, *where, **args)
        if not self._line_starts:
            lengths = (len(line) + 1 for line in self.story.body.split("\n"))
            self._line_starts = [0, *accumulate(lengths)]
        line = bisect_right(self._line_starts, offset - start)
        column = offset - start - self._line_starts[line - 1] + 1
        return self.in_body(rule, line, column, **args)

    def is_name_of_honoree(self, offset: int) -> bool:
        """Return whether an offset of `whole` lies in what names an honoree of the story."""
        where, _ = self._field_at(offset)
        if where[:1] != ("honorees",):
            return False
        entry = self.front.honorees[int(where[1])]
        return where[2:] in dict(walk_texts(entry, NAMES))

    def _field_at(self, offset: int) -> tuple[FieldPath, int]:
        """Return the field and where its text starts in `whole`."""
        start = 0
        for where, text in self._fields:
            if offset <= start + len(text):
                return where, start
            start += len(text) + 1
        return (), start


def _hides(body: str, *, is_name: bool) -> bool:
    if is_name:
        return _MARKED.search(body) is not None
    return any(sign in body and pattern.search(body) for sign, pattern in _HIDING.items())


def each_photo(front: FrontMatter) -> Iterator[tuple[FieldPath, StoryPhoto]]:
    """Yield the cover and the catalogue's photos, each with its field."""
    if front.cover:
        yield ("cover",), front.cover
    for n, photo in enumerate(front.photos):
        yield ("photos", n), photo


def each_audio(front: FrontMatter) -> Iterator[tuple[FieldPath, Audio]]:
    """Yield the recordings, each with its field."""
    for n, audio in enumerate(front.audio):
        yield ("audio", n), audio


def each_film(front: FrontMatter) -> Iterator[tuple[FieldPath, Film]]:
    """Yield the films, each with its field."""
    for n, film in enumerate(front.films):
        yield ("films", n), film
