"""GS510 to GS512: what a text tells of a person's home, telephone and papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from guongsang.checks.sheet import Case, Finding
from guongsang.problems.problem import Problem
from guongsang.registers.model import Newsroom
from guongsang.stories.schema import Part
from guongsang.stories.texts import READ, Seen, walk_texts
from guongsang.text.contacts import Found, find_homes, find_identities, find_phones
from guongsang.text.unified import unify
from guongsang.yamlfile.positions import FieldPath

_FINDERS: Final[Mapping[str, Callable[[str], Iterator[Found]]]] = {
    "GS510": find_phones,
    "GS511": find_identities,
    "GS512": find_homes,
}
_DIGIT: Final = re.compile(r"\d")
# No reader sees these on the site, but whoever may read the repository does, for ever.
_KEPT: Final = frozenset({Seen.NEVER})
# Where readers are to write and call.
_OWN: Final = frozenset({"contact", "data_contact", "security"})


def check_privacy(case: Case) -> Iterator[Problem]:
    """Yield telephone numbers, identity numbers and house addresses in a story.

    Those that readers can read, and those in notes that stay in the file.
    """
    for rule, find in _FINDERS.items():
        for offset, words in case.search(find):
            yield case.at_offset(rule, offset, text=words)
    for rule, where, words in _find_in_fields(case.front, _KEPT):
        yield case.at(rule, *where, text=words)


def find_private(record: Part | Mapping[str, Part]) -> Iterator[Finding]:
    """Yield the same in the texts of a register's record, or of a table of records.

    The newsroom's own numbers are there to be read.
    """
    is_own = isinstance(record, Newsroom)
    for rule, where, words in _find_in_fields(record, READ | _KEPT):
        if not (is_own and where[0] in _OWN):
            yield rule, where, {"text": words}, None


def _find_in_fields(
    record: Part | Mapping[str, Part], wanted: frozenset[Seen]
) -> Iterator[tuple[str, FieldPath, str]]:
    for where, text in walk_texts(record, wanted):
        if _DIGIT.search(text):
            plain = unify(text).text
            for rule, find in _FINDERS.items():
                yield from ((rule, where, words) for _, words in find(plain))
