"""Who may be named and shown: basis, scope, children, withdrawal, the newsroom's policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guongsang.problems.problem import Problem
from guongsang.registers.model import Registers

Check = Callable[..., list[Problem]]
Make = Callable[..., Registers]

PAPER = {"basis": "consent", "record": "PĐY-1", "date": "2026-05-01", "scope": ["name", "photo"]}
ALL = {**PAPER, "scope": ["name", "photo", "ethnic_group"]}
PUBLIC = {"basis": "public_event", "note": "lễ tuyên dương của tỉnh"}


def named(consent: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    entry = {"kind": "person", "name": "Lò Thị Mai", **fields}
    return {"honorees": [entry | ({"consent": consent} if consent else {})]}


def shown(**consent: Any) -> dict[str, Any]:
    return {"cover": {"src": "bia.jpg", "alt": "Chị Mai", "consent": consent}}


def heard(**consent: Any) -> dict[str, Any]:
    audio = {"src": "loi-ke.mp3", "consent": consent}
    return {"audio": [audio], "files": ["bia.jpg", "loi-ke.mp3"]}


def child(born: str | None = None, by: list[str] | None = None, **fields: Any) -> dict[str, Any]:
    entry = {"born": born} if born else {}
    return named({**PAPER, "by": by or []}, **entry, **fields)


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in PAPER.items() if key not in keys}


def found_in(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(each.rule, each.severity) for each in problems]


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("GS240", named(PUBLIC, born="1949", died="1934")),
        ("GS501", named()),
        ("GS501", named(kind="household", name="Hộ ông Lò")),
        ("GS501", named(kind="collective", name="Tổ xe ôm")),
        ("GS502", named(without("record"))),
        ("GS502", named(without("date", "scope"))),
        ("GS502", shown(basis="consent")),
        ("GS503", named({"basis": "public_interest"})),
        ("GS503", shown(basis="public_event")),
        ("GS504", named({"basis": "historical"})),
        ("GS505", child("2016", ["guardian"])),
        ("GS505", child("2016", ["child"])),
        ("GS505", child(None, ["guardian"], minor=True)),
        ("GS505", child("2010-05-20", ["self"])),
        ("GS506", named({**PAPER, "withdrawn": "2026-05-25"})),
        ("GS506", shown(**PAPER, withdrawn="2026-05-25")),
        ("GS507", named({**PAPER, "until": "2026-05-31"})),
        ("GS507", shown(**PAPER, until="2026-05-31")),
        ("GS508", named(PAPER, ethnic_group="Thái")),
        ("GS509", shown(**{**PAPER, "scope": ["name"]})),
        ("GS502", named({**PUBLIC, "by": ["child", "guardian"]}, born="2016")),
        ("GS515", named({**PAPER, "scope": ["photo"]})),
        ("GS517", heard(**PAPER)),
        ("GS506", heard(**{**PAPER, "scope": ["voice"]}, withdrawn="2026-05-25")),
    ],
)
def test_each_rule_finds_its_mistake_alone(check: Check, rule: str, fields: dict[str, Any]) -> None:
    found = check(**fields)
    assert found_in(found) == [(rule, "error")]
    assert "{" not in found[0].message() + found[0].hint("en")


@pytest.mark.parametrize(
    "fields",
    [
        named(PAPER),
        named(PUBLIC),
        named({**PAPER, "until": "2026-06-01"}),
        named(ALL, ethnic_group="Thái"),
        named(died="1949"),
        named({"basis": "historical"}, born="1934", died="unknown"),
        {"honorees": [{"kind": "person", "called": "một em học sinh lớp 4", "minor": True}]},
        child("2016", ["child", "guardian"]),
        child("2021", ["guardian"]),
        child("2010-05-19"),
        child("2009"),
        named({"basis": "historical"}, born="1934", died="1949", minor=True),
        shown(**PAPER),
        shown(**PUBLIC),
        heard(**{**PAPER, "scope": ["voice"]}),
        heard(**PUBLIC),
        named({**PAPER, **PUBLIC, "by": ["child", "guardian"]}, born="2016"),
    ],
)
def test_what_is_right_is_left_alone(check: Check, fields: dict[str, Any]) -> None:
    assert check(**fields) == []


def test_the_dead_have_no_scope_that_must_name_an_ethnic_group(check: Check) -> None:
    found = check(**named({"basis": "historical"}, died="1949", ethnic_group="Mông"))
    assert found_in(found) == [("GS508", "warning")]


@pytest.mark.parametrize(("policy", "severity"), [("warn", "warning"), ("off", None)])
def test_the_policy_relaxes_adults_only(
    check: Check, make_registers: Make, policy: str, severity: str | None
) -> None:
    registers = make_registers(consent_policy=policy)
    adult = [("GS501", severity)] if severity else []
    assert found_in(check(registers=registers, **named())) == adult
    assert found_in(check(registers=registers, **child("2016"))) == [("GS505", "error")]
    both = found_in(check(registers=registers, **named(born="2016")))
    assert both == [("GS501", "error"), ("GS505", "error")]


def test_a_draft_is_warned(check: Check) -> None:
    assert found_in(check(status="draft", **named())) == [("GS501", "warning")]
    withdrawn = named({**PAPER, "withdrawn": "2026-05-25"})
    assert found_in(check(status="draft", **withdrawn)) == [("GS506", "warning")]


def test_registered_honorees_are_judged_with_their_file(check: Check, make_registers: Make) -> None:
    person = {"kind": "person", "name": "Lò Thị Mai"}
    story = {"honorees": [{"id": "lo-thi-mai"}]}

    def run(**fields: Any) -> list[tuple[str, str]]:
        registers = make_registers(honorees={"lo-thi-mai": {**person, **fields}})
        return found_in(check(registers=registers, **story))

    assert run() == [("GS501", "error")]
    assert run(consent=PAPER) == []
    assert run(consent={**PAPER, "withdrawn": "2026-05-25"}) == [("GS506", "error")]
    assert run(consent={**PAPER, "until": "2025-01-01"}) == [("GS507", "error")]
    # The file itself is reported once, by check_registers.
    assert run(consent={"basis": "consent"}) == []
    assert run(consent=PAPER, born="2015") == [("GS505", "error")]
    assert run(consent=PAPER, ethnic_group="Thái") == [("GS508", "error")]


@pytest.mark.parametrize("policy", ["required", "warn", "off"])
def test_what_somebody_left_out_stays_left_out_under_every_policy(
    check: Check, make_registers: Make, policy: str
) -> None:
    registers = make_registers(consent_policy=policy)
    for rule, fields in (
        ("GS506", named({**PAPER, "withdrawn": "2026-05-25"})),
        ("GS509", shown(**{**PAPER, "scope": ["name"]})),
        ("GS515", named({**PAPER, "scope": ["photo"]})),
        ("GS517", heard(**PAPER)),
    ):
        assert found_in(check(registers=registers, **fields)) == [(rule, "error")]


def test_withdrawal_prints_the_command_that_erases(check: Check, make_registers: Make) -> None:
    (found,) = check(**named({**PAPER, "withdrawn": "2026-05-25"}))
    assert "guongsang erase con-chu" in found.hint() and "erase con-chu" in found.hint("en")
    person = {"kind": "person", "name": "Lò Thị Mai"}
    gone = {**person, "consent": {**PAPER, "withdrawn": "2026-05-25"}}
    registers = make_registers(honorees={"lo-thi-mai": gone})
    (found,) = check(registers=registers, honorees=[{"id": "lo-thi-mai"}])
    assert "guongsang erase nhan-vat/lo-thi-mai" in found.hint()


def test_files_that_were_agreed_to_on_a_paper_that_is_withdrawn(
    check: Check, make_registers: Make
) -> None:
    """A picture without a name still shows who has withdrawn: the number of the paper says so."""
    gone = {"kind": "person", "name": "Lò Thị Mai", "consent": {**PAPER, "withdrawn": "2026-05-25"}}
    registers = make_registers(honorees={"lo-thi-mai": gone})
    voice = heard(**{**PAPER, "scope": ["voice"]})
    for fields in (shown(**PAPER), voice):
        assert found_in(check(registers=registers, **fields)) == [("GS506", "error")]
    assert check(registers=registers, **shown(**{**PAPER, "record": "PĐY-khác"})) == []
    assert check(registers=registers, **shown(**PUBLIC)) == []
    alone = make_registers(honorees={"lo-thi-mai": {**gone, "consent": PAPER}})
    assert check(registers=alone, **shown(**PAPER)) == []


def test_a_problem_points_at_the_line_of_the_consent(check: Check) -> None:
    (whole,) = check(**named())
    (consent,) = check(**named(without("record")))
    assert whole.line < consent.line
