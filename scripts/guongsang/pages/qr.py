"""QR codes for the printed page: a story's address as a tiny picture.

A QR code of a fixed version and mask is linear: changing a bit of the text always turns the same
modules, wherever the other bits stand (ISO/IEC 18004: Reed-Solomon codes and masks are sums modulo
2). Which modules belong to which bit of the codewords is learnt from some codes that segno draws;
a story's code is then a sum of those: some microseconds instead of milliseconds, ten thousand times
in a cold build. That pays only where there are many.
"""

from __future__ import annotations

import hashlib
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
# Nearly all addresses fit into this one. Table 9 of the standard: 108 codewords of data and 26 of
# error correction in one block; room for so many bytes.
_VERSION: Final = 5
_SIDE: Final = 17 + 4 * _VERSION
_DATA: Final = 108
_CORRECTION: Final = 26
_ROOM: Final = 106
_MASK: Final = 3
_BYTES: Final = 0b0100  # mode
_PADS: Final = bytes([0xEC, 0x11])
_FIELD: Final = 0x11D  # x^8 + x^4 + x^3 + x^2 + 1
# How many codes are drawn on their own before it pays to know what each bit turns.
_FEW: Final = 20
_asked = count()
_drawn: list[tuple[bytes, int]] = []
# So many codes tell all bits apart: a test draws others and compares.
_SAMPLES: Final = 44
_SHORT: Final = 16
_WINDOW: Final = 12
_MEMORY: Final = 5
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def qr_picture(text: str) -> tuple[str, int]:
    """Return the QR code of an ASCII text as a PNG in a `data:` address, and its side in pixels.

    One pixel a module, quiet zone included. Raises `segno.DataOverflowError` above 2,953 bytes.
    """
    modules, side = qr_modules(text.encode("ascii"))
    return _png(modules, side), side + 2 * QUIET


def qr_modules(text: bytes) -> tuple[int, int]:
    """Return the modules of a QR code, row by row as bits from the top left, and its side."""
    if len(text) > _ROOM:
        return _draw(text, None)
    if next(_asked) < _FEW:
        return _draw(text, _VERSION)
    words = _data_words(text)
    first, modules = _learnt()
    for place, bits in enumerate(map(int.__xor__, words, first)):
        if bits:
            modules ^= _turned(place, bits)
    # The next address differs in less from this one.
    _drawn[:] = [(words, modules)]
    return modules, _SIDE


def _learnt() -> tuple[bytes, int]:
    """Return the codewords of data and the modules of a code that is known."""
    return _drawn[0] if _drawn else (_data_words(_sample(0)), _draw_sample(0)[0])


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

    Bits and modules that change in the same samples belong together.
    """
    words = [_all_words(_sample(number)) for number in range(_SAMPLES)]
    drawn = [_draw_sample(number)[0] for number in range(_SAMPLES)]
    modules: dict[int, int] = {}
    for at, mark in enumerate(_marks(drawn, _SIDE * _SIDE)):
        modules[mark] = modules.get(mark, 0) | 1 << at
    del modules[0]
    # Bits that are the same in all samples are so in all codes; of those that always change
    # together one turns the modules of all.
    return tuple(modules.pop(mark, 0) for mark in _marks(words, 8 * (_DATA + _CORRECTION)))


def _marks(samples: list[int], length: int) -> list[int]:
    """Return for each bit in which samples it differs from the first one."""
    texts = [f"{each ^ samples[0]:0{length}b}" for each in samples]
    return [int("".join(column), 2) for column in zip(*texts, strict=True)][::-1]


def _all_words(text: bytes) -> int:
    """Return all codewords of a text as one number."""
    data = _data_words(text)
    sums = bytes(_CORRECTION)
    for word, correction in zip(data, _corrections(), strict=True):
        added = bytes(_multiply(word, each) for each in correction)
        sums = bytes(map(int.__xor__, sums, added))
    return int.from_bytes(data + sums, "big")


def _sample(number: int) -> bytes:
    """Return one of the texts to learn from, of any bytes; the first ones differ in length.

    The second, one byte short, is the only length at which the end needs no pads.
    """
    less = number if number < 2 else 29 * number % _ROOM
    length = _ROOM - less if number < _SHORT else _ROOM
    return hashlib.shake_128(bytes([number])).digest(length)


@cache
def _draw_sample(number: int) -> tuple[int, int]:
    return _draw(_sample(number), _VERSION)


def _draw(text: bytes, version: int | None) -> tuple[int, int]:
    code = segno.make(
        text,
        error=_LEVEL,
        version=version,
        mode="byte",
        mask=_MASK,
        boost_error=False,
        micro=False,
    )
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
