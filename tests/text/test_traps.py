"""Traps in text: what is found, where, and what must pass."""

import random
import time
import unicodedata

import pytest

from guongsang.problems.rules import rule_table
from guongsang.text.legacy import decode_tcvn3, decode_vni, find_legacy
from guongsang.text.misread import decode_misread
from guongsang.text.syllable import is_syllable
from guongsang.text.traps import find_hard_lines, find_mixed_tone_placement, find_traps

GOOD = """Xã Mù Cả, tỉnh Lai Châu: thầy giáo Nguyễn Văn Hòa khoẻ mạnh, xoá mù chữ cho bà con.
“Ông ấy giúp 12 hộ thoát nghèo” – chị Lò Thị Thuý nói. Nhà máy thủy điện, hoà bình, toà nhà.
Nghiêng, nguệch ngoạc, khuỷu tay, quyển, giếng, xoong, tuyết, ươm, yêu, khuya, ngoằn ngoèo, huơ."""


def rules_of(text):
    return [trap.rule for trap in find_traps(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain ASCII.\n\tIndented.\r\n",
        GOOD,
        "Ông Müller, bà Desirée Königsöhn và Señora Ñandú, João Camões, Håkan Ström, Þór",
        "Où est le maïs de la Thaïlande, très élevé à Noël ? Le français naïf a déjà haï Caïn.",
        "D'où vient le maïs thaï?",
        "© 2026 Báo Lai Châu® – 5 µm, 3 µg, 20 °C, 1½ kg, «Ba» và «an», m²",
        "bản¹ cha¹ con² sau¹ ba¹",
        "Champs-Élysées, São Paulo, Besançon, Ærø, Łódź, Größe, Öl, Übung, Straßenbahn, naïve",
        "Ê Đê: Ƀuôn Ama Thuôt, hlăm ê̆ ô̆",
        "Gia đình 👨‍👩‍👧 và ❤️‍🔥",
        "Giá 5\u00a0000\u00a0đồng",
        "ꪼꪕ ꪎꪱꪉ",
        "\ufeffBOM ở đầu",
        "A¹ · B² § 3, Điều 5 ¶",
    ],
)
def test_clean_text_passes(text):
    assert find_traps(text) == []


@pytest.mark.parametrize(
    ("text", "encoding", "word", "meant"),
    [
        ("Xin chµo tÊt c¶", "TCVN3", "chµo", "chào"),
        ("NguyÔn V¨n A", "TCVN3", "NguyÔn", "Nguyễn"),
        ("§iÖn Biªn Phñ", "TCVN3", "§iÖn", "Điện"),
        ("lµ nh÷ng ng­êi tèt", "TCVN3", "lµ", "là"),
        ("Tr­êng tiÓu häc", "TCVN3", "Tr­êng", "Trường"),
        ("viÖc", "TCVN3", "viÖc", "việc"),
        ("Xin chaøo caùc baïn", "VNI", "chaøo", "chào"),
        ("Nguyeãn Vaên A", "VNI", "Nguyeãn", "Nguyễn"),
        ("tröôøng", "VNI", "tröôøng", "trường"),
        ("NGÖÔØI TOÁT VIEÄC TOÁT", "VNI", "NGÖÔØI", "NGƯỜI"),
        ("ñaát nöôùc Vieät Nam", "VNI", "ñaát", "đất"),
    ],
)
def test_legacy_encodings(text, encoding, word, meant):
    line = f"Dòng trước tử tế.\n{text}\n"
    (hit,) = find_legacy(line)
    assert (hit.encoding, hit.word, hit.meant) == (encoding, word, meant)
    assert line[hit.offset :].startswith(word)
    assert rules_of(line) == ["GS604" if encoding == "TCVN3" else "GS605"]


def test_legacy_text_decodes_whole():
    assert (
        decode_tcvn3("Céng hßa x· héi chñ nghÜa ViÖt Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert (
        decode_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam")
        == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert decode_vni("ÑIEÄN BIEÂN, Ñaëng") == "ĐIỆN BIÊN, Đặng"


@pytest.mark.parametrize("word", GOOD.replace("“", "").replace("”", "").split())
def test_good_syllables(word):
    word = word.strip(".,:–")
    assert not word or word.isdigit() or is_syllable(unicodedata.normalize("NFC", word))


@pytest.mark.parametrize("word", ["vient", "maïs", "straße", "hòá", "xlăm", "Jean", "bs", "hoacm"])
def test_not_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("text", "offset", "code"),
    [
        ("Lai\u200bChâu", 3, "U+200B"),
        ("Lai Châu\u00ad", 8, "U+00AD"),
        ("a\ufeffb", 1, "U+FEFF"),
        ("bệ\u202enh", 2, "U+202E"),
        ("x\x07", 1, "U+0007"),
        ("x\x85", 1, "U+0085"),
        ("x\u2028y", 1, "U+2028"),
        ("\uf0b7 mục", 0, "U+F0B7"),
        ("m\ufffdt", 1, "U+FFFD"),
        ("a\u200db", 1, "U+200D"),
    ],
)
def test_invisible(text, offset, code):
    """Alone, and several in a row."""
    many = text[:offset] + text[offset] * 4 + text[offset + 1 :]
    assert [trap.length for trap in find_traps(many)] == [4]
    (trap,) = find_traps(text)
    assert (trap.rule, trap.offset, dict(trap.args)["code"]) == ("GS603", offset, code)


@pytest.mark.parametrize(
    ("text", "rules", "offset"),
    [
        ("Lo\u0300 Thi\u0323 Mai", ["GS601"], 1),
        ("Hâ\u0301u", ["GS601"], 1),
        ("Maì\u0301", ["GS602"], 3),
        (" \u0301x", ["GS602"], 1),
        ("\u0301x", ["GS602"], 0),
        ("b\u0301", ["GS602"], 1),
        ("Lò\u0301 Thi\u0323", ["GS602", "GS601"], 2),
        ("5 \u212b", ["GS601"], 2),
    ],
)
def test_marks(text, rules, offset):
    traps = find_traps(text)
    assert [trap.rule for trap in traps] == rules
    assert traps[0].offset == offset


def test_one_finding_counts_all_decomposed_letters():
    (trap,) = find_traps(unicodedata.normalize("NFD", "Lò Thị Mai ở Mường Tè"))
    assert dict(trap.args) == {"count": "6", "near": "Lo\u0300"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anh Lò Văn Hoà kể. Nhà Lò Văn Hòa ở bản.", ["Lò Văn Hòa"]),
        ("Hoà … Hòa … Hòa", ["Hòa"]),
        ("Ông Hoà và Hòa", ["Hòa"]),
        ("HOÀ và Hòa", ["Hòa"]),
        ("Lò Văn Hoà và Vàng Thị Hòa", []),
        ("hoà bình, hòa bình", []),
        ("Nậm Cha, Nậm Chà", []),
    ],
)
def test_one_name_spelled_both_ways(text, names):
    traps = find_mixed_tone_placement(text)
    assert [dict(trap.args)["name"] for trap in traps] == names
    for trap in traps:
        assert text[trap.offset : trap.offset + trap.length] == dict(trap.args)["name"]


def test_no_break_spaces_are_only_counted():
    assert list(find_hard_lines(["5\u00a0km, 6\u202fkm", "a" + "\u00a0b" * 5])) == [(1, 1)]


SENTENCES = [
    "Cây cầu của bản đã xong.",
    "Người già kể chuyện suối lớn.",
    "Học trò không phải lội nước nữa!",
    "“Bao giờ làm đường?” – bà cụ hỏi.",
]


@pytest.mark.parametrize("code", ["cp1252", "cp1258", "ascii"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_was_saved_as_ansi_is_told_once(code, sentence):
    ruined = f"{sentence} {SENTENCES[0]}".encode(code, "replace").decode(code)
    (trap,) = (trap for trap in find_traps(ruined) if trap.rule == "GS609")
    word = dict(trap.args)["word"]
    assert ruined[trap.offset : trap.offset + trap.length] == word
    assert "?" in word


@pytest.mark.parametrize("gap", ["?", "? ", "??", "?!", " ? "])
def test_questions_are_no_ruins(gap):
    """Not even where nobody typed a space behind them."""
    assert not [
        trap
        for trap in find_traps(gap.join(["ai làm thế", "Sao", "đi đâu"] * 9))
        if trap.rule == "GS609"
    ]


def test_messages_fill_with_the_args():
    """Every placeholder of every message has its argument."""
    texts = [
        "Lo\u0300",
        "Lò\u0301",
        "a\u200bb",
        "tÊt chµo",
        "chaøo baïn",
        "Hoà Hòa",
        "Hoà, Hòa",
        "a" + "\u00a0ổ" * 5,
        "c?u c?a b?n",
        "cá»§a má»›i báº£n",
    ]
    found = {trap.rule: dict(trap.args) for text in texts for trap in find_traps(text)}
    assert sorted(found) == [rule for rule in rule_table() if rule.startswith("GS6")]
    for rule, args in found.items():
        for lang in ("vi", "en"):
            rule_table()[rule].message[lang].format_map(args)
            rule_table()[rule].hint[lang].format_map(args)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf_8_that_was_read_as_western_text_is_one_problem_a_line(encoding):
    rng = random.Random(encoding)
    words = [word for word in GOOD.split() if not word.isascii()]
    for _ in range(200):
        lines = [" ".join(rng.choices(words, k=12)) for _ in range(3)]
        good = "\n".join(lines)
        broken = "".join(
            bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in good.encode()
        )
        assert decode_misread(broken) == good
        assert decode_misread(good) == good
        # The no-break space of "à" does not survive a mail or a form.
        for text in (broken, broken.replace("\xa0", " ")):
            found = find_traps(text)
            assert {trap.rule for trap in found} == {"GS610"}
            assert [text.count("\n", 0, trap.offset) for trap in found] == [0, 1, 2]
            assert all(is_syllable(dict(trap.args)["meant"]) for trap in found)


def test_good_text_is_fast():
    """10,000 stories must not wait for this: far under 2 ms a story."""
    story = GOOD * 12
    start = time.process_time()
    for _ in range(50):
        find_traps(story)
    assert (time.process_time() - start) / 50 < 0.02
