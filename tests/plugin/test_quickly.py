"""A build that would change nothing is told at once, but only where that is certain."""

from __future__ import annotations

import os

import pytest

from guongsang.plugin import run
from guongsang.site.update import Update


@pytest.fixture
def published(newsroom, monkeypatch):
    """A newsroom with a warning, just built; its files count as settled."""
    monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", -(10**12))
    newsroom.edit("con-chu", "Kết bài", "Gọi 0912 345 678, kết bài")
    assert "GS510" in newsroom.build().err
    return newsroom


@pytest.fixture
def begun(published, monkeypatch):
    """The builds that were begun after the first, for there was something to look at."""
    begun, run_build = [], run.run_build

    def begin(*arguments, **options):
        begun.append(options)
        return run_build(*arguments, **options)

    monkeypatch.setattr(run, "run_build", begin)
    return begun


def test_what_was_said_is_said_again(published, begun):
    before = published.bytes()
    first = published.run("build", "--jobs", "1")
    again = published.run("build")
    assert begun == []
    assert first.code == again.code == 0
    assert again.out.startswith("Không có gì thay đổi: 3 bài, ")
    assert again.err.count("GS510") == 1
    assert "GS510" in published.run("build", "--lang", "en").err
    assert begun == []
    assert published.bytes() == before


def test_strict_judges_the_warning_itself(published, begun):
    before = published.bytes()
    ran = published.run("build", "--strict")
    assert (ran.code, len(begun)) == (1, 1)
    assert "GS510" in ran.err
    assert published.bytes() == before


def remove(path):
    path.unlink()


def alter(path):
    path.write_bytes(path.read_bytes()[:-9] + b"</html>\n ")


def cut(path):
    path.write_bytes(b"")


def touch(path):
    os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.mark.parametrize("harm", [remove, alter, cut, touch])
@pytest.mark.parametrize("name", ["index.html", "2026/con-chu/index.html", "sitemap.xml"])
def test_a_published_file_that_is_not_as_it_was_written(published, begun, harm, name):
    before = published.bytes()
    harm(published.site / name)
    published.build()
    assert published.bytes() == before
    assert published.build().out.startswith("Không có gì"), "what was mended is known again"
    assert begun == []


def test_clean_and_another_folder_are_built(published, begun):
    published.build("--clean")
    published.build("--site-dir", str(published.root / "khac"))
    assert len(begun) == 2


def test_a_day_later_it_is_looked_at_again(published, begun, monkeypatch):
    day_later = str(1782864000 + 86_400)
    looked = []
    update = Update.check
    monkeypatch.setattr(Update, "check", lambda self: looked.append(self) or update(self))
    assert published.run("build").code == published.run("build", now=day_later).code == 0
    assert (len(looked), begun) == (1, [])
