"""A build writes what changed and nothing else, and ends as a clean build would."""

from __future__ import annotations

import shutil

import pytest

from guongsang.publish.listing import NAME


def stamps(site):
    return {
        path.relative_to(site).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in site.rglob("*")
        if path.is_file()
    }


def changed(before, after):
    """Return what differs, but for the files of the search and the site's list of its files, which
    have tests of their own."""
    uris = {uri for uri in {*before, *after} if before.get(uri) != after.get(uri)}
    return {uri for uri in uris if "tim-kiem/" not in uri and uri != NAME}


def test_a_second_build_writes_nothing(published):
    before = stamps(published.site)
    ran = published.build()
    assert stamps(published.site) == before
    assert ran.out.startswith("Không có gì thay đổi: 3 bài, ")


def test_a_clean_build_of_the_same_rewrites_no_file(published):
    before = stamps(published.site)
    published.build("--clean")
    assert stamps(published.site) == before


def test_the_first_build_says_what_it_made(newsroom):
    ran = newsroom.build("--lang", "en")
    files = len(newsroom.bytes().keys() - {NAME})
    assert ran.out.startswith("Built 3 stories, ")
    assert ran.out.rstrip().endswith(f"files added {files}, changed 0, removed 0.")
    assert ran.err == ""


def naming(site, text):
    """Return the pages and feeds that show a text."""
    texts = (path for path in site.rglob("*") if path.suffix in (".html", ".xml", ".json"))
    uris = {path.relative_to(site).as_posix() for path in texts if text in path.read_text("utf-8")}
    return {uri for uri in uris if "tim-kiem/" not in uri}


def test_a_word_in_a_story_changes_its_page_and_feeds_only(published):
    before = stamps(published.site)
    published.edit("nguoi-giu-lua", "Mở bài về bếp lửa.", "Mở bài về bếp lửa đỏ.")
    published.build()
    touched = changed(before, stamps(published.site))
    assert touched == naming(published.site, "Mở bài về bếp lửa đỏ.")
    assert {uri for uri in touched if uri.endswith(".html")} == {"2025/nguoi-giu-lua/index.html"}
    assert published.bytes() == published.clean_bytes()


def test_a_new_title_changes_what_shows_it(published):
    before = published.bytes()
    published.edit("nguoi-giu-lua", "title: Người giữ lửa", "title: Người giữ bếp")
    published.build()
    after = published.bytes()
    cards = {uri for uri in {*before, *after} if uri.startswith("the/nguoi-giu-lua-")}
    assert len(cards) == 2  # the old one is gone
    assert changed(before, after) == cards | naming(published.site, "Người giữ bếp")
    assert "linh-vuc/y-te/index.html" not in changed(before, after)
    assert after == published.clean_bytes()


def test_another_place_name_changes_what_shows_it(published):
    published.edit("stories/registers/places.yml", "name: Mù Cả", "name: Mù Cả Mới")
    published.build()
    assert published.bytes() == published.clean_bytes()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("mkdocs.yml", "guong.example/", "guong.example/duoi/"),
        ("stories/registers/newsroom.yml", "page_size: 2", "page_size: 1"),
        *(
            pytest.param(*each, marks=pytest.mark.long)
            for each in (
                ("mkdocs.yml", "site_name: Gương Thử", "site_name: Gương Khác"),
                ("mkdocs.yml", "  - Khen thưởng: /khen-thuong/\n", ""),
                ("stories/registers/newsroom.yml", "ban-doc@guong", "hoi-dap@guong"),
            )
        ),
        ("docs/gioi-thieu.md", "Không phải tòa soạn thật.", "Chỉ để thử."),
    ],
)
def test_any_setting_changed_ends_as_a_clean_build(published, name, old, new):
    published.edit(name, old, new)
    published.build()
    assert published.bytes() == published.clean_bytes()


def lose_cache(newsroom):
    shutil.rmtree(newsroom.cache)


def damage_manifest(newsroom):
    (manifest,) = newsroom.cache.glob("guongsang/published-*.bin")
    manifest.write_bytes(manifest.read_bytes()[:-40])


def lie_in_manifest(newsroom):
    (manifest,) = newsroom.cache.glob("guongsang/published-*.bin")
    data = manifest.read_bytes()
    at = data.index(b"index.html")
    manifest.write_bytes(data[:at] + b"INDEX" + data[at + 5 :])


def manifest_of_another_kind(newsroom):
    (manifest,) = newsroom.cache.glob("guongsang/published-*.bin")
    manifest.write_text("[]")


def damage_photo_memory(newsroom):
    (newsroom.cache / "guongsang/photo-facts.json").write_text('{"made_by": 3')


def lose_photos(newsroom):
    shutil.rmtree(newsroom.cache / "guongsang/photos")


def lose_a_page(newsroom):
    (newsroom.site / "2026/con-chu/index.html").unlink()


def lose_a_folder(newsroom):
    shutil.rmtree(newsroom.site / "2026")


def alter_a_page(newsroom):
    (newsroom.site / "index.html").write_text("đã sửa tay")


def alter_a_photo(newsroom):
    next((newsroom.site / "anh/con-chu").iterdir()).write_bytes(b"")


def touch_a_page(newsroom):
    (newsroom.site / "index.html").touch()


def put_a_folder_in_the_way(newsroom):
    page = newsroom.site / "index.html"
    page.unlink()
    page.mkdir()
    (page / "x").write_text("x")


def put_a_file_in_the_way(newsroom):
    shutil.rmtree(newsroom.site / "nam")
    (newsroom.site / "nam").write_text("x")


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lose_cache, marks=pytest.mark.long),  # with all pictures
        damage_manifest,
        lie_in_manifest,
        manifest_of_another_kind,
        damage_photo_memory,
        lose_photos,
        lose_a_page,
        lose_a_folder,
        alter_a_page,
        alter_a_photo,
        touch_a_page,
        put_a_folder_in_the_way,
        put_a_file_in_the_way,
    ],
)
def test_after_any_harm_the_next_build_mends_the_site(published, built, harm):
    harm(published)
    published.build()
    assert published.bytes() == built.bytes()
    before = stamps(published.site)
    published.build()
    assert stamps(published.site) == before


def test_what_was_deleted_while_the_cache_was_lost_goes_too(published):
    published.forget()
    shutil.rmtree(published.path("nguoi-giu-lua").parent)
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_a_deleted_story_takes_its_pages_and_photos_along(published):
    shutil.rmtree(published.path("nguoi-giu-lua").parent)
    published.build()
    left = published.bytes()
    assert [uri for uri in left if "nguoi-giu-lua" in uri or "2025" in uri] == []
    assert not (published.site / "2025").exists()
    assert not (published.site / "anh/nguoi-giu-lua").exists()
    assert left == published.clean_bytes()


def test_a_renamed_story_moves(published):
    folder = published.path("nguoi-giu-lua").parent
    folder.rename(folder.with_name("giu-lua"))
    published.build()
    assert published.bytes() == published.clean_bytes()


FOREIGN = [".git/HEAD", ".well-known/acme", ".nojekyll", "CNAME", "google123.html", "cu/index.html"]


def test_entries_that_are_not_ours_stay(published):
    for name in FOREIGN:
        path = published.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("của người khác")
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    published.build()
    published.forget()
    published.build("--clean")
    for name in FOREIGN:
        assert (published.site / name).read_text() == "của người khác", name


def test_a_folder_of_somebody_else_is_refused(newsroom):
    newsroom.site.mkdir()
    (newsroom.site / "luan-van.docx").write_text("quý")
    ran = newsroom.run("build")
    assert ran.code == 1
    assert "luan-van.docx" in ran.err
    assert list(newsroom.bytes()) == ["luan-van.docx"]


def test_another_folder_gets_the_same_site(newsroom, tmp_path, built):
    newsroom.build("--site-dir", str(tmp_path / "noi-khac"))
    elsewhere = {path.name for path in (tmp_path / "noi-khac").iterdir()}
    assert elsewhere == {path.name for path in built.site.iterdir()}
    assert not newsroom.site.exists()


def test_a_story_due_later_appears_when_its_time_has_come(published):
    assert not (published.site / "2026/hen-gio").exists()
    published.build(now="1785600000")  # 2026-08-01 23:00 in Vietnam
    assert (published.site / "2026/hen-gio/index.html").is_file()
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_a_sequence_of_edits_ends_as_a_clean_build(published):
    published.edit("docs/gioi-thieu.md", "/2026/con-chu/#phan-cuoi", "/2026/mot-giot-mau/")
    published.edit("con-chu", "status: ready", "status: draft")
    published.edit("mot-giot-mau", "follows: con-chu\n", "")
    published.edit("mot-giot-mau", ", tiếp [bài trước](/2026/con-chu/#phan-cuoi)", "")
    published.build()
    published.edit("con-chu", "status: draft", "status: ready")
    published.edit("stories/registers/columns.yml", "Gương sáng bản Mường", "Bản Mường")
    published.build()
    published.edit("con-chu", '  - src: them.jpg\n    alt: ""\n', "")
    (published.path("con-chu").parent / "them.jpg").unlink()
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_two_builds_in_two_folders_are_the_same(published, built):
    assert published.bytes() == built.bytes()
