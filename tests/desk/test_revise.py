"""`guongsang correct`, `retract`, `rename`: what they change, what they leave, what they refuse."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys

import pytest

from guongsang.desk import rename as renaming
from guongsang.desk.revise import plan_correction, plan_retraction
from guongsang.registers.paths import LEDGER


@pytest.fixture
def newsroom(published):
    return published


def snapshot(newsroom):
    return {
        path.relative_to(newsroom.root).as_posix(): path.read_bytes()
        for path in sorted((newsroom.root / "stories").rglob("*"))
        if path.is_file()
    }


def changed(before, after):
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


CON_CHU = "stories/2026/con-chu/index.md"


def test_a_correction_is_told_and_made(newsroom):
    newsroom.edit("con-chu", "tags: [xóa mù chữ]", "# từ khóa\ntags: [xóa mù chữ]  # một")
    newsroom.edit("con-chu", "Kết bài, có", "Cả bản có 8 hộ. Kết bài, có")
    before = snapshot(newsroom)
    ran = newsroom.run("correct", "con-chu", "--was", "8 hộ", "--now", "18 hộ")
    assert (ran.code, ran.err) == (0, "")
    assert changed(before, snapshot(newsroom)) == {CON_CHU}
    text = newsroom.path("con-chu").read_text("utf-8")
    assert "  - date: 2026-07-01\n    was: 8 hộ\n    now: 18 hộ\n" in text
    assert "updated: 2026-07-01\n" in text and "Cả bản có 18 hộ. Kết bài" in text
    assert "# từ khóa\ntags: [xóa mù chữ]  # một\n" in text
    assert newsroom.run("check").code == 0
    again = newsroom.run("correct", "2026/con-chu", "--was", "9 hộ", "--now", "18 hộ")
    assert again.code == 0 and "đã viết đúng" in again.out


@pytest.mark.parametrize(
    ("body", "was", "now", "state"),
    [
        ("Có 8 hộ.", "8 hộ", "9 hộ", "changed"),
        ("Có 8 hộ, rồi 8 hộ nữa.", "8 hộ", "9 hộ", "several"),
        ("Có 9 hộ.", "8 hộ", "9 hộ", "already"),
        ("Có nhiều hộ.", "8 hộ", "9 hộ", "missing"),
        # What is right holds what was wrong.
        ("Có 18 hộ.", "8 hộ", "18 hộ", "already"),
        ("Có 18 hộ và 8 hộ.", "8 hộ", "18 hộ", "several"),
    ],
)
def test_the_text_is_put_right_where_there_is_no_doubt(newsroom, body, was, now, state):
    newsroom.edit("con-chu", "Kết bài, có", f"{body} Kết bài, có")
    plan = plan_correction(newsroom.root, CON_CHU, was, now, _today())
    assert plan.in_text == state
    assert (f"{body} Kết" in plan.edit.after) == (state != "changed")


def test_a_dry_run_prints_a_diff_that_git_takes(newsroom):
    before = snapshot(newsroom)
    ran = newsroom.run("correct", "con-chu", "--was", "a", "--now", "b", "--dry-run")
    assert ran.code == 0 and snapshot(newsroom) == before
    subprocess.run(
        ["git", "apply", "--check", "-"],
        input=ran.out.encode(),
        cwd=newsroom.root,
        check=True,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(newsroom.root.parent)},
    )
    assert ran.out.startswith(f"--- a/{CON_CHU}\n") and "chưa ghi gì" in ran.err
    for command in (
        ("retract", "con-chu", "--reason", "Theo yêu cầu", "--dry-run"),
        ("rename", "con-chu", "chu-moi", "--dry-run"),
    ):
        ran = newsroom.run(*command)
        assert ran.code == 0 and ran.out.startswith("--- a/") and snapshot(newsroom) == before


def test_a_retracted_story_leaves_its_notice_only(newsroom):
    # Nothing leads to this one.
    ran = newsroom.run("retract", "nguoi-giu-lua", "--reason", "Theo yêu cầu của người được viết")
    assert (ran.code, ran.err) == (0, "")
    text = newsroom.path("nguoi-giu-lua").read_text("utf-8")
    assert "status: retracted\n" in text
    assert "retracted:\n  date: 2026-07-01\n  reason: Theo yêu cầu của người được viết\n" in text
    assert newsroom.run("check").code == 0
    again = newsroom.run("retract", "nguoi-giu-lua", "--reason", "Lần nữa")
    assert again.code == 1 and "đã gỡ rồi" in again.err


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (("correct", "khong-co", "--was", "a", "--now", "b"), 2, "Không có bài “khong-co”"),
        (("correct", "con-chuu", "--was", "a", "--now", "b"), 2, "con-chu"),
        (("correct", "con-chu", "--was", "a", "--now", " a "), 2, "giống hệt"),
        (("correct", "con-chu", "--was", " ", "--now", "b"), 2, "--was"),
        (("correct", "con-chu", "--was", "a"), 2, "--now"),
        (("correct", "ban-thao", "--was", "a", "--now", "b"), 1, "chưa đăng"),
        (("correct", "ten-phai-mat", "--was", "a", "--now", "b"), 1, "đã gỡ"),
        (("retract", "ban-thao", "--reason", "a"), 1, "bài nháp"),
        (("retract", "con-chu", "--reason", " "), 2, "--reason"),
        (("rename", "con-chu", "Con Chữ"), 2, "con-chu"),
        (("rename", "con-chu", "con"), 2, "không làm địa chỉ được"),
        (("rename", "con-chu", "../x"), 2, "không làm địa chỉ được"),
        (("rename", "con-chu", "hen-gio"), 1, "stories/2026/hen-gio"),
        (("rename", "con-chu", "nguoi-giu-lua"), 1, "stories/2025/nguoi-giu-lua"),
        (("rename", "khong-co", "chu-moi"), 2, "Không có bài “khong-co”"),
        (("rename", "../../etc", "chu-moi"), 2, "Không có bài"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(newsroom, command, code, said):
    before = snapshot(newsroom)
    ran = newsroom.run(*command)
    assert ran.code == code and ran.out == ""
    assert said in ran.err and ran.err.count("\n") == 1
    assert snapshot(newsroom) == before
    assert newsroom.run(*command, "--lang", "en").code == code


def link_to_it(newsroom):
    """Lead to con-chu in every way that there is, and in some that only look so."""
    newsroom.edit(
        "mot-giot-mau",
        "status: ready\n---\n",
        "status: ready\n---\n\nXem [một](../con-chu/index.md#phan-cuoi), "
        "[hai](/2026/con-chu/), [ba](../../2026/con-chu/), không phải con-chu hay "
        "../con-chu-khac/ hay https://x.example/2026/con-chu/.\n",
    )
    newsroom.edit(
        "nguoi-giu-lua",
        "status: ready\n---\n",
        "status: ready\n---\n\nXem [bài](../../2026/con-chu/index.md).\n",
    )


def test_everything_goes_along_with_an_address(newsroom):
    link_to_it(newsroom)
    newsroom.run("fix")
    assert newsroom.run("check").code == 0
    before = snapshot(newsroom)
    ran = newsroom.run("rename", "con-chu", "chu-moi")
    assert (ran.code, ran.err) == (0, "")
    after = snapshot(newsroom)
    assert not (newsroom.root / "stories/2026/con-chu").exists()
    moved = "stories/2026/chu-moi/index.md"
    assert b"aliases: [/2026/con-chu/]\n" in after[moved]
    assert after[LEDGER] == before[LEDGER] + b"/2026/chu-moi/\n"
    other = newsroom.path("mot-giot-mau").read_text("utf-8")
    assert "(../chu-moi/index.md#phan-cuoi)" in other and "(/2026/chu-moi/)" in other
    assert "(../../2026/chu-moi/)" in other and "không phải con-chu hay ../con-chu-khac/" in other
    assert "https://x.example/2026/con-chu/" in other
    assert "(../../2026/chu-moi/index.md)" in newsroom.path("nguoi-giu-lua").read_text("utf-8")
    assert not any(b"follows: con-chu\n" in content for content in after.values())
    assert newsroom.run("check", "--release").code == newsroom.run("check").code == 0
    newsroom.build()
    assert "chu-moi" in (newsroom.site / "2026/con-chu/index.html").read_text("utf-8")


def test_a_draft_keeps_no_old_address(newsroom):
    ledger = (newsroom.root / LEDGER).read_bytes()
    ran = newsroom.run("rename", "ban-thao", "ban-moi")
    assert ran.code == 0 and "Bài nháp" in ran.out
    assert "aliases" not in newsroom.path("ban-moi").read_text("utf-8")
    assert (newsroom.root / LEDGER).read_bytes() == ledger


def test_there_and_back_again(newsroom):
    newsroom.run("rename", "con-chu", "chu-moi")
    newsroom.run("rename", "chu-moi", "con-chu")
    text = newsroom.path("con-chu").read_text("utf-8")
    assert "aliases: [/2026/chu-moi/]\n" in text
    assert newsroom.run("check").code == 0


def test_an_erased_address_is_never_given_away(newsroom):
    newsroom.run("erase", "nguoi-giu-lua")
    newsroom.edit("con-chu", "date: 2026-05-19", "date: 2025-05-19")
    newsroom.edit("con-chu", "updated: 2026-06-01", "updated: 2026-06-01")
    (newsroom.root / "stories/2026/con-chu").rename(newsroom.root / "stories/2025/con-chu")
    ran = newsroom.run("rename", "con-chu", "nguoi-giu-lua")
    assert ran.code == 1 and "xóa hẳn" in ran.err


def test_what_fails_is_taken_back(newsroom, monkeypatch):
    link_to_it(newsroom)
    newsroom.run("fix")
    before = snapshot(newsroom)
    write, count = renaming.write_edits.__globals__["replace_text"], 0

    def fail(*args):
        nonlocal count
        count += 1
        if count == 2:
            raise OSError(28, "No space left on device", "x")
        write(*args)

    monkeypatch.setitem(renaming.write_edits.__globals__, "replace_text", fail)
    ran = newsroom.run("rename", "con-chu", "chu-moi")
    assert ran.code == 1 and "No space left" in ran.err
    assert snapshot(newsroom) == before


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    "step", [2, *(pytest.param(step, marks=pytest.mark.long) for step in (1, 3, 4, 5, 6))]
)
def test_who_is_killed_types_the_same_again(newsroom, step):
    link_to_it(newsroom)
    newsroom.run("fix")
    code = f"""
import os, signal, sys
from guongsang.cli.main import main
count = 0
def hook(event, args):
    global count
    if event == "os.rename" and "stories" in str(args[1]):
        count += 1
        if count == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
main(["rename", "con-chu", "chu-moi", "--root", {str(newsroom.root)!r}])
"""
    ran = subprocess.run([sys.executable, "-c", code], check=False, timeout=120)
    if ran.returncode == 0:
        assert step > 4
    else:
        assert ran.returncode == -signal.SIGKILL
        assert newsroom.run("rename", "con-chu", "chu-moi").code == 0
    assert (newsroom.root / "stories/2026/chu-moi/index.md").is_file()
    assert not (newsroom.root / "stories/2026/con-chu").exists()
    assert newsroom.run("check").code == 0
    other = newsroom.path("mot-giot-mau").read_text("utf-8")
    assert "(../chu-moi/index.md#phan-cuoi)" in other and "../con-chu/" not in other


def test_a_plan_writes_nothing(newsroom):
    before = snapshot(newsroom)
    plan_retraction(newsroom.root, CON_CHU, "Theo yêu cầu", _today())
    renaming.plan_renaming(newsroom.root, "con-chu", "chu-moi")
    assert snapshot(newsroom) == before


def _today():

    return dt.date(2026, 7, 1)
