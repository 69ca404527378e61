"""The stories by everything that lists them, and one card of each: made once for all pages.

What pages ask here is noted in the content's recorder, so that a page is planned again only when
an answer has changed. So ask the narrowest question there is: "has this place a story?" rather
than for all its stories.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from guongsang.addresses import Shelf, section_url, shelves_of
from guongsang.archive.related import find_related
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.traces import Made, Tracked
from guongsang.views.content import Content
from guongsang.views.model import Card, Figures, Link
from guongsang.views.pictures import find_cover, picture_view
from guongsang.views.wording import short_day, short_place


@dataclass(frozen=True, slots=True)
class Archive:
    """`shelves` holds the stories of each (kind, key), newest first; kinds as in addresses,
    and "year" and "month" ("2026", "2026/05"). `cards` and `urls` are those of public stories."""

    content: Content
    shelves: Mapping[Shelf, Sequence[Story]]
    cards: Mapping[str, Card]
    urls: Mapping[str, str]
    places: PlaceBook
    _by_slug: Mapping[str, Story]
    _follow_ups: Mapping[str, Sequence[Story]]
    _ranks: Mapping[str, int]
    _related: Mapping[str, tuple[str, ...]]
    _slugs: Callable[[Shelf], Sequence[str]]

    @property
    def registers(self) -> Registers:
        return self.content.registers

    def story(self, slug: str) -> Story:
        """Return a public or retracted story."""
        return self._by_slug[slug]

    def stories_of(self, kind: str, key: str) -> Sequence[Story]:
        self.content.recorder.ask("shelf", f"{kind} {key}")
        return self.shelves.get((kind, key), ())

    def slugs_of(self, kind: str, key: str) -> Sequence[str]:
        """Return the same by slug, without looking at any story."""
        self.content.recorder.ask("shelf", f"{kind} {key}")
        return self._slugs((kind, key))

    def has_stories(self, kind: str, key: str) -> bool:
        self.content.recorder.ask("has", f"{kind} {key}")
        return (kind, key) in self.shelves

    def keys_of(self, kind: str) -> list[str]:
        """Return the keys of a kind that have a story, in the order of their newest one."""
        self.content.recorder.ask("keys", kind)
        return [key for found, key in self.shelves if found == kind]

    def neighbours(self, slug: str) -> tuple[str | None, str | None]:
        """Return the slugs of the next older and the next newer story of the column."""
        self.content.recorder.ask("neighbours", slug)
        column = self.shelves["column", self._by_slug[slug].head.column]
        rank = self._ranks[slug]
        older = column[rank + 1].slug if rank + 1 < len(column) else None
        return older, column[rank - 1].slug if rank else None

    def follow_ups(self, slug: str) -> tuple[str, ...]:
        """Return the slugs of the stories that tell what became of this one, newest first."""
        self.content.recorder.ask("followed by", slug)
        return tuple(story.slug for story in self._follow_ups.get(slug, ()))

    def related(self, slug: str) -> tuple[str, ...]:
        """Return the slugs of at most four stories to read next."""
        self.content.recorder.ask("related", slug)
        return self._related[slug]

    def story_link(self, story: Story) -> Link:
        return Link(story.brief.title, story.url)


def build_archive(
    content: Content, related: Mapping[str, tuple[str, ...]] | None = None
) -> Archive:
    """Index the public stories; one pass. `related` are those of `find_related`, if known."""
    shelves: dict[Shelf, list[Story]] = {}
    ranks: dict[str, int] = {}
    follow_ups: dict[str, list[Story]] = {}
    for story in content.stories:
        for shelf in shelves_of(story):
            shelves.setdefault(shelf, []).append(story)
        head = story.head
        ranks[story.slug] = len(shelves["column", head.column]) - 1
        if head.follows:
            follow_ups.setdefault(head.follows, []).append(story)
    by_slug = {story.slug: story for story in content.stories}
    recorder = content.recorder
    return Archive(
        content=content,
        shelves=shelves,
        cards=Made(by_slug, lambda slug: build_card(content, by_slug[slug]), recorder),
        urls=Tracked("url", {slug: story.url for slug, story in by_slug.items()}, recorder),
        places=PlaceBook(content.registers.places),
        _by_slug={story.slug: story for story in content.retracted} | by_slug,
        _follow_ups=follow_ups,
        _ranks=ranks,
        _related=find_related(content.stories) if related is None else related,
        _slugs=lambda shelf: [story.slug for story in shelves.get(shelf, ())],
    )


def build_card(content: Content, story: Story) -> Card:
    """Make the card of one story."""
    front = story.front
    column = content.registers.columns[front.column]
    cover = find_cover(content, story)
    return Card(
        url=story.url,
        title=front.title,
        lang=front.lang,
        kicker=Link(column.short or column.name, section_url("column", front.column)),
        summary=front.summary,
        picture=picture_view(*cover, on_card=True) if cover else None,
        place=short_place(content.registers, front.places[0].unit),
        date=short_day(story.instant),
    )


def count_figures(stories: Sequence[Story]) -> Figures:
    """Count stories, distinct honorees and distinct places; inline honorees are each their own."""
    heads = [story.head for story in stories]
    registered = {key for head in heads for key in head.honorees}
    inline = sum(head.inline for head in heads)
    units = {key for head in heads for key in head.places}
    return Figures(len(stories), len(registered) + inline, len(units))
