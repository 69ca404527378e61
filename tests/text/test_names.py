"""Names in texts, file names and addresses: what is found, and what is somebody else."""

import unicodedata

import pytest

from guongsang.text.spelled import compile_names, squeeze


def found(names, text, *, close=True, address=False):
    finder = compile_names(tuple(names), close=close)
    hits = finder.find_in_address(text) if address else finder.find_in_prose(text)
    return [hit[0] for hit in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giàng A Páo dậy sớm.", ["Giàng A Páo"]),
        ("GIÀNG A PÁO", ["GIÀNG A PÁO"]),
        ("em Giang A Pao và em Páo", ["Giang A Pao", "em Páo"]),
        ("giàng a páo", ["giàng a páo"]),
        ("Giàng\u00a0A Páo", ["Giàng\u00a0A Páo"]),
        (
            unicodedata.normalize("NFD", "Giàng A Páo"),
            [unicodedata.normalize("NFD", "Giàng A Páo")],
        ),
        ("nhà Giàng Páo, A Páo nói", ["Giàng Páo", "A Páo"]),
        ("Cháu Páo học lớp 4. Páo cười.", ["Cháu Páo", "Páo"]),
        ("Em Pao", ["Em Pao"]),
        ("Hôm ấy Páo đến", ["Páo"]),
        ("Chị Páo", ["Páo"]),
        # Somebody or something else.
        ("em pao", []),
        ("Giàng A Páonga, xPáo", []),
        ("Vừ A Pào, Sùng Thị Páo, Páo Lớn", []),
        ("páo", []),
        ("Giàng A Sử", []),
        ("", []),
    ],
)
def test_a_child_in_its_own_story(text, expected):
    assert found(["Giàng A Páo"], text) == expected


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["Giàng A Páo"], "Giàng A Páo và em Páo, A Páo", ["Giàng A Páo"]),
        (["Giàng A Páo", "Páo Lử"], "Có Páo Lử, có páo lử", ["Páo Lử"]),
        (["Lò Mai"], "chị Lò Mai lo mai mưa, LO MAI, Lo Mai", ["Lò Mai", "LO MAI", "Lo Mai"]),
        (["Lò Mai"], "Lo Mãi, Lô Mai", []),
        (["Nguyễn Thị Hoà"], "bà Nguyễn Thị Hòa", ["Nguyễn Thị Hòa"]),
    ],
)
def test_somebody_named_in_another_story_needs_the_whole_name(names, text, expected):
    assert found(names, text, close=False) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Giàng A Páo", "giang-a-pao-di-hoc", ["giang-a-pao"]),
        ("Giàng A Páo", "GiangAPao", ["GiangAPao"]),
        ("Giàng A Páo", "anh_giang_a_pao_01", ["giang_a_pao"]),
        ("Giàng A Páo", "cau-be-a-pao", ["a-pao"]),
        ("Giàng A Páo", "em-pao-2", ["em-pao"]),
        ("Giàng A Páo", "Páo", ["Páo"]),
        ("Giàng A Páo", "pao-2", ["pao"]),
        ("Giàng A Páo", "pao-va-ban", []),
        ("Lò Thị Mai", "sang-mai-di-hoc", []),
        ("Lò Thị Mai", "hoa-mai", []),
    ],
)
def test_addresses_and_names_of_files(name, text, expected):
    assert found([name], text, address=True) == expected


def test_one_who_has_only_a_given_name():
    assert found(["Páo"], "Em Páo. Páo.") == ["Em Páo", "Páo"]
    assert compile_names(("Páo",), close=False) is None


@pytest.mark.parametrize("name", ["", " ", "ꪼꪕ ꪎꪱꪉ"])
def test_a_name_without_latin_letters_is_not_searched(name):
    assert compile_names((name,), close=True) is None


@pytest.mark.parametrize(
    "text",
    [
        *("GIÀNG A PÁO", "giang-a-pao", "Giàng\u00a0A\u2013Páo", "Giàng_A  Páo", "GiàngAPáo"),
        unicodedata.normalize("NFD", "Ông Giàng A Páo."),
    ],
)
def test_what_spells_a_name_has_it_squeezed(text):
    assert found(["Giàng A Páo"], text, close=False, address=True)
    assert squeeze("Giàng A Páo") in squeeze(text)


def test_most_names_are_not_in_a_text():
    assert squeeze("Giàng A Páo") not in squeeze("Giàng A Sử và Páo")
