"""From a file's bytes to upright sRGB pixels, and from pixels to bytes without metadata."""

from __future__ import annotations

import base64
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from PIL import Image, ImageChops, ImageCms

from guongsang.photos.crop import rounded
from guongsang.photos.opening import (
    HEAD_BYTES,
    open_photo,
    read_orientation,
    sniff_format,
    turn_upright,
)
from guongsang.photos.plan import BASE_WIDTH, Recipe

PLACEHOLDER_SIDE: Final = 16
# Measured on 2 cores, 1440 × 1080: speed 8 takes 0.09 s, 7 takes 0.5 s for a file 6 % larger.
_AVIF_SPEED: Final = 8

# A picture is scaled from the narrowest of these that is wide enough: half the work of scaling
# each from the largest, and as sharp (SSIM within 0.0005). They are constants, not the recipe's
# widths, so that the pixels of one width never depend on which others are made.
STEPS: Final = (BASE_WIDTH, 960, 480)

ToSrgb = Callable[[Image.Image], Image.Image]
Part = tuple[float, float, float, float]


@contextmanager
def reused_memory() -> Iterator[None]:
    """Let Pillow keep freed blocks for the next picture: 5 % less time, at most 64 MB more memory.

    https://pillow.readthedocs.io/en/stable/reference/block_allocator.html
    """
    core: Any = Image.core  # type: ignore[attr-defined]
    block_size = core.get_block_size()
    core.set_block_size(1024 * 1024)
    core.set_blocks_max(64)
    try:
        yield
    finally:
        core.set_blocks_max(0)  # frees what is kept
        core.set_block_size(block_size)


class ChangedSizeError(ValueError):
    """The picture decoded to another size than the plan was made for."""


def decode_upright(
    content: bytes, expected: tuple[int, int], base_width: int
) -> tuple[Image.Image, ToSrgb]:
    """Return the upright picture in 8 bits without alpha, and what turns its colours into sRGB.

    The picture is at least `base_width` wide, or as wide as the source; `expected` is the upright
    size of the source. Raises one of READ_FAULTS.
    """
    file_format, _ = sniff_format(content[:HEAD_BYTES])
    with open_photo(io.BytesIO(content), file_format) as image:
        orientation = read_orientation(image)
        profile = image.info.get("icc_profile")
        size = expected if orientation < 5 else (expected[1], expected[0])
        if image.size != size:
            raise ChangedSizeError(f"{image.size[0]} x {image.size[1]} pixels")
        if file_format == "JPEG" and base_width < expected[0]:
            # The decoder itself shrinks by 2, 4 or 8: less than half the time.
            part = base_width / expected[0]
            image.draft(None, (_at_least(size[0] * part), _at_least(size[1] * part)))
        image.load()
        flat = flatten(image)
    return turn_upright(flat, orientation), plan_colours(flat.mode, profile)


def scale(
    image: Image.Image,
    size: tuple[int, int],
    part: Part | None = None,
    *,
    method: Image.Resampling = Image.Resampling.LANCZOS,
) -> Image.Image:
    """Return a picture of exactly this size, with nothing attached to it.

    `part` is the box to show, else the whole: left, top, right, bottom in the picture's pixels.
    """
    if image.size == size and part is None:
        scaled = image.copy()
    else:
        scaled = image.resize(size, method, part, reducing_gap=2.0)
    scaled.info = {}
    return scaled


def scale_steps(base: Image.Image, size: tuple[int, int], to_srgb: ToSrgb) -> list[Image.Image]:
    """Return sRGB pictures, widest first, each made from the one before it; `size` is the source's.

    Their widths are the source's own, or the STEPS below it.
    """
    width, height = size
    widths = [min(STEPS[0], width), *(step for step in STEPS[1:] if step < width)]
    steps: list[Image.Image] = []
    for step in widths:
        wanted = (step, max(1, rounded(height * step, width)))
        steps.append(scale(steps[-1], wanted) if steps else to_srgb(scale(base, wanted)))
    return steps


def encode(image: Image.Image, suffix: str, recipe: Recipe, *, progressive: bool = True) -> bytes:
    """Return the bytes of an sRGB picture as "avif" or "jpg"; equal input gives equal bytes."""
    with _open_memory() as file:
        if suffix == "avif":
            image.save(
                file,
                "AVIF",
                quality=recipe.avif_quality,
                speed=_AVIF_SPEED,
                subsampling="4:2:0",
                max_threads=1,
            )
        else:
            image.save(
                file,
                "JPEG",
                quality=recipe.jpeg_quality,
                subsampling="4:2:0",
                progressive=progressive,
                optimize=True,
            )
        file.seek(0)
        return file.read()


def _open_memory() -> IO[bytes]:
    """Open a file without a name, in memory where the system can.

    Pillow lets other threads run while it writes a JPEG only if the file has a descriptor: with
    io.BytesIO one picture waits for another, and a second core stands still.
    """
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("photo"), "w+b")
    return tempfile.TemporaryFile()


def encode_placeholder(image: Image.Image) -> str:
    """Return an sRGB picture at 16 pixels a side at most, as a data URI of some 150 characters."""
    part = min(1.0, PLACEHOLDER_SIDE / max(image.size))
    size = (_at_least(image.width * part), _at_least(image.height * part))
    tiny = scale(image, (min(size[0], PLACEHOLDER_SIDE), min(size[1], PLACEHOLDER_SIDE)))
    file = io.BytesIO()
    tiny.save(file, "WEBP", quality=30, method=6)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def flatten(image: Image.Image) -> Image.Image:
    """Return the picture in L, RGB, CMYK or LAB: 8 bits, no palette, transparency on white."""
    if image.mode.startswith("I") or image.mode == "F":
        return _to_8_bits(image)
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        # In place: a picture of the largest size takes 240 MB, and WebP's decoder three times that.
        flat = image if image.mode == "RGBA" else image.convert("RGBA")
        flat.paste("white", mask=ImageChops.invert(flat.getchannel("A")))
        return flat.convert("RGB")
    return image if image.mode in ("L", "RGB", "CMYK", "LAB") else image.convert("RGB")


def _to_8_bits(image: Image.Image) -> Image.Image:
    """Return 16-bit grey as L; Pillow's own conversion clips everything over 255 to white."""
    whole = image.convert("F")
    low, high = whole.getextrema()
    assert isinstance(high, float) and isinstance(low, float)
    factor = 255.0 if high <= 1.0 and image.mode == "F" else 1.0 if high <= 255 else 1 / 257
    if factor == 1.0 and image.mode.startswith("I;16"):
        factor = 1 / 257
    return whole.point(lambda value: value * factor + 0.5).convert("L")


def plan_colours(mode: str, profile: bytes | None) -> ToSrgb:
    """Return the conversion to sRGB; a profile that is broken or of another kind is ignored."""
    if mode == "LAB":
        return _transform(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), mode)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
                return _to_rgb
            return _transform(source, mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return _to_rgb
    return _to_rgb


def _transform(source: ImageCms.ImageCmsProfile, mode: str) -> ToSrgb:
    transform = ImageCms.buildTransform(
        source,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )

    def to_srgb(image: Image.Image) -> Image.Image:
        made = transform.apply(image)
        made.info = {}  # the transform attaches its profile
        return made

    return to_srgb


def _to_rgb(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")


def _at_least(value: float) -> int:
    """Round up, never below 1 pixel, forgiving the last bit of a fraction."""
    return max(1, -int(-(value - 1e-6) // 1))
