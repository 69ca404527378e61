"""Sitemaps: against the protocol's rules, true dates, pictures, parts, and the news of two days."""

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from guongsang.archive.archive import build_archive
from guongsang.exports.sitemap import render_sitemaps, split_sitemap
from guongsang.pages.plan import list_pages
from guongsang.text.dates import VIETNAM

SITE = "https://guong.example/bao/"
PROTOCOL = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
NOW = dt.datetime(2026, 7, 1, 7, tzinfo=VIETNAM)
HOSTILE = "</news:title> & <script> \x00 ]]> ‘’"


@pytest.fixture(scope="module")
def schema():
    return xmlschema.XMLSchema(Path(__file__).parent / "schemas/sitemap.xsd")


def sitemaps(content, now=NOW):
    return render_sitemaps(content, list_pages(build_archive(content)), now)


def entries(raw):
    return {url.findtext(f"{PROTOCOL}loc"): url for url in ET.fromstring(raw)}


def news_of(content, now=NOW):
    raw = sitemaps(content, now).get("sitemap-tin-moi.xml")
    return [url.removeprefix(SITE) for url in entries(raw)] if raw else []


def test_every_file_keeps_the_rules(schema, full_content):
    files = sitemaps(full_content, dt.datetime(2026, 6, 3, tzinfo=VIETNAM))
    assert set(files) == {"sitemap.xml", "sitemap-tin-moi.xml", "robots.txt"}
    del files["robots.txt"]
    for raw in files.values():
        schema.validate(raw.decode())


def test_the_rules_are_rules(schema):
    """A schema that accepts everything would prove nothing."""
    head = f"<urlset xmlns='{PROTOCOL.strip('{}')}'>"
    for inner in (
        "<url><loc>/2026/a/</loc></url>",
        "<url><lastmod>2026-01-01</lastmod></url>",
        "<url><loc>https://a.example/</loc><lastmod>01/02/2026</lastmod></url>",
        "<url><loc>https://a.example/ấ</loc></url>",
        "<url><loc>https://a.example/</loc></url><url><loc>https://a.example/</loc></url>",
    ):
        assert not schema.is_valid(f"{head}{inner}</urlset>"), inner


def test_a_story_tells_its_last_change_and_its_pictures(full_content):
    listed = entries(sitemaps(full_content)["sitemap.xml"])
    story = listed[f"{SITE}2026/day-du/"]
    assert story.findtext(f"{PROTOCOL}lastmod") == "2026-06-01T00:00:00+07:00"
    pictures = [image.findtext(f"{IMAGE}loc") for image in story.iter(f"{IMAGE}image")]
    assert [url.removeprefix(f"{SITE}anh/day-du/").rsplit("-", 2)[0] for url in pictures] == [
        "bia",
        "trong-bai",
        "them",
    ]
    assert all(url.endswith("-1440.jpg") for url in pictures)
    place = listed[f"{SITE}dia-phuong/sin-suoi-ho/"]
    assert [child.tag for child in place] == [f"{PROTOCOL}loc"]


def test_what_is_not_to_be_found_is_not_listed(full_content):
    raw = sitemaps(full_content)["sitemap.xml"]
    assert b"da-go" not in raw
    assert b"404" not in raw


def test_a_large_site_is_split_and_the_parts_listed(schema):
    def entry(number):
        loc = f"{SITE}2026/bai-{number:03}/"
        return f"<url>\n<loc>{loc}</loc>\n</url>\n", f"2026-01-{number:02}T00:00:00+07:00"

    made = [entry(number) for number in range(1, 8)]
    files = split_sitemap(SITE, made, most_urls=3)
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    for raw in files.values():
        schema.validate(raw.decode())
    index = ET.fromstring(files["sitemap.xml"])
    assert index.tag == f"{PROTOCOL}sitemapindex"
    assert [(part[0].text, part[1].text) for part in index] == [
        (f"{SITE}sitemap-1.xml", "2026-01-03T00:00:00+07:00"),
        (f"{SITE}sitemap-2.xml", "2026-01-06T00:00:00+07:00"),
        (f"{SITE}sitemap-3.xml", "2026-01-07T00:00:00+07:00"),
    ]
    counts = [len(entries(files[f"sitemap-{number}.xml"])) for number in (1, 2, 3)]
    assert counts == [3, 3, 1]
    size = len(made[0][0])
    by_size = split_sitemap(SITE, made, most_bytes=2 * size)
    assert len(by_size) == 1 + 4
    assert list(split_sitemap(SITE, made, most_bytes=7 * size)) == ["sitemap.xml"]


@pytest.mark.parametrize(
    ("now", "fresh"),
    [
        (dt.datetime(2026, 6, 3, 23, 59, tzinfo=VIETNAM), ["2026/phan-hai/"]),
        (dt.datetime(2026, 6, 4, 0, 0, tzinfo=VIETNAM), []),
        # 17:00 in Greenwich is midnight in Vietnam.
        (dt.datetime(2026, 6, 3, 16, 59, tzinfo=dt.UTC), ["2026/phan-hai/"]),
        (dt.datetime(2026, 6, 3, 17, 0, tzinfo=dt.UTC), []),
    ],
)
def test_news_are_those_of_today_and_yesterday(full_content, now, fresh):
    assert news_of(full_content, now) == fresh


def test_news_tell_who_in_which_language_when_and_what(schema, make_content, make_story):
    story = make_story(
        date="2026-06-30",
        publish_at="2026-07-01 06:30",
        lang="hmn",
        title=HOSTILE.replace("\n", ""),
    )
    raw = sitemaps(make_content([story]))["sitemap-tin-moi.xml"]
    schema.validate(raw.decode())
    (url,) = entries(raw).values()
    (news,) = url.iter(f"{NEWS}news")
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "Tòa soạn thử"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "hmn"
    assert news.findtext(f"{NEWS}publication_date") == "2026-07-01T06:30:00+07:00"
    assert news.findtext(f"{NEWS}title") == "</news:title> & <script> ]]> ‘’"


@pytest.mark.parametrize(
    ("now", "named"),
    [
        (dt.datetime(2026, 5, 20, 23, 59, tzinfo=VIETNAM), ["sitemap.xml", "sitemap-tin-moi.xml"]),
        (dt.datetime(2026, 5, 21, tzinfo=VIETNAM), ["sitemap.xml"]),
    ],
)
def test_without_news_there_is_no_list_of_them(make_content, make_story, now, named):
    """robots.txt names what is there."""
    files = sitemaps(make_content([make_story(date="2026-05-19 06:30")]), now)
    assert sorted(files) == sorted(["robots.txt", *named])
    told = [line for line in files["robots.txt"].decode().splitlines() if "Sitemap" in line]
    assert told == [f"Sitemap: {SITE}{name}" for name in named]


def test_lists_without_stories_are_not_told(make_content, make_story):
    """Neither to search engines nor in structured data; readers find them all the same."""
    content = make_content([make_story(fields=["y-te"], deeds=["hien-mau"])])
    told = {page.url: page.noindex for page in list_pages(build_archive(content))}
    urls = entries(sitemaps(content)["sitemap.xml"])
    for filled, empty in (
        ("linh-vuc/y-te/", "linh-vuc/giao-duc/"),
        ("viec-lam/hien-mau/", "viec-lam/xoa-mu-chu/"),
        ("chuyen-muc/ban-muong/", "chuyen-muc/viec-tot/"),
    ):
        assert (told[filled], told[empty]) == (False, True)
        assert f"{SITE}{filled}" in urls
        assert f"{SITE}{empty}" not in urls
