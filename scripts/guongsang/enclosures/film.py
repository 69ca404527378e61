"""Films, and recordings of the same form: what they hold, and what they say of themselves.

https://www.iso.org/standard/83102.html (MP4, M4A, MOV): boxes in boxes.
https://www.rfc-editor.org/rfc/rfc8794 (WebM, Matroska): elements in elements.
No element is trusted: each step goes ahead, and what lies beyond the end is not there.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from guongsang.enclosures.packed import Property

# A film that an hour of recording has cut into pieces has some ten thousand.
_MOST_STEPS: Final = 100_000
_MOST_TEXT: Final = 4_000
_MOST_PROPERTIES: Final = 200

_CONTAINERS: Final = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"meta"))
# What must be there up to its end.
_WHOLE: Final = _CONTAINERS | {b"mdat", b"moof"}
_WHOLE_ELEMENTS: Final = frozenset((0x18538067, 0x1F43B675))  # Segment, Cluster
_LEAST_SIGN: Final = 0x20
_SOUND_BRANDS: Final = frozenset((b"M4A ", b"M4B ", b"M4P "))
# Of 3GPP: version, language, text.
_TEXTS: Final = frozenset((b"titl", b"dscp", b"auth", b"perf", b"gnre", b"albm", b"cprt"))
_AUTHORS: Final = frozenset(
    (
        b"auth",
        b"perf",
        b"aART",
        b"\xa9ART",
        b"\xa9aut",
        b"\xa9wrt",
        b"\xa9dir",
        b"\xa9prd",
        b"\xa9prf",
    )
)
# Tracks of where and how the camera moved.
_MOVES: Final = frozenset((b"gpmd", b"camm"))
_PACKED_TEXT: Final = 1
_XMP: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_CREATOR: Final = re.compile(rb"<dc:creator>([\s\S]{1,2000}?)</dc:creator>|(exif:GPSLatitude)")
_TAGS: Final = re.compile(r"<[^<>]*>")

_NAMES_AUTHOR: Final = re.compile(
    r"author|artist|director|performer|composer|producer|publisher|owner|lyricist|writer"
    r"|actor|encoded_by|photography",
    re.IGNORECASE,
)
_NAMES_PLACE: Final = re.compile(r"location|gps", re.IGNORECASE)
_DEGREES: Final = re.compile(r"[+\-][0-9]{1,3}\.[0-9]+[+\-][0-9]{1,3}\.[0-9]+")

_EBML: Final = b"\x1a\x45\xdf\xa3"
# What is looked into: Segment, Info, Tracks, TrackEntry, Tags, Tag, SimpleTag, Attachments,
# AttachedFile; a Cluster only where it does not say where it ends.
_MASTERS: Final = frozenset(
    (0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1254C367, 0x7373, 0x67C8, 0x1941A469, 0x61A7)
)
_DOC_TYPE, _TRACK_TYPE, _CODEC = 0x4282, 0x83, 0x86
_TAG_NAME, _TAG_TEXT = 0x45A3, 0x4487
_TOLD: Final = {0x7BA9: "Title", 0x536E: "Name", 0x466E: "FileName", 0x467E: "FileDescription"}
_SIGHT: Final = 1


@dataclass(slots=True)
class Film:
    """`codecs` are how what is seen is packed; `kind` is the suffix that says it, "" of none."""

    kind: str = ""
    codecs: list[str] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)

    def tell(
        self, name: str, value: str, *, is_author: bool = False, is_place: bool = False
    ) -> None:
        value = value.strip("\0 \t\r\n")[:_MOST_TEXT]
        degrees = _DEGREES.search(value)
        if not value or len(self.properties) >= _MOST_PROPERTIES:
            return
        if degrees:
            self.properties.append(Property("GPS", degrees[0], "place"))
        elif is_place or _NAMES_PLACE.search(name):
            self.properties.append(Property(name, value, "place"))
        else:
            is_name = is_author or _NAMES_AUTHOR.search(name) is not None
            self.properties.append(Property(name, value, "author" if is_name else "text"))


def is_film(head: bytes) -> bool:
    """Return whether a file may be one of these, by its first bytes."""
    return head[4:8] == b"ftyp" or head.startswith(_EBML)


def read_film(content: bytes) -> Film:
    """Return what a file is, and tells; nothing is raised for a bad one."""
    return _read_elements(content) if content.startswith(_EBML) else _Boxes(content).film


@dataclass(slots=True)
class _Boxes:
    """One walk over the boxes of a file, at whatever depth."""

    content: bytes
    film: Film = field(default_factory=Film)
    _handler: bytes = b""
    _kinds: set[bytes] = field(default_factory=set)
    _keys: list[str] = field(default_factory=list)
    _end: int = 0

    def __post_init__(self) -> None:
        for name, start, stop in self._walk():
            if name == b"hdlr":
                self._handler = self.content[start + 8 : start + 12]
            elif name == b"stsd":
                self._note_track(self.content[start + 12 : start + 16])
            elif name == b"keys":
                self._keys = list(_list_keys(self.content[start:stop]))
            elif name == b"ilst":
                self._read_items(start, stop)
            elif (name == b"uuid" and self.content[start : start + 16] == _XMP) or name == b"XMP_":
                self._read_xmp(start, stop)
            elif name == b"loci":
                self.film.tell("location", "loci", is_place=True)
            elif name[:1] == b"\xa9" or name in _TEXTS:
                self._read_text(name, self.content[start:stop])
        self.film.kind = self._find_kind()

    def _walk(self) -> Iterator[tuple[bytes, int, int]]:
        """Yield name, start and end of what each box holds; the end is that of the file at most."""
        content, at = self.content, 0
        for _ in range(_MOST_STEPS):
            if at + 8 > len(content):
                break
            size, name = struct.unpack_from(">I4s", content, at)
            if size == 0 and min(name) < _LEAST_SIGN:  # how MOV ends a list
                at += 4
                continue
            start = at + 8
            if size == 1 and at + 16 <= len(content):
                (size,) = struct.unpack_from(">Q", content, start)
                start += 8
            stop = len(content) if size == 0 else at + size
            if stop < start:
                break
            if name in _WHOLE:
                self._end = max(self._end, stop)
            yield name, start, min(stop, len(content))
            if name == b"meta" and content[start + 4 : start + 8] != b"hdlr":
                start += 4  # its version; in MOV it has none
            at = start if name in _CONTAINERS else stop

    def _find_kind(self) -> str:
        brand = self.content[8:12]
        if brand in _SOUND_BRANDS:
            return "m4a"
        if not self._kinds or self._end > len(self.content):
            return ""  # a picture, or a copy that was broken off
        if b"vide" not in self._kinds:
            return "m4a"
        return "mov" if brand == b"qt  " else "mp4"

    def _note_track(self, codec: bytes) -> None:
        self._kinds.add(self._handler)
        shown = codec.decode("latin-1")
        if self._handler == b"vide":
            self.film.codecs.append(shown)
        elif codec in _MOVES:
            self.film.tell(f"GPS ({shown})", shown, is_place=True)

    def _read_text(self, name: bytes, value: bytes) -> None:
        """Read a text of QuickTime (length, language) or of 3GPP (version, language)."""
        text = value[6:] if name in _TEXTS else value[4:]
        self.film.tell(name.decode("latin-1"), _decode(text), is_author=name in _AUTHORS)

    def _read_items(self, start: int, stop: int) -> None:
        """Read a list of iTunes (by sign, or by name) or of Apple (by number of a key)."""
        for _ in range(_MOST_PROPERTIES):
            if start + 8 > stop:
                return
            size, sign = struct.unpack_from(">I4s", self.content, start)
            if size < 8:
                return
            item = self.content[start + 8 : min(start + size, stop)]
            number = int.from_bytes(sign, "big")
            name = sign.decode("latin-1")
            if 0 < number <= len(self._keys):
                name = self._keys[number - 1]
            elif sign == b"----" and b"name" in item:
                name = _decode(item.partition(b"name")[2][4:].partition(b"\0")[0])
            _, data, value = item.partition(b"data")
            if data and value[3:4] == bytes([_PACKED_TEXT]):
                self.film.tell(name, _decode(value[8:]), is_author=sign in _AUTHORS)
            start += size

    def _read_xmp(self, start: int, stop: int) -> None:
        for creator, place in _CREATOR.findall(self.content[start:stop]):
            if place:
                self.film.tell("XMP GPS", "GPS", is_place=True)
            else:
                text = " ".join(_TAGS.sub(" ", _decode(creator)).split())
                self.film.tell("dc:creator", text, is_author=True)


def _list_keys(value: bytes) -> Iterator[str]:
    """Yield the names that Apple numbers from 1: each with its length and where it is from."""
    at = 8
    for _ in range(_MOST_PROPERTIES):
        size = int.from_bytes(value[at : at + 4], "big")
        if size < 8 or at + size > len(value):
            return
        yield _decode(value[at + 8 : at + size])
        at += size


def _read_elements(content: bytes) -> Film:
    film, document, name, is_seen, at = Film(), "", "", False, 0
    end = 0
    for _ in range(_MOST_STEPS):
        number, at = _read_number(content, at, keep_length=True)
        size, start = _read_number(content, at)
        if number is None or size is None:
            break
        is_open = size == -1
        stop = start if is_open else start + size
        if number in _WHOLE_ELEMENTS:
            end = max(end, stop)
        value = content[start : min(stop, start + _MOST_TEXT)]
        if number == _DOC_TYPE:
            document = _decode(value)
        elif number == _TRACK_TYPE:
            is_seen = is_seen or int.from_bytes(value, "big") == _SIGHT
        elif number == _CODEC and value.startswith(b"V_"):
            film.codecs.append(_decode(value).strip("\0"))
        elif number == _TAG_NAME:
            name = _decode(value).strip("\0")
        elif number == _TAG_TEXT:
            film.tell(name or "Tag", _decode(value))
        elif number in _TOLD:
            film.tell(_TOLD[number], _decode(value))
        is_entered = is_open or number in _MASTERS or number == int.from_bytes(_EBML, "big")
        at = start if is_entered else stop
    if end <= len(content) and is_seen:
        film.kind = {"webm": "webm", "matroska": "mkv"}.get(document.strip("\0"), "")
    return film


def _read_number(content: bytes, at: int, *, keep_length: bool = False) -> tuple[int | None, int]:
    """Return a number of one to eight bytes and where the next begins; -1 for "unknown", None
    where there is none."""
    first = content[at] if at < len(content) else 0
    length = 9 - first.bit_length()
    if not first or at + length > len(content):
        return None, at
    number = int.from_bytes(content[at : at + length], "big")
    if not keep_length:
        number -= 1 << (7 * length)
        number = -1 if number == (1 << (7 * length)) - 1 else number
    return number, at + length


def _decode(value: bytes) -> str:
    return value[:_MOST_TEXT].decode("utf-8", errors="replace")
