"""The properties of PDF files."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from guongsang.enclosures.packed import Property
from guongsang.enclosures.pictures import read_pictures

# What damaged files, and those made to harm, lead the library into.
_FAULTS: Final = (
    *(PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError),
    *(RecursionError, NotImplementedError, AssertionError, OverflowError, struct.error, zlib.error),
)
_AUTHORS: Final = frozenset({"/Author"})
_TEXTS: Final = frozenset({"/Title", "/Subject", "/Keywords", "/Comments", "/Company"})
_XMP_AUTHORS: Final = re.compile(
    r"<(dc:creator|pdf:Author|xmp:Author|photoshop:AuthorsPosition)\b[^>]*>(.*?)</\1>", re.DOTALL
)
# What can still be read of a file that is damaged.
_RAW_AUTHOR: Final = re.compile(rb"/Author\s*\(([^()]*)\)")
_TAG: Final = re.compile(r"<[^>]*>")
_MOST_XMP: Final = 1024 * 1024
_MOST_PAGES: Final = 500
_MOST_THINGS: Final = 500

# A strange file is an editor's matter, told by a rule or not at all.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


def read_pdf(content: bytes) -> list[Property]:
    """Return what a PDF says of itself; of one that is damaged the author at most."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return []  # nobody opens it without the word
        found = [*_read_info(reader), *_read_xmp(reader)]
    except _FAULTS:
        authors = (each.decode("utf-8", "replace").strip() for each in _RAW_AUTHOR.findall(content))
        return [Property("Author", author, "author") for author in authors if author]
    try:
        return [*found, *read_pictures(_list_pictures(reader))]
    except _FAULTS:
        return found


def count_pages(content: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    return len(PdfReader(io.BytesIO(content)).pages)


def _read_info(reader: PdfReader) -> list[Property]:
    info: Mapping[str, Any] = reader.metadata or {}
    wanted = ((name, str(info.get(name) or "")) for name in sorted(_AUTHORS | _TEXTS))
    return [
        Property(name.strip("/"), value.strip(), "author" if name in _AUTHORS else "text")
        for name, value in wanted
        if value.strip()
    ]


def _list_pictures(reader: PdfReader) -> Iterator[tuple[str, bytes]]:
    """Yield the photos of the pages as they were put in, once each; others keep no metadata."""
    seen: set[int] = set()
    count = 0
    for page in reader.pages[:_MOST_PAGES]:
        for reference in _within(_within(page, "/Resources"), "/XObject").values():
            thing = reference.get_object()
            if not isinstance(thing, StreamObject) or id(thing) in seen:
                continue
            seen.add(id(thing))
            filters = thing.get("/Filter", "")
            last = filters[-1] if isinstance(filters, list) and filters else filters
            if last == "/DCTDecode":
                count += 1
                yield f"JPEG {count}", bytes(thing.get_data())
            if len(seen) == _MOST_THINGS:
                return


def _within(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    inner = holder.get(key)
    inner = inner.get_object() if inner is not None else None
    return inner if isinstance(inner, DictionaryObject) else {}


def _read_xmp(reader: PdfReader) -> list[Property]:
    stream = reader.root_object.get("/Metadata")
    stream = stream.get_object() if stream is not None else None
    if not isinstance(stream, StreamObject):
        return []
    packet = stream.get_data()[:_MOST_XMP].decode("utf-8", "replace")
    authors = ((name, _TAG.sub(" ", value).strip()) for name, value in _XMP_AUTHORS.findall(packet))
    return [Property(name, value, "author") for name, value in authors if value]
