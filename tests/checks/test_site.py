"""The stories among each other."""

from __future__ import annotations

from collections.abc import Callable

from guongsang.checks.site import check_site
from guongsang.problems.problem import Problem
from guongsang.registers.model import Registers
from guongsang.stories.model import Story

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
    stories = [make_story("a"), make_story("a", date="2025-01-01", status="draft")]
    (found,) = check_site(stories, make_registers())
    assert (found.path, found.rule) == ("stories/2026/a/index.md", "GS235")
    assert "stories/2025/a/index.md" in found.message()


def test_one_part_twice(make_registers: MakeRegisters, make_story: MakeStory) -> None:
    part = {"id": "len-ban", "part": 1}
    a, b = make_story("a", series=part), make_story("b", series=part)
    assert run(make_registers(), a, b) == [("b", "GS802", "error")]
    draft = make_story("b", series=part, status="draft")
    assert run(make_registers(), a, draft) == [("b", "GS802", "warning")]


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
