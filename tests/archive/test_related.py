"""What to read next: points, ties, and no more work than needed."""

import time

from guongsang.archive.related import (
    POINTS,
    common_keys,
    find_keywords,
    find_related,
    rare_keys,
)
from guongsang.views.content import newest_first


def related(stories, slug):
    return list(find_related(newest_first(stories))[slug])


def other(make_story, slug, **fields):
    """Make a story that shares nothing with the next one unless told."""
    return make_story(
        slug,
        **{
            "title": slug,
            "column": f"c-{slug}",
            "fields": [f"f-{slug}"],
            "honorees": [{"kind": "person", "name": "X"}],
            "places": [{"unit": f"p-{slug}"}],
            "summary": " ".join([slug] * (120 // (len(slug) + 1))),
            **fields,
        },
    )


def test_points_order_the_stories(make_story):
    """Person before place before deed before field; what shares nothing stays away."""
    stories = [
        other(
            make_story,
            "a",
            honorees=[{"id": "h"}],
            places=[{"unit": "p"}],
            deeds=["d"],
            fields=["f"],
        ),
        other(make_story, "field", fields=["f"]),
        other(make_story, "deed", deeds=["d"]),
        other(make_story, "place", places=[{"unit": "p"}]),
        other(make_story, "person", honorees=[{"id": "h"}]),
        other(make_story, "none"),
    ]
    assert related(stories, "a") == ["person", "place", "deed", "field"]
    assert related(stories, "none") == []


def test_ties_by_newness_then_slug(make_story):
    stories = [
        other(make_story, "a", deeds=["d"]),
        other(make_story, "c", deeds=["d"]),
        other(make_story, "b", deeds=["d"]),
        other(make_story, "z", deeds=["d"], date="2026-06-01"),
    ]
    assert related(stories, "a") == ["z", "b", "c"]


def test_agrees_with_adding_up_all_pairs(make_story):
    """The inverted lists give what comparing all with all gives."""
    stories = newest_first(
        [
            other(
                make_story,
                f"s{n}",
                column=f"c{n % 2}",
                fields=[f"f{n % 3}"],
                deeds=[f"d{n % 5}"],
                places=[{"unit": f"p{n % 4}"}],
                tags=[f"t{n % 7}"],
                honorees=[{"id": f"h{n % 6}"}],
                date=f"2026-05-{n + 1:02}",
            )
            for n in range(28)
        ]
    )

    def score(one, two):
        keys = [{*rare_keys(story), *common_keys(story)} for story in (one, two)]
        return sum(POINTS[key.partition(" ")[0]] for key in keys[0] & keys[1])

    found = find_related(stories)
    for story in stories:
        rest = [two for two in stories if two is not story and score(story, two)]
        ranked = sorted(rest, key=lambda two, one=story: -score(one, two))[:4]
        assert found[story.slug] == tuple(two.slug for two in ranked)


def test_keywords_say_something():
    """Pairs of neighbouring syllables without those that stand everywhere."""
    found = find_keywords("Chăn nuôi bò sữa, và những đồng cỏ")
    assert found == ["chăn nuôi", "nuôi bò", "bò sữa", "đồng cỏ"]
    assert find_keywords("") == []


def test_grows_with_the_stories_not_with_their_pairs(make_story):
    """Ten thousand stories that share much are scored in seconds."""
    base = [make_story(f"s{n}", fields=[f"f{n % 8}"], deeds=[f"d{n % 10}"]) for n in range(100)]
    stories = []
    for n in range(3000):
        story = base[n % 100]
        stories.append(type(story)(f"x{n}", 2026, "", "", story.front, "", 1, ()))
    started = time.process_time()
    find_related(stories)
    assert time.process_time() - started < 3
