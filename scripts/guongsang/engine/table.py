"""The ordered table of kinds of answers: what is put in, and what is made from what.

A *query* makes the answers of one kind by asking for answers of kinds above it. Answers depend on
what they asked for and on nothing else: what a query reads past `ask` is a wrong answer one day.
A table may name fewer kinds than the store knows; what is left out catches up when it is visited
again. So a kind that exists once for each view has the view in its name: `index.publish`,
`index.preview`, made by one function `kinds_of(view)`, and a run takes the table of its view.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask

# As keys: which ones there are, and all answers of a kind, whatever they are.
KEYS: Final = "\0keys"
ALL: Final = "\0all"

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")
).encode
_decode = json.JSONDecoder().decode
_ONLY_DATA: Final = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


class OrderError(Exception):
    """A query asked for a kind that does not stand above it; an output was asked by none."""


class Gone:
    """In place of a value: there is no such answer any more."""

    def __repr__(self) -> str:
        return "GONE"


GONE: Final = Gone()


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of a kind are kept. Equal values must give equal bytes, also in another process.

    Whoever asks gets what `load` makes of the bytes, in the run that made them, too; it is shared
    among all who ask and must not be changed.
    """

    dump: Callable[[Any], bytes]
    load: Callable[[bytes], Any]


def _dump_json(value: object) -> bytes:
    try:
        return orjson.dumps(value, default=_unname, option=_ONLY_DATA)
    except TypeError:  # names of files need not be good UTF-8; raised again for what is no data
        return _encode(value).encode("utf-8", "surrogatepass")


def _unname(value: object) -> object:
    """Return a named tuple as a plain one. Raises TypeError for what is no data."""
    if isinstance(value, tuple):
        return tuple(value)
    raise TypeError


def _load_json(packed: bytes) -> Any:
    try:
        return orjson.loads(packed)
    except ValueError:
        return _decode(packed.decode("utf-8", "surrogatepass"))


JSON: Final = Codec(_dump_json, _load_json)


# Of texts that nobody has to look into.
TEXT: Final = Codec(
    lambda value: str(value).encode("utf-8", "surrogatepass"),
    lambda packed: packed.decode("utf-8", "surrogatepass"),
)


@dataclass(frozen=True, slots=True)
class Split:
    """A value and answers of other kinds, the query's `parts`: by kind and key.

    They are all there are: what was there before and is not named is gone. A query for each key
    makes at most one part of a kind, of its own key. With `is_patch` only what is named differs;
    GONE takes a part away.
    """

    value: object
    parts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    is_patch: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """A kind of answers that are put in."""

    name: str
    codec: Codec = JSON


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of answers that another kind's query makes along with its own."""

    name: str
    codec: Codec = JSON


@dataclass(frozen=True, slots=True)
class Query:
    """A kind of answers that are made: by `make(ask, key)`, for every key that `each` has.

    Without `each` there is one, of key "". `folds`: `ask.old` gives what it was before; the value
    must be the same as from nothing. `is_output`: what is published; kept only by a run that
    publishes, and asked by outputs alone. `least`: for how many answers a fork costs less than it
    saves; None for what most kinds have.
    """

    name: str
    make: Callable[[Ask, str], object]
    each: str | None = None
    parts: tuple[Part, ...] = ()
    folds: bool = False
    is_output: bool = False
    least: int | None = None
    codec: Codec = JSON


class Table:
    """Kinds in the order in which they are visited. Raises ValueError where that is impossible.

    `places`: of every kind, parts too, which entry makes it.
    """

    def __init__(self, entries: Iterable[Input | Query]) -> None:
        self.entries = tuple(entries)
        self.places: dict[str, int] = {}
        self.codecs: dict[str, Codec] = {}
        self.outputs: set[str] = set()
        for at, entry in enumerate(self.entries):
            self._check_each(entry)
            for kind in kinds_of(entry):
                if kind.name in self.codecs:
                    raise ValueError(f"two kinds are called {kind.name}")
                self.codecs[kind.name], self.places[kind.name] = kind.codec, at
                if isinstance(entry, Query) and entry.is_output:
                    self.outputs.add(kind.name)

    def kinds_above(self, query: Query) -> frozenset[str]:
        """Return the names of the kinds that a query may ask for."""
        at = self.places[query.name]
        found = {kind for kind, place in self.places.items() if place < at}
        return frozenset(found if query.is_output else found - self.outputs)

    def _check_each(self, entry: Input | Query) -> None:
        each = entry.each if isinstance(entry, Query) else None
        if each is None:
            return
        if each not in self.codecs:
            raise ValueError(f"{entry.name} is for each {each}, which does not stand above it")
        if each in self.outputs and not (isinstance(entry, Query) and entry.is_output):
            raise ValueError(f"{entry.name} is for each {each}, an output")


def kinds_of(entry: Input | Query) -> Iterator[Input | Query | Part]:
    """Yield an entry and the parts that it makes."""
    yield entry
    if isinstance(entry, Query):
        yield from entry.parts
