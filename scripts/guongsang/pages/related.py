"""Which stories to read next: points for what two stories share.

A story's keys and keywords come from that story alone, so a new story only touches the pages of
stories that share something with it. Nothing compares all with all: each key offers its newest
stories as candidates, and what is common (column, field, deed) is kept as one number a story, so
that a pair's points are a count of bits.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
_REACH: Final[Mapping[str, int]] = {
    "honoree": 400,
    "series": 400,
    "place": 120,
    "deed": 200,
    "field": 200,
    "column": 200,
    "tag": 60,
    "keyword": 60,
}

Key = tuple[str, str]

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


CommonKeys = tuple[Key, ...]
# What a story has in common with many others, and what it shares with few.
Keys = tuple[CommonKeys, tuple[Key, ...]]
Related = dict[str, tuple[str, ...]]
# Of stories with equal common keys: the slugs of the newest that share most of them.
Nearest = Mapping[CommonKeys, tuple[str, ...]]


def find_related(stories: Sequence[Story]) -> Related:
    """Return the slugs of at most four related stories of each; newest first breaks the ties."""
    relating = Relating([story.slug for story in stories], [read_keys(story) for story in stories])
    return {slug: relating.find(at) for at, slug in enumerate(relating.slugs)}


def read_keys(story: Story) -> Keys:
    return tuple(common_keys(story)), tuple(rare_keys(story))


class Relating:
    """Finds related stories from the keys of all stories, both newest first.

    `nearest` is what is known of stories with equal common keys; more comes in as it is needed.
    """

    def __init__(
        self, slugs: Sequence[str], keys: Sequence[Keys], nearest: Nearest | None = None
    ) -> None:
        self.slugs = slugs
        self._common = [common for common, _ in keys]
        self._rare = [rare for _, rare in keys]
        self._common_offers, self._rare_offers = map(_offer_newest, (self._common, self._rare))
        self._bits = _spread_bits(self._common)
        self._bits_of = dict(zip(self._common, self._bits, strict=True))
        known = nearest or {}
        self.nearest = {own: known[own] for own in self._bits_of if own in known}
        self._ranks = {slug: at for at, slug in enumerate(slugs)} if known else {}
        self._near: dict[CommonKeys, list[int]] = {}

    def find(self, at: int) -> tuple[str, ...]:
        """Return the slugs related to the story with this number."""
        points = dict.fromkeys(self._find_near(self._common[at]), 0)
        for key in self._rare[at]:
            worth = POINTS[key[0]]
            for other in self._rare_offers[key]:
                points[other] = points.get(other, 0) + worth
        points.pop(at, None)
        slugs = self.slugs
        return tuple([slugs[i] for i in _rank(points, self._bits, self._bits[at])[:MOST]])

    def find_again(self, changed: Collection[str], keys: Iterable[Keys]) -> Related:
        """Return those of all stories that may have others than before.

        `changed` are the slugs of the stories that came, went, or have other keys or another place;
        `keys` are all that those have or had.
        """
        common, rare = set[Key](), set[Key]()
        for each in keys:
            common.update(each[0])
            rare.update(each[1])
        before = {
            own: self.nearest.pop(own, None)
            for own in self._bits_of
            if own not in self.nearest or not common.isdisjoint(own)
        }
        near_others = {own for own, near in before.items() if near != self._name_nearest(own)}
        return {
            slug: self.find(at)
            for at, slug in enumerate(self.slugs)
            if self._common[at] in near_others
            or not rare.isdisjoint(self._rare[at])
            or slug in changed
        }

    def _name_nearest(self, own: CommonKeys) -> tuple[str, ...]:
        self._find_near(own)
        return self.nearest[own]

    def _find_near(self, own: CommonKeys) -> list[int]:
        """Return the newest of those that share most of some common keys."""
        if own not in self._near:
            if own in self.nearest:
                near = [self._ranks[slug] for slug in self.nearest[own]]
            else:
                offered = {other for key in own for other in self._common_offers[key]}
                points = dict.fromkeys(offered, 0)
                near = _rank(points, self._bits, self._bits_of[own])[: MOST + 1]
                self.nearest[own] = tuple([self.slugs[at] for at in near])
            self._near[own] = near
        return self._near[own]


def rare_keys(story: Story) -> Iterator[Key]:
    """Yield the keys that few other stories have, each once, in the order of the story."""
    front = story.front
    for honoree in dict.fromkeys(honoree.id for honoree in front.honorees if honoree.id):
        yield "honoree", honoree
    if front.series:
        yield "series", front.series.id
    for unit in dict.fromkeys(place.unit for place in front.places):
        yield "place", unit
    for tag in dict.fromkeys(tag.casefold() for tag in front.tags):
        yield "tag", tag
    for keyword in find_keywords(f"{front.title}. {front.summary}"):
        yield "keyword", keyword


def common_keys(story: Story) -> Iterator[Key]:
    """Yield the keys that many other stories have."""
    yield "column", story.front.column
    yield from (("field", key) for key in sorted(story.front.fields))
    yield from (("deed", key) for key in sorted(story.front.deeds))


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


def _offer_newest(keys: Sequence[Sequence[Key]]) -> dict[Key, list[int]]:
    """Return the newest stories of each key, as their ranks."""
    offers: dict[Key, list[int]] = {}
    for at, own in enumerate(keys):
        for key in own:
            offered = offers.setdefault(key, [])
            if len(offered) < _REACH[key[0]]:
                offered.append(at)
    return offers


def _spread_bits(keys: Sequence[Sequence[Key]]) -> list[int]:
    """Return a number for each story; two stories' points are the bits that both have."""
    masks: dict[Key, int] = {}
    used = 0
    numbers = []
    for own in keys:
        number = 0
        for key in own:
            if key not in masks:
                worth = POINTS[key[0]]
                masks[key] = ((1 << worth) - 1) << used
                used += worth
            number |= masks[key]
        numbers.append(number)
    return numbers


def _rank(points: Mapping[int, int], bits: Sequence[int], own: int) -> list[int]:
    """Sort candidates by points, then newness; those without a point are left out."""
    above = len(bits)
    totals = [
        (worth + (bits[other] & own).bit_count()) * above - other for other, worth in points.items()
    ]
    return [-total % above for total in heapq.nlargest(MOST + 1, totals) if total > 0]
