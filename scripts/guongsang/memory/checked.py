"""A finished check: what it found, and what it asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guongsang.problems.problem import PlainProblem, Problem, plain_problem
from guongsang.traces import Question, Recorder, UnansweredError

Checked = tuple[tuple[PlainProblem, ...], tuple[Question, ...]]


def record_check(check: Callable[[], Iterable[Problem]], recorder: Recorder) -> Checked:
    """Return what a check finds, and all that it asks. Raises UnansweredError."""
    found, questions = recorder.record(lambda: tuple(map(plain_problem, check())))
    return found, tuple(sorted(questions))


def record_early(check: Callable[[], Iterable[Problem]], recorder: Recorder) -> Checked | None:
    """Return the same, None where the check asks what nobody knows yet."""
    try:
        return record_check(check, recorder)
    except UnansweredError:
        return None
