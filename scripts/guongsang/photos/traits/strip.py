"""Take metadata out of a picture's file and leave its pixels as they are, to the bit."""

from __future__ import annotations

import io
import struct
from typing import Final
from zlib import crc32

from PIL import ExifTags, Image

from guongsang.photos.opening import open_photo, read_orientation
from guongsang.photos.traits.parts import (
    APP0,
    APP1,
    APP2,
    APP14,
    APP15,
    COM,
    PNG_HEAD,
    Part,
    jpeg_parts,
    png_parts,
    webp_parts,
)

# What a decoder needs of a PNG: pixels, palette, transparency, colours. The rest only tells.
_PNG_KEPT: Final = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP")
)
# Of JFIF's header, what comes before the thumbnail's width and height.
_JFIF_HEAD: Final = 12
_WEBP_DROPPED: Final = frozenset((b"EXIF", b"XMP "))
_WEBP_EXIF_FLAG: Final = 0x08
_WEBP_XMP_FLAG: Final = 0x04


def strip_metadata(content: bytes, file_format: str) -> bytes | None:
    """Return the file without metadata; None for a format that must be encoded again for it.

    Orientation and colours stay. A second time changes nothing. Raises ValueError or OSError.
    """
    strip = {"JPEG": strip_jpeg, "PNG": strip_png, "WEBP": strip_webp}.get(file_format)
    return strip(content) if strip else None


def strip_jpeg(content: bytes) -> bytes:
    """Return a JPEG without metadata, and without the further pictures that phones append.

    Raises ValueError or OSError.
    """
    kept = [
        _segment(part, content)
        for part in jpeg_parts(content)
        if _is_needed(part.kind, content[part.body : part.body + 12])
    ]
    orientation = _orientation_of(content, "JPEG")
    if orientation > 1:
        body = _orientation_exif(orientation)
        kept.insert(1, b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body)
    return b"".join(kept)


def strip_png(content: bytes) -> bytes:
    """Return a PNG without metadata. Raises ValueError or OSError."""
    kept = [content[part.start : part.end] for part in png_parts(content) if part.kind in _PNG_KEPT]
    orientation = _orientation_of(content, "PNG")
    if orientation > 1:
        body = _orientation_exif(orientation).removeprefix(b"Exif\0\0")
        kept.insert(1, _png_chunk(b"eXIf", body))
    return PNG_HEAD + b"".join(kept)


def strip_webp(content: bytes) -> bytes:
    """Return a WebP file without metadata. Raises ValueError or OSError."""
    orientation = _orientation_of(content, "WEBP")
    kept = []
    for part in webp_parts(content):
        whole = content[part.start : part.end]
        if part.kind == b"VP8X":
            dropped = _WEBP_XMP_FLAG | (0 if orientation > 1 else _WEBP_EXIF_FLAG)
            whole = whole[:8] + bytes([whole[8] & ~dropped]) + whole[9:]
        if part.kind not in _WEBP_DROPPED:
            kept.append(whole)
    if orientation > 1:
        body = _orientation_exif(orientation)
        kept.append(b"EXIF" + struct.pack("<I", len(body)) + body + bytes(len(body) % 2))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _segment(part: Part, content: bytes) -> bytes:
    if part.kind == APP0:
        return b"\xff\xe0\0\x10" + content[part.body : part.body + _JFIF_HEAD] + b"\0\0"
    return content[part.start : part.end]


def _is_needed(kind: int | bytes, body: bytes) -> bool:
    """Say whether a decoder needs the segment: tables and scans, colour space, nothing else."""
    assert isinstance(kind, int)
    if kind == APP0:
        return body.startswith(b"JFIF\0")
    if kind == APP2:
        return body.startswith(b"ICC_PROFILE\0")
    if kind == APP14:
        return body.startswith(b"Adobe")
    return kind != COM and not APP1 <= kind <= APP15


def _orientation_of(content: bytes, file_format: str) -> int:
    with open_photo(io.BytesIO(content), file_format) as image:
        return read_orientation(image)


def _orientation_exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return exif.tobytes()


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))
