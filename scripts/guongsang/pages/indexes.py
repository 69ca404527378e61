"""Indexes: all columns, fields, deeds, places, honorees, authors, series, years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final
from unicodedata import normalize

from guongsang.addresses import HOME, SECTIONS, YEARS, is_switched_off, section_url, year_url
from guongsang.archive.archive import Archive
from guongsang.archive.honorees import address_name
from guongsang.pages.lists import SECTION_NAMES, former_units, other_spellings
from guongsang.text.collate import CollationKey, PersonKey, collation_key, person_collation_key
from guongsang.views.model import IndexEntry, IndexGroup, IndexView, Link, PictureView
from guongsang.views.outputs import Output, Page
from guongsang.views.wording import KINDS, capitalise, life_years

_INTROS: Final = {
    "column": "Các chuyên mục thường kỳ của tòa soạn.",
    "field": "Tìm bài theo lĩnh vực của đời sống.",
    "deed": "Tìm bài theo việc làm đẹp.",
    "place": "Bài viết theo xã, phường hiện nay. Tên trước ngày sắp xếp đơn vị hành chính ghi kèm.",
    "honoree": "Những cá nhân, tập thể và hộ gia đình đã có bài viết.",
    "author": "Những người làm nên các bài viết.",
    "series": "Những câu chuyện đăng nhiều kỳ.",
}
# Whose indexes show pictures; how many of its stories an entry is asked for one.
_FACES: Final = ("place", "honoree")
_PICTURES_TRIED: Final = 3
_LETTER_MARKS: Final = "\u0302\u0306\u031b"  # of Ă, Â, Ê, Ô, Ơ, Ư; tones make no letter
_EMPTY: Final = "Chưa có mục nào. Mục sẽ hiện ở đây khi có bài đầu tiên."
_YEARS_TITLE: Final = "Theo năm"
# Beyond that many entries pictures would weigh more than the names; beyond that many of a group
# its letters have groups of their own.
_MOST_FACES: Final = 400
_MOST_TOGETHER: Final = 60


def list_indexes(archive: Archive) -> Iterator[Page]:
    """Yield the index of each section that the newsroom has, and of the years."""
    for kind, url in SECTIONS.items():
        if not is_switched_off(url, archive.registers.newsroom.switches):
            yield Page(url, _plan_index, (kind,))
    yield Page(YEARS, _plan_years)


def place_entries(archive: Archive) -> Iterator[IndexEntry]:
    """Yield the present units that have a story, in the order of the alphabet."""
    registers = archive.registers
    former = former_units(archive)
    units = sorted(
        archive.keys_of("place"), key=lambda unit: collation_key(registers.places[unit].name)
    )
    for unit in units:
        place = registers.places[unit]
        yield IndexEntry(
            Link(capitalise(place.full_name), section_url("place", unit)),
            _names_note(former.get(unit, []), other_spellings(place)),
            len(archive.stories_of("place", unit)),
            letter=_letter(place.name),
        )


def _names_note(former: Sequence[str], spellings: Sequence[str]) -> str | None:
    parts = []
    if former:
        parts.append(f"Trước đây: {', '.join(former)}")
    if spellings:
        parts.append(f"Còn viết: {', '.join(spellings)}")
    return ". ".join(parts) or None


def _plan_index(archive: Archive, kind: str) -> Output:
    title, intro = SECTION_NAMES[kind], _INTROS[kind]
    filled = tuple(group for group in _GROUPS[kind](archive) if group.entries)
    if kind in _FACES and sum(len(group.entries) for group in filled) <= _MOST_FACES:
        filled = tuple(_show_faces(archive, kind, group) for group in filled)
    parts = tuple(part for group in filled for part in _split_by_letter(group))
    view = IndexView((Link("Trang chủ", HOME),), title, intro, parts, _EMPTY)
    return Output(SECTIONS[kind], title, intro, "index.html", view)


def _show_faces(archive: Archive, kind: str, group: IndexGroup) -> IndexGroup:
    """Give each entry the picture of its newest story that has one."""
    return group._replace(
        entries=tuple(
            replace(entry, picture=_newest_picture(archive, kind, entry)) for entry in group.entries
        ),
    )


def _newest_picture(archive: Archive, kind: str, entry: IndexEntry) -> PictureView | None:
    key = (entry.link.url or "").removeprefix(SECTIONS[kind]).rstrip("/")
    stories = archive.stories_of(kind, key)[:_PICTURES_TRIED]
    pictures = (archive.cards[story.slug].picture for story in stories)
    return next(filter(None, pictures), None)


def _split_by_letter(group: IndexGroup) -> Iterator[IndexGroup]:
    """Yield a group for each letter of a large one; its entries stand in the order of letters."""
    if len(group.entries) <= _MOST_TOGETHER:
        yield group
        return
    for letter, entries in groupby(group.entries, lambda entry: entry.letter):
        title = " – ".join(filter(None, (group.title, letter)))
        yield IndexGroup(title, tuple(entries))


def _letter(word: str) -> str:
    """Return the letter of the alphabet that a word begins with: "Ấ" is Â, "Đ" is itself."""
    first, *marks = list(normalize("NFD", word.strip()[:1].upper())) or [""]
    return normalize("NFC", first + "".join(mark for mark in marks if mark in _LETTER_MARKS))


def _heading_groups(kind: str) -> Callable[[Archive], Iterator[IndexGroup]]:
    def groups(archive: Archive) -> Iterator[IndexGroup]:
        yield IndexGroup(None, tuple(_heading_entries(archive, kind)))

    return groups


def _heading_entries(archive: Archive, kind: str) -> Iterator[IndexEntry]:
    registers = archive.registers
    headings = {
        "column": registers.columns,
        "field": registers.fields,
        "deed": registers.deeds,
    }[kind]
    for key, heading in headings.items():
        count = len(archive.stories_of(kind, key))
        if count or heading.active:
            link = Link(heading.name, section_url(kind, key))
            yield IndexEntry(link, heading.description, count)


def _place_groups(archive: Archive) -> Iterator[IndexGroup]:
    """Yield a group for each province, the newsroom's own first, then in the alphabet's order."""
    registers = archive.registers
    by_province: dict[str, list[IndexEntry]] = {}
    provinces = {
        section_url("place", unit): registers.places[unit].province or unit
        for unit in archive.keys_of("place")
    }
    for entry in place_entries(archive):
        by_province.setdefault(provinces[entry.link.url or ""], []).append(entry)

    def rank(key: str) -> tuple[bool, CollationKey]:
        place = registers.places.get(key)
        return key != registers.newsroom.province, collation_key(place.name if place else key)

    for key in sorted(by_province, key=rank):
        place = registers.places.get(key)
        title = capitalise(place.full_name) if place else None
        yield IndexGroup(title, tuple(by_province[key]))


def _honoree_groups(archive: Archive) -> Iterator[IndexGroup]:
    """Yield a group for each kind; persons by given name, the others by name."""
    honorees = archive.registers.honorees
    present = archive.keys_of("honoree")

    def person_rank(key: str) -> PersonKey:
        return person_collation_key(honorees[key].name, honorees[key].sort_name)

    def name_rank(key: str) -> CollationKey:
        return collation_key(honorees[key].sort_name or honorees[key].name)

    for kind, title in KINDS.items():
        keys = [key for key in present if honorees[key].kind == kind]
        ordered = sorted(keys, key=person_rank) if kind == "person" else sorted(keys, key=name_rank)
        yield IndexGroup(title, tuple(_honoree_entry(archive, key) for key in ordered))


def _honoree_entry(archive: Archive, key: str) -> IndexEntry:
    honoree = archive.registers.honorees[key]
    stories = archive.stories_of("honoree", key)
    years = None if honoree.minor and not honoree.died else life_years(honoree.born, honoree.died)
    facts = [fact for fact in (stories[0].brief.role(key), years) if fact]
    link = Link(address_name(None, honoree.name), section_url("honoree", key))
    word = honoree.sort_name or honoree.name
    if honoree.kind == "person" and not honoree.sort_name:
        word = honoree.name.split()[-1]
    note = capitalise(", ".join(facts)) or None
    return IndexEntry(link, note, len(stories), letter=_letter(word))


def _author_groups(archive: Archive) -> Iterator[IndexGroup]:
    yield IndexGroup(None, tuple(_author_entries(archive)))


def _author_entries(archive: Archive) -> Iterator[IndexEntry]:
    authors = archive.registers.authors

    def rank(key: str) -> PersonKey:
        author = authors[key]
        if author.kind == "person":
            return person_collation_key(author.name, author.sort_name)
        return collation_key(author.name), collation_key("")

    for key in sorted(archive.keys_of("author"), key=rank):
        link = Link(authors[key].name, section_url("author", key))
        yield IndexEntry(link, authors[key].description, len(archive.stories_of("author", key)))


def _series_groups(archive: Archive) -> Iterator[IndexGroup]:
    yield IndexGroup(None, tuple(_series_entries(archive)))


def _series_entries(archive: Archive) -> Iterator[IndexEntry]:
    for key in archive.keys_of("series"):
        series = archive.registers.series[key]
        link = Link(series.name, section_url("series", key))
        yield IndexEntry(link, series.description, len(archive.stories_of("series", key)))


_GROUPS: Final[Mapping[str, Callable[[Archive], Iterator[IndexGroup]]]] = {
    **{kind: _heading_groups(kind) for kind in ("column", "field", "deed")},
    "place": _place_groups,
    "honoree": _honoree_groups,
    "author": _author_groups,
    "series": _series_groups,
}


def _plan_years(archive: Archive) -> Output:
    years = sorted(archive.keys_of("year"), reverse=True)
    entries = tuple(
        IndexEntry(
            Link(f"Năm {year}", year_url(int(year))), None, len(archive.stories_of("year", year))
        )
        for year in years
    )
    intro = "Toàn bộ bài đã đăng, theo năm và tháng."
    groups = (IndexGroup(None, entries),) if entries else ()
    view = IndexView((Link("Trang chủ", HOME),), _YEARS_TITLE, intro, groups, _EMPTY)
    return Output(YEARS, _YEARS_TITLE, intro, "index.html", view)
