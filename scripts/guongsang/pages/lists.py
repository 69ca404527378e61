"""Lists of stories: by column, field, deed, place, author and series."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.addresses import HOME, SECTIONS, YEARS, is_switched_off, section_url
from guongsang.archive.archive import Archive
from guongsang.pages.story import sort_parts
from guongsang.registers.model import Heading, Place
from guongsang.text.fold import tone_key
from guongsang.views.model import Contributor, Link, Listing, ListView, Pager, PlaceView
from guongsang.views.outputs import Output, Page, PageImage
from guongsang.views.paging import Sheet, split_list
from guongsang.views.pictures import cover_image
from guongsang.views.wording import author_of, capitalise, clip

SECTION_NAMES: Final = {
    "column": "Chuyên mục",
    "field": "Lĩnh vực",
    "deed": "Việc làm",
    "place": "Địa phương",
    "honoree": "Nhân vật",
    "author": "Tác giả",
    "series": "Loạt bài",
}
# In this order every list leads on to the others.
_WAYS: Final = ("column", "field", "deed", "place", "honoree", "author")
_YEARS: Final = "Năm"
EMPTY: Final = "Chưa có bài nào ở đây. Bài mới sẽ hiện ngay khi tòa soạn đăng."


@dataclass(frozen=True, slots=True)
class Shelf:
    """One list: what it is of and what stands above it; `kind` names a section of few lists.

    `relation` is how its stories belong to it: of a column, by an author, about a field.
    """

    url: str
    trail: tuple[Link, ...]
    section: str
    title: str
    intro: str | None
    kickers: bool = True
    author: Contributor | None = None
    kind: str | None = None
    relation: str = "về"


def list_ways(archive: Archive, *kinds: str, years: str = "Theo năm") -> tuple[Link, ...]:
    """Return links to the indexes of sections that the newsroom has, and to that of the years."""
    switches = archive.registers.newsroom.switches
    ways = [Link(SECTION_NAMES[kind], SECTIONS[kind]) for kind in kinds]
    return (
        *(way for way in ways if not is_switched_off(way.url or "", switches)),
        Link(years, YEARS),
    )


def other_ways(archive: Archive, section: str) -> tuple[Link, ...]:
    """Return where a list of a section leads on to, besides other lists of its own."""
    ways = list_ways(archive, *_WAYS, years=_YEARS)
    return tuple(way for way in ways if way.text != section)


def list_lists(archive: Archive) -> Iterator[Page]:
    """Yield every list of a column, field, deed, place, author or series."""
    for kind in ("column", "field", "deed"):
        for key in headings_of(archive, kind):
            yield from list_heading(archive, kind, key)
    for kind, list_pages in LISTS.items():
        for key in archive.keys_of(kind):
            yield from list_pages(archive, key)


def section_trail(kind: str) -> tuple[Link, ...]:
    return Link("Trang chủ", HOME), Link(SECTION_NAMES[kind], SECTIONS[kind])


def list_sheets(archive: Archive, shelf: Shelf, slugs: Sequence[str]) -> Iterator[Page]:
    """Yield a list and its older pages."""
    for sheet in split_slugs(archive, shelf.url, slugs):
        yield page_of_sheet(shelf, sheet)


def split_slugs(archive: Archive, list_url: str, slugs: Sequence[str]) -> Iterator[Sheet[str]]:
    """Yield the pages of a list with the slugs of their stories."""
    return split_list(slugs, list_url, archive.registers.newsroom.page_size)


def page_of_sheet(shelf: Shelf, sheet: Sheet[str]) -> Page:
    return Page(sheet.url, plan_sheet, (shelf, sheet), sheet.noindex)


def plan_sheet(archive: Archive, shelf: Shelf, sheet: Sheet[str]) -> Output:
    number = sheet.pager.number
    title = shelf.title if number is None else f"{shelf.title} – trang {number}"
    view = ListView(
        trail=(*shelf.trail, Link(shelf.title, shelf.url)) if number else shelf.trail,
        ways=other_ways(archive, shelf.section),
        title=shelf.title,
        intro=shelf.intro if number is None else None,
        listing=list_cards(archive, sheet),
        empty=EMPTY if number is None else "Trang này đang chờ bài mới.",
        kickers=shelf.kickers,
        author=shelf.author,
        here=shelf.url,
        siblings=tuple(_sibling_links(archive, shelf.kind)) if shelf.kind else (),
    )
    return Output(
        url=sheet.url,
        title=title,
        description=clip(shelf.intro or f"Các bài {shelf.relation} {shelf.title}."),
        template="list.html",
        view=view,
        noindex=sheet.noindex,
        image=sheet_image(archive, sheet),
    )


def list_cards(archive: Archive, sheet: Sheet[str]) -> Listing:
    return Listing(tuple(archive.cards[slug] for slug in sheet.items), sheet.pager)


def sheet_image(archive: Archive, sheet: Sheet[str]) -> PageImage | None:
    """Return the picture of the first story."""
    return cover_image(archive.content, archive.story(sheet.items[0])) if sheet.items else None


def list_heading(archive: Archive, kind: str, key: str) -> Iterator[Page]:
    """Active headings have a page from the first day, retired ones while they have a story."""
    heading = headings_of(archive, kind)[key]
    slugs = archive.slugs_of(kind, key)
    if slugs or heading.active:
        shelf = Shelf(
            section_url(kind, key),
            section_trail(kind),
            SECTION_NAMES[kind],
            heading.name,
            heading.description,
            kickers=kind != "column",
            kind=kind,
            relation="của chuyên mục" if kind == "column" else "về",
        )
        yield from list_sheets(archive, shelf, slugs)


def headings_of(archive: Archive, kind: str) -> Mapping[str, Heading]:
    """Return the columns, fields or deeds by key, in the order of their file."""
    registers = archive.registers
    if kind == "column":
        return registers.columns
    return registers.fields if kind == "field" else registers.deeds


def _sibling_links(archive: Archive, kind: str) -> Iterator[Link]:
    for key, heading in headings_of(archive, kind).items():
        if heading.active or archive.has_stories(kind, key):
            yield Link(heading.name, section_url(kind, key))


def _list_place(archive: Archive, unit: str) -> Iterator[Page]:
    place = archive.registers.places[unit]
    province = archive.registers.places.get(place.province or "")
    intro = f"Gương người tốt, việc tốt ở {place.full_name}"
    intro += f", {province.full_name}." if province else "."
    shelf = Shelf(
        section_url("place", unit),
        section_trail("place"),
        SECTION_NAMES["place"],
        capitalise(place.full_name),
        intro,
    )
    first, *others = split_slugs(archive, shelf.url, archive.slugs_of("place", unit))
    yield Page(shelf.url, _plan_place, (unit, shelf, first))
    yield from (page_of_sheet(shelf, sheet) for sheet in others)


def _plan_place(archive: Archive, unit: str, shelf: Shelf, sheet: Sheet[str]) -> Output:
    places = archive.registers.places
    place = places[unit]
    province = places.get(place.province or "")
    view = PlaceView(
        trail=shelf.trail,
        ways=other_ways(archive, shelf.section),
        title=shelf.title,
        province=capitalise(province.full_name) if province else None,
        other_names=other_spellings(place),
        former=tuple(former_units(archive).get(unit, ())),
        listing=list_cards(archive, sheet),
    )
    return Output(
        url=shelf.url,
        title=shelf.title,
        description=clip(shelf.intro or ""),
        template="place.html",
        view=view,
        image=sheet_image(archive, sheet),
    )


def former_units(archive: Archive) -> dict[str, list[str]]:
    """Return the names of the former units in each present unit, with their old district."""
    registers = archive.registers
    found: dict[str, list[str]] = {}
    for old, place in registers.places.items():
        if place.is_present:
            continue
        name = place.full_name
        if place.full_district:
            name = f"{name} ({place.full_district})"
        for unit in archive.places.present_units(old):
            found.setdefault(unit, []).append(name)
    return found


def other_spellings(place: Place) -> tuple[str, ...]:
    """Return the other names of a unit, without those in which only the tone mark moves."""
    own = tone_key(place.name)
    return tuple(name for name in place.other_names if tone_key(name) != own)


def _list_author(archive: Archive, key: str) -> Iterator[Page]:
    author = archive.registers.authors[key]
    shelf = Shelf(
        section_url("author", key),
        section_trail("author"),
        SECTION_NAMES["author"],
        author.name,
        author.description,
        author=author_of(archive.registers, key),
        relation="của",
    )
    yield from list_sheets(archive, shelf, archive.slugs_of("author", key))


def _list_series(archive: Archive, key: str) -> Iterator[Page]:
    """A series is read from its first part on, so it stays on one page."""
    series = archive.registers.series[key]
    url = section_url("series", key)
    shelf = Shelf(
        url,
        section_trail("series"),
        SECTION_NAMES["series"],
        series.name,
        series.description,
        relation="của loạt bài",
    )
    parts = sort_parts(archive.stories_of("series", key))
    yield page_of_sheet(shelf, Sheet(url, tuple(story.slug for story in parts), Pager()))


# The pages of one key that has a story.
LISTS: Final[Mapping[str, Callable[[Archive, str], Iterator[Page]]]] = {
    "place": _list_place,
    "author": _list_author,
    "series": _list_series,
}
