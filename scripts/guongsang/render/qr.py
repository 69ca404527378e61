"""QR codes for the printed page: a story's address as a tiny picture.

A QR code of a fixed version and mask is linear: changing a bit of the text always turns the same
modules, wherever the other bits stand (ISO/IEC 18004: Reed-Solomon codes and masks are sums modulo
2). A story's code is the sum of one that is known and of what each bit turns in which both differ:
some microseconds, ten thousand times in a cold build. Segno draws what has no room in that version.
"""

from __future__ import annotations

import io
import struct
import zlib
from base64 import b64encode
from functools import cache
from typing import Final

# The quiet zone around a code, in modules: the standard asks for four.
QUIET: Final = 4
_LEVEL: Final = "l"
# Nearly all addresses fit into this one. Table 9 of the standard: 108 codewords of data and 26 of
# error correction in one block; room for so many bytes.
_VERSION: Final = 5
_SIDE: Final = 17 + 4 * _VERSION
_DATA: Final = 108
_CORRECTION: Final = 26
_ROOM: Final = 106
_MASK: Final = 3
# Where patterns stand: the finders with what surrounds them, both timing lines, the alignment.
_FINDER: Final = 8
_TIMING: Final = 6
_ALIGNED: Final = range(_SIDE - 9, _SIDE - 4)
_BYTES: Final = 0b0100  # mode
_PADS: Final = bytes([0xEC, 0x11])
_FIELD: Final = 0x11D  # x^8 + x^4 + x^3 + x^2 + 1
# The code of an empty text, which any other could stand for.
_EMPTY: Final = int(
    "1fd835837f820358320dd4f94f976eb42f42bb75e85e85d824a7ca20ff555555fc015835801e50d60d9d9d01ac1bbbd5"
    "1ac1a1992fca7d3487e17a169c9542f40915153e533da535834114c60d6059090c1ac0d2d6c1ac175e127ca658ff3a17"
    "a0409af42f64910e53e5e61683582ca94960d682791ac1ad731dac1acc2124a7cbea6597a17f200e2f438a7f23e53d46"
    "08d835a2574cd60dfcbaa1ac032dd71ac105a0afca7b91fd617a10b",
    16,
)
# The last code, as codewords of data and modules: the next address differs in little from it.
_drawn: list[tuple[bytes, int]] = []
_WINDOW: Final = 12
_MEMORY: Final = 5
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def qr_picture(text: str) -> tuple[str, int]:
    """Return the QR code of an ASCII text as a PNG in a `data:` address, and its side in pixels.

    One pixel a module, quiet zone included. Raises `segno.DataOverflowError` above 2,953 bytes.
    """
    modules, side = qr_modules(text.encode("ascii"))
    return _png(modules, side), side + 2 * QUIET


def draw_qr(text: str, level: str, *, scales: bool = False) -> str:
    """Return the QR code of an ASCII text as an SVG, to be printed in any size.

    `level` is that of error correction at least: "l", "m", "q" or "h". One that `scales` fills
    whatever room a page gives it. Raises
    `segno.DataOverflowError` where the text is too long.
    """
    import segno  # noqa: PLC0415 - most builds never need it

    drawn = io.BytesIO()
    code = segno.make(text, error=level, micro=False)
    code.save(drawn, kind="svg", border=QUIET, xmldecl=False, nl=False, omitsize=scales)
    return drawn.getvalue().decode()


def qr_modules(text: bytes) -> tuple[int, int]:
    """Return the modules of a QR code, row by row as bits from the top left, and its side."""
    if len(text) > _ROOM:
        return _draw(text)
    words = _data_words(text)
    first, modules = _drawn[0] if _drawn else (_data_words(b""), _EMPTY)
    for place, bits in enumerate(map(int.__xor__, words, first)):
        if bits:
            modules ^= _turned(place, bits)
    _drawn[:] = [(words, modules)]
    return modules, _SIDE


def _data_words(text: bytes) -> bytes:
    """Return the codewords of a text: mode, length, bytes, end, and what fills the rest."""
    bits = (_BYTES << 8 | len(text)) << 8 * len(text) | int.from_bytes(text, "big")
    words = (bits << 4).to_bytes(len(text) + 2, "big")
    # What follows the end is for no reader; segno puts a byte of zeros before the pads.
    return words + (b"\0" + _PADS * _DATA)[: _DATA - len(words)]


@cache
def _turned(place: int, bits: int) -> int:
    """Return the modules that turn when these bits of a codeword do."""
    lowest = bits & -bits
    if bits != lowest:
        return _turned(place, lowest) ^ _turned(place, bits ^ lowest)
    modules = 0
    corrections = bytes(_multiply(lowest, each) for each in _corrections()[place])
    own = bytes(place) + bytes([lowest]) + bytes(_DATA - place - 1)
    whole = int.from_bytes(own + corrections, "big")
    places = _places()
    while whole:
        low = whole & -whole
        modules ^= places[low.bit_length() - 1]
        whole ^= low
    return modules


@cache
def _corrections() -> tuple[bytes, ...]:
    """Return what one in each codeword of data adds to those of error correction."""
    generator = bytes([1])
    root = 1
    for _ in range(_CORRECTION):
        shifted = bytes(_multiply(root, each) for each in generator)
        generator = bytes(map(int.__xor__, generator + b"\0", b"\0" + shifted))
        root = _multiply(root, 2)
    found = [generator[1:]]
    for _ in range(_DATA - 1):
        # Times x, and what is beyond the highest power is replaced by the generator's rest.
        first, rest = found[-1][0], found[-1][1:] + b"\0"
        over = bytes(_multiply(first, each) for each in generator[1:])
        found.append(bytes(map(int.__xor__, rest, over)))
    return tuple(reversed(found))


@cache
def _multiply(one: int, other: int) -> int:
    """Multiply in the field of 256 elements that the standard's codes are over."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one > 0xFF:
            one ^= _FIELD
        other >>= 1
    return product


@cache
def _places() -> tuple[int, ...]:
    """Return which module each bit of the codewords turns, the last bit first.

    They fill columns of two modules each, from the right, upwards and downwards in turn, around
    what every code has (section 7.7.3).
    """
    places: list[int] = []
    rows = range(_SIDE)
    for number, right in enumerate(
        column - (column <= _TIMING) for column in range(_SIDE - 1, 0, -2)
    ):
        for row in rows if number % 2 else reversed(rows):
            free = (at for at in (right, right - 1) if not _is_fixed(row, at))
            places += [1 << (_SIDE * _SIDE - 1 - row * _SIDE - at) for at in free]
    return tuple(reversed(places[: 8 * (_DATA + _CORRECTION)]))


def _is_fixed(row: int, column: int) -> bool:
    """Return whether a module is one of the patterns by which readers find their way."""
    corner, far = _FINDER + 1, _SIDE - _FINDER
    return (
        _TIMING in (row, column)
        or (row < corner and (column < corner or column >= far))
        or (row >= far and column < corner)
        or (row in _ALIGNED and column in _ALIGNED)
    )


def _draw(text: bytes) -> tuple[int, int]:
    # It brings along what speaks to servers, and hardly any address is that long.
    import segno  # noqa: PLC0415

    code = segno.make(text, error=_LEVEL, mode="byte", mask=_MASK, boost_error=False, micro=False)
    rows = ["".join("1" if module else "0" for module in row) for row in code.matrix]
    return int("".join(rows), 2), len(rows)


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
    # Of what zlib makes ready for large data, a picture of some hundred bytes needs little.
    packer = zlib.compressobj(9, wbits=_WINDOW, memLevel=_MEMORY)
    pixels = packer.compress(empty * QUIET + b"".join(rows) + empty * QUIET) + packer.flush()
    head = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)
    parts = [_chunk(b"IHDR", head), _chunk(b"IDAT", pixels), _chunk(b"IEND", b"")]
    return "data:image/png;base64," + b64encode(_SIGNATURE + b"".join(parts)).decode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
