"""Load the registers from disk: every file checked, every problem with its line."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from guongsang.problems.problem import Problem, problem
from guongsang.registers.model import (
    Abbreviation,
    Author,
    AwardKind,
    Heading,
    Honoree,
    Newsroom,
    Place,
    Registers,
    Series,
)
from guongsang.registers.paths import (
    FOLDER,
    HONOREES,
    NEWSROOM,
    OPTIONAL,
    TABLE_NAMES,
    WAYS,
    find_honorees,
    find_links,
)
from guongsang.stories.read import merge_problems
from guongsang.stories.schema import is_key, show, suggest_key, validate
from guongsang.stories.source import MAX_BYTES, read_text
from guongsang.yamlfile.parse import locate, parse_yaml
from guongsang.yamlfile.positions import Mark, Positions

TABLES: Mapping[str, type[BaseModel]] = dict(
    zip(
        TABLE_NAMES,
        (Heading, Heading, Heading, Place, AwardKind, Author, Series, Abbreviation),
        strict=True,
    )
)

# Their keys are words as they are typed; those of the others stand in addresses.
FREE_KEYED: Final = ("abbreviations",)

# By table, the honorees too.
MODELS: Mapping[str, type[BaseModel]] = {**TABLES, "honorees": Honoree}

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RegistersReading:
    """The registers, as far as they could be read, and what is wrong with them.

    `registers` is None only when newsroom.yml itself cannot be used.
    """

    registers: Registers | None
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file gave: its good records by key, what is wrong, what records were validated from.

    A file that is one record has it under its own name.
    """

    records: Mapping[str, BaseModel]
    problems: Sequence[Problem]
    plain: Mapping[str, Any] = field(default_factory=dict)


def load_registers(
    root: Path, read: Callable[[str], FileReading] | None = None
) -> RegistersReading:
    """Load all registers below `root`; a record that is wrong is left out and reported.

    `read` reads one file; by default from disk. It is not asked for what must not be read, see
    `find_links`.
    """
    read = read or partial(read_register, root)
    problems = find_links(root)
    closed = {found.path for found in problems if found.is_error}
    if not closed.isdisjoint(WAYS):
        return RegistersReading(None, problems)
    if closed:
        read = partial(_read_open, closed, read)
    newsroom = read(NEWSROOM)
    problems += newsroom.problems
    tables: dict[str, Mapping[str, Any]] = {}
    for name in TABLES:
        reading = read(f"{FOLDER}/{name}.yml")
        problems += reading.problems
        tables[name] = reading.records
    found: dict[str, Mapping[str, BaseModel]] = {}
    for path, key in find_honorees(root):
        if not is_key(key):
            problems.append(bad_honoree_key(path, key))
            continue
        reading = read(path)
        problems += reading.problems
        if key in reading.records:
            found[key] = reading.records
    if "newsroom" not in newsroom.records:
        return RegistersReading(None, problems)
    registers = Registers(newsroom.records["newsroom"], honorees=_Joined(found), **tables)  # type: ignore[arg-type]
    return RegistersReading(registers, problems)


def _read_open(
    closed: Container[str], read: Callable[[str], FileReading], path: str
) -> FileReading:
    return FileReading({}, ()) if path in closed else read(path)


def read_register(root: Path, path: str) -> FileReading:
    """Read one file; `path` is relative to the root."""
    return parse_register(read_register_text(root, path), path)


def parse_register(text: str | Problem, path: str) -> FileReading:
    """Make records of a file's text; pure."""
    name = path.rpartition("/")[2].removesuffix(".yml")
    problems: list[Problem] = []
    data = _parse_mapping(text, path, problems)
    if data is None or isinstance(text, Problem):
        return FileReading({}, problems)
    if path.startswith(f"{HONOREES}/") or path == NEWSROOM:
        model: type[BaseModel] = Newsroom if path == NEWSROOM else Honoree
        record = _load_record(text, data, path, model, problems)
        return FileReading({} if record is None else {name: record}, problems, {name: data})
    return FileReading(_load_table(text, data, path, name, problems), problems, data)


class _Joined(Mapping[str, Any]):
    """Many files as one table, each asked for its record only when that is looked up."""

    def __init__(self, files: Mapping[str, Mapping[str, BaseModel]]) -> None:
        self._files = files

    def __getitem__(self, key: str) -> Any:
        return self._files[key][key]

    def __contains__(self, key: object) -> bool:
        return key in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def locate_register(root: Path, path: str) -> Positions:
    """Return the positions in a register's file, read anew: only problems need them."""
    text = read_register_text(root, path)
    return Positions() if isinstance(text, Problem) else locate(text)


def bad_honoree_key(path: str, key: str) -> Problem:
    """Return what is wrong with the name of an honoree's file that can be no key."""
    return _bad_key(path, Mark(1, 1), "honorees", key)


def _bad_key(path: str, mark: Mark, where: str, key: str) -> Problem:
    return problem("GS211", path, *mark, key=where, value=key[:90], suggestion=suggest_key(key))


def _load_record(
    text: str, data: dict[str, Any], path: str, model: type[M], problems: list[Problem]
) -> M | None:
    record = validate(model, data, path, partial(locate, text))
    if isinstance(record, list):
        problems[:] = merge_problems(problems, record, text, 1)
        return None
    return record


def _load_table(
    text: str, data: dict[str, Any], path: str, name: str, problems: list[Problem]
) -> dict[str, BaseModel]:
    model = TABLES[name]
    table: dict[str, BaseModel] = {}
    wrong: list[Problem] = []
    places = cache(partial(locate, text))
    for key, value in data.items():
        mark = partial(_locate_key, places, key)
        if name not in FREE_KEYED and not is_key(key):
            wrong.append(_bad_key(path, mark(), path, key))
        elif not isinstance(value, dict):
            wrong.append(problem("GS205", path, *mark(), key=key, value=show(value)))
        else:
            record = validate(model, value, path, partial(_locate_below, places, key))
            if isinstance(record, list):
                wrong += record
            else:
                table[key] = record
    problems[:] = merge_problems(problems, wrong, text, 1)
    return table


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


def read_register_text(root: Path, path: str) -> str | Problem:
    """Read a register's file; `path` is relative to the root. One that may be missing is empty
    then."""
    abs_path = root / path
    if not abs_path.is_file():
        return "" if path in OPTIONAL else problem("GS311", path)
    return read_text(abs_path, path, most=8 * MAX_BYTES)
