"""Where links and pictures stand in a body: line and column of every address as it was typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from html import unescape
from typing import Final

from guongsang.prose.allowed import clean_href

# The attribute of `allowed` and its like; halves of characters; what no document may hold.
_FORBIDDEN: Final = re.compile(
    "[\U000f0000-\U0010ffff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_END: Final = re.compile("\n")
_RAW_USE: Final = re.compile(
    r"""<(?:a|img)\s[^<>]*?\b(?:href|src)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]+))""", re.IGNORECASE
)


def replace_forbidden(body: str) -> str:
    """Return `body` with LF line ends and U+FFFD for what no text may hold, columns unchanged."""
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("\ufffd", body)


def drop_forbidden(html: str) -> str:
    """Return `html` without characters that only entities could bring in."""
    return _FORBIDDEN.sub("", html)


class Source:
    """The lines of one body, and what was found in them.

    The converter reads the text of a block without indentation, signs of lists and quotes; what
    stands at an offset of such a text is looked for in the lines that the block was typed in.
    """

    def __init__(self, body: str) -> None:
        self._body = body
        self._lines: list[str] = []
        self._found: list[tuple[int, int]] = []
        self._raw: dict[str, deque[tuple[int, int]]] = {}
        self._text = ""
        self._starts: list[int] = []
        self._columns: dict[int, int] = {}
        self._first = -1
        self._floor = 0

    def enter(self, text: str, first: int) -> None:
        """Tell which text is read now, and the line of the body that it begins in, from 0."""
        if first == self._first:  # the next cell of a row
            self._floor = self.locate(0)[1] - 1 + len(self._text)
        else:
            self._floor = 0
        self._text, self._first = text, first
        self._starts.clear()
        self._columns.clear()

    def locate(self, offset: int) -> tuple[int, int]:
        """Return the line and column of the body, from 1, of what stands at an offset."""
        if not self._lines:
            self._lines = self._body.split("\n")
        if not self._starts:
            self._starts += [0, *(end.end() for end in _LINE_END.finditer(self._text))]
        at = bisect_right(self._starts, offset) - 1
        if at not in self._columns:
            self._columns[at] = self._find_line(at)
        line = self._lines[self._first + at]
        column = self._columns[at] + offset - self._starts[at]
        return self._first + at + 1, min(max(column, 0), len(line)) + 1

    def _find_line(self, at: int) -> int:
        """Return the column, from 0, in which a line of the text that is read now begins."""
        begin = self._starts[at]
        end = self._starts[at + 1] - 1 if at + 1 < len(self._starts) else len(self._text)
        typed = self._text[begin:end]
        line = self._lines[self._first + at]
        column = line.find(typed.strip(), self._floor if at == 0 else 0)
        return max(column, 0) - (len(typed) - len(typed.lstrip()))

    def before(self) -> str:
        """Return the line of the body that the text begins in, up to there."""
        line, column = self.locate(0)
        return self._lines[line - 1][: column - 1]

    def add(self, offset: int) -> int:
        """Keep where an address stands, and return the number of its use."""
        self._found.append(self.locate(offset))
        return len(self._found) - 1

    def add_raw(self, text: str, begin: int, end: int) -> None:
        """Keep where the addresses in the raw HTML of the text stand."""
        for match in _RAW_USE.finditer(text, begin, end):
            group = match.lastindex or 0
            value = clean_href(unescape(match[group]))
            place = self.locate(match.start(group))
            self._raw.setdefault(value, deque()).append(place)

    def position(self, index: int | None, href: str) -> tuple[int, int]:
        """Return line and column of a use, else of the next raw one of `href`; 1:1 of neither."""
        if index is not None:
            return self._found[index]
        found = self._raw.get(href)
        return found.popleft() if found else (1, 1)
