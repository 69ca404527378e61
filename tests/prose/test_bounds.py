"""Whatever is pasted, a body is ready in bounded time and never raises."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guongsang.prose.parse import MOST_CHARACTERS, parse_prose
from guongsang.prose.work import MOST_FOOTNOTES

# Times what decent text of the same length takes: the slowest takes nine times as long, what grows
# with the square hundreds of times.
MOST_TIMES = 25
DECENT = "Bà con trong bản kể *lại* chuyện cũ [ở đây](b).\n\n"

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
    *("{% ", "{{ ", "{: ", "~~a ", "[[", "![[", "[caption ", "[embed]a", "<iframe src=", "<video>"),
]


def cost_of(body: str) -> float:
    """Return the seconds of CPU time for a body."""
    start = time.process_time()
    parse_prose(body)
    return time.process_time() - start


@pytest.fixture(scope="module")
def bound() -> float:
    """The seconds of CPU time that a body may take on this machine."""
    decent = DECENT * (MOST_CHARACTERS // len(DECENT))
    return MOST_TIMES * min(cost_of(decent) for _ in range(3))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("size", [6_000, MOST_CHARACTERS, 1_000_000])
def test_repetition_is_bounded(bound: float, unit: str, size: int) -> None:
    assert cost_of(unit * (size // len(unit))) < bound


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
    ],
    ids=lambda body: body[:20],
)
def test_nesting_is_bounded(bound: float, body: str) -> None:
    assert cost_of(body) < bound


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
def test_long_but_decent_bodies_are_rendered(bound: float, body: str) -> None:
    assert cost_of(body) < bound


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
