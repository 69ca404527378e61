"""Open a picture without trusting it: format by content, orientation, limits, named faults."""

from __future__ import annotations

import re
import struct
import warnings
from functools import cache
from typing import IO, Final

from PIL import ExifTags, Image

# Pillow warns of pictures that are bombs; here that is a fault. Set once: filters are global and
# not safe to change while threads run. Its remarks on odd metadata concern nobody.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")

# What Pillow and pillow-heif raise on files that lie about themselves.
READ_FAULTS: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    AttributeError,
    struct.error,
    UserWarning,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)

_MAGIC: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
)
_REFUSED: Final = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"8BPS", "Photoshop (PSD)"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"FUJIFILMCCD-RAW", "RAW"),
    (b"PK\x03\x04", "ZIP/Word"),
    (b"\xd0\xcf\x11\xe0", "Word"),
)
_RAW_EXTENSIONS: Final = frozenset(
    (".cr2", ".cr3", ".nef", ".arw", ".dng", ".rw2", ".orf", ".raf", ".pef", ".srw")
)
_MARKUP: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(\?xml|svg|!doctype|html|!--)", re.IGNORECASE)
_HEIF_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1")
)
HEAD_BYTES: Final = 512

_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def sniff_format(head: bytes, suffix: str = "") -> tuple[str, bool]:
    """Return the format that the first bytes (512 will do) show, and whether we take it.

    The name is "" when nothing is recognised. `suffix` only tells a camera's RAW from TIFF.
    """
    if suffix.lower() in _RAW_EXTENSIONS or head[8:10] == b"CR":
        return "RAW", False
    if head[4:8] == b"ftyp":
        return _sniff_brands(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP", True
    for names, taken in ((_MAGIC, True), (_REFUSED, False)):
        for magic, name in names:
            if head.startswith(magic):
                return name, taken
    if _MARKUP.match(head):
        return ("SVG" if b"<svg" in head.lower() else "HTML"), False
    return "", False


def open_photo(file: IO[bytes], file_format: str) -> Image.Image:
    """Open a picture of a known format, header only. Raises one of READ_FAULTS."""
    if file_format == "HEIF":
        _register_heif()
    return Image.open(file, formats=[file_format])


def read_orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8, that is still to be applied to the pixels.

    Pillow turns TIFF, and pillow-heif turns HEIF, by themselves. Damaged EXIF data turns nothing:
    browsers show such a picture too.
    """
    if image.format in ("TIFF", "HEIF"):
        return 1
    try:
        found = read_exif(image).get(ExifTags.Base.Orientation, 1)
    except READ_FAULTS:
        return 1
    return found if found in _UPRIGHT else 1


def read_exif(image: Image.Image) -> Image.Exif:
    """Return the EXIF data in the header. PNG's own method would decode all pixels for it."""
    return Image.Image.getexif(image)


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Return width and height as a viewer shows the picture."""
    width, height = image.size
    return (height, width) if read_orientation(image) >= 5 else (width, height)


def turn_upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture with its orientation baked in."""
    method = _UPRIGHT.get(orientation)
    return image if method is None else image.transpose(method)


@cache
def _register_heif() -> None:
    """Teach Pillow HEIF on first need: importing the decoder costs every run that has none."""
    import pillow_heif  # noqa: PLC0415

    pillow_heif.register_heif_opener(thumbnails=False)


def _sniff_brands(head: bytes) -> tuple[str, bool]:
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]
    if b"avif" in brands or b"avis" in brands:
        return "AVIF", True
    if not _HEIF_BRANDS.isdisjoint(brands):
        return "HEIF", True
    return ("RAW", False) if brands[0] == b"crx " else ("video", False)
