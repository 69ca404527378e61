"""Feeds of a built site as feed readers take them: feedparser, and JSON Feed's own rules."""

from __future__ import annotations

import datetime as dt
import json
from urllib.parse import urlsplit

import feedparser
import pytest

SITE = "https://guong.example/"
FOLDERS = ("", "chuyen-muc/ban-muong/", "chuyen-muc/viec-tot/")


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request):
    return request.param


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_readers_find_nothing_to_forgive(built, folder, name):
    read = read_feed(built, folder, name)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == {"rss.xml": "rss20", "atom.xml": "atom10"}[name]
    assert read.feed.title and read.feed.link == f"{SITE}{folder}"
    (own,) = [link.href for link in read.feed.links if link.rel == "self"]
    assert own == f"{SITE}{folder}{name}"
    assert read.entries
    for entry in read.entries:
        assert entry.id.startswith("tag:guong.example,2026:"), entry.id
        assert urlsplit(entry.link).path.startswith("/20")
        assert entry.title and entry.summary and entry.authors
        assert entry.published_parsed
        assert "<p>" in entry.content[0].value
        (picture,) = entry.enclosures
        assert picture.type == "image/jpeg"
        path = built.site / picture.href.removeprefix(SITE)
        assert path.stat().st_size == int(picture.length)


def test_newest_first_and_the_same_stories_in_all(built, folder):
    listed = [
        [
            entry.link
            for entry in feedparser.parse((built.site / folder / name).read_bytes()).entries
        ]
        for name in ("rss.xml", "atom.xml")
    ]
    items = read_json(built, folder)["items"]
    listed.append([item["url"] for item in items])
    assert listed[0] == listed[1] == listed[2]
    dates = [item["date_published"] for item in items]
    assert dates == sorted(dates, reverse=True)


def read_feed(built, folder, name):
    return feedparser.parse((built.site / folder / name).read_bytes())


def read_json(built, folder):
    return json.loads((built.site / folder / "feed.json").read_bytes())


def test_the_json_feed_keeps_its_rules(built, folder):
    """https://www.jsonfeed.org/version/1.1/: what must, what may, and of which type."""
    feed = read_json(built, folder)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{SITE}{folder}feed.json"
    kinds = {
        "version": str,
        "title": str,
        "home_page_url": str,
        "feed_url": str,
        "description": str,
        "language": str,
        "authors": list,
        "items": list,
    }
    assert feed.keys() <= kinds.keys()
    for key, value in feed.items():
        assert isinstance(value, kinds[key]), key
    item_kinds = {
        "id": str,
        "url": str,
        "title": str,
        "content_html": str,
        "summary": str,
        "image": str,
        "date_published": str,
        "date_modified": str,
        "authors": list,
        "tags": list,
        "language": str,
    }
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))
    for item in feed["items"]:
        assert item.keys() <= item_kinds.keys()
        for key, value in item.items():
            assert isinstance(value, item_kinds[key]), key
        for key in ("date_published", "date_modified"):
            assert dt.datetime.fromisoformat(item[key]).utcoffset() == dt.timedelta(hours=7)
        for key in ("url", "image"):
            assert item[key].startswith(SITE)
        assert all(
            author.keys() <= {"name", "url"} and author["name"] for author in item["authors"]
        )
        assert all(isinstance(tag, str) for tag in item["tags"])


def test_feeds_of_one_commit_are_identical(built, make_newsroom):
    """Built elsewhere, at another hour, everything new."""
    other = make_newsroom("other")
    other.build("--clean", now=str(1782864000 + 5 * 3600))
    for name in ("rss.xml", "atom.xml", "feed.json"):
        for folder in FOLDERS:
            uri = f"{folder}{name}"
            assert (built.site / uri).read_bytes() == (other.site / uri).read_bytes(), uri
