"""Which story may have taken the place of a published address that leads nowhere any more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from guongsang.stories.model import Story
from guongsang.text.fold import slug

_STORY: Final = re.compile(r"/?[0-9]{4}/([^/]+)/?")
# So much of an address must be found again in a story; nearly all in one that the ledger lists.
_ENOUGH: Final = 0.5
_NEARLY_ALL: Final = 0.8
# So many texts are looked at, those with the nearest titles first.
_MOST_TEXTS: Final = 20


class Heirs:
    """Finds heirs among `stories`; `listed` are the addresses of the ledger."""

    def __init__(self, stories: Sequence[Story], listed: Iterable[str]) -> None:
        known = {each.strip("/") for each in listed}
        self._stories = stories
        self._new = [n for n, story in enumerate(stories) if story.url.strip("/") not in known]
        self._by_slug = {story.slug: story for story in reversed(stories)}
        # Where two words of a folder's name or a title stand after each other.
        self._by_pair: dict[str, set[int]] = {}
        for n, story in enumerate(stories):
            for pair in _pairs_of(story.slug) | _pairs_of(story.brief.title):
                self._by_pair.setdefault(pair, set()).add(n)

    def find(self, address: str) -> Story | None:
        """Return the story of the same folder, else the one that the ledger does not list and that
        has the words of the address in title and text; None where nothing is likely."""
        match = _STORY.fullmatch(address)
        if match is None:
            return None
        if match[1] in self._by_slug:
            return self._by_slug[match[1]]
        pairs = _pairs_of(match[1])
        named = Counter(n for pair in pairs for n in self._by_pair.get(pair, ()))
        new = sorted(self._new, key=lambda n: (-named[n], self._stories[n].src_uri))
        near = [n for n, count in named.items() if count >= _NEARLY_ALL * len(pairs)]
        return self._pick(pairs, named, new[:_MOST_TEXTS]) or self._pick(pairs, named, near)

    def _pick(self, pairs: set[str], named: Counter[int], found: Iterable[int]) -> Story | None:
        best: tuple[int, str] | None = None
        for n in found:
            story = self._stories[n]
            told = len(pairs & _pairs_of(story.body))
            if max(named[n], told) >= _ENOUGH * len(pairs):
                rank = (-named[n] - told, story.src_uri)
                best = rank if best is None else min(best, rank)
        return next((each for each in self._stories if best and each.src_uri == best[1]), None)


def _pairs_of(text: str) -> set[str]:
    """Return each two words that stand after each other, folded; single ones stand anywhere."""
    words = [word for part in text.split() if (folded := slug(part)) for word in folded.split("-")]
    return {f"{one} {two}" for one, two in pairwise(words)} or set(words)
