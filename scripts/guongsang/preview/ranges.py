"""Parts of a file, which players ask for to begin anywhere in a recording."""

from __future__ import annotations

import re
from typing import Final

# Several parts at once may be answered by the whole file; no player asks for them.
_ASKED: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)


def find_range(asked: str, size: int) -> range | None:
    """Return which bytes of a file a `Range` asks for: none of them where they lie beyond its end.

    None where the header is not understood: then the whole file is the answer.
    """
    found = _ASKED.fullmatch(asked.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)
