"""Short names for what stands in Word's XML: "w:p", whichever edition of the standard wrote it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from xml.etree import ElementTree as ET

_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_MICROSOFT: Final = "http://schemas.microsoft.com/office/"
_OPEN: Final = {
    "w": ("wordprocessingml/2006/main", "wordprocessingml/main"),
    "r": ("officeDocument/2006/relationships", "officeDocument/relationships"),
    "a": ("drawingml/2006/main", "drawingml/main"),
    "wp": ("drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing"),
    "pic": ("drawingml/2006/picture", "drawingml/picture"),
    "c": ("drawingml/2006/chart", "drawingml/chart"),
    "dgm": ("drawingml/2006/diagram", "drawingml/diagram"),
    "m": ("officeDocument/2006/math", "officeDocument/math"),
    "mc": ("markup-compatibility/2006", ""),
}
_PREFIXES: Final = {
    **{_TRANSITIONAL + names[0]: prefix for prefix, names in _OPEN.items()},
    **{_STRICT + names[1]: prefix for prefix, names in _OPEN.items() if names[1]},
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    f"{_MICROSOFT}word/2010/wordprocessingShape": "wps",
    f"{_MICROSOFT}drawing/2014/chartex": "cx",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
# Of the two forms in which newer programs write one thing, those of the first that we read.
_READ: Final = frozenset(
    ("wps", "wpg", "wpc", "w14", "w15", "w16", "w16se", "w16cid", "a14", "wp14")
)
_OFF: Final = frozenset(("0", "false", "off", "none"))


def shorten(tree: ET.Element) -> ET.Element:
    """Give all elements and attributes of a tree their short names."""
    for each in tree.iter():
        each.tag = _short(each.tag)
        if any("}" in key for key in each.attrib):
            each.attrib = {_short(key): value for key, value in each.attrib.items()}
    return tree


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    uri, brace, local = name[1:].partition("}")
    return f"{_PREFIXES.get(uri, '?')}:{local}" if brace else name


def value_of(parent: ET.Element | None, name: str, attribute: str = "w:val") -> str:
    """Return an attribute of a child, "" where there is none."""
    child = None if parent is None else parent.find(name)
    return "" if child is None else child.get(attribute, "")


def is_on(parent: ET.Element | None, name: str) -> bool | None:
    """Return whether a switch is on; None where it is not there."""
    child = None if parent is None else parent.find(name)
    return None if child is None else child.get("w:val", "1").lower() not in _OFF


def choose(alternatives: ET.Element) -> ET.Element | None:
    """Return the form of `mc:AlternateContent` that is to be read; the others say the same."""
    for choice in alternatives.findall("mc:Choice"):
        if set(choice.get("Requires", "").split()) <= _READ:
            return choice
    fallback = alternatives.find("mc:Fallback")
    return alternatives.find("mc:Choice") if fallback is None else fallback


def to_int(text: str, default: int = 0) -> int:
    """Return a number as Word writes it, which sometimes is none."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default
