"""GS510 to GS512: what a text tells of a person's home, telephone and papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from guongsang.checks.sheet import Case
from guongsang.problems.problem import Problem
from guongsang.text.contacts import Found, find_homes, find_identities, find_phones

_FINDERS: Final[Mapping[str, Callable[[str], Iterator[Found]]]] = {
    "GS510": find_phones,
    "GS511": find_identities,
    "GS512": find_homes,
}


def check_privacy(case: Case) -> Iterator[Problem]:
    """Yield telephone numbers, identity numbers and house addresses that readers can read."""
    for rule, find in _FINDERS.items():
        for offset, words in case.search(find):
            yield case.at_offset(rule, offset, text=words)
