"""GS72x: what is typed in the body and does not do what it does elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from guongsang.checks.sheet import Case
from guongsang.problems.problem import Problem


def check_dialect(case: Case) -> Iterator[Problem]:
    """Yield the signs of other programs, players and classes that readers do not get."""
    for told in case.prose.remarks:
        yield case.in_body(
            told.rule, told.line, told.column, typed=told.typed, instead=told.instead
        )
