"""The stories among each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guongsang.checks.newsroom.site import check_site
from guongsang.problems.problem import Problem
from guongsang.registers.model import Registers
from guongsang.stories.model import Story
from guongsang.yamlfile.positions import Mark, Positions

MakeRegisters = Callable[..., Registers]
MakeStory = Callable[..., Story]


def run(registers: Registers, *stories: Story) -> list[tuple[str, str, str]]:
    found: list[Problem] = check_site(stories, registers)
    for each in found:
        assert "{" not in each.message() + each.hint("en")
    return [(each.path.split("/")[-2], each.rule, each.severity) for each in found]


def test_good_stories(make_registers: MakeRegisters, make_story: MakeStory) -> None:
    stories = [
        make_story("a", series={"id": "len-ban", "part": 1}, aliases=["/cu/a/"]),
        make_story("b", series={"id": "len-ban", "part": 2}, follows="a"),
        make_story("c", follows="b"),
    ]
    assert run(make_registers(), *stories) == []


def test_no_story(make_registers: MakeRegisters) -> None:
    (found,) = check_site([], make_registers())
    assert (found.path, found.rule, found.severity) == ("stories", "GS808", "warning")


def test_one_slug_in_two_years(make_registers: MakeRegisters, make_story: MakeStory) -> None:
    stories = [make_story("a"), make_story("a", date="2025-01-01")]
    (found,) = check_site(stories, make_registers())
    assert (found.path, found.rule, found.severity) == ("stories/2026/a/index.md", "GS235", "error")
    assert "stories/2025/a/index.md" in found.message()


def test_one_part_twice(make_registers: MakeRegisters, make_story: MakeStory) -> None:
    part = {"id": "len-ban", "part": 1}
    a, b = make_story("a", series=part), make_story("b", series=part)
    assert run(make_registers(), a, b) == [("b", "GS802", "error")]
    draft = make_story("b", series=part, status="draft")
    assert run(make_registers(), a, draft) == [("b", "GS802", "warning")]


PART = {"id": "len-ban", "part": 3}
LAN = [{"name": "Lò Thị Lan", "kind": "person", "consent": {"basis": "historical"}}]


@pytest.mark.parametrize(
    ("rule", "of_draft", "of_other"),
    [
        ("GS235", {"slug": "z", "date": "2024-01-01"}, {"slug": "z"}),
        ("GS802", {"series": PART}, {"series": PART}),
        ("GS804", {"follows": "z"}, {"follows": "a"}),
        ("GS805", {"aliases": ["/cu/"]}, {"aliases": ["/cu"]}),
        ("GS805", {}, {"aliases": ["/2026/a/"]}),
        ("GS805", {"aliases": ["/2026/z/"]}, {}),
        ("GS519", {"honorees": LAN}, {"honorees": LAN}),
    ],
)
def test_what_is_between_a_draft_and_another_is_told_of_the_draft(
    make_registers: MakeRegisters,
    make_story: MakeStory,
    rule: str,
    of_draft: dict[str, object],
    of_other: dict[str, object],
) -> None:
    draft = make_story(**{"slug": "a", "status": "draft", **of_draft})
    other = make_story(**{"slug": "z", **of_other})
    (found,) = check_site([draft, other], make_registers())
    assert (found.path, found.rule, found.severity) == (draft.src_uri, rule, "warning")
    ready = make_story(**{"slug": "a", **of_draft})
    told = check_site([ready, other], make_registers())
    assert {(each.rule, each.is_error) for each in told} == {(rule, rule != "GS519")}


def test_an_alias_that_is_a_drafts_own_address(
    make_registers: MakeRegisters, make_story: MakeStory
) -> None:
    draft = make_story("a", status="draft", aliases=["/2026/a/"])
    assert run(make_registers(), draft) == [("a", "GS805", "warning")]


def test_who_follows_a_story_that_cannot_be_read_follows_something(
    make_registers: MakeRegisters, make_story: MakeStory
) -> None:
    stories = [make_story("a", follows="x"), make_story("b", follows="y")]
    found = check_site(stories, make_registers(), slugs=frozenset({"a", "b", "x"}))
    assert [each.path for each in found] == ["stories/2026/b/index.md"]


def test_follows(make_registers: MakeRegisters, make_story: MakeStory) -> None:
    registers = make_registers()
    assert run(registers, make_story("a", follows="b")) == [("a", "GS803", "error")]
    assert run(registers, make_story("a", follows="a")) == [("a", "GS803", "error")]
    loop = [
        make_story("a", follows="b"),
        make_story("b", follows="c"),
        make_story("c", follows="a"),
        make_story("d", follows="a"),
    ]
    assert run(registers, *loop) == [(slug, "GS804", "error") for slug in "abc"]


def test_aliases(make_registers: MakeRegisters, make_story: MakeStory) -> None:
    registers = make_registers()
    a = make_story("a", aliases=["/cu/"])
    assert run(registers, a, make_story("b", aliases=["/cu"])) == [("b", "GS805", "error")]
    for taken in ("/2026/b/", "/chuyen-muc/guong-sang/", "/khen-thuong/", "/"):
        story = make_story("a", aliases=[taken])
        assert run(registers, story, make_story("b")) == [("a", "GS805", "error")]


MAI = {"kind": "person", "name": "Lò Thị Mai", "consent": {"basis": "public_event", "note": "x"}}


def one(**fields: str) -> list[dict[str, object]]:
    return [{**MAI, **fields}]


def test_an_inline_person_in_two_stories(
    make_registers: MakeRegisters, make_story: MakeStory
) -> None:
    registers = make_registers()
    a, b = make_story("a", honorees=one()), make_story("b", honorees=one(name="Lò Thị MAI"))
    assert run(registers, a, b) == [("b", "GS519", "warning")]
    (found,) = check_site([a, b], registers)
    assert "stories/2026/a/index.md" in found.message()
    assert "stories/registers/honorees/lo-thi-mai.yml" in found.hint()
    known = make_registers(honorees={"mai": {**MAI, "name": "Mai", "other_names": ["Lò Thị Mai"]}})
    assert run(known, a) == [("a", "GS519", "warning")]
    assert "honorees/mai.yml" in check_site([a], known)[0].hint()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"born": "1970"}, {"born": "1980"}),
        ({"born": "1970-01-02"}, {"born": "1971"}),
        ({"died": "2001"}, {"died": "2005"}),
        ({"gender": "male"}, {"gender": "female"}),
        ({}, {"name": "Lò Thị Mái"}),
        ({}, {"kind": "household"}),
    ],
)
def test_two_people_of_one_name_who_are_told_apart(
    make_registers: MakeRegisters,
    make_story: MakeStory,
    first: dict[str, str],
    second: dict[str, str],
) -> None:
    stories = make_story("a", honorees=one(**first)), make_story("b", honorees=one(**second))
    assert run(make_registers(), *stories) == []


def test_problems_point_at_their_field(
    make_registers: MakeRegisters, make_story: MakeStory
) -> None:
    story = make_story("a", follows="khong-co", aliases=["/x/", "/2026/a/"])
    positions = Positions()
    positions.values.update({("follows",): Mark(7, 10), ("aliases", 1): Mark(9, 5)})
    found = check_site([story], make_registers(), lambda _: positions)
    assert [(each.rule, each.line, each.column) for each in found] == [
        ("GS803", 7, 10),
        ("GS805", 9, 5),
    ]
