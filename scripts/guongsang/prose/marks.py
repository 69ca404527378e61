"""Marks in the source, one private character a link, so that each use knows its exact position.

A mark goes behind the text of a link or picture, into the label of a short reference, or behind an
automatic link: places where Markdown reads it as ordinary text. Marks that turn out to stand in
code, or in what was no link, are taken out of the result again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from html import unescape
from itertools import accumulate
from typing import Final

from guongsang.prose.allowed import clean_href

_FIRST: Final = 0xF0000
_MARKS: Final = re.compile("[\U000f0000-\U0010fffc]")
# Marks and the attribute of `allowed`; halves of characters; what no document may hold.
_FORBIDDEN: Final = re.compile(
    "[\U000f0000-\U0010ffff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]"
)
_DEFINITION: Final = re.compile(r"^[ \t>*+\-0-9.]*\[(?!\^)([^\[\]\n]+)\]:", re.MULTILINE)
_LINK_LIKE: Final = re.compile(
    r"\](?=\(|\s?\[)"
    r"|<(?:[A-Za-z][A-Za-z0-9+.\-]*://[^<>]*|[^<>\s!@]+@[^@<>\s]+)(?=>)"
    r"|\[(?=([^\[\]\n]+)\])"
)
_BEFORE_HREF: Final = re.compile(r"\(\s*<?")
_BEFORE_LABEL: Final = re.compile(r"\s?\[")
_RAW_USE: Final = re.compile(
    r"""<(?:a|img)\s[^<>]*?\b(?:href|src)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]+))""", re.IGNORECASE
)
_CODE: Final = re.compile(
    r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)|(?<=\n\n)(?:(?: {4}|\t)[^\n]*\n?)+",
    re.DOTALL,
)
_MOST_TICKS: Final = 2000


def replace_forbidden(body: str) -> str:
    """Return `body` with LF line ends and U+FFFD for what no text may hold, columns unchanged."""
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("\ufffd", body)


def drop_forbidden(html: str) -> str:
    """Return `html` without characters that only entities could bring in."""
    return _FORBIDDEN.sub("", html)


def strip_marks(text: str) -> str:
    return _MARKS.sub("", text)


def mark_index(char: str) -> int | None:
    """Return the number of the mark `char`; None when it is none."""
    index = ord(char) - _FIRST if char else -1
    return index if index >= 0 else None


class Marks:
    """The marks of one body, and the positions of its links."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._offsets: list[int] = []
        self._line_starts: list[int] = []
        self._raw: dict[str, deque[int]] | None = None

    def insert(self) -> str:
        """Return the body with a mark at everything that may be a link or a picture."""
        body = self._body
        if "](" not in body and "<" not in body and "]:" not in body and "][" not in body:
            return body
        labels = {label.lower() for label in _DEFINITION.findall(body)} if "]:" in body else set()
        definitions = {m.end() for m in _DEFINITION.finditer(body)} if labels else set()
        parts: list[str] = []
        done = 0
        for match in _LINK_LIKE.finditer(body):
            offset = self._offset_of_use(match, labels, definitions)
            if offset is None:
                continue
            parts += body[done : match.end()], chr(_FIRST + len(self._offsets))
            done = match.end()
            self._offsets.append(offset)
        parts.append(body[done:])
        return "".join(parts)

    def position(self, index: int | None, href: str) -> tuple[int, int]:
        """Return line and column of the use with mark `index`, else of the next use of `href`.

        Only raw HTML has no marks. 1:1 when the address is not found as it stands.
        """
        offset = self._offsets[index] if index is not None else self._next_raw(href)
        if not self._line_starts:
            lengths = (len(line) + 1 for line in self._body.split("\n"))
            self._line_starts = [0, *accumulate(lengths)]
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _offset_of_use(
        self, match: re.Match[str], labels: set[str], definitions: set[int]
    ) -> int | None:
        body, first = self._body, match[0][0]
        if first == "<":
            return match.start() + 1
        if first == "[":
            label_end = match.end() + len(match[1]) + 2
            known = match[1].lower() in labels and label_end not in definitions
            return match.end() if known else None
        before = _BEFORE_HREF.match(body, match.end())
        if before:
            return before.end()
        label = _BEFORE_LABEL.match(body, match.end())
        assert label is not None
        if body[label.end() : label.end() + 1] != "]":
            return label.end()
        return body.rfind("[", 0, match.start()) + 1

    def _next_raw(self, href: str) -> int:
        """Return the offset of the next raw HTML link or picture with this address."""
        if self._raw is None:
            self._raw = {}
            for match in _RAW_USE.finditer(self._without_code()):
                value = clean_href(unescape(match[match.lastindex or 0]))
                self._raw.setdefault(value, deque()).append(match.start(match.lastindex or 0))
        found = self._raw.get(href)
        return found.popleft() if found else max(0, self._body.find(href))

    def _without_code(self) -> str:
        if self._body.count("`") > _MOST_TICKS:
            return self._body
        return _CODE.sub(lambda code: " " * len(code[0]), self._body)
