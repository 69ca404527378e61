"""The formats of pictures that a newsroom may use, stated once: their suffixes, their type, and how
one that is mended is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple


class Format(NamedTuple):
    """`suffixes` in lower case with the dot, the usual one first; `save` are Pillow's options.

    What is mended is the original of what readers get: better than any of their pictures, still a
    tenth of a camera's file.
    """

    suffixes: tuple[str, ...]
    mime: str
    save: Mapping[str, Any]


FORMATS: Final[Mapping[str, Format]] = {
    "JPEG": Format(
        (".jpg", ".jpeg", ".jpe", ".jfif"),
        "image/jpeg",
        {"quality": 90, "optimize": True, "progressive": True, "subsampling": "4:2:0"},
    ),
    "PNG": Format((".png",), "image/png", {"optimize": True}),
    "WEBP": Format((".webp",), "image/webp", {"quality": 90, "method": 4}),
    "AVIF": Format((".avif",), "image/avif", {"quality": 80, "speed": 7, "max_threads": 1}),
    "HEIF": Format((".heic", ".heif", ".hif"), "image/heif", {"quality": 85}),
    "TIFF": Format((".tif", ".tiff"), "image/tiff", {"compression": "tiff_deflate"}),
}
TYPES: Final[Mapping[str, str]] = {
    suffix: each.mime for each in FORMATS.values() for suffix in each.suffixes
}
# The suffixes without the dot, as a part of regular expressions.
SUFFIX: Final = "|".join(suffix[1:] for suffix in sorted(TYPES, key=len, reverse=True))
