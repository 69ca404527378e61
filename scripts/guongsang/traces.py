"""What a result was made from: every question that its making asked.

Whoever answers questions about the newsroom (a story's front matter, a record of a register, which
stories a place has) notes each one in a `Recorder`. A result that was kept together with its
questions is good for as long as all of them have the same answers, whatever else has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, Generic, TypeVar, overload

# What is asked about, and of which one: ("front", "con-chu"), ("honorees", "xa-mu-ca").
Question = tuple[str, str]
# Instead of a key: the question is about all of them and their order. No key looks like that.
ALL: Final = "*"

T = TypeVar("T")
V = TypeVar("V")
C = TypeVar("C", bound=Collection[Any])


class Recorder:
    """Notes questions while something is being made; costs next to nothing while nothing is."""

    __slots__ = ("_asked",)

    def __init__(self) -> None:
        self._asked: set[Question] | None = None

    def ask(self, kind: str, key: str = ALL) -> None:
        if self._asked is not None:
            self._asked.add((kind, key))

    def ask_again(self, questions: Iterable[Question]) -> None:
        """Note what was asked when a result was made that is now used once more."""
        if self._asked is not None:
            self._asked.update(questions)

    def apart(self, make: Callable[[], T]) -> T:
        """Make something without noting its questions: the answer is asked for as a whole."""
        outer, self._asked = self._asked, None
        try:
            return make()
        finally:
            self._asked = outer

    def record(self, make: Callable[[], T]) -> tuple[T, frozenset[Question]]:
        """Make something and return it with all its questions; recordings may be nested."""
        outer, self._asked = self._asked, set()
        try:
            made = make()
            asked = frozenset(self._asked)
        finally:
            self._asked = outer
        self.ask_again(asked)
        return made, asked


class UnansweredError(Exception):
    """Something was asked that cannot be answered yet."""


class Unanswered(AbstractSet[str]):
    """A set of which nothing is known yet: whoever asks must come back. Raises UnansweredError."""

    __slots__ = ()

    def __contains__(self, value: object) -> bool:
        raise UnansweredError

    def __iter__(self) -> Iterator[str]:
        raise UnansweredError

    def __len__(self) -> int:
        raise UnansweredError


class _Noting(Generic[C]):
    """Notes when all of some values are looked at, and which one is looked for."""

    __slots__ = ("_kind", "_recorder", "_values")

    def __init__(self, kind: str, values: C, recorder: Recorder) -> None:
        self._kind, self._values, self._recorder = kind, values, recorder

    def __contains__(self, key: object) -> bool:
        self._recorder.ask(self._kind, str(key))
        return key in self._values

    def __iter__(self) -> Iterator[Any]:
        self._recorder.ask(self._kind)
        return iter(self._values)

    def __len__(self) -> int:
        self._recorder.ask(self._kind)
        return len(self._values)


class Tracked(_Noting[Mapping[str, V]], Mapping[str, V]):
    """A mapping that notes which keys are looked up, found or not, and when all are looked at."""

    __slots__ = ()

    def __getitem__(self, key: str) -> V:
        self._recorder.ask(self._kind, key)
        return self._values[key]


class TrackedSet(_Noting[AbstractSet[str]], AbstractSet[str]):
    """A set that notes what is looked for in it, and when all of it is looked at."""

    __slots__ = ()


class TrackedSequence(_Noting[Sequence[V]], Sequence[V]):
    """A sequence that notes when anything of it is looked at."""

    __slots__ = ()

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[V]: ...
    def __getitem__(self, at: int | slice) -> V | Sequence[V]:
        self._recorder.ask(self._kind)
        return self._values[at]

    def __contains__(self, value: object) -> bool:
        self._recorder.ask(self._kind)
        return value in self._values


class Keyed(Mapping[str, V]):
    """A mapping of which all keys are known, and each value comes when it is looked up."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Mapping[str, object]) -> None:
        self._keys = keys

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Made(Keyed[V]):
    """A mapping whose values are made when first looked up, and kept with their questions.

    With `most`, only so many are kept: of the others the first is made anew when asked for again.
    """

    __slots__ = ("_kept", "_make", "_most", "_recorder")

    def __init__(
        self,
        keys: Mapping[str, object],
        make: Callable[[str], V],
        recorder: Recorder,
        most: int | None = None,
    ) -> None:
        super().__init__(keys)
        self._make, self._recorder, self._most = make, recorder, most
        self._kept: dict[str, tuple[V, frozenset[Question]]] = {}

    def __getitem__(self, key: str) -> V:
        kept = self._kept.get(key)
        if kept is None:
            if key not in self._keys:
                raise KeyError(key)
            kept = self._recorder.record(lambda: self._make(key))
            if self._most is not None and len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = kept
        else:
            self._recorder.ask_again(kept[1])
        return kept[0]
