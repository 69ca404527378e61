"""A story without a cover: it has its page, its place in lists and feeds, and no picture."""

from __future__ import annotations

import json
import re

import pytest

CLOTH = re.compile(r"(<svg class=.cloth .*?</svg>)<span>([^<]+)<")
COVER = re.compile(r"cover:\n(  .*\n)+")


@pytest.fixture
def bare(newsroom):
    """Take the covers away from all stories."""
    for path in newsroom.root.glob("stories/*/*/index.md"):
        text = path.read_text("utf-8")
        path.write_text(COVER.sub("", text, count=1), "utf-8")
        for photo in path.parent.glob("bia*.jpg"):
            photo.unlink()
    return newsroom


def test_a_newsroom_without_covers_is_built(bare):
    ran = bare.run("check")
    assert (ran.code, ran.err) == (0, "")
    bare.build()
    page = (bare.site / "2026/con-chu/index.html").read_text("utf-8")
    assert "og:image" not in page
    home = (bare.site / "index.html").read_text("utf-8")
    assert home.count('class="card__drawing"') == home.count('<article class="card ') > 0
    assert "Gương sáng bản Mường" in re.findall(r"</svg><span>([^<]+)<", home)
    feed = json.loads((bare.site / "feed.json").read_text("utf-8"))
    assert feed["items"] and not any("image" in item for item in feed["items"])
    told = (bare.site / "sitemap.xml").read_text("utf-8")
    # Photos of the catalogue stay.
    assert told.count("<image:image>") == 2


def test_a_cover_may_come_and_go(published):
    text = published.path("con-chu").read_text("utf-8")
    published.path("con-chu").write_text(COVER.sub("", text, count=1), "utf-8")
    photo = published.path("con-chu").parent / "bia.jpg"
    kept = photo.read_bytes()
    photo.unlink()
    published.build()
    assert "card__drawing" in (published.site / "index.html").read_text("utf-8")
    photo.write_bytes(kept)
    published.path("con-chu").write_text(text, "utf-8")
    published.build()
    assert "card__drawing" not in (published.site / "index.html").read_text("utf-8")


def test_stories_of_one_column_have_one_drawing_and_others_another(bare):
    bare.build()
    drawn = {}
    for path in bare.site.rglob("index.html"):
        for svg, name in CLOTH.findall(path.read_text("utf-8")):
            drawn.setdefault(name, set()).add(svg)
    assert len(drawn) > 1
    assert {len(svgs) for svgs in drawn.values()} == {1}
    assert len(set.union(*drawn.values())) == len(drawn)
    bare.edit("stories/registers/columns.yml", "Gương sáng bản Mường", "Bản Mường")
    bare.build()
    assert bare.bytes() == bare.clean_bytes()
    page = (bare.site / "chuyen-muc/ban-muong/index.html").read_text("utf-8")
    assert {svg for svg, _ in CLOTH.findall(page)} == drawn["Gương sáng bản Mường"]
