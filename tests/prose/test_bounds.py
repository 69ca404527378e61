"""Whatever is pasted, a body is ready in bounded time and never raises."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guongsang.prose.parse import MOST_CHARACTERS, parse_prose
from guongsang.prose.work import MOST_FOOTNOTES

# A body may take so many times as long as plain text of the greatest length, which takes 25 ms of a
# core: no body takes a second. The slowest take 16 times as long, what grows with the square more
# than a hundred times.
MOST_TIMES = 40
# Its line breaks are tags, so that the converter reads every word.
PLAIN = ("Bà con kể rằng cô giáo đã lên bản từ năm ấy. " * 10 + "<br>\n\n") * 219

UNITS = [
    "[",
    "*",
    "_",
    "`",
    "<",
    "!",
    "(",
    "\\",
    "&",
    "|",
    "#",
    ">",
    "![",
    "[](",
    "[a](",
    "[a](b)",
    "[a][b]",
    "[^",
    "[^1]",
    "*a*",
    "**a*",
    "*a_b",
    "<a",
    "<!--",
    "</a>",
    "<b>",
    "<?",
    "<![CDATA[",
    "<http://a>",
    "<a@b>",
    "[a](<",
    "[a](&quot;",
    "[[a](b)](b)",
    "</",
    "](",
    "<div>",
    "<svg>",
    "<h1>",
    "<table><tr>",
    "<textarea>",
    "<plaintext>",
    "<b></a>",
    "<ul><li>",
    "�",
    "字",
    "đ",
    *("*a ", "<a ", "- ", "* - ", "1. ", "> ", "    ", "\t", "\n", "a\n\n", "# a\n", "a\n===\n"),
    *(
        "- a\n",
        "- a\n\n",
        "> a\n\n",
        "|a|b\n",
        "a|b\n-|-\n\n",
        "[a]: b\n",
        "[^a]: b\n",
        "    a\n\n",
    ),
    *(
        '<a href="',
        '[a](b "',
        "`` ` ",
        "---\n\n",
        "<div>\n\n",
        "x{: a=b }",
        "a  \n",
        "a\\\n",
        "a\r",
        "## a\n\n",
    ),
    *("://", "https://a.vn/ ", "https://a.vn/(", "**a:**b", "(*)", "[a](b c ", "a|b|c\n-|-|-\n"),
    *("1. a\n\nb\n\n", "1968. a\n", "* a\n- b\n", "a\n{: .tho }\n\n", "[^a]: [^b] ", "~~~\n"),
    *("|a", "|[a](b)", "https://a.vn\n", "![a](b.jpg)\n", "&#48;", "\\*", "`a` ", "<br>"),
    *("{% ", "{{ ", "{: ", "~~a ", "[[", "![[", "[caption ", "[embed]a", "<iframe src=", "<video>"),
]


def check_bounded(body: str) -> None:
    """Compare with plain text at the same moment: other work slows both. CPU time of the best of
    a few runs counts. Most bodies are far below what plain text took once."""
    if _measure(body) < MOST_TIMES * _measure_plain():
        return
    for _ in range(3):
        most = MOST_TIMES * min(_measure(PLAIN) for _ in range(2))
        if _measure(body) < most:
            return
    pytest.fail(f"{_measure(body):.2f} s of CPU, at most {most:.2f} s: {body[:40]!r}…")


@cache
def _measure_plain() -> float:
    return min(_measure(PLAIN) for _ in range(3))


def _measure(body: str) -> float:
    start = time.process_time()
    parse_prose(body)
    return time.process_time() - start


def test_the_measure_is_converted_as_a_whole() -> None:
    assert 0.95 * MOST_CHARACTERS < len(PLAIN) <= MOST_CHARACTERS
    prose = parse_prose(PLAIN)
    assert prose.html.count("<p>") == 219
    assert not prose.tangled


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("size", [6_000, MOST_CHARACTERS, 1_000_000])
def test_repetition_is_bounded(unit: str, size: int) -> None:
    check_bounded(unit * (size // len(unit)))


HALF = MOST_CHARACTERS // 2


@pytest.mark.parametrize(
    "body",
    [
        "[" * HALF + "]" * HALF,
        "[" * (HALF // 2) + "](b)" * (HALF // 4),
        "[a](" + "(" * (HALF - 9) + ")" * HALF,
        "".join("`" * n + "a" for n in range(400)),
        "".join("`" * n + "a" for n in range(400, 0, -1)),
        "[^1]: a\n\n" + "[^1] " * 19_000,
        "".join(f"[^{n}]: a\n\n" for n in range(2_000)) + "[^9] " * 9_000,
        "\n".join("    " * n + "- a" for n in range(200)),
        "\n".join("> " * n + "a" for n in range(400)),
        ("> " * 29 + "a\n") * 900,
        ("- " * 29 + "a\n\n") * 1_600,
        "[a](b) c\n\n" * 9_900,
        "<a href=b>c</a>\n\n" * 1_900,
        "*a **b " * 300 + "** *" * 300,
        "|a" * HALF,
        "|" + "a|" * 500 + "\n|" + "-|" * 500 + ("\n|" + "a|" * 500) * 95,
        "![" * 3_000 + "]",
        "[" * 1_900 + "]" * 1_900,
        "https://a.vn/ " * 2_000 + "\n" + "https://a.vn/ " * 5_000,
        "- a\n- https://a.vn/\n\na|b\n-|-\n\n" * 1_100,
        "\n".join("đ{: .tho }\n* a\n- b" for _ in range(1_600)),
    ],
    ids=lambda body: body[:20],
)
def test_nesting_is_bounded(body: str) -> None:
    check_bounded(body)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(UNITS), min_size=2, max_size=4, unique=True),
    st.sampled_from(["in turn", "one after the other", "in any order"]),
    st.sampled_from([8_000, 30_000, MOST_CHARACTERS]),
    st.integers(0, 10_000),
)
def test_any_mix_of_marks_is_bounded(units: list[str], how: str, size: int, seed: int) -> None:
    if how == "in turn":
        body = "".join(units) * size
    elif how == "one after the other":
        body = "".join(unit * (size // len(unit) // len(units)) for unit in units)
    else:
        body = "".join(Random(seed).choices(units, k=size))
    check_bounded(body[:size])


def test_beyond_the_limits_the_text_is_kept() -> None:
    prose = parse_prose("Một <b>\n\n" + "> " * 2_000 + "hai\n\n[a](b)")
    assert prose.tangled
    assert prose.html.startswith("<p>Một &lt;b&gt;</p>\n<p>&gt; &gt;")
    assert prose.plain.startswith("Một <b>\n> >")
    assert prose.links == prose.photos == prose.headings == ()
    assert not parse_prose("> một\n" * 5).tangled


@pytest.mark.parametrize(
    "body",
    [
        "[^1]: a\n\n    [^2]: b\n\n        [^3]: c\n\nx[^1]",
        "".join(f"chữ[^{n}] [a](b) *c*\n\n[^{n}]: d\n\n" for n in range(MOST_FOOTNOTES)),
        "- [a](b) **c**\n" * 800,
        "Đoạn văn *dài* [a](b).\n\n" * 3_000,
        "<p><a href='b'>a</a></p>\n" * 800,
    ],
    ids=lambda body: body[:20],
)
def test_long_but_decent_bodies_are_rendered(body: str) -> None:
    check_bounded(body)


def test_only_the_footnotes_limit_counts_labels() -> None:
    body = "x\n\n" + "".join(f"[^{n}]: a\n\n" for n in range(MOST_FOOTNOTES + 1))
    assert parse_prose(body).tangled


FRAGMENTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(UNITS),
    st.sampled_from(
        [
            "\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "1. ",
            "[^1]: ",
            "[a]: ",
            "{: .tho #a }",
            "onclick=x",
            "<p title='",
            "-->",
            "]]>",
            ")",
            "]",
            '"',
            "'",
            "&#x6a;",
            "javascript:",
            "<script>",
            "\x02",
            "\x03",
            "\U000f0000",
            "\U0010fffd",
            "\ufdd0",
            "\x00",
            "\r",
            "\u2028",
        ]
    ),
)
BODIES = st.lists(FRAGMENTS, max_size=40).map("".join)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(BODIES)
def test_any_text_gives_safe_html(faults: Callable[[str], list[str]], body: str) -> None:
    prose = parse_prose(body)
    assert faults(prose.html) == []
    assert parse_prose(body) == prose
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for use in (*prose.links, *prose.photos):
        assert 1 <= use.column <= len(lines[use.line - 1]) + 1
