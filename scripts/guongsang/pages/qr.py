"""QR codes for the printed page: a story's address as a tiny picture.

A QR code of a fixed version and mask is linear: changing a bit of the text always turns the same
modules, wherever the other bits stand (ISO/IEC 18004: Reed-Solomon codes and masks are sums modulo
2). So segno draws what each bit turns once, and a story's code is a sum of those: some microseconds
instead of milliseconds, ten thousand times in a cold build. That pays only where there are many.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from functools import cache
from itertools import count
from typing import Final

import segno

# The quiet zone around a code, in modules: the standard asks for four.
QUIET: Final = 4
_LEVEL: Final = "l"
# Nearly all addresses fit into this one, and each version has to be drawn anew.
_VERSION: Final = 5
_ROOM: Final = 106
_MASK: Final = 3
_FILLER: Final = ord("0")
# How many codes are drawn on their own before it pays to know what each bit turns.
_FEW: Final = 20
_asked = count()
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def qr_picture(text: str) -> tuple[str, int]:
    """Return the QR code of an ASCII text as a PNG in a `data:` address, and its side in pixels.

    One pixel a module, quiet zone included. Raises `segno.DataOverflowError` above 2,953 bytes.
    """
    modules, side = qr_modules(text.encode("ascii"))
    return _png(modules, side), side + 2 * QUIET


def qr_modules(text: bytes) -> tuple[int, int]:
    """Return the modules of a QR code, row by row as bits from the top left, and its side."""
    version = _version_for(len(text))
    if next(_asked) < _FEW:
        return _drawn(text, version), 17 + 4 * version
    modules = _drawn(bytes([_FILLER]) * len(text), version)
    for position, byte in enumerate(text):
        if byte != _FILLER:
            modules ^= _turned(version, position, byte ^ _FILLER)
    return modules, 17 + 4 * version


@cache
def _turned(version: int, position: int, bits: int) -> int:
    """Return the modules that turn when the bits of the byte at a position do."""
    lowest = bits & -bits
    if bits != lowest:
        return _turned(version, position, lowest) ^ _turned(version, position, bits ^ lowest)
    before = bytes([_FILLER]) * position
    changed = before + bytes([_FILLER ^ bits])
    return _drawn(changed, version) ^ _drawn(before + bytes([_FILLER]), version)


@cache
def _version_for(length: int) -> int:
    """Return the version that holds a text of that many bytes."""
    if length <= _ROOM:
        return _VERSION
    return int(segno.make(bytes([_FILLER]) * length, error=_LEVEL, mode="byte").version)


@cache
def _drawn(text: bytes, version: int) -> int:
    code = segno.make(
        text, error=_LEVEL, version=version, mode="byte", mask=_MASK, boost_error=False
    )
    return int("".join("1" if module else "0" for row in code.matrix for module in row), 2)


def _png(modules: int, side: int) -> str:
    """Return the code in black on white: one bit a pixel, as small as a picture can be."""
    width = side + 2 * QUIET
    whole = (width + 7) // 8
    # Bits of a row, as many bytes as it takes; in a PNG of one bit, 1 is white.
    white = (1 << whole * 8) - 1
    empty = b"\0" + white.to_bytes(whole, "big")
    shift = whole * 8 - side - QUIET
    mask = (1 << side) - 1
    rows = [
        b"\0"
        + (white ^ (modules >> (side - 1 - row) * side & mask) << shift).to_bytes(whole, "big")
        for row in range(side)
    ]
    pixels = zlib.compress(empty * QUIET + b"".join(rows) + empty * QUIET, 9)
    head = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)
    parts = [_chunk(b"IHDR", head), _chunk(b"IDAT", pixels), _chunk(b"IEND", b"")]
    return "data:image/png;base64," + b64encode(_SIGNATURE + b"".join(parts)).decode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
