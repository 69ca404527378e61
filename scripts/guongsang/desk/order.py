"""The keys of a file in the order of the schema: comments go with their key, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from guongsang.registers.describe import describe_record
from guongsang.yamlfile.parse import locate, parse_yaml


@cache
def keys_in_order(record: str) -> list[str]:
    """Return the keys of a record in the order of its schema."""
    return [field.key for field in describe_record(record)[0].fields]


def sort_keys(text: str, wanted: Sequence[str]) -> str:
    """Return a YAML mapping with its top-level keys as `wanted`, others behind; pure, idempotent.

    Lines are moved whole: a key takes along the comment right above it and all that is indented
    below it. Text that cannot be read, or would read differently, is returned as it is.
    """
    parsed = parse_yaml(text, "")
    if parsed.problems or not isinstance(parsed.data, dict):
        return text
    ranks = {key: rank for rank, key in enumerate(wanted)}
    given = list(parsed.data)
    if given == sorted(given, key=lambda key: ranks.get(key, len(ranks))):
        return text
    moved = _move_blocks(text, given, ranks)
    after = parse_yaml(moved, "")
    return text if after.problems or after.data != parsed.data else moved


def _move_blocks(text: str, keys: list[str], ranks: dict[str, int]) -> str:
    marks = locate(text).keys
    lines = text.split("\n")
    starts = [_start_of(lines, marks[(key,)].line - 1) for key in keys]
    if any(marks[(key,)].column != 1 for key in keys) or len(set(starts)) < len(starts):
        return text
    end = len(lines)
    while end > starts[-1] + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    blocks = [
        (key, lines[start:stop])
        for key, start, stop in zip(keys, starts, [*starts[1:], end], strict=True)
    ]
    blocks.sort(key=lambda block: ranks.get(block[0], len(ranks)))
    kept = [line for _, block in blocks for line in block]
    return "\n".join([*lines[: starts[0]], *kept, *lines[end:]])


def _start_of(lines: list[str], row: int) -> int:
    """Return the row of a key, or of the first of the comments right above it."""
    while row and lines[row - 1].startswith("#"):
        row -= 1
    return row
