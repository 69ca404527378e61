"""A text field that comes into a model is looked at by every rule that reads such texts."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from guongsang.checks.subjects import read_registered, read_subject
from guongsang.registers.model import Honoree
from guongsang.stories.model import (
    Attachment,
    FrontMatter,
    Retraction,
    Source,
    StoryHonoree,
    StoryPhoto,
)
from guongsang.stories.schema import AtLeastOne, Text
from guongsang.stories.texts import Seen

NAMED = {"basis": "consent", "record": "P-1", "date": "2026-05-01", "scope": ["name"]}
WITHDRAWN = {**NAMED, "withdrawn": "2026-05-20"}
CHILD = {"kind": "person", "called": "một em học sinh", "minor": True}


class NewHonoree(StoryHonoree):
    nickname: Annotated[Text | None, Seen.NAME] = None
    motto: Annotated[Text | None, Seen.TEXT] = None
    memo: Annotated[Text | None, Seen.NEVER] = None


class NewPhoto(StoryPhoto):
    place: Annotated[Text | None, Seen.TEXT] = None
    agency: Annotated[Text | None, Seen.NAME] = None


class NewSource(Source):
    archive: Annotated[Text | None, Seen.ADDRESS] = None


class NewRetraction(Retraction):
    remark: Annotated[Text | None, Seen.TEXT] = None


class NewFront(FrontMatter):
    honorees: Annotated[list[NewHonoree], *AtLeastOne]
    cover: NewPhoto
    sources: list[NewSource] = Field(default_factory=list)
    quotes: Annotated[list[Text], Seen.TEXT] = Field(default_factory=list)
    memo: Annotated[Text | None, Seen.NEVER] = None
    retracted: NewRetraction | None = None


class NewProfile(Honoree):
    nickname: Annotated[Text | None, Seen.NAME] = None


@pytest.fixture
def rules(check):
    """Check a story of the new models; returns pairs of rule and line."""

    def run(**front):
        return {found.rule for found in check(model=NewFront, **front)}

    return run


def test_a_nickname_names_a_child(rules):
    assert rules(honorees=[CHILD]) & {"GS505", "GS513"} == set()
    assert "GS505" in rules(honorees=[{**CHILD, "nickname": "Tí Chuột"}])


@pytest.mark.parametrize(
    "front",
    [
        {"quotes": ["Bà con quý mến", "Ai cũng gọi là Tí Chuột."]},
        {"title": "Chuyện của Tí Chuột"},
        {"cover": {"src": "bia.jpg", "alt": "", "place": "Nhà Tí Chuột"}},
        {"cover": {"src": "bia.jpg", "alt": "", "agency": "Tí Chuột"}},
        {"sources": [{"title": "Báo", "archive": "kho/ti-chuot"}]},
    ],
    ids=lambda front: next(iter(front)),
)
def test_what_names_a_child_is_looked_for_in_every_text(rules, front):
    child = {**CHILD, "nickname": "Tí Chuột"}
    assert "GS513" not in rules(honorees=[child])
    assert "GS513" in rules(honorees=[child], **front)


def test_the_own_entry_may_say_it_only_where_that_names(rules):
    child = {**CHILD, "nickname": "Tí Chuột"}
    assert "GS513" in rules(honorees=[{**child, "motto": "Tí Chuột không sợ suối"}])
    assert "GS513" not in rules(honorees=[{**child, "memo": "Tí Chuột"}], memo="Tí Chuột")


def test_a_profile_that_is_withdrawn_is_known_by_each_of_its_names(check, make_registers):
    registers = make_registers()
    profile = NewProfile.model_validate(
        {"kind": "person", "name": "Vàng Thị Dợ", "nickname": "Cô Út Suối", "consent": WITHDRAWN}
    )
    registers.honorees["vang-thi-do"] = profile
    assert read_registered(profile).names == ("Vàng Thị Dợ", "Cô Út Suối")
    found = {each.rule for each in check(registers=registers, body="Gặp Cô Út Suối ở chợ.\n")}
    assert "GS514" in found


def test_a_story_may_add_a_name_to_a_registered_person(make_registers):
    registers = make_registers(honorees={"a": {"kind": "person", "name": "Lý Páo Sử"}})
    entry = NewHonoree(id="a", nickname="Sử Chợ")
    assert read_subject(entry, registers).names == ("Lý Páo Sử", "Sử Chợ")


@pytest.mark.parametrize(
    ("rule", "text", "stays"),
    [
        ("GS510", "gọi 0912 345 678", True),
        ("GS511", "CCCD 012345678901", True),
        ("GS512", "ở số nhà 12 tổ 5", True),
        ("GS603", "Mù C\u200bả", False),
    ],
)
def test_rules_of_texts_read_it_too(rules, rule, text, stays):
    """Numbers and homes also where no reader sees them: the history keeps them."""
    assert (rule in rules(quotes=["lời nói"], memo=text)) == stays
    assert rule in rules(quotes=["lời nói", text])
    assert rule in rules(cover={"src": "bia.jpg", "alt": "", "place": text})


def test_a_picture_that_names_in_a_new_text_is_out_of_scope(rules):
    person = {"kind": "person", "name": "Lò Văn Pha", "consent": NAMED}
    cover = {"src": "bia.jpg", "alt": ""}
    assert "GS516" in rules(honorees=[person], cover={**cover, "place": "Nhà Lò Văn Pha"})
    assert "GS516" not in rules(honorees=[person], cover={**cover, "agency": "Lò Văn Pha"})


def test_the_whole_of_a_retraction_is_public(rules):
    gone = {"date": "2026-05-25", "reason": "Theo yêu cầu."}
    front = {
        "status": "retracted",
        "honorees": [{"kind": "person", "name": "Lò Văn Pha", "consent": NAMED}],
    }
    assert "GS520" not in rules(retracted=gone, **front)
    assert "GS520" in rules(retracted={**gone, "remark": "Ông Lò Văn Pha muốn thế."}, **front)


def test_a_field_that_declares_nothing_stops_the_check(check):
    class Forgotten(Attachment):
        note: Text | None = None

    class ForgottenFront(FrontMatter):
        attachments: list[Forgotten] = Field(default_factory=list)

    with pytest.raises(TypeError, match=r"Forgotten\.note"):
        check(model=ForgottenFront, attachments=[{"src": "a.pdf", "title": "A", "note": "b"}])
