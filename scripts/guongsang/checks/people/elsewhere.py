"""GS513, GS514 outside stories: who may not be named, in registers, settings and pages by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from guongsang.checks.sheet import Finding
from guongsang.checks.subjects import Subject
from guongsang.problems.problem import Problem, problem
from guongsang.prose.parse import parse_prose
from guongsang.stories.schema import Part
from guongsang.stories.texts import NAMES, Seen, walk_texts
from guongsang.text.spelled import NameFinder, compile_names
from guongsang.text.unified import Alignment, unify

_TOLD: Final = frozenset({Seen.TEXT})


def find_in_records(
    value: Part | Mapping[str, Part], hidden: Sequence[Subject], *, names: bool = True
) -> Iterator[Finding]:
    """Yield where the texts of a record, or of a table of records, name somebody.

    A name that stands for itself may be that of a namesake, so it is a warning; with `names` False
    it is not looked at.
    """
    finders = list(_compile(hidden))
    if not finders:
        return
    for seen, severity in ((_TOLD, None), (NAMES, "warning"))[: 1 + names]:
        for where, text in walk_texts(value, seen):
            plain = unify(text).text
            for subject, finder in finders:
                for _, words in finder.find_words(plain):
                    args: dict[str, object] = {"found": words, "who": subject.who}
                    yield _rule_for(subject), where, args, severity
                    break


def check_page(text: str, path: str, hidden: Sequence[Subject]) -> Iterator[Problem]:
    """Yield where a page written by hand, or the settings, name somebody; once a line for each."""
    for subject, finder in _compile(hidden):
        told: set[int] = set()
        for offset, words in find_named(finder, text):
            line = text.count("\n", 0, offset) + 1
            if line not in told:
                told.add(line)
                column = offset - text.rfind("\n", 0, offset)
                args = {"found": " ".join(words.split()), "who": subject.who}
                yield problem(_rule_for(subject), path, line, column, **args)


def find_named(finder: NameFinder, text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and words of names in a Markdown text, as it is typed and as readers see it."""
    typed = unify(text)
    for offset, words in finder.find_words(typed.text):
        yield typed.origin(offset), words
    shown = unify(parse_prose(text).plain)
    alignment: Alignment | None = None
    for offset, words in finder.find_words(shown.text):
        alignment = alignment or Alignment(text, shown.text)
        yield alignment.origin(offset), words


def _compile(hidden: Sequence[Subject]) -> Iterator[tuple[Subject, NameFinder]]:
    for subject in hidden:
        finder = compile_names(subject.names, close=False)
        if finder is not None:
            yield subject, finder


def _rule_for(subject: Subject) -> str:
    return "GS514" if subject.withdrawn else "GS513"
