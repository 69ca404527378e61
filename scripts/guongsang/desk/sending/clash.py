"""What two sides have changed: both versions, until somebody has chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

BODY: Final = "body"
FILE: Final = "file"
HEAD: Final = "head"  # a front matter or a register of which the keys cannot be found
Choice = Literal["mine", "theirs", "both"]
CHOICES: Final = ("mine", "theirs", "both")


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that both sides have changed; None where a side has taken it away.

    `part` is a key, or BODY, HEAD, FILE; `both` is what stands there if both are kept.
    """

    part: str
    mine: bytes | None
    theirs: bytes | None
    both: bytes | None = None

    @property
    def id(self) -> str:
        """What tells this very question from others: a choice never meets another text."""
        texts = (repr((self.part, self.mine, self.theirs))).encode()
        return hashlib.sha256(texts).hexdigest()[:20]

    @property
    def choices(self) -> tuple[Choice, ...]:
        return ("mine", "theirs") if self.both is None else ("mine", "theirs", "both")

    def choose(self, choice: Choice) -> bytes | None:
        return {"mine": self.mine, "theirs": self.theirs, "both": self.both}[choice]


@dataclass(frozen=True, slots=True)
class Merge:
    """What became of three versions: texts, and between them what is still to be chosen."""

    pieces: tuple[bytes | Clash | None, ...]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(each for each in self.pieces if isinstance(each, Clash))

    def resolve(self, choices: Mapping[str, Choice]) -> bytes | None:
        """Return the file, None where it goes. Raises KeyError for what nobody has chosen."""
        parts = [
            each.choose(choices[each.id]) if isinstance(each, Clash) else each
            for each in self.pieces
        ]
        return None if parts == [None] else b"".join(part or b"" for part in parts)


# A text is made of these: what is settled, and what is to be chosen.
Piece = str | Clash
