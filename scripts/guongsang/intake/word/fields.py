"""Word's fields: codes between two signs, of which readers see what was made of them."""

from __future__ import annotations

import re
from typing import Final

_TARGET: Final = re.compile(r'\bHYPERLINK\s+(?:\\[a-z]\s+)*(?:"([^"]*)"|(\S+))', re.IGNORECASE)


def find_target(code: str) -> str:
    """Return the address of a link's code; "" of other codes, and of links within the document."""
    found = _TARGET.search(code)
    target = (found[1] or found[2] or "") if found else ""
    return "" if target.startswith("\\") else target


class Fields:
    """The fields that are open where a document is being read, the innermost last."""

    def __init__(self) -> None:
        self._codes: list[str] = []
        self._in_code: list[bool] = []

    def mark(self, sign: str) -> None:
        """Go on at the sign of a field: "begin", "separate" or "end"."""
        if sign == "begin":
            self._codes.append("")
            self._in_code.append(True)
        elif self._codes and sign == "separate":
            self._in_code[-1] = False
        elif self._codes and sign == "end":
            self._codes.pop()
            self._in_code.pop()

    def add(self, code: str) -> None:
        if self._codes:
            self._codes[-1] += code

    @property
    def is_in_code(self) -> bool:
        """Return whether what stands here is a code and no text."""
        return any(self._in_code)

    @property
    def target(self) -> str:
        """Return the address that the text here leads to."""
        return next((found for code in self._codes[::-1] if (found := find_target(code))), "")
