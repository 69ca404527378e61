"""What data file and sitemap tell of each story.

Whoever has the front matter of a story at hand makes both: to load it takes longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from guongsang.pages.archive import Archive
from guongsang.pages.data import render_record
from guongsang.pages.sitemap import tell_story
from guongsang.traces import Made


class Record(NamedTuple):
    """A line of the data file; an element of the sitemap, with the last change that it tells."""

    line: bytes
    element: str
    changed: str


# By slug.
Records = Mapping[str, Record]


def list_records(archive: Archive) -> Made[Record]:
    """Return the records of all public stories, each made when it is first looked up."""
    stories = {story.slug: story for story in archive.content.stories}

    def make(slug: str) -> Record:
        story = stories[slug]
        return Record(render_record(archive, story), *tell_story(archive.content, story))

    return Made(stories, make, archive.content.recorder)
