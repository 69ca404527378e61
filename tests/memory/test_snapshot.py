"""A result is told again only while nothing that it was made from is different."""

from __future__ import annotations

import datetime as dt
import os
import sys

import pytest

from guongsang.memory.snapshot import Inputs, find_end
from guongsang.text.dates import VIETNAM

NOW = dt.datetime(2026, 3, 5, 10, 0, tzinfo=VIETNAM)
OLD = 1_700_000_000
FOLDERS = ("stories", "docs")


@pytest.fixture
def root(tmp_path):
    for name, text in (
        ("mkdocs.yml", "site_url: !ENV [SITE_URL_OF_TEST, x]\n"),
        ("stories/2026/a/index.md", "a"),
        ("stories/2026/b/index.md", "b"),
        ("docs/index.md", "d"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    """Files of this moment count as old: only what differs is to be seen."""
    monkeypatch.setattr("guongsang.memory.snapshot._SETTLED_NS", -(10**12))


def look(root, now=NOW, about=("check",)):
    return Inputs(root / "mkdocs.yml", root / ".cache", now, about)


def keep(root, now=NOW, moments=()):
    inputs = look(root, now)
    folders = [str(root / name) for name in FOLDERS]
    inputs.keep(inputs.look(folders), find_end(now, moments), ("known", 3))


def test_the_result_is_told_again(root):
    assert look(root).recall() is None
    keep(root)
    known = look(root).recall()
    assert (known.result, known.changed) == (("known", 3), ())
    assert look(root, about=("build",)).recall() is None


CHANGES = {
    "text": ("stories/2026/a/index.md", lambda path: path.write_text("other")),
    "same size": ("stories/2026/a/index.md", lambda path: path.write_text("z")),
    "touched": ("docs/index.md", lambda path: os.utime(path, (OLD, OLD))),
}


@pytest.mark.parametrize(("name", "change"), CHANGES.values(), ids=CHANGES.keys())
def test_files_with_other_content_are_named(root, name, change):
    keep(root)
    change(root / name)
    assert look(root).recall().changed == (str(root / name),)


def rename(root):
    (root / "stories/2026/b").rename(root / "stories/2026/c")


CHANGES_OF_NAMES = {
    "added": (lambda root: (root / "stories/2026/a/new.jpg").write_text("x"), "a/new.jpg"),
    "removed": (lambda root: (root / "stories/2026/b/index.md").unlink(), "b/index.md"),
    "renamed": (rename, "b b/index.md c c/index.md"),
    "empty folder": (lambda root: (root / "stories/2026/empty").mkdir(), "empty"),
}


@pytest.mark.parametrize(
    ("change", "names"), CHANGES_OF_NAMES.values(), ids=CHANGES_OF_NAMES.keys()
)
def test_what_came_or_went_is_named(root, change, names):
    keep(root)
    change(root)
    wanted = tuple(f"{root}/stories/2026/{name}" for name in names.split())
    assert look(root).recall().changed == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere times of folders may not tell")
def test_only_a_year_in_which_something_came_or_went_is_listed_again(root, monkeypatch):
    (root / "stories/2025/old").mkdir(parents=True)
    keep(root)
    (root / "stories/2026/a/new.jpg").write_text("x")
    listed, scandir = [], os.scandir

    def scan(path):
        listed.append(str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)
    inputs = look(root)
    assert inputs.recall().changed == (str(root / "stories/2026/a/new.jpg"),)
    year = root / "stories/2026"
    assert sorted(listed) == [str(year), str(year / "a"), str(year / "b")]


CHANGES_OF_MORE = {
    "link": lambda root: (root / "docs/link.md").symlink_to(root / "mkdocs.yml"),
    "settings": lambda root: (root / "mkdocs.yml").write_text("site_url: y\n"),
}


@pytest.mark.parametrize("change", CHANGES_OF_MORE.values(), ids=CHANGES_OF_MORE.keys())
def test_whatever_else_has_changed_is_not_missed(root, change):
    keep(root)
    change(root)
    assert look(root).recall() is None


def test_variables_that_settings_name_count(root, monkeypatch):
    keep(root)
    monkeypatch.setenv("SITE_URL_OF_TEST", "https://other.example/")
    assert look(root).recall() is None


@pytest.mark.parametrize("line", ["hooks: [a.py]", "INHERIT: base.yml", "  - pymdownx.snippets"])
def test_settings_that_read_more_files_keep_nothing(root, line):
    (root / "mkdocs.yml").write_text(f"site_name: x\n{line}\n")
    keep(root)
    assert look(root).recall() is None


def test_a_file_of_this_moment_is_not_trusted(root, monkeypatch):
    monkeypatch.setattr("guongsang.memory.snapshot._SETTLED_NS", 10**12)
    keep(root)
    monkeypatch.setattr("guongsang.memory.snapshot._SETTLED_NS", -(10**12))
    assert look(root).recall() is None


def test_midnight_and_the_next_story_end_it(root):
    keep(root, moments=[(NOW - dt.timedelta(hours=1)).timestamp()])
    assert look(root, NOW.replace(hour=23, minute=59)).recall() is not None
    assert look(root, NOW + dt.timedelta(hours=14)).recall() is None
    assert look(root, NOW - dt.timedelta(seconds=1)).recall() is None
    keep(root, moments=[(NOW + dt.timedelta(hours=2)).timestamp()])
    assert look(root, NOW + dt.timedelta(minutes=119)).recall() is not None
    assert look(root, NOW + dt.timedelta(hours=2)).recall() is None
