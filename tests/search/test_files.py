"""The files of the search on a built site: whole, no more than the pages say, made by year."""

from __future__ import annotations

import json
from zlib import crc32

import pytest
from tests.search.decoding import decode_shard

from guongsang.search import years
from guongsang.text.fold import fold

CONTENTS = "tim-kiem/muc-luc.json"


def contents(site):
    return json.loads((site / CONTENTS).read_bytes())


def titles(site):
    years = contents(site)["years"]
    return [
        title
        for year in years
        for title in json.loads((site / year["titles"]).read_bytes())["titles"]
    ]


def names(site):
    return json.loads((site / contents(site)["names"]).read_bytes())


def has_term(site, words):
    """Whether any story of any tier has these neighbours, whatever their marks."""
    wanted = crc32(fold(words).encode())
    for tier in contents(site)["tiers"]:
        shards = len(tier["keys"])
        shard = wanted % shards
        data = (site / f"{tier['folder']}{shard}.{tier['keys'][shard]}.bin").read_bytes()
        if any(hash_ == wanted for hash_, _ in decode_shard(data, shard, shards)):
            return True
    return False


def test_every_public_story_and_nothing_else(built):
    assert titles(built.site) == ["Con chữ lên Mù Cả", "Một giọt máu cho bản", "Người giữ lửa"]


def test_what_can_be_found_in_texts(built):
    for words in (
        "mở bài",
        "Thèn Sin",  # as printed
        "sin suối",  # the present unit
        "Hồ Dáo",  # another spelling
        "người dạy",  # a role
        "buổi học",  # a caption
        "xóa mù",  # a tag
        "học sinh",  # somebody without a name
        "danh sách",  # an attachment
    ):
        assert has_term(built.site, words), words


def test_hidden_stories_are_not_in_it(built):
    for words in ("bản thảo", "hẹn giờ", "phải mất", "Thân bài"):
        assert not has_term(built.site, words), words


def test_old_names_stand_with_the_present_unit(built):
    place = next(each for each in names(built.site)["place"] if each[1] == "sin-suoi-ho")
    assert place[0] == "Xã Sin Suối Hồ"
    assert place[4] == ["xã Thèn Sin", "huyện Tam Đường"]


def test_an_edit_makes_only_its_year_again(published):
    before = contents(published.site)
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    published.build()
    after = contents(published.site)
    assert has_term(published.site, "đoạn kết")
    assert after["years"][0] != before["years"][0]
    assert after["years"][1] == before["years"][1]
    assert after["tiers"][0] != before["tiers"][0]
    assert after["tiers"][1] == before["tiers"][1]
    assert published.bytes() == published.clean_bytes()


def test_an_edit_looks_at_the_stories_of_its_year_only(published, monkeypatch):
    looked_at = []
    digest = years._digest_story
    monkeypatch.setattr(
        years, "_digest_story", lambda *args: (looked_at.append(args[0].slug), digest(*args))[1]
    )
    published.edit("nguoi-giu-lua", "Mở bài về bếp lửa.", "Nhà không tắt bếp.")
    published.build()
    assert set(looked_at) == {"nguoi-giu-lua"}
    assert has_term(published.site, "tắt bếp")
    assert published.bytes() == published.clean_bytes()


@pytest.mark.parametrize("what", ["terms", "slots", "rows"])
def test_what_is_lost_of_another_year_is_found_out_again(published, what):
    for path in (published.cache / "guongsang/search").glob(f"2026-*.{what}"):
        path.unlink()
    published.edit("nguoi-giu-lua", "Mở bài về bếp lửa.", "Nhà không tắt bếp.")
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_the_index_is_revised_when_stories_come_change_and_go(published):
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    published.build()
    assert has_term(published.site, "đoạn kết")
    assert published.bytes() == published.clean_bytes()
    published.edit("con-chu", "date: 2026-05-19", "date: 2026-01-02")  # now before others
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_what_a_register_says_is_found_at_once(published):
    published.edit("stories/registers/honorees/ho-giao.yml", "[Hồ Dáo]", "[Hồ Dáo, Già Hồ]")
    published.build()
    assert has_term(published.site, "già hồ")
    assert published.bytes() == published.clean_bytes()


def test_a_damaged_cache_is_made_again(published):
    kept = sorted((published.cache / "guongsang/search").iterdir())
    assert len(kept) == 6  # terms, their slots and rows of two years
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    published.build("--clean")
    assert published.bytes() == published.clean_bytes()


def test_a_file_that_another_process_took_away_is_not_missed(published):
    folder = published.cache / "guongsang/search"
    for what in ("terms", "slots", "rows"):
        (folder / f"2026-gone.{what}").symlink_to(folder / "nowhere")
    published.edit("con-chu", "Kết bài", "Đoạn kết")
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_a_newsroom_can_do_without(newsroom):
    path = newsroom.root / "stories/registers/newsroom.yml"
    path.write_text(path.read_text("utf-8") + "switches: {search: false}\n", "utf-8")
    newsroom.build()
    assert not (newsroom.site / "tim-kiem").exists()
    assert not (newsroom.site / "tai-nguyen/tim-kiem").exists()
    story = (newsroom.site / "2026/con-chu/index.html").read_text("utf-8")
    assert "tim-kiem/" not in story
