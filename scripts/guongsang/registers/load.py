"""Load the registers from disk: every file checked, every problem with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from guongsang.problems.problem import Problem, problem
from guongsang.registers.model import (
    Author,
    AwardKind,
    Heading,
    Honoree,
    Newsroom,
    Place,
    Registers,
    Series,
)
from guongsang.stories.read import merge_problems
from guongsang.stories.schema import is_key, show, suggest_key, validate
from guongsang.stories.source import MAX_BYTES, decode_text
from guongsang.yamlfile import Mark, Positions, locate, parse_yaml

FOLDER = "stories/registers"
HONOREES = f"{FOLDER}/honorees"
TABLES: Mapping[str, type[BaseModel]] = {
    "columns": Heading,
    "fields": Heading,
    "deeds": Heading,
    "places": Place,
    "awards": AwardKind,
    "authors": Author,
    "series": Series,
}

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RegistersReading:
    """The registers, as far as they could be read, and what is wrong with them.

    `registers` is None only when newsroom.yml itself cannot be used.
    """

    registers: Registers | None
    problems: list[Problem]


def load_registers(root: Path) -> RegistersReading:
    """Load all registers below `root`; a record that is wrong is left out and reported."""
    problems: list[Problem] = []
    newsroom = _load_record(root, f"{FOLDER}/newsroom.yml", Newsroom, problems)
    tables = {
        name: _load_table(root, f"{FOLDER}/{name}.yml", model, problems)
        for name, model in TABLES.items()
    }
    honorees = _load_honorees(root, problems)
    if newsroom is None:
        return RegistersReading(None, problems)
    return RegistersReading(
        Registers(newsroom=newsroom, honorees=honorees, **tables),  # type: ignore[arg-type]
        problems,
    )


def locate_register(root: Path, path: str) -> Positions:
    """Return the positions in a register's file, read anew: only problems need them."""
    text = _read_text(root, path)
    return Positions() if isinstance(text, Problem) else locate(text)


def _load_honorees(root: Path, problems: list[Problem]) -> dict[str, Honoree]:
    found: dict[str, Honoree] = {}
    folder = root / HONOREES
    for abs_path in sorted(folder.glob("*.yml")) if folder.is_dir() else []:
        path = abs_path.relative_to(root).as_posix()
        if not is_key(abs_path.stem):
            problems.append(_bad_key(path, Mark(1, 1), "honorees", abs_path.stem))
            continue
        honoree = _load_record(root, path, Honoree, problems)
        if honoree is not None:
            found[abs_path.stem] = honoree
    return found


def _bad_key(path: str, mark: Mark, where: str, key: str) -> Problem:
    return problem("GS211", path, *mark, key=where, value=key[:90], suggestion=suggest_key(key))


def _load_record(root: Path, path: str, model: type[M], problems: list[Problem]) -> M | None:
    text = _read_text(root, path)
    data = _parse_mapping(text, path, problems)
    if data is None or isinstance(text, Problem):
        return None
    record = validate(model, data, path, partial(locate, text))
    if isinstance(record, list):
        problems[:] = _merge(problems, record, text, path)
        return None
    return record


def _load_table(root: Path, path: str, model: type[M], problems: list[Problem]) -> dict[str, M]:
    text = _read_text(root, path)
    data = _parse_mapping(text, path, problems)
    if data is None or isinstance(text, Problem):
        return {}
    table: dict[str, M] = {}
    wrong: list[Problem] = []
    places = cache(partial(locate, text))
    for key, value in data.items():
        mark = partial(_locate_key, places, key)
        if not is_key(key):
            wrong.append(_bad_key(path, mark(), path, key))
        elif not isinstance(value, dict):
            wrong.append(problem("GS205", path, *mark(), key=key, value=show(value)))
        else:
            record = validate(model, value, path, partial(_locate_below, places, key))
            if isinstance(record, list):
                wrong += record
            else:
                table[key] = record
    problems[:] = _merge(problems, wrong, text, path)
    return table


def _merge(
    problems: list[Problem], of_fields: list[Problem], text: str, path: str
) -> list[Problem]:
    of_text = [found for found in problems if found.path == path]
    others = [found for found in problems if found.path != path]
    return others + merge_problems(of_text, of_fields, text, 1)


def _locate_key(places: Callable[[], Positions], key: str) -> Mark:
    return places().of_key((key,)) or Mark(1, 1)


def _locate_below(places: Callable[[], Positions], key: str) -> Positions:
    """Return the positions of one record of a table as if the record were the document."""
    all_of = places()
    below = Positions()
    for theirs, ours in ((all_of.keys, below.keys), (all_of.values, below.values)):
        ours.update({path[1:]: mark for path, mark in theirs.items() if path[:1] == (key,)})
    return below


def _parse_mapping(
    text: str | Problem, path: str, problems: list[Problem]
) -> dict[str, Any] | None:
    if isinstance(text, Problem):
        problems.append(text)
        return None
    parsed = parse_yaml(text, path)
    problems.extend(parsed.problems)
    if parsed.data is None and not parsed.problems:
        return {}
    if not isinstance(parsed.data, dict):
        if not parsed.problems:
            problems.append(problem("GS110", path, found=str(parsed.data)[:40]))
        return None
    return parsed.data


def _read_text(root: Path, path: str) -> str | Problem:
    abs_path = root / path
    if not abs_path.is_file():
        return problem("GS311", path)
    if abs_path.stat().st_size > 8 * MAX_BYTES:
        return problem("GS103", path, size=">8 MB", limit="8 MB")
    return decode_text(abs_path.read_bytes(), path)
