"""Registers on disk: every file is checked, and a broken one leaves the others."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guongsang.registers.load import TABLES, load_registers, locate_register
from guongsang.registers.paths import FOLDER, OPTIONAL

GOOD = {
    "newsroom.yml": """\
name: Gương sáng
agency: Báo
responsible_editor: Lò Văn An
contact: {name: Tòa soạn}
data_contact: {name: Tòa soạn}
feed_authority: bao.vn,2026
province: lai-chau
""",
    "columns.yml": "b-cot: {name: Cột hai}\na-cot: {name: Cột một}\n",
    "fields.yml": "giao-duc: {name: Giáo dục}\n",
    "deeds.yml": "xoa-mu-chu: {name: Xóa mù chữ}\n",
    "places.yml": """\
lai-chau: {name: Lai Châu, type: tinh}
mu-ca:
  name: Mù Cả
  type: xa
  code: "03451"
  province: lai-chau
  from: 2025-07-01
""",
    "awards.yml": "anh-hung: {name: Anh hùng, form: danh-hieu-vinh-du, level: nha-nuoc}\n",
    "authors.yml": "ban-bien-tap: {name: Ban biên tập, kind: desk}\n",
    "series.yml": "",
    "honorees/xa-mu-ca.yml": "kind: collective\nname: Xã Mù Cả\n",
    "honorees/lo-van-an.yml": "kind: person\nname: Lò Văn An\nborn: 1935\ndied: unknown\n",
}


@pytest.fixture
def load(tmp_path):
    """Write the registers, some of them otherwise (None: not at all), and load them."""

    def write_and_load(**changes):
        changed = {name.replace("__", "/") + ".yml": text for name, text in changes.items()}
        for name, text in {**GOOD, **changed}.items():
            abs_path = tmp_path / FOLDER / name
            abs_path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                abs_path.unlink(missing_ok=True)
            else:
                abs_path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_registers(tmp_path)

    return write_and_load


def marks(reading):
    for found in reading.problems:
        for lang in ("vi", "en"):
            assert found.message(lang)
            assert found.hint(lang)
    return [
        f"{found.path.removeprefix(f'{FOLDER}/')} {found.rule} {found.line}:{found.column}"
        for found in reading.problems
    ]


def test_all_good(load):
    reading = load()
    assert reading.problems == []
    registers = reading.registers
    assert registers.newsroom.page_size == 24
    assert list(registers.columns) == ["b-cot", "a-cot"]
    assert registers.places["mu-ca"].from_.isoformat() == "2025-07-01"
    assert list(registers.honorees) == ["lo-van-an", "xa-mu-ca"]


CASES = {
    "missing table": ({"series": None}, ["series.yml GS311 1:1"]),
    "not UTF-8": ({"fields": b"a: \xff"}, ["fields.yml GS101 1:4"]),
    "a list": ({"fields": "- a"}, ["fields.yml GS110 1:1"]),
    "tab": ({"fields": "a:\n\tname: b"}, ["fields.yml GS112 2:1"]),
    "key": ({"fields": "Giáo dục: {name: a}"}, ["fields.yml GS211 1:1"]),
    "key below a broken line": (
        {"fields": "a: {name: b: c}\nTên: {name: a}"},
        ["fields.yml GS113 1:12", "fields.yml GS211 2:1"],
    ),
    "duplicate": ({"fields": "a: {name: b}\na: {name: c}"}, ["fields.yml GS111 2:1"]),
    "nothing in a record": ({"fields": "a:\nb: {name: c}"}, ["fields.yml GS205 1:1"]),
    "text for a record": ({"fields": "a: Giáo dục"}, ["fields.yml GS205 1:1"]),
    "missing in a record": ({"fields": "a: {name: b}\nb: {short: c}"}, ["fields.yml GS201 2:1"]),
    "unknown in a record": ({"fields": "a:\n  name: b\n  nme: c"}, ["fields.yml GS202 3:3"]),
    "code": (
        {"places": "mu-ca:\n  name: Mù Cả\n  type: xa\n  code: 03451"},
        ["places.yml GS117 4:9"],
    ),
    "impossible day once": (
        {"places": "mu-ca:\n  name: Mù Cả\n  type: xa\n  until: 2025-06-31"},
        ["places.yml GS123 4:10"],
    ),
    "kind of place": ({"places": "a: {name: b, type: huyen}"}, ["places.yml GS210 1:20"]),
    "honoree's key": (
        {"honorees__Lo Van An": "kind: person"},
        ["honorees/Lo Van An.yml GS211 1:1"],
    ),
    "honoree": ({"honorees__a": "kind: person"}, ["honorees/a.yml GS201 1:1"]),
    "award": (
        {"honorees__a": "kind: person\nname: A\nawards:\n  - id: a\n    year: 1966"},
        ["honorees/a.yml GS201 4:5"],
    ),
    "two files": (
        {"columns": "a: {}", "honorees__a": "kind: x\nname: A"},
        ["columns.yml GS201 1:1", "honorees/a.yml GS210 1:7"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file(name, load):
    changes, expected = CASES[name]
    reading = load(**changes)
    assert marks(reading) == expected
    assert reading.registers is not None
    assert "xa-mu-ca" in reading.registers.honorees


def test_a_register_of_abbreviations_may_be_missing_and_has_words_for_keys(load):
    """They stand in no address, and most newsrooms need none of their own."""
    assert load().registers.abbreviations == {}
    reading = load(abbreviations='"GD&ĐT": {read: Giáo dục}\nTS: {read: tiến sĩ}')
    assert reading.problems == []
    assert [*reading.registers.abbreviations] == ["GD&ĐT", "TS"]
    assert marks(load(abbreviations="TS: {reed: a}")) == ["abbreviations.yml GS202 1:6"]


def test_a_bad_record_leaves_its_neighbours(load):
    registers = load(fields="a: {name: b}\nb: {nme: c}\nc: {name: d}").registers
    assert list(registers.fields) == ["a", "c"]


def test_did_you_mean_a_key_as_it_is_written(load):
    (found,) = load(places="a: {name: b, type: xa, form: 2025-07-01}").problems
    assert "from" in found.hint("en").split(": ")[1].split(", ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "newsroom.yml GS311 1:1"),
        ("- a", "newsroom.yml GS110 1:1"),
        (b"\xff\xfe", "newsroom.yml GS101 1:1"),
        (GOOD["newsroom.yml"] + "page_sise: 3\n", "newsroom.yml GS202 8:1"),
        (GOOD["newsroom.yml"] + "page_size: x\n", "newsroom.yml GS206 8:12"),
        (GOOD["newsroom.yml"] + "photos: {widths: [960, 480]}\n", "newsroom.yml GS310 8:18"),
        (GOOD["newsroom.yml"] + "photos: {widths: []}\n", "newsroom.yml GS215 8:18"),
        (
            GOOD["newsroom.yml"] + "switches:\n  browse_ethnic_groups: 1\n",
            "newsroom.yml GS207 9:25",
        ),
    ],
)
def test_without_newsroom_yml_there_are_no_registers(text, expected, load):
    reading = load(newsroom=text, columns="a: {}")
    assert reading.registers is None
    assert marks(reading) == [expected, "columns.yml GS201 1:1"]


def test_nothing_at_all(tmp_path):
    reading = load_registers(tmp_path)
    assert reading.registers is None
    assert len(reading.problems) == len(TABLES) + 1 - len(OPTIONAL)
    assert {found.rule for found in reading.problems} == {"GS311"}


def test_a_huge_file(load):
    reading = load(fields=b"#" * (8 * 1024 * 1024 + 1))
    assert marks(reading) == ["fields.yml GS103 1:1"]


def test_positions_are_read_anew(load, tmp_path):
    load()
    places = locate_register(tmp_path, f"{FOLDER}/places.yml")
    assert places.of_value(("mu-ca", "code")) == (5, 9)
    assert locate_register(tmp_path, f"{FOLDER}/none.yml").of_value(("a",)) is None


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(["newsroom", *TABLES, "honorees__lo-van-an"]),
    lines=st.lists(
        st.sampled_from(
            [
                "a:",
                "  name: b",
                "  name: b: c",
                "\tname: a",
                "kind: person",
                "b: yes",
                "- a",
                '"',
                "[",
                "  type: 03451",
                "A B: {",
                "a: {name: b}",
                "",
                "a",
                "&a b: *a",
                "a: \x00",
                "  - x: 1",
            ]
        )
    ),
)
def test_any_lines_are_read_or_explained(name, lines, load):
    marks(load(**{name: "\n".join(lines)}))
