"""What a story needs and the registers lack is recorded from the desk page."""

from __future__ import annotations

import json

import pytest
from tests.conftest import digests

KIND = {"name": "Kỷ niệm chương Vì sự nghiệp giáo dục", "form": "ky-niem-chuong"}


def written(desk):
    root = desk.newsroom.root
    return {name: digest for name, digest in digests(root).items() if not name.startswith(".cache")}


def register(desk, name):
    return (desk.newsroom.root / f"stories/registers/{name}.yml").read_text("utf-8")


def ask(desk, path, told):
    reply = desk.ask("POST", path, told)
    return int(reply.status), json.loads(reply.content)


def test_an_award_of_a_known_kind_enters_the_record_alone(desk):
    before = register(desk, "awards")
    told = {"honoree": "ho-giao", "award": "huan-chuong", "year": 1985, "issuer": "Nhà nước"}
    status, made = ask(desk, "award.json", told)
    assert (status, made["id"]) == (200, "huan-chuong-1985")
    assert made["record"]["awards"] == {
        "hc-1966": "Huân chương Lao động hạng Ba (1966)",
        "huan-chuong-1985": "Huân chương Lao động hạng Ba (1985)",
    }
    assert register(desk, "awards") == before
    assert desk.newsroom.run("check").code == 0


def test_an_award_of_a_new_kind_enters_both_registers(desk):
    before = register(desk, "awards")
    status, made = ask(desk, "award.json", {"honoree": "ho-giao", "kind": KIND})
    assert status == 200
    assert made["record"]["awards"][made["id"]] == KIND["name"]
    assert register(desk, "awards").startswith(before)
    story = "2026/con-chu"
    opened = desk.get("story.json", story=story)
    given = [*opened["front"]["awards"], made["id"]]
    sent = {"changes": {"awards": given}, "body": None, "digest": opened["digest"]}
    desk.post("save.json", sent, story=story)
    assert desk.newsroom.run("check").code == 0
    desk.build()
    found = desk.get("pick.json", kind="award", q="su nghiep giao duc")["found"]
    assert [each["label"] for each in found] == [KIND["name"]]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"honoree": "ho-giao"},
        {"honoree": "khong-co", "award": "huan-chuong"},
        {"honoree": "../newsroom", "award": "huan-chuong"},
        {"honoree": ["ho-giao"], "award": "huan-chuong"},
        {"honoree": "ho-giao", "award": ["huan-chuong"]},
        {"honoree": "ho-giao", "award": "huan-chuong", "year": "1985a"},
        {"honoree": "ho-giao", "kind": {"name": "Giấy khen", "form": "giay-khen"}},
        {"honoree": "ho-giao", "kind": {"name": "Mới", "form": "x"}},
        {"honoree": "khong-co", "kind": KIND},
    ],
    ids=range(10),
)
def test_of_an_award_that_would_be_wrong_nothing_is_written(desk, told):
    before = written(desk)
    status, said = ask(desk, "award.json", told)
    assert status in (400, 422)
    assert len(said["text"]) > 10
    assert written(desk) == before


def test_authors_may_share_a_name_and_series_may_not(desk):
    names = [ask(desk, "author.json", {"name": "Nguyễn Thị Lan"})[1]["id"] for _ in range(2)]
    assert names == ["nguyen-thi-lan", "nguyen-thi-lan-2"]
    series = {"name": "Người giữ rừng", "description": "Ba kỳ."}
    assert ask(desk, "series.json", series)[1] == {
        "id": "nguoi-giu-rung",
        "name": "Người giữ rừng",
    }
    assert "nguoi-giu-rung:\n  name: Người giữ rừng\n  description: Ba kỳ.\n" in register(
        desk, "series"
    )
    before = written(desk)
    status, said = ask(desk, "series.json", {"name": "nguoi giu rung"})
    assert (status, "series.yml" in said["text"]) == (422, True)
    assert written(desk) == before
    assert desk.newsroom.run("check").code == 0


@pytest.mark.parametrize("path", ["author.json", "series.json"])
@pytest.mark.parametrize("told", [{}, {"name": ""}, {"name": "…"}, {"name": ["a"]}])
def test_a_record_has_a_name(desk, path, told):
    before = written(desk)
    assert ask(desk, path, told)[0] in (400, 422)
    assert written(desk) == before


def test_what_is_recorded_is_known_at_once(desk):
    """Also where the build that follows shows nothing new, and before it."""
    story = "2026/con-chu"
    front = desk.get("story.json", story=story)["front"]
    made = {
        "series": ask(desk, "series.json", {"name": "Người giữ rừng"})[1]["id"],
        "author": ask(desk, "author.json", {"name": "Lò Văn Mẫu"})[1]["id"],
        "honoree": ask(desk, "honoree.json", {"kind": "household", "name": "Nhà Mẫu"})[1]["id"],
        "award": ask(desk, "award.json", {"honoree": "ho-giao", "kind": KIND})[1]["id"],
    }
    changes = {
        "series": {"id": made["series"], "part": 1},
        "authors": [{"id": made["author"], "did": "text"}],
        "awards": [made["award"]],
        "honorees": [*front["honorees"], {"id": made["honoree"]}],
    }
    told = desk.post("check.json", {"changes": changes, "body": None}, story=story)
    wrong = {each["rule"] for each in told["problems"] if each["severity"] == "error"}
    assert wrong <= {"GS501"}, "consent is asked of somebody new"
    for kind in ("series", "author", "honoree"):
        found = desk.get("pick.json", kind=kind, q=made[kind].replace("-", " "))["found"]
        assert made[kind] in [each["value"] for each in found]


def test_somebody_picked_brings_what_the_form_shows_of_them(desk):
    (found,) = desk.get("pick.json", kind="honoree", q="ho giao")["found"]
    assert found["record"]["name"] == "Hồ Giáo"
    assert list(found["record"]["awards"]) == ["hc-1966"], "what was revoked is not offered"
