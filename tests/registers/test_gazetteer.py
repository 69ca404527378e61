"""The units of the whole country that the program ships."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from tests.checks.conftest import NEWSROOM

from guongsang.checks.newsroom.registers import check_registers
from guongsang.registers.gazetteer import PACKED, list_provinces, load_country, load_province
from guongsang.registers.model import DISTRICT_TYPES, Newsroom, Place, Registers
from guongsang.registers.placefile import render_places
from guongsang.registers.places import PlaceBook
from guongsang.stories.schema import is_key
from guongsang.text.fold import slug
from guongsang.yamlfile.parse import parse_yaml
from guongsang.yamlfile.positions import Positions

HERE = Path(__file__).parent
PROVINCES = list(list_provinces())


def units(province):
    return {k: place for k, place in load_province(province).items() if not place.is_province}


def printed(place: Place) -> str:
    """Return a former unit as a paper of its time names it."""
    around = f"{DISTRICT_TYPES[place.district_type]} {place.district}"
    return f"{place.full_name}, {around}"


def test_the_whole_country_is_there():
    places = [place for key in PROVINCES for place in units(key).values()]
    present = [place for place in places if place.is_present]
    assert (len(PROVINCES), len(present), len(places) - len(present)) == (34, 3321, 10033)
    assert sum(len(place.became) > 1 for place in places) == 439
    assert len({place.code for place in present}) == 3321
    assert PACKED.stat().st_size <= 200_000


def test_a_newsroom_of_any_province_can_hold_all_others():
    """No key of a unit elsewhere is one at home, and none is a province's."""
    country = load_country()
    assert len(country) == 63 + 3321 + 10033
    assert all(map(is_key, country))
    provinces = {key for key, place in country.items() if place.is_province}
    assert len(provinces) == 63
    elsewhere: dict[str, set[str]] = {}
    for key, place in country.items():
        if not place.is_province:
            own = str(place.province)
            elsewhere.setdefault((country[own].became or [own])[0], set()).add(key)
    for province in PROVINCES:
        at_home = units(province).keys()
        assert all(map(is_key, at_home))
        assert not provinces & at_home
        for other in elsewhere.keys() - {province}:
            assert not elsewhere[other] & at_home


@pytest.mark.parametrize("province", PROVINCES)
def test_keys_follow_the_rule(province):
    """Folded name (with district), with its type before it, or with its code behind it; the plain
    one wherever nobody else has a name that folds to it."""
    of_all = units(province)
    plain = {key: slug(f"{place.name} {place.district or ''}") for key, place in of_all.items()}
    wanted = Counter((plain[key], place.is_present) for key, place in of_all.items())
    present = {plain[key] for key, place in of_all.items() if place.is_present}
    for key, place in of_all.items():
        forms = {plain[key], f"{place.type}-{plain[key]}", f"{plain[key]}-{place.code}"}
        if place.type == "thi-tran":
            forms.add(f"thi-tran-{slug(place.name)}")
        assert key in forms
        alone = wanted[plain[key], place.is_present] == 1 and plain[key] not in load_country()
        if alone and (place.is_present or plain[key] not in present):
            assert key == plain[key]


def test_keys_of_lai_chau_stay():
    """They are published addresses; the list is that of the first newsroom."""
    kept = (HERE / "keys-lai-chau.txt").read_text("utf-8").split()
    assert [*units("lai-chau")] == kept
    assert sum(place.is_present for place in units("lai-chau").values()) == 38


def test_lai_chau_is_as_its_own_table_says():
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    places = load_province("lai-chau")
    by_code = {place.code: place for place in places.values() if not place.is_present}
    for code, old, other, district, new_code, new, *_ in (row.values() for row in rows):
        place = by_code[code]
        (unit,) = (places[key] for key in place.became)
        assert place.full_name == old[0].lower() + old[1:]
        assert place.other_names == ([other.partition(" ")[2]] if other else [])
        assert district == f"{DISTRICT_TYPES[place.district_type].capitalize()} {place.district}"
        assert (unit.code, unit.full_name) == (new_code, new[0].lower() + new[1:])


@pytest.mark.parametrize(
    ("as_printed", "unit"),
    [
        # The new commune of the name is another one.
        ("xã Mường Than, huyện Than Uyên", "than-uyen"),
        ("xã Phúc Than", "muong-than"),
        ("xã Mường Mít", "muong-than"),
        ("thị trấn Mường Tè", "bum-to"),
        ("xã Mường Tè, huyện Mường Tè", "muong-te"),
        ("thị trấn Tam Đường", "binh-lu"),
        ("thị trấn Nậm Nhùn", "nam-hang"),
        # Two names that fold to one.
        ("xã Nậm Cha", "nam-tam"),
        ("xã Nậm Chà", "muong-mo"),
        # Unchanged.
        ("xã Mù Cả, huyện Mường Tè", "mu-ca"),
        ("xã Tà Tổng, huyện Mường Tè", "ta-tong"),
        # A district, a town and a commune at once.
        ("thị trấn Phong Thổ", "phong-tho"),
        ("thị trấn Sìn Hồ", "sin-ho"),
        ("thị trấn Than Uyên", "than-uyen"),
        ("thị trấn Tân Uyên", "tan-uyen"),
        # Two official spellings of one.
        *((f"xã {name} Nhì Thàng", "doan-ket") for name in ("Lản", "Lả")),
        *((f"xã {name} Hồ", "bum-to") for name in ("Can", "Kan")),
        *((f"xã Hua {name}, huyện Nậm Nhùn", "hua-bum") for name in ("Bum", "Bun")),
        *((f"xã Pa Vệ {name}", "bum-nua") for name in ("Sủ", "Sử")),
        *((f"xã Pa {name}", "pu-sam-cap") for name in ("Khóa", "Khoá")),
        *((f"xã Ma {name} Pho", "phong-tho") for name in ("Li", "Ly")),
        *((f"xã {name} Qua Lìn", "dao-san") for name in ("Tung", "Tông")),
        *((f"xã {name} Gia", "khoen-on") for name in ("Ta", "Tà")),
        *((f"xã Pa {name}, huyện Mường Tè", "pa-u") for name in ("Ủ", "ủ")),
    ],
)
def test_the_traps_of_lai_chau(as_printed, unit):
    assert PlaceBook(load_province("lai-chau")).leads_to(as_printed) == {unit}


@pytest.mark.parametrize("province", PROVINCES)
def test_every_former_unit_leads_to_what_it_became(province):
    """As printed then, with its province; and each present unit but special zones has one."""
    places = load_province(province)
    book = PlaceBook(places)
    reached: set[str] = set()
    for key, place in units(province).items():
        if place.is_present:
            continue
        assert book.present_units(key) == tuple(place.became)
        reached.update(place.became)
        full = f"{printed(place)}, tỉnh {places[str(place.province)].name}"
        assert book.leads_to(full) == set(place.became)
        assert book.leads_to(printed(place)) >= set(place.became)
    for key, place in units(province).items():
        if place.is_present and key not in reached:
            assert place.type == "dac-khu"


@pytest.mark.parametrize("province", PROVINCES)
def test_the_register_of_a_province_has_no_fault(province):
    """What is written is read as what is shipped, and the checker has nothing to say."""
    parsed = parse_yaml(render_places(province), "places.yml")
    assert not parsed.problems
    places = {key: Place.model_validate(record) for key, record in parsed.data.items()}
    assert places == load_province(province)
    assert [*places] == [*load_province(province)]
    newsroom = Newsroom.model_validate({**NEWSROOM, "province": province})
    assert check_registers(Registers(newsroom, places=places), lambda _: Positions()) == []


def test_an_unknown_province_is_none():
    with pytest.raises(KeyError):
        render_places("yen-bai")  # a former one
