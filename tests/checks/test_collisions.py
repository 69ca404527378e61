"""Two outputs of one address, told where somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guongsang.checks.newsroom.site import check_site
from guongsang.registers.model import Registers
from guongsang.stories.model import Story

MakeRegisters = Callable[..., Registers]
MakeStory = Callable[..., Story]


def find(registers: Registers, *stories: Story, **docs: str) -> list[tuple[str, str, str]]:
    found = check_site(stories, registers, docs=docs)
    for each in found:
        assert "{" not in each.message() + each.hint("en")
    return [(each.path, each.rule, dict(each.args).get("alias", "")) for each in found]


@pytest.mark.parametrize(
    ("aliases", "wrong"),
    [
        (["/rss.xml"], 0),
        (["/feed.json/"], 0),
        (["/sw.js"], 0),
        (["/404.html"], 0),
        (["/sitemap.xml/cu/"], 0),
        (["/.well-known/security.txt"], 0),
        (["/du-lieu/stories.json/"], 0),
        (["/chuyen-muc/guong-sang/atom.xml"], 0),
        (["/CHUYEN-MUC/"], 0),
        (["/Linh-Vuc/giao-duc/"], 0),
        (["/nam/2026/05/index.html"], 0),
        (["/tim-kiem/"], 0),
        (["/khong-co-mang/"], 0),
        (["/chuyen-muc/guong-sang/trang/7/"], 0),
        (["/tep/con-chu/giay.pdf"], 0),
        (["/assets/x.js/y/"], 0),
        (["/2026/A/"], 0),
        (["/2026/%61/"], 0),
        (["/Cu/bai/", "/cu/bai/"], 1),
        (["/c%C5%A9/", "/CŨ/"], 1),
        (["/tin.html", "/tin.html/abc/"], 1),
        (["/tin.html/abc/", "/TIN.html"], 1),
        (["/a/b.html/c/d/", "/a/b.html"], 1),
    ],
)
def test_old_addresses_that_are_taken(
    make_registers: MakeRegisters, make_story: MakeStory, aliases: list[str], wrong: int
) -> None:
    story = make_story("a", aliases=aliases)
    assert find(make_registers(), story) == [(story.src_uri, "GS805", aliases[wrong])]


@pytest.mark.parametrize(
    "aliases",
    [
        ["/cu/rss.xml"],
        ["/rss.xml.html"],
        ["/tin.html", "/tin/abc.html", "/tin.htm/abc/"],
        ["/cu/", "/cu", "/c%75/"],
        ["/2025/a/", "/2026/"],
        [
            "/index.php?nv=news&op=a",
            "/index.php?nv=news&op=b",
            "/index.php",
            "/?p=1",
            "/rss.xml?x=1",
        ],
        ["/anh/phong-su/bai-1/", "/the/thao.html"],
        ["/tin/trang/2/", "/chuyen-muc/guong-sang/trang/hai/"],
        ["/nam/2019/", "/chuyen-muc/da-bo/"],
        ["/" + "a" * 255 + "/"],
        [f"/{'tin/' * 100}"],
    ],
)
def test_old_addresses_that_are_free(
    make_registers: MakeRegisters, make_story: MakeStory, aliases: list[str]
) -> None:
    assert find(make_registers(), make_story("a", aliases=aliases)) == []


@pytest.mark.parametrize(
    "alias", ["/" + "a" * 256, "/cu/" + "ế" * 86 + "/", f"/{'tin/' * 260}", f"/{'%C3%A0' * 130}/"]
)
def test_old_addresses_that_no_disk_can_hold(
    make_registers: MakeRegisters, make_story: MakeStory, alias: str
) -> None:
    ((_, rule, _),) = find(make_registers(), make_story("a", aliases=[alias]))
    assert rule == "GS243"


def test_two_stories_that_want_the_same(
    make_registers: MakeRegisters, make_story: MakeStory
) -> None:
    one, two = make_story("a", aliases=["/Tin.html"]), make_story("b", aliases=["/tin.html/1/"])
    assert find(make_registers(), one, two) == [(two.src_uri, "GS805", "/tin.html/1/")]
    asked = "/index.php?nv=news&op=a"
    found = find(make_registers(), *(make_story(slug, aliases=[asked]) for slug in "ab"))
    assert found == [(two.src_uri, "GS805", asked)]
    draft = make_story("a", aliases=["/Tin.html"], status="draft")
    assert find(make_registers(), draft, two) == [(draft.src_uri, "GS805", "/Tin.html")]
    late = make_story("c", publish_at="2031-01-01 06:00")
    assert find(make_registers(), make_story("a", aliases=["/2026/C/"]), late)[0][1] == "GS805"


def test_pages_written_by_hand(make_registers: MakeRegisters, make_story: MakeStory) -> None:
    registers, story = make_registers(), make_story("a", aliases=["/Ve-Chung-Toi/"])
    docs = {"ve-chung-toi/": "docs/ve-chung-toi.md", "hinh/so-do.svg": "docs/hinh/so-do.svg"}
    assert find(registers, make_story("a"), **docs) == []
    assert find(registers, story, **docs) == [(story.src_uri, "GS805", "/Ve-Chung-Toi/")]
    for url in ("khen-thuong/", "Khen-thuong/", "2026/a/", "robots.txt", "nam/2026/05/"):
        path = f"docs/{url.rstrip('/')}.md"
        assert find(registers, make_story("a"), **{url: path}) == [(path, "GS801", "")]
