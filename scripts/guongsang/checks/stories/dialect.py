"""GS72x: what is typed in the body and does not do what it does elsewhere, or does not arrive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guongsang.checks.sheet import Case
from guongsang.problems.problem import Problem
from guongsang.prose.lost import find_lost

_MOST: Final = 20
_LONGEST: Final = 80


def check_dialect(case: Case) -> Iterator[Problem]:
    """Yield the signs of other programs, players and styles that do nothing, and lost words."""
    for told in case.prose.remarks:
        yield case.in_body(
            told.rule, told.line, told.column, typed=told.typed, instead=told.instead
        )
    yield from _check_words(case)


def _check_words(case: Case) -> Iterator[Problem]:
    """Yield the words that no reader gets; a body without any markup loses none."""
    prose = case.prose
    if prose.tangled or not (prose.html or "<" in case.story.body):
        return
    for line, column, words in find_lost(case.story.body, prose.plain)[:_MOST]:
        shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        yield case.in_body("GS727", line, column, words=shown)
