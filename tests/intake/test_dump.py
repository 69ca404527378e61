"""Dumps of databases, in the forms in which the tools write them."""

from __future__ import annotations

import datetime as dt
import re
import tracemalloc

import pytest
from tests.intake.old_sites import CATEGORIES, FORMS, OLD, dump, many, wxr

from guongsang.intake.manuscript import UnreadableError
from guongsang.intake.old_sites import dump as dump_module
from guongsang.intake.old_sites.dump import read_rows
from guongsang.intake.old_sites.nukeviet import NukeViet
from guongsang.intake.old_sites.wordpress import WordPress
from guongsang.text.dates import VIETNAM

NOW = dt.datetime(2026, 7, 1, tzinfo=VIETNAM)


@pytest.fixture
def keep(tmp_path):
    def write(content, name="cu.sql"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def posts(path):
    return {each.identity: each for each in NukeViet(path, NOW).posts()}


@pytest.mark.parametrize("chunk", [37, 1 << 20])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_the_same_rows(keep, form, chunk, monkeypatch):
    monkeypatch.setattr(dump_module, "_CHUNK", chunk)
    rows = [row for _, row in read_rows(keep(dump(form)), lambda name: name.endswith("_detail"))]
    assert [row["id"] for row in rows] == [str(each.id) for each in OLD]
    for row, post in zip(rows, OLD, strict=True):
        # NukeViet's own tool takes line ends out of bodies.
        wanted = post.bodyhtml.replace("\n", "") if form == "nukeviet" else post.bodyhtml
        assert row["bodyhtml"] == wanted


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_form_gives_the_same_posts(keep, form, packed):
    found = posts(keep(dump(form, packed=packed), "cu.sql.gz" if packed else "cu.sql"))
    assert sorted(found) == ["12", "13", "7"]
    seven = found["7"]
    assert (seven.title, seven.key) == (OLD[0].title, OLD[0].alias)
    assert seven.lede == OLD[0].hometext
    assert seven.moment.isoformat() == "2016-03-12T06:30:00+07:00"
    assert [each.name for each in seven.categories] == [CATEGORIES[1][1]]
    assert seven.authors == ("Lò Văn Pâng",)
    assert seven.tags == ("nước sạch", "Hua Khắt")
    assert seven.sources == (("Báo Điện Biên Phủ", "https://bao-dien-bien.example/"),)
    assert seven.image == "news/2016_03/pao.jpg"
    assert seven.addresses == ("/news/guong-nguoi-tot/nguoi-ganh-nuoc-len-hua-khat-7.html",)
    assert found["12"].authors == ("Vàng Thị Dợ",)
    assert "😀" in found["12"].body


@pytest.mark.parametrize(
    ("module", "bodies"),
    [
        ("nv3_vi_news", "bodyhtml_1"),
        ("nv4_vi_news", "detail"),
        ("nv5_en_tin_dia_phuong", "detail"),
        ("bao_lai_chau_vi_news", "detail"),
    ],
)
def test_every_version_language_and_prefix(keep, module, bodies):
    found = posts(keep(dump(module=module, bodies=bodies)))
    assert sorted(found) == ["12", "13", "7"]
    assert found["7"].tags == ("nước sạch", "Hua Khắt")


def test_a_site_of_two_languages_says_which(keep):
    both = dump() + dump(module="nv4_en_news")
    addresses = {old for each in NukeViet(keep(both), NOW).posts() for old in each.addresses}
    assert len(addresses) == 6
    assert {old.split("/")[1] for old in addresses} == {"vi", "en"}


def test_names_without_quotes(keep):
    bare = re.sub(r"`(\w+)`", r"\1", dump().decode()).encode()
    assert sorted(posts(keep(bare))) == ["12", "13", "7"]


def test_others_are_counted_by_their_state(keep):
    counted = NukeViet(keep(dump()), NOW).counted
    assert counted.states == {
        "published": 3,
        "draft": 1,
        "scheduled": 1,
        "expired": 1,
        "review": 1,
    }


def test_a_dump_that_is_cut_off_is_told(keep):
    whole = dump()
    at = whole.index(b"INSERT INTO `nv4_vi_news_rows`") + 200
    with pytest.raises(UnreadableError) as error:
        NukeViet(keep(whole[:at]), NOW)
    assert error.value.reason == "dump-cut"
    packed = dump(packed=True)
    with pytest.raises(UnreadableError) as error:
        NukeViet(keep(packed[: len(packed) // 2], "cu.sql.gz"), NOW)
    assert error.value.reason == "dump-cut"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no-dump"),
        (b"hello", "no-dump"),
        (b"CREATE TABLE `a` (\n  `id` int\n);\nINSERT INTO `a` VALUES (1);", "no-posts"),
    ],
)
def test_what_is_no_dump_of_a_newsroom(keep, content, reason):
    with pytest.raises(UnreadableError) as error:
        NukeViet(keep(content), NOW)
    assert error.value.reason == reason


def test_memory_stays_flat(keep):
    path = keep(dump(posts=many(3000)))
    assert path.stat().st_size > 15_000_000
    tracemalloc.start()
    count = sum(1 for _ in NukeViet(path, NOW).posts())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3000
    assert peak < 14_000_000


def test_wordpress(keep):
    site = WordPress(keep(wxr(OLD[:4]), "cu.xml"), NOW)
    assert site.counted.states == {"published": 3, "draft": 1}
    found = {each.identity: each for each in site.posts()}
    seven = found["7"]
    assert seven.title == OLD[0].title
    assert seven.lede == f"<p>{OLD[0].hometext}</p>"
    assert seven.authors == ("Lò Văn Pâng",)
    assert seven.image.endswith("/uploads/2016_03/pao.jpg")
    assert seven.caption == "Ông Páo trên dốc"
    assert seven.addresses == ("/2016/03/nguoi-ganh-nuoc-len-hua-khat/", "/?p=7")
    assert seven.moment.isoformat() == "2016-03-12T13:30:00+07:00"
    categories = [each.key for each in site.list_categories()]
    assert categories == ["guong-nguoi-tot", "giao-duc", "tin-tuc"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "entities"),
        (b"<rss><channel><item>", "damaged"),
        (b"<html><p>a</p></html>", "no-posts"),
    ],
)
def test_what_is_no_export(keep, content, reason):
    with pytest.raises(UnreadableError) as error:
        WordPress(keep(content, "cu.xml"), NOW)
    assert error.value.reason == reason
