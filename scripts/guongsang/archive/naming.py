"""Whose name may go where programs read it: data files, structured data, search documents.

The checker stops what is not agreed; here nothing passes that a relaxed policy let through.
"""

from __future__ import annotations

import datetime as dt

from guongsang.archive.archive import Archive
from guongsang.checks.subjects import Subject, read_subject
from guongsang.registers.model import Registers
from guongsang.stories.model import StoryHonoree


def may_name(subject: Subject, on: dt.date) -> bool:
    """Return whether the name of somebody in a story of that day may be told to programs."""
    consents = [each for each in (subject.own, subject.kept) if each is not None]
    if not subject.is_named or any(each.withdrawn for each in consents):
        return False
    if any(each.basis == "consent" and "name" not in each.scope for each in consents):
        return False
    if subject.is_living_minor(on):
        return subject.consent is not None and "guardian" in subject.consent.by
    return True


def open_name(told: StoryHonoree, on: dt.date, registers: Registers) -> str | None:
    """Return the name of an honoree of a story of that day where it may be told to programs."""
    subject = read_subject(told, registers)
    return subject.who if subject is not None and may_name(subject, on) else None


def may_name_everywhere(archive: Archive, key: str) -> bool:
    """Return whether a registered honoree may be named in every one of their stories."""
    briefs = (story.brief for story in archive.stories_of("honoree", key))
    return all(
        open_name(told, dt.date.fromisoformat(brief.day), archive.registers) is not None
        for brief in briefs
        for told in brief.honorees(key)
    )
