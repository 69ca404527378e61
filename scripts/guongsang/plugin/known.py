"""What is kept of a build for the next one: what it said, and which state of the site it left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from guongsang.problems.problem import PlainProblem, Problem, plain_problem

# What a build said, with its level: a problem or a line of text.
Said = tuple[PlainProblem | str, int]


class Known(NamedTuple):
    """What a build came to; plain values. `checked` are the problems that checks have found, `said`
    what else was told. `unpublished` are the addresses that only a preview has, with seconds since
    1970. `touched` is what builds of some texts have changed since a whole one."""

    site_dir: str
    manifest_state: str
    stories: int
    pages: int
    checked: list[Said]
    said: list[Said]
    unpublished: dict[str, float | None]
    touched: tuple[Any, ...] = ()


def plain_said(said: Iterable[tuple[Problem | str, int]]) -> list[Said]:
    return [(each if isinstance(each, str) else plain_problem(each), lv) for each, lv in said]
