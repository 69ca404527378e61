"""Symbolic links: what lies outside is not read, not published, and not written, by no way."""

from __future__ import annotations

import re
import shutil
import sys

import pytest

from guongsang.preview.serve import build_preview
from guongsang.preview.state import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links of Unix")

SECRET = "khoa-rieng-cua-may"
FRONT = "---\ntitle: Ngoài\n---\n"
# Where a link stands, and what it leads to: a file or a folder outside.
OUT = {
    "attachment": ("stories/2026/mot-giot-mau/danh-sach.pdf", "mat.txt"),
    "recording": ("stories/2026/mot-giot-mau/loi-ke.m4a", "mat.txt"),
    "cover": ("stories/2026/con-chu/bia.jpg", "anh.jpg"),
    "photo": ("stories/2026/con-chu/lop-hoc.jpg", "anh.jpg"),
    "unused file": ("stories/2026/con-chu/thua.txt", "mat.txt"),
    "text": ("stories/2026/con-chu/index.md", "bai/index.md"),
    "folder beside a text": ("stories/2026/con-chu/anh", "bai"),
    "story": ("stories/2026/moi", "bai"),
    "year": ("stories/2024", "nam"),
    "stories": ("stories", "moi-bai"),
    "register": ("stories/registers/awards.yml", "so.yml"),
    "honoree": ("stories/registers/honorees/mat.yml", "so.yml"),
    "honorees": ("stories/registers/honorees", "nam"),
    "registers": ("stories/registers", "nam"),
    "newsroom": ("stories/registers/newsroom.yml", "so.yml"),
    "page": ("docs/mat.md", "trang.md"),
    "folder of pages": ("docs/mat", "nam"),
    "docs": ("docs", "nam"),
    "file beside pages": ("docs/tep.txt", "mat.txt"),
    "template": ("overrides/main.html", "mat.txt"),
    "file of the theme": ("overrides/tep/mat.txt", "mat.txt"),
    "theme": ("overrides", "nam"),
}


@pytest.fixture
def outside(tmp_path, draw_photo):
    """A folder beside the newsroom, with something to hide in every kind of file."""
    folder = tmp_path / "ngoai"
    for name in ("mat.txt", "so.yml", "trang.md", "bai/index.md", "nam/bai/index.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{FRONT}{SECRET}\n", "utf-8")
    draw_photo(folder / "anh.jpg")
    (folder / "moi-bai").mkdir()
    return folder


@pytest.fixture
def link_to(newsroom, monkeypatch):
    """Put a link in the place of what stands there, its folder if need be."""
    monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", -(10**12))
    newsroom.edit("mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: overrides\n")
    (newsroom.root / "overrides").mkdir()

    def link(name, target):
        path = newsroom.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return link


def told(ran, rule="GS818"):
    return re.findall(rf"^(\S+):1:1: (?:lỗi|cảnh báo) {rule} ", ran.out + ran.err, re.M)


def texts(folder):
    return [path for path in folder.rglob("*") if path.is_file() and SECRET in read(path)]


def read(path):
    return path.read_bytes().decode("utf-8", errors="replace")


# Below one of these the others would not be looked for.
ALONE = ("text", "stories", "honorees", "registers", "newsroom", "docs", "theme")


def test_every_link_that_leads_out_is_told_as_an_error(newsroom, outside, link_to):
    links = [link for key, link in OUT.items() if key not in ALONE]
    for name, target in links:
        link_to(name, outside / target)
    for command in ("check", "build"):
        ran = newsroom.run(command)
        found = re.findall(r"^(\S+):1:1: lỗi GS818 ", ran.out + ran.err, re.M)
        assert (ran.code, sorted(found)) == (1, sorted(name for name, _ in links)), command
    assert not newsroom.site.exists()
    assert texts(newsroom.cache) == []


@pytest.mark.parametrize(
    ("name", "target"),
    [
        pytest.param(*link, id=key, marks=[] if key in ALONE else [pytest.mark.long])
        for key, link in OUT.items()
    ],
)
def test_nothing_that_a_link_leads_out_to_is_published(newsroom, outside, link_to, name, target):
    link_to(name, outside / target)
    checked = newsroom.run("check")
    assert (checked.code, told(checked)) == (1, [name])
    built = newsroom.run("build")
    assert (built.code, told(built)) == (1, [name])
    assert not newsroom.site.exists()
    assert texts(newsroom.cache) == []


@pytest.mark.parametrize("name", ["attachment", "story", "honoree", "folder of pages", "theme"])
def test_it_is_told_after_a_build_too_and_the_site_stays(newsroom, outside, link_to, name):
    """Neither what was checked nor what was built before hides a link that came since."""
    newsroom.build()
    assert newsroom.run("check").code == newsroom.run("check").code == 0
    before = newsroom.bytes()
    path, target = OUT[name]
    link_to(path, outside / target)
    for command in ("check", "build", "check", "build"):
        ran = newsroom.run(command)
        assert (ran.code, told(ran)) == (1, [path]), command
    assert newsroom.bytes() == before


@pytest.mark.parametrize("name", ["stories", "docs", "stories/registers", "stories/2026/con-chu"])
def test_a_folder_that_moves_out_behind_a_link(published, outside, monkeypatch, name):
    """Its files are the same ones, with the same times."""
    monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", -(10**12))
    assert published.run("check").code == 0
    (published.root / name).rename(outside / "moved")
    (published.root / name).symlink_to(outside / "moved")
    for command in ("check", "build"):
        ran = published.run(command)
        assert (ran.code, told(ran)) == (1, [name]), command


def test_a_touch_up_takes_no_link_along(published, outside, monkeypatch):
    monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", -(10**12))
    before = published.bytes()
    path = published.path("mot-giot-mau").with_name("danh-sach.pdf")
    path.unlink()
    path.symlink_to(outside / "mat.txt")
    published.edit("con-chu", "Kết bài", "Hết bài")
    ran = published.run("build")
    assert (ran.code, told(ran)) == (1, ["stories/2026/mot-giot-mau/danh-sach.pdf"])
    assert published.bytes() == before


@pytest.mark.parametrize("name", ["attachment", "cover", "text", "page", "honoree"])
def test_a_preview_shows_nothing_of_it(newsroom, outside, link_to, monkeypatch, name):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782864000")
    path, target = OUT[name]
    link_to(path, outside / target)
    folder = newsroom.cache / "guongsang/preview"
    built = build_preview(newsroom.root / "mkdocs.yml", folder, Stage(), lang="vi")
    assert "GS818" in {found.rule for found in built.showing.problems}
    assert not folder.exists() or texts(folder) == []
    assert name != "cover" or not list(folder.glob("anh/con-chu/*"))


IN = {
    "attachment": ("stories/2026/mot-giot-mau/danh-sach.pdf", "../../../chung/in.pdf"),
    "page": ("docs/lai.md", "gioi-thieu.md"),
    "honoree": ("stories/registers/honorees/ho-khac.yml", "ho-giao.yml"),
    "folder of pages": ("docs/chung", "../chung"),
}


@pytest.mark.parametrize(("name", "target"), IN.values(), ids=IN.keys())
def test_a_link_that_stays_inside_is_told_and_followed(newsroom, link_to, name, target):
    (newsroom.root / "chung").mkdir()
    (newsroom.root / "chung/so-tay.md").write_text("# Sổ tay\n", "utf-8")
    (newsroom.root / "chung/in.pdf").write_bytes(b"%PDF-1.4\n")
    link_to(name, target)
    ran = newsroom.run("check")
    assert (ran.code, told(ran, "GS819")) == (0, [name])
    assert told(newsroom.build(), "GS819") == [name]
    assert (newsroom.site / "chung/so-tay/index.html").exists() == (name == "docs/chung")


AROUND = {
    "hidden": {"docs/cau-hinh.txt": "../.git/config"},
    "itself": {"docs/vong": "."},
    "each other": {"docs/a/vong": "../b", "docs/b/vong": "../a"},
    "folder above": {"stories/2026/con-chu/vong": "../../.."},
    "nowhere outside": {"docs/trong.md": "../../khong-co.md"},
}


@pytest.mark.parametrize("links", AROUND.values(), ids=AROUND.keys())
def test_hidden_folders_and_loops_are_outside(newsroom, links):
    (newsroom.root / ".git").mkdir()
    (newsroom.root / ".git/config").write_text("[http] extraheader = AUTHORIZATION", "utf-8")
    for name, target in links.items():
        path = newsroom.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
    for command in ("check", "build"):
        ran = newsroom.run(command)
        assert ran.code == 1
        places = [*told(ran), *told(ran, "GS826")]  # what loops inside docs/ is there without links
        assert {path.split("/")[0] for path in places} == {name.split("/")[0] for name in links}


def test_pages_that_lead_nowhere_are_told(newsroom):
    (newsroom.root / "docs/mat.md").symlink_to("khong-co.md")
    for command in ("check", "build"):
        ran = newsroom.run(command)
        assert (ran.code, told(ran, "GS824")) == (1, ["docs/mat.md"])


def test_commands_that_mend_write_nothing_outside(newsroom, outside, draw_photo):
    for name in ("so.yml", "so.txt"):
        (outside / name).write_bytes(b"a: b   \r\n")
    draw_photo(outside / "to.jpg", 4000, 3000)
    (newsroom.root / "stories/registers/addresses.txt").unlink()
    links = {
        "stories/registers/honorees/mat.yml": "so.yml",
        "stories/registers/addresses.txt": "so.txt",
        "stories/2026/con-chu/to.jpg": "to.jpg",
    }
    for name, target in links.items():
        (newsroom.root / name).symlink_to(outside / target)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    newsroom.run("fix")
    newsroom.run("photos", "--shrink")
    assert told(newsroom.run("erase", "nguoi-giu-lua")) != []
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before
    assert all((newsroom.root / name).is_symlink() for name in links)


def test_a_newsroom_that_is_reached_through_a_link(newsroom, tmp_path):
    """Its own files are inside all the same."""
    way = tmp_path / "loi-tat"
    way.symlink_to(newsroom.root)
    assert told(type(newsroom)(way).run("check")) == []
    assert type(newsroom)(way).run("build").code == 0


def test_settings_that_name_a_folder_elsewhere(newsroom):
    shutil.move(newsroom.root / "docs", newsroom.root.parent / "docs")
    newsroom.edit("mkdocs.yml", "docs_dir: docs", "docs_dir: ../docs")
    assert told(newsroom.run("check")) == ["mkdocs.yml"]
    assert newsroom.run("build").code == 1
