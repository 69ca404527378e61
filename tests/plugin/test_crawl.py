"""Every page of a built site, as a browser would follow it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from PIL import Image

SUBPATH = "/bao/guong/"
# What may name the site's own address: canonical links, and the page for lost readers.
ABSOLUTE_RELS = {"canonical"}
OUTSIDE = (
    *("https://bao.example/", "https://button-share.zalo.me/", "https://www.facebook.com/"),
    # What the guide's page of the dialect shows.
    *("https://bao-mau.example/", "https://youtu.be/"),
)
VOID = {"img", "source", "link", "meta", "input", "br", "hr", "path", "wbr"}


@dataclass
class Seen(HTMLParser):
    """What a page links to, loads, and calls its own."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)
    sources: list[dict[str, str | None]] = field(default_factory=list)
    styled: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    metas: dict[str, str | None] = field(default_factory=dict)
    canonical: str | None = None
    headings: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        self.handlers += [name for name in values if name.startswith("on")]
        if "style" in values:
            self.styled.append(tag)
        self.headings += tag == "h1"
        if tag == "meta" and values.get("name"):
            self.metas[str(values["name"])] = values.get("content")
        if tag == "a" and "href" in values:
            self.links.append(values["href"] or "")
        elif tag == "link":
            if values.get("rel") in ABSOLUTE_RELS:
                self.canonical = values["href"]
            else:
                self.loads.append(values["href"] or "")
        elif tag in ("img", "script", "source", "audio", "iframe", "video", "embed", "form"):
            self._load(tag, values)

    def _load(self, tag: str, values: dict[str, str | None]) -> None:
        if tag == "img":
            self.images.append(values)
        if tag == "source":
            self.sources.append(values)
        self.loads += [values[key] or "" for key in ("src", "action", "data") if values.get(key)]
        for candidate in (values.get("srcset") or "").split(","):
            if candidate.strip():
                self.loads.append(candidate.split()[0])


def read_pages(site: Path) -> dict[str, Seen]:
    pages = {}
    for path in sorted(site.rglob("*.html")):
        seen = Seen()
        seen.feed(path.read_text("utf-8"))
        pages[path.relative_to(site).as_posix()] = seen
    return pages


@pytest.fixture(scope="module", params=["/", SUBPATH])
def served(request, built, built_below):
    """The site's folder, the path that it is served below, and its pages."""
    newsroom = built if request.param == "/" else built_below
    return newsroom.site, request.param, read_pages(newsroom.site)


def find_lost(site: Path, base: str, page: str, pages: dict[str, Seen]) -> list[str]:
    """Return the addresses on a page that lead to no file of the site, or to no id of a page."""
    home = f"https://guong.example{base}"
    here = posixpath.dirname(f"{home}{page}") + "/"
    lost = []
    for url in [*pages[page].links, *pages[page].loads]:
        if url.startswith(("mailto:", "data:", *OUTSIDE)):
            continue
        whole = urlsplit(url if url.startswith("https://") else urljoin(here, url))
        if not whole.geturl().startswith(home):
            lost.append(f"{page}: {url} leaves the site")
            continue
        uri = unquote(whole.path[len(base) :])
        uri = f"{uri}index.html" if uri.endswith("/") or not uri else uri
        if not (site / uri).is_file():
            lost.append(f"{page}: {url}")
        elif whole.fragment and unquote(whole.fragment) not in pages[uri].ids:
            lost.append(f"{page}: {url} has no such anchor")
    return lost


def test_every_link_and_file_resolves(served):
    site, base, pages = served
    assert [lost for page in pages for lost in find_lost(site, base, page, pages)] == []
    assert len(pages) > 25


def test_only_the_not_found_page_names_the_whole_address(served):
    _, _, pages = served
    for name, page in pages.items():
        own = [url for url in page.links + page.loads if url.startswith("https://guong.example")]
        rooted = [url for url in page.links + page.loads if url.startswith("/")]
        if name == "404.html":
            assert own
        else:
            assert (own, rooted) == ([], []), name


def test_canonical_addresses_are_the_true_ones(served):
    _, base, pages = served
    for name, page in pages.items():
        if name != "404.html":
            url = name.removesuffix("index.html")
            assert page.canonical == f"https://guong.example{base}{url}", name


def test_every_page_is_reached_from_the_home_page(served):
    _, base, pages = served
    home = f"https://guong.example{base}"
    found, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = waiting.pop()
        for url in pages[page].links:
            whole = urlsplit(urljoin(posixpath.dirname(f"{home}{page}") + "/", url))
            uri = unquote(whole.path[len(base) :])
            uri = f"{uri}index.html" if uri.endswith("/") or not uri else uri
            if whole.geturl().startswith(home) and uri in pages and uri not in found:
                found.add(uri)
                waiting.append(uri)
    # A retracted story keeps its address; nothing leads there any more. A list that shows all its
    # stories needs no older page, but keeps their addresses for the day that it grows.
    lost = {page for page in set(pages) - found if "/trang/" not in page}
    # Editors know where their guide is; in this newsroom nothing leads there.
    guide = {page for page in pages if page.startswith("huong-dan/")}
    # The service worker shows the page for readers without a network.
    unlinked = {"404.html", "2026/ten-phai-mat/index.html", "khong-co-mang/index.html"}
    assert lost == unlinked | guide
    assert "linh-vuc/giao-duc/trang/1/index.html" in found


def test_nothing_is_loaded_from_elsewhere(served):
    site, _, pages = served
    for name, page in pages.items():
        foreign = [url for url in page.loads if re.match(r"(?:[a-z]+:)?//", url)]
        allowed = "https://guong.example/" if name == "404.html" else "–"
        assert [url for url in foreign if not url.startswith(allowed)] == [], name
    for path in site.rglob("*.css"):
        urls = re.findall(r"url\(([^)]*)\)|@import\s+[\"']([^\"']+)", path.read_text("utf-8"))
        for url in (one or two for one, two in urls):
            assert not re.match(r"[\"']?(?:https?:)?//", url), (path.name, url)


def test_pages_have_one_heading_no_handlers_and_no_generator(served):
    _, _, pages = served
    for name, page in pages.items():
        assert page.headings == 1, name
        assert page.handlers == [], name
        assert "generator" not in page.metas, name
        assert page.metas.get("description"), name
        assert len(page.ids) == len(set(page.ids)), name


def test_our_content_has_no_style_attribute(served):
    site, _, pages = served
    for name in pages:
        text = (site / name).read_text("utf-8")
        content = text[text.index('id="noi-dung"') : text.index("</main>")]
        assert " style=" not in content, name


def test_private_pages_ask_search_engines_to_stay_away(served):
    _, _, pages = served
    asked = {name for name, page in pages.items() if "noindex" in (page.metas.get("robots") or "")}
    assert {"404.html", "2026/ten-phai-mat/index.html"} <= asked
    assert "index.html" not in asked
    assert "2026/con-chu/index.html" not in asked


def test_every_picture_says_its_size_and_has_a_text(served):
    _, _, pages = served
    images = [(name, image) for name, page in pages.items() for image in page.images]
    assert len(images) > 10
    for name, image in images:
        assert image.get("alt") is not None, (name, image)
        assert int(image["width"] or 0) > 0, (name, image)
        assert int(image["height"] or 0) > 0, (name, image)


def test_sources_are_as_wide_as_they_say(served):
    site, _, pages = served
    story = pages["2026/con-chu/index.html"]
    sets = [(source["type"], source["srcset"]) for source in story.sources]
    sets += [("image/jpeg", image["srcset"]) for image in story.images if image.get("srcset")]
    kinds = set()
    for kind, srcset in sets:
        for candidate in str(srcset).split(","):
            url, width = candidate.split()
            path = site / "2026/con-chu" / url
            with Image.open(path) as image:
                assert f"{image.width}w" == width
                assert image.get_format_mimetype() == kind
            kinds.add((kind, width))
    # lop-hoc.jpg is 1000 px wide once turned upright: never blown up.
    full = {(kind, width) for kind in ("image/avif", "image/jpeg") for width in ("480w", "960w")}
    assert full | {("image/avif", "1440w"), ("image/jpeg", "1440w")} <= kinds


def test_pictures_stand_upright_and_tell_nothing(built):
    pictures = sorted((built.site / "anh").rglob("*.*"))
    assert {path.suffix for path in pictures} == {".avif", ".jpg"}
    for path in pictures:
        with Image.open(path) as image:
            assert not image.getexif(), path
            assert not set(image.info) & {"exif", "icc_profile", "comment", "xmp"}, path
            upright = image.height > image.width
            assert upright == path.name.startswith("lop-hoc-"), path
        raw = path.read_bytes()
        assert not any(mark in raw for mark in (b"Exif", b"http://ns.adobe", b"ICC_PROFILE")), path
