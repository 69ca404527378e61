"""stories.json and honours.csv: what others may count, and nothing that is private."""

import csv
import io
import json

import pytest

from guongsang.archive.archive import build_archive
from guongsang.exports.data import render_data, safe_cell

SITE = "https://guong.example/bao/"
CHILD = {"kind": "person", "name": "Lò Văn X", "born": "2015-03-04", "minor": True}
AGREED = {"basis": "consent", "record": "PĐY-1", "date": "2026-01-01", "scope": ["name"]}


def files(content):
    return render_data(build_archive(content))


def stories(content):
    return json.loads(files(content)["du-lieu/stories.json"])


def honours(content):
    text = files(content)["du-lieu/honours.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_story_tells_everything_public(full_content):
    newest, whole, oldest = stories(full_content)
    assert [each["url"] for each in (newest, oldest)] == [
        f"{SITE}2026/phan-hai/",
        f"{SITE}2025/hien-mau/",
    ]
    cover = whole.pop("cover")
    assert cover.startswith(f"{SITE}anh/day-du/bia-") and cover.endswith("-1440.jpg")
    assert len(whole.pop("summary")) > 60
    assert whole == {
        "url": f"{SITE}2026/day-du/",
        "title": "Tít day-du",
        "lang": "vi",
        "date": "2026-05-19T06:30:00+07:00",
        "updated": "2026-06-01T00:00:00+07:00",
        "column": {"key": "ban-muong", "name": "Gương sáng bản Mường"},
        "fields": [{"key": "giao-duc", "name": "Giáo dục"}],
        "deeds": [{"key": "xoa-mu-chu", "name": "Xóa mù chữ"}],
        "places": [
            {
                "unit": "sin-suoi-ho",
                "name": "xã Sin Suối Hồ",
                "as_printed": "xã Thèn Sin, huyện Tam Đường",
            }
        ],
        "honorees": [
            {"id": "ho-giao", "name": "Hồ Giáo", "kind": "person"},
            {"id": None, "name": None, "kind": "person"},
        ],
        "authors": [
            {"id": "lan", "name": "Nguyễn Thị Lan", "did": "text-photo"},
            {"id": None, "name": "Cộng tác viên", "did": "video"},
        ],
    }


def test_private_facts_are_in_no_file(full_content):
    for made in files(full_content).values():
        told = made.decode()
        for part in ("Kinh", "1930", "2015-10-14", "historical", "consent", "scope", "da-go"):
            assert part not in told


@pytest.mark.parametrize(
    ("honoree", "named"),
    [
        ({"kind": "person", "name": "A"}, True),
        ({"kind": "person", "name": "A", "consent": AGREED}, True),
        ({"kind": "person", "name": "A", "consent": {**AGREED, "scope": ["photo"]}}, False),
        ({"kind": "person", "name": "A", "consent": {**AGREED, "withdrawn": "2026-02-01"}}, False),
        (CHILD, False),
        ({**CHILD, "consent": AGREED}, False),
        ({**CHILD, "consent": {**AGREED, "by": ["child", "guardian"]}}, True),
        ({**CHILD, "died": "2020"}, True),
    ],
)
def test_names_only_where_they_may_be_told(make_content, make_story, honoree, named):
    """Even if a relaxed policy lets a story through."""
    content = make_content([make_story(honorees=[honoree])])
    ((told,),) = [story["honorees"] for story in stories(content)]
    assert told == {"id": None, "name": honoree["name"] if named else None, "kind": "person"}


def test_an_honoree_who_may_not_be_named_has_no_id_and_no_row(
    make_content, make_story, make_registers, make_honoree
):
    award = {"id": "x", "award": "anh-hung", "year": 2001}
    hidden = make_honoree(name="Tên kín", consent={**AGREED, "scope": []}, awards=[award])
    content = make_content([make_story()], make_registers(honorees={"ho-giao": hidden}))
    assert stories(content)[0]["honorees"] == [{"id": None, "name": None, "kind": "person"}]
    assert honours(content) == []


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({}, True),
        ({"consent": {**AGREED, "by": ["self"]}}, True),
        ({"consent": {**AGREED, "scope": ["photo"]}}, False),
        ({"consent": {"basis": "public_interest"}}, True),
        ({"consent": {"basis": "public_interest", "withdrawn": "2026-02-01"}}, False),
        ({"minor": True}, False),
        ({"minor": True, "consent": {**AGREED, "by": ["guardian"]}}, True),
    ],
)
def test_who_is_unnamed_in_one_story_is_in_no_row(
    make_content, make_story, make_registers, make_honoree, told, named
):
    award = {"id": "x", "award": "anh-hung", "year": 2001}
    registers = make_registers(honorees={"ho-giao": make_honoree(name="Lò Mẫu", awards=[award])})
    open_story = make_story(slug="mo", honorees=[{"id": "ho-giao"}])
    content = make_content(
        [open_story, make_story(honorees=[{"id": "ho-giao", **told}])], registers
    )
    assert [row["Được khen thưởng"] for row in honours(content)] == ["Lò Mẫu"] * named


def test_honours(full_content):
    assert honours(full_content) == [
        {
            "Hình thức khen thưởng": "Anh hùng Lao động",
            "Được khen thưởng": "Hồ Giáo",
            "Loại": "Cá nhân",
            "Năm": "1966",
            "Chi tiết": "",
            "Bài viết": "Tít day-du",
            "Địa chỉ bài viết": f"{SITE}2026/day-du/",
        }
    ]


def test_excel_reads_the_letters(full_content):
    made = files(full_content)["du-lieu/honours.csv"]
    assert made.startswith(b"\xef\xbb\xbfH")
    assert made.count(b"\r\n") == made.count(b"\n") == 2


def test_awards_without_a_public_story_are_left_out(
    make_content, make_story, make_registers, make_honoree
):
    award = {"id": "x", "award": "anh-hung", "year": 2001}
    registers = make_registers(
        honorees={"ho-giao": make_honoree(), "khac": make_honoree(name="Khác", awards=[award])}
    )
    gone = make_story("da-go", status="retracted", honorees=[{"id": "khac"}])
    content = make_content([make_story()], registers, retracted=(gone,))
    assert honours(content) == []
    assert [story["url"] for story in stories(content)] == [f"{SITE}2026/bai/"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'x"),
        ("\r=x", "'=x"),
        ("  =x", "'=x"),
        ("\x00=x", "'=x"),
        ("Hồ Giáo", "Hồ Giáo"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_cells_that_would_be_formulas(cell, expected):
    assert safe_cell(cell) == expected


def test_formulas_in_names_and_titles(make_content, make_story, make_registers, make_honoree):
    formula = '=HYPERLINK("https://evil.example","x")'
    award = {"id": "x", "award": "anh-hung", "issuer": formula}
    honoree = make_honoree(name=formula, awards=[award])
    content = make_content(
        [make_story(title=formula)], make_registers(honorees={"ho-giao": honoree})
    )
    (row,) = honours(content)
    assert [value for value in row.values() if value.startswith(("=", "+", "-", "@"))] == []
    assert row["Được khen thưởng"] == row["Bài viết"] == row["Chi tiết"] == f"'{formula}"
    assert stories(content)[0]["title"] == formula


def test_an_empty_newsroom(make_content):
    content = make_content([])
    assert stories(content) == []
    assert honours(content) == []


def test_two_runs_are_identical(full_content):
    assert files(full_content) == files(full_content)
