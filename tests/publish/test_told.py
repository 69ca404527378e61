"""A build that is told which files have changed looks at no others, and the next one at all."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from unittest import mock

import pytest
from tests.conftest import NOW

from guongsang.plugin.quickly import build_quickly
from guongsang.publish import manifest
from guongsang.site.sources.look import Look, open_store
from guongsang.site.sources.project import CACHE
from guongsang.stories import scan


@pytest.fixture
def desk(newsroom, touched):
    """A newsroom that has been built."""
    settle()
    newsroom.build()
    return newsroom


@pytest.fixture
def looked_at(monkeypatch):
    """Counts the folders of stories that were walked through, and published files looked at."""
    counts = Counter()

    def count(module, name, what):
        does = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *args: (counts.update([what]), does(*args))[1])

    count(scan, "_scan_folder", "folders")
    count(manifest, "_stands", "files")
    return counts


def settle():
    time.sleep(0.02)


def build_told(desk, *paths):
    """Build what was told; None where that has to look at more than it can."""
    with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": NOW}):
        return build_quickly(desk.root / "mkdocs.yml", lambda *_: None, told=paths)


def add_text(desk, slug, text):
    with desk.path(slug).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    return desk.path(slug)


def page(desk, url):
    return (desk.site / url / "index.html").read_text("utf-8")


def test_only_the_folder_that_was_told_is_looked_at(desk, looked_at):
    report = build_told(desk, add_text(desk, "con-chu", "Bà con kể thêm."))
    assert "Bà con kể thêm." in page(desk, "2026/con-chu")
    assert looked_at["folders"] == 1
    published = report.published
    assert 0 < looked_at["files"] <= published.added + published.changed
    assert desk.bytes() == desk.clean_bytes()


def test_what_nobody_told_is_found_by_the_next_look_at_everything(desk, looked_at):
    add_text(desk, "nguoi-giu-lua", "Không ai báo.")
    lost = desk.site / "2026/mot-giot-mau/index.html"
    lost.unlink()
    build_told(desk, add_text(desk, "con-chu", "Bà con kể thêm."))
    assert "Không ai báo." not in page(desk, "2025/nguoi-giu-lua")
    assert not lost.exists()
    settle()
    looked_at.clear()
    desk.build()
    assert looked_at["folders"] > 5
    assert "Không ai báo." in page(desk, "2025/nguoi-giu-lua")
    assert desk.bytes() == desk.clean_bytes()


def copy_story(desk):
    folder = desk.path("con-chu").parent
    shutil.copytree(folder, folder.with_name("con-chu-hai"))
    desk.edit("con-chu-hai", "title: Con chữ", "title: Con chữ xuống núi")
    desk.edit("con-chu-hai", "part: 1", "part: 7")
    return folder.with_name("con-chu-hai")


def test_stories_come_move_and_go(desk, looked_at):
    shutil.rmtree(copy_story(desk))
    folder = copy_story(desk)
    settle()
    desk.build()  # what is around its pages is known from now on
    shutil.rmtree(folder)
    assert build_told(desk, folder) is not None
    looked_at.clear()
    assert build_told(desk, copy_story(desk)) is not None
    assert "Con chữ xuống núi" in page(desk, "2026/con-chu-hai")
    new = folder.rename(folder.with_name("con-chu-moi"))
    assert build_told(desk, folder, new / "index.md") is not None
    assert not (desk.site / "2026/con-chu-hai").exists()
    assert "Con chữ xuống núi" in page(desk, "2026/con-chu-moi")
    shutil.rmtree(new)
    assert build_told(desk, new) is not None
    assert not (desk.site / "2026/con-chu-moi").exists()
    assert looked_at["folders"] == 2
    assert desk.bytes() == desk.clean_bytes()


def count_stories(desk, *told):
    with open_store(desk.root / CACHE) as store:
        look = Look(desk.root, store, list, told=told)
        assert not look.is_whole
        return look.stories


def test_stories_are_counted_without_a_look_at_all(desk):
    there = len(list(desk.root.glob("stories/[0-9]*/*/index.md")))
    assert count_stories(desk, desk.path("con-chu")) == there
    folder = copy_story(desk)
    assert count_stories(desk, folder, folder / "index.md") == there + 1
    shutil.rmtree(folder)
    shutil.rmtree(desk.path("con-chu").parent)
    assert count_stories(desk, folder, folder.with_name("con-chu")) == there - 1


def edit_a_register(desk):
    desk.edit("stories/registers/columns.yml", "name: ", "name: Mới ")
    return desk.root / "stories/registers/columns.yml"


def write_by_hand(desk):
    desk.edit("docs/gioi-thieu.md", "\n", "\n\nThêm một dòng.\n")
    return desk.root / "docs/gioi-thieu.md"


def link_a_photo(desk):
    photo = desk.path("con-chu").with_name("bia.jpg")
    photo.rename(photo.with_name("that.jpg"))
    photo.symlink_to("that.jpg")
    return photo


def misplace_a_text(desk):
    path = desk.path("con-chu").with_name("nhap.md")
    path.write_text("Thử", "utf-8")
    return path


def come_from_elsewhere(desk):
    return desk.root.parent / "elsewhere"


@pytest.mark.parametrize(
    "harm",
    [edit_a_register, write_by_hand, link_a_photo, misplace_a_text, come_from_elsewhere],
)
def test_what_one_folder_cannot_tell_is_looked_at_everywhere(desk, looked_at, harm):
    build_told(desk, harm(desk))
    assert looked_at["folders"] > 5


def test_a_text_that_was_misplaced_is_told_no_longer_when_it_is_gone(desk):
    path = misplace_a_text(desk)
    settle()
    assert "GS236" in desk.run("check").out
    path.unlink()
    build_told(desk, path)
    assert "GS236" not in desk.run("check").out
