"""A place as people write it, taken apart."""

import pytest

from guongsang.registers.printed import Around, read_district, read_printed

NAMES = {"Bản Hon", "Khu Đội", "Châu Quế"}


def district(name, kind="huyện"):
    return Around(name, False, f"{kind} {name}")


def province(name):
    return Around(name, True, f"tỉnh {name}")


def untold(name):
    return Around(name, None, name)


def read(as_printed):
    found = next(read_printed(as_printed, NAMES.__contains__), None)
    return found and (found.before, found.type, found.name, found.around)


@pytest.mark.parametrize(
    ("as_printed", "expected"),
    [
        ("xã Mù Cả", ((), "xa", "Mù Cả", ())),
        ("Mù Cả", ((), None, "Mù Cả", ())),
        ("xã Mù Cả, châu Mường Tè", ((), "xa", "Mù Cả", (district("Mường Tè", "châu"),))),
        ("Mù Cả, Mường Tè", ((), None, "Mù Cả", (untold("Mường Tè"),))),
        ("xã Mù Cả (huyện Mường Tè)", ((), "xa", "Mù Cả", (district("Mường Tè"),))),
        ("xã Mù Cả ( Mường Tè )", ((), "xa", "Mù Cả", (untold("Mường Tè"),))),
        ("xã Mù Cả - huyện Mường Tè", ((), "xa", "Mù Cả", (district("Mường Tè"),))),
        ("X. Mù Cả, H.Mường Tè", ((), "xa", "Mù Cả", (district("Mường Tè"),))),
        (
            "P. Tân Phong; TP Lai Châu",
            ((), "phuong", "Tân Phong", (district("Lai Châu", "thành phố"),)),
        ),
        ("tt. Sìn Hồ, T. Lai Châu", ((), "thi-tran", "Sìn Hồ", (province("Lai Châu"),))),
        (
            "bản Ma, xã Nậm Cha, huyện Sìn Hồ, tỉnh Lai Châu",
            (("bản Ma",), "xa", "Nậm Cha", (district("Sìn Hồ"), province("Lai Châu"))),
        ),
        ("Nà Ma, xã Nậm Cha", (("Nà Ma",), "xa", "Nậm Cha", ())),
        # A unit's whole name beats a part of it.
        ("Bản Hon, Tam Đường", ((), None, "Bản Hon", (untold("Tam Đường"),))),
        ("Khu Đội", ((), None, "Khu Đội", ())),
        ("Châu Quế, Văn Bàn", ((), None, "Châu Quế", (untold("Văn Bàn"),))),
        ("bản Hon, Tam Đường", (("bản Hon",), None, "Tam Đường", ())),
        ("Bản Hon, xã Mù Cả", (("Bản Hon",), "xa", "Mù Cả", ())),
        ("xã Bản Hon", ((), "xa", "Bản Hon", ())),
        ("tỉnh Bà Rịa - Vũng Tàu", None),
        ("huyện Sìn Hồ", None),
        ("thôn Đoài", None),
        ("", None),
        (" , (", None),
    ],
)
def test_a_printed_place_is_taken_apart(as_printed, expected):
    assert read(as_printed) == expected


@pytest.mark.parametrize(
    ("as_printed", "expected"),
    [
        ("huyện Sìn Hồ", (district("Sìn Hồ"),)),
        ("bản Ma, Sìn Hồ, tỉnh Lai Châu", (untold("Sìn Hồ"), province("Lai Châu"))),
        ("thôn Đoài", ()),
    ],
)
def test_what_lies_around_a_village(as_printed, expected):
    assert read_district(as_printed) == expected


def test_all_readings_come_in_order():
    readings = read_printed("Nà Ma, Mù Cả, Mường Tè")
    assert [(each.before, each.name) for each in readings] == [
        ((), "Nà Ma"),
        (("Nà Ma",), "Mù Cả"),
        (("Nà Ma", "Mù Cả"), "Mường Tè"),
    ]
