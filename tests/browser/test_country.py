"""Newsrooms of three other provinces: what the old names of their communes find, without marks."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from guongsang.registers.placefile import render_places

# Province, where two stories play (unit and printed name), what is typed, which places are found.
NEWSROOMS = {
    "merged": (
        "dien-bien",
        ("muong-nhe", "xã Chung Chải, huyện Mường Nhé"),
        ("sin-thau", "xã Sen Thượng, huyện Mường Nhé"),
        {
            "chung chai": {"Xã Mường Nhé"},
            "xa sen thuong": {"Xã Sín Thầu"},
            "leng su sin": {"Xã Sín Thầu"},  # no story names it
        },
    ),
    "divided": (
        "ha-noi",
        ("giang-vo", "phường Cống Vị, quận Ba Đình"),
        ("ngoc-ha", "phường Cống Vị, quận Ba Đình, TP Hà Nội"),
        {
            "cong vi": {"Phường Giảng Võ", "Phường Ngọc Hà"},
            "phuong lieu giai": {"Phường Ngọc Hà"},
        },
    ),
    "namesakes": (
        "vinh-long",
        ("phu-tuc", "thị trấn Châu Thành, huyện Châu Thành, tỉnh Bến Tre"),
        ("chau-thanh", "thị trấn Châu Thành, huyện Châu Thành, tỉnh Trà Vinh"),
        {"thi tran chau thanh": {"Xã Phú Túc", "Xã Châu Thành"}},
    ),
}


@pytest.fixture(params=NEWSROOMS)
def moved(request, newsroom):
    """The small newsroom in another province, with the register that comes with the program."""
    province, first, second, searches = NEWSROOMS[request.param]
    registers = newsroom.root / "stories/registers"
    (registers / "places.yml").write_text(render_places(province), "utf-8")
    newsroom.edit("stories/registers/newsroom.yml", "province: lai-chau", f"province: {province}")
    honoree = registers / "honorees/ho-giao.yml"
    plain = re.sub(r"places:\n(?: +- .*\n)+", "", honoree.read_text("utf-8"))
    honoree.write_text(plain, "utf-8")
    for story in (newsroom.root / "stories").glob("2*/*/index.md"):
        unit, printed = second if story.parent.name == "nguoi-giu-lua" else first
        place = f"places:\n  - unit: {unit}\n    as_printed: {printed}\n"
        text = re.sub(r"places:\n(?:[ -]+\S.*\n)+", place, story.read_text("utf-8"), count=1)
        story.write_text(text, "utf-8")
    newsroom.build("--strict")
    return newsroom, searches


def test_old_names_find_the_places_of_today(chromium, serve, moved):
    newsroom, searches = moved
    address = f"{serve(newsroom.site)}/"
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    for typed, expected in searches.items():
        page.goto(f"{address}tim-kiem/?q={quote(typed)}")
        page.locator("#so-ket-qua:not(:empty)").wait_for()
        found = page.locator("#ket-qua .entries__name").all_inner_texts()
        assert set(found[: len(expected)]) == expected, typed
    page.close()
