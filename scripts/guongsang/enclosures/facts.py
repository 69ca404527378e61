"""Attachments and recordings: what they are, and what their properties tell of people.

What nobody sees on the page goes out with the file all the same: who wrote it, on whose machine,
where it was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guongsang.enclosures.documents import read_office, read_rtf
from guongsang.enclosures.kinds import find_kind
from guongsang.enclosures.packed import OFFICE_KINDS, Property

MOST_BYTES: Final = 64 * 1024 * 1024
_SOUNDS: Final = frozenset({"mp3", "m4a", "ogg", "wav"})


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file by its content: its kind as a suffix, "" of an unknown one, and its properties.

    A file that is too large or cannot be opened is not looked into: its kind is None; `fault` says
    why it cannot be opened.
    """

    kind: str | None
    properties: tuple[Property, ...] = ()
    fault: str = ""


def read_file_facts(abs_path: Path) -> FileFacts:
    """Return what a file is and tells; nothing is raised for a bad one."""
    try:
        if abs_path.stat().st_size > MOST_BYTES:
            return FileFacts(None)
        content = abs_path.read_bytes()
    except OSError as error:
        return FileFacts(None, fault=error.strerror or str(error))
    kind = find_kind(content)
    return FileFacts(kind, tuple(_read_properties(content, kind)))


def _read_properties(content: bytes, kind: str) -> list[Property]:
    if kind in OFFICE_KINDS:
        return read_office(content)
    if kind == "rtf":
        return read_rtf(content)
    # Their libraries take longer to load than most checks take: only who needs one waits for it.
    if kind == "pdf":
        from guongsang.enclosures.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(content)
    if kind in _SOUNDS:
        from guongsang.enclosures.sound import read_sound  # noqa: PLC0415

        return read_sound(content)
    return []
