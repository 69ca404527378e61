"""What the checks of one story look things up in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Final

from guongsang.addresses import slug_in
from guongsang.checks.subjects import Subject, read_registered
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.registers.prints import Print
from guongsang.traces import Recorder, TrackedSet, Unanswered

# Instead of the slugs of stories that have an address: they follow from the addresses.
FROM_ADDRESSES: Final[AbstractSet[str]] = frozenset()


def _find_none(slug: str) -> None:
    """Know the text of no story."""


def _never_printed(_: Iterable[str]) -> list[Print]:
    """Know of nothing that was printed."""
    return []


@dataclass(frozen=True, slots=True)
class Lookup:
    """The newsroom around a story; made once a run.

    `slugs` are those of all stories, drafts too; `addresses` all that the site will have, without a
    leading slash; both are Unanswered while stories are being read. `at` is the moment that counts
    as now, in Vietnam time; `find_anchors` returns the ids in the text of the story of a slug, None
    if it cannot be read; `unnamable_keys` are those of the honorees who may be named in no story,
    where they are known; `find_printed` returns what was printed of some addresses. Every question
    that the rules ask of it is noted in `recorder`, so that a story is checked again only when an
    answer has changed: what is added here must be asked for through a method that notes it.
    """

    registers: Registers
    book: PlaceBook
    slugs: AbstractSet[str]
    addresses: AbstractSet[str]
    at: datetime
    recorder: Recorder = field(default_factory=Recorder)
    find_anchors: Callable[[str], AbstractSet[str] | None] = _find_none
    unnamable_keys: Iterable[str] | None = None
    public_slugs: AbstractSet[str] = FROM_ADDRESSES
    find_printed: Callable[[Iterable[str]], list[Print]] = _never_printed
    _unnamable: tuple[Subject, ...] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        public = self.public_slugs
        if public is FROM_ADDRESSES:
            public = _find_public(self.addresses)
        for name, values in (
            ("slugs", self.slugs),
            ("addresses", self.addresses),
            ("public_slugs", public),
        ):
            object.__setattr__(self, name, TrackedSet(name, values, self.recorder))

    @property
    def today(self) -> date:
        """The day that counts as today. Where a comparison is all that is wanted, ask for that."""
        self.recorder.ask("today")
        return self.at.date()

    def is_ahead(self, moment: datetime) -> bool:
        self.recorder.ask("ahead", moment.isoformat())
        return moment > self.at

    def has_passed(self, day: date) -> bool:
        self.recorder.ask("passed", day.isoformat())
        return day < self.at.date()

    def anchors(self, slug: str) -> AbstractSet[str] | None:
        """Return the ids in the text of another story, None if it cannot be read."""
        self.recorder.ask("anchors", slug)
        return self.recorder.apart(partial(self.find_anchors, slug))

    def printed(self, addresses: Iterable[str]) -> list[Print]:
        """Return the prints that show any of the stories and honorees at some addresses."""
        self.recorder.ask("prints")
        return self.find_printed(addresses)

    @property
    def unnamable(self) -> tuple[Subject, ...]:
        """The registered people who may be named in no story.

        Children without consent, and those who have withdrawn theirs.
        """
        self.recorder.ask("unnamable")
        if self._unnamable is None:
            find = partial(_find_unnamable, self.registers, self.unnamable_keys, self.at.date())
            object.__setattr__(self, "_unnamable", self.recorder.apart(find))
        return self._unnamable or ()


def _find_public(addresses: AbstractSet[str]) -> AbstractSet[str]:
    """Return the slugs of the stories that have an address."""
    if isinstance(addresses, Unanswered):
        return addresses
    return frozenset(filter(None, map(slug_in, addresses)))


def list_unnamable(registers: Registers, today: date) -> Iterator[str]:
    """Yield the keys of the registered people who may be named in no story."""
    for key, record in registers.honorees.items():
        subject = read_registered(record)
        if subject.withdrawn or subject.is_child_without_consent(today):
            yield key


def _find_unnamable(
    registers: Registers, known: Iterable[str] | None, today: date
) -> tuple[Subject, ...]:
    keys = list_unnamable(registers, today) if known is None else known
    return tuple([read_registered(registers.honorees[key]) for key in keys])
