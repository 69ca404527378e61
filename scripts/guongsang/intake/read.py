"""Any file that was sent, to a manuscript with Unicode letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from guongsang.intake.letters import mend_letters
from guongsang.intake.manuscript import Manuscript, UnreadableError
from guongsang.intake.markup import read_html
from guongsang.intake.plain import decode_text, read_markdown, read_text
from guongsang.intake.word.docx import read_docx

WORD: Final = (".docx", ".docm", ".dotx")
OFFICE: Final = (".doc", ".odt", ".rtf")
PAGES: Final = (".html", ".htm")
TEXTS: Final = (".txt", ".md", ".markdown")
SUFFIXES: Final = (*WORD, *OFFICE, *PAGES, *TEXTS)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")  # says so when it is read

Convert = Callable[[bytes, str], bytes]


def read_manuscript(content: bytes, name: str, convert: Convert) -> Manuscript:
    """Return what a file holds, by what it is and not only by its name.

    `convert` returns a Word document for the content of another with its suffix. Raises
    UnreadableError.
    """
    if not content:
        raise UnreadableError("empty")
    return mend_letters(_read(content, PurePath(name).suffix.lower(), convert))


def _read(content: bytes, suffix: str, convert: Convert) -> Manuscript:
    kind = _find_kind(content, suffix)
    if kind in WORD:
        return read_docx(content, read_chunk)
    if kind in OFFICE:
        return read_docx(convert(content, kind), read_chunk)
    if kind in PAGES:
        return read_html(decode_text(content))
    if kind in TEXTS:
        return read_text(content) if kind == ".txt" else read_markdown(content)
    raise UnreadableError("kind", suffix=suffix or "–")


def _find_kind(content: bytes, suffix: str) -> str:
    """Return the suffix that a file should have: many a .doc is a web page, or newer, or RTF."""
    if content.startswith(b"{\\rtf"):
        return ".rtf"
    if content.startswith(_ZIP) and suffix in (*OFFICE, *WORD) and suffix != ".odt":
        return ".docx"
    if content.startswith(_OLE) and suffix in WORD:
        return ".docx" if _LOCKED in content else ".doc"
    if suffix == ".doc" and content.lstrip()[:1] == b"<":
        return ".html"
    return suffix


def read_chunk(content: bytes, name: str) -> Manuscript | None:
    """Return what a document holds that stands whole in another; None of unknown kinds."""
    suffix = PurePath(name).suffix.lower()
    if suffix in PAGES:
        return read_html(decode_text(content))
    return read_text(content) if suffix == ".txt" else None
