"""Stale answers of one kind made anew, here or by workers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from guongsang.engine.answers import Answers, NotAtHandError
from guongsang.engine.ask import Ask, Old
from guongsang.engine.table import Gone, Query, Split, Table
from guongsang.engine.workers import can_fork, share_work
from guongsang.state.rows import Cause, digest_of

# Below this many a fork costs more than it saves.
WORTH_FORKING: Final = 64
# What so many answers ask for is in memory at a time.
_AT_ONCE: Final = 20_000
# So often work is shared again when workers have said what else they ask for.
_ROUNDS: Final = 4


class Made(NamedTuple):
    """An answer as it was made; `parts` by kind and key, None for what is gone.

    `asked`: edges, as rows have them; `unknown`: keys of what was asked for and has no row yet.
    """

    value: bytes
    digest: bytes
    asked: array[int]
    unknown: dict[int, str]
    parts: dict[str, dict[str, bytes | None]]
    is_patch: bool


class Maker:
    """Makes answers of one query."""

    def __init__(self, query: Query, table: Table, answers: Answers) -> None:
        self._query, self._answers = query, answers
        self._above, self._codecs = table.kinds_above(query), table.codecs

    def make_all(
        self,
        stale: Mapping[str, frozenset[Cause] | None],
        *,
        workers: int,
        on_done: Callable[[int], None] | None = None,
    ) -> Iterator[tuple[str, Made]]:
        """Yield each stale answer with its key, by key. Raises what the query raises.

        `stale`: keys, with what differs for those that fold. Raises WorkerDiedError.
        """
        keys = sorted(stale)
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            self._hold(part, stale)
            is_shared = len(part) >= self._least and can_fork(workers)
            made = self._share(part, stale, workers, on_done) if is_shared else {}
            for key in part:
                yield key, made.pop(key) if key in made else self._make(key, stale[key])
                if on_done is not None and not is_shared:
                    on_done(1)
            self._answers.drop()

    @property
    def _least(self) -> int:
        return WORTH_FORKING if self._query.least is None else self._query.least

    def _share(
        self,
        keys: list[str],
        stale: Mapping[str, frozenset[Cause] | None],
        workers: int,
        on_done: Callable[[int], None] | None,
    ) -> dict[str, Made]:
        """Return what workers could make. New answers may ask for more than is loaded: all of its
        kind is loaded then, and the rest shared once more."""
        found: dict[str, Made] = {}
        for _round in range(_ROUNDS):
            if len(keys) < self._least:
                break
            made = share_work(
                keys, lambda key: self._try(key, stale[key]), workers=workers, on_done=on_done
            )
            on_done = None  # they have been counted
            told = dict(zip(keys, made, strict=True))
            found |= {key: each for key, each in told.items() if isinstance(each, Made)}
            keys = [key for key, each in told.items() if isinstance(each, int)]
            self._answers.hold_kinds({each for each in made if isinstance(each, int)})
        return found

    def _hold(self, keys: Collection[str], stale: Mapping[str, frozenset[Cause] | None]) -> None:
        """Load what answers are going to ask for; of all of a kind, where one answer is brought up
        to date, what differs."""
        answers, query = self._answers, self._query
        ids = [answers.id_of(query.name, key) for key in keys]
        answers.load_rows(ids)
        causes = stale.get("") if query.folds and query.each is None else None
        answers.hold_for(filter(answers.has, ids), causes)

    def _try(self, key: str, causes: frozenset[Cause] | None) -> Made | int | None:
        """Make an answer in a worker; what cannot be made there is made, or fails, at home.

        A number is that of a kind of which something is not loaded.
        """
        self._answers.is_away = True
        try:
            return self._make(key, causes)
        except NotAtHandError as error:
            return error.no
        except Exception:  # noqa: BLE001 - raised again at home, where it has its own traceback
            return None

    def _make(self, key: str, causes: frozenset[Cause] | None) -> Made:
        query, old = self._query, None
        if query.folds and causes and self._answers.has(self._answers.id_of(query.name, key)):
            old = Old(self._answers, query.name, key, causes)
        ask = Ask(self._answers, self._above, old, query.name)
        if query.each is not None:
            ask.has(query.each, key)
        made = query.make(ask, key)
        split = made if isinstance(made, Split) else Split(made)
        if split.is_patch and old is None:
            raise ValueError(f"{query.name} {key} changes parts that it has not seen")
        value = query.codec.dump(split.value)
        parts = self._pack_parts(split, key)
        return Made(value, digest_of(value), *ask.noted(), parts, split.is_patch)

    def _pack_parts(self, split: Split, key: str) -> dict[str, dict[str, bytes | None]]:
        names = {part.name for part in self._query.parts}
        if unknown := split.parts.keys() - names:
            raise ValueError(f"{self._query.name} has no part {', '.join(sorted(unknown))}")
        if self._query.each is not None:
            for name, parts in split.parts.items():
                if not parts.keys() <= {key}:
                    raise ValueError(f"{self._query.name} {key} makes {name} of another key")
        return {
            name: {
                at: None if isinstance(value, Gone) else self._dump(name, value)
                for at, value in parts.items()
            }
            for name, parts in split.parts.items()
        }

    def _dump(self, kind: str, value: Any) -> bytes:
        return self._codecs[kind].dump(value)
