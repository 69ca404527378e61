"""YAML as the newsroom writes it: strict, bounded, with positions, and every trap named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from guongsang.problems.problem import Problem, problem
from guongsang.yamlfile.events import MAX_PROBLEMS, EventFolder, TooMuchError
from guongsang.yamlfile.explain import explain_error, set_aside
from guongsang.yamlfile.plain import fold_plain
from guongsang.yamlfile.positions import Positions
from guongsang.yamlfile.scalars import UNPRINTABLE

_MAX_REPAIRS = 20


@dataclass(frozen=True, slots=True)
class YamlText:
    """What a YAML text says: `data` (None where nothing could be read) and what is wrong."""

    data: Any
    problems: list[Problem]


def parse_yaml(text: str, path: str, *, first_line: int = 1) -> YamlText:
    """Parse one YAML document; all traps of the text are reported in one run.

    `first_line` is the file's line on which `text` begins. A line that cannot be read is set aside
    and the rest is read again, so one mistake does not hide the next.
    """
    plain = fold_plain(text)
    if plain is not None:
        return YamlText(plain, [])
    problems = _find_unprintable(text, path, first_line)
    folder, found = _read_mended(text, path, first_line)
    return YamlText(folder.root, sorted({*problems, *found}))


def locate(text: str, *, first_line: int = 1) -> Positions:
    """Return the positions of all keys and values; what cannot be parsed has none."""
    positions = Positions()
    _read_mended(text, "", first_line, positions)
    return positions


def _find_unprintable(text: str, path: str, first_line: int) -> list[Problem]:
    """Return a problem for the first invisible character of each line."""
    found: list[Problem] = []
    if UNPRINTABLE.search(text) is None:
        return found
    for number, line in enumerate(text.split("\n"), start=first_line):
        match = UNPRINTABLE.search(line)
        if match and len(found) < MAX_PROBLEMS:
            code = f"U+{ord(match.group()):04X}"
            found.append(problem("GS124", path, number, match.start() + 1, code=code))
    return found


def _read_mended(
    text: str, path: str, first_line: int, positions: Positions | None = None
) -> tuple[EventFolder, list[Problem]]:
    """Read with each line that cannot be read set aside; `root` is None if that did not help."""
    lines = UNPRINTABLE.sub(" ", text).split("\n")
    problems: list[Problem] = []
    folder = EventFolder(path, first_line, positions)
    for _ in range(_MAX_REPAIRS):
        folder = EventFolder(path, first_line, positions)
        try:
            folder.read("\n".join(lines))
        except TooMuchError as error:
            problems.append(error.problem)
        except yaml.YAMLError as error:
            found, row = explain_error(error, lines, path, first_line)
            if all(found.line != each.line for each in problems):
                problems.append(found)
            if set_aside(lines, row):
                continue
        else:
            return folder, [*problems, *folder.problems]
        break
    folder.root = None
    return folder, [*problems, *folder.problems]
