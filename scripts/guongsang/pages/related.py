"""Which stories to read next: points for what two stories share.

A story's keys and keywords come from that story alone, so a new story only touches the pages of
stories that share something with it. Nothing compares all with all: rare keys (person, series,
place, tag, keyword) offer candidates through inverted lists, common ones (column, field, deed) are
scored once for each pair of kinds of story. Very long lists offer their newest stories only.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from guongsang.stories.model import Story

MOST: Final = 4
POINTS: Final[Mapping[str, int]] = {
    "honoree": 8,
    "series": 6,
    "place": 4,
    "deed": 3,
    "field": 2,
    "column": 1,
    "tag": 1,
    "keyword": 1,
}
KEYWORDS: Final = 6
# How many of its newest stories one key offers.
_REACH: Final[Mapping[str, int]] = {"honoree": 400, "series": 400, "place": 120}
_REACH_ELSE: Final = 60
_COMMON_REACH: Final = 200

Common = tuple[str, tuple[str, ...], tuple[str, ...]]

_PHRASE: Final = re.compile(r"[,.;:!?–—…“”\"'()\[\]]+")
# Syllables that say nothing about what a story is about.
_STOP_TEXT: Final = """
    anh bà bao bằng bị bởi các cái càng chị chỉ cho chưa có còn con cô cũng của cùng cứ
    dù đã đang đây để đến đều đi đó đời được em gì giữa hai hay hơn học không khi là lại
    làm lên luôn mà mình mới một mọi mỗi năm nào này nay nên nếu ngày người nhà như
    nhưng những nhất nhiều nơi nữa ở ông phải qua quá ra rất rồi sau sẽ sự tại thành
    thầy theo thì trên trong trước từ tới và vẫn vào về vì việc với vừa xã xuống
"""
_STOP: Final = frozenset(_STOP_TEXT.split())


def find_related(stories: Sequence[Story]) -> dict[str, tuple[Story, ...]]:
    """Return at most four related stories of each; `stories` newest first breaks the ties."""
    rare: dict[tuple[str, str], list[int]] = {}
    common: dict[Common, list[int]] = {}
    keys = [list(rare_keys(story)) for story in stories]
    for at, story in enumerate(stories):
        for key in keys[at]:
            _offer(rare.setdefault(key, []), at, _REACH.get(key[0], _REACH_ELSE))
        _offer(common.setdefault(common_keys(story), []), at, MOST + 1)
    table = _CommonTable(common)
    return {
        story.slug: tuple(stories[i] for i in _best(at, keys[at], stories, rare, table))
        for at, story in enumerate(stories)
    }


def rare_keys(story: Story) -> Iterator[tuple[str, str]]:
    """Yield the keys that few other stories have, each once."""
    front = story.front
    for honoree in {honoree.id for honoree in front.honorees if honoree.id}:
        yield "honoree", honoree
    if front.series:
        yield "series", front.series.id
    for unit in {place.unit for place in front.places}:
        yield "place", unit
    for tag in {tag.casefold() for tag in front.tags}:
        yield "tag", tag
    for keyword in find_keywords(f"{front.title}. {front.summary}"):
        yield "keyword", keyword


def common_keys(story: Story) -> Common:
    front = story.front
    return front.column, tuple(sorted(front.fields)), tuple(sorted(front.deeds))


def common_points(one: Common, other: Common) -> int:
    """Return the points for column, fields and deeds."""
    points = POINTS["column"] if one[0] == other[0] else 0
    points += POINTS["field"] * sum(1 for key in one[1] if key in other[1])
    return points + POINTS["deed"] * sum(1 for key in one[2] if key in other[2])


def find_keywords(text: str) -> list[str]:
    """Return the first pairs of neighbouring syllables that say something, in order."""
    found: dict[str, None] = {}
    for phrase in _PHRASE.split(text.casefold()):
        syllables = phrase.split()
        for first, second in pairwise(syllables):
            if first in _STOP or second in _STOP:
                continue
            found[f"{first} {second}"] = None
            if len(found) == KEYWORDS:
                return list(found)
    return list(found)


class _CommonTable:
    """Points for column, field and deed between kinds of story; each kind is looked at once."""

    def __init__(self, stories: Mapping[Common, Sequence[int]]) -> None:
        self._stories = stories
        self._points: dict[Common, dict[Common, int]] = {}
        self._best: dict[Common, list[int]] = {}
        self._by_key: dict[tuple[int, str], list[int]] = {}
        self._kinds: dict[int, Common] = {}
        for kind, newest in stories.items():
            self._kinds.update(dict.fromkeys(newest, kind))
            for key in ((0, kind[0]), *((1, at) for at in kind[1]), *((2, at) for at in kind[2])):
                self._by_key.setdefault(key, []).extend(newest)
        for key, found in self._by_key.items():
            self._by_key[key] = heapq.nsmallest(_COMMON_REACH, found)

    def points(self, one: Common) -> dict[Common, int]:
        return self._points.setdefault(one, {})

    def best(self, kind: Common) -> list[int]:
        """Return the newest stories that share most with the kind, one more than are needed."""
        if kind not in self._best:
            keys = ((0, kind[0]), *((1, at) for at in kind[1]), *((2, at) for at in kind[2]))
            found = {at for key in keys for at in self._by_key.get(key, ())}
            ranked = ((-common_points(kind, self._kinds[at]), at) for at in found)
            self._best[kind] = [at for _, at in heapq.nsmallest(MOST + 1, ranked)]
        return self._best[kind]


def _best(
    at: int,
    keys: Iterable[tuple[str, str]],
    stories: Sequence[Story],
    rare: Mapping[tuple[str, str], Sequence[int]],
    table: _CommonTable,
) -> list[int]:
    kind = common_keys(stories[at])
    points = dict.fromkeys(table.best(kind), 0)
    for key in keys:
        worth = POINTS[key[0]]
        for other in rare[key]:
            points[other] = points.get(other, 0) + worth
    points.pop(at, None)
    known = table.points(kind)
    ranked: list[tuple[int, int]] = []
    for other, worth in points.items():
        theirs = common_keys(stories[other])
        base = known.get(theirs)
        if base is None:
            base = known[theirs] = common_points(kind, theirs)
        ranked.append((-worth - base, other))
    return [other for total, other in heapq.nsmallest(MOST, ranked) if total < 0]


def _offer(newest: list[int], at: int, reach: int) -> None:
    if len(newest) < reach:
        newest.append(at)
