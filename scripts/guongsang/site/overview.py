"""What is remembered of all stories and of the registers, for who lists them beside the builder.

Only read, in one short look; what has not changed since the last look is not read again.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from guongsang.engine.run import Run
from guongsang.engine.table import ALL, Input, Table
from guongsang.registers.load import MODELS
from guongsang.registers.model import Registers
from guongsang.site.answers.links import ADDRESS, SLUG, Addresses, PublicSlugs, Slugs
from guongsang.site.answers.registers import open_registers
from guongsang.site.answers.stories import unpack_head
from guongsang.site.sources.found import UNREADABLE
from guongsang.site.sources.look import open_store
from guongsang.site.sources.project import CACHE
from guongsang.state.errors import DamagedError, MovedOnError, StateError
from guongsang.stories.model import Head
from guongsang.traces import Recorder

if TYPE_CHECKING:
    from guongsang.engine.answers import Answers

_OF_STORY: Final = ("head", "front", "brief")
_STORIES: Final = (*_OF_STORY, UNREADABLE)
_AROUND: Final = (SLUG, ADDRESS, "unnamable")
_REGISTERS: Final = (*MODELS, "newsroom", "order")
_TABLE: Final = (*_STORIES, *_AROUND, *_REGISTERS)


@dataclass(frozen=True, slots=True)
class Told:
    """What a list tells of a story; `inline` are names of honorees without a record."""

    head: Head
    title: str
    inline: tuple[str, ...]
    cover: str | None


class Overview:
    """The stories by `src_uri`, those that cannot be read, and the registers, if there are any.

    `slugs` are those of all stories with their `src_uri`, `public` those that have an address;
    `unnamable` are keys of honorees who may be named in no story.
    """

    def __init__(self, root: Path) -> None:
        self.stories: dict[str, Told] = {}
        self.unreadable: tuple[str, ...] = ()
        self.registers: Registers | None = None
        self.slugs: dict[str, str] = {}
        self.public: frozenset[str] = frozenset()
        self.addresses: frozenset[str] = frozenset()
        self.unnamable: tuple[str, ...] = ()
        self._root = root
        self._digests: dict[str, tuple[bytes | None, ...]] = {}
        self._sums: dict[str, bytes] = {}
        self._of_registers: frozenset[tuple[str, str, bytes | None]] | None = None

    def refresh(self) -> bool:
        """Look again; False where the store cannot be read now: all stays as it was.

        So it is while a store that was emptied waits for the build that fills it.
        """
        try:
            with open_store(self._root / CACHE) as store:
                if store.is_blank:
                    return False
                self._read(Run(Table(map(Input, _TABLE)), store))
        except (StateError, DamagedError, MovedOnError):
            return False
        return True

    def learn(self, table: str, key: str, record: object) -> None:
        """Know a record that has just been written, before the build that follows reads it."""
        if self.registers is not None:
            more: dict[str, Any] = {table: {**getattr(self.registers, table), key: record}}
            self.registers = replace(self.registers, **more)

    def _read(self, run: Run) -> None:
        answers = run.answers
        sums = {kind: answers.sum_of(kind) for kind in _TABLE}
        differ = {kind for kind, told in sums.items() if self._sums.get(kind) != told}
        self._sums = {}  # what is half read when somebody commits is read again
        if not differ.isdisjoint(_STORIES):
            self._read_stories(answers)
        if not differ.isdisjoint(_AROUND):
            self._read_around(run)
        if not differ.isdisjoint(_REGISTERS):
            self._read_registers(answers)
        self._sums = sums

    def _read_stories(self, answers: Answers) -> None:
        rows = list(map(answers.rows_of, _OF_STORY))
        digests = {uri: tuple(each[uri].digest for each in rows) for uri in rows[0]}
        changed = [uri for uri, told in digests.items() if self._digests.get(uri) != told]
        answers.hold(answers.id_of(kind, uri) for kind in _OF_STORY for uri in changed)
        stories = {uri: told for uri, told in self.stories.items() if uri in digests}
        for uri in changed:
            stories[uri] = _tell(*(answers.value(kind, uri) for kind in _OF_STORY))
        unreadable = answers.keys(UNREADABLE)
        self.stories, self.unreadable, self._digests = stories, unreadable, digests

    def _read_around(self, run: Run) -> None:
        answers = run.answers
        answers.hold([answers.id_of(SLUG, ALL)])
        slugs, public = Slugs(answers), PublicSlugs(answers)
        self.slugs = {slug: slugs.entries(slug)[0]["of"] for slug in slugs}
        self.public = frozenset(public)
        self.addresses = frozenset(Addresses(answers))
        told = run.ask.get("unnamable", "", ())
        self.unnamable = tuple(key for key, _ in told)

    def _read_registers(self, answers: Answers) -> None:
        registers = frozenset(
            (kind, key, row.digest)
            for kind in _REGISTERS
            for key, row in answers.rows_of(kind).items()
        )
        if registers != self._of_registers:
            found = open_registers(answers, Recorder())
            self.registers = None if found is None else _load_all(found)
            self._of_registers = registers


def _tell(told: dict[str, Any], front: dict[str, Any], brief: dict[str, Any]) -> Told:
    cover = front["plain"].get("cover")
    return Told(
        unpack_head(told["head"]),
        brief["brief"][0],
        tuple(name for _, name, *_ in told["inline"]),
        cover.get("src") if isinstance(cover, dict) else None,
    )


def _load_all(registers: Registers) -> Registers:
    """Return the same with every record at hand, for when the store is closed."""
    tables = {each.name: getattr(registers, each.name) for each in fields(registers)}
    newsroom = tables.pop("newsroom")
    return Registers(newsroom, **{name: dict(table) for name, table in tables.items()})
