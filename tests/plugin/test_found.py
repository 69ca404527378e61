"""What other programs read in the head of a built page: structured data and link previews."""

from __future__ import annotations

import re

import extruct
import pytest
from PIL import Image

SITE = "https://guong.example/"
HOSTILE = "</script><script>alert(1)</script> <!-- & ‘’ {{ 7*7 }}"


def read_head(site, url):
    html = (site / url / "index.html").read_text("utf-8")
    found = extruct.extract(html, base_url=f"{SITE}{url}", syntaxes=["json-ld", "opengraph"])
    (graph,) = found["json-ld"]
    assert graph["@context"] == "https://schema.org"
    (opened,) = found["opengraph"] or [{"properties": []}]
    return graph["@graph"], dict(opened["properties"])


def of_type(parts, name):
    (found,) = [part for part in parts if part["@type"] == name]
    return found


def test_a_story_is_a_news_article(built):
    parts, _ = read_head(built.site, "2026/con-chu/")
    article = of_type(parts, "NewsArticle")
    shapes = []
    for url in article.pop("image"):
        with Image.open(built.site / url.removeprefix(SITE)) as image:
            shapes.append(round(image.width / image.height, 2))
    assert shapes == [1.0, 1.33, 1.78]
    assert article.pop("description").startswith("Một người dạy chữ đi bộ")
    assert article == {
        "@type": "NewsArticle",
        "@id": f"{SITE}2026/con-chu/#bai",
        "url": f"{SITE}2026/con-chu/",
        "mainEntityOfPage": f"{SITE}2026/con-chu/",
        "headline": "Con chữ lên Mù Cả",
        "inLanguage": "vi",
        "datePublished": "2026-05-19T00:00:00+07:00",
        "dateModified": "2026-06-01T00:00:00+07:00",
        "articleSection": "Gương sáng bản Mường",
        "isAccessibleForFree": True,
        "publisher": {"@id": f"{SITE}#toa-soan"},
        "author": [{"@type": "Person", "name": "Nguyễn Thị Lan", "url": f"{SITE}tac-gia/lan/"}],
        "contributor": [{"@type": "Person", "name": "Cộng tác viên"}],
        "about": [
            {
                "@type": "Person",
                "@id": f"{SITE}nhan-vat/ho-giao/#nhan-vat",
                "url": f"{SITE}nhan-vat/ho-giao/",
                "name": "Hồ Giáo",
                "alternateName": article["about"][0]["alternateName"],
                "award": article["about"][0]["award"],
            }
        ],
        "contentLocation": article["contentLocation"],
        "keywords": ["Giáo dục", "Xóa mù chữ", "xóa mù chữ"],
        "correction": [
            {
                "@type": "CorrectionComment",
                "datePublished": "2026-06-01",
                "text": "Đã đăng: “12 hộ”. Nay sửa là: “21 hộ”.",
            }
        ],
        "citation": ["https://bao.example/bai"],
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": article["isPartOf"]["name"],
            "url": f"{SITE}loat-bai/len-lop/",
        },
    }
    assert article["contentLocation"][0] == {
        "@type": "Place",
        "name": article["contentLocation"][0]["name"],
        "alternateName": "xã Thèn Sin, huyện Tam Đường",
        "url": f"{SITE}dia-phuong/sin-suoi-ho/",
    }


def test_the_way_to_a_page_is_told(built):
    parts, _ = read_head(built.site, "2026/con-chu/")
    steps = of_type(parts, "BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Trang chủ", SITE),
        (2, "Gương sáng bản Mường", f"{SITE}chuyen-muc/ban-muong/"),
        (3, "Con chữ lên Mù Cả", f"{SITE}2026/con-chu/"),
    ]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", "WebSite"),
        ("chuyen-muc/", "CollectionPage"),
        ("chuyen-muc/ban-muong/", "CollectionPage"),
        ("dia-phuong/mu-ca/", "CollectionPage"),
        ("nam/2026/", "CollectionPage"),
        ("khen-thuong/", "CollectionPage"),
        ("cai-chinh/", "CollectionPage"),
        ("nhan-vat/ho-giao/", "ProfilePage"),
        ("tac-gia/lan/", "ProfilePage"),
        ("gioi-thieu/", "WebPage"),
    ],
)
def test_every_kind_of_page_says_what_it_is(built, url, kind):
    parts, opened = read_head(built.site, url)
    assert of_type(parts, kind)["url"] == f"{SITE}{url}"
    assert opened["og:url"] == f"{SITE}{url}"
    assert opened["og:title"] and opened["og:description"]


def test_a_list_names_its_stories_in_order(built):
    parts, _ = read_head(built.site, "chuyen-muc/ban-muong/")
    listed = of_type(parts, "CollectionPage")["mainEntity"]
    assert listed["numberOfItems"] == len(listed["itemListElement"]) > 0
    assert f"{SITE}2026/con-chu/" in [item["url"] for item in listed["itemListElement"]]


def test_a_person_is_told_without_what_is_private(built):
    parts, opened = read_head(built.site, "nhan-vat/ho-giao/")
    whom = of_type(parts, "ProfilePage")["mainEntity"]
    assert (whom["@type"], whom["name"]) == ("Person", "Hồ Giáo")
    assert whom["award"]
    assert not {"birthDate", "deathDate", "ethnicity", "gender"} & whom.keys()
    assert opened["og:type"] == "profile"


def test_a_link_preview_has_picture_dates_and_section(built):
    _, opened = read_head(built.site, "2026/con-chu/")
    assert opened["og:type"] == "article"
    assert opened["og:title"] == "Con chữ lên Mù Cả"
    assert opened["og:locale"] == "vi_VN"
    assert opened["og:image:alt"] == "Trường trên núi"
    assert re.fullmatch(rf"{SITE}the/con-chu-[0-9a-f]{{10}}\.jpg", opened["og:image"])
    assert (opened["og:image:width"], opened["og:image:height"]) == ("1200", "630")
    assert (built.site / opened["og:image"].removeprefix(SITE)).is_file()
    assert opened["article:published_time"] == "2026-05-19T00:00:00+07:00"
    assert opened["article:modified_time"] == "2026-06-01T00:00:00+07:00"
    assert opened["article:section"] == "Gương sáng bản Mường"


def test_without_cards_the_cover_stands_for_its_story(newsroom):
    settings = newsroom.root / "stories/registers/newsroom.yml"
    settings.write_text(settings.read_text("utf-8") + "\nswitches:\n  cards: false\n", "utf-8")
    newsroom.build()
    _, opened = read_head(newsroom.site, "2026/con-chu/")
    assert opened["og:image"].startswith(f"{SITE}anh/con-chu/bia-")
    assert (newsroom.site / opened["og:image"].removeprefix(SITE)).is_file()
    assert not (newsroom.site / "the").exists()


def test_pages_not_to_be_found_tell_nothing(newsroom):
    guide = newsroom.root / "docs/huong-dan/index.md"
    guide.parent.mkdir()
    guide.write_text("# Hướng dẫn\n\nCho người viết.\n", "utf-8")
    newsroom.build()
    for url in ("2026/ten-phai-mat/", "huong-dan/"):
        html = (newsroom.site / url / "index.html").read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in html
        assert "ld+json" not in html and "og:" not in html


def test_texts_cannot_leave_the_head(newsroom):
    newsroom.edit("con-chu", "title: Con chữ lên Mù Cả", f"title: '{HOSTILE}'")
    newsroom.edit("con-chu", "alt: Trường trên núi", f"alt: '{HOSTILE}'")
    newsroom.build()
    parts, opened = read_head(newsroom.site, "2026/con-chu/")
    assert of_type(parts, "NewsArticle")["headline"] == HOSTILE
    assert opened["og:title"] == HOSTILE
    html = (newsroom.site / "2026/con-chu/index.html").read_text("utf-8")
    assert "alert(1)</script>" not in html
