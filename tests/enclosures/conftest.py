"""Documents and recordings made on the spot, with properties."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfWriter

CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>{}</dc:creator>'
    "<cp:lastModifiedBy>{}</cp:lastModifiedBy></cp:coreProperties>"
)


def make_packed(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return packed.getvalue()


def make_docx(author: str = "", editor: str = "", **parts: str) -> bytes:
    """Return a Word file; `parts` are further ones, with `_` for the slash and no suffix."""
    more = {f"{name.replace('_', '/')}.xml": text for name, text in parts.items()}
    core = {"docProps/core.xml": CORE.format(author, editor)}
    return make_packed({"[Content_Types].xml": "", "word/document.xml": "", **core, **more})


def make_odt(author: str) -> bytes:
    meta = (
        f'<m xmlns:dc="d" xmlns:meta="m"><meta:initial-creator>{author}</meta:initial-creator></m>'
    )
    said = "application/vnd.oasis.opendocument.text"
    return make_packed({"mimetype": said, "content.xml": "", "meta.xml": meta})


def make_pdf(**info: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({f"/{name}": value for name, value in info.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_mp3(**frames: str) -> bytes:
    body = b""
    for name, text in frames.items():
        value = b"\x01" + text.encode("utf-16")
        body += name.encode() + struct.pack(">I", len(value)) + b"\0\0" + value
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body + b"\xff\xfb\x90\x00" + bytes(413)


def make_m4a(place: str = "", **items: str) -> bytes:
    """Return a recording; `items` are named without their first sign."""
    listed = b"".join(
        _atom(b"\xa9" + name.encode(), _atom(b"data", struct.pack(">II", 1, 0) + text.encode()))
        for name, text in items.items()
    )
    told = _atom(b"meta", bytes(4) + _atom(b"ilst", listed))
    if place:
        told += _atom(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place.encode())
    return _atom(b"ftyp", b"M4A \0\0\0\0") + _atom(b"moov", _atom(b"udta", told))


def _atom(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


MAKERS: dict[str, Callable[..., bytes]] = {
    "docx": make_docx,
    "odt": make_odt,
    "pdf": make_pdf,
    "mp3": make_mp3,
    "m4a": make_m4a,
    "packed": make_packed,
}


@pytest.fixture(scope="session")
def make() -> Callable[..., bytes]:
    """Make a file of a kind."""

    def make(kind: str, *args: Any, **options: Any) -> bytes:
        return MAKERS[kind](*args, **options)

    return make
