"""The numbers of a period, of what readers see of the stories, against the period before.

A story belongs to the month of its date. One with two fields counts in both, so the rows of a
breakdown may sum up to more than there are stories.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from guongsang.archive.archive import Archive, count_figures
from guongsang.archive.honorees import allows_ethnic_group
from guongsang.checks.people.print_scope import find_unprintable
from guongsang.registers.model import Award, Heading, Place, Registers
from guongsang.stories.model import Correction, Story
from guongsang.tally.model import Corrected, Count, Listed, Retracted, Tally, Totals, Unwritten
from guongsang.tally.period import Period
from guongsang.text.collate import collation_key, person_collation_key
from guongsang.views.wording import KINDS, capitalise, short_place

# Fewer people of an ethnic group could be told apart in a village.
LEAST_OF_GROUP: Final = 5
# A longer period is told by years.
_MOST_MONTHS: Final = 24
# No name begins with it.
_RECORD: Final = "\0"
# What a breakdown counts: a registered key, or a name.
_Keys = Callable[[Story], Iterable[str]]


def count_period(archive: Archive, period: Period) -> Tally:
    """Count a period."""
    registers = archive.registers
    now, before = _find_stories(archive, period), _find_stories(archive, period.before)

    def compare(find_keys: _Keys) -> dict[str, tuple[int, int]]:
        counted, earlier = _count(now, find_keys), _count(before, find_keys)
        return {key: (counted[key], earlier[key]) for key in counted | earlier}

    communes = [key for key, place in registers.places.items() if _is_commune(place, registers)]
    places = compare(lambda story: story.head.places)
    contributors = compare(_find_contributors)
    return Tally(
        period=period,
        totals=_total(archive, period, now),
        totals_before=_total(archive, period.before, before),
        months=tuple(_count_months(archive, period)),
        columns=_by_register(registers.columns, compare(lambda story: [story.head.column])),
        fields=_by_register(registers.fields, compare(lambda story: story.head.fields)),
        deeds=_by_register(registers.deeds, compare(lambda story: story.head.deeds)),
        places=_most_first(places, lambda key: short_place(registers, key), collation_key),
        kinds=tuple(_count_kinds(registers, now, before)),
        awards=tuple(_count_awards(registers, now, before)),
        contributors=_most_first(
            contributors, lambda key: _name_contributor(key, registers), person_collation_key
        ),
        ethnic_groups=tuple(_count_groups(registers, now, before)),
        communes=len(communes),
        unwritten=tuple(
            Unwritten(
                capitalise(registers.places[key].full_name), archive.has_stories("place", key)
            )
            for key in sorted(communes, key=lambda key: collation_key(registers.places[key].name))
            if not places.get(key, (0, 0))[0]
        ),
        unwritten_before=sum(not places.get(key, (0, 0))[1] for key in communes),
        corrected=tuple(_find_corrected(archive, period)),
        retracted=tuple(_find_retracted(archive, period)),
        stories=tuple(_list_story(archive, story) for story in now),
    )


def _find_stories(archive: Archive, period: Period) -> list[Story]:
    """Return the stories of a period, oldest first."""
    found = [story for month in period.months for story in archive.stories_of("month", month)]
    return sorted(found, key=lambda story: (story.front.date, story.slug))


def _count(stories: Iterable[Story], find_keys: _Keys) -> Counter[str]:
    return Counter(key for story in stories for key in set(find_keys(story)))


def _total(archive: Archive, period: Period, stories: Sequence[Story]) -> Totals:
    registers = archive.registers
    figures = count_figures(stories)
    contributors = {key for story in stories for key in _find_contributors(story)}
    return Totals(
        stories=figures.stories,
        honorees=figures.honorees,
        places=figures.places,
        contributors=len(contributors),
        awards=len({*_find_all_awards(stories, registers)}),
        given=sum(
            _is_given(award, period)
            for key in archive.keys_of("honoree")
            for award in registers.honorees[key].valid_awards
        ),
        corrections=sum(1 for _ in _find_corrections(archive, period)),
        retractions=sum(1 for _ in _find_retracted(archive, period)),
    )


def _is_given(award: Award, period: Period) -> bool:
    """Return whether an award was given in a period; one of a year only, in all of that year."""
    if award.date is not None:
        return period.first_day <= award.date <= period.last_day
    if award.year is None:
        return False
    first, last = dt.date(award.year, 1, 1), dt.date(award.year, 12, 31)
    return period.first_day <= first and last <= period.last_day


def _find_contributors(story: Story) -> Iterator[str]:
    """Yield who made a story: the key of a record with a sign before it, or a name."""
    for credit in story.front.authors:
        yield f"{_RECORD}{credit.id}" if credit.id else credit.name or ""


def _name_contributor(key: str, registers: Registers) -> str:
    return registers.authors[key[1:]].name if key.startswith(_RECORD) else key


def _find_all_awards(
    stories: Iterable[Story], registers: Registers
) -> Iterator[tuple[str, str, str]]:
    """Yield the valid awards that are shown with stories: honoree, id and kind."""
    for story in stories:
        shown = story.front.awards
        for key in story.head.honorees if shown else ():
            for award in registers.honorees[key].valid_awards:
                if award.id in shown:
                    yield key, award.id, award.award


def _count_months(archive: Archive, period: Period) -> Iterator[Count]:
    """Yield month by month, each against the one in its place in the period before."""
    slices = len(period) if len(period) <= _MOST_MONTHS else -(-len(period) // 12)
    size = 1 if slices == len(period) else 12
    for n in range(slices):
        part = Period(period.start + n * size, min(period.start + (n + 1) * size - 1, period.end))
        earlier = Period(part.start - len(period), part.end - len(period))
        name = (
            f"{capitalise(part.short_words)}, so với {earlier.short_words.removeprefix('tháng ')}"
        )
        yield Count(name, _count_all(archive, part), _count_all(archive, earlier))


def _count_all(archive: Archive, period: Period) -> int:
    return sum(len(archive.slugs_of("month", month)) for month in period.months)


def _by_register(
    names: Mapping[str, Heading], counted: Mapping[str, tuple[int, int]]
) -> tuple[Count, ...]:
    """Return the records in use and those with a story: what has none is worth telling."""
    return tuple(
        Count(heading.name, *counted.get(key, (0, 0)))
        for key, heading in names.items()
        if heading.active or key in counted
    )


def _most_first(
    counted: Mapping[str, tuple[int, int]],
    find_name: Callable[[str], str],
    rank: Callable[[str], Any],
) -> tuple[Count, ...]:
    named = [(find_name(key), *told) for key, told in counted.items()]
    return tuple(
        Count(*row) for row in sorted(named, key=lambda row: (-row[1], -row[2], rank(row[0])))
    )


def _count_kinds(
    registers: Registers, now: Sequence[Story], before: Sequence[Story]
) -> Iterator[Count]:
    """Count the honorees of each kind: registered ones once, the others each time."""
    counted, earlier = (_count_told(registers, stories) for stories in (now, before))
    for kind, name in KINDS.items():
        yield Count(name, counted[kind], earlier[kind])


def _count_told(registers: Registers, stories: Sequence[Story]) -> Counter[str]:
    keys = {key for story in stories for key in story.head.honorees}
    counted = Counter(registers.honorees[key].kind for key in keys)
    told = itertools.chain.from_iterable(story.front.honorees for story in stories)
    counted.update(each.kind or "person" for each in told if each.id is None)
    return Counter(counted)


def _count_awards(
    registers: Registers, now: Sequence[Story], before: Sequence[Story]
) -> Iterator[Count]:
    """Count the awards shown with the stories by their kind, in precedence."""
    counted, earlier = (
        Counter(kind for *_, kind in {*_find_all_awards(stories, registers)})
        for stories in (now, before)
    )
    for key, award in registers.awards.items():
        if counted[key] or earlier[key]:
            yield Count(award.name, counted[key], earlier[key])


def _count_groups(
    registers: Registers, now: Sequence[Story], before: Sequence[Story]
) -> Iterator[Count]:
    """Count people by ethnic group where the newsroom browses by it: only whose consent says so,
    and no number below five. No row tells how many the rest are, or one could work that out."""
    if not registers.newsroom.switches.browse_ethnic_groups:
        return
    counted, earlier = (_count_open_groups(registers, stories) for stories in (now, before))
    for name in sorted(counted | earlier, key=collation_key):
        told, before_it = (
            count if count >= LEAST_OF_GROUP else None for count in (counted[name], earlier[name])
        )
        if told is not None or before_it is not None:
            yield Count(name, told, before_it)


def _count_open_groups(registers: Registers, stories: Sequence[Story]) -> Counter[str]:
    """Count the people whose ethnic group every one of the stories may show."""
    found: Counter[str] = Counter()
    registered: dict[str, bool] = {}
    for told in itertools.chain.from_iterable(story.front.honorees for story in stories):
        if told.id is not None:
            is_open = told.consent is None or allows_ethnic_group(told.consent)
            registered[told.id] = registered.get(told.id, True) and is_open
        elif told.kind == "person" and told.ethnic_group and allows_ethnic_group(told.consent):
            found[told.ethnic_group] += 1
    for key, is_open in registered.items():
        record = registers.honorees[key]
        may_tell = is_open and allows_ethnic_group(record.consent)
        if record.kind == "person" and record.ethnic_group and may_tell:
            found[record.ethnic_group] += 1
    return found


def _is_commune(place: Place, registers: Registers) -> bool:
    is_ours = place.province == registers.newsroom.province
    return is_ours and place.is_present and not place.is_province


def _find_corrections(archive: Archive, period: Period) -> Iterator[tuple[Correction, Story]]:
    """Yield the corrections of a period, whenever their stories were published."""
    for story in archive.content.corrected_stories():
        for each in story.front.corrections:
            if period.first_day <= each.date <= period.last_day:
                yield each, story


def _find_corrected(archive: Archive, period: Period) -> list[Corrected]:
    registers = archive.registers
    found = [
        Corrected(each.date, story.slug, story.front.title, each.was, each.now)
        if _may_print(story, registers)
        else Corrected(each.date, story.slug, None, "", "")
        for each, story in _find_corrections(archive, period)
    ]
    return sorted(found, key=lambda each: (each.day, each.slug))


def _find_retracted(archive: Archive, period: Period) -> list[Retracted]:
    told = (story.front.retracted for story in archive.content.retracted)
    found = [Retracted(each.date, each.reason) for each in told if each is not None]
    return sorted(each for each in found if period.first_day <= each.day <= period.last_day)


def _may_print(story: Story, registers: Registers) -> bool:
    return next(find_unprintable(story.front, registers), None) is None


def _list_story(archive: Archive, story: Story) -> Listed:
    front, registers = story.front, archive.registers
    column = registers.columns[front.column]
    names = (_name_contributor(key, registers) for key in _find_contributors(story))
    return Listed(
        slug=story.slug,
        day=front.date.date(),
        title=front.title if _may_print(story, registers) else None,
        column=column.short or column.name,
        place=short_place(registers, front.places[0].unit),
        contributors=tuple(dict.fromkeys(names)),
    )
