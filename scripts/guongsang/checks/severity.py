"""Drafts warn, ready fails (design: Consent)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from guongsang.problems.problem import Problem
from guongsang.stories.model import Story

# What would harm others before the draft is done: its file, its address, a broken promise.
_ALWAYS_HARD: Final = frozenset({"GS233", "GS234", "GS235", "GS239", "GS506", "GS514"})


def soften(found: Problem, story: Story) -> Problem:
    """Return the problem as a warning when the story is a draft and the rule can wait."""
    hard = found.rule in _ALWAYS_HARD or found.rule.startswith("GS1")
    if story.head.status != "draft" or hard or not found.is_error:
        return found
    return replace(found, severity="warning")
