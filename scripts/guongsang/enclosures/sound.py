"""The properties of recordings."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tinytag import TinyTag, TinyTagException

from guongsang.enclosures.packed import Property

_FAULTS: Final = (
    *(TinyTagException, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError),
    *(struct.error, EOFError, RecursionError, OverflowError, MemoryError),
)
_AUTHORS: Final = frozenset(
    (
        *("albumartist", "arranger", "artist", "author", "composer", "conductor", "lyricist"),
        *("original_artist", "owner", "performer"),
    )
)
# Where a telephone recorded it, as degrees: "+22.3964+103.4582/".
_PLACE: Final = re.compile(
    rb"(?:\xa9xyz|location\.ISO6709|GPS)[\s\S]{0,40}?([+\-][0-9]{1,3}\.[0-9]+[+\-][0-9]{1,3}\.[0-9]+)"
)


def read_sound(content: bytes) -> list[Property]:
    """Return what a recording says of itself; only the place of one that cannot be read."""
    try:
        tags: Mapping[str, object] = TinyTag.get(
            file_obj=io.BytesIO(content), duration=False
        ).as_dict()
    except _FAULTS:
        tags = {}
    found = [
        Property(name, value, "author" if name in _AUTHORS else "text")
        for name, values in sorted(tags.items())
        for value in _list_texts(values)
    ]
    place = _PLACE.search(content)
    return [*found, Property("GPS", place[1].decode(), "place")] if place else found


def _list_texts(values: object) -> Iterator[str]:
    each: Iterable[object] = values if isinstance(values, list) else (values,)
    yield from (text for value in each if isinstance(value, str) and (text := value.strip()))
