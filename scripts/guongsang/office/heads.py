"""Which kinds of letterheads there are."""

from __future__ import annotations

from typing import Final, Literal

HeadKind = Literal["state", "party"]
HEADS: Final[tuple[HeadKind, ...]] = ("state", "party")
