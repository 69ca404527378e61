"""Which stories are shown, and in which lists: kept in small pieces, each cut off by itself.

A list's entries are [src_uri, instant, digest of the head], newest first. Besides the shelves there
are the lists of all ("stories"), of what was retracted, moved, corrected, of what only a preview
shows, and of the stories that tell what became of another ("follows SLUG").
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from guongsang.addresses import shelves_of
from guongsang.engine.table import GONE, Part, Query, Split
from guongsang.site.sources.lists import (
    AHEAD,
    CORRECTED,
    DRAFTS,
    MOVED,
    OF_ALL,
    RETRACTED,
    RETRACTED_STORY,
    SHOWN_STORY,
    STORIES,
    follows_list,
    shelf_list,
    slug_of,
)
from guongsang.stories.model import Story

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.answers.newsroom import Newsroom

Entry = list[Any]
Lists = dict[str, list[Entry]]

_DIGEST_DIGITS: Final = 16


def query_index(newsroom: Newsroom) -> Query:
    view = newsroom.kind
    parts = ("placed", "list", "newest", "keys", SHOWN_STORY, RETRACTED_STORY, "neighbours")
    return Query(
        view("index"),
        _Index(newsroom).make,
        parts=tuple(Part(view(part)) for part in parts),
        folds=True,
    )


@dataclass(frozen=True, slots=True)
class _Index:
    newsroom: Newsroom

    def make(self, ask: Ask, _: str) -> Split:
        view = self.newsroom.kind
        heads = ask.all("head")
        broken = ask.all(view("broken"))
        self.newsroom.asked.note_moments(ask, (moment for moment, _ in ask("addresses")))
        before = None
        changed: Iterable[str] = heads
        if ask.old is not None and not ask.old.has_others(("head", view("broken"))):
            changed = ask.old.changed("head")
            changed |= {f"stories/{url}index.md" for url in ask.old.changed(view("broken"))}
            before = ask.old
        work = _Relisting(view, before)
        for uri in sorted(changed):
            work.take_out(uri)
        shown = []
        for uri in changed:
            url = uri.removeprefix("stories/").removesuffix("index.md")
            if uri in heads and url not in broken:
                shown.append(self.newsroom.library.story(uri))
        work.put_in([(story, self._find_lists(story)) for story in shown])
        return Split(None, work.finish(), is_patch=before is not None)

    def _find_lists(self, story: Story) -> list[str]:
        """Return the lists that a story stands in; none for one that readers do not see."""
        head, project = story.head, self.newsroom.project
        if head.status == "retracted":
            return [RETRACTED]
        found = [STORIES]
        if not story.is_public(project.now):
            if not project.previewing:
                return []
            found.append(DRAFTS if head.status != "ready" else AHEAD)
        found += [MOVED] if head.aliases else []
        found += [CORRECTED] if head.is_corrected else []
        found += [follows_list(head.follows)] if head.follows else []
        return [*found, *(shelf_list(*shelf) for shelf in shelves_of(story))]


@dataclass(slots=True)
class _Relisting:
    """Takes stories out of lists and puts them in; `old` is what was there before, if anything."""

    view: Any
    old: Any
    lists: Lists = field(default_factory=dict)
    placed: dict[str, Any] = field(default_factory=dict)
    _before: Lists = field(default_factory=dict)
    _came: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _places: dict[str, dict[str, int]] = field(default_factory=dict)
    _urls: dict[str, str] = field(default_factory=dict)

    def take_out(self, uri: str) -> None:
        for name in self._part("placed", uri) or ():
            entries = self._open(name)
            self.lists[name] = [each for each in entries if each[0] != uri]
        self.placed[uri] = GONE

    def put_in(self, stories: Sequence[tuple[Story, list[str]]]) -> None:
        for story, names in stories:
            digest = story.head_digest.hex()[:_DIGEST_DIGITS]
            entry = [story.src_uri, story.head.instant, digest]
            for name in names:
                self._came[name].append(entry)
            if names:
                self.placed[story.src_uri] = names
                self._urls[story.src_uri] = story.head.url
                self._places[story.src_uri] = {name: n for n, name in enumerate(names)}
        for name, came in self._came.items():
            entries = self._open(name)
            if len(came) > len(entries) // 8:
                entries += came
                entries.sort(key=_rank)
            else:
                for entry in came:
                    insort(entries, entry, key=_rank)

    def finish(self) -> dict[str, dict[str, Any]]:
        """Return all parts that may differ."""
        parts: dict[str, dict[str, Any]] = {
            "placed": self.placed,
            "list": {
                name: entries or (GONE if name not in OF_ALL else [])
                for name, entries in self.lists.items()
            },
        }
        if self.old is None:
            empty: dict[str, Any] = {name: [] for name in OF_ALL}
            parts["list"] = empty | parts["list"]
        parts["newest"], parts["keys"] = self._find_keys()
        parts[SHOWN_STORY], parts[RETRACTED_STORY] = self._find_stories()
        parts["neighbours"] = self._find_neighbours()
        if self.old is None:  # of a whole nothing is gone
            parts = {
                name: {key: value for key, value in part.items() if value is not GONE}
                for name, part in parts.items()
            }
        return {self.view(name): part for name, part in parts.items()}

    def _open(self, name: str) -> list[Entry]:
        if name not in self.lists:
            self._before[name] = self._part("list", name) or []
            self.lists[name] = list(self._before[name])
        return self.lists[name]

    def _part(self, name: str, key: str) -> Any:
        return None if self.old is None else self.old.part(self.view(name), key)

    def _find_keys(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Find the keys of each kind in the order of their newest story: where that is equal, in
        the order in which the story names them."""
        newest: dict[str, dict[str, list[Any]]] = {}
        for name, entries in self.lists.items():
            kind, _, key = name.partition(" ")
            if not key or kind == "follows":
                continue
            if kind not in newest:
                newest[kind] = dict(self._part("newest", kind) or {})
            if entries:
                uri, instant, _ = entries[0]
                newest[kind][key] = [-instant, slug_of(uri), self._place_of(uri, name)]
            else:
                newest[kind].pop(key, None)
        keys = {kind: sorted(ranks, key=ranks.__getitem__) for kind, ranks in newest.items()}
        return newest, {kind: found or GONE for kind, found in keys.items()}

    def _place_of(self, uri: str, name: str) -> int:
        if uri in self._places:
            return self._places[uri][name]
        return int(self._part("placed", uri).index(name))

    def _find_stories(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Find the address and the text of each story that has a page."""
        gone: dict[str, Any] = {slug_of(uri): GONE for uri in self.placed}
        shown, retracted = dict(gone), dict(gone)
        for uri, names in self.placed.items():
            if names is not GONE:
                is_shown = names[0] == STORIES
                told = [self._urls[uri], uri]
                (shown if is_shown else retracted)[slug_of(uri)] = told
        return shown, retracted

    def _find_neighbours(self) -> dict[str, Any]:
        """Find the next older and newer story of the column of each story that may have others."""
        columns = [name for name in self.lists if name.startswith("column ")]
        before, now = (
            {slug: told for name in columns for slug, told in _list_neighbours(lists[name])}
            for lists in (self._before, self.lists)
        )
        changed = {slug: told for slug, told in now.items() if before.get(slug) != told}
        return dict.fromkeys(before.keys() - now.keys(), GONE) | changed


def _rank(entry: Entry) -> tuple[int, str]:
    """Tell the place of a story: that of `newest_first`."""
    return -entry[1], slug_of(entry[0])


def _list_neighbours(entries: Sequence[Entry]) -> Iterator[tuple[str, list[str | None]]]:
    slugs = [slug_of(uri) for uri, _, _ in entries]
    for slug, newer, older in zip(slugs, [None, *slugs], [*slugs[1:], None], strict=False):
        yield slug, [older, newer]


def read_slugs(entries: Iterable[Entry]) -> list[str]:
    return [slug_of(uri) for uri, _, _ in entries]
