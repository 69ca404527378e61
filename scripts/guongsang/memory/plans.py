"""What is remembered of planning: results by name, while every answer they got is the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from guongsang.memory.checks import Answers
from guongsang.memory.store import load_store, save_store
from guongsang.traces import Question

_NAME: Final = "plans.bin"

# What a result was made from besides answers, the result (plain values), and the questions.
Kept = tuple[str, Any, tuple[Question, ...]]
Keep = tuple[str, str, Any, tuple[Question, ...]]  # with its name before it


@dataclass(slots=True)
class PlanMemory:
    """Results of the last run. `about` tells what all of them depend on: another, and none counts.

    Names that are neither recalled nor kept in a run are forgotten.
    """

    abs_path: Path
    about: str
    before: dict[str, Kept] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    answers: dict[Question, str] = field(default_factory=dict)
    changed: frozenset[Question] = frozenset()
    _shared: dict[Question, Question] = field(default_factory=dict)

    def compare(self, answers: Answers) -> None:
        """Find which questions have other answers than in the last run."""
        self.changed = frozenset(q for q, known in self.answers.items() if answers[q] != known)

    def recall(self, name: str, key: str) -> Any:
        """Return the result of that name; None where it would have to be made again."""
        known = self.before.get(name)
        if known is None or known[0] != key or not self.changed.isdisjoint(known[2]):
            return None
        self.kept[name] = known
        return known[1]

    def keep(self, name: str, key: str, result: Any, questions: tuple[Question, ...]) -> None:
        """Keep a result with the questions that it was made from."""
        self.kept[name] = (key, result, self.share(questions))

    def share(self, questions: Iterable[Question]) -> tuple[Question, ...]:
        """Return questions of which each is in memory once, however many results have asked it."""
        shared = self._shared
        return tuple([shared.setdefault(each, each) for each in questions])

    def save(self, answers: Answers) -> None:
        if self.kept == self.before and not self.changed:
            return
        asked = {question for _, _, questions in self.kept.values() for question in questions}
        known = {question: answers[question] for question in asked}
        save_store(self.abs_path, (self.about, known, self.kept))


def load_plans(cache_dir: Path, about: str) -> PlanMemory:
    memory = PlanMemory(cache_dir / _NAME, about)
    kept: Any = load_store(memory.abs_path)
    if kept is not None and kept[0] == about:
        memory.answers, memory.before = kept[1], kept[2]
        memory._shared = {question: question for question in memory.answers}
    return memory
