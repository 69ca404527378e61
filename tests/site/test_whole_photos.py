"""Check decodes pictures: each content once, with progress, and tells what is damaged."""

from __future__ import annotations

import json
import os
import pty

import pytest

from guongsang.cli.main import main
from guongsang.photos.whole import find_damage


def problems(newsroom):
    found = json.loads(newsroom.run("check", "--format", "json").out)["problems"]
    return [(each["path"], each["rule"]) for each in found]


@pytest.fixture
def decoded(monkeypatch):
    """Return the names of what is decoded in this process."""
    names = []

    def note(content, file_format, name):
        names.append(name)
        return find_damage(content, file_format, name)

    monkeypatch.setattr("guongsang.photos.whole.find_damage", note)
    return names


@pytest.mark.parametrize("lost", [lambda c: c[:-900], lambda c: c[:-900] + c[-2:]])
def test_check_finds_what_a_build_finds(newsroom, lost):
    cover = newsroom.path("con-chu").with_name("bia.jpg")
    cover.write_bytes(lost(cover.read_bytes()))
    path = newsroom.path("con-chu").relative_to(newsroom.root).as_posix()
    assert problems(newsroom) == [(path, "GS402")]
    assert problems(newsroom) == [(path, "GS402")]
    ran = newsroom.run("build")
    assert ran.code == 1
    assert "GS402" in ran.err


def test_an_edited_text_has_no_picture_decoded_again(newsroom, decoded, draw_photo):
    newsroom.build()
    assert "bia.jpg" in decoded
    decoded.clear()
    newsroom.edit("con-chu", "\n\n", "\n\nMột câu mới.\n\n")
    assert problems(newsroom) == []
    newsroom.edit("con-chu", "Một câu mới.", "Một câu khác.")
    newsroom.build()
    newsroom.edit("con-chu", "Một câu khác.", "Câu thứ ba.")
    newsroom.build()
    assert decoded == []
    draw_photo(newsroom.path("con-chu").with_name("bia.jpg"), 1500, 1000)
    assert problems(newsroom) == []
    assert decoded == ["bia.jpg"]


def found_in(newsroom):
    return {rule for _, rule in problems(newsroom)}


def test_a_story_that_cannot_be_read_has_no_picture_decoded_again(newsroom, decoded, draw_photo):
    assert found_in(newsroom) == set()
    assert "bia.jpg" in decoded
    decoded.clear()
    newsroom.edit("con-chu", "status: ready", "status: reddy")
    assert found_in(newsroom) == {"GS210"}
    newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
    assert found_in(newsroom) == {"GS210"}
    assert decoded == []
    cover = newsroom.path("con-chu").with_name("bia.jpg")
    draw_photo(cover, 1500, 1000)
    assert found_in(newsroom) == {"GS210"}
    newsroom.edit("con-chu", "Đoạn kết", "Kết bài")
    assert found_in(newsroom) == {"GS210"}
    newsroom.edit("con-chu", "status: reddy", "status: ready")
    assert found_in(newsroom) == set()
    assert decoded == ["bia.jpg"]
    newsroom.edit("con-chu", "status: ready", "status: reddy")
    cover.write_bytes(cover.read_bytes()[:-900])
    assert found_in(newsroom) == {"GS210", "GS402"}


def test_many_pictures_show_how_far_they_are(newsroom, draw_photo, monkeypatch):
    """On a terminal only."""
    for n in range(20):
        draw_photo(newsroom.path("con-chu").with_name(f"anh-{n}.jpg"), 64, 48)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        assert main(["check", "--root", str(newsroom.root)]) == 0
    with os.fdopen(ours, "rb", buffering=0) as seen:
        assert "Ảnh" in seen.read(100_000).decode(errors="replace")
