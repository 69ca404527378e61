"""The check of one story, at the desk that answers what it asks of all others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from guongsang.checks.desk import Desk
from guongsang.checks.sheet import Case, Sheet
from guongsang.checks.story import check_story
from guongsang.memory.checked import record_early
from guongsang.memory.stories import CheckEarly, Photos
from guongsang.pipeline.project import Project
from guongsang.problems.problem import Problem
from guongsang.prose.parse import find_uses, parse_prose
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.stories.read import locate_story
from guongsang.traces import Recorder, Unanswered

_ID: Final = re.compile(r' id="([^"]+)"')


def plan_early_check(
    project: Project, registers: Registers | None, recorder: Recorder
) -> CheckEarly:
    """Return the check of stories while others are not read yet: most have no link to another."""
    if registers is None:
        return lambda _story, _photos: None
    desk = Desk(
        registers, PlaceBook(registers.places), Unanswered(), Unanswered(), project.now, recorder
    )
    return plan_check(project, desk)


def plan_check(project: Project, desk: Desk) -> CheckEarly:
    """Return the check of one story at a desk, None for what that cannot answer."""
    return lambda story, photos: record_early(
        partial(check_one, project, desk, story, photos), desk.recorder
    )


def check_one(project: Project, desk: Desk, story: Story, photos: Photos) -> list[Problem]:
    """Check one story with its photos."""
    desk.recorder.ask("newsroom", "newsroom")
    positions = partial(locate_story, project.root, story.src_uri)
    return check_story(story, desk, find_uses(story.body), photos, positions)


def open_case(project: Project, desk: Desk, story: Story, photos: Photos) -> Case:
    """Return a story for rules that look at it by themselves."""
    sheet = Sheet(story.src_uri, partial(locate_story, project.root, story.src_uri))
    return Case(story, desk, parse_prose(story.body), photos, sheet)


def find_anchors(stories: Mapping[str, Story], slug: str) -> frozenset[str] | None:
    """Return the ids in the text of a story, None if there is none of that slug."""
    if slug not in stories:
        return None
    return frozenset(_ID.findall(parse_prose(stories[slug].body).html))
