"""What is not to be read is nowhere in the site: not in any byte of any file or name."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from guongsang.addresses import GUIDE

SECRETS = {
    "retracted": [
        "Tít phải biến mất",
        "Bí Mật",
        "Ảnh kín",
        "tóm tắt kín",
        "Thân bài kín",
        "bia-kin",
    ],
    "draft": ["Bản thảo chưa đăng", "ban-thao", "bia-thao", "Ảnh thảo", "Thân bài thảo"],
    "later": ["Bài hẹn giờ", "hen-gio", "bia-hen", "Ảnh hẹn", "Thân bài hẹn"],
    "consent": ["public_interest", "public_event", "biểu dương công khai", "historical"],
}


def haystack(site):
    """Yield the name of each file and folder with its name and bytes, packed indexes unpacked.

    The guide and its reference, which are made of no newsroom's content, are left out.
    """
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        raw = path.read_bytes() if path.is_file() else b""
        if raw.startswith(b"\x1f\x8b"):
            raw = gzip.decompress(raw)
        if not name.startswith((GUIDE, "tai-nguyen/huong-dan.")):
            yield name, name.encode() + b"\0" + raw


def find(site, texts):
    return [(text, name) for name, raw in haystack(site) for text in texts if text.encode() in raw]


@pytest.mark.parametrize("what", SECRETS)
def test_nothing_of_it_is_anywhere(built, what):
    assert find(built.site, SECRETS[what]) == []


def test_a_retracted_story_keeps_a_page_that_says_why(built):
    text = (built.site / "2026/ten-phai-mat/index.html").read_text("utf-8")
    for part in ("Bài đã gỡ", "Sai sự thật", "01/07/2026", "ban-doc@guong.example", "noindex"):
        assert part in text
    naming = {name for _, name in find(built.site, ["ten-phai-mat"]) if name.endswith(".html")}
    assert naming == {"2026/ten-phai-mat/index.html"}


def test_photos_of_hidden_stories_are_not_published(built):
    hidden = ("ten-phai-mat", "ban-thao", "hen-gio")
    places = tuple(f"{folder}/{slug}" for folder in ("anh", "the") for slug in hidden)
    assert [name for name, _ in haystack(built.site) if name.startswith(places)] == []


def test_retracting_takes_a_published_story_out_of_everything(published):
    published.edit(
        "nguoi-giu-lua",
        "status: ready",
        "status: retracted\nretracted: {date: 2026-06-30, reason: Sai}",
    )
    published.build()
    gone = ["Người giữ lửa", "Bếp lửa", "bếp lửa", "Nhà ông luôn đỏ lửa"]
    assert find(published.site, gone) == []
    assert not (published.site / "anh/nguoi-giu-lua").exists()
    assert list(published.site.glob("the/nguoi-giu-lua*")) == []
    assert (published.site / "2025/nguoi-giu-lua/index.html").is_file()
    assert published.bytes() == published.clean_bytes()


def test_a_published_photo_is_never_the_original(built):
    originals = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (built.root / "stories").rglob("*.jpg")
    }
    assert originals & set(built.bytes().values()) == set()


STORY = """---
title: {title}
date: 2026-06-10
column: ban-muong
fields: [giao-duc]
honorees:
  - kind: person
    name: {name}
    born: 1987-03-09
    gender: female
    ethnic_group: Dân-tộc-kín
    consent:
      basis: {basis}
      record: "PHIẾU-KÍN-77"
      date: 2026-04-03
      scope: [{scope}]
      by: [self]
      until: 2031-08-09
      note: Lời ghi kín của tòa soạn.
  - id: {id}
places:
  - unit: mu-ca
authors:
  - id: lan
cover:
  src: {photo}
  alt: Khung cửi bên cửa sổ
  consent: {{basis: public_event, note: Lời ghi kín của ảnh.}}
audio:
  - src: loi-ke.mp3
    consent: {{basis: consent, record: "PHIẾU-KÍN-78", date: 2026-04-03, scope: [voice]}}
summary: Ở một bản cao, người thợ dệt mở lớp truyền nghề cho hai mươi chị em suốt bốn mùa đông.
status: ready
---

Mở bài về {called} và khung cửi.
"""
KEPT = """kind: person
name: Vàng Thị Hồ Sơ
born: 1979-11-23
gender: female
ethnic_group: Nhóm-kín
consent:
  basis: consent
  record: "PHIẾU-KÍN-79"
  date: 2026-04-04
  scope: [name]
  note: Lời ghi kín của hồ sơ.
"""


@pytest.fixture
def weaver(newsroom, draw_photo):
    """The good newsroom with a story that keeps more than it may show."""

    def add(**changes):
        parts = {
            "title": "Sợi chàm trên bản",
            "name": "Sùng Thị Lanh",
            "called": "chị Sùng Thị Lanh",
            "basis": "consent",
            "scope": "name",
            "id": "vang-ho-so",
            "photo": "khung-cui.jpg",
            **changes,
        }
        folder = newsroom.root / "stories/2026/soi-cham"
        folder.mkdir(exist_ok=True)
        (folder / "index.md").write_text(STORY.format(**parts), "utf-8")
        draw_photo(folder / parts["photo"])
        (folder / "loi-ke.mp3").write_bytes(b"ID3")
        path = newsroom.root / "stories/registers/honorees/vang-ho-so.yml"
        path.write_text(KEPT, "utf-8")
        return newsroom

    return add


@pytest.mark.parametrize("policy", ["warn", "off"])
def test_what_is_out_of_scope_is_in_no_byte_even_where_the_policy_is_lax(weaver, policy):
    newsroom = weaver()
    name = "stories/registers/newsroom.yml"
    newsroom.edit(name, "consent_policy: required", f'consent_policy: "{policy}"')
    newsroom.build()
    shown = {name for _, name in find(newsroom.site, ["Sùng Thị Lanh"])}
    assert "2026/soi-cham/index.html" in shown
    hidden = [
        "Dân-tộc-kín",
        "Nhóm-kín",
        "PHIẾU-KÍN",
        "Lời ghi kín",
        "1987-03",
        "09/03/1987",
        "1979-11",
        "23/11/1979",
        "female",
        "2031-08-09",
        "2026-04-03",
        "ethnic_group",
    ]
    assert find(newsroom.site, hidden) == []


@pytest.mark.parametrize(
    ("scope", "changes", "rule"),
    [
        ("photo", {}, "GS515"),
        ("name", {"called": "chị Lanh bị ung thư"}, "GS518"),
        ("name", {}, "GS508"),
    ],
)
def test_what_the_policy_requires_is_not_published_at_all(weaver, scope, changes, rule):
    newsroom = weaver(scope=scope, **changes)
    ran = newsroom.run("build", "--strict")
    assert ran.code == 1 and rule in ran.err
    assert not newsroom.site.exists()


def test_withdrawal_stops_the_build_and_the_cure_leaves_no_byte(weaver):
    newsroom = weaver(scope="name, ethnic_group, photo")
    path = newsroom.root / "stories/registers/honorees/vang-ho-so.yml"
    path.write_text(KEPT.replace("[name]", "[name, ethnic_group]"), "utf-8")
    newsroom.build()
    gone = ["Sợi chàm trên bản", "Sùng Thị Lanh", "Sung Thi Lanh", "khung-cui", "Khung cửi"]
    gone += ["Vàng Thị Hồ Sơ", "vang-ho-so", "lớp truyền nghề", "khung cửi"]
    assert {text for text, _ in find(newsroom.site, gone)} >= {gone[0], gone[1], "khung-cui"}
    before = newsroom.bytes()
    newsroom.edit("soi-cham", "by: [self]", "by: [self]\n      withdrawn: 2026-06-29")
    ran = newsroom.run("build")
    assert ran.code == 1 and newsroom.bytes() == before
    assert "GS506" in ran.err and "guongsang erase soi-cham" in ran.err
    newsroom.edit(
        "soi-cham",
        "status: ready",
        "status: retracted\nretracted: {date: 2026-06-30, reason: Theo yêu cầu}",
    )
    path.unlink()
    newsroom.build()
    assert find(newsroom.site, gone) == []
    assert not (newsroom.site / "anh/soi-cham").exists()
    assert [path.name for path in newsroom.site.glob("the/soi-cham*")] == []
    assert newsroom.bytes() == newsroom.clean_bytes()
