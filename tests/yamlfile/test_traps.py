"""Every trap of YAML as editors fall into it: rule, line and column."""

import pytest

from guongsang.problems.rules import rule_table
from guongsang.yamlfile.events import MAX_DEPTH, MAX_NODES, MAX_PROBLEMS
from guongsang.yamlfile.parse import parse_yaml

TRAPS = {
    "list of text": ("abc: [1", ["GS131 1:6"]),
    "duplicate": ("a: 1\na: 2", ["GS111 2:1"]),
    "duplicate below": ("c:\n  a: 1\n  b: 1\n  a: 2", ["GS111 4:3"]),
    "duplicate in a flow": ("c: {a: 1, a: 2}", ["GS111 1:11"]),
    "tab indent": ("cover:\n\tsrc: b.jpg", ["GS112 2:1"]),
    "tab first": ("\ttitle: x", ["GS112 1:1"]),
    "tab in a block text": ("a: |\n\tx", ["GS112 2:1"]),
    "colon in a value": ("title: a: b: c", ["GS113 1:9"]),
    "colon after Vietnamese": ("ế: ố: ộ", ["GS113 1:5"]),
    "colon in braces": ("cover: {src: b, alt: Mù Cả: xã}", ["GS113 1:27"]),
    "colon after a tab": ("title:\tố: b", ["GS113 1:9"]),
    "colon in an item": ("- a: 1\n- b: c: d", ["GS113 2:7"]),
    "at": ("title: @baolaichau", ["GS114 1:8"]),
    "percent": ("title: %x", ["GS114 1:8"]),
    "backtick": ("title: `x`", ["GS114 1:8"]),
    "greater": ("a: >x", ["GS114 1:5"]),
    "comma": ("a: , b", ["GS114 1:4"]),
    "closing bracket": ("a: ]", ["GS114 1:4"]),
    "dash": ("a: - b", ["GS114 1:4"]),
    "percent key": ("%x: 1", ["GS114 1:3"]),
    "clock": ("a: 12:30", ["GS116 1:4"]),
    "clock with zero": ("ngày: 06:30", ["GS116 1:7"]),
    "octal": ("a: 010", ["GS117 1:4"]),
    "commune code": ("mã: 03451", ["GS117 1:5"]),
    "signed octal": ("a: -007", ["GS117 1:4"]),
    "day": ("date: 2026-02-30", ["GS123 1:7"]),
    "day and time": ("date: 2026-02-30 06:30", ["GS123 1:7"]),
    "month": ("date: 2026-13-01", ["GS123 1:7"]),
    "flow comma": ("cover: {src: b.jpg, alt: Cô giáo, học trò}", ["GS118 1:35"]),
    "flow comma twice": ("a: {b: c, d, e}", ["GS118 1:11", "GS118 1:14"]),
    "anchor": ("a: &x 1", ["GS119 1:4"]),
    "alias": ("title: *tieu-de", ["GS119 1:8"]),
    "anchor on a list": ("a: &x [1]\nb: *x", ["GS119 1:4", "GS119 2:4"]),
    "merge": ("a: &x {b: 1}\nc:\n  <<: *x", ["GS119 1:4", "GS119 3:7"]),
    "tag": ("a: !!python/object:os.system x", ["GS120 1:4"]),
    "own tag": ("a: !vai x", ["GS120 1:4"]),
    "unknown tag handle": ("a: !x!y z", ["GS120 1:4"]),
    "bare exclamation": ("a: ! hay", ["GS120 1:4"]),
    "tag on a list": ("a: !!set [x]", ["GS120 1:4"]),
    "control character": ("ế: b\x00c", ["GS124 1:5"]),
    "line separator": ("a: b\u2028c", ["GS124 1:5"]),
    "next line": ("a: b\x85c\nd: yes", ["GS115 2:4", "GS124 1:5"]),
    "byte order mark inside": ("a: b\ufeffc", ["GS124 1:5"]),
    "control by escape": ('src: "anh\\bia.jpg"', ["GS130 1:6"]),
    "control by escape in a key": ('"x\\ey": 1', ["GS130 1:1"]),
    "list as key": ("[title]: b", ["GS125 1:1"]),
    "braces in braces": ("{{}", ["GS131 1:1"]),
    "braces as key": ("a: {{}}", ["GS125 1:5"]),
    "complex key": ("? [a]\n: b", ["GS125 1:3"]),
    "quotes close early": ('title: "Con chữ" lên', ["GS126 1:18"]),
    "apostrophe": ("a: 'it's'", ["GS126 1:8"]),
    "deeper": ("a: 1\n  b: 2", ["GS127 2:4"]),
    "one too deep": ("a:\n  b: 1\n   c: 2", ["GS127 3:5"]),
    "shallower": ("a:\n    b: 1\n  c: 2", ["GS127 3:3"]),
    "no colon": ("title Con chữ\ndate: 2026-05-19", ["GS128 1:1"]),
    "no space after colon": ("title:Con chữ\ndate: 2026-05-19", ["GS128 1:1"]),
    "no colon in the middle": ("a: 1\ntitle Con chữ\nb: 2", ["GS128 2:1"]),
    "no colon at the end": ("a: 1\ntitle Con chữ", ["GS128 2:1"]),
    "unclosed double quotes": ('title: "Con chữ\ndate: 2026-05-19', ["GS129 1:8"]),
    "unclosed single quotes": ("title: 'Con chữ\ndate: 2026-05-19", ["GS129 1:8"]),
    "backslash": ('src: "anh\\qbia.jpg"', ["GS130 1:10"]),
    "bad unicode escape": ('src: "\\ud800"', ["GS130 1:9"]),
    "unclosed list": ("fields: [a, b\ndate: 2026-05-19", ["GS131 1:9"]),
    "unclosed list ends in a comma": ("fields: [a,\n", ["GS131 1:9"]),
    "unclosed braces": ("cover: {src: a", ["GS131 1:8"]),
    "second document": ("a: 1\n---\nb: 2", ["GS108 2:1"]),
    "directive": ("%YAML 1.1", ["GS122 1:1"]),
    "directive and more": ("%YAML 1.1\ntitle: A", ["GS122 1:1"]),
}


def marks(problems):
    return sorted(f"{found.rule} {found.line}:{found.column}" for found in problems)


@pytest.mark.parametrize("name", TRAPS)
def test_trap(name):
    text, expected = TRAPS[name]
    found = parse_yaml(text, "a.yml").problems
    assert marks(found) == expected
    for each in found:
        for lang in ("vi", "en"):
            assert each.message(lang)
            assert each.hint(lang)


@pytest.mark.parametrize(
    "word",
    [form for word in ("yes", "no", "on", "off") for form in (word, word.title(), word.upper())],
)
def test_words_that_other_tools_take_for_switches(word):
    parsed = parse_yaml(f"name: {word}", "a.yml")
    assert parsed.data == {"name": word}
    assert marks(parsed.problems) == ["GS115 1:7"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("03451", "03451"),
        ("2026-02-30", "2026-02-30"),
        ("@a", "@a"),
        ("a: b", "a: b"),
        ("*a", "*a"),
        ("true", "true"),
        ("1", "1"),
        ("", ""),
        ("~", "~"),
    ],
)
def test_quotes_spring_every_trap(text, expected):
    for quoted in (f'"{text}"', f"'{text}'"):
        parsed = parse_yaml(f"a: {quoted}", "a.yml")
        assert (parsed.data, parsed.problems) == ({"a": expected}, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: true", True),
        ("a: FALSE", False),
        ("a: 0", 0),
        ("a: -12", -12),
        ("a: 0.35", 0.35),
        ("a: 1.0e-05", 1e-05),
        ("a: 1_000", "1_000"),
        ("a: 0x1F", "0x1F"),
        ("a: .inf", ".inf"),
        ("a: 2026-05-19", "2026-05-19"),
        ("a: 2026-05-19 06:30", "2026-05-19 06:30"),
        ("a: y", "y"),
        ("a: “Con chữ” lên: Mù Cả".replace(": M", " M"), "“Con chữ” lên Mù Cả"),
        ("a: |\n  một\n  hai", "một\nhai"),
        ("a: >\n  một\n  hai", "một hai"),
        ("a: một\n  hai", "một hai"),
        ("a: 99999999999999999999", "99999999999999999999"),
        ("a: x  # y", "x"),
        ("a: x#y", "x#y"),
        ("a: 'x #y'  #z", "x #y"),
        ("a: []", []),
        ("a: {}", {}),
        ("a:\n-\n  b: 1", [{"b": 1}]),
    ],
)
def test_plain_values(text, expected):
    parsed = parse_yaml(text, "a.yml")
    assert parsed.problems == []
    assert parsed.data == {"a": expected}
    assert type(parsed.data["a"]) is type(expected)


@pytest.mark.parametrize(
    ("text", "line", "column", "key", "value"),
    [
        ("title: Tổ #1 bản Mẫu", 1, 11, "title:", "Tổ #1 bản Mẫu"),
        ("title: #GuongSang", 1, 8, "title:", "#GuongSang"),
        ("a: x # y", 1, 6, "a:", "x # y"),
        ("a: x  #y", 1, 7, "a:", "x  #y"),
        ("a:\n- b: c\n- d\t#e\n", 3, 5, "-", "d\t#e"),
        ("a: [b, c #d\n]", 1, 10, "-", "c #d"),
        ("a: một\n  hai #3\nb: c", 2, 7, "a:", "một hai #3"),
        ("a: {b: c #d\n}", 1, 10, "b:", "c #d"),
        ("a: x\xa0 #y", 1, 7, "a:", "x\xa0 #y"),
    ],
)
def test_a_value_that_would_be_cut_at_a_hash_is_told(text, line, column, key, value):
    (found,) = parse_yaml(text, "a.yml").problems
    assert (found.rule, found.line, found.column) == ("GS136", line, column)
    assert f'{key} "{value}"' in found.hint("vi")


@pytest.mark.parametrize("text", ["# x\na: b", "a:  # x\n  b: c", "a: b  #", "a: |  # x\n  b #c"])
def test_remarks_are_left_alone(text):
    assert parse_yaml(text, "a.yml").problems == []


def test_one_mistake_does_not_hide_the_next():
    text = "\n".join(
        [
            "title: Mù Cả: xã đầu tiên",
            "minor: yes",
            'summary: "Ba ngày đường',
            "date: 2026-02-30",
            "role: @bac-si",
            "code: 03451",
            "cover:",
            "\tsrc: bia.jpg",
            "time: 12:30",
            "tags: [a",
            "lang: vi",
            "lang: en",
            "note: \x07",
        ]
    )
    parsed = parse_yaml(text, "a.yml", first_line=2)
    assert [(found.line, found.rule) for found in parsed.problems] == [
        (2, "GS113"),
        (3, "GS115"),
        (4, "GS129"),
        (5, "GS123"),
        (6, "GS114"),
        (7, "GS117"),
        (9, "GS112"),
        (10, "GS116"),
        (11, "GS131"),
        (13, "GS111"),
        (14, "GS124"),
    ]
    assert parsed.data["lang"] == "vi"


def test_the_hint_says_what_to_type():
    (found,) = parse_yaml('title: Mù Cả: xã "đầu tiên"', "a.yml").problems
    assert found.hint("en") == "Type: title: \"Mù Cả: xã 'đầu tiên'\""


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 30 + "]" * 30,
        "a: " + "[" * 1_000_000,
        "{a: " * 100_000,
        "- " * 500_000,
        "- a\n" * (MAX_NODES + 1),
        "\n".join(" " * depth + "a:" for depth in range(MAX_DEPTH + 5)),
    ],
    ids=["closed", "open", "braces", "dashes", "many", "indented"],
)
def test_too_much(text):
    parsed = parse_yaml(text, "a.yml")
    assert parsed.data is None
    assert [found.rule for found in parsed.problems] == ["GS121"]


def test_nesting_up_to_the_limit_is_read():
    parsed = parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yml")
    assert parsed.problems == []


def test_a_billion_laughs_stay_small():
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    parsed = parse_yaml("\n".join(lines), "a.yml")
    assert {found.rule for found in parsed.problems} == {"GS119"}
    assert parsed.data["a19"] == [None] * 9


def test_a_flood_of_problems_is_cut():
    for text in ("a: yes\n" * 5000, "\x01\n" * 5000):
        assert len(parse_yaml(text, "a.yml").problems) <= 2 * MAX_PROBLEMS


# A merge that was not finished and marks piled up are told before the text is read as YAML.
OF_TEXT = ("GS135", "GS139")
EXAMPLES = [
    rule
    for rule in rule_table().values()
    if "GS111" <= rule.id < "GS200" and rule.id not in OF_TEXT
]


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule(rule):
    bad = rule.bad.replace("␀", "\0")
    assert [found.rule for found in parse_yaml(bad, "a.yml").problems] == [rule.id]
    assert parse_yaml(rule.good, "a.yml").problems == []
