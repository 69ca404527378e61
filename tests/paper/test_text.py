"""What is typed is printed: all words, in order, as typed, for eyes and for screen readers."""

from __future__ import annotations

import io
import shutil
import unicodedata
from itertools import pairwise

import pytest
from pypdf import PdfReader
from tests.paper.conftest import BODY, TITLE
from tests.paper.tagged import read_tags, squeeze

from guongsang.prose.parse import parse_prose


def make(newsroom, *what, code=0, **env):
    ran = newsroom.run("bulletin", *what, **env)
    assert ran.code == code, ran.err
    return ran


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_all_words_of_a_text_are_printed_in_their_order(rich, read_pdf, size):
    make(rich, "2026-06", "--size", size)
    text = squeeze(read_pdf(rich, f"ban-tin-2026-06-{size}.pdf").text)
    assert text == unicodedata.normalize("NFC", text)
    at = text.index(squeeze(TITLE) + squeeze("Xã"))
    for line in parse_prose(BODY).plain.split("\n"):
        # Numbers of notes are no part of a plain text.
        for part in (
            squeeze(line).split("chú.Xem") if "chú.Xem" in squeeze(line) else [squeeze(line)]
        ):
            found = text.find(part, at)
            assert found >= 0, line
            at = found + len(part)


def test_signs_of_every_language_come_out_as_typed(rich, read_pdf):
    make(rich, "2026-06")
    whole = read_pdf(rich, "ban-tin-2026-06-a4.pdf")
    titles = [each.text for each in whole.find("H1")]
    assert titles[-1] == TITLE
    text = squeeze(whole.text)
    for typed in (
        "#let x = [không phải lệnh] và $x^2$ vẫn là chữ.",
        "5 $ & 3 < 4 > 2, #đất, a@b, lùi \\ rồi, \"ngoặc\" 'đơn', gạch_dưới, 2 * 3, mã.",
        "Tổ tự quản <bản> #Mường",
        "Cầu $ & #1.",
        "Ảnh: _Lan_",
        "Báo & đài",
    ):
        assert squeeze(typed) in text, typed


def test_letters_that_were_typed_in_parts_are_printed_whole(newsroom, write_story, read_pdf):
    parts = unicodedata.normalize("NFD", "Tiếng Việt ở Mường Tè")
    write_story(newsroom.root, "tung-phan", title=parts, body=f"{parts}.\n")
    ran = newsroom.run("bulletin", "tung-phan")
    if ran.code:  # the check wants them composed first
        assert "GS6" in ran.err
        newsroom.run("fix")
        ran = newsroom.run("bulletin", "tung-phan")
    assert ran.code == 0, ran.err
    (path,) = (newsroom.root / "an-pham").iterdir()
    assert "Tiếng Việt ở Mường Tè" in read_tags(path.read_bytes()).find("H1")[0].text


def test_a_letter_that_no_font_has_is_named_with_its_story(rich, write_story):
    write_story(rich.root, "ngoi-sao", title="Ngôi ★ sáng", body="Một ☎ và *nghiêng №*.\n")
    ran = make(rich, "2026-06", code=1)
    assert "ngoi-sao: ★ (U+2605 BLACK STAR, “★”)" in ran.err
    assert "☎" in ran.err and "№" in ran.err and "du-thu" not in ran.err
    assert ran.err.count("\n") == 1
    assert not (rich.root / "an-pham").exists()


def test_two_runs_give_the_same_bytes(rich, make_newsroom):
    made = []
    for _ in range(2):
        make(rich, "2026-06", "--booklet")
        made.append({path.name: path.read_bytes() for path in (rich.root / "an-pham").iterdir()})
    # Elsewhere, and on another day.
    other = make_newsroom("other")
    shutil.copytree(rich.root / "stories", other.root / "stories", dirs_exist_ok=True)
    make(other, "2026-06", "--booklet", now="1783000000")
    made.append({path.name: path.read_bytes() for path in (other.root / "an-pham").iterdir()})
    assert len(made[0]) == 2
    assert made[0] == made[1] == made[2]


def test_a_screen_reader_is_told_what_everything_is(rich, read_pdf):
    make(rich, "2026-06")
    pdf = (rich.root / "an-pham/ban-tin-2026-06-a4.pdf").read_bytes()
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata.title == "Gương Thử – Số 6 · Tháng 6 năm 2026"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "vi" and root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    whole = read_tags(pdf)
    headings = [
        each.kind for each in whole.walk() if each.kind[0] == "H" and each.kind[1:].isdigit()
    ]
    levels = [int(kind[1:]) for kind in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    alts = [each.alt for each in whole.find("Figure") if each.alt]
    for alt in ("Cây cầu mới", "Lớp học", "Thêm một"):
        assert alt in alts
    assert sum("Mã QR dẫn tới https://guong.example/2026/" in alt for alt in alts) == 2
    assert {"Table", "TH", "L", "LI", "BlockQuote"} <= {each.kind for each in whole.walk()}


def test_stories_are_read_in_order_with_what_belongs_to_each(rich, read_pdf):
    make(rich, "du-thu", "mot-giot-mau", "con-chu")
    (path,) = (rich.root / "an-pham").iterdir()
    whole = read_tags(path.read_bytes())
    titles = [each.text for each in whole.find("H1")]
    assert titles == ["Trong số này", TITLE, "Một giọt máu cho bản", "Con chữ lên Mù Cả"]
    told = whole.text
    order = [
        "Mở: giá",
        "Cầu $ & #1.",
        "Đầu mục & một",
        "Suối sâu",
        "Ông Một hiến đất",
        "Lớp học buổi tối.",
        "Đoạn cuối cùng",
        "Theo sổ của",
        "Ảnh thêm một.",
        "Thông tin cải chính, xin lỗi",
        "Tổ tự quản <bản> #Mường",
        "Báo & đài",
        "Mở bài về tổ hiến máu",
        "Mở bài kể về lớp học",
    ]
    places = [told.index(each, told.index("Mở: giá")) for each in order]
    assert places == sorted(places)


def test_no_line_of_a_running_head_is_read_aloud(rich, read_pdf):
    make(rich, "2026-06", "--title", "Bản tin thử")
    whole = read_pdf(rich, "ban-tin-2026-06-a4.pdf")
    assert whole.text.count("Bản tin thử") == 1  # on the cover
    assert len(PdfReader(rich.root / "an-pham/ban-tin-2026-06-a4.pdf").pages) > 2
