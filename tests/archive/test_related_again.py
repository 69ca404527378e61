"""Related stories of a few changed ones: found again, they are what finding all anew gives."""

import random

import pytest

from guongsang.archive.related import Relating
from guongsang.archive.related_again import find_again


def draw_keys(chance):
    common = (f"column c{chance.randrange(3)}", f"field f{chance.randrange(5)}")
    rare = [f"place p{chance.randrange(30)}", f"tag t{chance.randrange(40)}"]
    if chance.random() < 0.4:
        rare.append(f"honoree h{chance.randrange(12)}")
    return common[: chance.randint(1, 2)], tuple(rare)


def draw_rare(chance, keys):
    """Other rare keys, as a new title brings."""
    return keys[0], draw_keys(chance)[1]


def find_all(stories):
    relating = Relating(list(stories), list(stories.values()))
    return {slug: relating.find(at) for at, slug in enumerate(stories)}, relating.nearest


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kinds", [("went", "keys", "place", "came"), ("title",)])
def test_changes_of_a_few(seed, kinds):
    chance = random.Random(seed)
    stories = [(f"s{n}", draw_keys(chance)) for n in range(700)]
    before = dict(stories)
    related, nearest = find_all(before)
    for step in range(12):
        changed = set()
        for turn in range(chance.randint(1, 3)):
            at = chance.randrange(len(stories))
            slug, key = stories.pop(at)
            changed.add(slug)
            kind = chance.choice(kinds)
            if kind == "keys":
                stories.insert(at, (slug, draw_keys(chance)))
            elif kind == "title":
                stories.insert(at, (slug, draw_rare(chance, key)))
            elif kind == "place":
                stories.insert(chance.randrange(len(stories)), (slug, key))
            elif kind == "came":
                stories.insert(at, (slug, key))
                new = f"n{step}-{turn}"
                changed.add(new)
                stories.insert(chance.choice((0, at)), (new, draw_keys(chance)))
        now = dict(stories)
        again, nearest = find_again(
            before,
            now,
            changed,
            lambda slugs, was=related: {slug: was[slug] for slug in slugs},
            nearest,
        )
        wanted, _ = find_all(now)
        assert {slug: again.get(slug, related.get(slug)) for slug in now} == wanted
        assert len(again) < len(now)
        before, related = now, wanted
