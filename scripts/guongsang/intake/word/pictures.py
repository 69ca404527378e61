"""Pictures, charts and boxes in Word's drawings, as the page shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as ET

from guongsang.intake.manuscript import Losses, Picture
from guongsang.intake.word.ooxml import choose, to_int
from guongsang.intake.word.package import Package, Relation

# Drawings of Windows, which no reader's browser shows.
_METAFILES: Final = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
_EMF_AT: Final = 40
_VML_STYLE: Final = re.compile(r"([a-z-]+)\s*:\s*([^;]+)", re.IGNORECASE)
_EQUATIONS: Final = ("equation", "mathtype")

Say = Callable[[], str]


def is_metafile(content: bytes) -> bool:
    """Return whether a file is EMF, WMF or one of them packed."""
    return content.startswith(_METAFILES) or content[_EMF_AT : _EMF_AT + 4] == b" EMF"


class Drawings:
    """Finds what stands in drawings; `where` tells what is written near the one that is read."""

    def __init__(self, package: Package, losses: Losses) -> None:
        self._package, self._losses = package, losses

    def find(
        self, drawing: ET.Element, relations: dict[str, Relation], where: Say
    ) -> tuple[list[Picture], list[ET.Element], list[str]]:
        """Return pictures, boxes of text and words made of letters as drawings, in their order."""
        search = _Search(self._package, self._losses, relations, where)
        search.scan(drawing, "")
        return search.pictures, search.boxes, search.words


class _Search:
    def __init__(
        self, package: Package, losses: Losses, relations: dict[str, Relation], where: Say
    ) -> None:
        self._package, self._losses = package, losses
        self._relations, self._where = relations, where
        self.pictures: list[Picture] = []
        self.boxes: list[ET.Element] = []
        self.words: list[str] = []

    def scan(self, element: ET.Element, alt: str) -> None:
        properties = element.find("wp:docPr")
        if properties is not None:
            alt = properties.get("descr") or ""
            if properties.get("hidden") in ("1", "true"):
                self._losses.add("hidden-picture", self._where())
                return
        for each in element:
            self._scan_child(each, alt)

    def _scan_child(self, each: ET.Element, alt: str) -> None:
        if each.tag == "w:txbxContent":
            self.boxes.append(each)
        elif each.tag == "mc:AlternateContent":
            chosen = choose(each)
            if chosen is not None:
                self.scan(chosen, alt)
        elif each.tag == "pic:pic":
            self._add_picture(each, alt)
        elif each.tag in ("c:chart", "cx:chart"):
            self._losses.add("chart", self._where())
        elif each.tag == "dgm:relIds":
            self._losses.add("diagram", self._where())
        elif each.tag == "v:imagedata":
            pass  # read with the shape around it
        elif each.tag == "v:textpath":
            self.words.append(each.get("string", ""))
        elif each.tag == "o:OLEObject":
            self._tell_object(each)
        else:
            if each.tag.startswith("v:"):
                self._add_shape(each)
            self.scan(each, alt)

    def _tell_object(self, element: ET.Element) -> None:
        program = element.get("ProgID", "")
        is_equation = program.lower().startswith(_EQUATIONS)
        told = self._where() if is_equation else f"{program}, {self._where()}"
        self._losses.add("equation" if is_equation else "object", told)

    def _add_picture(self, element: ET.Element, alt: str) -> None:
        fill = element.find("pic:blipFill")
        blip = None if fill is None else fill.find("a:blip")
        if fill is None or blip is None:
            return
        loaded = self._load(blip.get("r:embed", ""), blip.get("r:link", ""))
        if loaded is None:
            return
        crop = fill.find("a:srcRect")
        shape = element.find("pic:spPr")
        form = None if shape is None else shape.find("a:xfrm")
        properties = element.find("pic:nvPicPr")
        named = None if properties is None else properties.find("pic:cNvPr")
        alt = alt or ("" if named is None else named.get("descr", ""))
        get: Callable[[str], str] = (lambda _: "") if form is None else (lambda k: form.get(k, ""))
        self.pictures.append(
            Picture(
                *loaded,
                crop=_read_crop(crop),
                turn=to_int(get("rot")) / 60_000,
                flip_across=get("flipH") in ("1", "true"),
                flip_down=get("flipV") in ("1", "true"),
                alt=_clean_alt(alt),
            )
        )

    def _add_shape(self, element: ET.Element) -> None:
        """Add the picture of an old drawing."""
        data = element.find("v:imagedata")
        if data is None:
            return
        loaded = self._load(data.get("r:id", ""), data.get("r:link", ""))
        if loaded is None:
            return
        style = {
            key.lower(): value.strip()
            for key, value in _VML_STYLE.findall(element.get("style", ""))
        }
        flip = style.get("flip", "").split()
        sides = ("cropleft", "croptop", "cropright", "cropbottom")
        left, top, right, bottom = (_fraction(data.get(side, "")) for side in sides)
        self.pictures.append(
            Picture(
                *loaded,
                crop=(left, top, right, bottom),
                turn=_degrees(style.get("rotation", "")),
                flip_across="x" in flip,
                flip_down="y" in flip,
                alt=_clean_alt(element.get("alt", "")),
            )
        )

    def _load(self, embedded: str, linked: str) -> tuple[str, bytes] | None:
        """Return name and content of a picture; what is outside of the file is never opened."""
        relation = self._relations.get(embedded) or self._relations.get(linked)
        if relation is None:
            if embedded or linked:
                self._losses.add("picture-gone", self._where())
            return None
        name = relation.target.rpartition("/")[2]
        if relation.is_external:
            self._losses.add("picture-outside", f"{name}, {self._where()}")
            return None
        content = self._package.read(relation.target)
        if content is None:
            self._losses.add("picture-gone", f"{name}, {self._where()}")
            return None
        if is_metafile(content) or name.lower().endswith((".emf", ".wmf", ".emz", ".wmz")):
            self._losses.add("metafile", f"{name}, {self._where()}")
            return None
        return name, content


def _read_crop(crop: ET.Element | None) -> tuple[float, float, float, float]:
    """Return the parts cut off; a picture that was made smaller in its frame loses nothing."""
    if crop is None:
        return 0.0, 0.0, 0.0, 0.0
    left, top, right, bottom = (_percent(crop.get(side, "")) for side in "ltrb")
    return left, top, right, bottom


def _percent(text: str) -> float:
    """Return the fraction of "12500" (thousandths of a percent) or, in the strict form, "12.5%"."""
    part = _to_float(text[:-1]) / 100 if text.endswith("%") else _to_float(text) / 100_000
    return min(max(part, 0.0), 1.0)


def _fraction(text: str) -> float:
    """Return the fraction of "0.25" or "16384f", 65,536 parts of the whole."""
    part = _to_float(text[:-1]) / 65_536 if text.endswith("f") else _to_float(text)
    return min(max(part, 0.0), 1.0)


def _degrees(text: str) -> float:
    return _to_float(text[:-2]) / 65_536 if text.endswith("fd") else _to_float(text)


def _to_float(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if abs(found) < 1e9 else 0.0


_GUESSED: Final = re.compile(r"automatically generated|AI-generated|tạo tự động", re.IGNORECASE)
_MACHINE_ALT: Final = re.compile(
    r"\S*[\\/]\S+|\S+\.(?:jpe?g|png|gif|bmp|tiff?|webp|heic)|(?:picture|image|ảnh|hình) ?\d*",
    re.IGNORECASE,
)


def _clean_alt(alt: str) -> str:
    """Return a description that a person wrote: no file name, and no guess of a program."""
    text = " ".join(alt.split())
    is_made = _MACHINE_ALT.fullmatch(text) or _GUESSED.search(text)
    return "" if is_made else text
