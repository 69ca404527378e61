"""A file under check: makes problems at its fields, and looks for positions only then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from guongsang.checks.desk import Desk
from guongsang.checks.subjects import Subject, read_subjects
from guongsang.photos.facts import PhotoFacts, PhotoFault
from guongsang.problems.problem import Problem, problem
from guongsang.prose.model import Prose
from guongsang.stories.model import Audio, FrontMatter, Story, StoryPhoto
from guongsang.stories.texts import NAMES, READ, walk_texts
from guongsang.yamlfile.positions import FieldPath, Mark, Positions

# A finding that does not know its file yet: rule, path of the field, arguments, severity.
Finding = tuple[str, FieldPath, dict[str, object], str | None]


@dataclass(slots=True)
class Sheet:
    """A YAML file, or the front matter of a story."""

    path: str
    locate: Callable[[], Positions]
    _positions: Positions | None = None

    def at(
        self, rule: str, where: FieldPath, severity: str | None = None, **args: object
    ) -> Problem:
        """Make a problem at a field's value, or at the nearest part above that is written down."""
        if self._positions is None:
            self._positions = self.locate()
        mark = self._positions.of_value(where) or Mark(1, 1)
        return problem(rule, self.path, mark.line, mark.column, severity=severity, **args)

    def at_file(self, rule: str, severity: str | None = None, **args: object) -> Problem:
        return problem(rule, self.path, 1, 1, severity=severity, **args)

    def report(self, finding: Finding, below: FieldPath = ()) -> Problem:
        rule, where, args, severity = finding
        return self.at(rule, (*below, *where), severity, **args)


@dataclass(slots=True)
class Case:
    """One story under check, with everything that its rules look at.

    `whole` is every text that readers read: those of the front matter a line each, then the body.
    One search over it costs less than twenty small ones.
    """

    story: Story
    desk: Desk
    prose: Prose
    photos: Mapping[str, PhotoFacts | PhotoFault]
    sheet: Sheet
    whole: str = field(init=False)
    _fields: Sequence[tuple[FieldPath, str]] = field(init=False)
    _line_starts: list[int] = field(init=False, default_factory=list)
    _subjects: Sequence[tuple[int, Subject]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._fields = list(walk_texts(self.story.front, READ))
        self.whole = "\n".join([*(text for _, text in self._fields), self.story.body])

    @property
    def front(self) -> FrontMatter:
        return self.story.front

    @property
    def subjects(self) -> Sequence[tuple[int, Subject]]:
        """The honorees that the registers know, each with its place in the list."""
        if self._subjects is None:
            self._subjects = list(read_subjects(self.front.honorees, self.desk.registers))
        return self._subjects

    @property
    def erase(self) -> str:
        """The command that erases the story."""
        return f"guongsang erase {self.story.slug}"

    def at(self, rule: str, *where: str | int, **args: object) -> Problem:
        return self.sheet.at(rule, where, None, **args)

    def in_body(self, rule: str, line: int, column: int = 1, **args: object) -> Problem:
        """Make a problem at a 1-based line of the body."""
        line += self.story.body_line - 1
        return problem(rule, self.story.src_uri, line, column, severity=None, **args)

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


def each_photo(front: FrontMatter) -> Iterator[tuple[FieldPath, StoryPhoto]]:
    """Yield the cover and the catalogue's photos, each with its field."""
    yield ("cover",), front.cover
    for n, photo in enumerate(front.photos):
        yield ("photos", n), photo


def each_audio(front: FrontMatter) -> Iterator[tuple[FieldPath, Audio]]:
    """Yield the recordings, each with its field."""
    for n, audio in enumerate(front.audio):
        yield ("audio", n), audio
