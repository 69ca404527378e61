"""The addresses of a built site are those that were promised."""

from __future__ import annotations

import os
import re
from unittest import mock
from xml.etree import ElementTree as ET

from guongsang.addresses import GUIDE_PAGES, guide_url, story_addresses
from guongsang.site.sources.look import Look, open_store
from guongsang.site.sources.project import CACHE, Folders
from guongsang.site.update import Update

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
OTHERS = {"/cai-chinh/", "/gioi-thieu-guong/", "/tim-kiem/", "/khong-co-mang/"}
OTHERS |= {"/huong-dan/loi/", "/huong-dan/truong/"}
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
        r"|tai-nguyen/huong-dan\.[0-9a-f]{10}\.json|huong-dan/hinh/[a-z0-9-]+\.webp"
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


def test_links_are_checked_against_just_what_is_planned(built, tmp_path):
    folders = Folders(built.root / "docs", None, built.root / "site")
    setting = {"site_url": "https://guong.example/", "inline_scripts": []}
    with (
        mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": "1782864000"}),
        open_store(tmp_path / CACHE) as store,
    ):
        update = Update(Look(built.root, store, lambda: folders, workers=1))
        assert update.check().problems == []
        update.plan(setting)
        library, ask = update.newsroom.library, update.run.ask
        now = update.project.now
        stories = [each for each in map(library.story, ask.keys("head")) if each.is_public(now)]
        known = story_addresses(stories, update.newsroom.registers)
        pages = ask.keys("page.publish")
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
        url
        for url in pages
        if "trang/" not in url and url not in ("404.html", "2026/ten-phai-mat/")
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
