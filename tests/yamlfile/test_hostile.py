"""Whatever is thrown at it, the reader answers, soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.yamlfile.parse import _find_unprintable, _read_mended, locate, parse_yaml
from guongsang.yamlfile.plain import fold_plain

PIECES = st.sampled_from(
    [
        *":-?,[]{}#&*!|>'\"%@`\\ \n\t=~<\r",
        *["\n  ", "\n- ", ": ", "a: ", "b: 1\n", "yes", "010", "12:30", "---\n", "...\n", "!!x "],
        *["&a ", "*a ", "ế", "\x00", "\u2028", "\x85", "\ufeff", "𝄞", "\\u", "%TAG ! x\n", "<<: "],
    ]
)
YAML_LIKE = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=400, deadline=2000)
@given(YAML_LIKE)
def test_any_text_is_read_or_explained(text):
    parsed = parse_yaml(text, "a.yml")
    assert all(found.line >= 1 and found.column >= 1 for found in parsed.problems)
    assert parsed.problems == sorted(parsed.problems)
    for found in parsed.problems:
        assert found.message("vi")
        assert found.hint("en")
    locate(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a: b: c\n",
        "a: [\n",
        "? ",
        'k: "\n',
        "\t\n",
        "%a\n",
        "#\n",
        "a: yes\n",
        "\x01\n",
        "&a ",
        "!a ",
        "'a\n",
        "a\n",
        "{[",
        "]\n",
        "a: |\n",
        ": ",
        "- - - - - -\n",
        "a: *b\n",
    ],
)
def test_a_megabyte_of_anything_takes_no_time(unit):
    text = unit * (1_000_000 // len(unit))
    before = time.process_time()
    parse_yaml(text, "a.yml")
    assert time.process_time() - before < 2


LINES = st.sampled_from(
    [
        *["a: x\n", "b: 'no'\n", 'c: "\\u00e9"\n', "d: [x, y-z, 0.5]\n", "e:\n", "  f: 12\n"],
        *["  - g: ~\n", "    h: true\n", "  - i\n", "j: 2026-05-19\n", "k: 06:30\n", "l: yes\n"],
        *["m: {n: o}\n", "p: >-\n", "  q r\n", "a: y\n", "# s\n", "t: &u v\n", "w: *u\n"],
        *['x: "\\x07"\n', "y: !!str 1\n", "z: [,]\n", "? [a]\n", "---\n", "é: đ\n", "aa: |\n"],
        *["ab: word word\n", "  word: word\n", "  word word\n", " - word\n", "ac: 2026-02-3\n"],
        *["  - word word\n", "    word word\n", "      ad:\n", "        ae: x\n", "- af\n", "\n"],
        *["- ag: word word\n", "  ah: []\n", "   word\n", "ai: 'a'\n", "aj: [ab cd, no]\n"],
        *["al: word:\n", "am: word #x\n", "an: word\xa0 #x\n", "ao:  x\n", "ap : x\n", "ar: \n"],
        *["  as: 'a\n", "at: 'a' b\n", 'au: "a" \n', "av: word\xa0\n", "  \xa0x\n", "-  aw: x\n"],
    ]
)


@settings(max_examples=600, deadline=2000)
@given(st.one_of(YAML_LIKE, st.lists(LINES, max_size=12).map("".join)))
def test_the_quick_look_sees_what_the_close_one_sees(text):
    quick = fold_plain(text)
    if quick is not None:
        folder, problems = _read_mended(text, "a.yml", 1)
        assert repr(folder.root) == repr(quick)
        assert [*problems, *_find_unprintable(text, "a.yml", 1)] == []


@pytest.mark.parametrize(
    "text",
    [
        "a: b\nc: [d, 0.5, true]\ne:\n- f: 1\n  g: 'no'\n",
        'a:\n  # đ\n  - b: ê\n    c:\n      d: []\n  - đ đ đ\n\ne: "f: g"\n',
        "a: đ đ đ đ\n  đ đ, đ\nb:\n- đ đ đ đ\n  đ\n- c-d\n",
    ],
)
def test_the_quick_look_is_enough_for_what_is_common(text):
    assert fold_plain(text) is not None
