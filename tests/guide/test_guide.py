"""The guide comes with the program: whole, linked, and out of the way where it is not wanted."""

from __future__ import annotations

import html
import json
import posixpath
import re
from pathlib import Path

import pytest
from PIL import Image

import guongsang.guide
from guongsang.addresses import GUIDE, GUIDE_PAGES, REFERENCES, guide_url
from guongsang.guide.read import read_guide

FOLDER = Path(guongsang.guide.__file__).parent
NAMES = ("index", *GUIDE_PAGES)


def test_every_page_that_is_written_has_its_address():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_links_within_the_guide_lead_to_pages_and_headings(name):
    text = read_guide(name)
    assert text.title and text.description
    anchors = {
        guide_url(each): set(re.findall(r' id="([^"]+)"', read_guide(each).html)) for each in NAMES
    }
    anchors |= {url: set() for url in REFERENCES}
    for href in re.findall(r'<a\b[^>]*? href="([^"]+)"', text.html):
        if href.startswith(("https://", "mailto:", "#fn")):
            continue
        path, _, anchor = href.partition("#")
        url = posixpath.normpath(posixpath.join(guide_url(name), path)) + "/"
        assert url in anchors, href
        assert not anchor or url in REFERENCES or anchor in anchors[url], href
    assert {each.anchor for each in text.sections} <= anchors[guide_url(name)]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_in_a_page_that_its_policy_forbids(name):
    text = read_guide(name).html
    assert not re.search(r" style=| on[a-z]+=|<script|<iframe|<h1", text)
    for row in re.findall(r"<tbody>.*?</tbody>", text, re.DOTALL):
        assert "<td>" not in row or "data-cot" in row


PICTURE = re.compile(
    r'<img alt="([^"]+)" height="(\d+)" loading="lazy" src="([^"]+)" width="(\d+)"'
)


def test_the_first_page_has_six_pictures_of_the_desk(built):
    page = built.site / guide_url("bai-dau-tien")
    found = PICTURE.findall((page / "index.html").read_text("utf-8"))
    assert len(found) == 6
    for alt, height, src, width in found:
        path = (page / src).resolve()
        assert path.parent == (built.site / GUIDE / "hinh").resolve()
        with Image.open(path) as picture:
            assert picture.size == (int(width), int(height))
        assert len(alt) > 20
    there = sorted(FOLDER.glob("hinh/*"))
    assert len(there) == 6, "every picture is shown"
    assert sum(path.stat().st_size for path in there) < 140_000, "the wheel stays light"


def list_guide(site):
    return {path.relative_to(site).as_posix() for path in (site / GUIDE).rglob("index.html")}


def test_every_newsroom_has_the_guide_and_says_nothing_of_it_to_search_engines(built):
    urls = {GUIDE, *map(guide_url, NAMES), *REFERENCES}
    assert list_guide(built.site) == {f"{url}index.html" for url in urls}
    for url in urls:
        page = (built.site / url / "index.html").read_text("utf-8")
        assert '<meta name="robots" content="noindex' in page, url
    assert GUIDE not in (built.site / "sitemap.xml").read_text("utf-8")


def test_a_newsroom_without_the_guide_has_no_link_to_it(published):
    switches = (published.root / "stories/registers/newsroom.yml").read_text("utf-8")
    assert "switches:" not in switches
    path = published.root / "stories/registers/newsroom.yml"
    path.write_text(f"{switches.rstrip()}\nswitches: {{guide: false}}\n", "utf-8")
    published.build("--strict")
    assert not (published.site / GUIDE).exists()
    assert not [*(published.site / "tai-nguyen").glob("huong-dan.*")]
    assert published.bytes() == published.clean_bytes()
    published.edit("con-chu", "status: ready", "status: ready\nsatus: ready")
    run = json.loads(published.run("check", "--format", "sarif").out)["runs"][0]
    assert not any("helpUri" in rule for rule in run["tool"]["driver"]["rules"])
    published.edit("con-chu", "\nsatus: ready", "")
    published.edit("mkdocs.yml", "  - Giới thiệu: gioi-thieu.md", "  - Hướng dẫn: /huong-dan/anh/")
    assert "GS806" not in published.run("check").out
    published.build()
    assert "huong-dan/" not in (published.site / "index.html").read_text("utf-8")


def test_the_navigation_may_lead_to_the_guide(newsroom):
    newsroom.edit("mkdocs.yml", "  - Giới thiệu: gioi-thieu.md", "  - Hướng dẫn: /huong-dan/anh/")
    newsroom.edit("mkdocs.yml", "not_in_nav: |\n", "not_in_nav: |\n  /gioi-thieu.md\n")
    newsroom.build("--strict")
    (newsroom.root / "docs/gioi-thieu.md").write_text("[x](/huong-dan/dong-y/)\n", "utf-8")
    newsroom.build("--strict")


def test_a_page_of_ones_own_stands_in_the_place_of_the_guides(published):
    before = list_guide(published.site)
    own = published.root / "docs/huong-dan/anh.md"
    own.parent.mkdir()
    own.write_text("# Ảnh ở tòa soạn ta\n\nGọi ban ảnh.\n", "utf-8")
    assert published.run("check").code == 0
    published.build()
    assert list_guide(published.site) == before
    page = (published.site / "huong-dan/anh/index.html").read_text("utf-8")
    assert "Gọi ban ảnh." in page
    assert '<meta name="robots" content="noindex' in page
    assert published.bytes() == published.clean_bytes()
    own.unlink()
    published.build()
    assert "Gọi ban ảnh." not in (published.site / "huong-dan/anh/index.html").read_text("utf-8")
    assert published.bytes() == published.clean_bytes()


def test_every_passage_can_be_found_and_leads_to_its_heading(built):
    (file,) = (built.site / "tai-nguyen").glob("huong-dan.*.json")
    rows = json.loads(file.read_bytes())
    assert len({url for url, *_ in rows}) == len(rows)
    pages = {}
    for url, page, heading, text in rows:
        path, _, anchor = url.partition("#")
        if path not in pages:
            pages[path] = (built.site / path / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in pages[path], url
        assert page and heading and not re.search(r"</?[a-z]+[ >]", heading)
        assert text == text.strip()
    words = " ".join(text for *_, text in rows)
    assert "guongsang photos --shrink" in words and "GS505" in " ".join(row[2] for row in rows)
    for name in NAMES:
        said = re.sub(r"<[^>]*>", " ", read_guide(name).html)
        lost = [word for word in html.unescape(said).split() if word not in words]
        assert len(lost) < 0.02 * len(said.split()) + 3, lost  # those of headings stand elsewhere
