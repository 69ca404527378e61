"""Names, pictures and facts of people where they may not be, in every text and every file name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guongsang.checks.people import disclosure as names
from guongsang.problems.problem import Problem
from guongsang.registers.model import Registers

Check = Callable[..., list[Problem]]
Make = Callable[..., Registers]

PAPER = {"basis": "consent", "record": "PĐY-1", "date": "2026-05-01", "scope": ["name", "photo"]}
AGREED = {**PAPER, "by": ["child", "guardian"]}
COVER = {"src": "bia.jpg", "alt": "Lớp học"}
SUMMARY = "Một câu tóm tắt đủ dài để kể vắn tắt rằng {} đã vượt suối đến lớp suốt bốn năm."


def page(name: str = "Giàng A Páo", **fields: Any) -> dict[str, Any]:
    entry = {"kind": "person", "name": name, "born": "2016", "consent": PAPER}
    return {"honorees": [{**entry, **fields}]}


def places(problems: list[Problem], rule: str) -> list[tuple[int, int]]:
    return [(each.line, each.column) for each in problems if each.rule == rule]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Giàng A Páo đến lớp"},
        {"summary": SUMMARY.format("em Páo")},
        {"summary": SUMMARY.format("em Giang A Pao")},
        {"body": "Em Páo học lớp 4."},
        {"body": "GIÀNG A PÁO"},
        {"cover": {**COVER, "alt": "Giàng Páo bên bạn"}},
        {"cover": {**COVER, "caption": "A Páo bên bạn"}},
        {"cover": {**COVER, "credit": "Giàng A Páo"}},
        {"tags": ["giàng a páo"]},
        {"slug": "giang-a-pao-den-lop"},
        {"slug": "cau-be-a-pao"},
        {"cover": {**COVER, "src": "em-pao.jpg"}, "files": ["em-pao.jpg"]},
        {"aliases": ["/cu/giang-a-pao/"]},
        {"sources": [{"title": "Báo", "url": "https://bao.example/giang-a-pao-12.html"}]},
        {
            "attachments": [{"src": "GiangAPao.pdf", "title": "Giấy khen"}],
            "files": ["bia.jpg", "GiangAPao.pdf"],
        },
        {"attachments": [{"src": "a.pdf", "title": "Bài làm của em Páo"}],
         "files": ["bia.jpg", "a.pdf"]},
        {"audio": [{"src": "giang-a-pao.mp3"}], "files": ["bia.jpg", "giang-a-pao.mp3"]},
        {"audio": [{"src": "a.mp3", "transcript": "Em là Giàng A Páo."}],
         "files": ["bia.jpg", "a.mp3"]},
    ],
)  # fmt: skip
def test_a_child_without_consent_is_found_wherever_it_is_named(
    check: Check, fields: dict[str, Any]
) -> None:
    found = check(**page(), **fields)
    rules = [each.rule for each in found if each.rule != "GS401"]
    assert sorted(rules) == ["GS505", "GS513"]
    agreed = check(**page(consent=AGREED), **fields)
    assert [each.rule for each in agreed if each.rule != "GS401"] == []


def test_every_place_is_told_with_its_position(check: Check) -> None:
    found = check(
        **page(), title="Em Páo", body="Páo dậy sớm.\n\nCả nhà gọi em Páo là con út, A Páo."
    )
    line = max(each.line for each in found)
    body = [place for place in places(found, "GS513") if place[0] >= line - 2]
    assert body == [(line - 2, 1), (line, 12), (line, 30)]
    assert len(places(found, "GS513")) == 4
    assert "{" not in found[-1].message() + found[-1].hint("en")


def test_a_registered_child_is_found_in_a_story_about_somebody_else(
    check: Check, make_registers: Make
) -> None:
    record = {"kind": "person", "name": "Giàng A Páo", "other_names": ["Páo Lử"], "minor": True}
    registers = make_registers(honorees={"giang-a-pao": record})
    body = "Thầy dìu em Giang A Pao qua suối; Páo Lử cười."
    found = check(registers=registers, body=body)
    assert [(each.rule, each.column) for each in found] == [("GS513", 13), ("GS513", 35)]
    agreed = make_registers(honorees={"giang-a-pao": {**record, "consent": AGREED}})
    assert check(registers=agreed, body=body) == []
    # The story has the consents of its own.
    own = {"honorees": [{"id": "giang-a-pao", "consent": AGREED}]}
    assert check(registers=registers, body=body, **own) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Chị Lò Thị Mai kể.", 1),
        ("Chị LO THI MAI kể.", 1),
        ("Chị Mai kể, sáng mai lại đến.", 1),
        ("Sáng mai đi chợ, hoa Sơn Mai nở.", 0),
    ],
)
def test_who_has_withdrawn_is_named_nowhere(
    check: Check, make_registers: Make, body: str, count: int
) -> None:
    gone = {**PAPER, "withdrawn": "2026-05-25"}
    found = check(body=body, **page("Lò Thị Mai", born="1980", consent=gone))
    assert [each.rule for each in found] == ["GS506"] + ["GS514"] * count
    found = check(status="draft", body=body, **page("Lò Thị Mai", born="1980", consent=gone))
    assert {each.severity for each in found} == {"warning"}
    person = {"kind": "person", "name": "Lò Thị Mai", "consent": gone}
    registers = make_registers(honorees={"lo-thi-mai": person})
    found = check(registers=registers, body=body)
    assert [each.rule for each in found] == ["GS514"] * ("thị mai" in body.lower() or "THI" in body)


@pytest.mark.parametrize(
    ("cover", "rules"),
    [
        ({"caption": "Chị Lò Thị Mai dệt vải"}, ["GS516"]),
        ({"alt": "Chị Mai dệt vải"}, ["GS516"]),
        ({"caption": "Khung cửi"}, []),
        ({"caption": "Chị Mai", "consent": {"basis": "public_event", "note": "hội làng"}}, []),
    ],
)
def test_a_picture_that_names_somebody_shows_them(
    check: Check, cover: dict[str, Any], rules: list[str]
) -> None:
    person = page("Lò Thị Mai", born="1980", consent={**PAPER, "scope": ["name"]})
    found = check(**person, cover={**COVER, **cover})
    assert [each.rule for each in found] == rules
    person = page("Lò Thị Mai", born="1980", consent=PAPER)
    assert check(**person, cover={**COVER, **cover}) == []


@pytest.mark.parametrize(
    ("body", "scope"),
    [
        ("Chị Lò Thị Mai bị ung thư vẫn đến lớp.", "health"),
        ("Năm 2020 chị Mai mắc bệnh lao.", "health"),
        ("Mai là người khuyết tật.", "health"),
        ("Chị Mai, dân tộc Thái, dạy chữ.", "ethnic_group"),
        ("Lò Thị Mai là người dân tộc Thái.", "ethnic_group"),
    ],
)
def test_sensitive_facts_beyond_the_scope(check: Check, body: str, scope: str) -> None:
    person = page("Lò Thị Mai", born="1980", consent=PAPER)
    found = check(body=body, **person)
    assert [(each.rule, each.severity) for each in found] == [("GS518", "warning")]
    assert scope in found[0].hint()
    allowed = {**PAPER, "scope": ["name", "photo", scope]}
    assert check(body=body, **page("Lò Thị Mai", born="1980", consent=allowed)) == []
    dead = {"consent": {"basis": "historical"}, "died": "2020"}
    assert check(body=body, **page("Lò Thị Mai", born="1980", **dead)) == []


@pytest.mark.parametrize(
    "body",
    [
        "Chị Mai chăm người bị bệnh.",
        "Chị Mai dạy chữ cho học sinh dân tộc Mông.",
        "Chị Mai từng bị mù chữ.",
        "Chị Mai về. Cả bản bị bệnh.",
        "Bác sĩ nói về bệnh ung thư.",
    ],
)
def test_what_is_told_of_others_is_no_fact_about_the_person(check: Check, body: str) -> None:
    assert check(body=body, **page("Lò Thị Mai", born="1980", consent=PAPER)) == []


@pytest.mark.parametrize(
    ("reason", "rules"),
    [
        ("Chị Lò Thị Mai đề nghị gỡ", ["GS520"]),
        ("Theo đề nghị của chị Mai", ["GS520"]),
        ("Theo yêu cầu của người được viết", []),
    ],
)
def test_the_reason_of_a_retraction_names_nobody(
    check: Check, reason: str, rules: list[str]
) -> None:
    retracted = {"status": "retracted", "retracted": {"date": "2026-05-20", "reason": reason}}
    found = check(**page("Lò Thị Mai", born="1980"), **retracted)
    assert [each.rule for each in found] == rules


WORDS = ["mắc", "bị", "nhiễm", "là", "một", "người", "nghiện", "khuyết tật", "HIV", "bệnh", "mù",
         "chữ", "rượu", "ung thư", "suy tim", "lao", "xã"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_the_quick_sign_of_an_illness_misses_none(text: str) -> None:
    if names._HEALTH.search(text):
        assert names._may_tell_of_health(text)
