"""The three feeds: what they must hold, what they must not, the same on every run."""

import datetime as dt
import json
import re
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from guongsang.archive.archive import build_archive
from guongsang.exports.feeds import MOST, list_feeds
from guongsang.views.absolute import absolute_url

SITE = "https://guong.example/bao/"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
HOSTILE = "<script>alert('x')</script> ]]> \" & \x00\x0b\x1f\ufffe {{ 7*7 }}"


def feeds(content):
    archive = build_archive(content)
    groups = list_feeds(archive, lambda _, made: 1000 + made.width)
    return {uri: text for _, render in groups for uri, text in render().items()}


def rss(content, uri="rss.xml"):
    return ET.fromstring(feeds(content)[uri])[0]


def atom(content, uri="atom.xml"):
    return ET.fromstring(feeds(content)[uri])


def feed_json(content, uri="feed.json"):
    return json.loads(feeds(content)[uri])


class _Read(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.addresses = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.addresses += [value for name, value in attrs if name in ("href", "src")]


def bodies(content):
    """Return the full text of every entry of the site-wide feeds, by format."""
    return {
        "rss": [item.findtext(CONTENT) for item in rss(content).iter("item")],
        "atom": [entry.findtext(f"{ATOM}content") for entry in atom(content).iter(f"{ATOM}entry")],
        "json": [item["content_html"] for item in feed_json(content)["items"]],
    }


def test_three_feeds_for_the_site_and_for_each_column_with_a_page(full_content):
    folders = ("", "chuyen-muc/ban-muong/", "chuyen-muc/viec-tot/")
    names = ("rss.xml", "atom.xml", "feed.json")
    assert set(feeds(full_content)) == {f"{folder}{name}" for folder in folders for name in names}


def test_a_retired_column_keeps_the_feeds_of_its_stories(make_content, make_story):
    """Readers have subscribed to them, and published addresses never change."""
    content = make_content([make_story(column="cu")])
    assert len(rss(content, "chuyen-muc/cu/rss.xml").findall("item")) == 1


def test_all_formats_tell_the_same_full_text(full_content):
    told = bodies(full_content)
    assert told["rss"] == told["atom"] == told["json"]
    assert len(told["rss"]) == 3
    whole = told["rss"][1]
    for part in (
        "Mở bài",
        "Đầu đề",
        "Đã đăng: “12 hộ”. Nay sửa là: “21 hộ”.",
        "Lời Ảnh: L.",
        f"{SITE}2026/phan-hai/#x",
        f"{SITE}chuyen-muc/",
        "https://example.org/",
        f"{SITE}am-thanh/day-du/doc.mp3",
        f"{SITE}tep/day-du/bang.pdf",
        f"{SITE}phim/day-du/cau%20m%E1%BB%9Bi.mp4",
        "Cầu “mới” (3:25)</a></p>",
    ):
        assert part in whole


def test_addresses_are_absolute_and_pictures_jpeg(full_content):
    for html in bodies(full_content)["json"]:
        read = _Read(html)
        assert all(re.match(r"https://", address) for address in read.addresses), html
        assert not {"picture", "source", "script", "style"} & {tag for tag, _ in read.tags}
        for tag, attrs in read.tags:
            if tag == "img":
                assert attrs.keys() == {"src", "width", "height", "alt"}
                assert attrs["src"].endswith("-1440.jpg")
        for part in ("avif", "srcset", "data:", "gs-photo", "gs-link"):
            assert part not in html


def test_each_picture_of_a_story_stands_once(full_content):
    html = bodies(full_content)["json"][1]
    for name in ("bia", "trong-bai", "them"):
        assert html.count(f"{SITE}anh/day-du/{name}-") == 1


@pytest.mark.parametrize(
    "body",
    [
        "Chữ[^1].\n\n[^1]: Chú thích.",
        "[mục](#dau-de)\n\n## Đầu đề",
        "[đâu đó](../khong-co/index.md) và [tệp](khong-co.pdf)",
        'Một <a title="a > b" href="#x">chỗ</a> và <a href="/chuyen-muc/?a=1&b=2">khác</a>',
        'Chữ href="#x" trong lời.',
    ],
)
def test_links_within_a_page_become_absolute(make_content, make_story, body):
    (html,) = bodies(make_content([make_story(body=body)]))["json"]
    for address in _Read(html).addresses:
        assert address.startswith(SITE), html


def test_links_in_text_are_escaped_once(make_content, make_story):
    story = make_story(body="[a](/chuyen-muc/?a=1&b=2) [b](https://example.org/?a=1&b=2)")
    read = _Read(bodies(make_content([story]))["json"][0])
    assert f"{SITE}chuyen-muc/?a=1&b=2" in read.addresses
    assert "https://example.org/?a=1&b=2" in read.addresses


def test_no_more_than_thirty_newest(make_content, make_story):
    stories = [make_story(f"bai-{n}", date=f"2026-01-{n:02}") for n in range(1, 32)]
    stories.append(make_story("khac", column="viec-tot", date="2025-01-01"))
    content = make_content(stories)
    urls = [item.findtext("link") for item in rss(content).iter("item")]
    assert len(urls) == MOST
    assert urls[0] == f"{SITE}2026/bai-31/"
    assert urls[-1] == f"{SITE}2026/bai-2/"
    own = [item["url"] for item in feed_json(content, "chuyen-muc/viec-tot/feed.json")["items"]]
    assert own == [f"{SITE}2025/khac/"]


def test_ids_stay_when_a_story_moves_to_another_year(make_content, make_story):
    def ids(date):
        content = make_content([make_story(date=date)])
        entry = atom(content).find(f"{ATOM}entry")
        item = rss(content).find("item")
        return {
            entry.findtext(f"{ATOM}id"),
            item.findtext("guid"),
            feed_json(content)["items"][0]["id"],
        }

    assert ids("2025-12-31") == ids("2026-01-01") == {"tag:example.vn,2026:bai"}


def test_ids_of_feeds_are_distinct(full_content):
    ids = [
        atom(full_content, uri).findtext(f"{ATOM}id")
        for uri in feeds(full_content)
        if uri.endswith("atom.xml")
    ]
    ids += [entry.findtext(f"{ATOM}id") for entry in atom(full_content).iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 6


def test_rss_is_complete(full_content):
    channel = rss(full_content)
    for name in ("title", "link", "description"):
        assert channel.findtext(name)
    assert channel.findtext("language") == "vi"
    assert channel.find(f"{ATOM}link").get("href") == f"{SITE}rss.xml"
    item = channel.findall("item")[1]
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("pubDate") == "Tue, 19 May 2026 06:30:00 +0700"
    assert [each.text for each in item.findall(CREATOR)] == ["Nguyễn Thị Lan", "Cộng tác viên"]
    assert [each.text for each in item.findall("category")] == ["Giáo dục"]
    enclosure = item.find("enclosure").attrib
    assert enclosure["url"].startswith(f"{SITE}anh/day-du/bia-")
    assert (enclosure["type"], enclosure["length"]) == ("image/jpeg", "2440")


def test_atom_is_complete(full_content):
    root = atom(full_content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi"
    for parent in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1
        assert parent.findtext(f"{ATOM}author/{ATOM}name")
        dt.datetime.fromisoformat(parent.findtext(f"{ATOM}updated"))
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}atom.xml", "alternate": SITE}
    entry = root.findall(f"{ATOM}entry")[1]
    assert entry.find(f"{ATOM}category").attrib == {"term": "giao-duc", "label": "Giáo dục"}
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == f"{SITE}tac-gia/lan/"


def test_json_feed_has_what_its_rules_ask_for(full_content):
    data = feed_json(full_content, "chuyen-muc/ban-muong/feed.json")
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["title"] == "Gương sáng bản Mường – Tòa soạn thử"
    assert data["home_page_url"] == f"{SITE}chuyen-muc/ban-muong/"
    assert data["feed_url"] == f"{SITE}chuyen-muc/ban-muong/feed.json"
    assert data["language"] == "vi"
    ids = [item["id"] for item in data["items"]]
    assert len(set(ids)) == len(ids) == 3
    for item in data["items"]:
        assert item["content_html"] and item["url"].startswith(SITE)
        assert all(author["name"] for author in item["authors"])
        assert item["image"].endswith(".jpg")
        for name in ("date_published", "date_modified"):
            assert dt.datetime.fromisoformat(item[name]).utcoffset() == dt.timedelta(hours=7)


def test_the_date_of_a_feed_is_the_last_change_of_a_story(full_content):
    assert rss(full_content).findtext("lastBuildDate") == "Tue, 02 Jun 2026 00:00:00 +0700"
    assert atom(full_content).findtext(f"{ATOM}updated") == "2026-06-02T00:00:00+07:00"


def test_a_correction_is_a_change(make_content, make_story):
    fixed = [{"date": "2026-09-02", "was": "12 hộ", "now": "21 hộ"}]
    content = make_content([make_story(corrections=fixed)])
    assert feed_json(content)["items"][0]["date_modified"] == "2026-09-02T00:00:00+07:00"
    assert feed_json(content)["items"][0]["date_published"] == "2026-05-19T00:00:00+07:00"


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("example.vn,2026", "2026-01-01T00:00:00+07:00"),
        ("example.vn,2026-03-09", "2026-03-09T00:00:00+07:00"),
        ("example.vn,2026-13", "1970-01-01T00:00:00+07:00"),
        ("example.vn", "1970-01-01T00:00:00+07:00"),
    ],
)
def test_a_feed_without_a_story_is_whole_and_has_no_clock(
    make_content, make_registers, authority, expected
):
    content = make_content([], make_registers(feed_authority=authority))
    assert atom(content).findtext(f"{ATOM}updated") == expected
    assert parsedate_to_datetime(rss(content).findtext("lastBuildDate"))
    assert feed_json(content)["items"] == []


def test_hostile_texts_stay_texts(make_content, make_story, make_registers):
    story = make_story(
        title=HOSTILE,
        summary=f"{HOSTILE} {'x' * 60}",
        body=f"Thân {HOSTILE}",
        authors=[{"name": HOSTILE}],
        cover={"src": "bia.jpg", "alt": f'" onload="x" {HOSTILE}', "caption": HOSTILE},
        corrections=[{"date": "2026-05-20", "was": HOSTILE, "now": HOSTILE}],
        attachments=[{"src": "a.pdf", "title": HOSTILE}],
    )
    content = make_content([story], make_registers(name=HOSTILE))
    safe = "<script>alert('x')</script> ]]> \" & {{ 7*7 }}"
    assert rss(content).findtext("title") == safe
    assert rss(content).findtext("item/title") == safe
    assert "<" not in rss(content).findtext("item/description")
    assert atom(content).find(f"{ATOM}entry").findtext(f"{ATOM}title") == safe
    assert feed_json(content)["items"][0]["title"] == safe
    for html in bodies(content)["json"]:
        read = _Read(html)
        assert "script" not in {tag for tag, _ in read.tags}
        assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on")]
    for made in feeds(content).values():
        assert not re.search("[\x00-\x08\x0b-\x1f\ufffe]", made.decode())


def test_two_runs_are_identical(full_content):
    assert feeds(full_content) == feeds(full_content)


def test_what_consent_does_not_cover_is_not_there(make_content, make_story, make_registers):
    """Also not what it does cover: profiles are not part of a feed."""
    child = {
        "kind": "person",
        "name": "Lò Văn X",
        "born": "2015-03-04",
        "minor": True,
        "ethnic_group": "Khơ Mú",
        "consent": {"basis": "consent", "record": "PĐY-1", "note": "ghi chú kín"},
    }
    content = make_content([make_story(honorees=[child])])
    for made in feeds(content).values():
        for part in ("Khơ Mú", "2015", "PĐY-1", "ghi chú kín", "Lò Văn X"):
            assert part not in made.decode()


def test_a_retracted_story_is_nowhere(full_content):
    for made in feeds(full_content).values():
        for part in ("da-go", "Tít da-go", "Sai sự thật"):
            assert part not in made.decode()


def test_another_language_is_named(full_content):
    entry = feed_json(full_content)["items"][2]
    assert (entry["url"], entry["language"]) == (f"{SITE}2025/hien-mau/", "en")


def test_addresses_are_encoded():
    assert absolute_url(SITE, "tep/x/bảng a.pdf") == f"{SITE}tep/x/b%E1%BA%A3ng%20a.pdf"
    assert absolute_url(SITE, "tep/x/b%20c.pdf#d") == f"{SITE}tep/x/b%20c.pdf#d"


@pytest.mark.parametrize(
    ("aliases", "slug"),
    [
        (["/2025/ten-dau/", "/2026/ten-hai/"], "ten-dau"),
        (["/cu/bai.html", "/2026/ten-dau"], "ten-dau"),
        (["/2026/t%C3%AAn/"], "tên"),
        (["/cu/2026/khac/", "/2026/"], "bai"),
        ([], "bai"),
    ],
)
def test_an_id_stays_when_a_story_gets_another_address(make_content, make_story, aliases, slug):
    content = make_content([make_story("bai", aliases=aliases)])
    wanted = f"tag:example.vn,2026:{slug}"
    assert atom(content).find(f"{ATOM}entry").findtext(f"{ATOM}id") == wanted
    assert rss(content).find("item").findtext("guid") == wanted
    assert feed_json(content)["items"][0]["id"] == wanted
