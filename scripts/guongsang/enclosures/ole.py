"""The properties of old Office files: .doc, .xls, .ppt."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from typing import Any, Final

from olefile import OleFileIO

from guongsang.enclosures.packed import Property
from guongsang.text.fold import nfc

# What damaged files, and those made to harm, lead the library into.
_FAULTS: Final = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError),
    *(RecursionError, NotImplementedError, OverflowError, MemoryError, struct.error),
)
# The stream that each program keeps its document in.
_STREAMS: Final[Mapping[str, str]] = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}
# Two lists of properties by number: [MS-OSHARED] 2.3.3.2.1 and 2.3.3.2.2.
_CODE_PAGE: Final = 1
_NAMES: Final[Mapping[str, Mapping[int, str]]] = {
    "\x05SummaryInformation": {
        **{2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments"},
        8: "last author",
    },
    "\x05DocumentSummaryInformation": {2: "category", 14: "manager", 15: "company"},
}
_AUTHORS: Final = frozenset({"author", "last author", "manager"})
_UTF_8: Final = 65001
# A file says its code page as a signed number of 16 bits.
_BITS: Final = 0xFFFF


def find_ole_kind(content: bytes) -> str:
    """Return "doc", "xls" or "ppt"; "ole" of other files in that form, and of damaged ones."""
    try:
        with OleFileIO(io.BytesIO(content)) as file:
            return next((kind for name, kind in _STREAMS.items() if file.exists(name)), "ole")
    except _FAULTS:
        return "ole"


def read_ole(content: bytes) -> list[Property]:
    """Return what an old Office file says of itself; nothing of one that cannot be read."""
    found: list[Property] = []
    try:
        with OleFileIO(io.BytesIO(content)) as file:
            for stream, names in _NAMES.items():
                if file.exists(stream):
                    found += _read_stream(file.getproperties(stream, no_conversion=[]), names)
    except _FAULTS:
        return found
    return found


def _read_stream(values: Mapping[int, Any], names: Mapping[int, str]) -> Iterator[Property]:
    page = values.get(_CODE_PAGE, 0)
    for number, name in names.items():
        value = _decode(values.get(number), page if isinstance(page, int) else 0)
        if value:
            yield Property(name, value, "author" if name in _AUTHORS else "text")


def _decode(value: object, page: int) -> str:
    """Return a text; what a code page that Python does not know says is read as Vietnamese."""
    if isinstance(value, bytes):
        page &= _BITS
        encoding = "utf-8" if page == _UTF_8 else f"cp{page or 1258}"
        try:
            text = value.decode(encoding, "replace")
        except LookupError:
            text = value.decode("cp1258", "replace")
    else:
        text = value if isinstance(value, str) else ""
    return nfc(" ".join(text.replace("\0", " ").split()))
