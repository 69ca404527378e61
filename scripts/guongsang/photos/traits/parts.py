"""The parts that JPEG, PNG and WebP files are made of, found without decoding a pixel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
COM: Final = 0xFE
APP0: Final = 0xE0
APP1: Final = 0xE1
APP2: Final = 0xE2
APP14: Final = 0xEE
APP15: Final = 0xEF
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOI: Final = 0xD8
_EOI: Final = 0xD9
_RIFF_HEAD: Final = 12


class DamagedError(ValueError):
    """The file does not hold together as its format wants."""


class Part(NamedTuple):
    """A part of a file: all of it is `content[start:end]`, what it holds `content[body:stop]`.

    `kind` is a JPEG marker's second byte, or the four letters of a chunk.
    """

    kind: int | bytes
    start: int
    body: int
    stop: int
    end: int


def jpeg_parts(content: bytes) -> Iterator[Part]:
    """Yield the segments of a JPEG's first picture, to its end marker.

    Compressed pixels belong to the scan before them. Raises DamagedError when the picture is cut.
    """
    waiting: tuple[int, int, int, int] | None = None
    at = 0
    while True:
        found = _NEXT_MARKER.search(content, at)
        if found is None:
            raise DamagedError("the picture is cut off")
        start, end = found.span()
        if waiting is not None:
            yield Part(*waiting, start)
        kind = content[start + 1]
        if kind in (_SOI, _EOI):
            yield Part(kind, start, end, end, end)
            waiting, at = None, end
            if kind == _EOI:
                return
        else:
            at = end + int.from_bytes(content[end : end + 2], "big")
            waiting = (kind, start, end + 2, at)


def png_parts(content: bytes) -> Iterator[Part]:
    """Yield the chunks of a PNG, to its end chunk. Raises DamagedError when the file is cut."""
    at = len(PNG_HEAD)
    while True:
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        stop = at + 8 + length
        if stop + 4 > len(content):
            raise DamagedError("the picture is cut off")
        yield Part(kind, at, at + 8, stop, stop + 4)
        if kind == b"IEND":
            return
        at = stop + 4


def webp_parts(content: bytes) -> Iterator[Part]:
    """Yield the chunks of a WebP file. Raises DamagedError when the file is cut."""
    at = _RIFF_HEAD
    whole = min(len(content), 8 + int.from_bytes(content[4:8], "little"))
    while at + 8 <= whole:
        stop = at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")
        if stop > len(content):
            raise DamagedError("the picture is cut off")
        end = min(stop + stop % 2, len(content))
        yield Part(content[at : at + 4], at, at + 8, stop, end)
        at = end
