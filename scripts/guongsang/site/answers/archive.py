"""The archive of a view, its lists and stories found when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from guongsang.addresses import Shelf
from guongsang.archive.archive import Archive
from guongsang.pictures import Pictures
from guongsang.prose.parse import parse_prose
from guongsang.site.answers.index import read_slugs
from guongsang.site.answers.told import Cards
from guongsang.site.sources.lists import (
    CORRECTED,
    MOVED,
    RETRACTED,
    RETRACTED_STORY,
    SHOWN_STORY,
    STORIES,
    follows_list,
    shelf_list,
)
from guongsang.stories.model import Story
from guongsang.traces import Made, Tracked, TrackedSequence
from guongsang.views.content import Content

if TYPE_CHECKING:
    from guongsang.site.answers.newsroom import Newsroom
    from guongsang.site.answers.stories import Library

# Of how many stories the text stays parsed: more than a feed has.
_PROSE_KEPT: Final = 64
# So many stories of a list that somebody goes through are loaded at a time.
_AT_ONCE: Final = 100
_KINDS: Final = ("column", "field", "deed", "place", "honoree", "author", "series", "year", "month")

V = TypeVar("V")


class Lists:
    """The lists of a view."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._answers = newsroom.answers

    def find(self, name: str) -> Sequence[Story]:
        return LazyList([entry[0] for entry in self.entries(name)], self._newsroom.library)

    def entries(self, name: str) -> list[Any]:
        return self.get("list", name) or []

    def get(self, kind: str, key: str) -> Any:
        kind = self._newsroom.kind(kind)
        at = self._answers.id_of(kind, key)
        return self._answers.value(kind, key) if self._answers.has(at) else None


class LazyList(Sequence[Story]):
    """The stories of some keys, each found when it is looked at."""

    __slots__ = ("_library", "_uris")

    def __init__(self, uris: Sequence[str], library: Library) -> None:
        self._uris, self._library = uris, library

    @overload
    def __getitem__(self, at: int) -> Story: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Story]: ...
    def __getitem__(self, at: int | slice) -> Story | Sequence[Story]:
        if isinstance(at, slice):
            return LazyList(self._uris[at], self._library)
        return self._library.story(self._uris[at])

    def __iter__(self) -> Iterator[Story]:
        for start in range(0, len(self._uris), _AT_ONCE):
            part = self._uris[start : start + _AT_ONCE]
            self._library.hold(part)
            yield from map(self._library.story, part)

    def __len__(self) -> int:
        return len(self._uris)


class _Table(Mapping[str, V]):
    """The answers of a kind as a mapping. Who looks notes that elsewhere."""

    def __init__(
        self, lists: Lists, newsroom: Newsroom, kind: str, find: Callable[[Any], V]
    ) -> None:
        self._lists, self._newsroom, self._kind, self._find = lists, newsroom, kind, find

    def __getitem__(self, key: str) -> V:
        found = self._lists.get(self._kind, key)
        if found is None:
            raise KeyError(key)
        return self._find(found)

    def __contains__(self, key: object) -> bool:
        return self._lists.get(self._kind, str(key)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._newsroom.answers.keys(self._newsroom.kind(self._kind)))

    def __len__(self) -> int:
        return len(self._newsroom.answers.keys(self._newsroom.kind(self._kind)))


class _Shelves(Mapping[Shelf, Sequence[Story]]):
    """The shelves; those of a kind in the order of their newest story."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def __getitem__(self, shelf: Shelf) -> Sequence[Story]:
        found = self._lists.find(shelf_list(*shelf))
        if not found:
            raise KeyError(shelf)
        return found

    def __contains__(self, shelf: object) -> bool:
        return isinstance(shelf, tuple) and bool(self._lists.entries(shelf_list(*shelf)))

    def __iter__(self) -> Iterator[Shelf]:
        for kind in _KINDS:
            yield from ((kind, key) for key in self._lists.get("keys", kind) or ())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _FollowUps(Mapping[str, Sequence[Story]]):
    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def __getitem__(self, slug: str) -> Sequence[Story]:
        return self._lists.find(follows_list(slug))

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


class AnsweredContent(Content):
    """Knows its shorter lists without looking through all stories."""

    __slots__ = ("lists",)
    lists: Lists

    def moved_stories(self) -> list[Story]:
        self.recorder.ask("moved")
        return list(self.lists.find(MOVED))

    def corrected_stories(self) -> list[Story]:
        self.recorder.ask("corrected")
        return list(self.lists.find(CORRECTED))


class AnsweredArchive(Archive):
    """Asks for the neighbours of a story instead of looking for its place."""

    __slots__ = ("lists",)
    lists: Lists

    def neighbours(self, slug: str) -> tuple[str | None, str | None]:
        self.content.recorder.ask("neighbours", slug)
        older, newer = self.lists.get("neighbours", slug)
        return older, newer

    def keys_of(self, kind: str) -> list[str]:
        self.content.recorder.ask("keys", kind)
        return list(self.lists.get("keys", kind) or ())


def open_content(newsroom: Newsroom, site_url: str) -> tuple[AnsweredContent, Pictures, Lists]:
    registers, recorder = newsroom.registers, newsroom.asked.recorder
    assert registers is not None
    lists = Lists(newsroom)
    public = _Table(lists, newsroom, SHOWN_STORY, lambda _: None)
    by_slug = BySlug(lists, newsroom)
    project = newsroom.project
    pictures = Pictures(
        project.root, project.photo_dir, by_slug, newsroom.library, registers, recorder
    )
    content = AnsweredContent(
        registers=registers,
        stories=TrackedSequence("stories", lists.find(STORIES), recorder),
        retracted=TrackedSequence("retracted", lists.find(RETRACTED), recorder),
        prose=Made(public, lambda slug: parse_prose(by_slug[slug].body), recorder, _PROSE_KEPT),
        pictures=pictures,
        site_url=site_url,
        brand=newsroom.brand,
        recorder=recorder,
    )
    object.__setattr__(content, "lists", lists)
    return content, pictures, lists


class BySlug(Mapping[str, Story]):
    """Public and retracted stories."""

    def __init__(self, lists: Lists, newsroom: Newsroom) -> None:
        self._lists, self._newsroom = lists, newsroom

    def __getitem__(self, slug: str) -> Story:
        for kind in (SHOWN_STORY, RETRACTED_STORY):
            if told := self._lists.get(kind, slug):
                return self._newsroom.library.story(told[1])
        raise KeyError(slug)

    def __iter__(self) -> Iterator[str]:
        newsroom = self._newsroom
        for kind in (SHOWN_STORY, RETRACTED_STORY):
            yield from newsroom.answers.keys(newsroom.kind(kind))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def open_archive(newsroom: Newsroom, content: AnsweredContent, lists: Lists) -> Archive:
    """Return the archive that `build_archive` makes."""
    recorder = content.recorder
    by_slug = BySlug(lists, newsroom)
    urls: Mapping[str, str] = _Table(lists, newsroom, SHOWN_STORY, lambda told: str(told[0]))
    archive = AnsweredArchive(
        content=content,
        shelves=_Shelves(lists),
        cards=Cards(lists, newsroom),
        urls=Tracked("url", urls, recorder),
        places=newsroom.book,
        _by_slug=by_slug,
        _follow_ups=_FollowUps(lists),
        _ranks={},
        _related=_Table(lists, newsroom, "related", tuple),
        _slugs=lambda shelf: read_slugs(lists.entries(shelf_list(*shelf))),
    )
    object.__setattr__(archive, "lists", lists)
    return archive
