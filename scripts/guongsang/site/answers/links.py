"""Where links may lead: which story each slug is of, and which addresses there are.

A slug has an entry of each story that is called so; those that can be read come first. Addresses
are kept with the number of stories that give them; those of the stories stand in the entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from guongsang.addresses import (
    FILES,
    leave_out_switched,
    shelf_url,
    shelves_of,
    slug_in,
    story_addresses,
    story_url,
)
from guongsang.engine.table import GONE, Part, Query, Split
from guongsang.site.sources.found import UNREADABLE
from guongsang.site.sources.lists import slug_of

if TYPE_CHECKING:
    from guongsang.engine.answers import Answers
    from guongsang.engine.ask import Ask
    from guongsang.site.answers.newsroom import Newsroom
    from guongsang.stories.model import Story

# Without those of stories.
ADDRESS: Final = "address"
SLUG: Final = "slug"
_FOLDED: Final = ("head", UNREADABLE)

Entry = dict[str, Any]


def query_addresses(newsroom: Newsroom) -> Query:
    """The value: [moment, src_uri] of the stories that are to be published later, sorted."""
    parts = (Part(ADDRESS), Part(SLUG))
    return Query("addresses", _Links(newsroom).make, parts=parts, folds=True)


@dataclass(frozen=True, slots=True)
class _Links:
    newsroom: Newsroom

    def make(self, ask: Ask, _: str) -> Split:
        newsroom = self.newsroom
        registers = newsroom.registers
        if ask.get("newsroom") is None or registers is None:
            return Split([])
        fixed = newsroom.asked.make(ask, lambda: story_addresses((), registers))
        fixed |= leave_out_switched(FILES, registers)
        fixed |= {url for url, path in ask("docs")["published"].items() if path.endswith(".md")}
        heads, unreadable = ask.all("head"), ask.all(UNREADABLE)
        old = None if ask.old is None or ask.old.has_others(_FOLDED) else ask.old
        changed: Iterable[str] = (*heads, *unreadable)
        if old is not None:
            changed = frozenset().union(*map(old.changed, _FOLDED))
        slugs: dict[str, list[Entry]] = {}
        counts: Counter[str] = Counter()
        for uri in changed:
            slug = slug_of(uri)
            if slug not in slugs:
                slugs[slug] = list(old.part(SLUG, slug, ())) if old else []
            counts.subtract(url for each in slugs[slug] if each["of"] == uri for url in each["in"])
            slugs[slug] = [each for each in slugs[slug] if each["of"] != uri]
        ahead = [tuple(each) for each in (old.value if old else ()) if each[1] not in changed]
        for uri in changed:
            if uri in heads:
                story = newsroom.library.story(uri)
                entry, moment = self._tell(story), story.head.instant
                if story.head.status == "ready" and moment > newsroom.project.now.timestamp():
                    ahead.append((moment, uri))
            elif uri in unreadable:
                entry = _tell_unreadable(uri, unreadable[uri])
            else:
                continue
            slugs[slug_of(uri)].append(entry)
            counts.update(entry["in"])
        newsroom.asked.note_moments(ask, (moment for moment, _ in ahead))
        there = {slug: sorted(each, key=_rank) or GONE for slug, each in slugs.items()}
        parts = {ADDRESS: _count(old, counts, fixed), SLUG: there}
        return Split(sorted(ahead), parts, is_patch=old is not None)

    def _tell(self, story: Story) -> Entry:
        head, registers = story.head, self.newsroom.registers
        assert registers is not None
        is_out = head.status == "ready" and head.instant <= self.newsroom.project.now.timestamp()
        has_page = is_out or head.status == "retracted"
        lists = {shelf_url(*shelf) for shelf in shelves_of(story)} if is_out else set()
        return _entry(
            story.src_uri,
            story.url if has_page else None,
            is_public=has_page,
            lists=leave_out_switched(lists, registers),
        )


def _tell_unreadable(uri: str, told: Mapping[str, Any]) -> Entry:
    """Tell of a story that cannot be read: links to it are not to blame."""
    url = None if told["is_draft"] else story_url(uri)
    return _entry(uri, url, is_public=False, is_readable=False)


def _entry(
    uri: str,
    url: str | None,
    *,
    is_public: bool,
    is_readable: bool = True,
    lists: Iterable[str] = (),
) -> Entry:
    return {
        "of": uri,
        "url": url,
        "is_public": is_public,
        "is_readable": is_readable,
        "in": sorted(lists),
    }


def _rank(entry: Entry) -> tuple[bool, str]:
    return not entry["is_readable"], entry["of"]


def _count(old: Any, counts: Counter[str], fixed: Iterable[str]) -> dict[str, Any]:
    """Return of how many stories each list is that may have others; fixed ones count as one."""
    if old is None:
        counts.update(fixed)
        return dict(counts)
    moved = {url: int(old.part(ADDRESS, url, 0)) + by for url, by in counts.items() if by}
    return {url: count or GONE for url, count in moved.items()}


class Slugs(AbstractSet[str]):
    """The slugs of all stories."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def entries(self, slug: str) -> list[Entry]:
        """Return what is known of the stories of a slug, none of one that is not there."""
        has = self._answers.has(self._answers.id_of(SLUG, slug))
        found: list[Entry] = self._answers.value(SLUG, slug) if has else []
        return found

    def __contains__(self, slug: object) -> bool:
        return self._answers.has(self._answers.id_of(SLUG, str(slug)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers.keys(SLUG))

    def __len__(self) -> int:
        return len(self._answers.keys(SLUG))


class PublicSlugs(Slugs):
    """The slugs of stories that have a page."""

    def __contains__(self, slug: object) -> bool:
        return any(each["is_public"] for each in self.entries(str(slug)))

    def __iter__(self) -> Iterator[str]:
        return (slug for slug in super().__iter__() if slug in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Addresses(AbstractSet[str]):
    """All addresses of pages."""

    def __init__(self, answers: Answers) -> None:
        self._answers, self._slugs = answers, Slugs(answers)

    def __contains__(self, url: object) -> bool:
        slug = slug_in(str(url))
        return self._answers.has(self._answers.id_of(ADDRESS, str(url))) or (
            slug is not None and any(each["url"] == url for each in self._slugs.entries(slug))
        )

    def __iter__(self) -> Iterator[str]:
        yield from self._answers.keys(ADDRESS)
        entries = (each for slug in self._slugs for each in self._slugs.entries(slug))
        yield from (each["url"] for each in entries if each["url"] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
