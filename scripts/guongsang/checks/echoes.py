"""What rules say of a story only because a part of it could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from guongsang.problems.problem import Problem
from guongsang.stories.read import StoryReading
from guongsang.yamlfile.positions import Positions

# Rules that compare with another part of the story, by the part.
_ECHOES: Final[Mapping[str, tuple[str, ...]]] = {
    "cover": ("GS409", "GS425", "GS413", "GS414"),
    "photos": ("GS409", "GS425", "GS413", "GS414"),
    "attachments": ("GS409",),
    "audio": ("GS409",),
    "films": ("GS409",),
    "honorees": ("GS306", "GS307"),
}


def drop_echoes(
    reading: StoryReading, found: list[Problem], locate: Callable[[], Positions]
) -> list[Problem]:
    """Drop what only follows from a part that could not be read, and has been reported."""
    silent = {each.line for each in reading.problems if each.line > 1}
    positions = locate()
    silent |= _lines_of(positions, reading.replaced)
    # A problem of a key that is not there is placed where the front matter begins.
    start = positions.of_value(())
    changed = reading.reduced | reading.replaced
    muted = {rule for key in changed for rule in _ECHOES.get(key, ())}
    return [
        each
        for each in found
        if each.line not in silent
        and each.rule not in muted
        and (start is None or (each.line, each.column) != (start.line, start.column))
    ]


def _lines_of(positions: Positions, keys: frozenset[str]) -> set[int]:
    """Return the lines that top-level keys take up, each to the line before the next key."""
    starts = {str(path[0]): mark.line for path, mark in positions.keys.items() if len(path) == 1}
    lines: set[int] = set()
    for key in keys & starts.keys():
        later = [line for line in starts.values() if line > starts[key]]
        lines |= set(range(starts[key], min(later) if later else starts[key] + 1))
    return lines
