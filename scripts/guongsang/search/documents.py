"""What a story can be found by: only what its page shows, and the older names of its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from guongsang.archive.archive import Archive
from guongsang.archive.honorees import address_name
from guongsang.archive.naming import open_name
from guongsang.prose.model import Prose
from guongsang.publish.fingerprint import fingerprint
from guongsang.registers.model import Author, Heading, Honoree, Registers, Series
from guongsang.stories.model import Head, Story
from guongsang.traces import ALL, Made
from guongsang.views.wording import unit_name

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a register says of one person, place or heading, as lines of text.

    `facts` tells whatever decides what a story that names it can be found by.
    """

    lines: Lines
    facts: str


@dataclass(frozen=True, slots=True)
class Lore:
    """The records of the registers by key, each made when a story that names it is looked at."""

    registers: Registers
    honorees: Mapping[str, Record]
    places: Mapping[str, Record]
    authors: Mapping[str, Record]
    series: Mapping[str, Record]
    columns: Mapping[str, Record]
    fields: Mapping[str, Record]
    deeds: Mapping[str, Record]

    def once(self) -> Lore:
        """Return the same for looking up many: each record is asked for only once."""
        tables = {field.name: getattr(self, field.name) for field in fields(self)[1:]}
        return Lore(self.registers, **{name: _Once(table) for name, table in tables.items()})

    def facts_of(self, head: Head) -> Iterator[str]:
        """Yield everything from the registers that decides what a story can be found by."""
        yield self.columns[head.column].facts
        yield from [self.fields[key].facts for key in head.fields]
        yield from [self.deeds[key].facts for key in head.deeds]
        yield from [self.honorees[key].facts for key in head.honorees]
        yield from [self.places[unit].facts for unit in head.places]
        yield from [self.authors[key].facts for key in head.authors]
        if head.series:
            yield self.series[head.series[0]].facts

    def lines_of(self, story: Story) -> Iterator[Lines]:
        """Yield the lines of each record that a story names."""
        front = story.front
        yield self.columns[front.column].lines
        yield from (self.fields[key].lines for key in front.fields)
        yield from (self.deeds[key].lines for key in front.deeds)
        for told in front.honorees:
            name = open_name(told, story.front.date.date(), self.registers)
            yield tuple(text for text in (told.called, name, told.role) if text)
            if told.id and name:
                yield self.honorees[told.id].lines
        yield from (self.places[place.unit].lines for place in front.places)
        yield from (self.authors[credit.id].lines for credit in front.authors if credit.id)
        if front.series:
            yield self.series[front.series.id].lines


class _Once(dict[str, Record]):
    """Keeps what it has looked up in a table."""

    def __init__(self, table: Mapping[str, Record]) -> None:
        self._table = table

    def __missing__(self, key: str) -> Record:
        record = self[key] = self._table[key]
        return record


def gather_lore(archive: Archive) -> Lore:
    """Return the registers' records as the search has them, each made once for all stories."""
    registers, recorder = archive.registers, archive.content.recorder
    former = Made({ALL: None}, lambda _: former_names(archive), recorder)

    def name_only(table: Mapping[str, Author | Heading | Series]) -> Mapping[str, Record]:
        return Made(table, lambda key: _make_record((table[key].name,)), recorder)

    def describe_honoree(key: str) -> Record:
        each = registers.honorees[key]
        about = (each.kind, each.born, each.died, each.minor, each.consent)
        return _make_record(_honoree_lines(registers, each), about)

    def describe_place(key: str) -> Record:
        others = registers.places[key].other_names
        return _make_record((unit_name(registers, key), *others, *former[ALL].get(key, ())))

    return Lore(
        registers=registers,
        honorees=Made(registers.honorees, describe_honoree, recorder),
        places=Made(registers.places, describe_place, recorder),
        authors=name_only(registers.authors),
        series=name_only(registers.series),
        columns=name_only(registers.columns),
        fields=name_only(registers.fields),
        deeds=name_only(registers.deeds),
    )


def _make_record(lines: Lines, about: object = None) -> Record:
    return Record(lines, fingerprint(lines, about))


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
    for photo in front.pictures:
        yield from (text for text in (photo.caption, photo.alt, photo.credit) if text)
    for place in front.places:
        yield from (text for text in (place.as_printed, place.village) if text)
    yield from (credit.name for credit in front.authors if credit.name)
    yield from front.tags
    spoken = [each.transcript for each in front.audio] + [each.transcript for each in front.films]
    yield from (line for words in spoken if words for line in words.split("\n"))
    yield from (attachment.title for attachment in front.attachments)
    for lines in lore.lines_of(story):
        yield from lines


def _honoree_lines(registers: Registers, honoree: Honoree) -> Lines:
    awards = (registers.awards[award.award].name for award in honoree.valid_awards)
    name = address_name(honoree.called, honoree.name)
    return (name, *honoree.other_names, *dict.fromkeys(awards))
