"""Draw a social card: the words over the lower part of a photo that fills the card."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from guongsang.photos.cards.card import (
    CARD_HEIGHT,
    CARD_WIDTH,
    FONT_PACKAGES,
    PHOTO_HEIGHT,
    CardText,
)
from guongsang.photos.cards.typeset import Measure, TypeSize, normal_text, set_title


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface, and the package on PyPI that brings it."""

    package: str
    name: str


_SERIF: Final = Face(FONT_PACKAGES[0], "SourceSerifProBold")
_SANS: Final = Face(FONT_PACKAGES[1], "SourceSansProSemibold")
_TITLE_SIZES: Final = (
    TypeSize(72, 2),
    TypeSize(64, 3),
    TypeSize(56, 3),
    TypeSize(50, 4),
    TypeSize(44, 4),
    TypeSize(38, 4),
)
_MARGIN: Final = 56
_WIDTH: Final = CARD_WIDTH - 2 * _MARGIN
_COLUMN_SIZE: Final = 28
_LABEL: Final = 44
_NEWSROOM_SIZE: Final = 34
# Vietnamese capitals carry two marks above and one below: less lead than this and they touch.
_LEAD: Final = 1.2
_SHADE: Final = (20, 16, 12)
_WHITE: Final = (255, 255, 255)
# White on a white photo under this much shade has a contrast of 5.1 to 1 (WCAG 2.2 asks for 4.5).
_SHADE_AT_TEXT: Final = 0.62
_SHADE_AT_END: Final = 0.82
_FADE: Final = 150

# FreeType's faces are shared by all threads, and are not made for two at once.
_TYPE_LOCK: Final = threading.Lock()


def draw_card(photo: Image.Image, text: CardText) -> Image.Image:
    """Return the card of a photo that is CARD_WIDTH × PHOTO_HEIGHT, in sRGB."""
    card = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), text.accent)
    card.paste(photo)
    with _TYPE_LOCK:
        title = set_title(_drawable(text.title, _SERIF), _TITLE_SIZES, _measure_title, _WIDTH)
        lead = round(title.pixels * _LEAD)
        top = PHOTO_HEIGHT - 18 - lead * len(title.lines)
        _shade(card, top)
        draw = ImageDraw.Draw(card)
        _draw_label(draw, top - 12 - _LABEL, _drawable(text.column, _SANS), text.accent)
        _draw_lines(draw, top, lead, title.lines, _font(_SERIF, title.pixels))
        _draw_newsroom(draw, _drawable(text.newsroom, _SERIF))
    return card


def _shade(card: Image.Image, text_top: int) -> None:
    """Darken the photo from above the title downwards, so that any photo carries white words."""
    column = Image.new("L", (1, PHOTO_HEIGHT))
    column.putdata([round(255 * _shade_at(y, text_top)) for y in range(PHOTO_HEIGHT)])
    shade = column.resize((CARD_WIDTH, PHOTO_HEIGHT), Image.Resampling.NEAREST)
    card.paste(_SHADE, (0, 0), shade)


def _shade_at(y: int, text_top: int) -> float:
    if y >= text_top:
        part = (y - text_top) / (PHOTO_HEIGHT - text_top)
        return _SHADE_AT_TEXT + (_SHADE_AT_END - _SHADE_AT_TEXT) * part
    part = max(0.0, 1 - (text_top - y) / _FADE)
    return _SHADE_AT_TEXT * part * part * (3 - 2 * part)  # begins and ends softly


def _draw_label(draw: ImageDraw.ImageDraw, top: int, column: str, accent: str) -> None:
    font = _font(_SANS, _COLUMN_SIZE)
    words = _shorten(column, font, _WIDTH - 32)
    if words:
        box = (_MARGIN, top, _MARGIN + font.getlength(words) + 32, top + _LABEL)
        draw.rectangle(box, fill=accent)
        draw.text((_MARGIN + 16, top + 31), words, font=font, fill=_WHITE, anchor="ls")


def _draw_lines(
    draw: ImageDraw.ImageDraw,
    top: int,
    lead: int,
    lines: tuple[str, ...],
    font: ImageFont.FreeTypeFont,
) -> None:
    for number, line in enumerate(lines):
        baseline = top + number * lead + round(lead * 0.76)
        draw.text((_MARGIN, baseline), line, font=font, fill=_WHITE, anchor="ls")


def _draw_newsroom(draw: ImageDraw.ImageDraw, newsroom: str) -> None:
    font = _font(_SERIF, _NEWSROOM_SIZE)
    words = _shorten(newsroom, font, _WIDTH)
    draw.text((_MARGIN, PHOTO_HEIGHT + 42), words, font=font, fill=_WHITE, anchor="ls")


def _shorten(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def _measure_title(pixels: int) -> Measure:
    return _font(_SERIF, pixels).getlength


def _drawable(text: str, face: Face) -> str:
    """Return what the font has signs for: better a gap than an empty box."""
    return normal_text("".join(sign for sign in normal_text(text) if _has_sign(face, sign)))


@cache
def _has_sign(face: Face, sign: str) -> bool:
    if sign == " ":
        return True
    font = _font(face, 40)
    missing = font.getmask("\U0010ffff")
    drawn = font.getmask(sign)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


@cache
def _font(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    """Return a face of a font package, found by the entry point that the package registers."""
    (listed,) = distribution(face.package).entry_points.select(group="fonts_ttf")
    files: dict[str, str] = listed.load()
    return ImageFont.truetype(files[face.name], pixels)
