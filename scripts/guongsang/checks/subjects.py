"""Who the honorees of a story are, from the story and the register together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from guongsang.registers.model import Honoree, Registers
from guongsang.stories.model import Consent, Scope, StoryHonoree
from guongsang.stories.schema import UNKNOWN, Part
from guongsang.stories.texts import NAMES, walk_texts

# Source: law 91/2025/QH15 art. 24 and the Children's law.
ADULT_AGE: Final = 16
AGE_OF_OWN_CONSENT: Final = 7

# What a story says that says nothing but who is meant.
_NO_ENTRY: Final = StoryHonoree(id="x")


@dataclass(frozen=True, slots=True)
class Subject:
    """One honoree of a story, from the story and the register together.

    `own` is the consent written in the story, `kept` that of the register. What `records` call
    somebody is read when it is asked for: most may be named.
    """

    who: str
    is_named: bool
    records: tuple[Part, ...]
    kind: str
    born: str | None
    died: str | None
    minor: bool
    ethnic_group: str | None
    own: Consent | None
    kept: Consent | None
    _names: list[str] = field(init=False, default_factory=list, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        if not self._names:
            self._names.extend(name for record in self.records for name in read_names(record))
        return tuple(self._names)

    @property
    def consent(self) -> Consent | None:
        return self.own or self.kept

    @property
    def consents(self) -> tuple[Consent, ...]:
        return tuple(each for each in (self.own, self.kept) if each is not None)

    @property
    def is_person(self) -> bool:
        return self.kind == "person"

    @property
    def is_living_person(self) -> bool:
        return self.is_person and self.died is None

    @property
    def withdrawn(self) -> dt.date | None:
        """The day on which the consent was withdrawn, in the story or in the register."""
        return next((each.withdrawn for each in self.consents if each.withdrawn), None)

    def allows(self, scope: Scope) -> bool:
        """Return whether every consent with a scope covers something; none with one allows all."""
        given = [each for each in self.consents if each.basis == "consent" and each.scope]
        return all(scope in each.scope for each in given)

    def is_child_without_consent(self, on: dt.date) -> bool:
        """Return whether this is a living minor for whom not everybody needed has agreed."""
        return self.is_living_minor(on) and bool(self.missing_consents(on))

    def missing_consents(self, on: dt.date) -> list[str]:
        """Return who must agree: the guardian, and from seven years the child too."""
        oldest = find_ages(self.born, on)[1]
        needed = ["child"] if oldest is None or oldest >= AGE_OF_OWN_CONSENT else []
        needed.append("guardian")
        given = self.consent.by if self.consent else []
        return needed if not set(needed) <= set(given) else []

    def is_living_minor(self, on: dt.date) -> bool:
        """Return whether this is a living person who may be under 16; a year alone is no proof."""
        if not self.is_person or self.died is not None:
            return False
        youngest = find_ages(self.born, on)[0]
        return self.minor or (youngest is not None and youngest < ADULT_AGE)


def read_subjects(
    entries: Iterable[StoryHonoree], registers: Registers
) -> Iterator[tuple[int, Subject]]:
    """Yield the place in the list and the subject of each entry that the registers know."""
    for index, entry in enumerate(entries):
        subject = read_subject(entry, registers)
        if subject is not None:
            yield index, subject


def read_registered(record: Honoree) -> Subject:
    """Return a registered honoree as no story but the register tells of them."""
    return _merge(_NO_ENTRY, record)


def read_subject(entry: StoryHonoree, registers: Registers) -> Subject | None:
    """Return who an entry of a story means; None when the register does not know the id."""
    if entry.id is None:
        return Subject(
            who=entry.name or entry.called or "–",
            is_named=bool(read_names(entry)),
            records=(entry,),
            kind=entry.kind or "person",
            born=entry.born,
            died=entry.died,
            minor=entry.minor,
            ethnic_group=entry.ethnic_group,
            own=entry.consent,
            kept=None,
        )
    record = registers.honorees.get(entry.id)
    return None if record is None else _merge(entry, record)


def read_names(record: Part) -> tuple[str, ...]:
    """Return what a record calls a person, by what its fields declare."""
    return tuple(text for _, text in walk_texts(record, NAMES))


def _merge(entry: StoryHonoree, record: Honoree) -> Subject:
    return Subject(
        who=record.name,
        is_named=True,
        records=(record, entry),
        kind=record.kind,
        born=record.born,
        died=record.died,
        minor=record.minor or entry.minor,
        ethnic_group=record.ethnic_group,
        own=entry.consent,
        kept=record.consent,
    )


def find_ages(born: str | None, on: dt.date) -> tuple[int | None, int | None]:
    """Return the least and the greatest age that a date or year of birth allows."""
    if born is None or born == UNKNOWN:
        return None, None
    year = int(born[:4])
    if len(born) == 4:
        return on.year - year - 1, on.year - year
    had_birthday = (on.month, on.day) >= (int(born[5:7]), int(born[8:10]))
    age = on.year - year - (not had_birthday)
    return age, age
