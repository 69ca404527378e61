"""`guongsang fix` writes the types of printed places; nothing else of the file changes."""

from __future__ import annotations

import pytest

from guongsang.desk.places import spell_places
from guongsang.registers.model import Place
from guongsang.registers.places import PlaceBook

BOOK = PlaceBook(
    {
        "khun-ha": Place(name="Khun Há", type="xa"),
        "cu": Place.model_validate(
            {
                "name": "Bản Giang",
                "type": "xa",
                "district": "Tam Đường",
                "until": "2025-06-30",
                "became": ["khun-ha"],
            }
        ),
    }
)
FULL = "xã Bản Giang, huyện Tam Đường"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "places:\n  - unit: khun-ha\n    as_printed: Bản Giang, Tam Đường  # cũ\ntags: [a]\n",
            f"places:\n  - unit: khun-ha\n    as_printed: {FULL}  # cũ\ntags: [a]\n",
        ),
        (
            "places: [{unit: khun-ha, as_printed: Bản Giang (Tam Đường)}]\n",
            f'places: [{{unit: khun-ha, as_printed: "{FULL}"}}]\n',
        ),
        (
            "places:\n- as_printed: 'Bản Giang, Tam Đường'\n  unit: khun-ha\n"
            '- as_printed: "xã Bản Giang (Tam Đường)"\n  unit: khun-ha\n',
            f"places:\n- as_printed: '{FULL}'\n  unit: khun-ha\n"
            f'- as_printed: "{FULL}"\n  unit: khun-ha\n',
        ),
    ],
)
def test_a_printed_place_is_spelt_out(before, after):
    assert spell_places(before, BOOK) == after
    assert spell_places(after, BOOK) == after


@pytest.mark.parametrize(
    "text",
    [
        "places:\n  - unit: khun-ha\n    as_printed: >\n      Bản Giang, Tam Đường\n",
        "places:\n  - unit: khun-ha\n    as_printed: Bản Giang,\n      Tam Đường\n",
        "places:\n  - unit: khun-ha\n    as_printed: Bản Giang, Tam Đường\ntitle: A: B\n",
        "places:\n  - unit: khac\n    as_printed: Bản Giang, Tam Đường\n",
        "places: Bản Giang, Tam Đường\n",
        "places: [Bản Giang, null, {unit: 1, as_printed: 2}, {as_printed: Bản Giang}]\n",
        "- places\n",
        "",
    ],
)
def test_what_is_in_doubt_stays(text):
    assert spell_places(text, BOOK) == text


def test_fix_mends_stories_and_people(newsroom):
    newsroom.edit("con-chu", "  - unit: mu-ca\n", "  - unit: mu-ca\n    as_printed: Mù Cả\n")
    person = newsroom.root / "stories/registers/honorees/to-hien-mau.yml"
    with person.open("a", encoding="utf-8") as file:
        file.write("places:\n  - unit: mu-ca\n    as_printed: X. Mù Cả\n")
    ran = newsroom.run("fix", "--dry-run")
    assert ran.out.count("+    as_printed: xã Mù Cả\n") == 2
    ran = newsroom.run("fix")
    assert "con-chu/index.md: ghi rõ xã, huyện, tỉnh ở as_printed" in ran.out
    assert "as_printed: xã Mù Cả\n" in newsroom.path("con-chu").read_text("utf-8")
    assert "as_printed: xã Mù Cả\n" in person.read_text("utf-8")
    assert newsroom.run("fix").out.startswith("Không có gì phải sửa")
