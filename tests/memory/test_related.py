"""Related stories of a few changed ones: found again, they are what finding all anew gives."""

import marshal
import random

import pytest

from guongsang.memory.related import Relations
from guongsang.pages.related import Relating


def draw_keys(chance):
    common = (("column", f"c{chance.randrange(3)}"), ("field", f"f{chance.randrange(5)}"))
    rare = [("place", f"p{chance.randrange(30)}"), ("tag", f"t{chance.randrange(40)}")]
    if chance.random() < 0.4:
        rare.append(("honoree", f"h{chance.randrange(12)}"))
    return marshal.dumps((common[: chance.randint(1, 2)], tuple(rare)), 2)


def find_all(slugs, keys):
    relating = Relating(slugs, [marshal.loads(key) for key in keys])
    return {slug: relating.find(at) for at, slug in enumerate(slugs)}


@pytest.mark.parametrize("seed", range(6))
def test_changes_of_a_few(seed):
    chance = random.Random(seed)
    stories = [(f"s{n}", draw_keys(chance)) for n in range(700)]
    relations = Relations()
    assert relations.relate(*map(list, zip(*stories, strict=True))) is None
    slugs, keys = map(list, zip(*stories, strict=True))
    relating = Relating(slugs, list(map(marshal.loads, keys)))
    found = {slug: relating.find(at) for at, slug in enumerate(slugs)}
    relations = Relations(slugs, keys, found, relating.nearest)
    for step in range(12):
        changed = set()
        for turn in range(chance.randint(1, 3)):
            at = chance.randrange(len(stories))
            slug, key = stories.pop(at)
            changed.add(slug)
            kind = chance.choice(("went", "keys", "place", "came"))
            if kind == "keys":
                stories.insert(at, (slug, draw_keys(chance)))
            elif kind == "place":
                stories.insert(chance.randrange(len(stories)), (slug, key))
            elif kind == "came":
                stories.insert(at, (slug, key))
                new = f"n{step}-{turn}"
                changed.add(new)
                stories.insert(chance.choice((0, at)), (new, draw_keys(chance)))
        slugs, keys = map(list, zip(*stories, strict=True))
        before = dict(relations.related)
        again = relations.relate_again(slugs, keys, changed)
        wanted = find_all(slugs, keys)
        assert relations.related == wanted
        assert {slug for slug in wanted if before.get(slug) != wanted[slug]} <= set(again)
        assert len(again) < len(slugs)


def test_which_stories_have_changed_is_found_out():
    chance = random.Random(7)
    stories = [(f"s{n}", draw_keys(chance)) for n in range(300)]
    slugs, keys = map(list, zip(*stories, strict=True))
    relating = Relating(slugs, list(map(marshal.loads, keys)))
    relations = Relations(slugs, keys, find_all(slugs, keys), {})
    for own in list(relating.nearest):
        relations.nearest[own] = relating.nearest[own]
    assert relations.relate(slugs, keys) == {}
    assert relations.relate(["new", *slugs], [draw_keys(chance), *keys])
    assert relations.related == find_all(relations.slugs, relations.keys)
    assert relations.relate(relations.slugs[::-1], relations.keys[::-1]) is None
