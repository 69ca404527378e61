"""Take in a picture from elsewhere, as the page that it was on shows it: cut, turned, clean, small.

Nothing of it touches the disk: what is written later has neither metadata nor what was cut off.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from guongsang.photos.facts import (
    MAX_BYTES,
    MAX_PIXELS,
    MAX_SIDE_IN_GIT,
    PhotoFacts,
    PhotoFault,
    fault,
    fault_of_error,
    read_facts_of,
)
from guongsang.photos.opening import (
    HEAD_BYTES,
    READ_FAULTS,
    open_photo,
    read_orientation,
    sniff_format,
    turn_upright,
)
from guongsang.photos.pixels import flatten, plan_colours
from guongsang.photos.shrink import mend_content
from guongsang.photos.whole import find_damage
from guongsang.picture_formats import FORMATS

# Old formats of documents; as PNG they look the same everywhere.
_CONVERTED: Final = ("BMP", "GIF")
_STEPS: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class View:
    """How a page shows a picture: parts cut off at left, top, right and bottom, then flips, then a
    turn in degrees clockwise."""

    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turn: float = 0.0
    flip_across: bool = False
    flip_down: bool = False

    @property
    def is_plain(self) -> bool:
        return not (any(self.crop) or self.turn % 360 or self.flip_across or self.flip_down)


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that may be written; `suffix` is that of its format, with the dot."""

    content: bytes
    suffix: str
    width: int
    height: int


def take_photo(content: bytes, name: str, view: View | None = None) -> Taken | PhotoFault:
    """Return a picture at its size in the file, at most as large as the repository keeps."""
    view = view or View()
    file_format, _ = sniff_format(content[:HEAD_BYTES])
    try:
        if file_format in _CONVERTED:
            converted = _convert(content, file_format, name)
            if isinstance(converted, PhotoFault):
                return converted
            content, file_format = converted, "PNG"
        stem = name.rpartition(".")[0] or name
        named = f"{stem}{FORMATS[file_format].suffixes[0]}" if file_format in FORMATS else name
        facts = read_facts_of(content, named)
        if isinstance(facts, PhotoFault):
            return facts
        damaged = find_damage(content, facts.format, named)
        if damaged is not None:
            return damaged
        if view.is_plain:
            made, size = mend_content(content, facts)
        else:
            made, size = _make_view(content, facts, view)
    except READ_FAULTS as error:
        return fault_of_error(error, name)
    return Taken(made, FORMATS[facts.format].suffixes[0], *size)


def _convert(content: bytes, file_format: str, name: str) -> bytes | PhotoFault:
    if len(content) > MAX_BYTES:
        return fault("GS404", name, size=f"{len(content) >> 20} MB")
    with Image.open(io.BytesIO(content), formats=[file_format]) as image:
        if image.width * image.height > MAX_PIXELS:
            return fault("GS404", name, size=f"{image.width * image.height / 1e6:.0f} megapixel")
        if getattr(image, "n_frames", 1) > 1:
            return fault("GS407", name, format=file_format)
        file = io.BytesIO()
        flatten(image).save(file, "PNG")
    return file.getvalue()


def _make_view(content: bytes, facts: PhotoFacts, view: View) -> tuple[bytes, tuple[int, int]]:
    with open_photo(io.BytesIO(content), facts.format) as image:
        # Who turned a picture has turned the pixels of the file, whatever a camera says of them.
        orientation = 1 if view.turn % 360 else read_orientation(image)
        profile = image.info.get("icc_profile")
        image.load()
        flat = flatten(image)
    left, top, right, bottom = view.crop
    box = (
        min(round(flat.width * left), flat.width - 1),
        min(round(flat.height * top), flat.height - 1),
        *(flat.width - round(flat.width * right), flat.height - round(flat.height * bottom)),
    )
    if box[2] > box[0] and box[3] > box[1]:
        flat = flat.crop(box)
    flat = ImageOps.mirror(flat) if view.flip_across else flat
    flat = ImageOps.flip(flat) if view.flip_down else flat
    flat = turn_upright(_turn(flat, view.turn), orientation)
    part = min(1.0, MAX_SIDE_IN_GIT / max(flat.size))
    if part < 1:
        size = (max(1, round(flat.width * part)), max(1, round(flat.height * part)))
        flat = flat.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    made = plan_colours(flat.mode, profile)(flat)
    made.info = {}
    file = io.BytesIO()
    made.save(file, facts.format, **FORMATS[facts.format].save)
    return file.getvalue(), made.size


def _turn(image: Image.Image, degrees: float) -> Image.Image:
    """Return a picture turned clockwise; where it is askew, corners are white."""
    exact = round(degrees) % 360
    if abs(degrees - round(degrees)) < 0.5 and exact in (0, *_STEPS):
        return image.transpose(_STEPS[exact]) if exact else image
    white = 255 if image.mode == "L" else (255,) * len(image.getbands())
    if image.mode == "CMYK":
        white = (0, 0, 0, 0)
    return image.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=white)
