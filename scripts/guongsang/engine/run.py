"""One run over the table: inputs are put in, stale answers are made anew, and kept or published.

Push, in the table's order: whoever asked for an answer that differs is stale; an answer that is
made anew and equals its old one stops there (early cut-off). A kind is visited once, when nothing
above it can change any more.

What is kept when. Answers are functions of the inputs alone, whoever made them, so that any run may
keep them, also one that is refused or in which a query raises: what follows from them below is
written down as stale. Outputs say what was published. They are kept by a run that publishes and
by no other: until then they stay what they were, and stale. A run that keeps nothing leaves the
store as it was. A run that dies while it publishes leaves a list of the outputs that it was about
to touch: they are made anew and published again.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from guongsang.engine.answers import Answers
from guongsang.engine.ask import Ask
from guongsang.engine.make import Made, Maker
from guongsang.engine.table import ALL, GONE, KEYS, Query, Table, kinds_of
from guongsang.state.errors import DamagedError, MovedOnError
from guongsang.state.rows import MOST_KINDS, Cause, Kind, Row, Written, digest_of, kind_of
from guongsang.state.store import Store

Changes = dict[str, dict[str, Any]]


class Run:
    """To be used once: `put` every input, `visit`, look at the answers, `keep` or `publishing`.

    `workers`: how many processes may make answers. `made`: how many answers were made, by kind.
    `on_made` is told of each kind how many of how many are made.
    All methods but `keep` may raise DamagedError and MovedOnError: see `use_store`.
    """

    def __init__(
        self,
        table: Table,
        store: Store,
        *,
        workers: int = 1,
        on_made: Callable[[str, int, int], None] | None = None,
    ) -> None:
        self.made: Counter[str] = Counter()
        self.workers, self.on_made = workers, on_made
        self._store = store
        self._kinds = {name: kind.copy() for name, kind in store.kinds.items()}
        self.answers = Answers(store)
        self._differs: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        self._put: set[str] = set()
        self._visited = 0
        self._use(table)

    def widen(self, table: Table) -> None:
        """Go on with a table of more kinds; what was put in stays so. Before the first visit.

        So one can put in all inputs, and load what makes answers only where something differs.
        """
        if self._visited:
            raise ValueError("kinds have been visited")
        self._use(table)

    def is_settled(self, kinds: Iterable[str]) -> bool:
        """Return whether no input differs, and nothing of these kinds is yet to be made."""
        return not any(self._differs.values()) and all(map(self._is_made, kinds))

    def _is_made(self, name: str) -> bool:
        kind = self._store.kinds.get(name)
        return kind is not None and not (kind.stale or kind.new or kind.touched)

    def _use(self, table: Table) -> None:
        self._table = table
        _number_kinds(table, self._kinds)
        self._by_number = {kind.no: kind for kind in self._kinds.values()}
        self.answers.use(table, {kind: self._kinds[kind].no for kind in table.codecs})
        # For whoever runs the table: asks without being an answer.
        self.ask = Ask(self.answers, table.codecs.keys())

    def asked(self, name: str) -> list[str]:
        """Return the keys of a kind that are there, or that somebody has asked for."""
        return self.answers.asked(name)

    def stamp(self, name: str, key: str) -> str | None:
        """Return the stamp with which an answer was put in the last time."""
        row = self.answers.row(self.answers.id_of(name, key))
        return row.stamp if row else None

    def summary(self, name: str) -> str | None:
        """Return what tells all stamps of an input from any others; None if one is None."""
        return self._kinds[name].stamps

    def hold(self, name: str) -> None:
        """Leave an input as it was put in the last time."""
        self._put.add(name)

    def stale(self, name: str) -> list[str]:
        """Return which answers of a kind, next to be visited, are going to be made."""
        entry = self._table.entries[self._table.places[name]]
        assert isinstance(entry, Query)
        return sorted(self._list_stale(entry)[0])

    def before(self, name: str, key: str, default: object = None) -> Any:
        """Return an answer as it was when the run began."""
        return self.answers.before(name, key, default)

    def put(
        self, name: str, stamps: Mapping[str, str | None], read: Callable[[str], object]
    ) -> None:
        """Put in all answers of an input: each key with a stamp, which is a hint.

        Only keys whose stamp is new or None are read. What was there and is not among them is gone.
        Raises ValueError when the input has been visited, and what `read` raises.
        """
        self._begin_put(name)
        summary = _sum_up(stamps)
        if summary is None or summary != self._kinds[name].stamps:
            was = self.answers.rows_of(name)
            self._put_in(name, stamps, was, was.keys() - stamps.keys(), read)
            self._kinds[name].stamps = summary

    def put_some(
        self,
        name: str,
        stamps: Mapping[str, str | None],
        gone: Iterable[str],
        read: Callable[[str], object],
    ) -> None:
        """Put in some answers of an input, and take some away; all others stay as they were put in
        the last time. Raises as `put` does.
        """
        self._begin_put(name)
        rows = ((key, self.answers.row(self.answers.id_of(name, key))) for key in stamps)
        was = {key: row for key, row in rows if row is not None and row.digest is not None}
        self._put_in(name, stamps, was, gone, read)
        self._kinds[name].stamps = None

    def _begin_put(self, name: str) -> None:
        if self._table.places[name] < self._visited:
            raise ValueError(f"{name} is put in too late")
        self._put.add(name)

    def _put_in(
        self,
        name: str,
        stamps: Mapping[str, str | None],
        was: Mapping[str, Row],
        gone: Iterable[str],
        read: Callable[[str], object],
    ) -> None:
        codec = self._table.codecs[name]
        for key, stamp in sorted(stamps.items()):
            if stamp is None or key not in was or was[key].stamp != stamp:
                self._settle(name, key, codec.dump(read(key)), stamp=stamp)
        for key in sorted(gone):
            self._settle(name, key, None)
        self._push(name)

    def doubt(self, output: str, keys: Iterable[str]) -> None:
        """Count outputs as stale and as different: what was published of them is not relied on.

        For a folder that is of another publication than the store, or in which files are missing:
        before `visit`, `ask` still tells what was published last, which may say that.
        """
        self._kinds[output].touched.update(keys)

    def visit(self, upto: str | None = None) -> None:
        """Make what is stale of each kind down to this one, or of all. Raises what a query raises.

        Raises ValueError where an input was not put in, WorkerDiedError.
        """
        end = None if upto is None else self._table.places[upto] + 1
        for entry in self._table.entries[self._visited : end]:
            if isinstance(entry, Query):
                self._visit(entry)
            elif entry.name not in self._put:
                raise ValueError(f"{entry.name} was not put in")
            self._visited += 1

    def differs(self, kind: str) -> dict[str, Any]:
        """Return what is not as it was, by key: values, or GONE. Sorted."""
        keys = sorted(self._differs[kind].keys() | self._kinds[kind].touched)
        return {key: self.ask.get(kind, key, GONE) for key in keys}

    def keep(self) -> bool:
        """Keep all answers but outputs; return False if somebody has committed meanwhile."""
        try:
            self._commit(self._list_done() - self._table.outputs)
        except MovedOnError:
            return False
        return True

    @contextmanager
    def publishing(self) -> Iterator[Changes]:
        """Keep all answers; the body moves the files of outputs that differ, by kind and key.

        What the body was about to touch is written down before it begins, and struck off when it
        has ended without an exception.
        """
        done = self._list_done()
        changes = {name: self.differs(name) for name in sorted(done & self._table.outputs)}
        for name, found in changes.items():
            self._kinds[name].touched = set(found)
        self._commit(done)
        yield changes
        if any(changes.values()):
            kinds = [self._store.kinds[name] for name in changes]
            self._store.write((), [replace(kind, touched=set()) for kind in kinds])

    def _visit(self, query: Query) -> None:
        stale, gone = self._list_stale(query)
        maker = Maker(query, self._table, self.answers)
        # All are made before the first counts: a kind is visited as a whole or not at all.
        tell = self._tell_made(query.name, len(stale)) if self.on_made else None
        made = list(maker.make_all(stale, workers=self.workers, on_done=tell))
        for key in gone:
            self._settle(query.name, key, None, asked=array("Q"))
            for part in query.parts:
                self._settle(part.name, key, None)
        for key, each in made:
            self._settle_made(query, key, each)
        self.made[query.name] += len(made)
        for kind in kinds_of(query):
            self._push(kind.name)

    def _tell_made(self, name: str, total: int) -> Callable[[int], None]:
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            if self.on_made is not None:
                self.on_made(name, done, total)

        return tell

    def _list_stale(self, query: Query) -> tuple[dict[str, frozenset[Cause] | None], list[str]]:
        """Return the keys of stale answers, with what differs, and those that are to go."""
        kind, answers = self._kinds[query.name], self.answers
        stale: dict[str, frozenset[Cause] | None] = {}
        answers.load_rows(kind.stale)
        for at, causes in kind.stale.items():
            row = answers.row(at)
            if row is None or row.digest is None:
                raise DamagedError(f"stale {at}")
            stale[row.key] = frozenset(causes)
        if query.name not in self._store.kinds:
            keys = ("",) if query.each is None else answers.keys(query.each)
            stale |= dict.fromkeys(keys)
        stale |= dict.fromkeys(kind.new - stale.keys())
        touched = [key for made in kinds_of(query) for key in self._kinds[made.name].touched]
        stale |= dict.fromkeys(touched if query.each is not None else touched and [""])
        if query.each is None:
            return stale, []
        gone = {key for key in stale if not answers.has(answers.id_of(query.each, key))}
        return {key: stale[key] for key in stale.keys() - gone}, sorted(gone)

    def _settle_made(self, query: Query, key: str, made: Made) -> None:
        self._settle(query.name, key, made.value, digest=made.digest, asked=made.asked)
        for at, unknown in made.unknown.items():
            if self.answers.row(at) is None:  # who asks for nothing hears when it comes
                self.answers.add(Written(Row(at, unknown, None, None), None, array("Q")))
        for part in query.parts:
            parts = made.parts.get(part.name, {})
            if not made.is_patch and part.name in self._store.kinds:
                was = {key} if query.each is not None else self.answers.rows_of(part.name).keys()
                parts = dict.fromkeys(was) | parts
            for each, value in parts.items():
                self._settle(part.name, each, value)

    def _settle(
        self,
        kind: str,
        key: str,
        value: bytes | None,
        *,
        digest: bytes | None = None,
        asked: array[int] | None = None,
        stamp: str | None = None,
    ) -> None:
        """Note an answer as it is now, None for none, and whether it differs."""
        if key.startswith("\0"):
            raise ValueError(f"a key of {kind} begins with NUL")
        at = self.answers.id_of(kind, key)
        row = self.answers.row(at)
        was = row.digest if row else None
        now = digest if value is None or digest else digest_of(value)
        row_now = Row(at, key, now, stamp)
        if now != was:
            self.answers.add(Written(row_now, value, asked))
            self._differs[kind][key] = now is None or was is None
        elif now is not None and (row_now != row or asked is not None):
            self.answers.add(Written(row_now, None, asked))

    def _push(self, name: str) -> None:
        """Mark as stale who asked for what differs in a kind, and tell what is for each of it."""
        differs, kind = self._differs[name], self._kinds[name]
        if not differs or self._store.is_blank:  # in which nobody has asked for anything
            return
        causes: dict[int, set[Cause]] = {
            self.answers.id_of(name, key): {(kind.no, key)} for key in differs
        }
        moved = {(kind.no, key) for key, has_moved in differs.items() if has_moved}
        if moved:
            causes[self.answers.id_of(name, KEYS)] = moved
        causes[self.answers.id_of(name, ALL)] = {(kind.no, key) for key in differs}
        for at, askers in self._store.askers(causes).items():
            for edge in askers:
                if not edge & 1 or causes[at] <= moved:
                    self._mark(edge >> 1, causes[at])
        came = {key for _, key in moved if self.answers.has(self.answers.id_of(name, key))}
        for other in self._kinds.values():
            if other.each == kind.no and other.name in self._store.kinds:
                other.new |= came

    def _mark(self, asker: int, causes: set[Cause]) -> None:
        kind = self._by_number.get(kind_of(asker))
        if kind is None:
            raise DamagedError(f"asker {asker}")
        stale = kind.stale.setdefault(asker, set())
        if kind.folds:
            stale |= causes

    def _list_done(self) -> set[str]:
        """Return the kinds of which everything is known: put in, or visited."""
        return self._put | {kind for kind, at in self._table.places.items() if at < self._visited}

    def _commit(self, names: set[str]) -> None:
        """Write what was made of kinds, and what all others have to catch up with."""
        numbers = {self._kinds[name].no for name in names}
        kinds = {
            name: kind.settled() if name in names else kind
            for name, kind in self._kinds.items()
            if name in names or name in self._store.kinds
        }
        if kinds != self._store.kinds or any(self.answers.fresh[no] for no in numbers):
            self._store.write(self.answers.take_fresh(numbers), kinds.values())
            self.answers.note_stored(numbers)


def _number_kinds(table: Table, kinds: dict[str, Kind]) -> None:
    """Add the table's kinds to those that are known."""
    no = max((kind.no for kind in kinds.values()), default=0)
    for name in table.codecs:
        if name not in kinds:
            no += 1
            kinds[name] = Kind(no, name)
    if no >= MOST_KINDS:
        raise ValueError("too many kinds")
    for entry in table.entries:
        if isinstance(entry, Query):
            kind = kinds[entry.name]
            kind.each = None if entry.each is None else kinds[entry.each].no
            kind.folds = entry.folds


def _sum_up(stamps: Mapping[str, str | None]) -> str | None:
    """Return a digest of all stamps, None where one of them says nothing."""
    if None in stamps.values():
        return None
    return digest_of(json.dumps(sorted(stamps.items())).encode()).hex()
