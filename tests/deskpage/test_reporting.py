"""Reports from the desk page: what the command makes, the same refusals, no other file."""

from __future__ import annotations

import json

import pytest

from guongsang.office import errors
from guongsang.registers.paths import PRINTS

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wish(period, head="state", xlsx=False):
    return {"period": period, "head": head, "xlsx": xlsx}


def refused(desk, told):
    reply = desk.ask("POST", "report.json", told)
    return int(reply.status), json.loads(reply.content)["text"]


def made(desk):
    folder = desk.newsroom.root / "an-pham"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_the_periods_that_have_public_stories_are_offered(desk):
    offered = desk.get("report.json")["periods"]
    assert {(each["kind"], each["name"]): each["count"] for each in offered} == {
        ("year", "2026"): 2,
        ("year", "2025"): 1,
        ("half", "2026-01..2026-06"): 2,
        ("half", "2025-07..2025-12"): 1,
        ("quarter", "2026-Q2"): 2,
        ("quarter", "2025-Q4"): 1,
        ("month", "2026-06"): 1,
        ("month", "2026-05"): 1,
        ("month", "2025-12"): 1,
    }
    assert offered[2]["words"] == "6 tháng đầu năm 2026"


@pytest.mark.parametrize(
    ("told", "command", "kinds"),
    [
        (wish("2026-Q2"), ["2026-Q2"], [WORD]),
        (
            wish(" 2025-12 .. 2026-06", "party", True),
            ["2025-12..2026-06", "--head", "party", "--xlsx"],
            [WORD, SHEETS],
        ),
    ],
)
def test_the_page_makes_the_bytes_that_the_command_makes(desk, told, command, kinds):
    done = desk.post("report.json", told)
    sent = [desk.ask("GET", path) for path in done["files"]]
    assert [each.kind for each in sent] == kinds
    assert [f"an-pham/{name}" for name in made(desk)] == sorted(done["files"])
    register = (desk.newsroom.root / PRINTS).read_text("utf-8")
    for path in done["files"]:
        (desk.newsroom.root / path).unlink()
    (desk.newsroom.root / PRINTS).unlink()
    ran = desk.newsroom.run("report", *command)
    assert ran.code == 0 and f"{done['stories']} bài" in ran.out, ran.err
    again = [(desk.newsroom.root / path).read_bytes() for path in done["files"]]
    assert again == [each.content for each in sent]
    assert (desk.newsroom.root / PRINTS).read_text("utf-8") == register


def test_what_cannot_be_made_is_told_in_the_words_of_the_command(desk, monkeypatch):
    assert refused(desk, wish("2026-13")) == (422, desk.newsroom.run("report", "2026-13").err[:-1])
    desk.newsroom.edit("con-chu", "title: Con chữ lên Mù Cả\n", "")
    status, text = refused(desk, wish("2026"))
    assert status == 422 and "stories/2026/con-chu/index.md: " in text and "sửa 1 lỗi" in text
    monkeypatch.setattr(errors, "find_spec", lambda _: None)
    reply = desk.ask("GET", "report.json")
    assert int(reply.status) == 422 and "guongsang[office]" in json.loads(reply.content)["text"]
    assert "guongsang[office]" in refused(desk, wish("2026"))[1]
    assert made(desk) == []


@pytest.mark.parametrize(
    "told",
    [
        {},
        wish(5),
        wish("2026", "king"),
        wish("2026", ["state"]),
        wish("2026", xlsx="yes"),
        {"period": "2026"},
    ],
)
def test_what_the_page_never_sends_is_refused(desk, told):
    assert refused(desk, told)[0] == 400
    assert made(desk) == []


def test_what_may_not_be_named_is_told(desk):
    scope = "{basis: consent, record: P-1, date: 2026-05-01, scope: [name]}"
    person = f"  - {{kind: person, name: Lò Thị Mẫu, consent: {scope}}}"
    desk.newsroom.edit("con-chu", "  - id: ho-giao\n    role: người dạy chữ", person)
    desk.newsroom.edit("con-chu", "awards: [hc-1966]\n", "")
    (note,) = desk.post("report.json", wish("2026"))["notes"]
    assert note.startswith("Bài con-chu được đếm nhưng không ghi tít")
