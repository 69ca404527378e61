"""A place that the register has not is told to be one of another province, with what to type."""

from __future__ import annotations

import pytest
from tests.checks.conftest import build_registers

from guongsang.checks.advice import complete_advice
from guongsang.checks.stories.references import find_wrong_place
from guongsang.desk.add_places import plan_addition
from guongsang.problems.problem import problem
from guongsang.registers.gazetteer import load_country
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import StoryPlace

VINH_LONG = {
    "vinh-long": {"name": "Vĩnh Long", "type": "tinh"},
    "nhi-long": {"name": "Nhị Long", "type": "xa", "province": "vinh-long"},
}


def find(unit, printed=None, places=None):
    """Return what is found: rule and arguments."""
    registers = build_registers(places=places)
    place = StoryPlace(unit=unit, as_printed=printed)
    found = find_wrong_place(place, registers, PlaceBook(registers.places))
    return [(rule, args) for rule, _, args, _ in found]


@pytest.mark.parametrize(
    ("unit", "printed", "keys"),
    [
        ("go-vap", None, ["go-vap-ho-chi-minh"]),
        ("go-vap-ho-chi-minh", None, ["go-vap-ho-chi-minh"]),
        # The printed name says more than a guessed key.
        ("x", "phường 1, quận Gò Vấp, TP Hồ Chí Minh", ["1-go-vap-ho-chi-minh"]),
        ("x", "xã Nhị Long, huyện Càng Long", ["nhi-long-cang-long-vinh-long"]),
        ("nhi-long", None, ["nhi-long-vinh-long", "nhi-long-cang-long-vinh-long"]),
        # Of the own province too, when a newsroom's register has lost it.
        ("doan-ket-lai-chau", None, ["doan-ket-lai-chau"]),
        ("khong-co-noi-nay", None, []),
        ("go-vat", None, []),
    ],
)
def test_an_unknown_unit(unit, printed, keys):
    ((rule, args),) = find(unit, printed)
    assert rule == "GS301"
    told = args["elsewhere"]
    commands = [part.split(" ")[0] for part in told.split("guongsang place ")[1:]]
    assert commands == keys
    for key in commands:
        assert load_country()[key].full_name in told


def test_many_namesakes_are_listed_by_the_command():
    ((_, args),) = find("tan-phu", "xã Tân Phú")
    assert args["elsewhere"] == 'guongsang place "xã Tân Phú"'


def test_what_is_in_the_register_is_not_to_be_added():
    ((_, args),) = find("tuan-giao-dien-bien")
    assert args["elsewhere"] == ""
    ((_, args),) = find("nhi-longg", "xã Nhị Long", places=VINH_LONG)
    assert "nhi-long (xã Nhị Long)" in args["candidates"]
    assert "guongsang place nhi-long-vinh-long" not in args["elsewhere"]


def test_a_printed_name_of_another_province():
    """Of namesakes the one that lies in `unit` today."""
    ((rule, args),) = find("nhi-long", "xã Đức Mỹ, huyện Càng Long", places=VINH_LONG)
    assert rule == "GS305"
    expected = (
        "guongsang place duc-my-cang-long-vinh-long (xã Đức Mỹ, huyện Càng Long, tỉnh Trà Vinh)"
    )
    assert args["elsewhere"] == expected
    assert args["candidates"] == ""


def test_what_is_nearest_is_told_with_the_type_of_its_district():
    city = {
        "district": "Chợ Cũ",
        "district_type": "thanh-pho",
        "province": "lai-chau",
        "until": "2025-06-30",
        "became": ["than-uyen"],
    }
    places = {"cu": {"name": "Suối Xưa", "type": "xa", **city}}
    ((rule, args),) = find("than-uyen", "xã Suối Sưa, thành phố Chợ Cũ", places=places)
    assert rule == "GS305"
    assert "“xã Suối Xưa, thành phố Chợ Cũ”" in args["candidates"]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Gò Quao", "go-quao-an-giang (xã Gò Quao, tỉnh An Giang)"),
        ("phường Hàng Gai", "hoan-kiem-ha-noi (phường Hoàn Kiếm, thành phố Hà Nội)"),
        ("Mù Sang", "dao-san-lai-chau (xã Dào San, tỉnh Lai Châu)"),
        # More likely the district; the register has all that bears its name.
        ("Than Uyên", ""),
        ("Nơi Không Có", ""),
    ],
)
def test_a_name_in_place_of_a_key(typed, suggested):
    registers = build_registers()
    wrong = problem("GS211", "a.md", key="places.unit", value=typed, suggestion="")
    told = complete_advice(wrong, registers, PlaceBook(registers.places))
    assert dict(told.args)["suggestion"] == suggested


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("go-vap", "phường 1, quận Gò Vấp, TP Hồ Chí Minh"),
        ("muong-nhe", "xã Chung Chải, huyện Mường Nhé, tỉnh Điện Biên"),
        ("nhi-long", "xã Nhị Long, huyện Càng Long, tỉnh Trà Vinh"),
        ("x", "phường Cống Vị, quận Ba Đình, thành phố Hà Nội"),
    ],
)
def test_who_types_what_is_told_is_done(unit, printed):
    """The command, then the key it names: nothing is left to say."""
    ((_, args),) = find(unit, printed)
    (key,) = (part.split(" ")[0] for part in args["elsewhere"].split("guongsang place ")[1:])
    registers = build_registers()
    addition = plan_addition([key], registers.places, "lai-chau")
    added = {key: place.model_dump(by_alias=True) for key, place in addition.records.items()}
    book = PlaceBook({**registers.places, **addition.records})
    for present in book.present_units(addition.keys[key]):
        assert find(present, printed, places=added) == []


def test_a_divided_unit_asks_which():
    divided = {
        "x": {"name": "X", "type": "xa", "province": "lai-chau"},
        "cu": {
            "name": "Cũ",
            "type": "xa",
            "province": "lai-chau",
            "until": "2025-06-30",
            "became": ["x", "mu-ca", "than-uyen"],
        },
    }
    divided["mu-ca"] = {"name": "Mù Cả", "type": "xa", "province": "lai-chau"}
    ((rule, args),) = find("cu", places=divided)
    assert rule == "GS303"
    hint = problem(rule, "a.md", **args).hint("vi")
    assert "gõ một mã: mu-ca (xã Mù Cả), than-uyen (xã Than Uyên), x (xã X)." in hint
    ((rule, args),) = find("pa-u", "xã Cũ", places=divided)
    assert rule == "GS304"
    assert "type one key at unit: mu-ca (" in problem(rule, "a.md", **args).hint("en")
    assert find("mu-ca", "xã Cũ", places=divided) == []
    ((_, args),) = find("then-sin")
    assert "Ở unit gõ mã của đơn vị hiện nay: sin-suoi-ho (" in problem("GS303", "a", **args).hint()
