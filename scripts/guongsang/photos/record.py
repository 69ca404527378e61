"""What is known of the finished files of a picture: length and digest, beside its placeholder.

Caches lose bytes in power cuts, on full disks and on the way between machines. A file that is not
what its record says counts as not made.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from guongsang.photos.cache import write_cached

# Two jobs may show one picture in different shapes, and add to its record at the same time.
_ADDING: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Finished:
    """A file as it was written; its length in bytes."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """`placeholder` is a data URI; `files` are by their names in the cache."""

    placeholder: str = ""
    files: Mapping[str, Finished] = field(default_factory=dict)

    def is_whole(self, path: Path) -> bool:
        """Read a file and return whether it is what it was when it was written."""
        known = self.files.get(path.name)
        if known is None:
            return False
        try:
            content = path.read_bytes()
        except OSError:
            return False
        return len(content) == known.bytes and _digest(content) == known.sha256


def read_record(path: Path) -> PhotoRecord:
    """Return a record; an empty one where there is none, or it is damaged."""
    try:
        digest, _, told = path.read_bytes().partition(b"\n")
    except OSError:
        return PhotoRecord()
    if _digest(told).encode() != digest:
        return PhotoRecord()
    placeholder, files = json.loads(told)
    return PhotoRecord(placeholder, {name: Finished(*each) for name, each in files.items()})


def add_to_record(path: Path, placeholder: str, made: Mapping[str, bytes]) -> None:
    """Note files that were written, by name, beside those that are known. Raises OSError."""
    with _ADDING:
        files = {name: (each.bytes, each.sha256) for name, each in read_record(path).files.items()}
        files |= {name: (len(content), _digest(content)) for name, content in made.items()}
        told = json.dumps([placeholder, files], separators=(",", ":"), sort_keys=True).encode()
        write_cached(path, _digest(told).encode() + b"\n" + told)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
