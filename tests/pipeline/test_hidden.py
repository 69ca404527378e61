"""What is not to be read is nowhere in the site: not in any byte of any file or name."""

from __future__ import annotations

import hashlib

import pytest

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
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        yield name, name.encode() + (b"\0" + path.read_bytes() if path.is_file() else b"")


def find(site, texts):
    return [(text, name) for name, raw in haystack(site) for text in texts if text.encode() in raw]


@pytest.mark.parametrize("what", SECRETS)
def test_nothing_of_it_is_anywhere(built, what):
    # The reference explains what editors may type, with words of the data and invented examples.
    told = [found for found in find(built.site, SECRETS[what]) if "huong-dan/" not in found[1]]
    assert told == []


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


def test_retracting_takes_a_published_story_out_of_everything(newsroom):
    newsroom.build()
    newsroom.edit(
        "nguoi-giu-lua",
        "status: ready",
        "status: retracted\nretracted: {date: 2026-06-30, reason: Sai}",
    )
    newsroom.build()
    gone = ["Người giữ lửa", "Bếp lửa", "bếp lửa", "Nhà ông luôn đỏ lửa"]
    assert find(newsroom.site, gone) == []
    assert not (newsroom.site / "anh/nguoi-giu-lua").exists()
    assert list(newsroom.site.glob("the/nguoi-giu-lua*")) == []
    assert (newsroom.site / "2025/nguoi-giu-lua/index.html").is_file()
    assert newsroom.bytes() == newsroom.clean_bytes()


def test_a_published_photo_is_never_the_original(built):
    originals = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (built.root / "stories").rglob("*.jpg")
    }
    assert originals & set(built.bytes().values()) == set()
