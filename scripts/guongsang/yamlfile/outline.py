"""Which lines of a document each of its top-level keys takes up, and the comments among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from guongsang.yamlfile.positions import Mark

_SIGN = re.compile(r"(?:^|(?<=[ \t]))#")


@dataclass(frozen=True, slots=True)
class KeyLines:
    """A key at the left margin, with its first and last line, 0-based, and its comments.

    Blank lines and comments behind its value are not its own.
    """

    key: str
    first: int
    last: int
    comments: tuple[str, ...]


def outline(text: str) -> list[KeyLines] | None:
    """Return the keys of a mapping in block style, in the order of the text.

    None of anything else: braces, one key twice, what cannot be parsed.
    """
    try:
        events: list[Any] = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return None
    starts = _find_keys(events)
    if starts is None or len({key for key, _ in starts}) < len(starts):
        return None
    lines = text.split("\n")
    spans = _list_spans(events)
    found = []
    for (key, first), (_, after) in zip(starts, [*starts[1:], ("", len(lines))], strict=True):
        own = [span for span in spans if first <= span[0].line < after]
        last = max(end.line for _, end in own)
        while last > first and not lines[last].strip():
            last -= 1
        comments = tuple(_list_comments(lines, first, last, own))
        found.append(KeyLines(key, first, last, comments))
    return found


def _find_keys(events: list[Any]) -> list[tuple[str, int]] | None:
    """Return the keys of the outermost mapping with their lines."""
    depth, is_key = 0, True
    found: list[tuple[str, int]] = []
    for event in events:
        kind = type(event)
        if kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            if depth == 0 and (kind is not yaml.MappingStartEvent or event.flow_style):
                return None
            if depth == 1 and is_key:
                return None
            depth += 1
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            depth -= 1
            is_key = is_key or depth == 1
        elif kind in (yaml.ScalarEvent, yaml.AliasEvent) and depth == 1:
            if is_key:
                if kind is yaml.AliasEvent or event.start_mark.column:
                    return None
                found.append((event.value, event.start_mark.line))
            is_key = not is_key
    return found or None


def _list_spans(events: list[Any]) -> list[tuple[Mark, Mark]]:
    """Return where signs that are no comments stand: scalars and brackets, 0-based."""
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    starts = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
    spans = []
    for event in events:
        first, last = event.start_mark, event.end_mark
        is_sign = first.index < last.index
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent) or (
            isinstance(event, (*starts, *ends)) and is_sign
        ):
            line, column = last.line, last.column
            if is_sign and column == 0 and line > first.line:
                line, column = line - 1, 1 << 30  # up to the line's end, that one included
            spans.append((Mark(first.line, first.column), Mark(line, column)))
    return spans


def _list_comments(
    lines: list[str], first: int, last: int, spans: list[tuple[Mark, Mark]]
) -> list[str]:
    heads = {start.line: start.column for start, end in spans if end.line > start.line}
    found = []
    for number in range(first, last + 1):
        line = lines[number]
        for sign in _SIGN.finditer(line):
            at = Mark(number, sign.start())
            inside = any(start <= at < end for start, end in spans)
            if inside and not _is_header(line, heads.get(number), at.column):
                continue
            found.append(line[at.column :].rstrip())
            break
    return found


def _is_header(line: str, start: int | None, column: int) -> bool:
    """Return whether a sign stands behind the | or > that begins a text of several lines."""
    return start is not None and bool(re.fullmatch(r"[|>][-+0-9]*[ \t]+", line[start:column]))
