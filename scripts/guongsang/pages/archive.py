"""The stories by everything that lists them, and one card of each: built once for all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guongsang.addresses import Shelf, section_url, shelves_of
from guongsang.pages.content import Content
from guongsang.pages.pictures import picture_view
from guongsang.pages.views import Card, Figures, Link
from guongsang.pages.wording import short_day, short_place
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story


@dataclass(frozen=True, slots=True)
class Archive:
    """`shelves` holds the stories of each (kind, key), newest first; kinds as in addresses,
    and "year" and "month" ("2026", "2026/05")."""

    content: Content
    shelves: Mapping[Shelf, Sequence[Story]]
    cards: Mapping[str, Card]
    urls: Mapping[str, str]
    follow_ups: Mapping[str, Sequence[Story]]
    places: PlaceBook
    ranks: Mapping[str, int]

    @property
    def registers(self) -> Registers:
        return self.content.registers

    def stories_of(self, kind: str, key: str) -> Sequence[Story]:
        return self.shelves.get((kind, key), ())

    def keys_of(self, kind: str) -> list[str]:
        """Return the keys of a kind that have a story, in the order of their newest one."""
        return [key for found, key in self.shelves if found == kind]

    def story_link(self, story: Story) -> Link:
        return Link(story.front.title, story.url)


def build_archive(content: Content) -> Archive:
    """Index the public stories; one pass."""
    shelves: dict[Shelf, list[Story]] = {}
    ranks: dict[str, int] = {}
    follow_ups: dict[str, list[Story]] = {}
    for story in content.stories:
        for shelf in shelves_of(story):
            shelves.setdefault(shelf, []).append(story)
        column = story.front.column
        ranks[story.slug] = len(shelves["column", column]) - 1
        if story.front.follows:
            follow_ups.setdefault(story.front.follows, []).append(story)
    return Archive(
        content=content,
        shelves=shelves,
        cards={story.slug: build_card(content, story) for story in content.stories},
        urls={story.slug: story.url for story in content.stories},
        follow_ups=follow_ups,
        places=PlaceBook(content.registers.places),
        ranks=ranks,
    )


def build_card(content: Content, story: Story) -> Card:
    """Make the card of one story."""
    front = story.front
    column = content.registers.columns[front.column]
    picture = content.pictures.get((story.slug, front.cover.src))
    return Card(
        url=story.url,
        title=front.title,
        lang=front.lang,
        kicker=Link(column.short or column.name, section_url("column", front.column)),
        summary=front.summary,
        picture=picture_view(front.cover, picture, on_card=True) if picture else None,
        place=short_place(content.registers, front.places[0].unit),
        date=short_day(front.date),
    )


def count_figures(stories: Sequence[Story]) -> Figures:
    """Count stories, distinct honorees and distinct places; inline honorees are each their own."""
    registered: set[str] = set()
    inline = 0
    for story in stories:
        registered.update(honoree.id for honoree in story.front.honorees if honoree.id)
        inline += sum(1 for honoree in story.front.honorees if honoree.id is None)
    units = {place.unit for story in stories for place in story.front.places}
    return Figures(len(stories), len(registered) + inline, len(units))
