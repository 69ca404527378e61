"""What a file is, by its content, and whether its name says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from guongsang.enclosures.film import is_film, read_film
from guongsang.enclosures.packed import list_parts, read_parts
from guongsang.photos.facts import LFS_HEAD

_HEAD: Final = 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FRAME: Final = re.compile(rb"\xff[\xe2-\xfd]")
_OPEN_DOCUMENTS: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/epub+zip": "epub",
}
_FOLDERS: Final = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
# The content that a suffix may stand for, where that is not the suffix alone.
_FITS: Final[Mapping[str, frozenset[str]]] = {
    **{kind: frozenset({kind, "ole"}) for kind in ("doc", "xls", "ppt")},
    **dict.fromkeys(("txt", "csv"), frozenset({"txt"})),
    "aac": frozenset({"aac", "mp3", "m4a"}),
    "opus": frozenset({"ogg"}),
    "zip": frozenset({"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"}),
}


def fits_name(kind: str, suffix: str) -> bool:
    """Return whether a file of a kind may have a suffix, in small letters."""
    return kind in _FITS.get(suffix, (suffix,))


def find_kind(content: bytes) -> str:
    """Return the kind of a file as the suffix that says it, "" of none.

    "ole" is old Office of a kind that cannot be told, "lfs" the pointer that Git LFS keeps.
    """
    head = content[:_HEAD]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _find_packed(content)
    if head.startswith(_OLE):
        from guongsang.enclosures.ole import find_ole_kind  # noqa: PLC0415 - few need it

        return find_ole_kind(content)
    if head.startswith(LFS_HEAD):
        return "lfs"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    return _find_played(content, head) or _find_text(content)


def _find_packed(content: bytes) -> str:
    parts = list_parts(content)
    if "mimetype" in parts:
        for _, said in read_parts(content, frozenset({"mimetype"})):
            return _OPEN_DOCUMENTS.get(said.strip(), "zip")
    if "[Content_Types].xml" in parts:
        return next((k for f, k in _FOLDERS.items() if any(p.startswith(f) for p in parts)), "zip")
    return "zip" if parts else ""


def _find_played(content: bytes, head: bytes) -> str:
    if is_film(head):
        return read_film(content).kind
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    if head[:1] == b"\xff" and head[1:2] in (b"\xf0", b"\xf1", b"\xf8", b"\xf9"):
        return "aac"
    return "mp3" if head.startswith(b"ID3") or _FRAME.match(head) else ""


def _find_text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "txt"
    return "" if _CONTROL.search(content) or not content else "txt"
