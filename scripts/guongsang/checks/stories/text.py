"""GS6xx: Vietnamese text that looks right and is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guongsang.checks.sheet import Case, Finding
from guongsang.problems.problem import Problem
from guongsang.stories.schema import Part
from guongsang.stories.texts import walk_texts
from guongsang.text.traps import find_traps
from guongsang.yamlfile.positions import FieldPath


def check_text(case: Case) -> Iterator[Problem]:
    """Yield the traps of all texts of a story; a name counts as one through all of them."""
    for trap in find_traps(case.whole):
        yield case.at_offset(trap.rule, trap.offset, **dict(trap.args))


def find_in_record(record: Part | Mapping[str, Part]) -> Iterator[Finding]:
    """Yield the traps in the texts of a register's record, or of a table of records.

    Other spellings of a name are there on purpose, so GS606 is not for registers.
    """
    texts = list(walk_texts(record))
    whole = "\n".join(text for _, text in texts)
    for trap in find_traps(whole):
        if trap.rule != "GS606":
            yield trap.rule, _field_of(texts, trap.offset), dict(trap.args), None


def _field_of(texts: list[tuple[FieldPath, str]], offset: int) -> FieldPath:
    for where, text in texts:
        if offset <= len(text):
            return where
        offset -= len(text) + 1
    return ()
