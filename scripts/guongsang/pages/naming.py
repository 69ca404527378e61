"""Whose name may go where programs read it: data files, structured data, search documents.

The checker stops what is not agreed; here nothing passes that a relaxed policy let through.
"""

from __future__ import annotations

from guongsang.checks.subjects import Subject, read_subject
from guongsang.pages.archive import Archive
from guongsang.registers.model import Registers
from guongsang.stories.model import Story, StoryHonoree


def may_name(subject: Subject, story: Story) -> bool:
    """Return whether the name of somebody in a story may be told to programs."""
    consents = [each for each in (subject.own, subject.kept) if each is not None]
    if not subject.is_named or any(each.withdrawn for each in consents):
        return False
    if any(each.basis == "consent" and "name" not in each.scope for each in consents):
        return False
    if subject.is_living_minor(story.front.date.date()):
        return subject.consent is not None and "guardian" in subject.consent.by
    return True


def open_name(told: StoryHonoree, story: Story, registers: Registers) -> str | None:
    """Return the name of an honoree of a story where it may be told to programs, else None."""
    subject = read_subject(told, registers)
    return subject.who if subject is not None and may_name(subject, story) else None


def may_name_everywhere(archive: Archive, key: str) -> bool:
    """Return whether a registered honoree may be named in every one of their stories."""
    return all(
        open_name(told, story, archive.registers) is not None
        for story in archive.stories_of("honoree", key)
        for told in story.front.honorees
        if told.id == key
    )
