"""The parser's events folded into plain values, with limits, positions and every trap named.

Without recursion, so that neither deep nesting nor exploding aliases can take the build down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from guongsang.problems.problem import Problem, problem
from guongsang.yamlfile.positions import FieldPath, Mark, Positions
from guongsang.yamlfile.scalars import TRAPS, UNPRINTABLE, cuts_text, is_long_text, read_core

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_PROBLEMS = 200  # of one file: a damaged one must not drown the others


class TooMuchError(Exception):
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


class EventFolder:
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
        self._lines: list[str] = []

    def read(self, text: str) -> None:
        self._lines = text.split("\n") if "#" in text else []
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
            raise TooMuchError(self._problem("GS121", event))
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
        if self._lines and not event.style:
            self._check_cut(event, frame.key if frame else None)
        self._add(self._read_scalar(event), event)

    def _check_cut(self, event: Any, key: str | None) -> None:
        """Report a value without quotes of which YAML drops what follows a space and a #."""
        end = event.end_mark
        line = self._lines[min(end.line, len(self._lines) - 1)]
        if cuts_text(line[end.column :]) and len(self.problems) < MAX_PROBLEMS:
            column = line.index("#", end.column)
            value = f"{event.value}{line[end.column :]}".strip().replace('"', "'")
            begin = f"{key}:" if key else "-"
            found = problem(
                *("GS136", self.path, end.line + self.offset, column + 1), key=begin, value=value
            )
            self.problems.append(found)

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
            raise TooMuchError(self._problem("GS121", event))
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
        if not event.implicit[0] or is_long_text(text):
            return text
        value = read_core(text)
        for rule, trap in TRAPS if value is text else ():
            if trap(text):
                self._report(rule, event, value=text)
        return value

    def _read_text(self, event: Any) -> str:
        """Return the scalar's text; an escape must not bring in what may not stand in the file."""
        text: str = event.value
        if event.style != '"' or UNPRINTABLE.search(text) is None:
            return text  # the file itself holds no such character any more
        self._report("GS130", event)
        return UNPRINTABLE.sub(" ", text)

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
