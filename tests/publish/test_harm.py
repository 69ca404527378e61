"""Whatever happens to clocks, caches and folders: the next build ends as a clean one does."""

from __future__ import annotations

import errno
import os
import random
import shutil
from pathlib import Path

import pytest

from guongsang.publish import fingerprint

FAR = (1_000_000_000, 4_000_000_000)  # 2001 and 2096


def cached(newsroom):
    """Return what builds remember, sizes of photos and fonts aside."""
    folder = newsroom.cache / "guongsang"
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in found if path.relative_to(folder).parts[0] not in ("photos", "fonts")]


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scramble(path):
    path.write_bytes(random.Random(path.name).randbytes(path.stat().st_size or 100))


def swap_a_byte(path):
    content = bytearray(path.read_bytes())
    if content:
        content[len(content) // 2] ^= 0x55
    path.write_bytes(bytes(content))


def empty(path):
    path.write_bytes(b"")


def other_values(path):
    path.write_text('{"version": 1, "made_by": null, "files": {"index.html": {}}}')


def lose(path):
    path.unlink()


DAMAGE = [cut, scramble, swap_a_byte, empty, other_values, lose]


@pytest.mark.parametrize("harm", DAMAGE)
def test_a_damaged_cache_is_not_believed(published, harm):
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    found = cached(published)
    assert len(found) >= 2
    for path in found:
        harm(path)
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_one_damaged_file_among_good_ones(published):
    wanted = published.bytes()
    for number, path in enumerate(cached(published)):
        DAMAGE[number % len(DAMAGE)](path)
        published.build()
        assert published.bytes() == wanted, path.name


def test_the_cache_of_another_version_is_not_believed(published, monkeypatch):
    wanted = published.bytes()
    monkeypatch.setattr(fingerprint, "_DISTRIBUTIONS", ("jinja2",))
    fingerprint.package_digest.cache_clear()
    try:
        published.edit("con-chu", "Kết bài", "Đoạn kết")
        published.build()
        published.edit("con-chu", "Đoạn kết", "Kết bài")
    finally:
        monkeypatch.undo()
        fingerprint.package_digest.cache_clear()
    published.build()
    assert published.bytes() == wanted


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("stories/2026/con-chu/index.md", "Kết bài", "Kết bàn"),
        ("stories/2026/mot-giot-mau/danh-sach.pdf", "%PDF-1.4", "%PDF-1.5"),
        ("stories/registers/columns.yml", "Gương sáng", "Gương sánh"),
        ("stories/registers/honorees/ho-giao.yml", "Hồ Giáo", "Hồ Giám"),
        ("docs/gioi-thieu.md", "kiểm thử", "kiểu thử"),
        ("mkdocs.yml", "Gương Thử", "Gươnh Thử"),
    ],
)
def test_other_content_of_the_same_size_and_time_is_noticed(published, name, old, new):
    before = published.bytes()
    path = published.root / name
    stat = path.stat()
    published.edit(name, old, new)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)
    published.build()
    assert published.bytes() != before
    assert published.bytes() == published.clean_bytes()


def test_another_photo_of_the_same_size_and_time_is_noticed(published, draw_photo):
    photo = published.path("con-chu").parent / "them.jpg"
    stat = photo.stat()
    draw_photo(photo.with_name("khac.jpg"), 1280, 800)
    content = photo.with_name("khac.jpg").read_bytes()
    photo.with_name("khac.jpg").unlink()
    photo.write_bytes(content + b"\0" * (stat.st_size - len(content)))
    if photo.stat().st_size != stat.st_size:
        pytest.fail("the drawn photo is larger than the first")
    os.utime(photo, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    published.build()
    assert published.bytes() == published.clean_bytes()


@pytest.mark.parametrize("moment", FAR)
def test_times_of_files_mean_nothing(published, moment):
    wanted = published.bytes()
    for folder in ("stories", "docs", "site"):
        for path in (published.root / folder).rglob("*"):
            os.utime(path, (moment, moment))
    published.build()
    assert published.bytes() == wanted
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    os.utime(published.path("con-chu"), (moment, moment))
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_a_clock_that_goes_back_hides_what_is_not_due(newsroom):
    newsroom.build(now="1785600000")
    assert (newsroom.site / "2026/hen-gio/index.html").is_file()
    newsroom.build()
    assert not (newsroom.site / "2026/hen-gio").exists()
    assert newsroom.bytes() == newsroom.clean_bytes()


def test_a_cache_that_cannot_be_is_said_in_one_line(published):
    before = published.bytes()
    shutil.rmtree(published.cache)
    published.cache.write_text("không phải thư mục")
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    ran = published.run("build")
    assert ran.code == 1
    assert "GS812" in ran.err or "Không ghi được tệp" in ran.err
    assert "Traceback" not in ran.err
    assert published.bytes() == before


def test_a_folder_that_may_not_be_written(published, monkeypatch):
    before = published.bytes()
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    mkdir = Path.mkdir

    def refuse(path, *args, **kwargs):
        if path.name.startswith((".site", ".guongsang")):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        mkdir(path, *args, **kwargs)

    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = published.run("build")
    assert ran.code == 1
    assert "mkdocs.yml:1:1: lỗi GS812 Không ghi được tệp: Read-only file system" in ran.err
    assert published.bytes() == before
    monkeypatch.undo()
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_names_that_differ_in_case_only_are_refused(newsroom):
    """On Windows and macOS both would be one file, and one would silently be lost."""
    newsroom.edit("con-chu", "  - src: them.jpg\n", "  - src: BIA.jpg\n")
    folder = newsroom.path("con-chu").parent
    (folder / "them.jpg").rename(folder / "BIA.jpg")
    ran = newsroom.run("build")
    assert ran.code == 1
    assert "BIA.jpg" in ran.err
    assert not newsroom.site.exists()


def test_addresses_that_differ_in_case_only_are_refused(newsroom):
    newsroom.edit("con-chu", "status: ready\n", "status: ready\naliases: [/Nam/2026/]\n")
    ran = newsroom.run("build")
    assert ran.code == 1
    assert "GS801" in ran.err or "GS805" in ran.err
    assert not newsroom.site.exists()
