"""The home page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from guongsang.addresses import HOME, NOMINATE, section_url, year_url
from guongsang.archive.archive import Archive, count_figures
from guongsang.pages.indexes import place_entries
from guongsang.pages.nominate import TITLE as NOMINATION
from guongsang.pages.people import honour_groups
from guongsang.stories.model import Story
from guongsang.views.model import (
    HomePerson,
    HomeSection,
    HomeView,
    HomeYear,
    Link,
)
from guongsang.views.outputs import Output
from guongsang.views.pictures import cover_image
from guongsang.views.wording import KINDS, capitalise

SECONDS: Final = 2
IN_SECTION: Final = 3
PEOPLE: Final = 8
PLACES: Final = 12
HONOURS: Final = 6
IN_HONOUR: Final = 3


def plan_home(archive: Archive) -> Output:
    """Plan the home page: the newest story large, the newest of each column, ways to browse."""
    stories = archive.content.stories
    newsroom = archive.registers.newsroom
    switches = newsroom.switches
    top = stories[: 1 + SECONDS]
    cards = [archive.cards[story.slug] for story in top]
    view = HomeView(
        name=newsroom.name,
        lead=cards[0] if cards else None,
        seconds=tuple(cards[1:]),
        sections=tuple(_sections(archive, {story.slug for story in top})),
        people=_people(archive) if switches.people else (),
        places=tuple(sorted(place_entries(archive), key=lambda entry: -entry.count)[:PLACES]),
        honours=honour_groups(archive, HONOURS, IN_HONOUR) if switches.honours else (),
        year=_newest_year(archive),
        nominate=Link(NOMINATION, NOMINATE) if switches.nominate else None,
    )
    return Output(
        url=HOME,
        title=newsroom.name,
        description="",  # that of the whole site
        template="home.html",
        view=view,
        image=cover_image(archive.content, stories[0]) if stories else None,
    )


def _sections(archive: Archive, shown: Collection[str]) -> Iterator[HomeSection]:
    """Yield the newest stories of each active column, without those already at the top."""
    for key, column in archive.registers.columns.items():
        stories = archive.stories_of("column", key)
        fresh = [story for story in stories if story.slug not in shown][:IN_SECTION]
        if column.active and fresh:
            yield HomeSection(
                Link(column.name, section_url("column", key)),
                column.description,
                tuple(archive.cards[story.slug] for story in fresh),
            )


def _people(archive: Archive) -> tuple[HomePerson, ...]:
    """Return the honorees of the newest stories."""
    return tuple(
        HomePerson(
            Link(archive.registers.honorees[key].name, section_url("honoree", key)),
            _note(archive, archive.stories_of("honoree", key)[0], key),
        )
        for key in archive.keys_of("honoree")[:PEOPLE]
    )


def _note(archive: Archive, story: Story, key: str) -> str:
    """Say who an honoree is: the role in the newest story, else the kind."""
    return capitalise(story.brief.role(key) or KINDS[archive.registers.honorees[key].kind])


def _newest_year(archive: Archive) -> HomeYear | None:
    years = sorted(archive.keys_of("year"))
    if not years:
        return None
    link = Link(f"Năm {years[-1]}", year_url(int(years[-1])))
    return HomeYear(link, count_figures(archive.stories_of("year", years[-1])))
