"""What pages are made of, from the stories that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.memory.stories import Library
from guongsang.pages.content import Content
from guongsang.pictures import Pictures
from guongsang.pipeline.project import Project
from guongsang.prose.parse import parse_prose
from guongsang.registers.model import Registers
from guongsang.stories.model import Story
from guongsang.traces import Made, Recorder, TrackedSequence

# Of how many stories the text stays parsed: more than a feed has.
_PROSE_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """The stories that readers see, newest first and by slug; of those retracted only a notice."""

    stories: Sequence[Story]
    by_slug: Mapping[str, Story]
    retracted: Sequence[Story]


def gather_content(
    project: Project,
    shown: Shown,
    library: Library,
    registers: Registers,
    *,
    site_url: str,
    recorder: Recorder,
) -> tuple[Content, Pictures]:
    """Return what pages are made of, and the pictures among it; `recorder` notes what is asked."""
    by_slug = shown.by_slug
    pictures = Pictures(project.root, project.photo_dir, by_slug, library, registers, recorder)
    content = Content(
        registers=registers,
        stories=TrackedSequence("stories", shown.stories, recorder),
        retracted=TrackedSequence("retracted", shown.retracted, recorder),
        prose=Made(by_slug, lambda slug: parse_prose(by_slug[slug].body), recorder, _PROSE_KEPT),
        pictures=pictures,
        site_url=site_url,
        recorder=recorder,
    )
    return content, pictures
