"""`check --release`: placeholders, warnings, and the ledger of published addresses."""

from __future__ import annotations

import json

import pytest

from guongsang.checks.newsroom.release import find_placeholders, read_ledger
from guongsang.registers.paths import LEDGER


@pytest.fixture
def ledger(newsroom):
    newsroom.run("fix", str(newsroom.root / LEDGER))
    return newsroom.root / LEDGER


def problems_of(newsroom, *options):
    ran = newsroom.run("check", "--format", "json", *options)
    return ran.code, json.loads(ran.out)["problems"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TODO: hỏi lại", "TODO"),
        ("<!-- FIXME -->", "FIXME"),
        ("nặng xxx kg", "xxx"),
        ("ngày xx, Xxx", "Xxx"),
        ("XXXX", "XXXX"),
        ("…", "…"),
        ("dòng một\n…\ndòng ba", "…"),
        ("ông ... ở bản", "..."),
        ("chị [tên] nói", "[tên]"),
        ("chị [Tên nhân vật] nói", "[Tên nhân vật]"),
        ("sinh [năm], ở", "[năm]"),
        ("Lorem ipsum dolor", "Lorem ipsum"),
        ("một lorem", "lorem"),
    ],
)
def test_placeholders(text, found):
    assert [hit for _, hit in find_placeholders(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "rồi… anh đi",
        "rồi... anh đi",
        "“…nhớ mãi”",
        "lược (…) và […]",
        "Huân chương lần thứ XXX",
        "xx",
        "https://bao.example/TODO/xxx",
        "TODOS, todo, Toto",
        "maxxx, xxxa",
        "[tên](https://bao.example)",
        "[tên][1]",
        "[năm 1959]",
        "[^1]",
        "phương châm: dám nghĩ, dám làm.",
        "Floremia",
    ],
)
def test_no_placeholders(text):
    assert list(find_placeholders(text)) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("caption: Trường Mù Cả.", "caption: Ảnh TODO.", 18),
        ("Kết bài, có", "Kết bài xxx, có", None),
        ("alt: Lớp học buổi tối", "alt: …", None),
    ],
)
def test_a_placeholder_stops_the_release_only(newsroom, ledger, old, new, line):
    newsroom.edit("con-chu", old, new)
    wanted = next(
        number
        for number, text in enumerate(newsroom.path("con-chu").read_text("utf-8").split("\n"), 1)
        if new in text
    )
    assert problems_of(newsroom) == (0, [])
    code, (found,) = problems_of(newsroom, "--release")
    assert (code, found["rule"], found["line"]) == (1, "GS820", wanted)
    assert (found["path"], found["severity"]) == ("stories/2026/con-chu/index.md", "error")


def test_a_draft_may_have_placeholders(newsroom, ledger):
    path = newsroom.path("ban-thao")
    path.write_text(path.read_text("utf-8") + "\nTODO\n", "utf-8")
    assert "GS820" not in {found["rule"] for found in problems_of(newsroom, "--release")[1]}


def test_the_good_newsroom_passes_after_fix(newsroom, ledger):
    assert problems_of(newsroom, "--release") == (0, [])


def test_a_warning_about_a_ready_story_is_an_error(newsroom, ledger):
    newsroom.edit("con-chu", "Kết bài,", "Kết bài, gọi 0912 345 678,")
    code, found = problems_of(newsroom)
    assert (code, {each["severity"] for each in found}) == (0, {"warning"})
    code, hard = problems_of(newsroom, "--release")
    assert (code, {each["severity"] for each in hard}) == (1, {"error"})
    assert [each["rule"] for each in hard] == [each["rule"] for each in found]


def test_a_warning_about_a_draft_stays_one(newsroom, ledger):
    path = newsroom.path("ban-thao")
    path.write_text(path.read_text("utf-8") + "\nGọi 0912 345 678.\n", "utf-8")
    code, found = problems_of(newsroom, "--release")
    assert code == 0
    assert {each["severity"] for each in found} == {"warning"}


def test_a_story_that_is_not_in_the_ledger(newsroom):
    code, found = problems_of(newsroom, "--release", "--lang", "en")
    assert code == 1
    assert {each["rule"] for each in found} == {"GS823"}
    assert all("guongsang fix" in each["hint"] for each in found)
    # The one that waits for its hour too, else the gate would stop it just then.
    assert [each["path"].split("/")[2] for each in found] == [
        "nguoi-giu-lua",
        "con-chu",
        "hen-gio",
        "mot-giot-mau",
    ]


def test_a_lost_address_names_its_line_and_the_alias(newsroom, ledger):
    text = ledger.read_text("utf-8")
    ledger.write_text(text + "/2024/con-chu/\n/2026/ban-thao/\n", "utf-8")
    code, found = problems_of(newsroom, "--release")
    assert (code, [each["rule"] for each in found]) == (1, ["GS822", "GS822"])
    first = found[0]
    assert (first["path"], first["line"]) == (LEDGER, text.count("\n") + 1)
    assert "aliases: [/2024/con-chu/]" in first["hint"]
    assert "stories/2026/con-chu/index.md" in first["hint"]
    # With the alias typed as the hint says, the gate opens.
    newsroom.edit("con-chu", "status: ready", "status: ready\naliases: [/2024/con-chu/]")
    ledger.write_text(text + "/2024/con-chu/\n", "utf-8")
    assert problems_of(newsroom, "--release") == (0, [])


@pytest.mark.parametrize(
    "address",
    [
        "/2026/ten-phai-mat/",
        "/chuyen-muc/viet-tot/",
        "/chuyen-muc/viec-tot/",
        "/chuyen-muc/viec-tot/trang/3/",
        "/rss.xml",
        "/",
        "/nam/2026",
        "# /2024/khong-con/",
        "# erased: 0f3a",
        "/gioi-thieu/",
    ],
)
def test_addresses_that_lead_somewhere(newsroom, ledger, address):
    ledger.write_text(ledger.read_text("utf-8") + f"{address}\n", "utf-8")
    expected = 1 if address == "/chuyen-muc/viet-tot/" else 0
    assert problems_of(newsroom, "--release")[0] == expected


def test_a_ledger_that_is_no_text_is_reported(newsroom, ledger):
    ledger.write_bytes(b"/2026/\xff/\n")
    code, found = problems_of(newsroom, "--release")
    assert (code, [each["rule"] for each in found]) == (1, ["GS101"])


def test_path_only_filters_what_is_reported(newsroom):
    path = str(newsroom.path("con-chu").parent)
    code, found = problems_of(newsroom, "--release", path)
    assert (code, [each["path"] for each in found]) == (1, ["stories/2026/con-chu/index.md"])


def test_the_ledger_is_read_leniently():
    text = "# đầu\n\n/2026/a/\n2026/b/  \n"
    assert list(read_ledger(text)) == [(3, "/2026/a/"), (4, "/2026/b/")]
