"""Which stories to read next: points for what two stories share.

A story's keys and keywords come from that story alone, so a new story only touches the pages of
stories that share something with it. Nothing compares all with all: each key offers its newest
stories as candidates, and what is common (column, field, deed) is kept as one number a story, so
that a pair's points are a count of bits.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
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

# Its kind, a space, and what of that kind: short, and hashed once, in ten thousand stories.
Key = str

_PHRASE: Final = re.compile(r"[^,.;:!?–—…“”\"'()\[\]]+")
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
        self.common = [common for common, _ in keys]
        self.rare = [rare for _, rare in keys]
        self.bits_of = _spread_bits(self.common)
        self._bits = [self.bits_of[own] for own in self.common]
        known = nearest or {}
        self.nearest = {own: known[own] for own in self.bits_of if own in known}
        self._near: dict[CommonKeys, list[int]] = {}

    @cached_property
    def ranks(self) -> dict[str, int]:
        return {slug: at for at, slug in enumerate(self.slugs)}

    @cached_property
    def common_offers(self) -> dict[Key, list[int]]:
        """The newest stories of each common key, as ranks."""
        return offer_newest(self.common)

    @cached_property
    def rare_offers(self) -> dict[Key, list[int]]:
        """The newest stories of each rare key, as ranks; who looks at few stories sets their keys'
        only."""
        return offer_newest(self.rare)

    def find(self, at: int) -> tuple[str, ...]:
        """Return the slugs related to the story with this number."""
        points = dict.fromkeys(self._find_near(self.common[at]), 0)
        for key in self.rare[at]:
            worth = POINTS[_kind_of(key)]
            for other in self.rare_offers[key]:
                points[other] = points.get(other, 0) + worth
        return self._name_best(at, points)

    def find_among(self, at: int, others: Iterable[int]) -> tuple[str, ...]:
        """Return what `find` does where it is known that only these may be among them."""
        own = self.rare[at]
        points = {other: self._count_rare(own, other) for other in others}
        return self._name_best(at, points)

    def find_nearest(self, own: CommonKeys) -> tuple[str, ...]:
        """Return the slugs of the newest stories that share most of some common keys."""
        self._find_near(own)
        return self.nearest[own]

    def rank_nearest(self, own: CommonKeys, others: Iterable[int]) -> None:
        """Find the nearest of some common keys where only these may be among them."""
        near = _rank(dict.fromkeys(others, 0), self._bits, self.bits_of[own])[: MOST + 1]
        self.nearest[own] = tuple([self.slugs[at] for at in near])
        self._near[own] = near

    def list_near(self, own: CommonKeys) -> set[int]:
        """Return the ranks of all that some common keys offer."""
        return {at for key in own for at in self.common_offers[key]}

    def _find_near(self, own: CommonKeys) -> list[int]:
        if own not in self._near:
            if own in self.nearest:
                self._near[own] = [self.ranks[slug] for slug in self.nearest[own]]
            else:
                self.rank_nearest(own, self.list_near(own))
        return self._near[own]

    def _count_rare(self, own: Sequence[Key], other: int) -> int:
        """Return the points for the rare keys that are offering another story."""
        shared = set(own).intersection(self.rare[other])
        return sum(POINTS[_kind_of(key)] for key in shared if other <= self.rare_offers[key][-1])

    def _name_best(self, at: int, points: dict[int, int]) -> tuple[str, ...]:
        points.pop(at, None)
        slugs = self.slugs
        return tuple([slugs[i] for i in _rank(points, self._bits, self._bits[at])[:MOST]])


def rare_keys(story: Story) -> Iterator[Key]:
    """Yield the keys that few other stories have, each once, in the order of the story."""
    front = story.front
    for honoree in dict.fromkeys(honoree.id for honoree in front.honorees if honoree.id):
        yield f"honoree {honoree}"
    if front.series:
        yield f"series {front.series.id}"
    for unit in dict.fromkeys(place.unit for place in front.places):
        yield f"place {unit}"
    for tag in dict.fromkeys(tag.casefold() for tag in front.tags):
        yield f"tag {tag}"
    for keyword in find_keywords(f"{front.title}. {front.summary}"):
        yield f"keyword {keyword}"


def common_keys(story: Story) -> Iterator[Key]:
    """Yield the keys that many other stories have."""
    yield f"column {story.front.column}"
    yield from (f"field {key}" for key in sorted(story.front.fields))
    yield from (f"deed {key}" for key in sorted(story.front.deeds))


def _kind_of(key: Key) -> str:
    return key.partition(" ")[0]


def find_keywords(text: str) -> list[str]:
    """Return the first pairs of neighbouring syllables that say something, in order."""
    found: dict[str, None] = {}
    for phrase in _PHRASE.finditer(text.casefold()):  # the first ones are enough
        syllables = phrase[0].split()
        for first, second in pairwise(syllables):
            if first in _STOP or second in _STOP:
                continue
            found[f"{first} {second}"] = None
            if len(found) == KEYWORDS:
                return list(found)
    return list(found)


def offer_newest(
    keys: Sequence[Sequence[Key]], wanted: AbstractSet[Key] | None = None
) -> dict[Key, list[int]]:
    """Return the newest stories of each key, as their ranks; only of those wanted, if told."""
    offers: dict[Key, list[int]] = {}
    if wanted is None:
        wanted = {key for own in keys for key in own}
    lacking = set(wanted)
    for at, own in enumerate(keys):
        if lacking.isdisjoint(own):
            continue
        for key in lacking.intersection(own):
            offered = offers.setdefault(key, [])
            offered.append(at)
            if len(offered) == _REACH[_kind_of(key)]:
                lacking.discard(key)
        if not lacking:
            break
    return offers


def _spread_bits(keys: Iterable[CommonKeys]) -> dict[CommonKeys, int]:
    """Return a number for the keys of a story; two stories' points are the bits that both have."""
    masks: dict[Key, int] = {}
    used = 0
    numbers: dict[CommonKeys, int] = {}
    for own in dict.fromkeys(keys):
        number = 0
        for key in own:
            if key not in masks:
                worth = POINTS[_kind_of(key)]
                masks[key] = ((1 << worth) - 1) << used
                used += worth
            number |= masks[key]
        numbers[own] = number
    return numbers


def _rank(points: Mapping[int, int], bits: Sequence[int], own: int) -> list[int]:
    """Sort candidates by points, then newness; those without a point are left out."""
    above = len(bits)
    totals = [
        (worth + (bits[other] & own).bit_count()) * above - other for other, worth in points.items()
    ]
    return [-total % above for total in heapq.nlargest(MOST + 1, totals) if total > 0]
