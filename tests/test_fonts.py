"""The site's own type: every Vietnamese letter, light enough for a slow network, repeatable."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from fontTools.ttLib import TTFont

from guongsang import fonts

VIETNAMESE = "Ễ Ộ ẳ ợ Ặ Đ đ ử Ỵ ý – “Ngày 19/5” … ₫ · ›"


@pytest.fixture(scope="module")
def made():
    """Each font's bytes by the name of its family and weight."""
    return {
        (font.family, font.weight): fonts.render_font(font)
        for font in fonts.plan_fonts()
        if not font.unicode_range
    }


def test_every_font_has_every_vietnamese_letter(made):
    for name, content in made.items():
        letters = TTFont(io.BytesIO(content)).getBestCmap()
        lost = {sign for sign in VIETNAMESE if ord(sign) not in letters}
        assert lost == set(), name
        # Letters typed in parts are put together from marks that are there too.
        parts = set(unicodedata.normalize("NFD", "ễộẳợặửỵý")) - {"\u031b", "\u0302", "\u0306"}
        assert {part for part in parts if ord(part) not in letters} == set(), name


def test_a_subset_bears_our_name_and_whose_it_is(made):
    """The licence reserves the name "Source", and wants to go along with its copyright."""
    for (family, _), content in made.items():
        names = TTFont(io.BytesIO(content))["name"]
        own = {names.getDebugName(number) for number in (1, 2, 4, 6)}
        assert family in own
        assert not any("source" in name.lower() for name in own)
        assert "Adobe" in names.getDebugName(0)
        assert "SIL Open Font License" in names.getDebugName(13)


def test_no_style_asks_for_the_reserved_name(built):
    """Neither is a face on a reader's device taken for ours."""
    for path in (built.site / "tai-nguyen").glob("*.css"):
        assert "Source S" not in path.read_text("utf-8")


def test_all_fonts_together_are_light(made):
    assert {content[:4] for content in made.values()} == {b"wOF2"}
    assert sum(map(len, made.values())) <= 53_000


def test_letters_of_other_languages_come_only_to_pages_that_have_one():
    """Each face in two parts: the second is declared later, and for its own letters alone."""
    core, rest = fonts.plan_fonts()[:2]
    assert (core.family, core.weight) == (rest.family, rest.weight)
    assert core.code_points & rest.code_points == set()
    assert set(range(0xA0, 0x100)) <= {*core.code_points, *rest.code_points}
    assert not core.unicode_range
    letters = TTFont(io.BytesIO(fonts.render_font(rest))).getBestCmap()
    assert {"Å", "ñ", "ß"} <= {chr(point) for point in letters}
    spans = [span.removeprefix("U+").split("-") for span in rest.unicode_range.split(",")]
    told = {
        point
        for first, *last in spans
        for point in range(int(first, 16), int((last or [first])[0], 16) + 1)
    }
    assert told == rest.code_points


def test_the_cache_keeps_what_was_made(made, tmp_path, monkeypatch):
    font = fonts.plan_fonts()[0]
    subset = fonts.cached_font(font, tmp_path)
    assert subset == made[font.family, font.weight]
    monkeypatch.setattr(fonts, "render_font", lambda _: pytest.fail("made twice"))
    assert fonts.cached_font(font, tmp_path) == subset
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_the_style_sheet_names_the_published_files(built):
    (style,) = (built.site / "tai-nguyen").glob("site.*.css")
    text = style.read_text("utf-8")
    for font in fonts.plan_fonts():
        assert (built.site / font.uri).is_file()
        assert f'url("{font.uri.removeprefix("tai-nguyen/")}")' in text


def test_no_page_waits_for_letters(built):
    """Late ones come with the next page; none is asked for before the style sheet."""
    for page in built.site.rglob("*.html"):
        assert 'as="font"' not in page.read_text("utf-8"), page
    (style,) = (built.site / "tai-nguyen").glob("site.*.css")
    shown = re.findall(r"font-display:(\w+);", style.read_text("utf-8"))
    assert shown == ["optional"] * len(fonts.plan_fonts())


def test_all_that_paper_is_set_in_has_every_vietnamese_letter():
    for path in fonts.list_print_fonts():
        with TTFont(path) as font:
            letters = font.getBestCmap()
        assert {sign for sign in VIETNAMESE if ord(sign) not in letters} == set(), path


def test_letters_that_no_printed_font_has_are_found():
    assert fonts.find_missing_letters("Ngôi sao ★, ba lần ★★; ☎ không") == ["★", "☎"]
    # The serif lacks this one, the sans that stands in for it does not; no italic has the other.
    assert fonts.find_missing_letters("ƀ №", is_slanted=False) == []
    assert fonts.find_missing_letters("ƀ №", is_slanted=True) == ["№"]
    # What nobody sees needs no place in a font.
    assert fonts.find_missing_letters("a\u00a0b\u200bc\u2009d\n") == []
