"""Pictures within documents: their own metadata tells where they were taken, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from guongsang.enclosures.packed import Property, list_parts, read_parts
from guongsang.photos.traits.private import find_private
from guongsang.picture_formats import SUFFIX

_PICTURE: Final = re.compile(rf"\.(?:{SUFFIX})\Z", re.IGNORECASE)
_JPEG: Final = b"\xff\xd8\xff"
_MOST: Final = 200
# Metadata stand before the pixels; of a picture whose end is not known this much is looked at.
_HEAD: Final = 256 * 1024
# What tells of a place or a person; other metadata of a picture within a file is nobody's matter.
_TOLD: Final = frozenset(
    (
        *("GPS", "XMP location", "IPTC city", "IPTC location"),
        *("Artist", "XPAuthor", "CameraOwnerName", "XMP creator", "XMP person", "IPTC by-line"),
    )
)


def read_packed_pictures(content: bytes) -> list[Property]:
    """Return what the pictures in a packed file tell, each by its name and the kind of metadata."""
    wanted = [name for name in list_parts(content) if _PICTURE.search(name)][:_MOST]
    parts = read_parts(content, frozenset(wanted))
    return read_pictures((name.rpartition("/")[2], picture) for name, picture in parts)


def read_loose_pictures(content: bytes) -> list[Property]:
    """Return the same of JPEGs that stand in a file without a table of its pictures."""
    return read_pictures(_find_jpegs(content))


def read_pictures(pictures: Iterable[tuple[str, bytes]]) -> list[Property]:
    """Return what named pictures tell."""
    return [
        Property(f"{name}: {told}", told, "picture")
        for name, picture in pictures
        for told in find_private(picture)
        if told in _TOLD
    ]


def _find_jpegs(content: bytes) -> Iterator[tuple[str, bytes]]:
    at = content.find(_JPEG)
    for number in range(1, _MOST + 1):
        if at < 0:
            return
        yield f"JPEG {number}", content[at : at + _HEAD]
        at = content.find(_JPEG, at + len(_JPEG))
