"""Each rule over one story: what it finds, what it leaves alone, where it points."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from guongsang.checks.lookup import Lookup
from guongsang.checks.stories.story import check_story
from guongsang.photos.facts import PhotoFacts, PhotoFault
from guongsang.problems.problem import Problem
from guongsang.prose.parse import parse_prose
from guongsang.registers.model import Registers
from guongsang.stories.model import Story
from guongsang.text.dates import VIETNAM

Check = Callable[..., list[Problem]]
Make = Callable[..., Registers]

PLACE = {"unit": "sin-suoi-ho", "as_printed": "xã Thèn Sin, huyện Tam Đường"}
BIG = PhotoFacts("0" * 64, "JPEG", 4000, 3000, 9_000_000)
SMALL = PhotoFacts("0" * 64, "JPEG", 640, 480, 90_000)
GOOD = PhotoFacts("0" * 64, "JPEG", 1600, 1200, 300_000)
BROKEN = PhotoFault("GS402", (("file", "bia.jpg"), ("reason", "?")))
GPS = PhotoFacts("0" * 64, "JPEG", 1600, 1200, 90_000, ("GPS",))


def cover(**fields: Any) -> dict[str, Any]:
    return {"src": "bia.jpg", "alt": "Lớp học bên suối", **fields}


TWO = {"files": ["bia.jpg", "anh-1.jpg"], "photos": [cover(src="anh-1.jpg")]}


def place(unit: str, as_printed: str | None = None) -> dict[str, Any]:
    return {"places": [{"unit": unit, "as_printed": as_printed}]}


def attached(name: str) -> dict[str, Any]:
    return {"files": ["bia.jpg", name], "attachments": [{"src": name, "title": "Tệp"}]}


def heard(name: str) -> dict[str, Any]:
    return {"files": ["bia.jpg", name], "audio": [{"src": name}]}


def rules(problems: list[Problem]) -> list[str]:
    return sorted({found.rule for found in problems})


def test_a_good_story_has_no_problem_and_its_positions_are_not_looked_for(
    make_story: Callable[..., Story],
    make_lookup: Callable[..., Lookup],
    make_registers: Make,
    check: Check,
) -> None:
    assert check() == []

    def refuse() -> Any:
        raise AssertionError("positions are costly")

    story = make_story()
    lookup = make_lookup(make_registers())
    assert check_story(story, lookup, parse_prose(story.body), {"bia.jpg": GOOD}, refuse) == []


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("GS230", {"date": "2026-07-01"}),
        ("GS231", {"updated": "2026-05-18"}),
        ("GS244", {"updated": "2026-06-02"}),
        ("GS244", {"updated": "2026-06-01 12:30"}),
        ("GS244", {"verified": {"by": "UBND xã", "date": "2026-06-02"}}),
        ("GS244", {"corrections": [{"date": "2027-01-01", "was": "a", "now": "b"}]}),
        ("GS245", {"publish_at": "2026-05-18 23:59"}),
        ("GS245", {"date": "2026-05-19 06:30", "publish_at": "2026-05-19 06:00"}),
        ("GS232", {"body": " \n"}),
        ("GS233", {"slug": "Con chữ"}),
        ("GS233", {"slug": "con"}),
        ("GS234", {"folder_year": 2025}),
        ("GS237", {"status": "retracted"}),
        ("GS237", {"retracted": {"date": "2026-05-20", "reason": "Gia đình đề nghị"}}),
        ("GS238", {"body": "# Lớp học\n\nCả xã."}),
        ("GS238", {"body": "```\n#\n```\n\n# Lớp học\n\nCả xã."}),
        ("GS301", {"column": "guong-sangg"}),
        ("GS301", {"fields": ["giao-duk"]}),
        ("GS301", {"deeds": ["xoa-mu"]}),
        ("GS301", {"authors": [{"id": "ban-bien"}]}),
        ("GS301", {"series": {"id": "xuong-ban", "part": 1}}),
        ("GS301", {"honorees": [{"id": "xa-mu-ka"}]}),
        ("GS301", place("mu-ka")),
        ("GS302", {"column": "cu"}),
        ("GS303", place("then-sin")),
        ("GS304", place("muong-than", "xã Mường Than, huyện Than Uyên")),
        ("GS304", place("muong-te", "thị trấn Mường Tè")),
        ("GS304", place("nam-hang", "thị trấn Tam Đường, huyện Tam Đường")),
        ("GS304", place("muong-mo", "xã Nậm Cha, huyện Sìn Hồ")),
        ("GS305", place("muong-mo", "xã Nậm Cha, huyện Nậm Nhùn")),
        ("GS305", place("muong-mo", "xã Mường Mo")),
        ("GS306", {"awards": ["ahld-1966"]}),
        ("GS307", {"honorees": [{"id": "ho-giao"}], "awards": ["bang-khen-1990"]}),
        ("GS312", place("lai-chau")),
        ("GS315", {"honorees": [{"id": "xa-mu-ca"}, {"id": "xa-mu-ca"}]}),
        ("GS401", {"cover": cover(src="khac.jpg"), "files": []}),
        ("GS425", {"cover": cover(src="biaa.jpg")}),
        ("GS425", {"cover": cover(src="cau-moi.jpg"), "files": ["cau_mới.jpg"]}),
        ("GS402", {"facts": {"bia.jpg": BROKEN}}),
        ("GS403", {"facts": {"bia.jpg": SMALL}}),
        ("GS405", {"facts": {"bia.jpg": BIG}}),
        ("GS406", {"facts": {"bia.jpg": GPS}}),
        ("GS409", {"files": ["bia.jpg", "IMG_1.jpg"]}),
        ("GS412", {"files": ["Bia.JPG"]}),
        ("GS413", {"body": "Mở bài.\n\n![](anh-1.jpg)"}),
        ("GS414", {"photos": [cover()]}),
        ("GS415", {**TWO, "body": "Mở bài.\n\n![](anh-1.jpg)\n\nKết.\n\n![](anh-1.jpg)"}),
        ("GS415", {"body": "![](bia.jpg) ![](bia.jpg)"}),
        ("GS416", {**TWO, "facts": {"anh-1.jpg": replace(SMALL, width=480, height=600)}}),
        ("GS417", {"facts": {"bia.jpg": replace(GOOD, width=1080, height=2340)}}),
        ("GS417", {"facts": {"bia.jpg": replace(GOOD, format="PNG", width=1080, height=1920)}}),
        ("GS418", {"facts": {"bia.jpg": replace(GOOD, quality=59)}}),
        ("GS419", {**TWO, "facts": {"bia.jpg": GOOD, "anh-1.jpg": GOOD}}),
        ("GS510", {"body": "Gọi anh theo số 0912 345 678 nhé."}),
        ("GS510", {"summary": "Một câu tóm tắt đủ dài để đăng, có cả số máy (0213) 3.876.543."}),
        ("GS510", {"cover": cover(caption="Liên hệ +84 912.345.678")}),
        ("GS511", {"body": "Căn cước số 012345678901 của ông."}),
        ("GS511", {"body": "Chứng minh nhân dân 045123456."}),
        ("GS511", {"body": "Căn cước 012 345 678 901."}),
        ("GS512", {"body": "Nhà ông ở số nhà 12, ngõ 3, phường Đoàn Kết."}),
        ("GS512", {"body": "Nhà bà ở 12/5 đường Trần Phú."}),
        ("GS512", {"cover": cover(caption="Trước nhà số 7 phố Huế")}),
        ("GS602", {"body": "Chị Maì\u0301 dạy chữ."}),
        ("GS603", {"title": "Con chữ\u200b lên Mù Cả"}),
        ("GS701", {"body": "[x](../khong-co/index.md)"}),
        ("GS701", {"body": "[x](/chuyen-muc/khong-co/)"}),
        ("GS701", {"body": "[x](/chuyen-muc/guong-sang)"}),
        ("GS701", {"body": "[x](#khong-co)\n\n## Lớp học"}),
        ("GS701", {"body": "[x](khong-co.pdf)"}),
        ("GS701", {"body": "[x](../bai-khac/index.md#khong-co)"}),
        ("GS701", {"body": "[x](/2026/bai-khac/#khong-co)"}),
        ("GS702", {"body": "[x](htps://baolaichau.vn/)"}),
        ("GS702", {"body": "[x](javascript:alert)"}),
        ("GS702", {"body": "[x](//baolaichau.vn/)"}),
        ("GS703", {"body": "[x](../ban-nhap/index.md)"}),
        ("GS703", {"body": "[x](/2026/ban-nhap/)"}),
        ("GS705", {"attachments": [{"src": "qd.pdf", "title": "Quyết định"}]}),
        ("GS705", {"audio": [{"src": "bai.mp3"}]}),
        ("GS709", attached("so-do.svg")),
        ("GS709", attached("trang.html")),
        ("GS709", attached("anh.JPG")),
        ("GS709", attached("khong-duoi")),
        ("GS710", heard("loi-ke.amr")),
        ("GS710", heard("loi-ke.wma")),
        ("GS706", {"body": "> " * 40 + "sâu"}),
        ("GS708", {"body": "Mở bài.\n\n![](https://trang-khac.vn/a.jpg)"}),
    ],
)  # fmt: skip
def test_each_rule_finds_its_mistake_alone(check: Check, rule: str, fields: dict[str, Any]) -> None:
    found = check(**fields)
    assert rules(found) == [rule]
    for each in found:
        for lang in ("vi", "en"):
            assert "{" not in each.message(lang) + each.hint(lang)


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2026-07-01", "publish_at": "2026-07-01 06:00"},
        {"date": "2026-05-19 06:30", "updated": "2026-05-19"},
        {"body": "```\n# ghi chú\n```\n\nCả xã.\n\n## Lớp học"},
        {"series": {"id": "len-ban", "part": 1}, "deeds": ["xoa-mu-chu"]},
        {"honorees": [{"id": "ho-giao"}], "awards": ["ahld-1966"]},
        place("than-uyen", "xã Mường Than, huyện Than Uyên"),
        place("muong-than", "xã Phúc Than, huyện Than Uyên"),
        place("muong-than", "xã Mường Than"),
        place("bum-to", "thị trấn Mường Tè"),
        place("muong-te", "xã Mường Tè, huyện Mường Tè"),
        place("binh-lu", "thị trấn Tam Đường, huyện Tam Đường"),
        place("nam-hang", "thị trấn Nậm Nhùn, huyện Nậm Nhùn"),
        place("nam-tam", "xã Nậm Cha, huyện Sìn Hồ"),
        place("muong-mo", "xã Nậm Chà, huyện Nậm Nhùn"),
        place("nam-hang", "xã Hua Bun, huyện Nậm Nhùn"),
        place("phong-tho", "xã Lả Nhì Thàng"),
        place("sin-suoi-ho"),
        {
            "files": ["bia.jpg", "anh-1.jpg"],
            "photos": [cover(src="anh-1.jpg")],
            "body": "Mở bài.\n\n![](anh-1.jpg)\n\n![](bia.jpg)",
        },
        {
            "files": ["bia.jpg", "qd.pdf", "bai.mp3"],
            "attachments": [{"src": "qd.pdf", "title": "Quyết định"}],
            "audio": [{"src": "bai.mp3"}],
            "body": "Xem [quyết định](qd.pdf).",
        },
        {**TWO, "facts": {"anh-1.jpg": replace(GOOD, sha256="1" * 64, width=480, height=640)}},
        {"facts": {"bia.jpg": replace(GOOD, width=1080, height=1920)}},
        {"facts": {"bia.jpg": replace(GOOD, width=1000, height=2340)}},
        {"facts": {"bia.jpg": replace(GOOD, format="PNG", width=1080, height=1350)}},
        {"facts": {"bia.jpg": replace(GOOD, quality=60)}},
        {"body": "[x](../bai-khac/index.md#ket) và [y](/2026/bai-khac/#ket)"},
        attached("Danh sách #1.PDF"),
        heard("Lời kể.M4A"),
        {"body": "Tặng 150000000 đồng, tức 150.000.000 đồng, năm 1959 - 1960 - 1961."},
        {"body": "Từ ngày 12/5 đường Trần Phú mở; ngày 12/5/2026, đường Hùng Vương mở."},
        {"body": "Ngày 12/5 đường lên bản lầy lội; số 12 trên bản đồ; xem https://a.vn/0912345678."},
        {"body": "[a](../bai-khac/index.md) [b](../../2026/bai-khac/) [c](/2026/bai-khac/#muc)"},
        {"body": "[a](/) [b](/chuyen-muc/guong-sang/) [d](mailto:a@b.vn)"},
        {"body": "[c](#lop-hoc)\n\n## Lớp học"},
        {"body": "Theo sách[^1] và [báo](http://a.vn/).\n\n[^1]: Sách."},
        {"slug": "x", "status": "retracted", "column": "khong-co", "body": "",
         "retracted": {"date": "2026-05-20", "reason": "Gia đình đề nghị"}},
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(check: Check, fields: dict[str, Any]) -> None:
    assert check(**fields) == []


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("Luật số 91/2025/QH15 ngày 26/6/2025; Nghị định số 356/2025/NĐ-CP.", []),
        ("Quyết định số 0123456789/QĐ-UBND, giấy phép số 123456789/GP-BTTTT.", []),
        ("Vốn 1.234.567.890 đồng, 150000000 đ, 987654321 VNĐ, 123456789 lượt xem.", []),
        ("ISBN 978-604-1-23456-7, ISBN 9786041234567, tài khoản 0123456789012.", []),
        ("Từ 06:30 đến 11:30 ngày 19-05-2026, năm 1945-1954, toạ độ 22.123456, 103.123456.", []),
        ("Biển số 25B1-123.45; đường dây nóng 1800 6000; trực 24/7 đường dây.", []),
        ("Xóa 12.345 nhà tạm, số nhà ở xã hội, số nhà 5 tầng.", []),
        ("Trụ sở UBND xã ở số 1 đường Trần Phú.", []),
        ("Trường mở tại 12/5 đường Trần Phú.", []),
        ("Chị chứng minh: 123.456.789 đồng đã đến tay bà con.", []),
        ("Bà ở một mình. Nhà số 1 đường Trần Phú.", ["GS512"]),
        ("ĐT: 0213.3876.543", ["GS510"]),
        ("Gọi 0912-345-678/0987654321", ["GS510", "GS510"]),
        ("Gọi +84 (0) 912 345 678", ["GS510"]),
        ("CMND 012.345.678 cấp năm 2010", ["GS511"]),
        ("CCCD số: 035 094 001 234", ["GS511"]),
        ("Căn cước công dân 035.094.001.234", ["GS511"]),
    ],
)
def test_numbers_of_people_and_numbers_of_things(check: Check, body: str, rules: list[str]) -> None:
    assert [found.rule for found in check(body=body)] == rules


def test_a_file_that_is_not_listed_is_not_published(check: Check) -> None:
    found = check(files=["bia.jpg", "qd.pdf"], body="Xem [quyết định](qd.pdf).")
    assert rules(found) == ["GS707"]


def test_a_photo_placed_twice_is_shown_where_it_stands_again(check: Check) -> None:
    (found,) = check(**TWO, body="![](anh-1.jpg)\n\nKết. ![](anh-1.jpg)")
    first = int(dict(found.args)["first"])
    assert (found.line, found.column) == (first + 2, 10)


def test_each_number_of_a_row_is_found(check: Check) -> None:
    found = check(body="0912 345 678 0987 654 321")
    columns = [(each.rule, each.column) for each in found]
    assert columns == [("GS510", 1), ("GS510", 14)]


@pytest.mark.parametrize(
    "body",
    [
        "1" * 90_000,
        "1/1/" * 22_000,
        "số nhà " + " " * 90_000 + "x",
        "a\u200b" * 30_000,
        "\u0301 " * 30_000,
        "Ông Hoà. Bà Hòa.\n\n" * 3_000,
        "[x](../khong-co/index.md) " * 1_000,
    ],
)
def test_hostile_texts_end_soon(check: Check, body: str) -> None:
    start = time.process_time()
    check(body=body)
    assert time.process_time() - start < 2


def test_positions_are_those_of_the_file(check: Check) -> None:
    body = "Mở bài.\n\nXem [x](../khong-co/index.md), gọi 0912 345 678."
    found = {each.rule: each for each in check(column="sai", body=body)}
    first = found["GS701"].line
    assert (found["GS301"].line, found["GS301"].column) == (4, 9)
    assert (found["GS701"].column, found["GS510"].line, found["GS510"].column) == (9, first, 36)
    assert found["GS701"].line > found["GS301"].line + 10


def test_texts_of_the_front_matter_are_pointed_at_by_their_field(check: Check) -> None:
    (found,) = check(cover=cover(caption="Gọi 0912 345 678"))
    (other,) = check(cover=cover(caption="A\u200b"))
    assert (found.rule, other.rule) == ("GS510", "GS603")
    assert found.line == other.line


def test_a_name_is_one_through_title_and_body(check: Check) -> None:
    found = check(title="Người thầy Lò Văn Hòa", body="Thầy Lò Văn Hoà dạy chữ.")
    assert rules(found) == ["GS606"]


def test_messages_tell_what_to_type(check: Check) -> None:
    (found,) = check(**place("muong-than", "xã Mường Than, huyện Than Uyên"))
    assert "than-uyen (xã Than Uyên)" in found.hint()
    (found,) = check(**place("then-sin"))
    assert "sin-suoi-ho (xã Sin Suối Hồ)" in found.hint()
    (found,) = check(**place("nam-tam", "xã Nậm Tăn"))
    assert "xã Nậm Tăm" in found.hint()
    (found,) = check(column="guong-san")
    assert "guong-sang" in found.hint() and "columns.yml" in found.message()
    (found,) = check(body="[x](htps://baolaichau.vn/)")
    assert "https://baolaichau.vn/" in found.hint()
    (found,) = check(body="[x](../bai-kac/index.md)")
    assert "../bai-khac/index.md" in found.hint()
    (found,) = check(slug="Con chữ")
    assert "con-chu" in found.hint()


def test_a_place_of_another_province_that_is_not_known_is_a_warning(check: Check) -> None:
    (found,) = check(**place("tuan-giao", "xã Quài Nưa"))
    assert (found.rule, found.severity) == ("GS305", "warning")


def test_a_date_of_today_is_no_future(check: Check) -> None:
    now = datetime(2026, 5, 19, 0, 0, tzinfo=VIETNAM)
    assert check(now=now) == []


def test_drafts_warn(check: Check) -> None:
    found = check(status="draft", column="sai", body="", slug="Sai", folder_year=2025, files=[])
    severities = {each.rule: each.severity for each in found}
    assert severities == {
        "GS232": "warning",
        "GS233": "warning",
        "GS234": "warning",
        "GS301": "warning",
        "GS401": "warning",
    }


def test_a_photo_that_is_not_listed_is_told_once(check: Check) -> None:
    files = ["bia.jpg", "suoi.jpg", "thua.jpg"]
    found = check(files=files, body="Mở.\n\n![](suoi.jpg)\n\nKết.")
    assert [(each.rule, dict(each.args)["file"]) for each in found] == [
        ("GS409", "thua.jpg"),
        ("GS413", "suoi.jpg"),
    ]


@pytest.mark.parametrize(
    ("href", "told"),
    [
        ("bao.example", "https://bao.example"),
        ("www.bao.example/tin/1?a=b", "https://www.bao.example/tin/1?a=b"),
        ("Bao.Example/x", "https://Bao.Example/x"),
        ("quyet-dinh.docx", "/chuyen-muc/"),
        ("../bai-kac/index.md", "../bai-khac/index.md"),
    ],
)
def test_a_host_without_its_scheme_gets_one(check: Check, href: str, told: str) -> None:
    (found,) = check(body=f"[x]({href})")
    assert found.rule == "GS701"
    assert f"Gần nhất: {told}" in found.hint()


@pytest.mark.parametrize(
    "fields",
    [
        {"updated": "2026-06-01"},
        {"updated": "2026-06-01 12:00", "verified": {"by": "UBND xã", "date": "2026-06-01"}},
        {"date": "2026-07-01", "publish_at": "2026-07-02 06:00", "updated": "2026-07-01 09:00"},
        {"corrections": [{"date": "2026-06-01", "was": "a", "now": "b"}]},
        {"publish_at": "2026-05-19"},
        {"date": "2026-05-19 06:30", "publish_at": "2026-05-19 06:30"},
    ],
)
def test_dates_that_agree(check: Check, fields: dict[str, Any]) -> None:
    assert check(**fields) == []
