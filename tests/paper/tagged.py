"""A tagged PDF as a screen reader takes it: its elements in order, each with its text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

_CHARACTER = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGE = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass
class Element:
    """A structure element: its kind ("H1", "P", "Figure"), text, alternative text, the pages that
    it stands on, from 0."""

    kind: str
    alt: str = ""
    children: list[Element | str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    def walk(self) -> Iterator[Element]:
        yield self
        for each in self.children:
            if isinstance(each, Element):
                yield from each.walk()

    def find(self, *kinds: str) -> list[Element]:
        return [each for each in self.walk() if each.kind in kinds]


def read_tags(pdf: bytes) -> Element:
    """Return the whole document. What is marked as an artifact is not in it."""
    reader = PdfReader(io.BytesIO(pdf))
    pages = [_read_page(page, reader) for page in reader.pages]
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
    root = Element("root")
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    _read_kids(tree.get("/K"), None, root, pages, numbers)
    return root


def squeeze(text: str) -> str:
    """Return a text without white space: where lines end is no part of it."""
    return re.sub(r"\s+", "", text)


def _read_kids(
    kids: Any, page: int | None, into: Element, pages: list[dict[int, str]], numbers: dict[int, int]
) -> None:
    if isinstance(kids, IndirectObject):
        kids = kids.get_object()
    if kids is None:
        return
    if isinstance(kids, int):
        into.children.append(pages[page].get(int(kids), ""))
        into.pages.add(page)
        return
    if isinstance(kids, list):
        for each in kids:
            _read_kids(each, page, into, pages, numbers)
        return
    assert isinstance(kids, DictionaryObject)
    if "/Pg" in kids:
        page = numbers[kids.raw_get("/Pg").idnum]
    if kids.get("/Type") == "/OBJR":
        return
    if "/MCID" in kids:
        _read_kids(kids["/MCID"], page, into, pages, numbers)
        return
    element = Element(str(kids.get("/S", "")).lstrip("/"), str(kids.get("/Alt", "")))
    into.children.append(element)
    _read_kids(kids.get("/K"), page, element, pages, numbers)
    into.pages |= element.pages


def _read_page(page: Any, reader: PdfReader) -> dict[int, str]:
    """Return the text of each marked content of a page."""
    found: dict[int, str] = {}
    _read_stream(page.get_contents(), page.get("/Resources", {}), reader, found, [])
    return found


def _read_stream(
    content: Any, resources: Any, reader: PdfReader, found: dict[int, str], open_: list[Any]
) -> None:
    fonts = {name: _read_font(font) for name, font in resources.get("/Font", {}).items()}
    font: dict[int, str] = {}
    for operands, operator in ContentStream(content, reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            if not isinstance(properties, dict):
                properties = resources.get("/Properties", {}).get(properties, {})
            mark = properties.get("/MCID")
            actual = properties.get("/ActualText")
            if actual is not None:
                _add(found, open_, str(actual))
            open_.append((mark, actual is not None))
        elif operator == b"EMC":
            open_.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ", b"'", b'"') and not any(hidden for _, hidden in open_):
            parts = operands[0] if operator == b"TJ" else operands[-1:]
            for part in parts:
                if isinstance(part, (bytes, str)):
                    _add(found, open_, _decode(part, font))


def _add(found: dict[int, str], open_: list[Any], text: str) -> None:
    mark = next((mark for mark, _ in reversed(open_) if mark is not None), None)
    if mark is not None:
        found[int(mark)] = found.get(int(mark), "") + text


def _decode(part: Any, font: dict[int, str]) -> str:
    raw = part.original_bytes if hasattr(part, "original_bytes") else bytes(part)
    codes = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
    return "".join(font[code] for code in codes)


def _read_font(font: Any) -> dict[int, str]:
    """Return which text each glyph stands for, from the map that the PDF has for that."""
    text = font.get_object()["/ToUnicode"].get_object().get_data().decode("latin-1")
    letters: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        letters |= {int(code, 16): _unhex(told) for code, told in _CHARACTER.findall(block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, told in _RANGE.findall(block):
            begin = int(told, 16)
            for n in range(int(last, 16) - int(first, 16) + 1):
                letters[int(first, 16) + n] = chr(begin + n)
    return letters


def _unhex(told: str) -> str:
    return bytes.fromhex(told).decode("utf-16-be")
