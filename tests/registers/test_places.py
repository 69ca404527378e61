"""Places through the reform of 2025."""

import pytest

from guongsang.registers.model import Place
from guongsang.registers.places import PlaceBook

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


OLD = {"province": "lai-chau", "until": "2025-06-30"}
SPELT = PlaceBook(
    {
        **PLACES,
        **{
            key: Place.model_validate({**record, **OLD})
            for key, record in {
                "ban-lang": {
                    "name": "Bản Lang",
                    "type": "xa",
                    "district": "Phong Thổ",
                    "became": ["nam-tam"],
                },
                "sin-ho": {
                    "name": "Sìn Hồ",
                    "type": "thi-tran",
                    "district": "Sìn Hồ",
                    "became": ["mu-ca"],
                },
                "dong-phong": {
                    "name": "Đông Phong",
                    "type": "phuong",
                    "district": "Lai Châu",
                    "district_type": "thanh-pho",
                    "became": ["mu-ca"],
                },
            }.items()
        },
    }
)


@pytest.mark.parametrize(
    ("as_printed", "unit", "expected"),
    [
        ("Bản Lang, Phong Thổ", "nam-tam", "xã Bản Lang, huyện Phong Thổ"),
        ("Xã Bản Lang (Phong Thổ)", "nam-tam", "Xã Bản Lang, huyện Phong Thổ"),
        ("xã Bản Lang (huyện Phong Thổ)", "nam-tam", "xã Bản Lang, huyện Phong Thổ"),
        ("x. Bản Lang - H. Phong Thổ", "nam-tam", None),
        ("X. Bản Lang, H. Phong Thổ", "nam-tam", "xã Bản Lang, huyện Phong Thổ"),
        ("Nà Vàng, Bản Lang", "nam-tam", "Nà Vàng, xã Bản Lang"),
        ("Sìn Hồ, Sìn Hồ", "mu-ca", "thị trấn Sìn Hồ, huyện Sìn Hồ"),
        ("P. Đông Phong, TP Lai Châu", "mu-ca", "phường Đông Phong, thành phố Lai Châu"),
        # The city or the province: nobody can tell.
        ("Đông Phong, Lai Châu", "mu-ca", None),
        ("xã Bản Lang, huyện Phong Thổ", "nam-tam", None),
        ("bản Lang, Phong Thổ", "nam-tam", None),
        ("Bản Lang, Phong Thổ", "mu-ca", None),
        ("Bản Lạng, Phong Thổ", "nam-tam", None),
        ("huyện Phong Thổ", "nam-tam", None),
        ("", "nam-tam", None),
    ],
)
def test_a_printed_place_is_spelt_out_where_its_unit_leaves_no_doubt(as_printed, unit, expected):
    assert SPELT.spell_out(as_printed, unit) == expected


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


def merged(**units):
    """Return a book of a province that was made of two, each with a district of one name."""
    old = {"type": "xa", "until": "2025-06-30"}
    records = {
        "an-hai": {"name": "An Hải", "type": "tinh"},
        "an-son": {"name": "An Sơn", "type": "tinh", "until": "2025-06-30", "became": ["an-hai"]},
        "an-lam": {"name": "An Lâm", "type": "tinh", "until": "2025-06-30", "became": ["an-hai"]},
        "nui-do": {"name": "Núi Đỏ", "type": "xa", "province": "an-hai"},
        "song-xa": {"name": "Sông Xa", "type": "xa", "province": "an-hai"},
        "a": {**old, "district": "Chợ Cũ", "province": "an-lam", "became": ["nui-do"]},
        "b": {**old, "district": "Chợ Cũ", "province": "an-son", "became": ["song-xa"]},
        "c": {
            **old,
            "district": "An Sơn",
            "district_type": "thanh-pho",
            "province": "an-son",
            "became": ["nui-do"],
        },
    }
    for key in "abc":
        records[key]["name"] = units.get(key, "Bến Đá")
    return PlaceBook({key: Place.model_validate(record) for key, record in records.items()})


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        ("xã Bến Đá, huyện Chợ Cũ, tỉnh An Sơn", {"song-xa"}),
        ("xã Bến Đá, huyện Chợ Cũ", {"nui-do", "song-xa"}),
        ("xã Bến Đá, tỉnh An Hải", {"nui-do", "song-xa"}),
        # A city that bore the name of its province is not the province.
        ("xã Bến Đá, thành phố An Sơn", {"nui-do"}),
        ("xã Bến Đá, An Sơn", {"nui-do", "song-xa"}),
        # The present unit lies in all that its province was made of.
        ("xã Sông Xa, tỉnh An Sơn", {"song-xa"}),
    ],
)
def test_a_former_unit_lies_in_its_own_province_alone(printed, units):
    assert merged().leads_to(printed) == units


def test_a_city_is_not_its_province():
    book = merged(b="Bến Gỗ")
    assert book.leads_to("xã Bến Gỗ, thành phố An Sơn") == set()
    assert book.leads_to("xã Bến Gỗ, tỉnh An Sơn") == {"song-xa"}
