"""Where a story stands: draft, scheduled, published, retracted, or broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from guongsang.text.dates import in_vietnam, read_now


def tell_state(status: str, instant: float, now: float) -> str:
    """Return the state of a story that can be read; moments are seconds since 1970."""
    if status != "ready":
        return status
    return "published" if instant <= now else "scheduled"


def read_state(front: Mapping[str, Any] | None) -> str:
    """Return the state of a story by its front matter, which may be far from whole."""
    status = front.get("status") if front else None
    if front is None or status not in ("draft", "ready", "retracted"):
        return "broken"
    instant = read_instant(str(front.get("publish_at") or front.get("date") or ""))
    return tell_state(status, instant, read_now().timestamp())


def read_instant(text: str) -> int:
    """Return the moment that a story names, Vietnam time; 0 where it is none."""
    try:
        return int(in_vietnam(dt.datetime.fromisoformat(text)).timestamp())
    except ValueError:
        return 0
