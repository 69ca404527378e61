"""Stories, and lists and tables of them, that are unpacked when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

from guongsang.traces import Keyed

V = TypeVar("V")


class LazyList(Sequence[V], Generic[V]):
    """The things of some keys, each found when it is looked at."""

    __slots__ = ("_find", "_keys")

    def __init__(self, keys: Sequence[str], find: Callable[[str], V]) -> None:
        self._keys, self._find = keys, find

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[V]: ...
    def __getitem__(self, at: int | slice) -> V | Sequence[V]:
        if isinstance(at, slice):
            return LazyList(self._keys[at], self._find)
        return self._find(self._keys[at])

    def __iter__(self) -> Iterator[V]:
        return map(self._find, self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class LazyTable(Keyed[V]):
    """A mapping whose values are found when they are looked up. `keys` are all there are."""

    __slots__ = ("_find", "_found")

    def __init__(self, keys: Mapping[str, object], find: Callable[[str], V]) -> None:
        super().__init__(keys)
        self._find = find
        self._found: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._found:
            if key not in self._keys:
                raise KeyError(key)
            self._found[key] = self._find(key)
        return self._found[key]
