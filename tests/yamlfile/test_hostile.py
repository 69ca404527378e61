"""Whatever is thrown at it, the reader answers, soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.yamlfile import locate, parse_yaml

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
