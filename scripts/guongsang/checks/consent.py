"""GS501 to GS509: who may be named and shown, and why (design: Consent).

Nobody's silence is consent. The newsroom's policy relaxes adults only; what is withdrawn, and what
concerns children, stays an error whatever the policy says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guongsang.checks.sheet import Case, Finding, each_photo
from guongsang.problems.problem import Problem
from guongsang.registers.model import Honoree, Registers
from guongsang.stories.model import Consent, StoryHonoree
from guongsang.stories.schema import UNKNOWN
from guongsang.yamlfile import FieldPath

ADULT_AGE: Final = 16
AGE_OF_OWN_CONSENT: Final = 7
_RELAXED: Final = frozenset({"GS501", "GS502", "GS503", "GS504", "GS507", "GS508", "GS509"})


@dataclass(frozen=True, slots=True)
class Subject:
    """One honoree of a story, from the story and the register together.

    `own` is the consent written in the story, `kept` that of the register.
    """

    who: str
    is_named: bool
    kind: str
    born: str | None
    died: str | None
    minor: bool
    ethnic_group: str | None
    own: Consent | None
    kept: Consent | None

    @property
    def consent(self) -> Consent | None:
        return self.own or self.kept

    @property
    def is_person(self) -> bool:
        return self.kind == "person"

    def is_living_minor(self, on: dt.date) -> bool:
        """Return whether this is a living person who may be under 16; a year alone is no proof."""
        if not self.is_person or self.died is not None:
            return False
        youngest = _ages(self.born, on)[0]
        return self.minor or (youngest is not None and youngest < ADULT_AGE)


def check_consent(case: Case) -> Iterator[Problem]:
    """Yield who is named or shown in a story without the right to."""
    registers = case.desk.registers
    day = case.front.date.date()
    for index, entry in enumerate(case.front.honorees):
        subject = read_subject(entry, registers)
        if subject is None:
            continue
        minor = subject.is_living_minor(day)
        for finding in _relax(_find_in_subject(subject, case), registers, minor=minor):
            yield case.sheet.report(finding, ("honorees", index))
    for where, photo in each_photo(case.front):
        if photo.consent is not None:
            found = _find_in_photo(photo.consent, photo.src, case.desk.now.date())
            for finding in _relax(found, registers, minor=False):
                yield case.sheet.report(finding, where)


def find_in_register(honoree: Honoree, registers: Registers, now: dt.date) -> Iterator[Finding]:
    """Yield what is wrong with the consent itself in an honoree's file; stories report the rest."""
    if honoree.consent is None:
        return
    entry = StoryHonoree(id="x")
    subject = _merge(entry, honoree)
    found = _find_malformed(honoree.consent, subject.who)
    if subject.is_person:
        found = _with_historical(found, honoree.consent, subject)
    yield from _relax(found, registers, minor=subject.is_living_minor(now))


def read_subject(entry: StoryHonoree, registers: Registers) -> Subject | None:
    """Return who an entry of a story means; None when the register does not know the id."""
    if entry.id is None:
        return Subject(
            who=entry.name or entry.called or "–",
            is_named=entry.name is not None,
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


def _merge(entry: StoryHonoree, record: Honoree) -> Subject:
    return Subject(
        who=record.name,
        is_named=True,
        kind=record.kind,
        born=record.born,
        died=record.died,
        minor=record.minor or entry.minor,
        ethnic_group=record.ethnic_group,
        own=entry.consent,
        kept=record.consent,
    )


def _find_in_subject(subject: Subject, case: Case) -> Iterator[Finding]:
    day, today = case.front.date.date(), case.desk.now.date()
    consent, who = subject.consent, {"who": subject.who}
    if subject.own is not None:
        found = _find_malformed(subject.own, subject.who)
        yield from _with_historical(found, subject.own, subject) if subject.is_person else found
    if subject.kept is not None and subject.kept.withdrawn is not None:
        date = {"date": subject.kept.withdrawn}
        yield "GS506", (), {**who, **date}, None
    if consent is None and subject.is_named and subject.died is None:
        yield "GS501", (), dict(who), None
    if consent is not None and subject.died is None:
        yield from _find_expired(consent, subject.who, today)
    if subject.is_named and subject.is_living_minor(day):
        yield from _find_child(subject, day)
    yield from _find_ethnic_group(subject)


def _find_malformed(consent: Consent, who: str) -> Iterator[Finding]:
    """Yield GS502, GS503, GS506: what any consent must hold, a person's or a picture's."""
    where: FieldPath = ("consent",)
    if consent.withdrawn is not None:
        yield "GS506", (*where, "withdrawn"), {"who": who, "date": consent.withdrawn}, None
    if consent.basis == "consent":
        missing = [key for key in ("record", "date", "scope") if not getattr(consent, key)]
        if missing:
            yield "GS502", where, {"who": who, "missing": ", ".join(missing)}, None
    if consent.basis in ("public_interest", "public_event") and consent.note is None:
        yield "GS503", where, {"who": who, "basis": consent.basis}, None


def _with_historical(
    found: Iterator[Finding], consent: Consent, subject: Subject
) -> Iterator[Finding]:
    yield from found
    if consent.basis == "historical" and subject.died is None:
        yield "GS504", ("consent", "basis"), {"who": subject.who}, None


def _find_expired(consent: Consent, who: str, today: dt.date) -> Iterator[Finding]:
    if consent.until is not None and consent.until < today:
        yield "GS507", ("consent", "until"), {"who": who, "until": consent.until}, None


def _find_child(subject: Subject, day: dt.date) -> Iterator[Finding]:
    """Yield GS505: the guardian agrees, and from seven years the child too."""
    oldest = _ages(subject.born, day)[1]
    needed = ["child"] if oldest is None or oldest >= AGE_OF_OWN_CONSENT else []
    needed.append("guardian")
    given = subject.consent.by if subject.consent else []
    if not set(needed) <= set(given):
        yield "GS505", (), {"who": subject.who, "needed": ", ".join(needed)}, None


def _find_ethnic_group(subject: Subject) -> Iterator[Finding]:
    # An ethnic group is sensitive for people; a village or a commune is not a person.
    if subject.ethnic_group is None or subject.kind == "collective" or not subject.is_named:
        return
    consents = [each for each in (subject.own, subject.kept) if each is not None]
    if consents and all("ethnic_group" in each.scope for each in consents):
        return
    severity = None if subject.died is None else "warning"
    yield "GS508", ("ethnic_group",), {"who": subject.who}, severity


def _find_in_photo(consent: Consent, src: str, today: dt.date) -> Iterator[Finding]:
    yield from _find_malformed(consent, src)
    yield from _find_expired(consent, src, today)
    if consent.basis == "consent" and consent.scope and "photo" not in consent.scope:
        yield "GS509", ("consent", "scope"), {"file": src}, None


def _relax(found: Iterator[Finding], registers: Registers, *, minor: bool) -> Iterator[Finding]:
    """Apply the newsroom's policy: warn makes warnings, off leaves adults out."""
    policy = registers.newsroom.consent_policy
    for finding in found:
        rule, where, args, _ = finding
        if minor or policy == "required" or rule not in _RELAXED:
            yield finding
        elif policy == "warn":
            yield rule, where, args, "warning"


def _ages(born: str | None, on: dt.date) -> tuple[int | None, int | None]:
    """Return the least and the greatest age that a date or year of birth allows."""
    if born is None or born == UNKNOWN:
        return None, None
    year = int(born[:4])
    if len(born) == 4:
        return on.year - year - 1, on.year - year
    had_birthday = (on.month, on.day) >= (int(born[5:7]), int(born[8:10]))
    age = on.year - year - (not had_birthday)
    return age, age
