"""What a plain JPEG tells, without opening it as a picture.

Plain is what `photos --shrink` leaves and many programs write: tables and pixels, neither metadata
nor anything behind the end. Then the header holds nothing that takes a picture library to find.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from guongsang.photos.traits.parts import APP0, DamagedError, Part, jpeg_parts

_SOS: Final = 0xDA
_DQT: Final = 0xDB
_FRAMES: Final = frozenset((0xC0, 0xC2))  # baseline and progressive
# Begin and end of the picture, Huffman tables, restart interval, JFIF.
_OTHERS: Final = frozenset((0xD8, 0xD9, 0xC4, 0xDD, APP0))
_TABLE_BYTES: Final = 65  # of 8-bit values, behind the number of the table
_FRAME_BYTES: Final = {9: 1, 15: 3}  # and the number of components
_PADDING: Final = b"\0\xff "


class PlainJpeg(NamedTuple):
    """Width and height in pixels, and the sum of the luminance table."""

    size: tuple[int, int]
    luminance: int


class _NotPlainError(Exception):
    pass


def read_plain_jpeg(content: bytes) -> PlainJpeg | None:
    """Return what a whole file tells, None where it is not plain or does not hold together."""
    try:
        return _read_parts(content)
    except (_NotPlainError, DamagedError):
        return None


def _read_parts(content: bytes) -> PlainJpeg | None:
    size: tuple[int, int] | None = None
    luminance: int | None = None
    in_header, at = True, 0
    for part in jpeg_parts(content):
        # Between the tables of a header stands nothing; behind it, pixels.
        if in_header and not at == part.start < part.body <= part.stop <= len(content):
            return None
        at = part.stop
        if part.kind == _SOS:
            in_header = False
        elif part.kind == _DQT and in_header:
            luminance = _sum_luminance(content[part.body : part.stop], luminance)
        elif part.kind in _FRAMES and size is None and in_header:
            size = _read_size(content, part)
        elif part.kind not in _OTHERS:
            return None
    if in_header or size is None or luminance is None or content[at:].strip(_PADDING):
        return None
    return PlainJpeg(size, luminance)


def _sum_luminance(tables: bytes, before: int | None) -> int | None:
    """Return the sum of table 0, as it was `before` if it is not among these."""
    for at in range(0, len(tables), _TABLE_BYTES):
        table = tables[at : at + _TABLE_BYTES]
        if len(table) < _TABLE_BYTES or table[0] > 0x0F:  # cut, or of 16-bit values
            raise _NotPlainError
        before = sum(table) if table[0] == 0 else before
    return before


def _read_size(content: bytes, part: Part) -> tuple[int, int]:
    frame = content[part.body : part.stop]
    components = _FRAME_BYTES.get(len(frame))
    if components is None or frame[0] != 8 or frame[5] != components:
        raise _NotPlainError
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    if width == 0 or height == 0:
        raise _NotPlainError
    return width, height
