"""The kinds of answers that hold problems, and what is found in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from guongsang.engine.table import Split
from guongsang.problems.problem import Problem, plain_problem

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask

# By whatever key; of what is one.
EACH: Final = ("found", "found later", "found in rest", "found in text")
LAST: Final = "found in edited"
OF_ALL: Final = (
    *("links", "found in docs", "found in folders", "found in registers", "found in all"),
    *("found in ledger", LAST),
)
UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, slots=True)
class Found:
    """Problems, sorted by file and line, and how many stories there are. `unreadable` are those
    that could not be read, as `src_uri`."""

    problems: list[Problem]
    stories: int
    unreadable: tuple[str, ...]


def list_found(ask: Ask, stories: int) -> Found:
    """Return what all checks have found."""
    found = {
        read_problem(each) for kind in EACH for told in ask.all(kind).values() for each in told
    }
    found |= {read_problem(each) for kind in OF_ALL for each in ask(kind)}
    return Found(sorted(found), stories, ask.keys(UNREADABLE))


def split_found(kind: str, key: str, found: Iterable[Problem]) -> Split:
    """Return the answer of a check whose problems are a part of it, if there are any."""
    plain = list(map(plain_problem, found))
    return Split(None, {kind: {key: plain}} if plain else {})


def read_problem(told: list[Any]) -> Problem:
    """Return a problem from plain values, in which tuples are lists."""
    path, line, column, rule, args, severity, field = told
    return Problem(path, line, column, rule, tuple(map(tuple, args)), severity, field)
