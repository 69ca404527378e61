"""A newsroom's colour in all the lights that readers choose, by calculation.

Lightness, chroma and hue are those of OKLCH (https://www.w3.org/TR/css-color-4/#ok-lab), contrasts
those of WCAG 2.2, always of the eight bits a channel that a browser shows.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

# The site's own (assets/tokens.css, assets/dark.css; a test compares them): the accent of who names
# none, and of each light the ground on which words in the accent have the least contrast.
ACCENT: Final = "#9a1b12"
PANEL: Final = "#f7f2e8"
DARK_PANEL: Final = "#221f1a"
WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
# What WCAG 2.2 asks of words, and of words for those who want more.
ENOUGH: Final = 4.5
MORE: Final = 7.0

_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)
# Where the search for a colour in another light begins: (lightness, the most chroma).
_DARK: Final = (0.79, 0.13)
_ON_DARK: Final = (0.19, 0.05)
_STRONG: Final = (0.36, 0.15)
_STRONG_DARK: Final = (0.88, 0.08)
_STEP: Final = 0.002

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Lch:
    """`lightness` from 0 to 1, `chroma` from 0, `hue` in radians."""

    lightness: float
    chroma: float
    hue: float


@dataclass(frozen=True, slots=True)
class Accents:
    """An accent by light, as "#rrggbb": `on_…` are words on a ground of that accent.

    Of `strong` and `strong_dark` words on the accent are white and black.
    """

    light: str
    on_light: str
    dark: str
    on_dark: str
    strong: str
    strong_dark: str


def read_colour(text: str) -> str | None:
    """Return a colour typed as "#rgb" or "#rrggbb" in its long form; None for anything else."""
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def is_readable(accent: str) -> bool:
    """Return whether words in the accent can be read by day, and white words on it."""
    return contrast(accent, PANEL) >= ENOUGH and contrast(accent, WHITE) >= ENOUGH


def nearest_readable(accent: str) -> str:
    """Return the colour of the same hue that can be read and is as little darker as possible."""
    lch = to_lch(accent)
    return _walk(lch, -_STEP, lch.chroma, PANEL, ENOUGH)


def derive_accents(accent: str) -> Accents:
    """Return a readable accent in all lights: its hue stays, every contrast holds."""
    lch = to_lch(accent)

    def begin(lightness: float, most: float) -> Lch:
        return Lch(lightness, min(lch.chroma, most), lch.hue)

    dark = _walk(begin(*_DARK), _STEP, _DARK[1], DARK_PANEL, ENOUGH)
    strong = begin(min(lch.lightness, _STRONG[0]), _STRONG[1])
    return Accents(
        light=accent,
        on_light=WHITE,
        dark=dark,
        on_dark=_walk(begin(*_ON_DARK), -_STEP, _ON_DARK[1], dark, ENOUGH),
        strong=_walk(strong, -_STEP, strong.chroma, WHITE, MORE),
        strong_dark=_walk(begin(*_STRONG_DARK), _STEP, _STRONG_DARK[1], BLACK, MORE),
    )


def to_lch(colour: str) -> Lch:
    """Return a colour in OKLCH."""
    red, green, blue = map(_linear, _channels(colour))
    long, medium, short = (
        math.cbrt(value)
        for value in (
            0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
            0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
            0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
        )
    )
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Lch(lightness, math.hypot(a, b), math.atan2(b, a))


def from_lch(lch: Lch) -> str:
    """Return the colour that a screen can show: what is too vivid for it loses chroma only."""
    low, high = 0.0, lch.chroma
    if _is_shown(_to_linear(lch)):
        low = high
    while high - low > 1e-5:
        middle = (low + high) / 2
        if _is_shown(_to_linear(Lch(lch.lightness, middle, lch.hue))):
            low = middle
        else:
            high = middle
    shown = _to_linear(Lch(lch.lightness, low, lch.hue))
    return "#" + "".join(f"{round(255 * _gamma(min(max(each, 0.0), 1.0))):02x}" for each in shown)


def _walk(lch: Lch, step: float, most: float, ground: str, wanted: float) -> str:
    """Return the first colour from here towards black or white with enough contrast."""
    lightness = lch.lightness
    while True:
        found = from_lch(Lch(min(max(lightness, 0.0), 1.0), min(lch.chroma, most), lch.hue))
        if contrast(found, ground) >= wanted:
            return found
        if not 0 <= lightness <= 1:
            raise AssertionError(f"no colour stands out from {ground}")
        lightness += step


def _to_linear(lch: Lch) -> Rgb:
    a, b = lch.chroma * math.cos(lch.hue), lch.chroma * math.sin(lch.hue)
    long = (lch.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lch.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lch.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(linear: Rgb) -> bool:
    return all(-1e-4 <= each <= 1 + 1e-4 for each in linear)


def _channels(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
