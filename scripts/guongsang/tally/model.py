"""The numbers of a period, and what else a report tells of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from guongsang.tally.period import Period


class Totals(NamedTuple):
    """Stories, distinct honorees, places and contributors; distinct valid awards shown with the
    stories; awards given in the period to anybody with a story; corrections and retractions made
    in the period."""

    stories: int
    honorees: int
    places: int
    contributors: int
    awards: int
    given: int
    corrections: int
    retractions: int


class Count(NamedTuple):
    """A row of a breakdown; None for a number too small to be told."""

    name: str
    now: int | None
    before: int | None


class Corrected(NamedTuple):
    """A correction; of a story that may not be printed only the day."""

    day: dt.date
    slug: str
    title: str | None
    was: str
    now: str


class Retracted(NamedTuple):
    day: dt.date
    reason: str


class Listed(NamedTuple):
    """A story of the period; one that may not be printed has no title. Texts as on its card."""

    slug: str
    day: dt.date
    title: str | None
    column: str
    place: str
    contributors: tuple[str, ...]


class Unwritten(NamedTuple):
    """A commune of the newsroom's province without a story in the period."""

    name: str
    is_ever: bool  # it has had one at another time


@dataclass(frozen=True, slots=True)
class Tally:
    """All that a report tells in numbers. Breakdowns in the order of the registers, or with the
    most first; `ethnic_groups` is empty unless the newsroom browses by them."""

    period: Period
    totals: Totals
    totals_before: Totals
    months: tuple[Count, ...]
    columns: tuple[Count, ...]
    fields: tuple[Count, ...]
    deeds: tuple[Count, ...]
    places: tuple[Count, ...]
    kinds: tuple[Count, ...]
    awards: tuple[Count, ...]
    contributors: tuple[Count, ...]
    ethnic_groups: tuple[Count, ...]
    communes: int
    unwritten: tuple[Unwritten, ...]
    unwritten_before: int
    corrected: tuple[Corrected, ...]
    retracted: tuple[Retracted, ...]
    stories: tuple[Listed, ...]
