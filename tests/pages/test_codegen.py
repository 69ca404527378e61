"""Our templates' code does what the library's would, with nothing missing unnoticed."""

from __future__ import annotations

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError
from markupsafe import Markup, escape

from guongsang.pages.codegen import escape_text
from guongsang.pages.render import environment
from guongsang.pages.views import Link


@pytest.mark.parametrize(
    "value",
    [
        "",
        "chữ",
        "<a href='x'>&amp;\"</a>",
        "&",
        ">",
        "'",
        '"',
        0,
        480,
        1.5,
        True,
        None,
        Markup("<b>"),
    ],
)
def test_escapes_as_the_library_does(value: object) -> None:
    assert str(escape_text(value)) == str(escape(value))


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ link.nothing }}", AttributeError),
        ("{{ nothing }}", UndefinedError),
        ("{{ nothing.text }}", UndefinedError),
        ("{{ nothing(link) }}", UndefinedError),
    ],
)
def test_what_is_missing_is_an_error(source: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        environment().from_string(source).render(link=Link("a", "b"))


def test_calls_take_plain_arguments() -> None:
    template = environment().from_string("{{ join('<', end=link.text) }}")
    made = template.render(link=Link("b"), join=lambda start, end: start + end)
    assert made == "&lt;b"
    with pytest.raises(TemplateSyntaxError):
        environment().from_string("{{ join(*link) }}")
