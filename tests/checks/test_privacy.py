"""GS510 to GS514 as readers see the text: numbers and names however they are typed and marked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from guongsang.problems.problem import Problem

Check = Callable[..., list[Problem]]

PHONES = [
    "Gọi anh 0900000000.",
    "Gọi anh 0900\u00a0000\u00a0000.",
    "Gọi anh 0900\u202f000\u2009000.",
    "Gọi anh 0900    000    000.",
    "Gọi anh 0900&nbsp;000&nbsp;000.",
    "Gọi anh 0900&#160;000&#xA0;000.",
    "Gọi anh &#48;900 000 000.",
    "Gọi anh 0900–000–000.",
    "Gọi anh 0900\u2011000\u2011000.",
    "Gọi anh 0900 - 000 - 000.",
    "Gọi anh 09.00.00.00.01.",
    "Gọi anh 09 00 00 00 01.",
    "Gọi anh 0084900000000.",
    "Gọi anh 0084 900 000 000.",
    "Gọi anh +84 (0) 900 000 000.",
    "Gọi anh +84-213-300-0000.",
    "Gọi anh (84) 900 000 000.",
    "Gọi anh 84900000000.",
    "Điện thoại (0213) 3000000.",
    "Điện thoại (0213) 3.000.000.",
    "Điện thoại 0231 000 000.",
    "Nhắn zalo.me/0900000000.",
    "Nhắn https://zalo.me/0900000000 nhé.",
    "Nhắn [qua Zalo](https://zalo.me/84900000000).",
    "Bấm [gọi ngay](tel:0900000000).",
    "Gọi anh ０９００００００００.",
    "Gọi anh 0900 **000** 000.",
    "Gọi anh **0900** 000 *000*.",
    "Gọi anh 0900<b>000</b>000.",
    "Gọi anh <span>09</span>00 000 000.",
    "Gọi anh 0900\\-000\\-000.",
    "Gọi anh 0900\u200b000\u200b000.",
    "Số cũ là 0473000000 đấy.",
    "Gọi 024-30000000 gặp chị.",
    "Số cũ là 01670000000 đấy.",
    "Gọi 028 300 00000 gặp chị.",
    "Gọi 04 7300 0000 gặp chị.",
    "Gọi 0900000000/0900000001 gặp chị.",
    "Xin báo theo số 09 0000 0000 để nhận quà.",
    "| Anh Mẫu | 0900 000 000 |\n|---|---|\n| a | b |",
    "![Biển quán ghi số 0900 000 000](bia.jpg)",
]
PAPERS = [
    "Căn cước số 001000000000.",
    "Căn cước số 001&nbsp;000&nbsp;000&nbsp;000.",
    "Số giấy tờ ghi 001000000000.",
    "Số giấy tờ ghi 00<b>1000000</b>000.",
    "Mã số CCCD 001000000000.",
    "CMND ０４５００００００ cấp năm 2010.",
    "CMND 045–000–000 cấp năm 2010.",
    "Số giấy tờ ghi 096399000000 đấy.",
    "Số giấy tờ ghi 385999999 đấy.",
    "CMND 945000000 cấp năm 2010.",
]
HOMES = [
    "Nhà số 100 Nguyễn Văn Mẫu.",
    "Bà ở nhà số 100 Nguyễn Văn Mẫu.",
    "Trong căn nhà số 409, bà kể lại.",
    "Trong căn nhà số\u00a0409, bà kể lại.",
    "Bà ở số nhà **12**, ngõ 3.",
    "Bà ở <b>số nhà</b> 12, ngõ 3.",
    "Bà ở số&nbsp;nhà&nbsp;12, ngõ 3.",
    "Bà ở SỐ NHÀ 12, ngõ 3.",
    "Đồng bào đến chợt thấy số nhà 12, ngõ 3.",
    "Ông trú tại số 15/2 Lê Mẫu.",
    "Bà sống ở số 7 Trần Mẫu đã lâu.",
    "Bà ở s\u00f4\u0301 nha\u0300 12, ngõ 3.",
]
QUIET = [
    "Xổ số 06-11-15-16-37-40 trúng lớn.",
    "Xổ số 03-11-15-16-37-40 trúng lớn.",
    "Xổ số 03 11 15 16 37 40 trúng lớn.",
    "Xổ số 03–11–15–16–37 trúng lớn.",
    "Kết quả 05.07.09.12.33.41.",
    "Giá 9.000.000.000 đồng.",
    "Giá 900 000 000 đồng.",
    "Giá 900000000 đồng.",
    "Giá 900000000đ.",
    "Giá 123456789012 VNĐ.",
    "Hơn 123456789 lượt xem.",
    "Trồng 123456789 cây.",
    "Diện tích 123456789 m2.",
    "Quyết định số 123/2024/QĐ-UBND.",
    "Quyết định số 0900000000/QĐ-UBND.",
    "Giấy phép số 123456789/GP-BTTTT.",
    "Luật số 91/2025/QH15 ngày 26/6/2025.",
    "Nghị định số 13/2023/NĐ-CP.",
    "Nghị quyết 18-NQ/TW, 19-NQ/TW.",
    "Ngày 02.09.1945 và 30.04.1975.",
    "Từ 02/09/1945 - 30/04/1975.",
    "Từ 03-02-1930 - 19-05-2026.",
    "Từ 05.12.2026-10.30 đến trưa.",
    "Năm 1945 - 1954 - 1975 - 1986.",
    "Năm 1930, 1945, 1954, 1975.",
    "Giai đoạn 2020–2025, 2025–2030.",
    "ISBN 978-604-0-12345-6.",
    "ISBN 0-306-40615-2.",
    "ISBN: 0900000000.",
    "ISSN 0866-7691 và 0866-7692.",
    "Mã số thuế 0300000000.",
    "MST: 0400000000-001.",
    "Mã vạch 893000000000.",
    "Mã đơn hàng 001000000000.",
    "Hóa đơn số 001000000.",
    "Số sê-ri 045000000.",
    "Vận đơn 0900000000 đã giao.",
    "Số tài khoản 113000000000 của quỹ.",
    "STK 123456789 của Quỹ Khuyến học.",
    "Gọi 1900 6000, 1800 1000 hay 111.",
    "Báo 113, 114, 115.",
    "Tọa độ 22.123456, 103.123456.",
    "Tọa độ 22°23′45″, 103°27′30″.",
    "Dân số 100.300.238 người.",
    "Tỉ số 2-1, 3-0, 0-0, 25-20.",
    "Lúc 07.30 08.45 09.15 mỗi ngày.",
    "Từ 06:30 đến 11:30, 13:30 đến 17:00.",
    "Biển số 25B1-123.45.",
    "Xe số 0012, 0013, 0014.",
    "Lớp 3, 5, 7, 9, 8, 6.",
    "Tần số 97.500.000 Hz.",
    "Vĩ độ 0.123456789.",
    "Số π là 3.1415926535.",
    "Xem https://a.vn/0900000000.",
    "Xem https://a.vn/tin-0900000000.html nhé.",
    "Xem [tin](https://a.vn/p/0900000000).",
    "Nhóm zalo.me/g/abcdef123.",
    "Chú thích 09[^1].\n\n[^1]: Sách 00 00 00.",
    "Dây 0900A, máy A0900000000.",
    "Xóa 12.345 nhà tạm, nhà dột nát.",
    "Số nhà ở xã hội tăng.",
    "Hoàn thành số nhà 12 căn.",
    "Tổng số nhà 409 ngôi.",
    "Trường số 2 Bản Mẫu.",
    "Nhà máy số 4, nhà trẻ số 3.",
    "Trụ sở ở nhà số 10 đường Trần Mẫu.",
    "Ủy ban xã ở số 10 đường Trần Mẫu.",
    "Công ty ở số nhà 10 ngõ 3.",
    "Bảo tàng ở nhà số 5 Lê Mẫu.",
    "Tầng 4, tòa nhà dự án, số 4, ngõ Hàng Mẫu.",
    "Tổng biên tập: Mẫu. Chi nhánh ở số 22, đường Trần Mẫu.",
    "Đội Công binh số 2 với 184 sĩ quan, con số 20-40% đường hầm.",
    "Điều 12, khoản 3, số 5 Bộ luật.",
    "Ngày 12/5 đường lên bản lầy lội.",
    "Từ 12/5/2026, đường Hùng Mẫu mở.",
    "Đoạn 0 – 9 – 10, km 12+300.",
    "| 05 | 2026 | 1234 |\n|---|---|---|\n| <b>03</b> | 2026 | 5678 |",
    "Số máy bơm 12, số hiệu 0900000000.",
    "| Dầu hỏa | 21.030 22.934 - 914 |\n|---|---|\n| a | b |",
    "Giá 19,030 21.934 - 914 mỗi lít.",
    "Chênh 0.035, -0.004, -0.0001; 1.038 -0.004 -0.0001.",
    "Vật thể cách 462482580 bước, rồi 978302109 bước, 999999999 bước.",
    "Phim có 120000190000 khung, 001912345678 hạt.",
]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        *((body, "GS510") for body in PHONES),
        *((body, "GS511") for body in PAPERS),
        *((body, "GS512") for body in HOMES),
    ],
)
def test_what_readers_can_use_is_found_at_its_line(check: Check, body: str, rule: str) -> None:
    first = {each.line for each in check(body="0900000000")}
    found = check(body=f"Mở bài.\n\n{body}\n\nKết bài.")
    private = [each for each in found if each.rule in ("GS510", "GS511", "GS512")]
    assert {(each.rule, each.line - 2) for each in private} == {(rule, *first)}
    assert len(private) == 1 + body.count("/0900000001")


def test_notes_that_no_reader_sees_stay_in_the_file(check: Check) -> None:
    for told, rule in (("Gọi 0900\u00a0000–000", "GS510"), ("CMND 045000000", "GS511")):
        entry = {"kind": "person", "name": "A", "consent": {"basis": "public_event", "note": told}}
        found = [each for each in check(honorees=[entry]) if each.rule == rule]
        assert len(found) == 1


@pytest.mark.parametrize("body", QUIET)
def test_what_belongs_to_nobody_stays_quiet(check: Check, body: str) -> None:
    assert [each for each in check(body=body) if each.rule in ("GS510", "GS511", "GS512")] == []


def test_the_table_is_as_long_as_promised() -> None:
    assert len(PHONES + PAPERS + HOMES) >= 40
    assert len(QUIET) >= 60


CHILD = {"kind": "person", "name": "Lò Thị Mẫu", "minor": True}
GONE = {
    "kind": "person",
    "name": "Lò Thị Mẫu",
    "consent": {"basis": "public_event", "note": "x", "withdrawn": "2026-05-20"},
}


@pytest.mark.parametrize("rule", ["GS513", "GS514"])
@pytest.mark.parametrize(
    "name",
    [
        "**Lò** **Thị** **Mẫu**",
        "L**ò** Thị Mẫu",
        "L&ograve; Thị Mẫu",
        "L&#242; Th&#7883; M&#7851;u",
        "<span>Lò</span> <span>Thị</span> <span>Mẫu</span>",
        "Lò&nbsp;Thị&nbsp;Mẫu",
        "Lò\u202fThị    Mẫu",
        "Lò\u2011Thị\u2011Mẫu",
        "L\u200bò Th\u00adị Mẫu",
        "Lo\u0300 Thi\u0323 Ma\u0302\u0303u",
        "[Lò](/) _Thị_ `Mẫu`",
        "Ｌò Thị Ｍẫu",
    ],
)
def test_a_name_is_found_through_marks_once(
    check: Check, make_registers: Any, rule: str, name: str
) -> None:
    registers = make_registers(honorees={"mau": CHILD if rule == "GS513" else GONE})
    found = check(registers=registers, body=f"Mở bài.\n\nCô {name} kể.\n\nKết.")
    (clean,) = check(registers=registers, body="Mở bài.\n\nCô Lò Thị Mẫu kể.\n\nKết.")
    private = [each for each in found if each.rule == rule]
    assert [(each.rule, each.line) for each in private] == [(clean.rule, clean.line)]


def test_each_of_several_hidden_numbers_names_its_line(check: Check) -> None:
    line = "- Gọi: 0900&nbsp;000 000"
    (alone,) = check(body="0900000000")
    found = check(body=f"Mở bài.\n\n{line}\n{line}\n{line}")
    assert [each.line - alone.line for each in found] == [2, 3, 4]


def test_a_hidden_number_below_a_hidden_number_names_its_own_line(check: Check) -> None:
    (alone,) = check(body="0900000000")
    found = check(body="Một.\n\n&#48;900000001\n\nHai.\n\n&#48;900000002 &nbsp;")
    assert [each.line - alone.line for each in found] == [2, 6]


def test_a_footnote_is_searched_where_it_was_typed(check: Check) -> None:
    (alone,) = check(body="0900000000")
    found = check(body="Một[^1].\n\n[^1]: Gọi 0900&nbsp;000&nbsp;000.\n\nHai.")
    assert [each.line - alone.line for each in found if each.rule == "GS510"] == [2]


@pytest.mark.parametrize(
    "body",
    [
        "0900000000 " * 9_000,
        "0900&nbsp;000 000 " * 5_000,
        "0900\u00a0000\u00a0000 " * 7_000,
        "0 " * 50_000,
        "09 " * 33_000,
        "số nhà " * 14_000,
        "&#48;" * 20_000,
        "a\u0301" * 50_000,
        "\u0301" * 100_000,
        "\u00a0" * 100_000,
        "Căn cước " * 11_000,
        "điện thoại" * 10_000,
        "(" * 100_000,
    ],
)
def test_hostile_numbers_end_soon(check: Check, body: str) -> None:
    start = time.process_time()
    check(body=body)
    assert time.process_time() - start < 2
