"""What the checks of one story look things up in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook

_STORY_ADDRESS: Final = re.compile(r"[0-9]{4}/([^/]+)/")


@dataclass(frozen=True, slots=True)
class Desk:
    """The newsroom around a story; made once a run.

    `slugs` are those of all stories, drafts too; `addresses` all that the site will have, without a
    leading slash; `now` is Vietnam time.
    """

    registers: Registers
    book: PlaceBook
    slugs: frozenset[str]
    addresses: frozenset[str]
    now: datetime
    public_slugs: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        matches = map(_STORY_ADDRESS.fullmatch, self.addresses)
        public = frozenset(match[1] for match in matches if match)
        object.__setattr__(self, "public_slugs", public)
