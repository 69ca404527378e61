"""Numbers in words, what stands beside numbers, abbreviations, and texts of every kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guongsang.speech.numbers import group_number, spell_number, split_digits
from guongsang.speech.reading import count_spoken, read_aloud


@pytest.mark.parametrize(
    ("number", "spelled", "grouped"),
    [
        (0, "không", "0"),
        (4, "bốn", "4"),
        (10, "mười", "10"),
        (14, "mười bốn", "14"),
        (15, "mười lăm", "15"),
        (21, "hai mươi mốt", "21"),
        (24, "hai mươi tư", "24"),
        (25, "hai mươi lăm", "25"),
        (101, "một trăm linh một", "101"),
        (105, "một trăm linh năm", "105"),
        (111, "một trăm mười một", "111"),
        (555, "năm trăm năm mươi lăm", "555"),
        (1000, "một nghìn", "1 nghìn"),
        (1050, "một nghìn không trăm năm mươi", "1 nghìn không trăm 50"),
        (2026, "hai nghìn không trăm hai mươi sáu", "2 nghìn không trăm 26"),
        (12005, "mười hai nghìn không trăm linh năm", "12 nghìn không trăm linh 5"),
        (2500000, "hai triệu năm trăm nghìn", "2 triệu 500 nghìn"),
        (10**9, "một tỷ", "1 tỷ"),
        (1_500_000_000, "một tỷ năm trăm triệu", "1 tỷ 500 triệu"),
        (3 * 10**12, "ba nghìn tỷ", "3 nghìn tỷ"),
    ],
)
def test_numbers_are_said_in_northern_usage(number: int, spelled: str, grouped: str) -> None:
    """“linh”, “nghìn”, and the small words mốt, tư, lăm."""
    assert spell_number(number) == spelled
    assert group_number(number) == grouped


@given(st.text(alphabet="0123456789", min_size=1, max_size=20))
def test_groups_of_digits_hold_them_all(digits: str) -> None:
    """A telephone number loses no digit."""
    assert "".join(split_digits(digits)) == digits


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Nhà A & nhà B", "Nhà A và nhà B"),
        ("Ông A & bà B <giữ rừng> \"thật\" 'nhé'", "Ông A và bà B <giữ rừng> \"thật\" 'nhé'"),
        ("cao > 5 m", "cao trên 5 mét"),
        ("Số 1, 2, 3", "Số 1, 2, 3"),
        ("mặt bàn 4x6m", "mặt bàn 4 nhân 6 mét"),
        ("cao 1m70", "cao 1 mét 70"),
        ("từ 6h30 - 9h", "từ 6 giờ 30 phút đến 9 giờ"),
        ("năm 1968 - 5 năm sau", "năm 1968 - 5 năm sau"),
        ("dịp 30/4-1/5", "dịp ngày 30 tháng 4 đến ngày 1 tháng 5"),
        ("xem baomau.example.vn", "xem baomau chấm example chấm vn"),
        ("từ -5°C đến 3°C", "từ âm 5 độ C đến 3 độ C"),
        ("XÃ MÙ CẢ ĐẠI HỘI", "XÃ MÙ CẢ ĐẠI HỘI"),
        ("Ngày 18, 19/5", "Ngày 18, 19 tháng 5"),
        ("1.000.000.000 đồng", "1 tỷ đồng"),
        ("Lò Văn Mẫu (SN 1968)", "Lò Văn Mẫu (sinh năm 1968)"),
        ("lớp 1A, khối C00, phòng B2", "lớp 1A, khối C00, phòng B2"),
        ("ở đường 30-4", "ở đường 30 tháng 4"),
        ("thời đại 4.0", "thời đại 4 chấm 0"),
        ("theo QĐ số 123/QĐ-TTg", "theo quyết định số 123 của Thủ tướng Chính phủ"),
        ("khóa IV, V và VI", "khóa 4, 5 và 6"),
        ("‘Tiểu đội 5’ chạy 15'", "‘Tiểu đội 5’ chạy 15 phút"),
        ("gọi (0213) 3876 123", "gọi 0 2 1 3, 3 8 7 6, 1 2 3"),
        ("từ thứ 2-6 hằng tuần", "từ thứ 2 đến 6 hằng tuần"),
        ("Sau đó... v.v. và H5N1", "Sau đó... vân vân và H5N1"),
        ("BS.CKII Lò Mẫu", "Bác sĩ chuyên khoa 2 Lò Mẫu"),
        (
            "55 người/km2, 85 triệu đồng/lượng",
            "55 người một ki-lô-mét vuông, 85 triệu đồng một lượng",
        ),
        ("thắng đội bạn 2 - 0", "thắng đội bạn 2 0"),
        ("TT. Mường Mẫu và ½ bản", "Thị trấn Mường Mẫu và 1 phần 2 bản"),
        ("của UBND. HTX đã", "của Ủy ban nhân dân. Hợp tác xã đã"),
    ],
)
def test_pieces_are_read(typed: str, read: str) -> None:
    """Kinds that the sentences of newspapers do not show."""
    assert read_aloud(typed).text == read


def test_a_text_explains_its_own_abbreviations() -> None:
    """What stands in brackets behind its words is known from there on, and not said twice."""
    text = "Quỹ khuyến học bản Mẫu (QKHBM) có sổ. QKHBM giúp 5 em."
    reading = read_aloud(text)
    assert reading.text == "Quỹ khuyến học bản Mẫu có sổ. Quỹ khuyến học bản Mẫu giúp 5 em."
    assert reading.unsure == ()


def test_readings_of_the_newsroom_come_first() -> None:
    """They decide what is unsure without them, and go before those of the program."""
    typed = "TS Vừ Thị Mẫu ở UBND."
    assert [each.written for each in read_aloud(typed).unsure] == ["TS"]
    own = {"TS": "tiến sĩ", "UBND": "ủy ban"}
    assert read_aloud(typed, own) == read_aloud("Tiến sĩ Vừ Thị Mẫu ở ủy ban.")


@pytest.mark.parametrize("typed", ["QĐXYZ ở bản", "xã QĐXYZ", "Ô QĐXYZ.", "UBND QĐXYZ, HTX"])
def test_unknown_abbreviations_are_told(typed: str) -> None:
    """Whatever stands beside them; words among others in capitals are none."""
    assert [each.written for each in read_aloud(typed).unsure] == ["QĐXYZ"]
    assert read_aloud("LƯU Ý: BẢN MẪU LÊN HƯƠNG ƯỚC").unsure == ()


def test_length_is_what_is_heard() -> None:
    """Digits and short forms are longer to the ear than to the eye."""
    assert count_spoken("Năm 2026") == 8
    assert count_spoken("UBND xã") == 5
    assert count_spoken("– … “”") == 0


@given(
    st.text(alphabet="0123456789.,/-–:%°'hkmxIVX ABTSđĐaà&<>()#@+\n", max_size=40), st.booleans()
)
def test_no_text_stops_the_reading(typed: str, words: bool) -> None:
    """Whatever is typed is read somehow; in words no digit is left."""
    read = read_aloud(typed, words=words)
    assert not (words and any(each.isdecimal() for each in read.text)), read
