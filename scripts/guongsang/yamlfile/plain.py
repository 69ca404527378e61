"""The quick way to read a document without anything remarkable, as nearly all are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

from guongsang.yamlfile.events import MAX_DEPTH, MAX_NODES
from guongsang.yamlfile.scalars import TRAPS, UNPRINTABLE, is_long_text, read_core

# A sign of a comment with something before it in its line.
_MAY_CUT = re.compile(r"(?<=\S)[ \t]+#")
_FRAME = frozenset(
    (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
)
_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
_SCALAR = yaml.ScalarEvent


class _RemarkableError(Exception):
    """A text holds something that only a closer look can judge."""


def fold_plain(text: str) -> dict[str, Any] | None:
    """Return a mapping without anything remarkable, as nearly all are, in half the time.

    None where `EventFolder` must look: it would read the same, and knows what is wrong and where.
    """
    # Each value takes a character or more.
    if len(text) >= MAX_NODES or UNPRINTABLE.search(text):
        return None
    if "#" in text and _MAY_CUT.search(text):
        return None
    try:
        return _fold_events(iter(yaml.CSafeLoader(text).get_event, None))
    except (_RemarkableError, yaml.YAMLError):
        return None


def _fold_events(events: Iterator[Any]) -> dict[str, Any] | None:
    above: list[Any] = []
    root: Any = None
    current: Any = None  # the collection that is being filled
    key: str | None = None  # waits for its value
    for event in events:
        kind = type(event)
        if kind is _SCALAR:
            if key is None and type(current) is dict:
                key = _read_new_key(event, current)
                continue
            value = _read_unremarkable(event)
        elif kind in _ENDS:
            current = above.pop()
            continue
        elif kind in _FRAME:
            continue
        else:
            value = _open_unremarkable(event, len(above))
        if key is not None:
            current[key], key = value, None
        elif type(current) is list:
            current.append(value)
        elif root is None and type(value) is dict:
            root = value
        else:
            raise _RemarkableError
        if kind is not _SCALAR:
            above.append(current)
            current = value
    return root if isinstance(root, dict) else None


def _open_unremarkable(event: Any, depth: int) -> dict[str, Any] | list[Any]:
    if event.anchor or event.tag or depth >= MAX_DEPTH:  # an alias has its anchor's name
        raise _RemarkableError
    return {} if type(event) is yaml.MappingStartEvent else []


def _read_new_key(event: Any, known: dict[str, Any]) -> str:
    text: str = event.value
    if event.anchor or event.tag or event.style == '"' or text in known:
        raise _RemarkableError
    return text


def _read_unremarkable(event: Any) -> Any:
    text: str = event.value
    if event.anchor or event.tag or (event.style == '"' and UNPRINTABLE.search(text)):
        raise _RemarkableError
    if not event.implicit[0] or is_long_text(text):
        return text
    return _read_short(text)


@lru_cache(maxsize=4096)
def _read_short(text: str) -> str | int | float | bool | None:
    """Return what a word or a number means; most stand in many stories."""
    value = read_core(text)
    if not text or (value is text and any(trap(text) for _, trap in TRAPS)):
        raise _RemarkableError
    return value
