"""Related stories after a few stories came, went or changed.

Who was best stays best unless a key offers it no more; then only those that are offered anew can
come in. So most stories are compared with one or two others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from guongsang.archive.related import (
    CommonKeys,
    Key,
    Keys,
    Nearest,
    Related,
    Relating,
    offer_newest,
)

# The slugs that left a list, and those that joined it; changed ones that were in it did both.
_Moves = tuple[set[str], set[str]]
# Who is offered no more by some keys, and who is offered anew by each; changed stories are both,
# since their place or their points may be others.
_Offers = tuple[set[str], Mapping[Key, set[str]]]
_NONE: Final[_Moves] = (set(), set())


def find_again(
    before: Mapping[str, Keys],
    now: Mapping[str, Keys],
    changed: set[str],
    find_related: Callable[[Iterable[str]], Related],
    nearest: Nearest,
) -> tuple[Related, Nearest]:
    """Return the related stories of all that may have others than before, and the nearest now.

    `before` and `now` are the keys of all stories by slug, newest first; `changed` are the slugs of
    those that came, went, or have other keys or another place. `find_related` returns what was
    found before for those of some slugs that were there, `nearest` is what was found before.
    """
    keys = [each[slug] for each in (before, now) for slug in changed if slug in each]
    common = {key for each in keys for key in each[0]}
    rare = {key for each in keys for key in each[1]}
    relating = Relating(list(now), list(now.values()), nearest)
    near: dict[CommonKeys, _Moves | None] = {}
    # A new title is the most frequent change: what stories have in common stays as it was.
    if [*before] != [*now] or any(before[slug][0] != now[slug][0] for slug in changed):
        offers = _compare_offers(0, before, now, common, changed)
        near = _find_nearest_again(relating, offers, changed, nearest)
    looked_at = {
        slug: own
        for slug, own in now.items()
        if slug in changed or own[0] in near or not rare.isdisjoint(own[1])
    }
    wanted = rare.union(*(own[1] for own in looked_at.values()))
    relating.rare_offers = offer_newest(relating.rare, wanted)
    lost, gained = _compare_offers(1, before, now, rare, changed)
    related = find_related(looked_at.keys() & before.keys())
    again: Related = {}
    for slug, own in looked_at.items():
        at, known, moves = relating.ranks[slug], related.get(slug), near.get(own[0], _NONE)
        if slug in changed or known is None or moves is None or _has(known, lost, moves[0]):
            again[slug] = relating.find(at)
        else:
            others = moves[1].union(known, *(gained.get(key, ()) for key in own[1]))
            again[slug] = relating.find_among(at, {relating.ranks[other] for other in others})
    return again, relating.nearest


def _find_nearest_again(
    relating: Relating, moves: _Offers, changed: set[str], nearest: Nearest
) -> dict[CommonKeys, _Moves | None]:
    """Bring `nearest` of `relating` up to date; return who left and joined it, by common keys.

    None where nothing was known of such stories.
    """
    lost, gained = moves
    found: dict[CommonKeys, _Moves | None] = {}
    for own in relating.bits_of:
        had = nearest.get(own)
        if had is None:
            found[own] = None
        elif gained.keys().isdisjoint(own):
            continue
        elif lost.isdisjoint(had):
            others = set(had).union(*(gained.get(key, ()) for key in own))
            relating.rank_nearest(own, {relating.ranks[other] for other in others})
        else:
            relating.rank_nearest(own, relating.list_near(own))
        have = relating.find_nearest(own)
        if had is not None and (have != had or not changed.isdisjoint(have)):
            found[own] = set(had) - set(have), set(have) - (set(had) - changed)
    return found


def _compare_offers(
    part: int,
    before: Mapping[str, Keys],
    now: Mapping[str, Keys],
    keys: set[Key],
    changed: set[str],
) -> _Offers:
    """Return who is offered no more by some keys; `part` of a story's keys is compared."""
    had, have = (
        {key: {slugs[at] for at in offered} for key, offered in offers.items()}
        for slugs, offers in (
            (list(each), offer_newest([own[part] for own in each.values()], keys))
            for each in (before, now)
        )
    )
    lost = changed.union(*(had[key] - have.get(key, set()) for key in had))
    return lost, {key: have.get(key, set()) - (had.get(key, set()) - changed) for key in keys}


def _has(slugs: tuple[str, ...], *sets: set[str]) -> bool:
    return any(not each.isdisjoint(slugs) for each in sets)
