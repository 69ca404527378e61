"""What the checks of one story look things up in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from guongsang.checks.subjects import Subject, read_registered
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook

_STORY_ADDRESS: Final = re.compile(r"[0-9]{4}/([^/]+)/")


@dataclass(frozen=True, slots=True)
class Desk:
    """The newsroom around a story; made once a run.

    `slugs` are those of all stories, drafts too; `addresses` all that the site will have, without a
    leading slash; `now` is Vietnam time. `unnamable` are the registered people who may be named in
    no story: children without consent, and those who have withdrawn theirs.
    """

    registers: Registers
    book: PlaceBook
    slugs: frozenset[str]
    addresses: frozenset[str]
    now: datetime
    public_slugs: frozenset[str] = field(init=False)
    unnamable: tuple[Subject, ...] = field(init=False)

    def __post_init__(self) -> None:
        matches = map(_STORY_ADDRESS.fullmatch, self.addresses)
        public = frozenset(match[1] for match in matches if match)
        object.__setattr__(self, "public_slugs", public)
        object.__setattr__(self, "unnamable", tuple(self._find_unnamable()))

    def _find_unnamable(self) -> Iterator[Subject]:
        for key, record in self.registers.honorees.items():
            subject = read_registered(key, record)
            if subject.withdrawn or subject.is_child_without_consent(self.now.date()):
                yield subject
