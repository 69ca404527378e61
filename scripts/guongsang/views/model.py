"""What templates read: plain data only, so that a page's fingerprint is the page's data.

Addresses are site-relative; the template makes them relative to its page. That is why one card can
be built once and stand on many pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from guongsang.prose.model import Prose


class Link(NamedTuple):
    """A text that leads somewhere, or only a text."""

    text: str
    url: str | None = None


class DateText(NamedTuple):
    text: str
    iso: str


class Candidate(NamedTuple):
    uri: str
    width: int


class Source(NamedTuple):
    """One format of a picture, by its type."""

    mime: str
    candidates: tuple[Candidate, ...]


class PictureView(NamedTuple):
    """`sources` are what browsers choose from before they take the JPEG.

    `focus` is the CSS classes that keep the subject in sight when a picture is cropped.
    """

    src: str
    width: int
    height: int
    alt: str
    focus: str
    sources: tuple[Source, ...]
    jpeg: tuple[Candidate, ...]
    placeholder: str | None = None


class Figure(NamedTuple):
    picture: PictureView
    caption: str | None
    credit: str | None


class _Card(NamedTuple):
    url: str
    title: str
    lang: str
    kicker: Link
    summary: str
    picture: PictureView | None
    place: str | None
    date: DateText
    drawn: tuple[tuple[str, str], ...] = ()


class Card(_Card):
    """A story in a list. Built once per story, shared by all pages that list it.

    `drawn`: its HTML as `render` keeps it, by use, for the uses that most lists have.
    """

    __slots__ = ()
    is_shared: ClassVar = True


class Pager(NamedTuple):
    """Ways to the neighbouring pages of a list. `number` is None at the list's own address."""

    number: int | None = None
    older: str | None = None
    newer: str | None = None
    newest: str | None = None


class Listing(NamedTuple):
    cards: tuple[Card, ...]
    pager: Pager


class PlaceLine(NamedTuple):
    """A place then and now; `url` leads to the page of the present unit."""

    label: str | None
    printed: str
    now: str | None
    url: str | None

    @property
    def text(self) -> str:
        return f"{self.printed} (nay thuộc {self.now})" if self.now else self.printed

    @property
    def capitalised(self) -> PlaceLine:
        """The same, to begin a line with."""
        return self._replace(printed=self.printed[:1].upper() + self.printed[1:])


class AwardLine(NamedTuple):
    """`shown` marks the awards that a story was written about."""

    name: str
    year: str | None
    details: tuple[str, ...]
    shown: bool = False


class Profile(NamedTuple):
    """Who an honoree is: the box of a story, the head of a page.

    `open_name` is the bare name where programs may be told it too.
    """

    name: str
    open_name: str | None
    url: str | None
    kind: str
    role: str | None
    years: str | None
    lived: tuple[str, str] | None
    ethnic_group: str | None
    trusted: bool
    other_names: tuple[str, ...]
    places: tuple[PlaceLine, ...]
    awards: tuple[AwardLine, ...]


class Contributor(NamedTuple):
    """Somebody who made a story; a desk is a part of the newsroom, not a person."""

    text: str
    url: str | None
    is_desk: bool


class CreditLine(NamedTuple):
    """“Bài và ảnh” and the names behind it; `did` is the key of what they did."""

    did: str
    label: str
    names: tuple[Contributor, ...]


class AudioView(NamedTuple):
    uri: str
    mime: str
    label: str
    lang: str
    transcript: tuple[str, ...]
    notes: tuple[str, ...]


class FileLink(NamedTuple):
    title: str
    uri: str
    format: str


class CorrectionView(NamedTuple):
    date: DateText
    was: str
    now: str


class CorrectionEntry(NamedTuple):
    """A correction away from its story; `published` is the day of the piece."""

    correction: CorrectionView
    story: Link
    lang: str
    column: Link
    published: DateText


class CorrectionsView(NamedTuple):
    trail: tuple[Link, ...]
    title: str
    intro: str
    entries: tuple[CorrectionEntry, ...]


class SeriesItem(NamedTuple):
    part: int
    title: str
    url: str | None


class FilmView(NamedTuple):
    """A film of the story itself, with its player. `poster` is the picture that was typed with it,
    `screen` what is shown until it plays; `shown` is how long it lasts, as typed, `length` as ISO
    8601 says it. `address` is absolute."""

    title: str
    shown: str
    length: str
    uri: str
    mime: str
    poster: str | None
    screen: str | None
    width: int
    height: int
    lang: str
    credit: str | None
    transcript: tuple[str, ...]
    address: str


class SeriesBox(NamedTuple):
    name: str
    url: str
    part: int
    parts: tuple[SeriesItem, ...]


class Body(NamedTuple):
    """A story's text and what fills its places: figures by file name, links by what was written,
    films in the order of the text, None for one that is not published."""

    prose: Prose
    figures: Mapping[str, Figure]
    links: Mapping[str, str]
    films: tuple[FilmView | None, ...] = ()


class StoryView(NamedTuple):
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


class ListView(NamedTuple):
    """`kickers` is off where every card would repeat the heading; `author` is whose list it is.

    `siblings` are the other lists of its section, with itself: `here` is its first page.
    """

    trail: tuple[Link, ...]
    ways: tuple[Link, ...]
    title: str
    intro: str | None
    listing: Listing
    empty: str
    kickers: bool = True
    author: Contributor | None = None
    here: str = ""
    siblings: tuple[Link, ...] = ()


class PlaceView(NamedTuple):
    trail: tuple[Link, ...]
    ways: tuple[Link, ...]
    title: str
    province: str | None
    other_names: tuple[str, ...]
    former: tuple[str, ...]
    listing: Listing


class Moment(NamedTuple):
    """What happened in a life, or was published of it; `kind` is "life", "award" or "story"."""

    kind: str
    when: str | None
    what: Link
    details: tuple[str, ...] = ()


class HonoreeView(NamedTuple):
    """`timeline` is in the order of years; what has no known year comes last."""

    trail: tuple[Link, ...]
    profile: Profile
    timeline: tuple[Moment, ...]
    same_as: tuple[Link, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """`letter` is that of the alphabet under which it stands where there are many."""

    link: Link
    note: str | None
    count: int
    letter: str = ""
    picture: PictureView | None = None


class IndexGroup(NamedTuple):
    title: str | None
    entries: tuple[IndexEntry, ...]


class IndexView(NamedTuple):
    trail: tuple[Link, ...]
    title: str
    intro: str
    groups: tuple[IndexGroup, ...]
    empty: str


class Figures(NamedTuple):
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


class BarChart(NamedTuple):
    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`x` and `height` are in units of the chart's SVG."""

    label: str
    count: int
    x: int
    height: int


class ColumnChart(NamedTuple):
    """`told` says the numbers to those who do not see the chart."""

    title: str
    told: str
    columns: tuple[Column, ...]


class YearView(NamedTuple):
    trail: tuple[Link, ...]
    ways: tuple[Link, ...]
    title: str
    figures: Figures
    by_month: ColumnChart
    charts: tuple[BarChart, ...]
    months: tuple[IndexEntry, ...]
    listing: Listing


class HonourRow(NamedTuple):
    """`key` is the honoree's, `rank` the place in the order of names."""

    key: str
    honoree: Link
    rank: int
    kind: str
    year: str | None
    details: tuple[str, ...]
    stories: tuple[Link, ...]


class HonourGroup(NamedTuple):
    id: str
    name: str
    rows: tuple[HonourRow, ...]


class HonoursView(NamedTuple):
    """`data` is the file that has the same as a table, if the site has one."""

    trail: tuple[Link, ...]
    groups: tuple[HonourGroup, ...]
    data: str | None


class HomeSection(NamedTuple):
    link: Link
    intro: str | None
    cards: tuple[Card, ...]


class HomePerson(NamedTuple):
    link: Link
    note: str


class HomeYear(NamedTuple):
    link: Link
    figures: Figures


class HomeView(NamedTuple):
    name: str
    lead: Card | None
    seconds: tuple[Card, ...]
    sections: tuple[HomeSection, ...]
    people: tuple[HomePerson, ...]
    places: tuple[IndexEntry, ...]
    honours: tuple[HonourGroup, ...]
    year: HomeYear | None
    nominate: Link | None


class SearchView(NamedTuple):
    """`ways` lead to the lists, for readers without script."""

    trail: tuple[Link, ...]
    title: str
    intro: str
    ways: tuple[Link, ...]


class Question(NamedTuple):
    """What readers are asked who nominate; `rows` is the height of the answer in lines."""

    ask: str
    hint: str
    rows: int = 2


class NominateView(NamedTuple):
    """`letter` has the questions with room for answers; `mail` opens a mail with it.

    `ways` are the newsroom's address of mail, telephone and house, as far as there are.
    """

    trail: tuple[Link, ...]
    title: str
    intro: str
    questions: tuple[Question, ...]
    letter: str
    email: str | None
    subject: str
    mail: str | None
    name: str
    ways: tuple[Link, ...]


class RetractedView(NamedTuple):
    date: DateText | None
    reason: str | None
    contact: str
    email: str | None


class OfflineView(NamedTuple):
    """Nothing but fixed words."""


class ProblemLine(NamedTuple):
    """What is wrong at a place of a file, and what to type instead."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str


class BrokenView(NamedTuple):
    problems: tuple[ProblemLine, ...]


class NotFoundView(NamedTuple):
    """`site_url` because this page is served at any depth; `search` is the page of the search,
    `ways` lead on from here."""

    site_url: str
    email: str | None
    search: str | None
    ways: tuple[Link, ...]
