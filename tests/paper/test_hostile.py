"""Nothing that can be typed makes Typst fail, or runs as its program."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from tests.paper.tagged import read_tags, squeeze

from guongsang.fonts import find_missing_letters
from guongsang.paper import typesetting
from guongsang.paper.data import compose, list_texts
from guongsang.paper.making import BULLETIN
from guongsang.paper.pictures import Pictures
from guongsang.paper.typesetting import typeset
from guongsang.prose.parse import parse_prose
from guongsang.views.model import Body
from guongsang.views.tree import read_tree

PAYLOADS = json.loads((Path(__file__).parent.parent / "sites/hostile.json").read_text())["prose"]
TYPST = [
    '#panic("x")',
    '#let x = read("data.json")',
    "$ integral $",
    "@bai-0 <bai-0>",
    "= Mục",
    "/ a: b",
    "\\u{1F600} \\ # \\#",
    "// chú // thích /* a */",
    "https://a.b/#c",
    "--- -- ... ~ ~~a~~",
    "#[a] #{b} #(c)",
    "`` ` `` ```typ #x```",
]
HTML = [
    '<table><tr><th rowspan="9">a</th><th>b</th></tr><tr><td colspan="40">c</td></tr></table>',
    '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td colspan="2">c</td><td>d</td></table>',
    "<table></table><table><tr></tr></table><table><caption>Chú</caption></table>",
    "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>",
    "<ul></ul><ol></ol><dl></dl><blockquote></blockquote>",
    '<ol start="-5"><li value="x">a</ol>',
    '<p lang="en-GB">a <span lang="zh-Hant-TW">b</span> <i lang="x">c</i> <i lang="123">d</i></p>',
    f"[a](https://a.b/{'c' * 9000})",
    "<h2></h2>\n\n## \n\n##### a\n\n- ## b\n\n> # c",
    "<sup></sup><sub></sub><mark></mark><q></q><code></code><pre></pre><a href=''>x</a>",
    "a\u200bb\u00adc\u2028d\u00a0e\u2009f",
    "- a\n- b\n    - c\n        1. d\n",
    "[^1]\n\n[^1]: a\n\n    b\n\n    - c\n",
    "|a|b|\n|-|-|\n|c|\n|d|e|f|\n",
]


def make_data(bodies):
    stories = []
    for n, body in enumerate(bodies):
        lede, rest = read_tree(Body(parse_prose(body), {}, {}, ()), lambda _: None, lambda _: {})
        stories.append(
            {
                **{"slug": f"bai-{n}", "title": f"Bài {n}", "lang": "vi", "kicker": "Mục"},
                **{"credits": [], "date": "", "places": [], "about": [], "cover": None},
                **{"lede": lede, "body": rest, "gallery": [], "profiles": [], "corrections": []},
                **{"sources": [], "verified": None, "address": "https://a.b/"},
                "qr": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
            }
        )
    head = {"name": "A", "agency": "B", "accent": "#9a1b12", "imprint": [], "date": [2026, 1, 1]}
    return compose({**head, "title": "T", "number": "", "lead": None, "stories": stories})


def set_bodies(bodies, size, tmp_path):
    data = make_data(bodies) | {"size": size}
    made = typeset(BULLETIN, data, {}, Pictures(tmp_path, 100), least_dpi=1)
    return squeeze(read_tags(made.pdf).text)


def has_letters(body):
    data = make_data([body])
    return not any(find_missing_letters(text, is_slanted=how) for text, how in list_texts(data))


@cache
def wrap_payloads():
    """Return a body for each way to wrap what is typed, without letters that nobody has."""
    wraps = ("{}", "a {} b", "> {}\n", "- {}\n", "## {}", "**{}**", "[{}](y)", "|a|\n|---|\n| {} |")
    typed = [payload for payload in PAYLOADS if has_letters(payload)]
    return [add("Mở.", [wrap.format(each) for each in typed]) for wrap in wraps]


def add(body, wrapped):
    """Add what has its letters, looked at together as far as that goes."""
    longer = "\n\n".join((body, *wrapped))
    # Tags that are never closed swallow what follows, letters of nobody's included.
    if has_letters(longer):
        return longer
    if len(wrapped) == 1:
        return body
    half = len(wrapped) // 2
    return add(add(body, wrapped[:half]), wrapped[half:])


@pytest.mark.parametrize(
    ("size", "is_fitted"),
    [
        ("a5", False),
        pytest.param("a4", True, marks=pytest.mark.long),
        pytest.param("a5", True, marks=pytest.mark.long),
    ],
)
def test_whatever_is_typed_can_be_set(size, is_fitted, tmp_path, monkeypatch):
    if not is_fitted:  # set once, and not a dozen times more until it fills its pages
        monkeypatch.setattr(typesetting, "_MOST_ROUNDS", 0)
    bodies = wrap_payloads()
    assert all(len(body) > 3_000 for body in bodies)
    assert set_bodies(bodies, size, tmp_path)


def test_typst_reads_no_text_as_its_own(tmp_path):
    bodies = [wrap.format(typed) for typed in TYPST for wrap in ("a\n\n{}", "{}", "- {}")]
    told = set_bodies(bodies, "a5", tmp_path)
    at = 0
    for body in bodies:
        for line in parse_prose(body).plain.split("\n"):
            found = told.find(squeeze(line), at)
            assert found >= 0, line
            at = found


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_html_of_every_kind_can_be_set(size, tmp_path):
    assert set_bodies([f"Mở.\n\n{body}" for body in HTML], size, tmp_path)
