"""GS235 and GS8xx: the stories among each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guongsang import addresses
from guongsang.checks.severity import soften
from guongsang.problems.problem import Problem, problem
from guongsang.registers.model import Registers
from guongsang.stories.model import Story
from guongsang.stories.schema import suggest


def check_site(stories: Sequence[Story], registers: Registers) -> list[Problem]:
    """Return what no story alone can tell: addresses, series and sequels across all of them."""
    in_order = sorted(stories, key=lambda story: story.src_uri)
    by_slug: dict[str, Story] = {}
    for story in in_order:
        by_slug.setdefault(story.slug, story)
    if not stories:
        return [problem("GS808", "stories")]
    return sorted(
        {
            *_check_slugs(in_order, by_slug),
            *_check_series(in_order),
            *_check_follows(in_order, by_slug),
            *_check_aliases(in_order, _own_addresses(in_order, registers)),
        }
    )


def _check_slugs(stories: Sequence[Story], by_slug: Mapping[str, Story]) -> Iterator[Problem]:
    for story in stories:
        first = by_slug[story.slug]
        if first is not story:
            year = story.front.date.year
            yield problem("GS235", story.src_uri, slug=story.slug, other=first.src_uri, year=year)


def _check_series(stories: Sequence[Story]) -> Iterator[Problem]:
    parts: dict[tuple[str, int], Story] = {}
    for story in stories:
        series = story.front.series
        if series is None or story.front.status == "retracted":
            continue
        first = parts.setdefault((series.id, series.part), story)
        if first is not story:
            found = problem(
                "GS802", story.src_uri, series=series.id, part=series.part, other=first.src_uri
            )
            yield soften(found, story)


def _check_follows(stories: Sequence[Story], by_slug: Mapping[str, Story]) -> Iterator[Problem]:
    for story in stories:
        wanted = story.front.follows
        if wanted is None or story.front.status == "retracted":
            continue
        if wanted not in by_slug or wanted == story.slug:
            others = (slug for slug in by_slug if slug != story.slug)
            candidates = suggest(wanted, others)
            found = problem("GS803", story.src_uri, slug=wanted, candidates=candidates)
            yield soften(found, story)
        elif _returns(story, by_slug):
            yield soften(problem("GS804", story.src_uri, slug=wanted), story)


def _returns(story: Story, by_slug: Mapping[str, Story]) -> bool:
    """Return whether following from story to story leads back to this one."""
    seen: set[str] = set()
    current = story.front.follows
    while current is not None and current in by_slug and current not in seen:
        if current == story.slug:
            return True
        seen.add(current)
        current = by_slug[current].front.follows
    return False


def _check_aliases(stories: Sequence[Story], own: Mapping[str, str]) -> Iterator[Problem]:
    claimed = dict(own)
    for story in stories:
        for alias in story.front.aliases:
            other = claimed.setdefault(alias.strip("/"), story.src_uri)
            if other != story.src_uri or alias.strip("/") in own:
                found = problem("GS805", story.src_uri, alias=alias, other=other)
                yield soften(found, story)


def _own_addresses(stories: Sequence[Story], registers: Registers) -> dict[str, str]:
    """Return the addresses that pages of the site have, each with whose it is."""
    fixed = (
        addresses.HOME,
        addresses.HONOURS,
        addresses.CORRECTIONS,
        addresses.ABOUT,
        addresses.PRIVACY,
        addresses.GUIDE,
        addresses.YEARS,
        *addresses.SECTIONS.values(),
    )
    found = {address.strip("/"): f"/{address}" for address in fixed}
    for kind, register in (
        ("column", registers.columns),
        ("field", registers.fields),
        ("deed", registers.deeds),
        ("place", registers.places),
        ("honoree", registers.honorees),
        ("author", registers.authors),
        ("series", registers.series),
    ):
        urls = (addresses.section_url(kind, key) for key in register)
        found |= {url.strip("/"): f"/{url}" for url in urls}
    return found | {story.url.strip("/"): story.src_uri for story in stories}
