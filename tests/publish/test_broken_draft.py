"""A draft that is broken stops no build, and a build after edits still ends as a clean one."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass

import pytest
from tests.conftest import Newsroom

DRAFT = "ban-thao"


def settle():
    time.sleep(0.02)


def add(newsroom, slug, text):
    with newsroom.path(slug).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


HARMS = {
    "a colon": lambda room: room.edit(DRAFT, "title: ", "title: Chuyện: "),
    "a key that is missing": lambda room: room.edit(DRAFT, "honorees:\n  - id: ho-giao\n", ""),
    "no front matter": lambda room: room.edit(DRAFT, "---\n", ""),
    "a value that is none": lambda room: room.edit(DRAFT, "2026-06-03", "hôm qua"),
    "no UTF-8": lambda room: room.path(DRAFT).write_bytes(b"---\nstatus: draft\ntitle: \xe9\n"),
    "a name that is no address": lambda room: room.path(DRAFT).parent.rename(
        room.root / "stories/2026/Bài mới"
    ),
    "another year": lambda room: room.edit(DRAFT, "2026-06-03", "2024-06-03"),
    "a text beside it": lambda room: (
        room.path(DRAFT).with_name("ghi-chep.md").write_text("Ghi chép.\n")
    ),
    "no cover": lambda room: (room.path(DRAFT).with_name("bia-thao.jpg")).unlink(),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_it_stops_nobody(published: Newsroom, harm):
    before = published.bytes()
    harm(published)
    ran = published.run("check")
    assert ran.code == 0, ran.out
    assert "stories/2026/" in ran.out
    assert published.build().err
    assert published.bytes() == before
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    published.build()
    assert published.bytes() == published.clean_bytes() != before


def test_a_picture_that_is_a_link_to_nowhere(newsroom: Newsroom):
    newsroom.path(DRAFT).with_name("anh.jpg").symlink_to("khong-co.jpg")
    ran = newsroom.run("check")
    assert (ran.code, ran.out.count("cảnh báo GS824")) == (0, 1)
    newsroom.build()


@dataclass(frozen=True, slots=True)
class Broken:
    """A newsroom with a broken draft that has been built, and what the build said."""

    room: Newsroom
    said: str

    def build(self) -> str:
        settle()
        return self.room.build().err

    def is_clean(self) -> bool:
        return self.room.bytes() == self.room.clean_bytes()


@pytest.fixture
def broken(published, touched):
    add(published, "mot-giot-mau", "## Tro bếp")
    published.edit(DRAFT, "title: ", "title: Chuyện: ")
    published.edit(DRAFT, "Thân bài thảo.", "Xem [bài](../mot-giot-mau/index.md#tro-bep).")
    settle()
    published.build()
    touched.clear()
    return Broken(published, published.build().err)


def test_others_are_still_published_alone(broken, touched):
    assert DRAFT in broken.said
    assert broken.room.build().out.startswith("Không có gì thay đổi")
    broken.room.edit("mot-giot-mau", "title: ", "title: Thêm ")
    assert broken.build() == broken.said
    assert len(touched) == 1
    assert broken.is_clean()


def test_its_warnings_follow_what_it_leads_to(broken):
    broken.room.edit("mot-giot-mau", "## Tro bếp", "## Than bếp")
    assert "tro-bep" in broken.build()
    broken.room.edit("mot-giot-mau", "## Than bếp", "## Tro bếp")
    assert broken.build() == broken.said
    assert broken.is_clean()


def test_its_warnings_follow_a_build_of_few_stories(broken):
    """The story that the draft leads to goes without a register or a page being edited."""
    room = broken.room
    shutil.copytree(room.path("mot-giot-mau").parent, room.root / "stories/2026/bai-them")
    room.edit("bai-them", "part: 2", "part: 9")
    assert "bai-them" not in broken.build()
    room.edit(DRAFT, "../mot-giot-mau/index.md#tro-bep", "../bai-them/index.md")
    assert broken.build() == broken.said
    shutil.rmtree(room.root / "stories/2026/bai-them")
    assert "bai-them" in broken.build()
    assert broken.is_clean()


def test_it_is_mended_published_and_broken_again(broken):
    room = broken.room
    room.edit(DRAFT, "title: Chuyện: ", "title: Chuyện ")
    assert DRAFT not in broken.build()
    room.edit(DRAFT, "status: draft", "status: ready")
    broken.build()
    assert (room.site / "2026" / DRAFT).is_dir()
    assert broken.is_clean()
    room.edit(DRAFT, "title: Chuyện ", "title: Chuyện: ")
    before = room.bytes()
    settle()
    assert room.run("build").code == 1
    assert room.bytes() == before
    room.edit(DRAFT, "status: ready", "status: draft")
    broken.build()
    assert not (room.site / "2026" / DRAFT).exists()
    assert broken.is_clean()


def test_it_goes(broken):
    shutil.rmtree(broken.room.path(DRAFT).parent)
    assert DRAFT not in broken.build()
    assert broken.is_clean()


def test_others_may_follow_it_but_not_lead_to_it(broken):
    room = broken.room
    room.edit("mot-giot-mau", "follows: con-chu", f"follows: {DRAFT}")
    assert "GS803" not in broken.build()
    add(room, "mot-giot-mau", f"[xem](../{DRAFT}/index.md)")
    settle()
    ran = room.run("build")
    assert ran.code == 1
    assert "GS703" in ran.err


def test_what_lies_beside_a_draft_stops_it_when_it_is_ready(newsroom, touched):
    newsroom.path(DRAFT).with_name("ghi-chep.md").write_text("Ghi chép.\n")
    settle()
    newsroom.build()
    newsroom.edit(DRAFT, "status: draft", "status: ready")
    settle()
    ran = newsroom.run("build")
    assert ran.code == 1
    assert "GS236" in ran.err
    assert not touched
    assert not (newsroom.site / "2026" / DRAFT).exists()
