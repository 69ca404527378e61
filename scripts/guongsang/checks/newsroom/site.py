"""GS235, GS519 and GS8xx: the stories among each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from guongsang.checks.newsroom.collisions import Locate, check_addresses, tell_at
from guongsang.checks.severity import soften
from guongsang.checks.stories.references import HONOREES
from guongsang.problems.problem import Problem, problem
from guongsang.registers.model import Honoree, Registers
from guongsang.stories.choices import suggest
from guongsang.stories.model import InlinePerson, Story
from guongsang.stories.schema import UNKNOWN, suggest_key
from guongsang.text.fold import tone_key
from guongsang.yamlfile.positions import Positions


def check_site(
    stories: Sequence[Story],
    registers: Registers,
    locate: Locate = lambda _: Positions(),
    slugs: AbstractSet[str] = frozenset(),
    docs: Mapping[str, str] = MappingProxyType({}),
) -> list[Problem]:
    """Return what no story alone can tell: addresses, series, sequels and people in several.

    Where a draft and another one are at odds, that is told of the draft. `slugs` are also those of
    stories that cannot be read; `docs` are the files that docs/ publishes, by address, each with
    its path.
    """
    in_order = sorted(stories, key=lambda story: (_is_draft(story), story.src_uri))
    by_slug: dict[str, Story] = {}
    for story in in_order:
        by_slug.setdefault(story.slug, story)
    if not stories:
        return [problem("GS808", "stories")]
    return sorted(
        {
            *_check_slugs(in_order, by_slug),
            *_check_series(in_order, locate),
            *_check_follows(in_order, by_slug, slugs, locate),
            *check_addresses(in_order, registers, docs, locate),
            *_check_namesakes(in_order, registers, locate),
        }
    )


def _check_slugs(stories: Sequence[Story], by_slug: Mapping[str, Story]) -> Iterator[Problem]:
    for story in stories:
        first = by_slug[story.slug]
        if first is not story:
            year = story.head.month[:4]
            found = problem("GS235", story.src_uri, slug=story.slug, other=first.src_uri, year=year)
            yield soften(found, story)


def _is_draft(story: Story) -> bool:
    return story.head.status == "draft"


def _check_series(stories: Sequence[Story], locate: Locate) -> Iterator[Problem]:
    parts: dict[tuple[str, int], Story] = {}
    for story in stories:
        series = story.head.series
        if series is None or story.head.status == "retracted":
            continue
        first = parts.setdefault(series, story)
        if first is not story:
            key, part = series
            args = {"series": key, "part": part, "other": first.src_uri}
            yield tell_at(story, locate, "GS802", ("series", "part"), **args)


def _check_follows(
    stories: Sequence[Story],
    by_slug: Mapping[str, Story],
    slugs: AbstractSet[str],
    locate: Locate,
) -> Iterator[Problem]:
    for story in stories:
        wanted = story.head.follows
        if wanted is None or story.head.status == "retracted":
            continue
        if wanted == story.slug or (wanted not in by_slug and wanted not in slugs):
            others = (slug for slug in by_slug if slug != story.slug)
            candidates = suggest(wanted, others)
            yield tell_at(story, locate, "GS803", ("follows",), slug=wanted, candidates=candidates)
        elif _returns(story, by_slug):
            yield tell_at(story, locate, "GS804", ("follows",), slug=wanted)


def _returns(story: Story, by_slug: Mapping[str, Story]) -> bool:
    """Return whether following from story to story leads back to this one; who is published does
    not follow by way of a draft."""
    seen: set[str] = set()
    current = story.head.follows
    while current is not None and current in by_slug and current not in seen:
        if current == story.slug:
            return True
        if _is_draft(by_slug[current]) and not _is_draft(story):
            return False
        seen.add(current)
        current = by_slug[current].head.follows
    return False


def _check_namesakes(
    stories: Sequence[Story], registers: Registers, locate: Locate
) -> Iterator[Problem]:
    """Yield GS519 for an inline person who may be that of another story, or a registered one."""
    seen: dict[str, list[tuple[str, Honoree | InlinePerson]]] = {}
    for key, record in registers.honorees.items():
        for name in (record.name, *record.other_names):
            seen.setdefault(tone_key(name), []).append((f"{HONOREES}/{key}.yml", record))
    for story in stories:
        if story.head.status == "retracted" or not story.head.inline:
            continue
        for entry in story.inline:
            if entry.kind != "person":
                continue
            others = seen.setdefault(tone_key(entry.name), [])
            other = next((path for path, each in others if _may_be_one(entry, each)), None)
            others.append((story.src_uri, entry))
            if other is not None and other != story.src_uri:
                file = other if "/registers/" in other else _file_for(entry.name)
                args = {"who": entry.name, "other": other, "file": file}
                yield tell_at(story, locate, "GS519", ("honorees", entry.place, "name"), **args)


def _may_be_one(one: InlinePerson, other: Honoree | InlinePerson) -> bool:
    """Return whether two entries of one name may mean one person: nothing known contradicts."""
    if other.kind != one.kind or (one.gender and other.gender and one.gender != other.gender):
        return False
    return all(
        UNKNOWN in (first, second) or not (first and second) or first[:4] == second[:4]
        for first, second in ((one.born, other.born), (one.died, other.died))
    )


def _file_for(name: str) -> str:
    return f"{HONOREES}/{suggest_key(name)}.yml"
