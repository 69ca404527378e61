"""A published story that is moved without an alias is told by check and build, whole or quick."""

from __future__ import annotations

import json
import shutil
import time

import pytest

LEDGER = "stories/registers/addresses.txt"


def settle():
    time.sleep(0.02)


def lost(newsroom):
    ran = newsroom.run("check", "--format", "json")
    found = [each for each in json.loads(ran.out)["problems"] if each["rule"] == "GS822"]
    assert {each["severity"] for each in found} <= {"warning"}
    assert ran.code == 0
    return [each["hint"] for each in found]


@pytest.fixture
def published(published, touched):
    published.run("fix", str(published.root / LEDGER))
    settle()
    published.build()
    touched.clear()
    return published


def move(newsroom, slug, to):
    old = newsroom.path(slug).parent
    new = newsroom.root / "stories" / to
    new.parent.mkdir(exist_ok=True)
    old.rename(new)
    settle()


def test_a_renamed_folder(published, touched):
    newsroom = published
    move(newsroom, "nguoi-giu-lua", "2025/bep-lua")
    (hint,) = lost(newsroom)
    assert "aliases: [/2025/nguoi-giu-lua/] – có thể là bài stories/2025/bep-lua/index.md" in hint
    ran = newsroom.build()
    assert "GS822" in ran.err
    assert touched
    assert newsroom.build().err == ran.err
    assert newsroom.run("check", "--release").code == 1
    newsroom.edit("bep-lua", "status: ready", "status: ready\naliases: [/2025/nguoi-giu-lua/]")
    settle()
    assert newsroom.build().err == ""
    assert newsroom.bytes() == newsroom.clean_bytes()
    assert lost(newsroom) == []


def test_another_year(published):
    move(published, "nguoi-giu-lua", "2024/nguoi-giu-lua")
    published.edit("nguoi-giu-lua", "date: 2025", "date: 2024")
    (hint,) = lost(published)
    assert "stories/2024/nguoi-giu-lua/index.md" in hint


def test_a_folder_that_has_gone_has_no_heir(published, touched):
    shutil.rmtree(published.path("nguoi-giu-lua").parent)
    settle()
    (hint,) = lost(published)
    assert "có thể" not in hint
    assert "GS822" in published.build().err
    assert touched


def test_a_story_made_a_draft_again(published, touched):
    published.edit("nguoi-giu-lua", "status: ready", "status: draft")
    settle()
    assert "GS822" in published.build().err
    published.edit("nguoi-giu-lua", "status: draft", "status: ready")
    settle()
    assert published.build().err == ""
    assert len(touched) == 2
    assert published.bytes() == published.clean_bytes()
