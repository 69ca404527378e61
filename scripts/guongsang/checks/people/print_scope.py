"""Who has not agreed to be printed on paper: what is told by commands that make paper.

A consent that has a scope covers what stands there and nothing else (design: Consent).
"""

from __future__ import annotations

from collections.abc import Iterator

from guongsang.checks.subjects import read_subjects
from guongsang.registers.model import Registers
from guongsang.stories.model import FrontMatter


def find_unprintable(front: FrontMatter, registers: Registers) -> Iterator[str]:
    """Yield the people and pictures of a story, by name, whose consent leaves out `print`.

    The dead have nothing to agree to; whoever's consent has no scope is what the newsroom's policy
    makes of them, on paper as on pages.
    """
    for _, subject in read_subjects(front.honorees, registers):
        if subject.died is None and not subject.allows("print"):
            yield subject.who
    for photo in front.pictures:
        consent = photo.consent
        scope = consent.scope if consent and consent.basis == "consent" else []
        if scope and "print" not in scope:
            yield photo.src
