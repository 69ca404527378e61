"""`guongsang erase`: nothing is left but a digest, and what is out of reach is said."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from guongsang.checks.release import LEDGER
from guongsang.desk.erase import close_address

DIGEST = hashlib.sha256(b"2026/con-chu").hexdigest()


@pytest.mark.parametrize(
    ("ledger", "expected"),
    [
        ("", "# erased: {}\n"),
        ("# sổ\n/2026/a/\n", "# sổ\n/2026/a/\n# erased: {}\n"),
        ("/2026/con-chu/\n/2026/a/\n", "/2026/a/\n# erased: {}\n"),
        ("/2026/con-chu\n# erased: {}\n", "# erased: {}\n"),
    ],
)
def test_the_ledger_keeps_a_digest_in_place_of_the_address(ledger, expected):
    closed = close_address(ledger.format(DIGEST), "/2026/con-chu/")
    assert closed == expected.format(DIGEST)
    assert close_address(closed, "/2026/con-chu/") == closed


def read_ledger(newsroom):
    return (newsroom.root / LEDGER).read_text("utf-8")


@pytest.mark.parametrize("target", ["nguoi-giu-lua", "2025/nguoi-giu-lua", "/2025/nguoi-giu-lua/"])
def test_a_story_leaves_no_byte(newsroom, target):
    newsroom.edit("nguoi-giu-lua", "status: ready", "status: ready\naliases: [/cu/lua/]")
    newsroom.run("fix")
    newsroom.build()
    ran = newsroom.run("erase", target)
    assert (ran.code, ran.err) == (0, "")
    assert "01/07/2026" in ran.out and "git filter-repo" in ran.out
    assert not (newsroom.root / "stories/2025/nguoi-giu-lua").exists()
    assert "lua" not in read_ledger(newsroom) and read_ledger(newsroom).count("# erased: ") == 2
    newsroom.build()
    gone = [b"nguoi-giu-lua", "Người giữ lửa".encode(), "bếp lửa".encode()]
    for path in newsroom.site.rglob("*"):
        assert "nguoi-giu-lua" not in path.name
        assert not path.is_file() or not any(text in path.read_bytes() for text in gone), path
    assert newsroom.run("check", "--release").code == 0


def test_the_address_is_never_given_away_again(newsroom):
    folder = newsroom.path("con-chu").parent
    shutil.copytree(folder, newsroom.root / "another")
    newsroom.run("erase", "con-chu")
    (newsroom.root / "another").rename(folder)
    assert "GS825" in newsroom.run("check", "--release").out


def test_an_honoree_and_the_lines_that_still_name_it(newsroom):
    ran = newsroom.run("erase", "nhan-vat/ho-giao", "--lang", "en")
    assert ran.code == 0
    assert not (newsroom.root / "stories/registers/honorees/ho-giao.yml").exists()
    assert "stories/2026/con-chu/index.md:9" in ran.out
    assert "GS301" in newsroom.run("check").out


def test_a_dry_run_writes_nothing(newsroom):
    before = {path: path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()}
    ran = newsroom.run("erase", "--dry-run", "con-chu")
    assert ran.code == 0 and "chưa làm gì" in ran.out
    after = {path: path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize("target", ["con-chuu", "nhan-vat/con-chu", "../registers", "", "*"])
def test_what_is_not_there_is_wrong_usage(newsroom, target):
    ran = newsroom.run("erase", target)
    assert ran.code == 2
    assert newsroom.path("con-chu").is_file()
    if target == "con-chuu":
        assert "con-chu" in ran.err
