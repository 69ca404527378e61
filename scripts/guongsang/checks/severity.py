"""Drafts warn, ready fails: nobody's unfinished story keeps others from publishing."""

from __future__ import annotations

from guongsang.problems.problem import Problem, as_warning
from guongsang.stories.model import Story


def soften(found: Problem, story: Story) -> Problem:
    """Return the problem, as a warning when the story is a draft."""
    return as_warning(found) if story.head.status == "draft" else found
