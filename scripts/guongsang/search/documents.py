"""What a story can be found by: only what its page shows, and the older names of its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guongsang.pages.archive import Archive
from guongsang.pages.honorees import address_name
from guongsang.pages.naming import open_name
from guongsang.pages.wording import unit_name
from guongsang.prose.model import Prose
from guongsang.registers.model import Honoree, Registers
from guongsang.stories.model import Head, Story

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lore:
    """What the registers say about the people, places and headings of stories, as lines of text.

    By key. One record's lines change only with that record, and `people` tells what else of an
    honoree decides which lines may be used: together they tell which years must be indexed again.
    """

    registers: Registers
    honorees: Mapping[str, Lines]
    people: Mapping[str, str]
    places: Mapping[str, Lines]
    authors: Mapping[str, Lines]
    series: Mapping[str, Lines]
    headings: Mapping[tuple[str, str], Lines]

    def facts_of(self, head: Head) -> Iterator[object]:
        """Yield everything from the registers that decides what a story can be found by."""
        yield self.headings["column", head.column]
        yield from (self.headings["field", key] for key in head.fields)
        yield from (self.headings["deed", key] for key in head.deeds)
        yield from ((self.honorees[key], self.people[key]) for key in head.honorees)
        yield from (self.places[unit] for unit in head.places)
        yield from (self.authors[key] for key in head.authors)
        if head.series:
            yield self.series[head.series[0]]

    def lines_of(self, story: Story) -> Iterator[Lines]:
        """Yield the lines of each record that a story names."""
        front = story.front
        yield self.headings["column", front.column]
        yield from (self.headings["field", key] for key in front.fields)
        yield from (self.headings["deed", key] for key in front.deeds)
        for told in front.honorees:
            name = open_name(told, story, self.registers)
            yield tuple(text for text in (told.called, name, told.role) if text)
            if told.id and name:
                yield self.honorees[told.id]
        yield from (self.places[place.unit] for place in front.places)
        yield from (self.authors[credit.id] for credit in front.authors if credit.id)
        if front.series:
            yield self.series[front.series.id]


def gather_lore(archive: Archive) -> Lore:
    """Put the registers' records into lines, once for all stories."""
    registers = archive.registers
    former = former_names(archive)
    return Lore(
        registers=registers,
        honorees={key: _honoree_lines(registers, each) for key, each in registers.honorees.items()},
        people={
            key: repr((each.kind, each.born, each.died, each.minor, each.consent))
            for key, each in registers.honorees.items()
        },
        places={
            key: (
                unit_name(registers, key),
                *registers.places[key].other_names,
                *former.get(key, ()),
            )
            for key in archive.keys_of("place")
        },
        authors={key: (author.name,) for key, author in registers.authors.items()},
        series={key: (series.name,) for key, series in registers.series.items()},
        headings={
            (kind, key): (heading.name,)
            for kind, table in (
                ("column", registers.columns),
                ("field", registers.fields),
                ("deed", registers.deeds),
            )
            for key, heading in table.items()
        },
    )


def former_names(archive: Archive) -> dict[str, list[str]]:
    """Return for each present unit the names of the former ones in it, and of their districts."""
    found: dict[str, dict[str, None]] = {}
    for old, place in archive.registers.places.items():
        if place.is_present:
            continue
        names = [place.full_name, *place.other_names]
        names += [f"huyện {place.district}"] if place.district else []
        for unit in archive.places.present_units(old):
            found.setdefault(unit, {}).update(dict.fromkeys(names))
    return {unit: list(names) for unit, names in found.items()}


def story_lines(story: Story, prose: Prose, lore: Lore) -> Iterator[str]:
    """Yield what a story's page says, a paragraph a line, and what is known of those it names.

    The name of an honoree stands in no line of its own unless it may be told to programs.
    """
    front = story.front
    yield front.title
    yield front.summary
    yield from prose.plain.split("\n")
    for photo in (front.cover, *front.photos):
        yield from (text for text in (photo.caption, photo.alt, photo.credit) if text)
    for place in front.places:
        yield from (text for text in (place.as_printed, place.village) if text)
    yield from (credit.name for credit in front.authors if credit.name)
    yield from front.tags
    for audio in front.audio:
        yield from (audio.transcript or "").split("\n")
    yield from (attachment.title for attachment in front.attachments)
    for lines in lore.lines_of(story):
        yield from lines


def _honoree_lines(registers: Registers, honoree: Honoree) -> Lines:
    awards = (registers.awards[award.award].name for award in honoree.valid_awards)
    name = address_name(honoree.called, honoree.name)
    return (name, *honoree.other_names, *dict.fromkeys(awards))
