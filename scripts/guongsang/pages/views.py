"""What templates read: plain data only, so that a page's fingerprint is the page's data.

Addresses are site-relative; the template makes them relative to its page. That is why one card can
be built once and stand on many pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guongsang.prose.model import Prose


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere, or only a text."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class DateText:
    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Candidate:
    uri: str
    width: int


@dataclass(frozen=True, slots=True)
class PictureView:
    """`focus` is the CSS classes that keep the subject in sight when a picture is cropped."""

    src: str
    width: int
    height: int
    alt: str
    focus: str
    avif: tuple[Candidate, ...]
    jpeg: tuple[Candidate, ...]
    placeholder: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    picture: PictureView
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list. Built once per story, shared by all pages that list it."""

    url: str
    title: str
    lang: str
    kicker: Link
    summary: str
    picture: PictureView | None
    place: str | None
    date: DateText


@dataclass(frozen=True, slots=True)
class Pager:
    """Ways to the neighbouring pages of a list. `number` is None at the list's own address."""

    number: int | None = None
    older: str | None = None
    newer: str | None = None
    newest: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    cards: tuple[Card, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place then and now; `url` leads to the page of the present unit."""

    label: str | None
    printed: str
    now: str | None
    url: str | None

    @property
    def text(self) -> str:
        return f"{self.printed} (nay thuộc {self.now})" if self.now else self.printed


@dataclass(frozen=True, slots=True)
class AwardLine:
    """`shown` marks the awards that a story was written about."""

    name: str
    year: str | None
    details: tuple[str, ...]
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """Who an honoree is: the box of a story, the head of a page.

    `open_name` is the bare name where programs may be told it too.
    """

    name: str
    open_name: str | None
    url: str | None
    kind: str
    role: str | None
    years: str | None
    ethnic_group: str | None
    trusted: bool
    other_names: tuple[str, ...]
    places: tuple[PlaceLine, ...]
    awards: tuple[AwardLine, ...]


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made a story; a desk is a part of the newsroom, not a person."""

    text: str
    url: str | None
    is_desk: bool


@dataclass(frozen=True, slots=True)
class CreditLine:
    """“Bài và ảnh” and the names behind it; `did` is the key of what they did."""

    did: str
    label: str
    names: tuple[Contributor, ...]


@dataclass(frozen=True, slots=True)
class AudioView:
    uri: str
    mime: str
    label: str
    lang: str
    transcript: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileLink:
    title: str
    uri: str
    format: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    date: DateText
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """A correction away from its story; `published` is the day of the piece."""

    correction: CorrectionView
    story: Link
    lang: str
    column: Link
    published: DateText


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    trail: tuple[Link, ...]
    title: str
    intro: str
    entries: tuple[CorrectionEntry, ...]


@dataclass(frozen=True, slots=True)
class SeriesItem:
    part: int
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class SeriesBox:
    name: str
    url: str
    part: int
    parts: tuple[SeriesItem, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A story's text and what fills its places: figures by file name, links by what was written."""

    prose: Prose
    figures: Mapping[str, Figure]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoryView:
    """`address` is absolute; `modified` is the moment of the last stated change, in ISO form;
    `crops` are the addresses of the cover as a square, in 4:3 and in 16:9."""

    trail: tuple[Link, ...]
    kicker: Link
    title: str
    lang: str
    credits: tuple[CreditLine, ...]
    date: DateText
    updated: DateText | None
    modified: str
    minutes: int
    places: tuple[PlaceLine, ...]
    cover: Figure | None
    crops: tuple[str, ...]
    corrections: tuple[CorrectionView, ...]
    audio: tuple[AudioView, ...]
    follows: Link | None
    followed_by: tuple[Link, ...]
    body: Body
    gallery: tuple[Figure, ...]
    honorees: tuple[Profile, ...]
    series: SeriesBox | None
    sources: tuple[Link, ...]
    verified: str | None
    attachments: tuple[FileLink, ...]
    topics: tuple[Link, ...]
    tags: tuple[Link, ...]
    address: str
    share: tuple[Link, ...]
    report: str | None
    newer: Link | None
    older: Link | None
    related: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """`kickers` is off where every card would repeat the heading; `author` is whose list it is.

    `siblings` are the other lists of its section, with itself: `here` is its first page.
    """

    trail: tuple[Link, ...]
    section: str
    title: str
    intro: str | None
    listing: Listing
    empty: str
    kickers: bool = True
    author: Contributor | None = None
    here: str = ""
    siblings: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceView:
    trail: tuple[Link, ...]
    section: str
    title: str
    province: str | None
    other_names: tuple[str, ...]
    former: tuple[str, ...]
    listing: Listing


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened in a life, or was published of it; `kind` is "life", "award" or "story"."""

    kind: str
    when: str | None
    what: Link
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HonoreeView:
    """`timeline` is in the order of years; what has no known year comes last."""

    trail: tuple[Link, ...]
    profile: Profile
    timeline: tuple[Moment, ...]
    same_as: tuple[Link, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    link: Link
    note: str | None
    count: int


@dataclass(frozen=True, slots=True)
class IndexGroup:
    title: str | None
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    trail: tuple[Link, ...]
    title: str
    intro: str
    groups: tuple[IndexGroup, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A period in numbers."""

    stories: int
    honorees: int
    places: int


@dataclass(frozen=True, slots=True)
class Bar:
    """`width` is in percent of the longest bar."""

    link: Link
    count: int
    width: int


@dataclass(frozen=True, slots=True)
class BarChart:
    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`x` and `height` are in units of the chart's SVG."""

    label: str
    count: int
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """`told` says the numbers to those who do not see the chart."""

    title: str
    told: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    trail: tuple[Link, ...]
    title: str
    figures: Figures
    by_month: ColumnChart
    charts: tuple[BarChart, ...]
    months: tuple[IndexEntry, ...]
    listing: Listing


@dataclass(frozen=True, slots=True)
class HonourRow:
    """`rank` is the honoree's place in the order of names."""

    honoree: Link
    rank: int
    kind: str
    year: str | None
    details: tuple[str, ...]
    stories: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HonourGroup:
    id: str
    name: str
    rows: tuple[HonourRow, ...]


@dataclass(frozen=True, slots=True)
class HonoursView:
    trail: tuple[Link, ...]
    groups: tuple[HonourGroup, ...]


@dataclass(frozen=True, slots=True)
class HomeSection:
    link: Link
    intro: str | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class HomePerson:
    link: Link
    note: str


@dataclass(frozen=True, slots=True)
class HomeYear:
    link: Link
    figures: Figures


@dataclass(frozen=True, slots=True)
class HomeView:
    name: str
    lead: Card | None
    seconds: tuple[Card, ...]
    sections: tuple[HomeSection, ...]
    people: tuple[HomePerson, ...]
    places: tuple[IndexEntry, ...]
    honours: tuple[HonourGroup, ...]
    year: HomeYear | None


@dataclass(frozen=True, slots=True)
class SearchView:
    """`ways` lead to the lists, for readers without script."""

    trail: tuple[Link, ...]
    title: str
    intro: str
    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RetractedView:
    date: DateText | None
    reason: str | None
    contact: str
    email: str | None


@dataclass(frozen=True, slots=True)
class OfflineView:
    """Nothing but fixed words."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """What is wrong at a place of a file, and what to type instead."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class BrokenView:
    problems: tuple[ProblemLine, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """`site_url` because this page is served at any depth."""

    site_url: str
    email: str | None
