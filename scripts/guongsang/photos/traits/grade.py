"""Signs that a picture is no original: sent through a chat app, or shot off a screen."""

from __future__ import annotations

from typing import Final

from PIL import Image

# Widths of telephone screens held upright, in pixels.
_SCREEN_WIDTHS: Final = frozenset(
    (720, 750, 828, 1080, 1125, 1170, 1179, 1206, 1220, 1242, 1284, 1290, 1320, 1440)
)
# Sum of the luminance table that quality 50 stands for: ITU-T T.81, annex K, table K.1.
_QUALITY_50: Final = 3689


def estimate_quality(image: Image.Image) -> int | None:
    """Return a JPEG's quality, 1 to 100, on the scale of libjpeg; None for other formats."""
    tables: dict[int, list[int]] = getattr(image, "quantization", {})
    return quality_of(sum(tables[0])) if 0 in tables else None


def quality_of(luminance: int) -> int:
    """Return the quality that the sum of a luminance table stands for.

    The inverse of jpeg_quality_scaling in libjpeg's jcparam.c.
    """
    percent = 100 * luminance / _QUALITY_50
    quality = (200 - percent) / 2 if percent <= 100 else 5000 / percent
    return max(1, min(100, round(quality)))


def is_screen_shape(file_format: str, width: int, height: int) -> bool:
    """Say whether a picture has exactly the width and about the shape of a telephone's screen.

    Cameras take no picture twice as high as wide; PNG, which they do not write at all, may be
    squarer.
    """
    if width not in _SCREEN_WIDTHS:
        return False
    return height >= 2 * width or (file_format == "PNG" and height * 9 >= width * 16)
