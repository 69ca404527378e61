"""YAML as the newsroom writes it: strict, bounded, with positions, and every trap named.

The parser's events are folded into plain values without recursion, so that neither deep nesting nor
exploding aliases can take the build down. Scalars follow the YAML 1.2 core schema, minus its
surprises: what YAML 1.1 readers would understand differently is a problem, never a silent guess.
Dates stay text; the schema of each file says what they mean.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from guongsang.problems.problem import Problem, problem

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_PROBLEMS = 200  # of one file: a damaged one must not drown the others
_MAX_REPAIRS = 20

FieldPath = tuple[str | int, ...]

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEAN = {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
# Longer than any null or boolean, a scalar is plain text unless it starts like a number or a day.
_LONGEST_WORD = 5
_NUMERIC = frozenset("+-0123456789")
_TRAP_BOOLEAN = re.compile(r"yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF")
_TRAP_CLOCK = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_TRAP_OCTAL = re.compile(r"[-+]?0[0-9][0-9_]*")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]{1,2})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt ].*)?")
# Also U+0085, U+2028 and U+2029, which some YAML parsers take for line ends and some do not.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BRACKET = re.compile(r"[\[{]")
_FLOW_KEY = re.compile(r"(?<=[{,])\s*([^\s,{}\[\]:]+):\s+([^,{}\[\]]+)")
_TAB_INDENT = re.compile(r" *\t")
_OPENER = re.compile(r"(?<=[:-] )[@`%*&!|>?]|^[@`%*&!|>?]")
# Words that folding could set alone on a line, where they would look like a fence.
_FENCE_LIKE = re.compile(r"[-—–‒+=]{1,}")
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
    plain = _fold_plain(text)
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


def is_plain_text(text: str) -> bool:
    """Return whether `text` without quotes is read as text, and by no tool as anything else."""
    return _read_core(text) is text and not any(trap(text) for _, trap in _TRAPS)


def _find_unprintable(text: str, path: str, first_line: int) -> list[Problem]:
    """Return a problem for the first invisible character of each line."""
    found: list[Problem] = []
    if _UNPRINTABLE.search(text) is None:
        return found
    for number, line in enumerate(text.split("\n"), start=first_line):
        match = _UNPRINTABLE.search(line)
        if match and len(found) < MAX_PROBLEMS:
            code = f"U+{ord(match.group()):04X}"
            found.append(problem("GS124", path, number, match.start() + 1, code=code))
    return found


def _read_mended(
    text: str, path: str, first_line: int, positions: Positions | None = None
) -> tuple[_Folder, list[Problem]]:
    """Read with each line that cannot be read set aside; `root` is None if that did not help."""
    lines = _UNPRINTABLE.sub(" ", text).split("\n")
    problems: list[Problem] = []
    folder = _Folder(path, first_line, positions)
    for _ in range(_MAX_REPAIRS):
        folder = _Folder(path, first_line, positions)
        try:
            folder.read("\n".join(lines))
        except _TooMuchError as error:
            problems.append(error.problem)
        except yaml.YAMLError as error:
            found, row = _explain(error, lines, path, first_line)
            if all(found.line != each.line for each in problems):
                problems.append(found)
            if _set_aside(lines, row):
                continue
        else:
            return folder, [*problems, *folder.problems]
        break
    folder.root = None
    return folder, [*problems, *folder.problems]


_FRAME = frozenset(
    (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
)
_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))


class _RemarkableError(Exception):
    """A text holds something that only a closer look can judge."""


def _fold_plain(text: str) -> dict[str, Any] | None:
    """Return a mapping without anything remarkable, as nearly all are, in half the time.

    None where `_Folder` must look: it would read the same, and knows what is wrong and where.
    """
    # Each value takes a character or more.
    if len(text) >= MAX_NODES or _UNPRINTABLE.search(text):
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
        if kind is yaml.ScalarEvent:
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
        if kind is not yaml.ScalarEvent:
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
    if event.anchor or event.tag or (event.style == '"' and _UNPRINTABLE.search(text)):
        raise _RemarkableError
    if not event.implicit[0] or _is_long_text(text):
        return text
    return _read_short(text)


@lru_cache(maxsize=4096)
def _read_short(text: str) -> str | int | float | bool | None:
    """Return what a word or a number means; most stand in many stories."""
    value = _read_core(text)
    if not text or (value is text and any(trap(text) for _, trap in _TRAPS)):
        raise _RemarkableError
    return value


def _is_long_text(text: str) -> bool:
    """Return whether a scalar is text at the first look: neither a word nor a number."""
    return len(text) > _LONGEST_WORD and text[0] not in _NUMERIC


def _read_core(text: str) -> str | int | float | bool | None:
    """Return what the YAML 1.2 core schema reads in a scalar without quotes."""
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


class _TooMuchError(Exception):
    def __init__(self, found: Problem) -> None:
        self.problem = found
        super().__init__(found.rule)


@dataclass(slots=True)
class _Frame:
    """One open collection: the value being filled, its path, and the key that waits for a value.

    `keys` has the event of each key, so that only a second one costs a look at where it stood.
    """

    value: dict[str, Any] | list[Any]
    path: FieldPath
    flow: bool
    key: str | None = None
    key_event: Any = None
    keys: dict[str, Any] = field(default_factory=dict)


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
        event: Any
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
        if event.anchor is not None or event.tag is not None:
            self._check_properties(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._open_key(frame, event)
            return
        if frame is not None and frame.flow and frame.key and _is_absent(event):
            self._report("GS118", frame.key_event, text=frame.key)
        self._add(self._read_scalar(event), event)

    def _open_key(self, frame: _Frame, event: Any) -> None:
        key = self._read_text(event)
        first = frame.keys.setdefault(key, event)
        if first is not event:
            self._report("GS111", event, key=key, first=self._mark(first).line)
        frame.key, frame.key_event = key, event
        if self.positions is not None:
            self.positions.keys.setdefault((*frame.path, key), self._mark(event))

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
        if event.tag is not None:
            self._report("GS120", event, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _read_scalar(self, event: Any) -> str | int | float | bool | None:
        text = self._read_text(event)
        if not event.implicit[0] or _is_long_text(text):
            return text
        value = _read_core(text)
        for rule, trap in _TRAPS if value is text else ():
            if trap(text):
                self._report(rule, event, value=text)
        return value

    def _read_text(self, event: Any) -> str:
        """Return the scalar's text; an escape must not bring in what may not stand in the file."""
        text: str = event.value
        if event.style != '"' or _UNPRINTABLE.search(text) is None:
            return text  # the file itself holds no such character any more
        self._report("GS130", event)
        return _UNPRINTABLE.sub(" ", text)

    def _report(self, rule: str, event: Any, **args: str | int) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(self._problem(rule, event, **args))

    def _problem(self, rule: str, event: Any, **args: str | int) -> Problem:
        mark = self._mark(event)
        shown: dict[str, Any] = {**args}
        return problem(rule, self.path, mark.line, mark.column, **shown)

    def _mark(self, event: Any) -> Mark:
        start = event.start_mark
        return Mark(start.line + self.offset, start.column + 1)


def _is_absent(event: Any) -> bool:
    return bool(event.value == "" and event.start_mark.index == event.end_mark.index)


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
) -> tuple[Problem, int]:
    """Turn the parser's complaint into a rule of ours; also the row (0-based) to set aside."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return problem("GS122", path, first_line, 1, detail=str(error)), 0
    said = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    row, column = min(mark.line, len(lines) - 1), mark.column
    rule, args = _recognise(said, context, lines[row], column)
    if rule in ("GS128", "GS129", "GS131"):
        start = getattr(error, "context_mark", None) or mark
        row, column = min(start.line, len(lines) - 1), start.column
        if rule == "GS131" and not lines[row].strip():
            # The parser has reached the end: the bracket was opened on some line above.
            row = next((n for n in range(row, -1, -1) if _BRACKET.search(lines[n])), row)
            column = max(lines[row].rfind("["), lines[row].rfind("{"), 0)
        args = {"text": lines[row].strip()[:60]}
    above = lines[row - 1] if row else ""
    if "mapping values" in said and lines[row][:1].strip() and above.strip() and rule == "GS127":
        # The line above was taken for the beginning of this one: it is the one without a colon.
        row, column = row - 1, len(above) - len(above.lstrip())
        rule, args = "GS128", {"text": above.strip()[:60]}
    return problem(rule, path, row + first_line, column + 1, **args), row


def _recognise(said: str, context: str, line: str, column: int) -> tuple[str, dict[str, Any]]:
    shown = {"text": line.strip()[:60]}
    here = line[column : column + 1]
    rule, args = "GS122", {"detail": " ".join(part for part in (context, said) if part)}
    if "tab character" in said or here == "\t" or _TAB_INDENT.match(line):
        rule, args = "GS112", {}
    elif "mapping values are not allowed" in said:
        match = _KEY_LINE.match(line)
        rule, args = "GS127", shown
        if match is not None and match.end(1) <= column:
            value = match[2].replace('"', "'")
            rule, args = "GS113", {"key": match[1].strip(" :-"), "value": value}
    elif "quoted scalar" in context:
        rule, args = ("GS130" if "escape" in said else "GS129"), {}
    elif "tag handle" in said or "a tag" in context:
        rule, args = "GS120", {"tag": line[column:].partition(" ")[0][:60]}
    elif "flow" in context:
        rule, args = _recognise_in_flow(line, column)
    elif "expected ':'" in said:
        rule, args = "GS128", {}
    elif "block mapping" in context or "block collection" in context:
        closed_early = line[:column].rstrip().endswith(("'", '"'))
        rule, args = ("GS126" if closed_early else "GS127"), shown
        if here in ("]", "}"):
            rule, args = "GS131", {}
    elif "node content" in said or "entries are not allowed" in said:
        rule, args = "GS114", {"character": here or "?"}
    elif "token" in said or "scanning a" in context or "mapping keys" in said:
        opener = _OPENER.search(line[: column + 1])
        rule, args = "GS114", {"character": opener[0] if opener else here or "?"}
    return rule, args


def _recognise_in_flow(line: str, column: int) -> tuple[str, dict[str, Any]]:
    for match in _FLOW_KEY.finditer(line) if line[column : column + 1] == ":" else ():
        if match.start(2) <= column < match.end(2):
            return "GS113", {"key": match[1], "value": match[2].replace('"', "'")}
    return "GS131", {}


def _set_aside(lines: list[str], row: int) -> bool:
    """Make the offending line harmless so that the rest can be read; False if that cannot help."""
    line = lines[row]
    match = _KEY_LINE.match(line.replace("\t", "  "))
    for mended in ([f"{match.group(1)} ''"] if match else []) + ["#"]:
        if mended != line:
            lines[row] = mended
            return True
    return False


class StrictDumper(yaml.SafeDumper):
    """Writes what `parse_yaml` reads back: quotes what it would not take for text, and fences."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the reader refuses aliases
        return True

    def represent_str(self, text: str) -> yaml.ScalarNode:
        fence_like = any(_FENCE_LIKE.fullmatch(word) for word in text.split())
        risky = fence_like or any(mark in text for mark in ("\n", "...", "---"))
        return self.represent_scalar(
            "tag:yaml.org,2002:str", text, style='"' if risky or not is_plain_text(text) else None
        )


StrictDumper.add_representer(str, StrictDumper.represent_str)
