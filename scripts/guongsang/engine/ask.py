"""How a query asks: each question is noted as a dependency of the answer that is being made."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from guongsang.engine.answers import Answers
from guongsang.engine.table import ALL, KEYS, OrderError
from guongsang.state.rows import Cause


class Ask:
    """Asks for answers of the kinds above. Asking for any other raises OrderError.

    Without a key it is "", the only one of a kind without `each`. `old`: what a folding query made
    before; None when it must begin with nothing.
    """

    def __init__(
        self, answers: Answers, above: AbstractSet[str], old: Old | None = None, name: str = ""
    ) -> None:
        self.old = old
        self._answers, self._above, self._name = answers, above, name
        self._edges: dict[int, None] = {}
        self._unknown: dict[int, str] = {}

    def __call__(self, kind: str, key: str = "") -> Any:
        """Return a value. Raises KeyError where there is none, which is an answer, too."""
        self.note(kind, key)
        return self._answers.value(kind, key)

    def get(self, kind: str, key: str = "", default: object = None) -> Any:
        """Return a value, or the default where there is none."""
        at = self.note(kind, key)
        return self._answers.value(kind, key) if self._answers.has(at) else default

    def has(self, kind: str, key: str = "") -> bool:
        """Return whether there is an answer; which one does not matter."""
        return self._answers.has(self.note(kind, key, only_existence=True))

    def keys(self, kind: str) -> tuple[str, ...]:
        """Return which keys a kind has, sorted."""
        self.note(kind, KEYS)
        return self._answers.keys(kind)

    def all(self, kind: str) -> Mapping[str, Any]:
        """Return all answers of a kind, sorted by key; values are loaded when they are wanted."""
        self.note(kind, ALL)
        return Whole(self._answers, kind)

    def noted(self) -> tuple[array[int], dict[int, str]]:
        """Return what was asked for, and the keys of what had no row yet."""
        return array("Q", self._edges), self._unknown

    def note(self, kind: str, key: str, *, only_existence: bool = False) -> int:
        """Note a question; return the id of the answer. `key` may be KEYS or ALL."""
        if kind not in self._above:
            raise OrderError(f"{self._name} asks for {kind}")
        at = self._answers.id_of(kind, key)
        edge = at << 1 | only_existence
        if edge not in self._edges:
            self._edges[edge] = None
            if self._answers.row(at) is None:
                self._unknown[at] = key
        return at


class Whole(Mapping[str, Any]):
    """All answers of a kind."""

    __slots__ = ("_answers", "_kind")

    def __init__(self, answers: Answers, kind: str) -> None:
        self._answers, self._kind = answers, kind

    def __getitem__(self, key: str) -> Any:
        return self._answers.value(self._kind, key)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._answers.has(self._answers.id_of(self._kind, key))

    def __iter__(self) -> Iterator[str]:
        self._answers.hold([self._answers.id_of(self._kind, ALL)])
        return iter(self._answers.keys(self._kind))

    def __len__(self) -> int:
        return len(self._answers.keys(self._kind))


class Old:
    """What a folding query made when it was last made, and what may differ since then."""

    def __init__(self, answers: Answers, kind: str, key: str, causes: AbstractSet[Cause]) -> None:
        self._answers, self._kind, self._key, self._causes = answers, kind, key, causes

    @property
    def value(self) -> Any:
        return self._answers.value(self._kind, self._key)

    def part(self, kind: str, key: str, default: object = None) -> Any:
        """Return an answer of one of the query's parts as it was."""
        at = self._answers.id_of(kind, key)
        return self._answers.value(kind, key) if self._answers.has(at) else default

    def parts(self, kind: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return those answers of one of the query's parts that there were, loaded at once."""
        ids = {key: self._answers.id_of(kind, key) for key in keys}
        self._answers.hold(ids.values())
        return {key: self._answers.value(kind, key) for key in ids if self._answers.has(ids[key])}

    def has_others(self, kinds: Collection[str]) -> bool:
        """Return whether anything of other kinds may differ."""
        numbers = {self._answers.numbers[kind] for kind in kinds}
        return any(no not in numbers for no, _ in self._causes)

    def changed(self, kind: str) -> frozenset[str]:
        """Return the keys of what was asked for that came, went, or has another value."""
        no = self._answers.numbers[kind]
        return frozenset(key for each, key in self._causes if each == no)
