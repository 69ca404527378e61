"""Old letters: what was typed in TCVN3 and VNI comes back, good Unicode is never touched."""

from __future__ import annotations

import re
from itertools import product

import pytest
from tests.intake.old_letters import TCVN3, to_tcvn3, to_vni
from tests.intake.word import Word, p, run

from guongsang.intake.letters import UNSURE, mend_letters, mend_text
from guongsang.intake.manuscript import Manuscript, Paragraph, Run, walk
from guongsang.intake.word.docx import read_docx
from guongsang.text.legacy import decode_tcvn3, decode_vni

# All letters with all marks stand in these; no sentence was taken from anywhere.
WHO = (
    "Bà con bản Nậm Sỏ",
    "Chị Lò Thị Ỏm",
    "Ông giáo già xóm Đồi",
    "Trưởng bản Vàng A Sử",
    "Cô y tá trẻ ở trạm xá",
    "Tổ hợp tác xã chè Bản Bo",
    "Người lính biên phòng quê Nghệ Tĩnh",
    "Thầy Quỳnh dạy lớp ghép",
)
DOES = (
    "đã hiến nửa sào ruộng để mở đường",
    "gùi từng bao gạo qua dốc Ẩm lúc mưa lũ",
    "dạy chữ cho lũ trẻ dưới ánh đèn dầu",
    "giữ nếp dệt vải, thêu khăn của mẹ",
    "trồng ngô, nuôi lợn rồi trả hết nợ",
    "cõng người ốm vượt suối giữa đêm rét",
    "khuyên thanh niên bỏ rượu, học nghề",
)
HOW = (
    "suốt mười bảy năm qua.",
    "mà chẳng nề hà điều gì.",
    "và ai cũng nể, cũng quý.",
    "trước Tết, ngay khi lũ vừa rút.",
)
SENTENCES = [f"{who} {does} {how}" for who, does, how in product(WHO, DOES, HOW)]
SHORT = (
    "Xuân này bản mới có điện, mẹ em mua đèn; nấm, ẩm, dễ, đỗ, cụ.",
    "Người giữ lửa",
    "Đường về bản",
    "Ảnh: Lò Văn Tưởng",
    "Nhà nghỉ dưỡng, ngõ nhỏ, ngã ba, kẽ nứt, lẽ phải, vẽ vời, mũ nỉ, chữ ký, kỹ sư, tỷ lệ, lỵ sở",
    "Quỹ khuyến học, thủy lợi, hòa giải, khuya khoắt, ngoằn ngoèo, huỵch toẹt, ặc ặc, ẵm ngửa",
    "Ừ, ạ, ồ, ở đó; ỷ lại; ợ hơi; ổ gà; ỉu xìu; ĩ ạch; ị; ửng đỏ; ữ; ự; ẽ; ẹ; ẻ; ẫm ờ; ặng",
)
CAPITALS = [f"{who} {does}".upper() for who, does in product(WHO, DOES)]
# Good sentences that look like old letters here and there.
GOOD = (
    "Bé Hà và bà ở nhà.",
    "Toà án xã hoà giải cho hai nhà.",
    "Bà già bé nhỏ",
    "Có bà có bé có cả nhà",
    "Vé xe, bé, té, mê, hê, kê, bê, tô, cô, hô",
    "Hoà, toán, loãng, khoá, toà, goá, xoá",
    "Cà phê Müller ở München, café São Paulo, naïve, où, Thaïlande",
    "Les élèves du père Naïm étaient déjà là, où Caïn",
    "Ruộng rộng 5.000 m², dốc 30°, giá ±2 %, «Gương sáng» ©2019 §4 ®",
    "Chú thích¹ và ghi chú² của bài ª º",
    "Ước gì",
    "đi",
    "Ừ",
    "ô tô",
    "Ô",
    "à",
    "é",
)
LETTERS = re.compile(r"[^\W\d_]+")


def syllables_right(asked, found):
    # VN3 has no capitals with marks: whether one was meant nobody knows.
    wanted, got = LETTERS.findall(asked.lower()), LETTERS.findall(found.lower())
    right = sum(a == b for a, b in zip(wanted, got, strict=False))
    return right if len(wanted) == len(got) else 0, len(wanted)


def share_right(sentences, encode, font=""):
    pairs = [syllables_right(each, mend_text(encode(each), font)) for each in sentences]
    return sum(right for right, _ in pairs) / sum(total for _, total in pairs)


def test_there_are_enough_sentences_and_all_letters():
    assert len(SENTENCES) >= 200
    letters = set("".join([*SENTENCES, *SHORT]))
    assert {each for each in TCVN3 if each.islower()} - letters == set()


@pytest.mark.parametrize("font", ["", ".VnTime", "VNI-Times", "Times New Roman"])
@pytest.mark.parametrize("encode", [to_tcvn3, to_vni])
def test_old_sentences_come_back_whatever_the_font_says(encode, font):
    assert share_right([*SENTENCES, *SHORT], encode, font) >= 0.99


def test_capitals_come_back():
    for encode in (to_vni, to_tcvn3):
        assert share_right(CAPITALS, encode) >= 0.99
        assert sum(mend_text(encode(each)) == each for each in CAPITALS) >= 0.99 * len(CAPITALS)


def test_a_font_of_capitals_shows_small_letters_high():
    word = Word(
        p(run(to_tcvn3("người giữ rừng Lai Châu").lower(), font=".VnTimeH")),
        p(run("lai chau", font=".VnArialH")),
        p(run(to_tcvn3("Bản nhỏ bên suối"), font=".VnTime")),
    )
    found = mend_letters(read_docx(word.save()))
    assert [each.text for each in found.blocks] == [
        "NGƯỜI GIỮ RỪNG LAI CHÂU",
        "LAI CHAU",
        "Bản nhỏ bên suối",
    ]


@pytest.mark.parametrize("font", ["", "Times New Roman", ".VnTime", "VNI-Times", ".VnTimeH"])
def test_good_unicode_is_never_touched(font):
    for sentence in [*SENTENCES, *SHORT, *CAPITALS, *GOOD]:
        assert mend_text(sentence, font) == sentence


def test_the_letter_that_word_keeps_as_a_soft_hyphen():
    word = Word(p(run(to_tcvn3("Mười người"), font=".VnTime")), p(run("Mư\xadời")))
    assert "softHyphen" in word.blocks[0]
    found = mend_letters(read_docx(word.save()))
    assert [each.text for each in found.blocks] == ["Mười người", "Mười"]


def test_letters_for_private_use_are_those_of_a_font_of_signs():
    high = "".join(
        chr(0xF000 + ord(each)) if each != " " else each for each in to_tcvn3("Vợ chồng")
    )
    assert mend_text(high, ".VnTime") == "Vợ chồng"


def test_a_paragraph_may_hold_several_kinds():
    paragraph = Paragraph(
        (
            Run(to_tcvn3("Chị kể: "), ".VnTime"),
            Run("đường xa lắm, ", "Arial"),
            Run(to_vni("chẳng ai nản lòng."), "VNI-Times"),
        )
    )
    found = mend_letters(Manuscript((paragraph,)))
    assert found.blocks[0].text == "Chị kể: đường xa lắm, chẳng ai nản lòng."


def test_runs_keep_their_look_across_letters_of_two_signs():
    old = to_vni("giữ rừng")
    paragraph = Paragraph((Run(old[:2], bold=True), Run(old[2:])))
    found = mend_letters(Manuscript((paragraph,))).blocks[0]
    assert found.text == "giữ rừng"
    assert [each.bold for each in found.inlines] == [True, False]


def test_a_line_that_reads_well_both_ways_goes_with_the_others():
    lines = [to_tcvn3("Người giữ rừng ở bản Nậm Sỏ"), to_tcvn3("bộ")]
    paragraphs = tuple(Paragraph((Run(each, ".VnTime"),)) for each in lines)
    found = mend_letters(Manuscript(paragraphs))
    assert [each.text for each in walk(found.blocks)] == ["Người giữ rừng ở bản Nậm Sỏ", "bộ"]


def test_what_cannot_be_told_is_marked_and_told():
    # The letter that Word kept as a soft hyphen, lost by another program on the way.
    broken = to_tcvn3("Mười người được thưởng").replace("\xad", "")
    found = mend_letters(Manuscript((Paragraph((Run(broken, ".VnTime"),)),)))
    assert found.blocks[0].text.startswith(UNSURE)
    assert [loss.kind for loss in found.losses] == ["letters", "letters-unsure"]


def test_what_was_decoded_is_told():
    old = tuple(Paragraph((Run(to_vni(each)),)) for each in SENTENCES[:3])
    assert [(loss.where, loss.count) for loss in mend_letters(Manuscript(old)).losses] == [
        ("VNI", 3)
    ]


def test_the_tables_here_and_there_agree():
    for sentence in [*SENTENCES, *SHORT]:
        assert decode_tcvn3(to_tcvn3(sentence)).lower() == sentence.lower()
        assert decode_vni(to_vni(sentence)) == sentence
