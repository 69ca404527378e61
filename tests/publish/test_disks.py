"""Full disks, disks of their own, files that may not be read: nothing half-way, nothing untrue."""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import subprocess
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest import mock

import pytest

from guongsang.publish.listing import NAME
from guongsang.state.errors import StateError
from guongsang.state.store import Store


@contextmanager
def refusing(is_refused, error):
    """Let every opening of a file fail of which path and mode are refused."""
    real = io.open

    def open_file(file, mode="r", *args, **kwargs):
        if isinstance(file, str | Path) and is_refused(str(file), mode):
            raise OSError(error, os.strerror(error), str(file))
        return real(file, mode, *args, **kwargs)

    with mock.patch.object(io, "open", open_file), mock.patch.object(builtins, "open", open_file):
        yield


def without_store():
    """No room for what is remembered: the file's own program writes it, not Python."""
    return mock.patch.object(Store, "write", side_effect=StateError("database or disk is full"))


def kinds_of_memory(newsroom):
    """Return what the files that a build writes into .cache have in common, one of each kind."""
    seen = set()
    time.sleep(0.06)  # of younger files nothing is kept

    def note(path, mode):
        if "/.cache/guongsang/" in path and set(mode) & set("wax+"):
            name = path.partition("/.cache/guongsang/")[2]
            seen.add(name.partition("/")[0].lstrip(".").partition(".")[0].partition("-")[0])
        return False

    with refusing(note, errno.ENOSPC):
        newsroom.build("--jobs", "1")
    return sorted(seen - {"photos", "fonts"})


def edit_site_name(newsroom):
    newsroom.edit("mkdocs.yml", "Gương Thử", "Gương Khác")


def edit_story(newsroom):
    newsroom.edit("con-chu", "title: Con chữ", "title: Chữ nghĩa")
    newsroom.edit("nguoi-giu-lua", "status: ready", "tags: [thêm một thẻ]\nstatus: ready")


def add_story(newsroom):
    folder = newsroom.path("nguoi-giu-lua").parent
    shutil.copytree(folder, folder.with_name("nguoi-giu-lua-hai"))
    newsroom.edit("nguoi-giu-lua-hai", "title: ", "title: Lại chuyện ")


@pytest.mark.parametrize(
    "edit",
    [
        edit_story,
        *(pytest.param(each, marks=pytest.mark.long) for each in (edit_site_name, add_story)),
    ],
)
def test_a_cache_on_a_full_disk(newsroom, edit):
    """Either nothing is published and that is said, or all of it; the next build is right."""
    kinds = kinds_of_memory(newsroom)
    assert {"published", "search"} <= set(kinds)
    edit(newsroom)
    start = newsroom.root.with_name("start")
    shutil.copytree(newsroom.root, start)
    before, wanted = newsroom.bytes(), newsroom.clean_bytes()
    ends = set()
    for kind in (*kinds, "state"):
        shutil.rmtree(newsroom.root)
        shutil.copytree(start, newsroom.root, symlinks=True)

        def is_full(path, mode, kind=kind):
            own = path.partition("/.cache/guongsang/")[2].lstrip(".").startswith(kind)
            return own and bool(set(mode) & set("wax+"))

        time.sleep(0.02)
        with refusing(is_full, errno.ENOSPC), without_store() if kind == "state" else nullcontext():
            ran = newsroom.run("build")
        ends.add(ran.code)
        if ran.code:
            assert "GS812" in ran.err, kind
            assert newsroom.bytes() == before, kind
        else:
            assert newsroom.bytes() == wanted, kind
        assert newsroom.run("build").code == 0
        assert newsroom.bytes() == wanted, kind
    assert ends == {0, 1}


def test_what_could_not_be_kept_is_told_once(published):
    published.edit("stories/registers/columns.yml", "Gương sáng bản Mường", "Gương bản Mường")
    with without_store():
        ran = published.build("--lang", "en")
    assert "mkdocs.yml:1:1: warning GS830 The site is published" in ran.err
    assert published.bytes() == published.clean_bytes()
    assert "GS830" not in published.build().err


@pytest.fixture
def volume(newsroom):
    """A disk of its own where the site is."""
    newsroom.site.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(newsroom.site)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    yield newsroom
    subprocess.run(["umount", str(newsroom.site)], check=True)


def test_a_site_on_a_disk_of_its_own(volume):
    (volume.site / "lost+found").mkdir()
    volume.build()
    volume.edit("con-chu", "Kết bài", "Đoạn kết")
    volume.build()
    edit_site_name(volume)
    volume.edit("nguoi-giu-lua", "title: ", "title: Lại ")
    volume.build()
    assert volume.bytes() == volume.clean_bytes()
    assert [path.name for path in volume.site.glob(f"{NAME}*")] == [NAME]
    assert (volume.site / "lost+found").is_dir()


def test_files_that_come_from_another_disk_are_never_seen_half(published, monkeypatch):
    """The same where nothing may be mounted: nothing is renamed from one disk to another."""
    real, crossed = Path.replace, []

    def replace(source, target):
        is_inside = [Path(each).is_relative_to(published.site) for each in (source, target)]
        if is_inside == [False, True]:
            crossed.append(str(target))
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(source))
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    for old, new in (("Kết bài", "Đoạn kết"), ("title: Con chữ", "title: Chữ nghĩa")):
        published.edit("con-chu", old, new)
        published.build()
        assert published.bytes() == published.clean_bytes()
    assert len(crossed) == 2
    assert {Path(each).name for each in crossed} == {".guongsang.thu"}


def test_a_site_that_may_not_be_written_gets_nothing(published, monkeypatch):
    """Its sub-folders may be: nothing is put there either."""
    before = published.bytes()
    real = Path.replace

    def replace(source, target):
        if Path(target).parent == published.site:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    add_story(published)
    ran = published.run("build")
    assert (ran.code, "GS812" in ran.err) == (1, True)
    assert published.bytes() == before


@pytest.mark.parametrize(
    "name",
    [
        "mkdocs.yml",
        "stories/registers/columns.yml",
        "stories/registers/newsroom.yml",
        "stories/registers/honorees/ho-giao.yml",
        "stories/2026/con-chu/index.md",
        "stories/2026/con-chu/bia.jpg",
        "stories/2026/mot-giot-mau/danh-sach.pdf",
        "docs/gioi-thieu.md",
    ],
)
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_file_that_may_not_be_read_is_one_line(newsroom, name, command):
    path = str(newsroom.root / name)
    with refusing(lambda each, mode: each == path and "w" not in mode, errno.EACCES):
        ran = newsroom.run(command)
    assert ran.code == 1
    assert Path(name).name in ran.err + ran.out
    assert not newsroom.site.exists()
