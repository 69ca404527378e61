"""Which stories stand in which list, kept without the stories; and what a change of lists answers
otherwise."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from guongsang.addresses import Shelf, shelves_of
from guongsang.memory.lazy import LazyList, LazyTable
from guongsang.pages.archive import Archive, build_card
from guongsang.pages.content import Content
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.traces import ALL, Made, Question, Tracked

Find = Callable[[str], Story]


class Lists(NamedTuple):
    """Which stories stand in which list, by `src_uri`; plain values. `shelves` are (kind, key,
    stories) as in the archive, `follow_ups` by the slug of the story that is followed."""

    public: tuple[str, ...]
    retracted: tuple[str, ...]
    shelves: tuple[tuple[str, str, tuple[str, ...]], ...]
    follow_ups: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def by_shelf(self) -> dict[Shelf, tuple[str, ...]]:
        return {(kind, key): uris for kind, key, uris in self.shelves}


def open_archive(
    content: Content, lists: Lists, find: Find, related: Mapping[str, tuple[str, ...]]
) -> Archive:
    """Return the archive that `build_archive` makes, its stories found when they are looked at."""
    public, by_shelf = by_slug(find, lists.public), lists.by_shelf

    def rank(slug: str) -> int:
        story = public[slug]
        return by_shelf["column", story.head.column].index(story.src_uri)

    recorder = content.recorder
    return Archive(
        content=content,
        shelves={shelf: LazyList(uris, find) for shelf, uris in by_shelf.items()},
        cards=Made(public, lambda slug: build_card(content, public[slug]), recorder),
        urls=Tracked("url", LazyTable(public, lambda slug: public[slug].url), recorder),
        places=PlaceBook(content.registers.places),
        _by_slug=by_slug(find, (*lists.retracted, *lists.public)),
        _follow_ups={slug: LazyList(uris, find) for slug, uris in lists.follow_ups},
        _ranks=LazyTable(public, rank),
        _slugs=lambda shelf: list(map(slug_of, by_shelf.get(shelf, ()))),
        _related=related,
    )


def by_slug(find: Find, uris: Iterable[str]) -> Mapping[str, Story]:
    """Return stories by slug."""
    known = {slug_of(uri): uri for uri in uris}
    return LazyTable(known, lambda slug: find(known[slug]))


def read_lists(archive: Archive) -> Lists:
    content = archive.content
    return Lists(
        _uris(content.stories),
        _uris(content.retracted),
        tuple((*shelf, _uris(stories)) for shelf, stories in archive.shelves.items()),
        tuple((slug, _uris(told)) for slug, told in archive.follow_up_lists()),
    )


def patch_lists(before: Lists, went: Sequence[Story], came: Sequence[Story], find: Find) -> Lists:
    """Return what `read_lists` does after some stories went from the lists and others came.

    A story that has changed did both. None of them is retracted, or follows other stories now than
    before. `find` finds all that are in the lists now.
    """
    gone = {story.src_uri for story in went}
    new = {story.src_uri: story for story in came}

    def rank(uri: str) -> tuple[int, str]:
        """Tell the place of a story: that of `newest_first`."""
        story = new.get(uri) or find(uri)
        return -story.head.instant, story.slug

    def patch(uris: Sequence[str], coming: Iterable[str]) -> tuple[str, ...]:
        patched = [uri for uri in uris if uri not in gone]
        for uri in coming:
            insort(patched, uri, key=rank)
        return tuple(patched)

    public = patch(before.public, new)
    coming: dict[Shelf, list[str]] = {}
    for story in came:
        for shelf in shelves_of(story):
            coming.setdefault(shelf, []).append(story.src_uri)
    shelves = dict(before.by_shelf)
    touched = {*coming, *(shelf for story in went for shelf in shelves_of(story))}
    moved = {
        shelf: patch(shelves.pop(shelf, ()), coming.get(shelf, ())) for shelf in sorted(touched)
    }
    order = list(shelves)
    shelves |= moved
    places = {uri: at for at, uri in enumerate(public)}

    def place(shelf: Shelf) -> tuple[int, int]:
        """Tell the place of a shelf: that of its newest story, and which of its shelves it is."""
        first = shelves[shelf][0]
        story = new.get(first) or find(first)
        return places[first], list(shelves_of(story)).index(shelf)

    for shelf, uris in moved.items():
        if uris:
            insort(order, shelf, key=place)
    follow_ups = [
        (slug, patch(uris, [story.src_uri for story in came if story.head.follows == slug]))
        for slug, uris in before.follow_ups
    ]
    return Lists(
        public,
        before.retracted,
        tuple((*shelf, shelves[shelf]) for shelf in order),
        tuple((slug, uris) for slug, uris in follow_ups if uris),
    )


def slug_of(src_uri: str) -> str:
    return src_uri.rsplit("/", 2)[1]


def compare_lists(before: Lists, now: Lists, changed: Iterable[Story]) -> set[Question]:
    """Return the questions to the archive that have other answers now, those about what is related
    left out.

    `changed` are the shown stories whose head has changed, as they were and as they are.
    """
    had, have = before.by_shelf, now.by_shelf
    found: set[Question] = {("stories", ALL)}
    for story in changed:
        head = story.head
        found |= {("url", story.slug), ("neighbours", story.slug)}
        if head.aliases:
            found.add(("moved", ALL))
        if head.is_corrected:
            found.add(("corrected", ALL))
        if head.follows:
            found.add(("followed by", head.follows))
        for kind, key in shelves_of(story):
            found.add(("shelf", f"{kind} {key}"))
            if ((kind, key) in had) != ((kind, key) in have):
                found.add(("has", f"{kind} {key}"))
        for shelves in (had, have):
            column = shelves.get(("column", head.column), ())
            found.update(("neighbours", slug) for slug in _beside(column, story.src_uri))
    keys_had, keys_have = _keys_by_kind(had), _keys_by_kind(have)
    found.update(
        ("keys", kind)
        for kind in {*keys_had, *keys_have}
        if keys_had.get(kind) != keys_have.get(kind)
    )
    return found


def _keys_by_kind(shelves: Iterable[Shelf]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, key in shelves:
        found.setdefault(kind, []).append(key)
    return found


def _beside(uris: tuple[str, ...], src_uri: str) -> Iterator[str]:
    if src_uri in uris:
        at = uris.index(src_uri)
        yield from map(slug_of, uris[max(at - 1, 0) : at + 2])


def _uris(stories: Iterable[Story]) -> tuple[str, ...]:
    return tuple(story.src_uri for story in stories)
