"""`guongsang deploy` as a newsroom types it."""

from __future__ import annotations

import shutil

import pytest
from tests.conftest import digests

from guongsang.addresses import LASTING
from guongsang.deploy.state import FOLDER

TO_FOLDER = '[target.chinh]\nto = "../public_html"\n'


@pytest.fixture
def published(published):
    """A newsroom that is built, its place beside it."""
    write_target(published, TO_FOLDER)
    there(published).mkdir()
    return published


def write_target(newsroom, text):
    (newsroom.root / "deploy.toml").write_text(text, "utf-8")


def there(newsroom):
    return newsroom.root.parent / "public_html"


def read(folder):
    """Return digests of what readers get."""
    return {path: digest for path, digest in digests(folder).items() if not is_ours(path)}


def is_ours(path):
    return path.startswith(FOLDER) or path == ".guongsang"


def deploy(newsroom, *options, code=0):
    ran = newsroom.run("deploy", *options)
    assert ran.code == code, ran.err
    return ran


def test_one_sentence_edited_changes_exactly_the_files_that_changed(published):
    ran = deploy(published)
    assert "Đã đăng lên “chinh”" in ran.out and not ran.err
    assert read(there(published)) == read(published.site)
    before = {path: path.stat().st_mtime_ns for path in there(published).rglob("*")}
    was = read(published.site)
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    published.build()
    now = read(published.site)
    changed = {path for path in now if now[path] != was.get(path)}
    assert 0 < len(changed) < 20
    told = deploy(published, "--dry-run").out
    assert {line[2:] for line in told.splitlines() if line[:2] in ("+ ", "~ ")} == changed
    assert read(there(published)) == was
    deploy(published)
    assert read(there(published)) == now
    after = {path: path.stat().st_mtime_ns for path in there(published).rglob("*")}
    touched = {
        path.relative_to(there(published)).as_posix()
        for path in after
        if path.is_file() and after[path] != before.get(path)
    }
    assert {path for path in touched if not is_ours(path)} == changed
    ran = deploy(published)
    assert "đã giống hệt site/" in ran.out


def test_of_a_retracted_story_no_photo_and_no_folder_is_left(published):
    deploy(published)
    assert list(there(published).glob("anh/con-chu/*"))
    published.run("retract", "con-chu", "--reason", "Theo yêu cầu của người được viết")
    published.build()
    deploy(published)
    assert read(there(published)) == read(published.site)
    named = {path.relative_to(there(published)).as_posix() for path in there(published).rglob("*")}
    assert {path for path in named if "con-chu" in path} == {
        "2026/con-chu",
        "2026/con-chu/index.html",
    }


def test_of_an_erased_story_nothing_is_left(published):
    deploy(published)
    story = published.path("nguoi-giu-lua").parent
    slug = story.name
    assert list(there(published).rglob(f"*{slug}*"))
    shutil.rmtree(story)
    published.build()
    deploy(published)
    assert not list(there(published).rglob(f"*{slug}*"))
    assert read(there(published)) == read(published.site)


def test_apache_gets_our_rules_and_keeps_its_own(published):
    write_target(published, TO_FOLDER + 'server = "apache"\n')
    own = "# của nơi cho thuê\r\nAddHandler application/x-httpd-php82 .php\n"
    htaccess = there(published) / ".htaccess"
    htaccess.write_bytes(own.encode())
    assert "~ .htaccess" in deploy(published, "--dry-run").out.splitlines()
    deploy(published)
    first = htaccess.read_bytes().decode()
    assert first.startswith(own.rstrip("\n"))
    assert "ErrorDocument 404" in first and "RedirectMatch" in first
    assert "đã giống hệt" in deploy(published).out
    htaccess.write_bytes(first.encode() + "# thêm về sau\n".encode())
    published.run("retract", "con-chu", "--reason", "Theo yêu cầu của người được viết")
    published.build()
    deploy(published)
    second = htaccess.read_bytes().decode()
    assert second.startswith(own.rstrip("\n")) and second.endswith("# thêm về sau\n")
    assert '410 "^/2026/con' in second and '410 "^/2026/con' not in first
    assert second.count("# BEGIN guongsang") == second.count("# END guongsang") == 1


def test_a_lost_marker_is_one_line_and_nothing_is_written(published):
    write_target(published, TO_FOLDER + 'server = "apache"\n')
    (there(published) / ".htaccess").write_text("# BEGIN guongsang\nErrorDocument 404 /x\n")
    ran = deploy(published, code=1)
    assert ran.err.count("\n") == 1 and "# END guongsang" in ran.err
    assert [path.name for path in there(published).iterdir()] == [".htaccess"]


def test_nginx_is_told_of_only_when_its_settings_change(published):
    write_target(published, TO_FOLDER + 'server = "nginx"\n')
    assert "nginx -s reload" in deploy(published).err
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    published.build()
    assert "nginx" not in deploy(published).err
    published.run("retract", "con-chu", "--reason", "Theo yêu cầu của người được viết")
    published.build()
    assert "nginx -s reload" in deploy(published).err


def test_what_is_to_be_kept_is_left_alone(published):
    write_target(published, TO_FOLDER + 'keep = ["robots.txt", "cgi-bin/"]\n')
    (there(published) / "robots.txt").write_text("của tòa soạn")
    deploy(published)
    assert (there(published) / "robots.txt").read_text("utf-8") == "của tòa soạn"
    assert read(there(published)).keys() == read(published.site).keys()


def test_files_that_are_not_of_the_site_are_not_uploaded(published):
    (published.site / "CNAME").write_text("guong.example")
    (published.site / ".git").mkdir()
    (published.site / ".git/config").write_text("[core]")
    deploy(published)
    assert not {"CNAME", ".git"} & {path.name for path in there(published).iterdir()}


def test_too_many_removals_are_told_with_what_to_type(published):
    deploy(published)
    published.edit(
        "stories/registers/newsroom.yml", "page_size", "switches: {guide: false}\npage_size"
    )
    published.build()
    before = digests(there(published))
    ran = deploy(published, "--max-removed", "3", code=1)
    assert ran.err.count("\n") == 1 and "chưa ghi gì" in ran.err
    assert digests(there(published)) == before
    most = ran.err.split("--max-removed ")[1].strip(" .\n")
    deploy(published, "--max-removed", most)
    assert read(there(published)) == read(published.site)


def test_nothing_is_uploaded_of_a_site_that_is_not_whole(published):
    (published.site / "index.html").unlink()
    assert "chưa xong" in deploy(published, code=1).err
    published.build()
    (doubts,) = [path.with_suffix(".doubts") for path in published.cache.rglob("published-*.bin")]
    doubts.write_bytes(b"")
    assert "chưa xong" in deploy(published, code=1).err
    published.build()
    deploy(published)
    shutil.rmtree(published.site)
    assert "guongsang build" in deploy(published, code=1).err


def test_without_a_memory_the_site_itself_tells_what_it_is(published):
    deploy(published)
    shutil.rmtree(published.cache / "guongsang")
    assert "đã giống hệt" in deploy(published).out


def test_hashed_folders_are_named_as_they_are_published(built):
    tops = {path.name for path in built.site.iterdir()}
    assert {folder.partition("/")[0] for folder in LASTING} <= tops


def test_one_of_several_places_has_to_be_named(published):
    write_target(published, TO_FOLDER + '[target.thu]\nto = "../thu"\n')
    ran = deploy(published, code=2)
    assert "chinh, thu" in ran.err
    ran = deploy(published, "khac", code=2)
    assert "chinh, thu" in ran.err
    deploy(published, "chinh")


SECRET = "mat-khau-that-dai"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "Chưa có deploy.toml"),
        ("", "cần ít nhất một nơi"),
        ("[target.chinh\n", "dòng 1"),
        (f'a = 1\n[target.chinh]\nto = "sftp://a:{SECRET}\n', "dòng 3"),
        ('[target.Chính]\nto = "x"\n', "dòng 1"),
        ('[target.CHINH]\nto = "x"\n', "tên nơi “CHINH”"),
        ("[target.chinh]\n", "to cần"),
        ('[target.chinh]\nto = "gopher://x/y"\n', "to cần"),
        ('[target.chinh]\nto = "sftp:///y"\n', "to cần"),
        ('[target.chinh]\nto = "sftp://x:chin/y"\n', "to cần"),
        ('[target.chinh]\nto = "ftp://a@x/y"\n', "Dùng ftps://"),
        (TO_FOLDER + 'sever = "nginx"\n', "Có phải: server"),
        (TO_FOLDER + 'server = "iis"\n', "apache, nginx"),
        (TO_FOLDER + 'keep = "cgi-bin"\n', "keep cần danh sách"),
        (TO_FOLDER + "host_key = 7\n", "host_key cần chữ"),
        (f'[target.chinh]\nto = "sftp://a:{SECRET}@x/y"\n', "GUONGSANG_DEPLOY_CHINH_PASSWORD"),
        (TO_FOLDER + f'password = "{SECRET}"\n', "GUONGSANG_DEPLOY_CHINH_PASSWORD"),
        (TO_FOLDER + f'secret_access_key = "{SECRET}"\n', "không được có mật khẩu"),
        ('[target.chinh]\nto = "site"\n', "không được nằm trong site/"),
        ('[target.chinh]\nto = "."\n', "không được nằm trong site/"),
        ('[target.chinh]\nto = "../khong-co"\n', "Không có thư mục"),
    ],
)
def test_what_is_wrong_with_the_settings_is_one_line(published, text, told):
    (published.root / "deploy.toml").unlink()
    if text is not None:
        write_target(published, text)
    ran = deploy(published, code=1)
    assert told in ran.err and ran.err.count("\n") == 1
    assert SECRET not in ran.err + ran.out
    english = published.run("deploy", "--lang", "en")
    assert english.code == 1 and SECRET not in english.err
