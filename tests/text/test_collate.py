"""Vietnamese order, by lists that must come out as they stand."""

import random

import pytest

from guongsang.text.collate import collation_key, person_collation_key

IN_ORDER = [
    list("aăâbcdđeêghiklmnoôơpqrstuưvxy"),
    ["ma", "mà", "mả", "mã", "má", "mạ", "mả a"],
    ["Bản 2", "Bản 10", "Bản Giang", "Bản Hon"],
    ["An Bình", "Anh", "Ăn", "Ấn"],
    ["Dào San", "Đào San", "Ê Đê"],
    ["2 anh em", "Ba anh em"],
    ["Mù Cả", "Mường Tè", "Mường Than"],
    ["Nậm Cha", "Nậm Chà", "Nậm Tăm"],
]


@pytest.mark.parametrize("ordered", IN_ORDER, ids=lambda ordered: ordered[0])
def test_order(ordered):
    mixed = random.Random(7).sample(ordered, len(ordered))
    assert sorted(mixed, key=collation_key) == ordered


def test_case_and_punctuation_do_not_count():
    assert collation_key("“Mường-Tè”")[:2] == collation_key("mường tè")[:2]


def test_tone_placement_does_not_count():
    assert collation_key("hoà")[:2] == collation_key("hòa")[:2]


def test_people_stand_by_given_name():
    people = ["Lò Văn An", "Giàng A Dơ", "Vàng Thị Đào", "Lò Thị Hoa", "Vàng A Hoa", "Lò Văn Hòa"]
    assert sorted({*people}, key=person_collation_key) == people


def test_sort_name_overrides():
    key = person_collation_key("Đội văn nghệ bản Vàng Pheo", "Vàng Pheo")
    assert key == person_collation_key("Pheo Vàng")
