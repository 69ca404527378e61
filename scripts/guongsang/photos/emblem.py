"""A newsroom's logo and icon: PNG or SVG, small, and with nothing in it that could do harm."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from guongsang.photos.facts import PhotoFault, fault
from guongsang.photos.opening import READ_FAULTS, open_photo, sniff_format
from guongsang.photos.traits.strip import strip_png

MOST_BYTES: Final = 200 * 1024
# A logo stands 44 pixels high, on good screens with twice or three times as many; icons are square.
LEAST_LOGO: Final = 88
LEAST_ICON: Final = 180
MOST_PIXELS: Final = 2048

# What shows something, and what that is made of; all else may run, load or lead somewhere.
_ELEMENTS: Final = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "switch"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker"),
        *("filter", "feGaussianBlur", "feOffset", "feBlend", "feColorMatrix", "feComposite"),
        *("feFlood", "feMerge", "feMergeNode", "feMorphology", "feDropShadow"),
    )
)
_W3: Final = "http://www.w3.org/"
_SVG: Final = f"{_W3}2000/svg"
_RDF: Final = f"{_W3}1999/02/22-rdf-syntax-ns#"
_LINKS: Final = frozenset(("href", "src", "xml:base", "base"))
# In a style or a presentation attribute: whatever is loaded from elsewhere.
_LOADS: Final = re.compile(
    r"@import|url\(\s*+[\"']?+\s*+(?!#)[^)]{0,40}|expression\(|\\", re.IGNORECASE
)


class _HarmError(Exception):
    """A drawing holds what must not be published."""


@dataclass(frozen=True, slots=True)
class EmblemFacts:
    """A logo or icon that may be published. `sha256` is that of the published bytes, sizes are
    pixels, or units of an SVG's own."""

    name: str
    sha256: str
    type: str
    width: float
    height: float


def read_emblem(abs_path: Path) -> EmblemFacts | PhotoFault:
    """Read a logo or icon; nothing is raised for a bad file."""
    name = abs_path.name
    try:
        size = abs_path.stat().st_size
        if size > MOST_BYTES:
            return fault("GS328", name, found=f"{size // 1024} KB")
        content = abs_path.read_bytes()
    except OSError:
        return fault("GS327", name)
    kind, _ = sniff_format(content[:512])
    if kind == "PNG" and name.endswith(".png"):
        return _read_png(content, name)
    if kind == "SVG" and name.endswith(".svg"):
        return _read_svg(content, name)
    return fault("GS327", name)


def publish_emblem(abs_path: Path) -> bytes:
    """Return the bytes of a readable emblem as they are published, without metadata."""
    return _strip(abs_path.read_bytes(), abs_path.name)


def check_size(facts: EmblemFacts, key: str) -> str | None:
    """Return the size of an emblem that does not do as a "logo" or an "icon"."""
    width, height = facts.width, facts.height
    is_drawn = facts.type == "image/svg+xml"
    if key == "icon":
        is_square = abs(width - height) <= 0.02 * max(width, height)
        is_good = is_square and (is_drawn or LEAST_ICON <= width <= MOST_PIXELS)
    else:
        is_good = height <= 2 * width <= 24 * height
        is_good = is_good and (is_drawn or (height >= LEAST_LOGO and width <= MOST_PIXELS))
    return None if is_good else f"{width:.10g}×{height:.10g}"


def _strip(content: bytes, name: str) -> bytes:
    return strip_png(content) if name.endswith(".png") else content


def _tell(content: bytes, name: str, kind: str, size: tuple[float, float]) -> EmblemFacts:
    digest = hashlib.sha256(_strip(content, name)).hexdigest()
    return EmblemFacts(name, digest, kind, *size)


def _read_png(content: bytes, name: str) -> EmblemFacts | PhotoFault:
    try:
        with open_photo(io.BytesIO(content), "PNG") as image:
            size = image.size
            if max(size) <= MOST_PIXELS:  # larger ones are refused for that
                image.load()
        return _tell(content, name, "image/png", size)
    except READ_FAULTS:
        return fault("GS327", name)


def _read_svg(content: bytes, name: str) -> EmblemFacts | PhotoFault:
    """Read an SVG without following anything in it; entities and instructions are refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    root: list[dict[str, str]] = []
    open_styles: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if not root:
            root.append(attributes if tag == f"{_SVG} svg" else {})
        open_styles.append(tag.rpartition(" ")[2] == "style")
        for what in _list_harm(tag, attributes):
            raise _HarmError(what)

    def read_text(text: str) -> None:
        found = _LOADS.search(text) if open_styles[-1] else None
        if found:
            raise _HarmError(found[0])

    def read_instruction(target: str, _: str) -> None:
        raise _HarmError(f"<?{target}")

    def read_doctype(_: str, system_id: str | None, __: str | None, has_more: bool) -> None:
        # Old programs name the standard's; no browser asks for it. Entities could hide anything.
        if has_more or not (system_id or "").startswith(_W3):
            raise _HarmError("<!DOCTYPE")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_styles.pop()
    parser.CharacterDataHandler = read_text
    parser.ProcessingInstructionHandler = read_instruction
    parser.StartDoctypeDeclHandler = read_doctype
    try:
        parser.Parse(content, True)
    except _HarmError as error:
        return fault("GS329", name, row=parser.CurrentLineNumber, what=str(error)[:60])
    except (expat.ExpatError, ValueError):
        return fault("GS327", name)
    size = _size_of(root[0])
    return (
        fault("GS328", name, found="SVG")
        if size is None
        else _tell(content, name, "image/svg+xml", size)
    )


def _list_harm(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    space, _, local = tag.rpartition(" ")
    # Elements of drawing programs do nothing; those of web pages do within a drawing, too.
    is_known = local in _ELEMENTS if space in ("", _SVG) else _is_inert(space)
    if not is_known:
        yield f"<{local}>"
    for name, value in attributes.items():
        plain = name.rpartition(" ")[2]
        if plain.lower().startswith("on"):
            yield plain
        elif plain in _LINKS and not value.strip().startswith("#"):
            yield f'{plain}="{value}"'
        elif found := _LOADS.search(value):
            yield f'{plain}="{found[0]}'


def _is_inert(namespace: str) -> bool:
    return namespace == _RDF or not namespace.startswith(_W3)


def _size_of(attributes: dict[str, str]) -> tuple[float, float] | None:
    """Return the size of an SVG by its viewBox: without one it does not scale."""
    numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    try:
        _, _, width, height = map(float, numbers)
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
