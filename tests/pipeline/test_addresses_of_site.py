"""The addresses of a built site are those that were promised."""

from __future__ import annotations

import os
import re
from unittest import mock
from xml.etree import ElementTree as ET

from guongsang.addresses import GUIDE_PAGES, guide_url, story_addresses
from guongsang.pipeline.build import build_site
from guongsang.pipeline.check import check_project
from guongsang.site.project import Project
from guongsang.text.dates import read_now

ADDRESSES = [
    "/",
    "/2025/nguoi-giu-lua/",
    "/2026/con-chu/",
    "/2026/mot-giot-mau/",
    "/2026/ten-phai-mat/",
    "/chuyen-muc/",
    "/chuyen-muc/ban-muong/",
    "/chuyen-muc/viec-tot/",
    "/dia-phuong/",
    "/dia-phuong/le-thuy/",
    "/dia-phuong/mu-ca/",
    "/dia-phuong/sin-suoi-ho/",
    "/gioi-thieu/",
    "/khen-thuong/",
    "/linh-vuc/",
    "/linh-vuc/giao-duc/",
    "/linh-vuc/y-te/",
    "/loat-bai/",
    "/loat-bai/len-lop/",
    "/nam/",
    "/nam/2025/",
    "/nam/2025/12/",
    "/nam/2026/",
    "/nam/2026/05/",
    "/nam/2026/06/",
    "/nhan-vat/",
    "/nhan-vat/ho-giao/",
    "/nhan-vat/to-hien-mau/",
    "/quyen-rieng-tu/",
    "/tac-gia/",
    "/tac-gia/ban-bien-tap/",
    "/tac-gia/lan/",
    "/viec-lam/",
    "/viec-lam/xoa-mu-chu/",
]


# Promised, and there as soon as there is something to show.
OTHERS = {"/cai-chinh/", "/tim-kiem/", "/khong-co-mang/", "/huong-dan/loi/", "/huong-dan/truong/"}
OTHERS |= {f"/{guide_url(name)}" for name in ("index", *GUIDE_PAGES)}


def addresses_of(site):
    pages = (path.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return sorted("/" + page.removesuffix("index.html") for page in pages)


def test_a_site_has_exactly_the_promised_addresses(built):
    found = {url for url in addresses_of(built.site) if "/trang/" not in url}
    assert found - OTHERS == set(ADDRESSES)


def test_older_pages_stand_below_their_lists(built):
    older = [url for url in addresses_of(built.site) if "/trang/" in url]
    assert "/linh-vuc/giao-duc/trang/1/" in older
    assert [url for url in older if re.sub(r"trang/[0-9]+/$", "", url) not in ADDRESSES] == []


def test_other_files_stand_where_they_were_promised(built):
    others = sorted(
        path.relative_to(built.site).as_posix()
        for path in built.site.rglob("*")
        if path.is_file() and path.name != "index.html"
    )
    known = (
        r"404\.html|sw\.js|\.guongsang|sitemap(?:-tin-moi)?\.xml|robots\.txt|NOTICE\.txt|assets/.+"
        r"|anh/[a-z0-9-]+/[a-z0-9-]+-[0-9a-f]{10}-[0-9]+\.(?:avif|jpg)"
        r"|anh/[a-z0-9-]+/[a-z0-9-]+-[0-9a-f]{10}-[0-9]+x[0-9]+-[0-9]+-[0-9]+\.jpg"
        r"|tai-nguyen/[a-z-]+\.[0-9a-f]{10}\.(?:css|js|svg|woff2)"
        r"|tai-nguyen/huong-dan\.[0-9a-f]{10}\.json"
        r"|(?:chuyen-muc/[a-z-]+/)?(?:rss\.xml|atom\.xml|feed\.json)|tai-nguyen/rss\.[0-9a-f]{10}\.xsl"
        r"|du-lieu/(?:stories\.json|honours\.csv)|_(?:redirects|headers)|\.well-known/security\.txt|may-chu/[a-z.-]+"
        r"|the/[a-z-]+-[0-9a-f]{10}\.jpg"
        r"|tim-kiem/muc-luc\.json"
        r"|tai-nguyen/tim-kiem/(?:ten|bai-20(?:25|26))\.[0-9a-f]{10}\.json"
        r"|tai-nguyen/tim-kiem/[0-9]+\.[0-9a-f]{8}\.bin"
        r"|tep/mot-giot-mau/danh-sach\.pdf"
        r"|am-thanh/mot-giot-mau/(?:doc-tieng-mong\.mp3|loi-ke\.m4a)"
    )
    assert [uri for uri in others if not re.fullmatch(known, uri)] == []
    assert "tep/mot-giot-mau/danh-sach.pdf" in others


def test_links_are_checked_against_just_what_is_planned(built):
    with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": "1782864000"}):
        project = Project(built.root, built.root / "docs", read_now())
    checked = check_project(project)
    site, found = build_site(
        project, checked, "https://guong.example/", workers=1, on_progress=None
    )
    assert site is not None and found == []
    stories = [s for s in checked.loaded.stories if s.is_public(project.now)]
    known = story_addresses(stories, checked.loaded.registers)
    indexes = {"", "khen-thuong/", "nam/"} | {
        f"{each}/"
        for each in [
            "chuyen-muc",
            "linh-vuc",
            "viec-lam",
            "dia-phuong",
            "nhan-vat",
            "tac-gia",
            "loat-bai",
        ]
    }
    planned = {
        page.url
        for page in site.pages
        if "trang/" not in page.url and page.url not in ("404.html", "2026/ten-phai-mat/")
    }
    others = {url.lstrip("/") for url in OTHERS}
    assert (known | indexes) - others == planned - others


def test_the_sitemap_lists_what_may_be_found(built):
    root = ET.parse(built.site / "sitemap.xml").getroot()
    listed = [loc.text for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    hidden = "/2026/ten-phai-mat/"
    wanted = {f"https://guong.example{address}" for address in ADDRESSES if address != hidden}
    others = {f"https://guong.example{address}" for address in OTHERS}
    assert {url for url in listed if "/trang/" not in str(url)} - others == wanted
