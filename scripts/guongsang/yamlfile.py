"""YAML as the newsroom writes it: strict, bounded, with positions, and every trap named.

The parser's events are folded into plain values without recursion, so that neither deep nesting nor
exploding aliases can take the build down. Scalars follow the YAML 1.2 core schema, minus its
surprises: what YAML 1.1 readers would understand differently is a problem, never a silent guess.
Dates stay text; the schema of each file says what they mean.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from guongsang.problems.problem import Problem, problem

MAX_DEPTH = 20
MAX_NODES = 50_000
_MAX_REPAIRS = 20

FieldPath = tuple[str | int, ...]

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_TRAP_BOOLEAN = re.compile(r"yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF")
_TRAP_CLOCK = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_TRAP_OCTAL = re.compile(r"[-+]?0[0-9][0-9_]*")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt ].*)?")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEY_LINE = re.compile(r"(\s*(?:- +)*(?:[^\s:#'\"\[{][^:#]*?)?:)\s+(\S.*)")


class Mark(NamedTuple):
    """A 1-based line and a 1-based column in code points."""

    line: int
    column: int


@dataclass(slots=True)
class Positions:
    """Where each key and each value of a document stands, by path of keys and indexes."""

    keys: dict[FieldPath, Mark] = field(default_factory=dict)
    values: dict[FieldPath, Mark] = field(default_factory=dict)

    def of_key(self, path: FieldPath) -> Mark | None:
        return self.keys.get(path) or self.values.get(path)

    def of_value(self, path: FieldPath) -> Mark | None:
        """Return the value's place, or that of the nearest ancestor that is written down."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path)


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
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        line, column = _line_and_column(text, unprintable.start())
        code = f"U+{ord(unprintable.group()):04X}"
        found = problem("GS124", path, line + first_line - 1, column, code=code)
        return YamlText(None, [found])
    lines = text.split("\n")
    problems: list[Problem] = []
    for _ in range(_MAX_REPAIRS):
        folder = _Folder(path, first_line)
        try:
            folder.read("\n".join(lines))
        except _TooMuchError as error:
            return YamlText(None, [*problems, error.problem])
        except yaml.YAMLError as error:
            found, row = _explain(error, lines, path, first_line)
            problems.append(found)
            if row is None or not _set_aside(lines, row):
                return YamlText(None, problems)
        else:
            return YamlText(folder.root, sorted({*problems, *folder.problems}))
    return YamlText(None, problems)


def locate(text: str, *, first_line: int = 1) -> Positions:
    """Return the positions of all keys and values; what cannot be parsed has none."""
    folder = _Folder("", first_line, positions=Positions())
    try:
        folder.read(text)
    except (yaml.YAMLError, _TooMuchError):
        pass  # parse_yaml has already said so; the positions read until here still serve
    assert folder.positions is not None
    return folder.positions


class _TooMuchError(Exception):
    def __init__(self, found: Problem) -> None:
        self.problem = found
        super().__init__(found.rule)


@dataclass(slots=True)
class _Frame:
    """One open collection: the value being filled, its path, and the key that waits for a value."""

    value: dict[str, Any] | list[Any]
    path: FieldPath
    flow: bool
    key: str | None = None
    key_lines: dict[str, int] = field(default_factory=dict)


class _Folder:
    """Folds parser events into dicts, lists and scalars."""

    def __init__(self, path: str, first_line: int, positions: Positions | None = None) -> None:
        self.path = path
        self.offset = first_line
        self.positions = positions
        self.problems: list[Problem] = []
        self.root: Any = None
        self.stack: list[_Frame] = []
        self.nodes = 0
        self.documents = 0

    def read(self, text: str) -> None:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._add_scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open({}, event)
            elif kind is yaml.SequenceStartEvent:
                self._open([], event)
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                self.stack.pop()
            elif kind is yaml.AliasEvent:
                self._report("GS119", event, name=event.anchor)
                self._add(None, event)
            elif kind is yaml.DocumentStartEvent:
                self.documents += 1
                if self.documents > 1:
                    self._report("GS108", event)
                    return

    def _open(self, value: dict[str, Any] | list[Any], event: Any) -> None:
        self._check_properties(event)
        path = self._add(value, event)
        if len(self.stack) >= MAX_DEPTH:
            raise _TooMuchError(self._problem("GS121", event))
        self.stack.append(_Frame(value, path, event.flow_style))

    def _add_scalar(self, event: Any) -> None:
        self._check_properties(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._open_key(frame, event)
            return
        if frame is not None and frame.flow and frame.key is not None and _is_absent(event):
            self._report("GS118", event, text=frame.key)
        self._add(self._read_scalar(event), event)

    def _open_key(self, frame: _Frame, event: Any) -> None:
        mark = self._mark(event)
        key = event.value
        if key in frame.key_lines:
            self._report("GS111", event, key=key, first=frame.key_lines[key])
        frame.key_lines.setdefault(key, mark.line)
        frame.key = key
        if self.positions is not None:
            self.positions.keys.setdefault((*frame.path, key), mark)

    def _add(self, value: Any, event: Any) -> FieldPath:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _TooMuchError(self._problem("GS121", event))
        if not self.stack:
            path: FieldPath = ()
            self.root = value
        else:
            path = self._attach(self.stack[-1], value, event)
        if self.positions is not None:
            self.positions.values.setdefault(path, self._mark(event))
        return path

    def _attach(self, frame: _Frame, value: Any, event: Any) -> FieldPath:
        if isinstance(frame.value, list):
            frame.value.append(value)
            return (*frame.path, len(frame.value) - 1)
        if frame.key is None:
            self._report("GS125", event)
            frame.key = ""
            return frame.path
        key, frame.key = frame.key, None
        frame.value.setdefault(key, value)
        return (*frame.path, key)

    def _check_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._report("GS119", event, name=event.anchor)
        if event.tag is not None and event.tag != "!":
            self._report("GS120", event, tag=event.tag)

    def _read_scalar(self, event: Any) -> str | int | float | bool | None:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _NULL:
            return None
        if text in _BOOLEAN:
            return _BOOLEAN[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        for rule, trap in _TRAPS:
            if trap(text):
                self._report(rule, event, value=text)
        return text

    def _report(self, rule: str, event: Any, **args: object) -> None:
        self.problems.append(self._problem(rule, event, **args))

    def _problem(self, rule: str, event: Any, **args: object) -> Problem:
        mark = self._mark(event)
        return problem(rule, self.path, mark.line, mark.column, **args)

    def _mark(self, event: Any) -> Mark:
        start = event.start_mark
        return Mark(start.line + self.offset, start.column + 1)


def _is_absent(event: Any) -> bool:
    return event.value == "" and event.start_mark.index == event.end_mark.index


def _is_impossible_day(text: str) -> bool:
    match = _DAY.fullmatch(text)
    if not match:
        return False
    try:
        dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return True
    return False


_TRAPS = (
    ("GS115", _TRAP_BOOLEAN.fullmatch),
    ("GS116", _TRAP_CLOCK.fullmatch),
    ("GS117", _TRAP_OCTAL.fullmatch),
    ("GS123", _is_impossible_day),
)


def _explain(
    error: yaml.YAMLError, lines: list[str], path: str, first_line: int
) -> tuple[Problem, int | None]:
    """Turn the parser's complaint into a rule of ours; also the row (0-based) to set aside."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return problem("GS122", path, first_line, 1, detail=str(error)), None
    said = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    row, column = min(mark.line, len(lines) - 1), mark.column
    rule, args = _recognise(said, context, lines[row], column)
    if rule in ("GS128", "GS129", "GS131"):
        start = getattr(error, "context_mark", None) or mark
        row, column = min(start.line, len(lines) - 1), start.column
        args = {"text": lines[row].strip()[:60]}
    found = problem(rule, path, row + first_line, column + 1, **args)
    return found, row if rule not in ("GS122", "GS127", "GS129", "GS131") else None


def _recognise(said: str, context: str, line: str, column: int) -> tuple[str, dict[str, str]]:
    shown = {"text": line.strip()[:60]}
    if "\t" in line[: column + 1]:
        return "GS112", {}
    if "mapping values are not allowed" in said:
        match = _KEY_LINE.match(line)
        if match is None or match.end(1) > column:
            return "GS127", shown
        return "GS113", {"key": match[1].strip(" :"), "value": match[2].replace('"', "'")}
    if "quoted scalar" in context:
        return ("GS130", {}) if "escape" in said else ("GS129", {})
    if "flow" in context:
        return "GS131", {}
    if "expected ':'" in said:
        return "GS128", {}
    if "block mapping" in context or "block collection" in context:
        if line[column : column + 1] in ("]", "}"):
            return "GS131", {}
        closed_early = line[:column].rstrip().endswith(("'", '"'))
        return ("GS126", shown) if closed_early else ("GS127", shown)
    if "token" in said or "scanning a" in context or "mapping keys" in said:
        opener = re.search(r"(?<=[:-] )[@`%*&!|>?]|^[@`%*&!|>?]", line[: column + 1])
        return "GS114", {"character": opener[0] if opener else line[column : column + 1] or "?"}
    return "GS122", {"detail": " ".join(part for part in (context, said) if part)}


def _set_aside(lines: list[str], row: int) -> bool:
    """Make the offending line harmless so that the rest can be read; False if that cannot help."""
    line = lines[row]
    match = _KEY_LINE.match(line.replace("\t", "  "))
    mended = f"{match.group(1)} ''" if match else "#"
    if mended == line:
        return False
    lines[row] = mended
    return True


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
