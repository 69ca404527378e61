"""The parts of packed files (docx, xlsx, odt and the like), with limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

OFFICE_KINDS: Final = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"})
_MOST_PART: Final = 64 * 1024 * 1024
_MOST_PARTS: Final = 10_000
_FAULTS: Final = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError),
    *(ValueError, IndexError, OverflowError, struct.error),  # damaged, or made to harm
)


@dataclass(frozen=True, slots=True)
class Property:
    """What a file says of itself: `name` as its format calls it; `of` tells whether the value names
    somebody ("author") or a place, is metadata of a picture within, or any other text."""

    name: str
    value: str
    of: Literal["author", "place", "picture", "text"] = "text"


def list_parts(content: bytes) -> list[str]:
    """Return the names of a packed file's parts; none of what cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.namelist()[:_MOST_PARTS]
    except _FAULTS:
        return []


def read_parts(content: bytes, names: frozenset[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a packed file, all or those named.

    What is locked, damaged or too large is left out: readers cannot open it either.
    """
    left = _MOST_PART
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in packed.infolist()[:_MOST_PARTS]:
                if (names is None or part.filename in names) and part.file_size <= left:
                    left -= part.file_size
                    yield part.filename, packed.read(part)
    except _FAULTS:
        return
