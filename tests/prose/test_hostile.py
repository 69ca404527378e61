"""Nothing that an editor can type becomes program, style, a foreign frame or a forged marker."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from guongsang.prose.fill import fill_prose
from guongsang.prose.model import PhotoUse
from guongsang.prose.parse import parse_prose

PAYLOADS = json.loads((Path(__file__).parent.parent / "sites/hostile.json").read_text())["prose"]


def _nothing(use: PhotoUse) -> str:
    assert use.line
    return ""


@pytest.mark.parametrize("wrap", ["{}", "a {} b", "> {}\n", "- {}\n", "## {}", "**{}**", "[{}](y)"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_dangerous_is_left(
    payload: str, wrap: str, faults: Callable[[str], list[str]]
) -> None:
    prose = parse_prose(wrap.format(payload))
    assert faults(prose.html) == []
    final = fill_prose(prose, photo=_nothing, link=lambda _: "#fn", film=lambda _: "")
    assert faults(final) == []
    assert "<gs-" not in final


@pytest.mark.parametrize(
    "typed",
    [
        '<gs-photo n="0"></gs-photo>',
        '`<gs-photo n="0"></gs-photo>`',
        '&lt;gs-photo n="0"></gs-photo>',
        '<a gs-link="0">x</a>',
        '<gs-film n="0"></gs-film>',
        '<p><a gs-link="0">x</a></p>',
        '`<a gs-link="0">`',
        "[a](b '<gs-photo n=\"0\"></gs-photo>')",
        '<abbr title="<gs-photo n=&quot;0&quot;></gs-photo>">a</abbr>',
    ],
)
def test_typed_markers_are_never_filled(typed: str) -> None:
    seen: list[str] = []
    prose = parse_prose(f"![p](p.jpg)\n\n[l](m)\n\n[v](v.mp4)\n\n{typed}")

    def _see(address: str) -> str:
        seen.append(address)
        return ""

    fill_prose(prose, photo=lambda use: _see(use.src), link=_see, film=lambda use: _see(use.src))
    assert [address for address in seen if address != "b"] == ["p.jpg", "m", "v.mp4"]


def test_markers_in_code_show_as_text() -> None:
    prose = parse_prose('`<gs-photo n="0"></gs-photo>`')
    assert prose.plain == '<gs-photo n="0"></gs-photo>'


def test_addresses_from_the_page_are_escaped() -> None:
    prose = parse_prose("[a](b)")
    html = fill_prose(prose, photo=_nothing, link=lambda _: '"><b>', film=lambda _: "")
    assert html == '<p><a href="&quot;&gt;&lt;b&gt;">a</a></p>'


def test_unsafe_links_are_reported_but_not_rendered() -> None:
    prose = parse_prose("[a](javascript:x) ![b](data:y)")
    assert prose.html == "<p>a </p>"
    assert [use.href for use in prose.links] == ["javascript:x"]
    assert [use.src for use in prose.photos] == ["data:y"]
