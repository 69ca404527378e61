"""The guide's page of the dialect shows what the converter makes, and readers get."""

from __future__ import annotations

import re
from html import unescape

import markdown
from scripts.show_dialect import PAGE, list_samples, show_samples

from guongsang.prose.parse import parse_prose


def test_the_page_shows_what_the_converter_makes() -> None:
    """Mend it with `python scripts/show_dialect.py`."""
    page = PAGE.read_text("utf-8")
    assert page.count('<div class="sample">') == len(list_samples(page)) > 15
    assert show_samples(page) == page


def test_another_result_would_be_noticed() -> None:
    page = PAGE.read_text("utf-8")
    for shown in re.findall(r'<div class="story__body">\n(.*)\n', page):
        assert show_samples(page.replace(shown, f"{shown}x", 1)) == page


def test_samples_do_not_teach_what_is_told() -> None:
    for typed in list_samples(PAGE.read_text("utf-8")):
        prose = parse_prose(typed)
        assert prose.remarks == (), typed
        assert not prose.tangled


def test_a_site_keeps_what_is_shown() -> None:
    """Pages of docs/ go through another converter, which must leave it alone."""
    page = PAGE.read_text("utf-8").split("---\n", 2)[2]
    made = markdown.markdown(page, extensions=["admonition", "attr_list", "footnotes", "tables"])
    samples = re.findall(r'<div class="sample">.*?\n</div>\n</div>(?=\n\n)', page, re.DOTALL)
    assert [sample for sample in samples if sample not in made] == []
    assert [typed for typed in list_samples(page) if typed not in unescape(made)] == []
