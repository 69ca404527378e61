"""Attachments, recordings and films: what they are, and what their properties tell of people.

What nobody sees on the page goes out with the file all the same: who wrote it, on whose machine,
where it was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guongsang.enclosures.documents import read_office, read_rtf
from guongsang.enclosures.film import read_film
from guongsang.enclosures.kinds import find_kind
from guongsang.enclosures.packed import OFFICE_KINDS, Property
from guongsang.enclosures.pictures import read_loose_pictures, read_packed_pictures

# The property that tells how what is seen in a film is packed.
CODEC: Final = "codec"
MOST_BYTES: Final = 64 * 1024 * 1024


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
    reader = _READERS.get(kind)
    return [] if reader is None else reader(content)


def _read_packed(content: bytes) -> list[Property]:
    return [*read_office(content), *read_packed_pictures(content)]


# Libraries that take longer to load than most checks take: only who needs one waits for it.
def _read_old_office(content: bytes) -> list[Property]:
    from guongsang.enclosures.ole import read_ole  # noqa: PLC0415

    return [*read_ole(content), *read_loose_pictures(content)]


def _read_film(content: bytes) -> list[Property]:
    """Return what a film says of itself, and by what programs it can be seen."""
    film = read_film(content)
    return [*film.properties, *(Property(CODEC, codec) for codec in film.codecs)]


def _read_recording(content: bytes) -> list[Property]:
    """Return what a recording in the form of a film says, also places that others pass over."""
    known = _read_sound(content)
    more = [each for each in read_film(content).properties if each.of == "place"]
    return [*known, *(each for each in more if each not in known)]


def _read_pdf(content: bytes) -> list[Property]:
    from guongsang.enclosures.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(content)


def _read_sound(content: bytes) -> list[Property]:
    from guongsang.enclosures.sound import read_sound  # noqa: PLC0415

    return read_sound(content)


_READERS: Final[Mapping[str, Callable[[bytes], list[Property]]]] = {
    **dict.fromkeys(OFFICE_KINDS, _read_packed),
    **dict.fromkeys(("doc", "xls", "ppt", "ole"), _read_old_office),
    **dict.fromkeys(("mp3", "ogg", "wav"), _read_sound),
    **dict.fromkeys(("mp4", "mov", "webm", "mkv"), _read_film),
    "m4a": _read_recording,
    "pdf": _read_pdf,
    "rtf": read_rtf,
    "zip": read_packed_pictures,
}
