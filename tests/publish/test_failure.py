"""What goes wrong leaves the published site as it was, byte for byte."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from tests.harms import break_reference, break_yaml, cut_photo, lose_photo

from guongsang.publish import transfer
from guongsang.publish.listing import NAME
from guongsang.publish.manifest import load_manifest
from guongsang.publish.transfer import publish


def assert_untouched(newsroom, before, *options, says):
    ran = newsroom.run("build", *options)
    assert ran.code == 1
    assert newsroom.bytes() == before
    assert says in ran.err
    assert ran.err.rstrip().endswith("Không đăng được; mọi trang đang đăng vẫn nguyên vẹn.")
    assert not list(newsroom.root.glob(".site*")), "scratch left behind"
    assert "Traceback" not in ran.err


def break_register(newsroom):
    newsroom.edit("stories/registers/newsroom.yml", "province: lai-chau", "province: lai-cho")
    return "GS320"


def lose_register(newsroom):
    (newsroom.root / "stories/registers/newsroom.yml").unlink()
    return "GS311"


def lose_site_url(newsroom):
    newsroom.edit("mkdocs.yml", "site_url: https://guong.example/\n", "")
    return "site_url"


def lose_docs(newsroom):
    shutil.rmtree(newsroom.root / "docs")
    return "docs"


def break_settings(newsroom):
    newsroom.edit("mkdocs.yml", "theme:\n", "theme: [\n")
    return "mkdocs.yml"


@pytest.mark.parametrize(
    "harm",
    [
        break_reference,
        break_yaml,
        break_register,
        lose_register,
        lose_photo,
        cut_photo,
        lose_site_url,
        lose_docs,
        break_settings,
    ],
)
def test_broken_content_is_not_published(published, harm):
    before = published.bytes()
    says = harm(published)
    assert_untouched(published, before, says=says)


def test_nor_is_it_by_a_clean_build(published):
    before = published.bytes()
    assert_untouched(published, before, "--clean", says=break_reference(published))


def test_a_warning_stops_a_strict_build_only(published):
    before = published.bytes()
    published.edit("con-chu", "Kết bài", "Gọi 0912 345 678, kết bài")
    assert_untouched(published, before, "--strict", says="GS510")
    published.build()
    assert published.bytes() != before


def test_a_broken_link_in_docs_stops_a_strict_build(published):
    before = published.bytes()
    published.edit("docs/gioi-thieu.md", "quyen-rieng-tu.md#du-lieu", "khong-co.md")
    assert_untouched(published, before, "--strict", says="khong-co.md")


def test_a_lost_navigation_entry_stops_a_strict_build(published):
    before = published.bytes()
    published.edit("mkdocs.yml", "/khen-thuong/", "/khen/")
    assert_untouched(published, before, "--strict", says="GS806")


def no_space(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_while_mkdocs_writes(published, monkeypatch):
    before = published.bytes()
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    monkeypatch.setattr("mkdocs.utils.write_file", no_space)
    assert_untouched(published, before, "--clean", says="Không ghi được tệp: ")


def test_a_full_disk_while_mkdocs_copies(published, monkeypatch):
    before = published.bytes()
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    monkeypatch.setattr("mkdocs.utils.copy_file", no_space)
    assert_untouched(published, before, "--clean", says="Không ghi được tệp: ")


def test_a_full_disk_while_photos_are_made(published, monkeypatch):
    before = published.bytes()
    shutil.rmtree(published.cache / "guongsang/photos")
    photo = published.path("con-chu").parent / "bia.jpg"
    photo.write_bytes((published.path("nguoi-giu-lua").parent / "bia.jpg").read_bytes())
    monkeypatch.setattr("guongsang.photos.render.write_cached", no_space)
    assert_untouched(published, before, says="Không ghi được tệp: ")


def test_a_full_disk_at_the_first_rename(published, monkeypatch):
    before = published.bytes()
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    monkeypatch.setattr(Path, "replace", no_space)
    assert_untouched(published, before, says="Không ghi được tệp: ")
    monkeypatch.undo()
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_a_file_that_may_not_be_written(published, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "site/index.html")

    before = published.bytes()
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    monkeypatch.setattr(Path, "replace", refuse)
    assert_untouched(published, before, says="site/index.html")


def test_what_an_earlier_build_left_behind_is_not_published(published):
    scratch = published.root / ".site.guongsang"
    (scratch / "2026").mkdir(parents=True)
    (scratch / "2026/thua.html").write_text("thừa")
    published.edit("con-chu", "Kết bài", "Đoạn kết")  # else there may be nothing to do
    published.build()
    assert published.bytes() == published.clean_bytes()
    assert not scratch.exists()


class Killed(BaseException):
    """The process ends here."""


def edit_much(newsroom):
    """Add, change and remove pages and photos in one go."""
    shutil.rmtree(newsroom.path("nguoi-giu-lua").parent)
    folder = newsroom.path("mot-giot-mau").parent
    folder.rename(folder.with_name("giot-mau"))
    newsroom.edit("con-chu", "../mot-giot-mau/index.md", "../giot-mau/index.md")
    newsroom.edit("con-chu", "title: Con chữ lên Mù Cả", "title: Con chữ")


def kill_at(monkeypatch, number):
    """Let the n-th change of the site be the last thing that happens."""
    count = 0

    def counting(real):
        def step(*args, **kwargs):
            nonlocal count
            count += 1
            if count == number:
                raise Killed
            return real(*args, **kwargs)

        return step

    monkeypatch.setattr(Path, "replace", counting(Path.replace))
    monkeypatch.setattr(Path, "rmdir", counting(Path.rmdir))
    monkeypatch.setattr(transfer, "_remove_all", counting(transfer._remove_all))


@pytest.mark.parametrize("number", [1, 2, 3, 12, 25])
def test_a_build_that_was_killed_is_finished_by_the_next(published, monkeypatch, number):
    edit_much(published)
    with monkeypatch.context() as patch:
        kill_at(patch, number)
        with pytest.raises(Killed):
            published.build()
    for page in published.site.rglob("*.html"):
        assert page.read_text("utf-8").rstrip().endswith("</html>"), "a page cut short"
    published.build()
    assert published.bytes() == published.clean_bytes()


def write_tree(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    for uri, text in files.items():
        path = folder / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def read_tree(folder):
    """Return the files of a site but its own list of them."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != NAME
    }


BEFORE = {"a/index.html": "1", "b/index.html": "1", "b.css": "1", "c": "1", "d/e/f.jpg": "1"}
AFTER = {"a/index.html": "2", "b.css": "3", "c/index.html": "1", "g/h.jpg": "1", "d/e": "1"}


def publish_tree(folder, files):
    """Publish files as a whole build would: all of them staged, none known to be fresh."""
    write_tree(folder / "scratch", files)
    manifest = load_manifest(folder / "cache", folder / "site")
    made_from = dict(files)
    return publish(folder / "scratch", folder / "site", manifest, fresh={}, made_from=made_from)


def test_a_publication_killed_at_any_step_is_finished_by_the_next(tmp_path, monkeypatch):
    for number in range(1, 100):
        folder = tmp_path / str(number)
        publish_tree(folder, BEFORE)
        with monkeypatch.context() as patch:
            kill_at(patch, number)
            try:
                publish_tree(folder, AFTER)
            except Killed:
                pass
            else:
                break
        publish_tree(folder, AFTER)
        assert read_tree(folder / "site") == AFTER, f"killed at step {number}"
        assert publish_tree(folder, AFTER).is_nothing
    assert number > 8
    assert read_tree(folder / "site") == AFTER


def test_files_in_doubt_are_not_trusted(tmp_path, monkeypatch):
    """Killed half-way, the manifest must not call any file fresh that was about to change."""
    publish_tree(tmp_path, BEFORE)
    with monkeypatch.context() as patch:
        kill_at(patch, 3)
        with pytest.raises(Killed):
            publish_tree(tmp_path, AFTER)
    manifest = load_manifest(tmp_path / "cache", tmp_path / "site")
    changing = {uri for uri in {*BEFORE, *AFTER} if BEFORE.get(uri) != AFTER.get(uri)}
    for uri in changing:
        for text in (BEFORE.get(uri), AFTER.get(uri)):
            assert not manifest.is_fresh(tmp_path / "site", uri, text), uri


def test_links_hold_at_every_step_of_a_publication(published, monkeypatch):
    """New files first, then changed ones, removals last: a reader never meets a dead link."""
    edit_much(published)
    order = []
    real = Path.replace

    def watch(source, target):
        name = Path(target).name
        if Path(target).is_relative_to(published.site) and not name.startswith(NAME):
            order.append(("put", Path(target).relative_to(published.site).as_posix()))
        return real(source, target)

    def remove(site_dir, uris):
        order.extend(("remove", uri) for uri in uris)

    old = set(published.bytes())
    monkeypatch.setattr(Path, "replace", watch)
    monkeypatch.setattr(transfer, "_remove_all", remove)
    published.build()
    kinds = [
        "removed" if what == "remove" else "changed" if uri in old else "added"
        for what, uri in order
    ]
    assert kinds == sorted(kinds, key=["added", "changed", "removed"].index)
    assert {"added", "changed", "removed"} == set(kinds)
    added = [uri for (_, uri), kind in zip(order, kinds, strict=True) if kind == "added"]
    assert [uri.endswith(".html") for uri in added] == sorted(
        uri.endswith(".html") for uri in added
    )


def test_a_first_publication_is_one_step(tmp_path, monkeypatch):
    """Without a site there is none or all of it; a folder that waits for files stays the same."""
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda *_: pytest.fail("died here"))
        with pytest.raises(pytest.fail.Exception):
            publish_tree(tmp_path, BEFORE)
    assert not (tmp_path / "site").exists()
    assert publish_tree(tmp_path, BEFORE).added == len(BEFORE)
    assert read_tree(tmp_path / "site") == BEFORE
    assert publish_tree(tmp_path, BEFORE).is_nothing

    shutil.rmtree(tmp_path / "site")
    (tmp_path / "site").mkdir()
    inode = (tmp_path / "site").stat().st_ino
    assert publish_tree(tmp_path, AFTER).added == len(AFTER)
    assert (tmp_path / "site").stat().st_ino == inode
    assert read_tree(tmp_path / "site") == AFTER
