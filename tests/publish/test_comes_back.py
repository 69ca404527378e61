"""What is no longer wanted goes, whatever became of the folder or of what is remembered of it."""

from __future__ import annotations

import random
import shutil

import pytest
from tests.conftest import lend

from guongsang.publish.listing import NAME


def add_more(newsroom):
    """Publish what builds knew nothing of by its address alone."""
    newsroom.edit("nguoi-giu-lua", "status: ready", "aliases: [/cu/bai-lan/]\nstatus: ready")
    (newsroom.root / "docs/trang-thu.md").write_text("# Trang thử\n\nThử.\n", "utf-8")
    (newsroom.root / "docs/phu-luc").mkdir()
    (newsroom.root / "docs/phu-luc/tep.txt").write_text("tệp", "utf-8")
    newsroom.build()
    assert {"cu/bai-lan/index.html", "trang-thu/index.html", "phu-luc/tep.txt"} <= set(
        newsroom.bytes()
    )


def take_away(newsroom):
    newsroom.edit("nguoi-giu-lua", "aliases: [/cu/bai-lan/]\n", "")
    (newsroom.root / "docs/trang-thu.md").unlink()
    shutil.rmtree(newsroom.root / "docs/phu-luc")
    shutil.rmtree(newsroom.path("hen-gio").parent)


def put_foreign_files(site):
    """Put files that are not ours where a web master puts them."""
    (site / ".well-known/acme-challenge").mkdir(parents=True)
    found = (".htaccess", "google1234.html", ".well-known/acme-challenge/a", "anh/cua-toi.jpg")
    for name in found:
        (site / name).write_text("của người khác")
    return set(found)


def be_clean(newsroom, foreign=frozenset()):
    found = newsroom.bytes()
    for name in foreign:
        found.pop(name)
    assert found == newsroom.clean_bytes()


@pytest.fixture(scope="module")
def _grown(built, tmp_path_factory):
    def prepare(made):
        made.build()
        add_more(made)

    return lend(built, tmp_path_factory.mktemp("grown"), prepare)


@pytest.fixture
def grown(_grown):
    return _grown.borrow()


@pytest.mark.parametrize(
    "options", [(), pytest.param(("--clean",), marks=pytest.mark.long)], ids=["build", "clean"]
)
@pytest.mark.parametrize("is_whole", [True, False], ids=["replaced", "copied over"])
def test_an_older_copy_of_the_site_is_put_back(grown, tmp_path, options, is_whole):
    copy = tmp_path / "cu"
    shutil.copytree(grown.site, copy)
    take_away(grown)
    grown.build()
    be_clean(grown)
    if is_whole:
        shutil.rmtree(grown.site)
    shutil.copytree(copy, grown.site, dirs_exist_ok=True)
    assert "Không có gì thay đổi" not in grown.build(*options).out
    be_clean(grown)
    assert grown.build().out.startswith("Không có gì thay đổi")


def test_a_newer_copy_is_put_back_over_an_undone_edit(published, tmp_path):
    """A copy of tomorrow: what the memory of today never knew."""
    shutil.copytree(published.cache, tmp_path / "cache")
    add_more(published)
    take_away(published)
    shutil.rmtree(published.cache)
    shutil.copytree(tmp_path / "cache", published.cache)
    published.build()
    be_clean(published)


def lose(newsroom):
    newsroom.forget()


def cut(newsroom):
    for path in newsroom.cache.glob("guongsang/*.bin"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def empty(newsroom):
    for path in newsroom.cache.glob("guongsang/*.bin"):
        path.write_bytes(b"")


def scramble(newsroom):
    for path in newsroom.cache.glob("guongsang/*.bin"):
        path.write_bytes(random.Random(path.name).randbytes(500))


@pytest.mark.parametrize("harm", [lose, cut, empty, scramble])
def test_what_goes_together_with_the_memory_of_it(grown, harm):
    foreign = put_foreign_files(grown.site)
    take_away(grown)
    harm(grown)
    grown.build()
    be_clean(grown, foreign)


def test_a_folder_that_says_nothing_is_known_by_its_tops(grown):
    (grown.site / NAME).unlink()
    foreign = put_foreign_files(grown.site) - {"anh/cua-toi.jpg"}
    shutil.rmtree(grown.path("hen-gio").parent)
    grown.forget()
    grown.build()
    be_clean(grown, foreign)


@pytest.mark.parametrize("content", [b"", b"guongsang 1 a 3\nabc", b"\xff" * 99])
def test_a_folder_whose_list_is_damaged_is_listed_again(grown, content):
    (grown.site / NAME).write_bytes(content)
    take_away(grown)
    grown.build()
    be_clean(grown)
