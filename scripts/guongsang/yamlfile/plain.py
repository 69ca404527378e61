"""The quick way to read a document without anything remarkable, as nearly all are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from guongsang.yamlfile.events import MAX_DEPTH, MAX_NODES
from guongsang.yamlfile.scalars import TRAPS, UNPRINTABLE, is_long_text, read_core

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
    for line in lines:
        text = line.lstrip(" ")
        if not text or text[0] == "#":
            open_text = None
            continue
        at, in_list = len(line) - len(text), text.startswith("- ")
        if waiting is None and at > column:
            more = _read_more(text, open_text)
            current[open_text] += more
            continue
        column, current = _go_to(at, column, current, above, waiting, in_list=in_list)
        key, value = _split(text[2:] if in_list else text)
        waiting = None
        if in_list:
            if key is None:
                current.append(_read(value))
                open_text = len(current) - 1 if _may_go_on(value) else None
                continue
            below: dict[str, Any] = {}
            current.append(below)
            above.append((column, current))
            column, current = column + 2, below
        elif key is None or key in current:
            raise _RemarkableError
        if value:
            current[key] = _read(value)
            open_text = key if _may_go_on(value) else None
        else:
            waiting = key
    if waiting is not None or not root:
        raise _RemarkableError
    return root


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


def _split(text: str) -> tuple[str | None, str]:
    """Return the key of a line, None without one, and its value, empty where that stands below."""
    key, colon, value = text.partition(": ")
    if not colon:
        if not text.endswith(":"):
            return None, text
        key = text[:-1]
    if not _is_key(key) or (colon and not value):
        raise _RemarkableError
    return key, value


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


def _may_go_on(value: str) -> bool:
    return is_long_text(value) and value[0].isalnum()


def _read(value: str) -> Any:
    if _is_plain(value):
        return value if is_long_text(value) else _read_short(value)
    begin, inner, end = value[:1], value[1:-1], value[1:][-1:]
    if begin == "[" and end == "]":
        return list(map(_read_item, inner.split(", "))) if inner else []
    if begin in ("'", '"') and begin == end and begin not in inner and "\\" not in inner:
        return inner
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
