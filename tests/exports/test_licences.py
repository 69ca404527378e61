"""What a site holds of others is named, with the licences that go along."""

from __future__ import annotations

import re

import pytest

from guongsang.exports.licences import NOTICE, render_notice
from guongsang.fonts import plan_fonts


@pytest.fixture(scope="module")
def notice():
    return render_notice()[NOTICE].decode()


@pytest.mark.parametrize(
    "words",
    [
        "SIL OPEN FONT LICENSE Version 1.1",
        "with Reserved Font Name",
        "Copyright (c) 2016-2025 Martin Donath",
        "Pictogrammers Free License",
        "Fonticons, Inc.",
        "GitHub Inc.",
        "RxJS",
        "clipboard.js",
    ],
)
def test_whose_it_is_and_under_which_licence(notice, words):
    assert words in notice


def test_every_font_has_its_licence_in_whole(notice):
    for font in plan_fonts():
        licence = (font.abs_source.parent / "LICENSE.txt").read_text("utf-8").strip()
        assert licence in notice
        assert font.family in notice


def test_no_path_of_the_machine_that_built_it(notice):
    assert "site-packages" not in notice
    assert not re.search(r"(?m)^.*/(home|root|tmp)/", notice)


def test_every_site_carries_it_and_its_page_about_itself_may_link_to_it(newsroom):
    page = newsroom.root / "docs/gioi-thieu.md"
    page.write_text(page.read_text("utf-8") + "\n[Giấy phép](/NOTICE.txt)\n", "utf-8")
    newsroom.build("--strict")
    assert (newsroom.site / NOTICE).read_bytes() == render_notice()[NOTICE]
    assert 'href="../NOTICE.txt"' in (newsroom.site / "gioi-thieu/index.html").read_text("utf-8")


def test_whatever_a_site_holds_of_the_theme_is_accounted_for(built):
    """A new kind of file in assets/ wants a look at whose it is."""
    found = {path.suffix for path in (built.site / "assets").rglob("*") if path.is_file()}
    assert found <= {".css", ".js", ".png"}
