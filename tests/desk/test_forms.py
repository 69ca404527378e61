"""`guongsang consent`: who signs, which number, and that nothing of it enters the repository."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice

import pytest

from guongsang.desk.papers.forms import FORMS, _next_numbers, plan_paper
from guongsang.registers.load import load_registers

PEOPLE = """honorees:
  - {kind: person, name: Lò Thị Mẫu, born: 1986-03-05}
  - {kind: person, called: một em học sinh lớp 4, minor: true}
  - {kind: person, name: Giàng A Thử, born: 2021-02-01}
  - {kind: person, name: Vàng Thị Sểnh, born: 2012,
     consent: {basis: consent, record: PĐY-2026-041}}
  - {kind: collective, name: Tổ tự quản}
  - {kind: person, name: Cụ Pờ Xì, died: unknown}
"""


@pytest.fixture
def people(newsroom):
    newsroom.edit("ban-thao", "honorees:\n  - id: ho-giao\n", PEOPLE)
    return newsroom


def read_forms(newsroom, slug="ban-thao"):
    text = (newsroom.root / FORMS / f"{slug}.html").read_text("utf-8")
    return text, re.findall(r'data-record="([^"]+)" data-name="([^"]+)"', text)


def test_each_living_person_gets_a_form_with_a_number(people):
    ran = people.run("consent", "ban-thao")
    assert (ran.code, ran.err) == (0, "")
    text, made = read_forms(people)
    assert made == [
        ("PĐY-2026-042", "Lò Thị Mẫu"),
        ("PĐY-2026-043", "một em học sinh lớp 4"),
        ("PĐY-2026-044", "Giàng A Thử"),
        ("PĐY-2026-041", "Vàng Thị Sểnh"),
    ]
    assert "PĐY-2026-043: một em học sinh lớp 4: người giám hộ và em cùng ký\n" in ran.out
    assert "PĐY-2026-044: Giàng A Thử: người giám hộ ký\n" in ran.out
    sheets = text.split("<article")[1:]
    assert [sheet.count("Người giám hộ (họ và tên)") for sheet in sheets] == [0, 1, 1, 1]
    assert ["(ký hoặc tự viết tên)" in sheet for sheet in sheets] == [False, True, False, True]
    # The child signs with a name that the story does not have.
    assert "lớp 4" not in re.sub(r'data-name="[^"]*"', "", text)
    assert "du-lieu@guong.example" in text and "05/03/1986" in text
    assert not re.search(r"<script|https?://|@import|url\(", text)


def test_a_form_that_is_made_again_keeps_its_number(people):
    people.run("consent", "ban-thao")
    before = read_forms(people)[1]
    people.run("consent", "ban-thao")
    assert read_forms(people)[1] == before
    # Numbers on printed forms are not given away again.
    people.run("consent", "mot-giot-mau")
    assert read_forms(people, "mot-giot-mau")[1][0][0] == "PĐY-2026-045"


def test_nothing_enters_the_repository_and_erasing_takes_it_along(people):
    before = {path: path.read_bytes() for path in people.root.rglob("stories/**/*.*")}
    people.run("consent", "ban-thao")
    assert {path: path.read_bytes() for path in people.root.rglob("stories/**/*.*")} == before
    assert people.run("erase", "ban-thao").code == 0
    assert not (people.root / FORMS).exists()


def test_a_dry_run_writes_nothing(people):
    ran = people.run("consent", "ban-thao", "--dry-run")
    assert ran.code == 0 and "Lò Thị Mẫu ký" in ran.out and "chưa ghi gì" in ran.err
    assert not (people.root / FORMS).exists()


@pytest.mark.parametrize(
    ("slug", "code", "said"),
    [("con-chu", 1, "không có ai còn sống để ký"), ("khong-co", 2, "Không có bài")],
)
def test_who_cannot_sign_is_said_in_one_line(newsroom, slug, code, said):
    ran = newsroom.run("consent", slug)
    assert ran.code == code and said in ran.err and ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ([], ["PĐY-2026-001", "PĐY-2026-002"]),
        (["PĐY-2025-077"], ["PĐY-2026-001"]),
        (["PĐY-2026-009"], ["PĐY-2026-010"]),
        (["MẪU-2026-0099", "MẪU-2025-1", "PĐY-2026-500"], ["MẪU-2026-0100"]),
        (["ở ngăn kéo thứ hai"], ["PĐY-2026-001"]),
    ],
)
def test_numbers_go_on_as_the_newsroom_writes_them(known, wanted):
    assert list(islice(_next_numbers(known, 2026), len(wanted))) == wanted


def test_words_of_a_story_are_only_words(people):
    people.edit("ban-thao", "title: Bản thảo chưa đăng", 'title: "A <script>alert(1)</script>"')
    registers = load_registers(people.root).registers
    path = people.path("ban-thao").relative_to(people.root).as_posix()
    paper = plan_paper(people.root, path, registers, dt.date(2026, 7, 1))
    assert "<script" not in paper.html and "&lt;script&gt;" in paper.html
