"""GS501 to GS509, GS515, GS517, GS524: who may be named, shown, heard, and why (design: Consent).

Nobody's silence is consent. The newsroom's policy relaxes adults only; what is withdrawn, what
concerns children, and what somebody has agreed to leave out, stays an error whatever it says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Final

from guongsang.addresses import section_url
from guongsang.checks.lookup import Lookup
from guongsang.checks.sheet import Case, Finding, each_audio, each_film, each_photo
from guongsang.checks.subjects import Subject, read_registered
from guongsang.problems.problem import Problem
from guongsang.registers.model import Honoree, Registers
from guongsang.stories.model import Consent, Scope
from guongsang.yamlfile.positions import FieldPath

_RELAXED: Final = frozenset({"GS501", "GS502", "GS503", "GS504", "GS507", "GS508"})
_OUT_OF_SCOPE: Final[dict[Scope, str]] = {"photo": "GS509", "voice": "GS517"}


def check_consent(case: Case) -> Iterator[Problem]:
    """Yield who is named or shown in a story without the right to."""
    registers = case.lookup.registers
    day = case.front.date.date()
    for index, subject in case.subjects:
        minor = subject.is_living_minor(day)
        for finding in _relax(_find_in_subject(subject, case, index), registers, minor=minor):
            yield case.sheet.report(finding, ("honorees", index))
        if subject.withdrawn:
            yield from _tell_printed(case, subject.who, index)
    for where, photo in each_photo(case.front):
        if photo.consent is not None:
            found = _find_in_file(photo.consent, photo.src, "photo", case)
            for finding in _relax(found, registers, minor=False):
                yield case.sheet.report(finding, where)
    for where, audio in each_audio(case.front):
        if audio.consent is not None:
            found = _find_in_file(audio.consent, audio.src, "voice", case)
            for finding in _relax(found, registers, minor=False):
                yield case.sheet.report(finding, where)
    for where, film in each_film(case.front):
        if film.consent is not None:
            found = _find_in_file(film.consent, film.src, "photo", case)
            found = chain(found, _find_out_of_scope(film.consent, film.src, "voice"))
            for finding in _relax(found, registers, minor=False):
                yield case.sheet.report(finding, where)


def _tell_printed(case: Case, who: str, index: int) -> Iterator[Problem]:
    """Yield GS524 where somebody who has withdrawn stands on paper, which nobody can call back.

    Of who has a record all that was printed is told, of others what holds this story.
    """
    entry = case.front.honorees[index]
    address = section_url("honoree", entry.id) if entry.id else case.story.url
    found = case.lookup.printed([address])
    if found:
        told = ", ".join(each.words for each in found)
        where: FieldPath = ("honorees", index)
        if entry.consent and entry.consent.withdrawn:
            where = (*where, "consent", "withdrawn")
        yield case.sheet.at("GS524", where, who=who, printed=told)


def find_in_register(
    key: str, honoree: Honoree, registers: Registers, now: dt.date
) -> Iterator[Finding]:
    """Yield what is wrong with the consent itself in an honoree's file; stories report the rest."""
    if honoree.consent is None:
        return
    subject = read_registered(honoree)
    found = _find_malformed(honoree.consent, subject.who, erase_honoree(key))
    if subject.is_person:
        found = _with_historical(found, honoree.consent, subject)
    for rule, where, args, severity in _relax(found, registers, minor=subject.is_living_minor(now)):
        # The stories are at fault: with all of them retracted, the site has to be built at once.
        yield rule, where, args, "warning" if rule == "GS506" else severity


def erase_honoree(key: str) -> str:
    """Return the command that erases a registered honoree."""
    return f"guongsang erase nhan-vat/{key}"


def _find_in_subject(subject: Subject, case: Case, index: int) -> Iterator[Finding]:
    day = case.front.date.date()
    consent, who = subject.consent, {"who": subject.who}
    if subject.own is not None:
        found = _find_malformed(subject.own, subject.who, case.erase)
        yield from _with_historical(found, subject.own, subject) if subject.is_person else found
    if subject.kept is not None and subject.kept.withdrawn is not None:
        command = erase_honoree(str(case.front.honorees[index].id))
        date = {"date": subject.kept.withdrawn, "command": command}
        yield "GS506", (), {**who, **date}, None
    if consent is None and subject.is_named and subject.died is None:
        yield "GS501", (), dict(who), None
    if consent is not None and subject.died is None:
        yield from _find_expired(consent, subject.who, case.lookup)
    if subject.is_named and subject.is_living_minor(day):
        yield from _find_child(subject, day)
    if subject.is_named and subject.is_living_person and not subject.allows("name"):
        yield "GS515", (), dict(who), None
    yield from _find_ethnic_group(subject)


def _find_malformed(consent: Consent, who: str, command: str) -> Iterator[Finding]:
    """Yield GS502, GS503, GS506: what any consent must hold, a person's or a file's."""
    where: FieldPath = ("consent",)
    if consent.withdrawn is not None:
        args = {"who": who, "date": consent.withdrawn, "command": command}
        yield "GS506", (*where, "withdrawn"), args, None
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


def _find_expired(consent: Consent, who: str, lookup: Lookup) -> Iterator[Finding]:
    if consent.until is not None and lookup.has_passed(consent.until):
        yield "GS507", ("consent", "until"), {"who": who, "until": consent.until}, None


def _find_child(subject: Subject, day: dt.date) -> Iterator[Finding]:
    """Yield GS505 for who has not agreed, GS502 for what a child's consent lacks on any basis."""
    who = {"who": subject.who}
    needed = subject.missing_consents(day)
    if needed:
        yield "GS505", (), {**who, "needed": ", ".join(needed)}, None
    elif subject.consent is not None and subject.consent.basis != "consent":
        missing = [key for key in ("record", "date") if getattr(subject.consent, key) is None]
        if missing:
            yield "GS502", ("consent",), {**who, "missing": ", ".join(missing)}, None


def _find_ethnic_group(subject: Subject) -> Iterator[Finding]:
    # An ethnic group is sensitive for people; a village or a commune is not a person.
    if subject.ethnic_group is None or subject.kind == "collective" or not subject.is_named:
        return
    if subject.consents and all("ethnic_group" in each.scope for each in subject.consents):
        return
    severity = None if subject.died is None else "warning"
    yield "GS508", ("ethnic_group",), {"who": subject.who}, severity


def _find_in_file(consent: Consent, src: str, scope: Scope, case: Case) -> Iterator[Finding]:
    """Yield what is wrong with the consent of a picture, a recording or a film."""
    yield from _find_malformed(consent, src, case.erase)
    yield from _find_paper_withdrawn(consent, case)
    yield from _find_expired(consent, src, case.lookup)
    yield from _find_out_of_scope(consent, src, scope)


def _find_out_of_scope(consent: Consent, src: str, scope: Scope) -> Iterator[Finding]:
    if consent.basis == "consent" and consent.scope and scope not in consent.scope:
        yield _OUT_OF_SCOPE[scope], ("consent", "scope"), {"file": src}, None


def _find_paper_withdrawn(consent: Consent, case: Case) -> Iterator[Finding]:
    """Yield GS506 where a file was agreed to on the paper of somebody who has withdrawn."""
    for subject in (*(subject for _, subject in case.subjects), *case.lookup.unnamable):
        papers = {each.record for each in subject.consents if each.record}
        if subject.withdrawn and consent.record in papers:
            args = {"who": subject.who, "date": subject.withdrawn, "command": case.erase}
            yield "GS506", ("consent", "record"), args, None
            return


def _relax(found: Iterator[Finding], registers: Registers, *, minor: bool) -> Iterator[Finding]:
    """Apply the newsroom's policy: warn makes warnings, off leaves adults out."""
    policy = registers.newsroom.consent_policy
    for finding in found:
        rule, where, args, _ = finding
        if minor or policy == "required" or rule not in _RELAXED:
            yield finding
        elif policy == "warn":
            yield rule, where, args, "warning"
