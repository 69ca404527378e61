"""The zip file that a Word document is: its parts, within limits, and nothing outside of it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.parsers import expat

from guongsang.intake.manuscript import UnreadableError

MOST_BYTES: Final = 200 * 1024 * 1024  # of the file
MOST_XML: Final = 48 * 1024 * 1024  # of one part; a book of a thousand pages has a tenth
MOST_MEDIA: Final = 40 * 1024 * 1024  # as the picture desk takes
MOST_PARTS: Final = 10_000
MOST_ELEMENTS: Final = 400_000  # of a part; a book has fewer
# A table in a table has four more levels. Beyond this nobody wrote by hand.
MOST_DEPTH: Final = 400
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_RELS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class Relation:
    """Where a relationship of a part leads; `is_external` where it leaves the file."""

    def __init__(self, kind: str, target: str, *, is_external: bool) -> None:
        self.kind, self.target, self.is_external = kind, target, is_external


class Package:
    """An opened file. Raises UnreadableError for what is none, or is made to do harm."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_BYTES:
            raise UnreadableError("too-big", size=f"{len(content) >> 20} MB")
        if content.startswith(_OLE):
            raise UnreadableError("password" if _ENCRYPTED in content else "old-word")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            infos = self._zip.infolist()
        except (*_FAULTS, NotImplementedError):
            raise UnreadableError("no-zip") from None
        if len(infos) > MOST_PARTS:
            raise UnreadableError("bomb")
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableError("password")
        # Some programs write names with backslashes or other capitals.
        self._names = {_plain(info.filename): info for info in infos}

    def has(self, name: str) -> bool:
        return _plain(name) in self._names

    def names(self) -> list[str]:
        return list(self._names)

    def read(self, name: str, most: int = MOST_MEDIA) -> bytes | None:
        """Return a part, None where there is none. Raises UnreadableError beyond `most` bytes."""
        info = self._names.get(_plain(name))
        if info is None:
            return None
        if info.file_size > most:
            raise UnreadableError("bomb")
        try:
            with self._zip.open(info) as part:
                found = part.read(most + 1)
        except (*_FAULTS, NotImplementedError):
            raise UnreadableError("damaged", part=name) from None
        if len(found) > most:  # sizes in a zip's table may lie
            raise UnreadableError("bomb")
        return found

    def read_xml(self, name: str) -> ET.Element | None:
        """Return a part's tree, None where there is none."""
        found = self.read(name, MOST_XML)
        return None if found is None else parse_xml(found, name)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relationships of a part by their ids."""
        folder, base = posixpath.split(name)
        tree = self.read_xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for each in [] if tree is None else tree.iter(_RELS):
            target = each.get("Target", "")
            is_external = each.get("TargetMode") == "External"
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            kind = each.get("Type", "").rpartition("/")[2]
            found[each.get("Id", "")] = Relation(kind, target, is_external=is_external)
        return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def parse_xml(content: bytes, name: str) -> ET.Element:
    """Return the tree of an XML text without declarations of its own: those bring entities."""
    guard = expat.ParserCreate()
    depth = elements = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MOST_DEPTH or elements > MOST_ELEMENTS:
            raise UnreadableError("too-deep" if depth > MOST_DEPTH else "bomb")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise UnreadableError("entities")

    guard.StartElementHandler, guard.EndElementHandler = start, end
    guard.StartDoctypeDeclHandler = refuse
    guard.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        guard.Parse(content, True)
        return ET.fromstring(content)  # noqa: S314 - looked through above
    except (expat.ExpatError, ET.ParseError, ValueError, LookupError):
        raise UnreadableError("damaged", part=name) from None
