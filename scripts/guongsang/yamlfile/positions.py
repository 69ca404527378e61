"""Where keys and values stand in a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

FieldPath = tuple[str | int, ...]


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

    def find(self, mark: Mark) -> FieldPath:
        """Return the path of the innermost key or value that begins at or before a mark."""
        found: tuple[Mark, FieldPath] = (Mark(0, 0), ())
        for places in (self.keys, self.values):
            for path, at in places.items():
                if at <= mark and (at, len(path)) >= (found[0], len(found[1])):
                    found = (at, path)
        return found[1]

    def of_value(self, path: FieldPath) -> Mark | None:
        """Return the value's place, or that of the nearest ancestor that is written down."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path)
