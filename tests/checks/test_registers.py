"""The registers among themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from guongsang.checks.newsroom.registers import check_registers
from guongsang.problems.problem import Problem
from guongsang.registers.model import Author, Heading, Registers
from guongsang.yamlfile.parse import locate
from guongsang.yamlfile.positions import Positions

Make = Callable[..., Registers]
UNIT = {"name": "A", "type": "xa", "province": "lai-chau"}
OLD = {**UNIT, "until": "2025-06-30"}
PERSON = {"kind": "person", "name": "A"}
AWARD = {"id": "x", "award": "bang-khen"}


def run(registers: Registers) -> list[Problem]:
    return check_registers(registers, lambda _: Positions())


def honoree(**fields: Any) -> dict[str, Any]:
    return {"honorees": {"a": {**PERSON, **fields}}}


def test_good_registers_have_no_problem_and_no_positions_are_looked_for(
    make_registers: Make,
) -> None:
    def refuse(path: str) -> Positions:
        raise AssertionError(path)

    assert check_registers(make_registers(), refuse) == []


@pytest.mark.parametrize(
    ("rule", "file", "fields"),
    [
        ("GS301", "places.yml", {"places": {"a": {**UNIT, "province": "lai-chao"}}}),
        ("GS308", "places.yml", {"places": {"a": {**OLD, "became": ["khong-co"]}}}),
        ("GS309", "places.yml", {"places": {"a": {**OLD, "became": ["a"]}}}),
        ("GS313", "places.yml", {"places": {"a": {**UNIT, "became": ["muong-te"]}}}),
        ("GS314", "places.yml", {"places": {"a": {**UNIT, "name": "Mường Tè"}}}),
        ("GS321", "places.yml", {"places": {"a": OLD}}),
        ("GS318", "newsroom.yml", {"page_size": 0}),
        ("GS318", "newsroom.yml", {"page_size": 201}),
        ("GS318", "newsroom.yml", {"radio_rate": 0}),
        ("GS318", "newsroom.yml", {"photos": {"jpeg_quality": 101}}),
        ("GS318", "newsroom.yml", {"photos": {"avif_quality": 0}}),
        ("GS320", "newsroom.yml", {"province": "khong-co"}),
        ("GS320", "newsroom.yml", {"province": "muong-te"}),
        ("GS240", "honorees/a.yml", honoree(born="1949", died="1934")),
        ("GS303", "honorees/a.yml", honoree(places=[{"unit": "then-sin"}])),
        (
            "GS304",
            "honorees/a.yml",
            honoree(places=[{"unit": "muong-te", "as_printed": "xã Thèn Sin"}]),
        ),
        ("GS316", "honorees/a.yml", honoree(awards=[{**AWARD, "award": "bang-ken"}])),
        ("GS317", "honorees/a.yml", honoree(places=[{"unit": "khong-co"}])),
        ("GS319", "honorees/a.yml", honoree(same_as=["ho-giáo"])),
        (
            "GS323",
            "newsroom.yml",
            {"security": {"email": "an-ninh@bao.example", "expires": "2024-01-01"}},
        ),
        ("GS322", "honorees/a.yml", honoree(awards=[AWARD, AWARD])),
        ("GS244", "honorees/a.yml", honoree(awards=[{**AWARD, "year": 2062}])),
        ("GS244", "honorees/a.yml", honoree(awards=[{**AWARD, "date": "2062-03-01"}])),
        ("GS510", "honorees/a.yml", honoree(called="anh A, 0900–000\u00a0000")),
        (
            "GS510",
            "honorees/a.yml",
            honoree(consent={"basis": "public_event", "note": "Đã gọi 0900 000 000"}),
        ),
        ("GS511", "honorees/a.yml", honoree(awards=[{**AWARD, "issuer": "CCCD 001000000000"}])),
        (
            "GS512",
            "honorees/a.yml",
            honoree(places=[{"unit": "muong-te", "village": "số nhà 12, ngõ 3"}]),
        ),
        ("GS510", "newsroom.yml", {"agency": "Cơ quan A, 0900.000.000"}),
        ("GS502", "honorees/a.yml", honoree(consent={"basis": "consent"})),
        ("GS503", "honorees/a.yml", honoree(consent={"basis": "public_interest"})),
        ("GS504", "honorees/a.yml", honoree(consent={"basis": "historical"})),
        (
            "GS506",
            "honorees/a.yml",
            honoree(consent={"basis": "public_event", "note": "x", "withdrawn": "2026-01-01"}),
        ),
    ],
)
def test_each_rule_finds_its_mistake_alone(
    make_registers: Make, rule: str, file: str, fields: dict[str, Any]
) -> None:
    found = run(make_registers(**fields))
    assert {(each.rule, each.path) for each in found} == {(rule, f"stories/registers/{file}")}
    assert "{" not in found[0].message() + found[0].hint("en")


def test_a_withdrawn_profile_does_not_stop_the_build_that_takes_its_stories_down(
    make_registers: Make,
) -> None:
    gone = {"basis": "public_event", "note": "x", "withdrawn": "2026-01-01"}
    (found,) = run(make_registers(**honoree(consent=gone)))
    assert (found.rule, found.severity) == ("GS506", "warning")


@pytest.mark.parametrize(
    "fields",
    [
        {"security": {"email": "an-ninh@bao.example", "expires": "2099-01-01"}},
        {"page_size": 200, "photos": {"jpeg_quality": 1, "avif_quality": 100}},
        {"places": {"a": {**UNIT, "name": "Mường Tè", "province": "dien-bien"}}},
        {"places": {"a": {**OLD, "became": ["then-sin"]}}},
        honoree(same_as=["https://vi.wikipedia.org/wiki/A", "ho-giao"], awards=[AWARD]),
        honoree(places=[{"unit": "than-uyen", "as_printed": "xã Mường Than, huyện Than Uyên"}]),
        # Whether anybody is named without a basis is the stories' problem.
        honoree(),
    ],
)
def test_what_is_right_is_left_alone(make_registers: Make, fields: dict[str, Any]) -> None:
    assert run(make_registers(**fields)) == []


def test_the_policy_relaxes_adults_only(make_registers: Make) -> None:
    broken = {"basis": "consent"}
    off = make_registers(consent_policy="off", **honoree(consent=broken))
    assert run(off) == []
    minor = make_registers(consent_policy="off", **honoree(consent=broken, minor=True))
    assert [each.rule for each in run(minor)] == ["GS502"]


def test_tables_tell_of_nobody_at_the_field_of_the_record(make_registers: Make) -> None:
    author = Author(name="A", description="Gọi 0900 000 000")
    column = Heading(name="A", description="Nhà số 5 Lê A")
    registers = replace(make_registers(), authors={"a": author}, columns={"a": column})
    where = {"authors": 'a:\n  name: A\n  description: "…"\n', "columns": "a: {description: x}\n"}
    positions = {f"stories/registers/{name}.yml": text for name, text in where.items()}
    found = check_registers(registers, lambda path: locate(positions[path]))
    assert [(each.rule, each.path.rpartition("/")[2], each.line) for each in found] == [
        ("GS510", "authors.yml", 3),
        ("GS512", "columns.yml", 1),
    ]


def test_where_readers_are_to_call_stays(make_registers: Make) -> None:
    own = {"name": "A", "phone": "0213 3000 000", "address": "số 5 đường Lê A", "email": "a@b.vn"}
    registers = make_registers(contact=own, data_contact=own)
    assert run(registers) == []


def test_numbers_of_papers_and_years_in_registers_stay(make_registers: Make) -> None:
    award = {**AWARD, "year": 2020, "decision": "Quyết định số 0912345678/QĐ-UBND ngày 02.09.1945"}
    assert run(make_registers(**honoree(awards=[award], called="anh A, sinh năm 1930"))) == []
