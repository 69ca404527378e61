"""A newsroom that is copied, renamed or moved back is judged by its own files, not by a memory of
another place."""

from __future__ import annotations

import shutil
import time

import pytest
from tests.conftest import Newsroom, lend


@pytest.fixture(scope="module")
def _known(built, tmp_path_factory):
    def prepare(made):
        time.sleep(0.06)
        for command in ("build", "check", "photos"):
            assert made.run(command).code == 0

    return lend(built, tmp_path_factory.mktemp("known"), prepare)


@pytest.fixture
def known(_known):
    """A newsroom of which all commands remember what they came to."""
    return _known.borrow()


def copy(newsroom, name="ban-sao"):
    other = newsroom.root.with_name(name)
    shutil.copytree(newsroom.root, other, symlinks=True)  # with times, as `cp -a` does
    return Newsroom(other)


def move(newsroom, name):
    return Newsroom(newsroom.root.rename(newsroom.root.with_name(name)))


def test_a_fault_in_a_copy_is_found(known):
    before = known.bytes()
    other = copy(known)
    shutil.rmtree(other.site)
    other.edit("con-chu", "column: ban-muong", "column: khong-co")
    for command in ("check", "build"):
        ran = other.run(command)
        assert (ran.code, "GS301" in ran.err + ran.out) == (1, True)
    assert not other.site.exists()
    assert known.run("check").code == 0
    assert known.bytes() == before


def test_a_copy_and_its_original_each_publish_their_own(known):
    other = copy(known)
    other.edit("con-chu", "Kết bài", "Kết bài của bản sao")
    known.edit("nguoi-giu-lua", "title: ", "title: Lại ")
    for each in (other, known, other):
        each.build()
        assert each.bytes() == each.clean_bytes()
    assert other.build().out.startswith("Không có gì thay đổi")


def test_pictures_are_those_of_the_copy(known):
    other = copy(known)
    shutil.rmtree(other.site)
    shutil.rmtree(known.root)
    assert other.run("photos").code == 0
    other.build()
    assert other.bytes() == other.clean_bytes()


@pytest.mark.parametrize("options", [(), ("--clean",)], ids=["build", "clean"])
def test_a_renamed_newsroom(known, options):
    renamed = move(known, "tòa soạn mới")
    renamed.build(*options)
    assert renamed.bytes() == renamed.clean_bytes()
    assert renamed.build().out.startswith("Không có gì thay đổi")
    renamed.edit("nguoi-giu-lua", "title: ", "title: Lại ")
    renamed.build(*options)
    assert renamed.bytes() == renamed.clean_bytes()


def test_what_was_published_elsewhere_goes_when_it_is_taken_away_after_moving_back(known):
    away = move(known, "noi-khac")
    shutil.copytree(away.path("con-chu").parent, away.path("con-chu").parent.with_name("moi"))
    away.edit("moi", "part: 1", "part: 7")
    away.edit("moi", "](#phan-cuoi)", "](../con-chu/index.md#phan-cuoi)")
    away.edit("mot-giot-mau", "status: ready", "aliases: [/cu/tin-cu/]\nstatus: ready")
    (away.root / "docs/trang-thu.md").write_text("# Trang thử\n\nMột trang thử.\n", "utf-8")
    (away.root / "docs/tep.txt").write_text("tệp", "utf-8")
    away.build()
    assert {"cu/tin-cu/index.html", "tep.txt", "trang-thu/index.html"} <= away.bytes().keys()
    back = move(away, known.root.name)
    shutil.rmtree(back.path("moi").parent)
    back.edit("mot-giot-mau", "aliases: [/cu/tin-cu/]\n", "")
    (back.root / "docs/trang-thu.md").unlink()
    (back.root / "docs/tep.txt").unlink()
    back.build()
    assert back.bytes() == back.clean_bytes()


@pytest.mark.parametrize("with_site", [True, False], ids=["with site", "cache only"])
def test_what_a_workflow_has_kept_is_good_under_other_times(known, touched, with_site):
    kept = known.root.with_name("kept")
    shutil.copytree(known.root, kept, copy_function=shutil.copyfile)  # every time is another
    shutil.rmtree(known.root)
    kept.rename(known.root)
    if not with_site:
        shutil.rmtree(known.site)
    known.edit("con-chu", "Kết bài", "Đoạn kết")
    time.sleep(0.06)
    known.build()
    assert known.bytes() == known.clean_bytes()
    done = len(touched)
    known.edit("nguoi-giu-lua", "title: ", "title: Lại ")
    time.sleep(0.06)
    known.build()
    assert len(touched) == done + 1
    assert known.bytes() == known.clean_bytes()
