"""What the converter's rules know of the one body that they work on."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final

from guongsang.prose.model import Remark
from guongsang.prose.source import Source

MOST_FOOTNOTES: Final = 200
MOST_REFERENCES: Final = 2_000
# A text full of one sign must not drown all else, nor take long.
MOST_REMARKS: Final = 100

_KEY: Final = "work"


class TangledError(Exception):
    """The body would take too long, or show too much: footnotes without end."""


@dataclass(slots=True)
class Work:
    """`footnotes` are the numbers of labels, in the order of the notes; `references` how often each
    is referred to; `next_numbers` those that would continue the last list of each depth; `told` the
    text and the end in it of the last sign of another program, within which others are no more."""

    source: Source
    footnotes: dict[str, int] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)
    next_numbers: dict[int, int] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    told: tuple[str, int] = ("", 0)
    _places: list[tuple[str, int, int]] = field(default_factory=list)

    def remark(self, rule: str, offset: int, typed: str, instead: str) -> None:
        """Keep what is to be said of something in the text that is read now."""
        if len(self.remarks) < MOST_REMARKS:
            line, column = self.source.locate(offset)
            self.remarks.append(Remark(rule, typed[:80], instead[:200], line, column))

    def add_footnote(self, label: str, line: int, column: int) -> int:
        """Return the number of a new footnote. Raises TangledError where there are too many."""
        number = self.footnotes[label] = len(self.footnotes) + 1
        if number > MOST_FOOTNOTES:
            raise TangledError
        self._places.append((label, line, column))
        return number

    def finish(self) -> list[Remark]:
        """Return all remarks, those on footnotes that nothing refers to as well."""
        lonely = [each for each in self._places if each[0] not in self.references]
        told = (
            Remark("GS723", f"[^{label}]:", f"câu văn[^{label}]", line, column)
            for label, line, column in lonely
        )
        return sorted({*self.remarks, *told}, key=attrgetter("line", "column", "rule", "typed"))

    def refer(self, label: str) -> str:
        """Return the id of a new reference to a footnote. Raises TangledError like above."""
        count = self.references[label] = self.references.get(label, 0) + 1
        if count > MOST_REFERENCES:
            raise TangledError
        return reference_id(self.footnotes[label], count)

    def put_into(self, env: MutableMapping[str, Any]) -> None:
        env[_KEY] = self


def work_of(env: MutableMapping[str, Any]) -> Work:
    """Return the work that a rule is part of."""
    work: Work = env[_KEY]
    return work


def reference_id(number: int, count: int) -> str:
    return f"fnref{count if count > 1 else ''}:{number}"
