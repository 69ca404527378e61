"""Moments that matter: what is ahead is asked about, and tells when it has come."""

from __future__ import annotations

import datetime as dt
from typing import Final

# What a moment or a day asked about is asked as: has it come since? Has the clock been put back?
COME: Final = "come"
CLOCK: Final = "clock"


def has_come(asked: str, now: dt.datetime) -> bool:
    """Return whether what was ahead, by a key of `COME`, has come."""
    kind, _, moment = asked.partition(" ")
    at = dt.datetime.fromisoformat(moment)
    return at <= now if kind == "ahead" else at.date() < now.date()
