"""Places through the reform of 2025."""

import pytest

from guongsang.registers.model import Place
from guongsang.registers.places import PlaceBook, PrintedPlace, parse_printed

PLACES = {
    key: Place.model_validate(record)
    for key, record in {
        "lai-chau": {"name": "Lai Châu", "type": "tinh"},
        "mu-ca": {"name": "Mù Cả", "type": "xa", "province": "lai-chau"},
        "nam-tam": {"name": "Nậm Tăm", "type": "xa", "province": "lai-chau"},
        "nam-cha-sin-ho": {
            "name": "Nậm Cha",
            "type": "xa",
            "district": "Sìn Hồ",
            "province": "lai-chau",
            "until": "2025-06-30",
            "became": ["nam-tam"],
        },
        "vong-1": {"name": "Vòng", "type": "xa", "until": "2025-06-30", "became": ["vong-2"]},
        "vong-2": {"name": "Vòng", "type": "xa", "until": "2025-06-30", "became": ["vong-1"]},
    }.items()
}
BOOK = PlaceBook(PLACES)


@pytest.mark.parametrize(
    ("as_printed", "expected"),
    [
        ("xã Mù Cả", PrintedPlace("Mù Cả", "xa", None, None)),
        ("Mù Cả", PrintedPlace("Mù Cả", None, None, None)),
        ("xã Mù Cả, châu Mường Tè", PrintedPlace("Mù Cả", "xa", "Mường Tè", None)),
        (
            "bản Ma, xã Nậm Cha, huyện Sìn Hồ, tỉnh Lai Châu",
            PrintedPlace("Nậm Cha", "xa", "Sìn Hồ", "Lai Châu"),
        ),
        ("", PrintedPlace("", None, None, None)),
        (" , ", PrintedPlace("", None, None, None)),
    ],
)
def test_a_printed_place_is_taken_apart(as_printed, expected):
    assert parse_printed(as_printed) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("mu-ca", ("mu-ca",)),
        ("nam-cha-sin-ho", ("nam-tam",)),
        ("vong-1", ()),
        ("none", ()),
    ],
)
def test_present_units(key, expected):
    assert BOOK.present_units(key) == expected


@pytest.mark.parametrize(
    ("as_printed", "expected"),
    [
        ("xã Nậm Cha, huyện Sìn Hồ", {"nam-tam"}),
        ("xã Nậm Cha, huyện Tam Đường", set()),
        ("Nậm Cha, Lai Châu", {"nam-tam"}),
        ("phường Mù Cả", set()),
        ("xã Mù Cả, châu Mường Tè", {"mu-ca"}),
        ("", set()),
    ],
)
def test_a_printed_place_leads_to_present_units(as_printed, expected):
    assert BOOK.leads_to(as_printed) == expected
