"""Records added to registers: what stood there stays, byte for byte."""

from __future__ import annotations

import pytest

from guongsang.desk.add_record import free_key, plan_award, plan_record
from guongsang.desk.refuse import RefusedError
from guongsang.registers.load import read_register

FOLDER = "stories/registers"
AWARDS = """\
# Từ cao xuống thấp.

# ---- Huân chương ----

huan-chuong-sao-vang:
  name: Huân chương Sao vàng  # cao nhất
  form: huan-chuong
  level: nha-nuoc

giay-khen: {name: Giấy khen, form: giay-khen}
# hết
"""
PERSON = """\
# hồ sơ
kind: person
name: Hồ Giáo
died: 2015   # năm
consent: {basis: historical}
# huân chương, xem hồ sơ giấy
awards:
  - {id: hc-1966, award: huan-chuong-sao-vang, year: 1966}
"""
NEW = {"name": "Kỷ niệm chương Vì rừng: xanh", "form": "ky-niem-chuong", "level": "bo-tinh"}


@pytest.fixture
def registers(tmp_path):
    """Write a register's file as bytes; return the root."""

    def write(name, text):
        path = tmp_path / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return tmp_path

    return write


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["# hết\n", "", "\n"])
def test_a_record_stands_at_the_end_and_nothing_else_differs(registers, end, mark, last):
    text = mark + AWARDS.replace("# hết\n", last).replace("\n", end)
    root = registers("awards.yml", text)
    key, edit = plan_record(root, "awards", NEW)
    assert key == "ky-niem-chuong-vi-rung-xanh"
    assert edit.before == text
    assert edit.after.startswith(text)
    added = edit.after.removeprefix(text).replace(end, "\n").strip("\n")
    assert added.splitlines() == [
        f"{key}:",
        "  name: 'Kỷ niệm chương Vì rừng: xanh'",
        "  form: ky-niem-chuong",
        "  level: bo-tinh",
    ]
    assert ("\r" in edit.after) == ("\r" in text)
    (root / edit.path).write_bytes(edit.after.encode())
    reading = read_register(root, edit.path)
    assert (len(reading.records), reading.problems) == (3, [])


def test_a_last_line_without_an_end_gets_one(registers):
    root = registers("series.yml", "a: {name: Một}")
    assert plan_record(root, "series", {"name": "Hai"})[1].after == (
        "a: {name: Một}\nhai:\n  name: Hai\n"
    )


def test_a_register_that_is_not_there_is_made(registers):
    root = registers("awards.yml", AWARDS)
    _, edit = plan_record(root, "series", {"name": "Loạt mới"})
    assert (edit.is_new, edit.before, edit.after) == (True, "", "loat-moi:\n  name: Loạt mới\n")


@pytest.mark.parametrize(
    "record",
    [
        {"name": "giay KHEN", "form": "giay-khen"},
        {"name": "…", "form": "giay-khen"},
        {"form": "giay-khen"},
        {"name": "Bằng khen"},
        {"name": "Bằng khen", "form": "khong-co"},
        {"name": "Bằng khen", "form": "bang-khen", "muc": "x"},
        {"name": "Bằng\x07khen", "form": "bang-khen"},
    ],
)
def test_what_would_be_wrong_is_refused(registers, record):
    root = registers("awards.yml", AWARDS)
    with pytest.raises(RefusedError) as refused:
        plan_record(root, "awards", record)
    assert len(refused.value.message()) > 20


@pytest.mark.parametrize("text", ["{}\n", "{a: {name: Một}}\n", "- a\n"])
def test_a_file_that_cannot_be_added_to_is_left_alone(registers, text):
    root = registers("series.yml", text)
    with pytest.raises(RefusedError):
        plan_record(root, "series", {"name": "Hai"})


def test_problems_that_were_there_before_keep_nobody_from_adding(registers):
    root = registers("series.yml", "a:\n  name: Một\n  la: 1\n")
    key, edit = plan_record(root, "series", {"name": "Hai"})
    assert key in edit.after


def test_people_may_share_a_name(registers):
    root = registers("authors.yml", "lan: {name: Lan}\n")
    key, _ = plan_record(root, "authors", {"name": "Lan"}, may_share_name=True)
    assert key == "lan-2"


def test_an_award_is_added_to_the_record_and_comments_stay(registers):
    root = registers("honorees/ho-giao.yml", PERSON)
    award = {"award": "giay-khen", "year": 1970, "decision": "12/QĐ", "posthumous": True}
    key, edit = plan_award(root, "ho-giao", award)
    assert key == "giay-khen-1970"
    head = PERSON.partition("awards:")[0]
    assert edit.after.startswith(head)
    assert edit.after.removeprefix(head) == (
        "awards:\n"
        "  - id: hc-1966\n    award: huan-chuong-sao-vang\n    year: 1966\n"
        "  - id: giay-khen-1970\n    award: giay-khen\n    year: 1970\n"
        "    decision: 12/QĐ\n    posthumous: true\n"
    )


def test_a_first_award_and_one_more_of_the_same_kind_and_year(registers):
    root = registers("honorees/a.yml", "kind: person\nname: A Páo\n")
    ids = []
    for _ in range(3):
        key, edit = plan_award(root, "a", {"award": "giay-khen"})
        (root / edit.path).write_text(edit.after, "utf-8")
        ids.append(key)
    assert ids == ["giay-khen", "giay-khen-2", "giay-khen-3"]


@pytest.mark.parametrize("award", [{"award": "Giấy khen"}, {"award": "a", "year": "năm ngoái"}])
def test_an_award_that_would_be_wrong_is_refused(registers, award):
    root = registers("honorees/a.yml", "kind: person\nname: A Páo\n")
    with pytest.raises(RefusedError):
        plan_award(root, "a", award)


def test_keys_stay_within_their_length():
    long = "a-" * 50
    first = free_key(long, [])
    assert len(first) <= 80
    assert free_key(long, [first]) != first
    assert len(free_key(long, [first])) <= 80
