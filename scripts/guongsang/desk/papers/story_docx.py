"""Stories as Word documents, for official mail: which may be sent, and in which template."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from guongsang.archive.archive import Archive
from guongsang.checks.newsroom.unfilled import BLANK_HOST
from guongsang.desk.papers.office import need_archive, write_for_office
from guongsang.desk.papers.printed import STORY
from guongsang.desk.papers.printing import OWN_TEMPLATES, choose_stories
from guongsang.office.errors import OfficeError
from guongsang.paper.data import DataMaker, compose
from guongsang.paper.pictures import BULLETIN_WIDTH, Pictures
from guongsang.site.showing import Showing
from guongsang.stories.links import judge_way
from guongsang.stories.model import Story

# The newsroom's own template.
TEMPLATE: Final = f"{OWN_TEMPLATES}/bai.docx"


def make_story_files(showing: Showing, wanted: Sequence[str]) -> tuple[str, ...]:
    """Make a Word document of each story and return their paths; all of them, or nothing.

    Raises OSError, OfficeError, as `fill_template` and `write_for_office` do, and what
    `choose_stories` raises; PaperError ("picture") for one that cannot be decoded.
    """
    archive = need_archive(showing)
    template = _read_template(showing.project.root)
    stories = choose_stories(showing, archive, wanted)
    files = {
        f"{STORY}-{story.slug}.docx": _make(showing, archive, story, template) for story in stories
    }
    return write_for_office(showing, STORY, stories, files)


def _make(showing: Showing, archive: Archive, story: Story, template: bytes | None) -> bytes:
    from guongsang.office.story import (  # noqa: PLC0415 - may not be installed
        fill_template,
        make_story,
    )

    project = showing.project
    pictures = Pictures(project.photo_dir, BULLETIN_WIDTH)
    pictures.add(story.slug, showing.jobs(story.slug))
    told: dict[str, Any] = compose(DataMaker(archive, pictures).tell_story(story))
    newsroom = archive.registers.newsroom
    told |= {"newsroom": newsroom.name, "agency": newsroom.agency}
    if urlsplit(archive.content.site_url).hostname == BLANK_HOST:
        told["address"] = None  # nobody would find it there
    contents = dict(pictures.make_all(workers=project.workers))
    day = story.instant.date()
    if template is None:
        return make_story(told, contents, day)
    return fill_template(template, TEMPLATE, told, contents, day)


def _read_template(root: Path) -> bytes | None:
    path = root / TEMPLATE
    if not path.is_file():
        return None
    if any(each.is_error for each in judge_way(root, TEMPLATE)):
        raise OfficeError("outside", path=TEMPLATE)
    return path.read_bytes()
