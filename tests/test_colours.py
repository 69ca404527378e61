"""A newsroom's own colour: whatever it is, its words can be read, or it is refused."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from guongsang import colours
from guongsang.colours import (
    ENOUGH,
    MORE,
    contrast,
    derive_accents,
    from_lch,
    is_readable,
    nearest_readable,
    read_colour,
    to_lch,
)

ASSETS = Path(colours.__file__).parent / "assets"
MANY = 1_000
HUES = 0.12  # of rounding to eight bits, in radians; for what is not nearly grey


def random_colours(seed):
    pick = random.Random(seed)
    return [f"#{pick.randrange(1 << 24):06x}" for _ in range(MANY)]


def read_tokens(name):
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", (ASSETS / name).read_text("utf-8")))


def test_the_grounds_are_those_of_the_style_sheets():
    light, dark = read_tokens("tokens.css"), read_tokens("dark.css")
    assert (light["accent"], light["panel"]) == (colours.ACCENT, colours.PANEL)
    assert dark["panel"] == colours.DARK_PANEL
    # Of all grounds these have the least contrast with the words on them.
    assert contrast(light["paper"], "#000000") > contrast(light["panel"], "#000000")
    assert contrast(dark["paper"], "#ffffff") > contrast(dark["panel"], "#ffffff")
    for tokens in (light, dark):
        long = {name: read_colour(value) for name, value in tokens.items()}
        assert contrast(long["accent"], long["panel"]) >= ENOUGH
        assert contrast(long["accent"], long["on-accent"]) >= ENOUGH
        assert contrast(long["strong-accent"], long["strong-paper"]) >= MORE


def test_the_own_colour_of_the_site_is_good_and_its_icon_has_it():
    assert is_readable(colours.ACCENT)
    assert nearest_readable(colours.ACCENT) == colours.ACCENT
    assert colours.ACCENT in (ASSETS / "favicon.svg").read_text("utf-8")


def test_contrast_of_any_colour_holds_or_it_is_refused_with_one_that_does():
    refused, dark_paper = 0, read_tokens("dark.css")["paper"]
    for typed in random_colours(1):
        accent = typed
        if not is_readable(typed):
            refused += 1
            assert min(contrast(typed, colours.PANEL), contrast(typed, "#ffffff")) < ENOUGH
            accent = nearest_readable(typed)
            assert is_readable(accent), typed
        found = derive_accents(accent)
        for words, ground, least in (
            *((found.light, ground, ENOUGH) for ground in ("#fffdf9", colours.PANEL, "#ffffff")),
            *((found.dark, ground, ENOUGH) for ground in (dark_paper, colours.DARK_PANEL)),
            (found.on_light, found.light, ENOUGH),
            (found.on_dark, found.dark, ENOUGH),
            (found.strong, "#ffffff", MORE),
            (found.strong_dark, "#000000", MORE),
        ):
            assert contrast(words, ground) >= least, (typed, found)
    assert MANY // 4 < refused < MANY


def test_the_nearest_keeps_its_hue_and_is_no_darker_than_it_must_be():
    for typed in random_colours(2):
        if is_readable(typed):
            continue
        readable = nearest_readable(typed)
        near, own = to_lch(readable), to_lch(typed)
        assert near.lightness < own.lightness
        assert near.chroma <= own.chroma + 0.005
        if near.chroma > 0.05:
            turned = abs((near.hue - own.hue + 3.141593) % 6.283185 - 3.141593)
            assert turned < HUES, typed
        assert contrast(readable, colours.PANEL) < ENOUGH + 0.25, typed


def test_colours_survive_the_way_there_and_back():
    for colour in (*random_colours(3), "#000000", "#ffffff", "#808080"):
        assert from_lch(to_lch(colour)) == colour


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_that_of_the_standard(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("colour", "lightness", "chroma"),
    [("#ff0000", 0.628, 0.2577), ("#00ff00", 0.8664, 0.2948), ("#0000ff", 0.452, 0.3132)],
)
def test_the_space_is_that_of_css(colour, lightness, chroma):
    found = to_lch(colour)
    assert (found.lightness, found.chroma) == pytest.approx((lightness, chroma), abs=0.001)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("#9A1B12", "#9a1b12"),
        ("#063", "#006633"),
        *((bad, None) for bad in ("9a1b12", "#12345", "red", "", "#9a1b12ff", "#９a1b12", " #063")),
    ],
)
def test_what_is_a_colour(typed, expected):
    assert read_colour(typed) == expected
