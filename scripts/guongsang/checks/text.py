"""GS6xx: Vietnamese text that looks right and is not."""

from __future__ import annotations

from collections.abc import Iterator

from guongsang.checks.sheet import Case
from guongsang.problems.problem import Problem
from guongsang.text.traps import find_traps


def check_text(case: Case) -> Iterator[Problem]:
    """Yield the traps of all texts of a story; a name counts as one through all of them."""
    for trap in find_traps(case.whole):
        yield case.at_offset(trap.rule, trap.offset, **dict(trap.args))
