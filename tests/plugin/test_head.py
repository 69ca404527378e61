"""What stands in a page's head, in the order in which a browser meets it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

PAGES = [
    "index.html",
    "404.html",
    "2025/nguoi-giu-lua/index.html",
    "2026/ten-phai-mat/index.html",
    "dia-phuong/index.html",
    "khen-thuong/index.html",
    "tim-kiem/index.html",
    "khong-co-mang/index.html",
]
WRITTEN = ["gioi-thieu/index.html", "quyen-rieng-tu/index.html"]


class Head(HTMLParser):
    """The elements of a head, in order."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html[: html.index("</head>")])

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def read_head(built, page):
    found = Head((built.site / page).read_text("utf-8")).found
    return [each for each in found if each[0] not in ("html", "head")]


def is_style(tag, attrs):
    return tag == "link" and attrs.get("rel") == "stylesheet"


def is_blocking(tag, attrs):
    """Whether a browser stops reading the page until it has this."""
    return tag == "script" and "src" in attrs and not attrs.keys() & {"defer", "async", "type"}


@pytest.mark.parametrize("page", PAGES)
def test_the_style_sheet_is_the_first_that_is_asked_for(built, page):
    """Only a script within the page stands before it: below, it would wait for the style sheet."""
    head = read_head(built, page)
    assert head[0] == ("meta", {"charset": "utf-8"})
    assert head[1][1].get("http-equiv") == "Content-Security-Policy"
    asked = [each for each in head if {"src", "href"} & each[1].keys()]
    assert is_style(*asked[0]), asked[0]
    waited_for = [each for each in head if is_style(*each) and each[1].get("media") != "print"]
    assert len(waited_for) <= (
        2 if page.startswith(("tim-kiem", "huong-dan", "khen-thuong")) else 1
    )
    assert len(head[: head.index(asked[0])]) <= 4


@pytest.mark.parametrize("page", [*PAGES, *WRITTEN])
def test_nothing_stands_before_the_style_sheet_that_a_page_waits_for(built, page):
    head = read_head(built, page)
    assert not [each for each in head if is_blocking(*each)]
    last = max(at for at, each in enumerate(head) if is_style(*each))
    early = [attrs.get("rel") for tag, attrs in head[:last] if tag == "link"]
    assert "preload" not in early


def test_a_style_of_the_newsroom_comes_after_ours(newsroom):
    (newsroom.root / "docs/rieng.css").write_text("h1 { color: green }", "utf-8")
    settings = newsroom.root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "\nextra_css: [rieng.css]\n", "utf-8")
    newsroom.build()
    for page in (PAGES[2], WRITTEN[0]):
        html = (newsroom.site / page).read_text("utf-8")
        styles = re.findall(r'<link rel="stylesheet" href="([^"]*)"', html)
        assert styles[-1].endswith("/rieng.css")
        assert "/print." in styles[-2]


def test_feeds_are_told_by_the_very_word_but_where_another_script_looks_for_it(built):
    """Material takes what is just "alternate" for another language."""
    for path in built.site.rglob("*.html"):
        html = path.read_text("utf-8")
        words = set(re.findall(r'<link rel="([^"]*)" type="application/rss', html))
        wanted = "alternate " if '<script id="__config"' in html else "alternate"
        assert words <= {wanted}, path
    assert 'rel="alternate" type' in (built.site / PAGES[2]).read_text("utf-8")


def test_letters_are_never_fetched_from_elsewhere(newsroom):
    newsroom.edit("mkdocs.yml", "  font: false\n", "  font: {text: Roboto}\n")
    newsroom.build()
    for page in newsroom.site.rglob("*.html"):
        assert "fonts.g" not in page.read_text("utf-8"), page


def test_no_script_is_fetched_before_what_the_first_paint_waits_for(published):
    for page in published.site.rglob("*.html"):
        text = page.read_text("utf-8")
        scripts = re.findall(r"<script [^>]*src=[^>]*>", text)
        if "md-content__inner" not in text:  # Material's own stand at the end of the body
            kinds = ("defer", 'type="module" fetchpriority="low"')
            assert all(any(kind in each for kind in kinds) for each in scripts), (page, scripts)
