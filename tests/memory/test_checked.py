"""Checks that are made while other stories are still being read."""

import pytest

from guongsang.memory.checked import record_check, record_early
from guongsang.problems.problem import problem
from guongsang.traces import Recorder, TrackedSet, Unanswered, UnansweredError

FOUND = problem("GS232", "stories/2026/a/index.md")


def test_notes_what_was_found_and_asked():
    recorder = Recorder()

    def check():
        recorder.ask("columns", "b")
        recorder.ask("columns", "a")
        yield FOUND

    found, questions = record_check(check, recorder)
    assert [each[3] for each in found] == ["GS232"]
    assert questions == (("columns", "a"), ("columns", "b"))
    assert record_early(check, recorder) == (found, questions)


@pytest.mark.parametrize("ask", [lambda s: "2026/b/" in s, list, len, bool])
def test_waits_with_what_nobody_can_answer_yet(ask):
    recorder = Recorder()
    addresses = TrackedSet("addresses", Unanswered(), recorder)

    def check():
        yield FOUND
        ask(addresses)

    assert record_early(check, recorder) is None
    with pytest.raises(UnansweredError):
        record_check(check, recorder)
    recorder.ask("columns", "a")  # no recording is left open
    assert recorder.record(lambda: None)[1] == frozenset()
