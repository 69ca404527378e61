"""The properties of Office, OpenDocument and EPUB files, and of RTF, by the standard library."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from guongsang.enclosures.packed import Property, list_parts, read_parts

_META: Final = frozenset(
    {"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml"}
)
# Where a book says what it is; its container may call it anything else.
_BOOK: Final = ".opf"
# Where remarks and changes stand that somebody made, with the name.
_REMARKED: Final = re.compile(
    r"word/(?:document|comments|people|footnotes)\.xml|xl/(?:comments|persons/).*\.xml"
    r"|ppt/commentAuthors\.xml"
)
_REMARK_AUTHOR: Final = re.compile(
    rb'(?:w:author|w15:author|displayName|<p:cmAuthor [^>]*?name)="([^"]+)"'
    rb"|<author>([^<]+)</author>"
)
_AUTHORS: Final = frozenset(
    (
        *("creator", "lastModifiedBy", "initial-creator", "printed-by", "Manager", "Author"),
        "contributor",
    )
)
_RTF_AUTHORS: Final = frozenset({b"author", b"operator", b"manager"})
_RTF: Final = re.compile(
    rb"\{\\(author|operator|manager|title|subject|doccomm|keywords) ([^{}]*)\}"
)
_RTF_LETTER: Final = re.compile(r"\\u(-?[0-9]{1,5}) ?\??|\\'([0-9a-f]{2})|\\[a-z]+-?[0-9]* ?")
_MOST_XML: Final = 1024 * 1024


def read_office(content: bytes) -> list[Property]:
    """Return what a packed document says of itself and of those who worked on it."""
    parts = list_parts(content)
    wanted = frozenset(p for p in parts if _is_meta(p) or _REMARKED.fullmatch(p))
    found: list[Property] = []
    for name, part in read_parts(content, wanted):
        if _is_meta(name):
            found += _read_meta(part)
        else:
            authors = {one or other for one, other in _REMARK_AUTHOR.findall(part)}
            found += (
                Property("comments", each.decode("utf-8", "replace"), "author")
                for each in sorted(authors)
            )
    return found


def _is_meta(name: str) -> bool:
    return name in _META or name.lower().endswith(_BOOK)


def _read_meta(part: bytes) -> list[Property]:
    # No document needs entities of its own; whoever writes some wants to fill the memory.
    if len(part) > _MOST_XML or b"<!" in part.replace(b"<!--", b""):
        return []
    try:
        root = ElementTree.fromstring(part)  # noqa: S314 - no declarations, limited
    except ElementTree.ParseError:
        return []
    found = []
    for element in root.iter():
        name = element.get("name") or element.tag.rpartition("}")[2]
        value = " ".join("".join(element.itertext()).split())
        if value and (not len(element) or element.get("name")):
            found.append(Property(name, value, "author" if name in _AUTHORS else "text"))
    return found


def read_rtf(content: bytes) -> list[Property]:
    """Return what the head of an RTF file says of those who wrote it."""
    return [
        Property(name.decode(), _read_letters(value), "author" if name in _RTF_AUTHORS else "text")
        for name, value in _RTF.findall(content)
    ]


def _read_letters(value: bytes) -> str:
    return _RTF_LETTER.sub(_read_letter, value.decode("latin-1"))


def _read_letter(letter: re.Match[str]) -> str:
    if letter[1]:
        return chr(int(letter[1]) % 0x10000)
    return bytes.fromhex(letter[2]).decode("cp1258", "replace") if letter[2] else ""
