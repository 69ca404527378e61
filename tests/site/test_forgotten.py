"""Who was taken out of the honorees is not named in the story: git knows whom that was about."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

CHILD = """\
  - kind: person
    name: Tẩn Láo Lở
    minor: true
    consent:
      {basis: consent, record: P-7, date: 2026-05-01, scope: [name, photo], by: [child, guardian]}
"""
NAMELESS = """\
  - kind: person
    called: một em học sinh
    minor: true
"""
PROFILE = """\
kind: person
name: Lý Mý Dế
consent: {basis: consent, record: P-8, date: 2026-05-01, scope: [name]}
"""


def git(newsroom, *words):
    author = ("-c", "user.name=a", "-c", "user.email=a@example.vn")
    subprocess.run(("git", "-C", str(newsroom.root), *author, *words), check=True)


def commit(newsroom):
    git(newsroom, "add", "-A", ":!.cache", ":!site")
    git(newsroom, "commit", "-q", "-m", "a", "--allow-empty")


def add_honoree(newsroom, text):
    newsroom.edit(
        "con-chu", "places:\n  - unit: sin-suoi-ho", f"{text}places:\n  - unit: sin-suoi-ho"
    )


@pytest.fixture
def kept(newsroom, monkeypatch):
    """A newsroom in git, with a child and somebody who has a profile, both named with consent."""
    monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", -(10**12))
    monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", -(10**12))
    add_honoree(newsroom, f"{CHILD}  - id: ly-my-de\n")
    (newsroom.root / "stories/registers/honorees/ly-my-de.yml").write_text(PROFILE, "utf-8")
    newsroom.edit("con-chu", "Một buổi học.", "Em Lở giơ tay.")
    newsroom.edit("con-chu", "Kết bài", "Anh Dế dạy Tẩn Láo Lở. Kết bài")
    git(newsroom, "init", "-q")
    commit(newsroom)
    return newsroom


def told(ran):
    return re.findall(
        r"^\S+/con-chu/index\.md:\d+:\d+: lỗi GS521 “([^”]+)”", ran.out + ran.err, re.M
    )


def test_a_name_that_is_taken_out_first_is_told_where_it_is_left(kept):
    kept.build()
    before = kept.bytes()
    kept.edit("con-chu", CHILD, NAMELESS)
    for command in ("check", "build", "check", "build"):
        ran = kept.run(command)
        assert (ran.code, sorted(told(ran))) == (1, ["Em Lở", "Tẩn Láo Lở"]), command
    assert kept.bytes() == before
    kept.edit("con-chu", "Em Lở giơ", "Một em giơ")
    kept.edit("con-chu", "Anh Dế dạy Tẩn Láo Lở", "Anh Dế dạy một em")
    assert kept.run("check").code == 0
    kept.build()


def test_so_is_a_profile_that_is_no_more_listed(kept):
    kept.edit("con-chu", "  - id: ly-my-de\n", "")
    assert told(kept.run("build")) == ["Anh Dế"] or told(kept.run("build")) == ["Dế"]


def test_who_checks_in_an_edit_is_told(kept):
    """There the text is as git has it: the version before tells."""
    kept.edit("con-chu", CHILD, NAMELESS)
    commit(kept)
    assert len(told(kept.run("check"))) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Tẩn Láo Lở", "name: Tẩn Láo Lớ"),
        ("name: Tẩn Láo Lở", "name: TẨN LÁO LỞ"),
        ("minor: true", "minor: false"),
        ("status: ready", "status: retracted\nretracted: {date: 2026-06-30, reason: Theo yêu cầu}"),
    ],
)
def test_other_edits_are_not_meant(kept, old, new):
    kept.edit("con-chu", old, new)
    assert told(kept.run("check")) == []


def test_who_died_and_who_shares_a_name_may_be_named(newsroom):
    dead = '  - {kind: person, name: Tẩn Láo Lở, died: "1990", consent: {basis: historical}}\n'
    mother = (
        "  - {kind: person, name: Phàn Thị Lở, consent: {basis: public_event, note: hội làng}}\n"
    )
    child = CHILD.replace("Tẩn Láo Lở", "Tẩn Mí Lở")
    add_honoree(newsroom, dead + mother + child)
    newsroom.edit("con-chu", "Kết bài", "Chị Lở kể về Tẩn Láo Lở. Kết bài")
    git(newsroom, "init", "-q")
    commit(newsroom)
    newsroom.edit("con-chu", dead, "")
    newsroom.edit("con-chu", child, "")
    assert told(newsroom.run("check")) == []
    newsroom.edit("con-chu", "Một buổi học.", "Cháu Tẩn Mí Lở.")
    assert len(told(newsroom.run("check"))) == 1


def test_without_git_there_is_no_memory(kept, monkeypatch):
    kept.edit("con-chu", CHILD, NAMELESS)
    assert told(kept.run("check")) != []
    shutil.rmtree(kept.root / ".git")
    shutil.rmtree(kept.cache)
    assert told(kept.run("check")) == []
    monkeypatch.setenv("PATH", "")
    shutil.rmtree(kept.cache)
    assert kept.run("check").code == 0


def test_a_newsroom_below_the_folder_of_git(kept):
    above = kept.root.parent
    shutil.move(kept.root / ".git", above / ".git")
    commit(type(kept)(above))
    kept.edit("con-chu", CHILD, NAMELESS)
    assert len(told(kept.run("check"))) == 2
