"""Titles in capitals, bylines, sources and captions as newsrooms write them."""

from __future__ import annotations

import pytest

from guongsang.intake.article import cut_summary
from guongsang.intake.phrases import (
    has_contact,
    is_name,
    read_day,
    read_labelled,
    read_source,
    split_caption,
)
from guongsang.intake.titles import case_title

BODY = (
    "Ở xã Mù Cả, ông Vàng A Páo gánh nước. Sáng nào ông Páo cũng lên Hua Khắt. Tây-Bắc là nhà. "
    "Người ta bảo nước là vàng, Vàng A Páo cười."
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("NGƯỜI GÁNH NƯỚC LÊN HUA KHẮT", "Người gánh nước lên Hua Khắt"),
        ("“CON CHỮ” Ở MÙ CẢ, MỘT NĂM SAU", "“Con chữ” ở Mù Cả, một năm sau"),
        ("NƯỚC LÀ VÀNG", "Nước là vàng"),
        ("VÀNG A PÁO VÀ LŨ TRẺ", "Vàng A Páo và lũ trẻ"),
        ("CHUYỆN TÂY-BẮC", "Chuyện tây-bắc"),
        ("30 NĂM", "30 năm"),
    ],
)
def test_a_title_in_capitals_becomes_a_sentence_with_its_names(title, expected):
    assert case_title(title, BODY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bài, ảnh: Lò Văn Pâng", [("Lò Văn Pâng", "text-photo")]),
        ("Bài và ảnh: Lò A - Vàng B", [("Lò A", "text-photo"), ("Vàng B", "text-photo")]),
        ("Bài: Lò A; Ảnh: Vàng B", [("Lò A", "text"), ("Vàng B", "photo")]),
        ("Tin, ảnh: PV Lò A", [("Lò A", "text-photo")]),
        ("Thực hiện: Nhóm PV", [("Nhóm PV", "text")]),
        ("(Tác giả: Lò A)", [("Lò A", "text")]),
        ("Ảnh: bà con gặt lúa", []),
        ("Bài học: phải kiên trì", []),
        ("Lò Văn Pâng", []),
    ],
)
def test_bylines_with_a_label(text, expected):
    assert read_labelled(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theo Báo Điện Biên Phủ", "Báo Điện Biên Phủ"),
        ("(Theo TTXVN)", "TTXVN"),
        ("Nguồn: Báo Nhân Dân.", "Báo Nhân Dân"),
        ("Theo báo Lao Động", "báo Lao Động"),
        ("Theo ông Páo, nước đã về.", ""),
        ("Theo chân người gánh nước", ""),
    ],
)
def test_sources(text, expected):
    assert read_source(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khe Nậm Lúc. Ảnh: Lò A", (0, "Khe Nậm Lúc.", "Lò A")),
        ("Khe Nậm Lúc (Ảnh: Lò A)", (0, "Khe Nậm Lúc", "Lò A")),
        ("Ảnh 2: Khe Nậm Lúc - Ảnh: Lò A, Vàng B", (2, "Khe Nậm Lúc", "Lò A, Vàng B")),
        ("Ảnh: Lò A", (0, "", "Lò A")),
        ("Ảnh: TTXVN", (0, "", "TTXVN")),
        ("Ảnh: bà con gặt lúa", (0, "Bà con gặt lúa", "")),
        ("Ảnh: sưu tầm", (0, "", "Sưu tầm")),
        ("Lũ trẻ bên suối. Ảnh: nhân vật cung cấp", (0, "Lũ trẻ bên suối.", "Nhân vật cung cấp")),
        ("Bà con xem ảnh: vui lắm", (0, "Bà con xem ảnh: vui lắm", "")),
    ],
)
def test_captions(text, expected):
    assert split_caption(text) == expected


def test_days_names_and_contacts():
    assert str(read_day("Mường Nhé, ngày 12 tháng 5 năm 2026")) == "2026-05-12"
    assert read_day("ngày 12 tháng 5, ông Páo lên dốc") is None
    assert is_name("Lò Văn Pâng")
    assert not is_name("Người gánh nước")
    assert has_contact("ĐT: 0912 345 678")
    assert has_contact("pang@example.vn")
    assert not has_contact("Năm 1968 ông về bản.")


def test_a_summary_is_whole_sentences_where_it_can_be():
    sentence = "Mười hai năm nay, mỗi sáng thứ hai, ông lại gánh hai can nước lên dốc cao. "
    assert cut_summary(sentence * 6) == (sentence * 4).strip()
    assert cut_summary("Ngắn quá.") == ""
    endless = "chữ " * 200
    assert len(cut_summary(endless)) <= 300
    assert cut_summary(endless).endswith("chữ…")
