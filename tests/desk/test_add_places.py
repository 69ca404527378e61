"""`guongsang place`: units of the whole country enter the register."""

from __future__ import annotations

import random

import pytest

from guongsang.desk.add_places import add_records, plan_addition
from guongsang.registers.country import describe_unit, find_here, find_in_country
from guongsang.registers.gazetteer import list_provinces, load_country, load_home_keys
from guongsang.registers.load import read_register
from guongsang.registers.model import Place
from guongsang.registers.placefile import render_places, render_records
from guongsang.registers.places import PlaceBook
from guongsang.yamlfile.parse import parse_yaml

PLACES = "stories/registers/places.yml"
COUNTRY = load_country()
UNITS = [key for key, place in COUNTRY.items() if not place.is_province]


def read(text):
    data = parse_yaml(text, PLACES).data or {}
    return {key: Place.model_validate(record) for key, record in data.items()}


@pytest.mark.parametrize("seed", range(12))
def test_any_units_enter_any_register(seed):
    """What stood there stays, line by line; what is added is whole; again adds nothing."""
    draw = random.Random(seed)
    own = draw.choice(list(list_provinces()))
    text = render_places(own) if seed % 3 else "# Sổ trống\n"
    if seed % 4 == 1:
        text = text.replace("\n", "\r\n")
    wanted = draw.sample(UNITS, 9)
    addition = plan_addition(wanted, read(text), own)
    after = add_records(text, addition.records)
    assert after is not None
    kept = iter(after.splitlines(keepends=True))
    assert all(line in kept for line in text.splitlines(keepends=True))
    assert ("\r\n" in after) == ("\r\n" in text)
    places = read(after)
    assert places == {**read(text), **addition.records}
    book = PlaceBook(places)
    for key in wanted:
        here = addition.keys[key]
        assert places[here].full_name == COUNTRY[key].full_name
        assert places[here].province in places
        assert len(book.present_units(here)) == max(1, len(COUNTRY[key].became))
        assert find_here(key, places) == here
    assert plan_addition(wanted, places, own).records == {}


def test_a_unit_of_the_own_province_gets_its_own_key():
    addition = plan_addition(["mu-ca-lai-chau"], {}, "lai-chau")
    assert [*addition.records] == ["lai-chau", "mu-ca"]
    assert [*plan_addition(["mu-ca-lai-chau"], {}, "son-la").records][-1] == "mu-ca-lai-chau"


def test_a_key_that_means_something_else_is_not_taken():
    places = {"go-vap-ho-chi-minh": Place(name="Khác", type="xa", province="ho-chi-minh")}
    addition = plan_addition(["go-vap-ho-chi-minh"], places, "lai-chau")
    assert addition.keys["go-vap-ho-chi-minh"] == "go-vap-ho-chi-minh-26884"


@pytest.mark.parametrize(
    "record",
    [
        {"name": "Gò Vấp", "type": "phuong", "province": "ho-chi-minh"},
        {"name": "Tên Khác", "type": "phuong", "province": "ho-chi-minh", "code": "26884"},
    ],
)
def test_a_unit_is_known_by_whatever_key_it_has(record):
    places = {"phuong-go-vap": Place.model_validate(record)}
    former = plan_addition(["1-go-vap-ho-chi-minh", "go-vap-ho-chi-minh"], places, "lai-chau")
    assert former.keys["go-vap-ho-chi-minh"] == "phuong-go-vap"
    assert "go-vap-ho-chi-minh" not in former.records


def test_a_former_unit_without_district_is_known():
    """Before districts of cities could be told, editors left them out."""
    old = {"until": "2025-06-30", "became": ["x"], "province": "ha-noi", "type": "phuong"}
    places = {"hang-dao": Place.model_validate({"name": "Hàng Đào", **old})}
    assert find_here("hang-dao-hoan-kiem-ha-noi", places) == "hang-dao"
    assert find_here("hang-gai-hoan-kiem-ha-noi", places) is None


def test_records_stand_below_the_heading_of_their_province():
    text = "# Sổ\n\nx: {name: X, type: tinh}\n\n# ---- Sơn La ----\n\n# ---- Hà Nội ----\n# riêng\n"
    records = plan_addition(["chieng-hac-son-la", "go-vap-ho-chi-minh"], {}, "lai-chau").records
    after = add_records(text, records)
    assert after is not None
    lines = [line for line in after.split("\n") if line.startswith("#") or line.endswith(":")]
    assert lines == [
        "# Sổ",
        "# ---- Sơn La ----",
        "chieng-hac-son-la:",
        "# ---- Hà Nội ----",
        "# riêng",
        "# ---- Tỉnh, thành phố hiện nay ----",
        "son-la:",
        "ho-chi-minh:",
        "# ---- Hồ Chí Minh ----",
        "go-vap-ho-chi-minh:",
    ]


def test_a_file_that_cannot_be_extended_is_left_alone():
    records = plan_addition(["go-vap-ho-chi-minh"], {}, "lai-chau").records
    assert add_records("{x: {name: X, type: tinh}}\n", records) is None
    assert "go-vap-ho-chi-minh:" in render_records(records.items())


@pytest.mark.parametrize("seed", range(6))
def test_every_unit_is_found_by_what_it_is_called(seed):
    """By its keys, by what a paper prints, and by names without marks."""
    for key in random.Random(seed).sample(UNITS, 60):
        plain = load_home_keys()[key].replace("-", " ")
        for typed in (key, key.replace("-", " "), describe_unit(key)):
            assert key in find_in_country(typed)
        assert find_in_country(key) == [key]
        if plain not in {other.replace("-", " ") for other in COUNTRY}:
            assert key in find_in_country(plain)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("go vap", ["go-vap-ho-chi-minh"]),
        ("Gò Vấp", ["go-vap-ho-chi-minh"]),
        ("phuong go vap", ["go-vap-ho-chi-minh"]),
        ("P. Gò Vấp, TP Hồ Chí Minh", ["go-vap-ho-chi-minh"]),
        ("xa nhi long huyen cang long", ["nhi-long-cang-long-vinh-long"]),
        ("ho-chi-minh", []),
        ("Lai Châu", []),
        ("quận Gò Vấp", []),
        ("không có", []),
        ("", []),
    ],
)
def test_what_is_typed(typed, expected):
    assert find_in_country(typed) == expected


def test_the_command_adds_a_former_unit(newsroom):
    before = (newsroom.root / PLACES).read_text("utf-8")
    ran = newsroom.run("place", "xã Nhị Long, huyện Càng Long")
    assert ran.code == 0
    assert "ở unit gõ: nhi-long-vinh-long (xã nhị long)" in ran.out.lower()
    after = (newsroom.root / PLACES).read_text("utf-8")
    assert after.startswith(before)
    places = read_register(newsroom.root, PLACES).records
    assert {"vinh-long", "tra-vinh", "nhi-long-cang-long-vinh-long"} <= places.keys()
    again = newsroom.run("place", "nhi-long-cang-long-vinh-long", "nhi-long-vinh-long", "mu-ca")
    assert again.code == 0
    assert "Đã thêm" not in again.out
    assert "mu-ca (xã Mù Cả)" in again.out
    assert (newsroom.root / PLACES).read_text("utf-8") == after
    assert newsroom.run("check").code == 0


def test_a_dry_run_shows_what_would_be_added(newsroom):
    before = (newsroom.root / PLACES).read_bytes()
    ran = newsroom.run("place", "--dry-run", "xã Nhị Long, huyện Càng Long")
    assert ran.code == 0
    assert ran.out.startswith(f"--- a/{PLACES}\n+++ b/{PLACES}\n@@ ")
    assert "\n+nhi-long-vinh-long:\n" in ran.out
    assert "Sẽ thêm vào" in ran.err and "nhi-long-vinh-long" in ran.err
    assert (newsroom.root / PLACES).read_bytes() == before


def test_the_command_asks_which(newsroom):
    before = (newsroom.root / PLACES).read_bytes()
    ran = newsroom.run("place", "ba", "dinh")
    assert ran.code == 2
    assert "“ba dinh” có thể là 7 nơi" in ran.err
    for told in ("ba-dinh-ha-noi  (phường Ba Đình, ", "ba-dinh-quang-ngai  (xã Ba Dinh, "):
        assert f"\n    guongsang place {told}" in ran.err
    ran = newsroom.run("place", "go vap", "ba dinh", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "may be 7 places" in ran.err
    assert (newsroom.root / PLACES).read_bytes() == before


def test_one_name_of_a_former_unit_and_its_present_one_is_no_question(newsroom):
    ran = newsroom.run("place", "nhi long")
    assert ran.code == 0
    places = read_register(newsroom.root, PLACES).records
    assert {"nhi-long-vinh-long", "nhi-long-cang-long-vinh-long"} <= places.keys()
    assert ran.out.count("nhi-long-vinh-long (xã Nhị Long)") == 1


def test_the_command_tells_of_a_divided_unit(newsroom):
    ran = newsroom.run("place", "phường Cống Vị")
    assert ran.code == 0
    assert "đã chia" in ran.out
    assert "giang-vo-ha-noi (phường Giảng Võ), ngoc-ha-ha-noi (phường Ngọc Hà)" in ran.out


@pytest.mark.parametrize("name", ["go vat", "xyzzy xyzzy", "lai-chau"])
def test_the_command_knows_no_such_place(newsroom, name):
    ran = newsroom.run("place", name)
    assert ran.code == 2
    assert f"“{name}”" in ran.err
    assert ("phường Gò Vấp" in ran.err) == (name == "go vat")


def test_the_command_refuses_a_broken_register(newsroom):
    path = newsroom.root / PLACES
    path.write_text(path.read_text("utf-8") + "mu-ca: {name: A, type: xa}\n", "utf-8")
    before = path.read_bytes()
    ran = newsroom.run("place", "go-vap-ho-chi-minh")
    assert (ran.code, ran.out) == (1, "")
    assert "places.yml:" in ran.err
    assert path.read_bytes() == before


def test_the_command_prints_what_it_cannot_write(newsroom):
    path = newsroom.root / PLACES
    path.write_text("{lai-chau: {name: Lai Châu, type: tinh}}\n", "utf-8")
    ran = newsroom.run("place", "go-vap-ho-chi-minh")
    assert ran.code == 1
    assert read(ran.out).keys() == {"go-vap-ho-chi-minh", "ho-chi-minh"}
    assert path.read_text("utf-8").startswith("{lai-chau")
