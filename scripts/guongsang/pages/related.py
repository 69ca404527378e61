"""Which stories to read next: points for what two stories share.

A story's keys and keywords come from that story alone, so a new story only touches the pages of
stories that share something with it. Nothing compares all with all: each key offers its newest
stories as candidates, and what is common (column, field, deed) is kept as one number a story, so
that a pair's points are a count of bits.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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


def find_related(stories: Sequence[Story]) -> dict[str, tuple[str, ...]]:
    """Return the slugs of at most four related stories of each; newest first breaks the ties."""
    rare = [tuple(rare_keys(story)) for story in stories]
    common = [tuple(common_keys(story)) for story in stories]
    slugs = [story.slug for story in stories]
    find = plan_relating(slugs, common, rare)
    return {slug: find(at) for at, slug in enumerate(slugs)}


def plan_relating(
    slugs: Sequence[str], common: Sequence[tuple[Key, ...]], rare: Sequence[tuple[Key, ...]]
) -> Callable[[int], tuple[str, ...]]:
    """Return what finds those of the story with this number, from the keys of all stories."""
    rare_offers, common_offers = _offer_newest(rare), _offer_newest(common)
    bits = _spread_bits(common)
    # For stories with equal common keys: the newest of those that share most of them.
    nearest: dict[tuple[Key, ...], list[int]] = {}

    def find(at: int) -> tuple[str, ...]:
        if common[at] not in nearest:
            offered = {other for key in common[at] for other in common_offers[key]}
            nearest[common[at]] = _rank(dict.fromkeys(offered, 0), bits, bits[at])[: MOST + 1]
        points = dict.fromkeys(nearest[common[at]], 0)
        for key in rare[at]:
            worth = POINTS[key[0]]
            for other in rare_offers[key]:
                points[other] = points.get(other, 0) + worth
        points.pop(at, None)
        return tuple(slugs[i] for i in _rank(points, bits, bits[at])[:MOST])

    return find


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
