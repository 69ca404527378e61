"""The quick way to read a document without anything remarkable, as nearly all are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from guongsang.yamlfile.events import MAX_DEPTH, MAX_NODES
from guongsang.yamlfile.scalars import (
    LONGEST_WORD,
    NUMERIC,
    TRAPS,
    UNPRINTABLE,
    is_long_text,
    read_core,
)

# A sign of a comment with something before it in its line.
_MAY_CUT: Final = re.compile(r"(?<=[^ \n]) +#")
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")
_ITEM: Final = re.compile(r"\w(?:[\w ./-]*[\w./-])?")
# Of collections in each other; a line opens two at most.
_MOST_OPEN: Final = MAX_DEPTH - 2


class _RemarkableError(Exception):
    """A text holds something that only a closer look can judge."""


def fold_plain(text: str) -> dict[str, Any] | None:
    """Return a mapping without anything remarkable, as nearly all are, in a quarter of the time.

    Such a text has a key, a sign of a list or both in each line, and values that begin with a
    letter or a digit (these may go on below), or stand in their line between quotes or brackets.
    None of all others, where `EventFolder` must look: of these it would read the same, and it
    knows what is wrong and where.
    """
    # Each value takes a character or more.
    if len(text) >= MAX_NODES or "\t" in text or "\r" in text or UNPRINTABLE.search(text):
        return None
    if "#" in text and _MAY_CUT.search(text):
        return None
    try:
        return _fold_lines(text.split("\n"))
    except _RemarkableError:
        return None


def _fold_lines(lines: list[str]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    current: Any = root  # the collection that is being filled, and the column of its keys or signs
    column = 0
    above: list[tuple[int, Any]] = []
    waiting: str | None = None  # the last key, while it has no value
    open_text: Any = None  # where in `current` a text stands that may go on in the next line
    for line in lines:  # of hundreds of thousands: what all of them pass stands here, not in calls
        text = line.lstrip(" ")
        if not text or text[0] == "#":
            open_text = None
            continue
        at = len(line) - len(text)
        if waiting is None and at > column:
            more = _read_more(text, open_text)
            current[open_text] += more
            continue
        in_list = text[0] == "-" and text[1:2] == " "
        if in_list:
            text = text[2:]
        if waiting is not None or at != column or in_list is not (type(current) is list):
            column, current = _go_to(at, column, current, above, waiting, in_list=in_list)
            waiting = None
        key, colon, value = text.partition(": ")
        if not colon:
            if not text.endswith(":"):
                open_text = _append(current, text, in_list=in_list)
                continue
            key = text[:-1]
        if not _is_key(key) or (not in_list and key in current):
            raise _RemarkableError
        if in_list:
            below: dict[str, Any] = {}
            current.append(below)
            above.append((column, current))
            column, current = column + 2, below
        if colon:
            current[key], may_go_on = _read(value)
            open_text = key if may_go_on else None
        else:
            waiting = key
    if waiting is not None or not root:
        raise _RemarkableError
    return root


def _append(current: Any, text: str, *, in_list: bool) -> int | None:
    """Add an item without a key; return its place if it may go on in the next line."""
    if not in_list:
        raise _RemarkableError
    read, may_go_on = _read(text)
    current.append(read)
    return len(current) - 1 if may_go_on else None


def _go_to(
    at: int,
    column: int,
    current: Any,
    above: list[tuple[int, Any]],
    waiting: str | None,
    *,
    in_list: bool,
) -> tuple[int, Any]:
    """Return the collection that a line belongs to, with its column: a new one below a key."""
    if waiting is not None:
        if at < column + (not in_list) or len(above) > _MOST_OPEN:
            raise _RemarkableError
        below: Any = [] if in_list else {}
        current[waiting] = below
        above.append((column, current))
        return at, below
    while at < column or (not in_list and type(current) is list):
        column, current = above.pop()
    if at != column or in_list is not (type(current) is list):
        raise _RemarkableError
    return column, current


@lru_cache(maxsize=4096)
def _is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


def _is_plain(text: str) -> bool:
    """Return whether a line of a text without quotes means nothing but itself."""
    return text[:1].isalnum() and ": " not in text and text[-1] not in " :"


def _read_more(text: str, open_text: Any) -> str:
    """Return what a line adds to the text above it."""
    if open_text is None or not _is_plain(text):
        raise _RemarkableError
    return f" {text}"


def _read(value: str) -> tuple[Any, bool]:
    """Return what a value means, and whether it may go on in the next line."""
    if _is_plain(value):
        if len(value) > LONGEST_WORD and value[0] not in NUMERIC:  # `is_long_text`, without a call
            return value, True
        return _read_short(value), False
    begin, inner, end = value[:1], value[1:-1], value[1:][-1:]
    if begin == "[" and end == "]":
        return list(map(_read_item, inner.split(", "))) if inner else [], False
    if begin in ("'", '"') and begin == end and begin not in inner and "\\" not in inner:
        return inner, False
    raise _RemarkableError


def _read_item(text: str) -> Any:
    if _ITEM.fullmatch(text) is None:
        raise _RemarkableError
    return text if is_long_text(text) else _read_short(text)


@lru_cache(maxsize=4096)
def _read_short(text: str) -> str | int | float | bool | None:
    """Return what a word or a number means; most stand in many stories."""
    value = read_core(text)
    if not text or (value is text and any(trap(text) for _, trap in TRAPS)):
        raise _RemarkableError
    return value
