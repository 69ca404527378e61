"""All pages of the site, planned at once from what was read. Pure: no file, no clock."""

from __future__ import annotations

from guongsang.pages.archive import Archive, build_archive
from guongsang.pages.content import Content
from guongsang.pages.corrections import plan_corrections
from guongsang.pages.home import plan_home
from guongsang.pages.indexes import plan_indexes
from guongsang.pages.lists import plan_lists
from guongsang.pages.notices import plan_not_found, plan_retracted
from guongsang.pages.outputs import Output
from guongsang.pages.people import plan_people
from guongsang.pages.related import find_related
from guongsang.pages.story import plan_story
from guongsang.pages.years import plan_years


def plan_pages(content: Content, archive: Archive | None = None) -> list[Output]:
    """Return every page of the site; `archive` is that of the content, if it is at hand."""
    archive = archive or build_archive(content)
    related = find_related(content.stories)
    return [
        plan_home(archive),
        *(plan_story(archive, story, related[story.slug]) for story in content.stories),
        *(plan_retracted(content, story) for story in content.retracted),
        *plan_lists(archive),
        *plan_people(archive),
        plan_corrections(archive),
        *plan_years(archive),
        *plan_indexes(archive),
        plan_not_found(content),
    ]
