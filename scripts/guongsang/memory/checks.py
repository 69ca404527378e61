"""What is remembered of checks: their problems, while every answer they got is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from guongsang.memory.checked import Checked, record_check
from guongsang.memory.store import load_store, save_store
from guongsang.memory.stored import StoredStory
from guongsang.memory.stories import WholeLibrary
from guongsang.memory.workers import share_work
from guongsang.problems.problem import Problem
from guongsang.traces import Question, Recorder

_NAME: Final = "checks.bin"

Answer = Callable[[str, str], str | None]


class Answers(dict[Question, str]):
    """The answers to questions, each looked for once. The first who knows answers."""

    def __init__(self, sources: Iterable[Answer]) -> None:
        super().__init__()
        self._sources = tuple(sources)

    def __missing__(self, question: Question) -> str:
        for answer in self._sources:
            found = answer(*question)
            if found is not None:
                self[question] = found
                return found
        raise KeyError(question)


@dataclass(slots=True)
class CheckMemory:
    """The checks of the last run, with the answers that they got then.

    `jobs` are checks of many files at once, by name.
    """

    abs_path: Path
    answers: dict[Question, str] = field(default_factory=dict)
    jobs: dict[str, Checked] = field(default_factory=dict)
    changed: frozenset[Question] = frozenset()
    is_changed: bool = False

    def compare(self, answers: Answers) -> None:
        """Find which questions have other answers than in the last run."""
        self.changed = frozenset(q for q, known in self.answers.items() if answers[q] != known)

    def run(
        self, name: str, check: Callable[[], Iterable[Problem]], recorder: Recorder
    ) -> list[Problem]:
        """Return the problems of one check, from memory if nothing that it asked has changed."""
        known = self.jobs.get(name)
        if known is None or not self.changed.isdisjoint(known[1]):
            self.jobs[name] = known = record_check(check, recorder)
            self.is_changed = True
        return [Problem(*each) for each in known[0]]


def load_checks(cache_dir: Path) -> CheckMemory:
    memory = CheckMemory(cache_dir / _NAME)
    kept: Any = load_store(memory.abs_path)
    if kept is not None:
        memory.answers, memory.jobs = kept
    return memory


def save_checks(memory: CheckMemory, library: WholeLibrary, answers: Answers) -> None:
    """Keep the answers to all questions that any check has asked."""
    asked = {question for entry in library.entries.values() for question in entry.questions}
    asked.update(question for _, questions in memory.jobs.values() for question in questions)
    save_store(memory.abs_path, ({question: answers[question] for question in asked}, memory.jobs))


def check_library(
    library: WholeLibrary,
    check: Callable[[StoredStory], Iterable[Problem]],
    memory: CheckMemory,
    recorder: Recorder,
    *,
    workers: int,
) -> list[Problem]:
    """Return the problems of all stories that could be read; only what may differ is checked.

    Most stories that have just been read were checked then.
    """
    stale = [
        story
        for story in library.stories
        if story.src_uri in library.unchecked
        or (
            memory.changed
            and not memory.changed.isdisjoint(library.entries[story.src_uri].questions)
        )
    ]

    def check_part(part: Sequence[StoredStory]) -> list[Checked]:
        return [record_check(partial(check, story), recorder) for story in part]

    parts = share_work(stale, check_part, workers=workers)
    for story, checked in zip(stale, (c for part in parts for c in part), strict=True):
        library.keep_check(story.src_uri, checked)
    memory.is_changed = memory.is_changed or bool(stale)
    return [Problem(*each) for found in library.found.values() for each in found]
