"""One file of what earlier runs learnt. Missing, damaged, of another version or place: nothing is
known.

Plain values only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from guongsang.publish.fingerprint import package_digest
from guongsang.publish.sealed import (
    DIGEST_BYTES,
    choose_group,
    map_file,
    pack,
    read_sealed,
    unpack,
    write_sealed,
    write_whole,
)

# Below a newsroom's folder.
CACHE: Final = ".cache/guongsang"
_LENGTH_BYTES: Final = 8
# Of how many keys a group consists, about.
_GROUP_KEYS: Final = 64


# Where a value stands, and its checksum.
_Span = tuple[int, int, int]


class DamagedValueError(Exception):
    """A value that was kept is not what it was: nothing of its store can be relied upon."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A head, and values by key that stay packed until somebody asks for them.

    So do most keys: a hundred thousand of them take longer to unpack than the rest of a small
    build. They are in groups; the checksum of a key tells its group. A value is compared with its
    own checksum when it is asked for: to read all of them takes as long as an edit may.
    """

    head: Any
    groups: tuple[bytes, ...]
    data: memoryview
    _found: dict[int, dict[str, _Span]] = field(default_factory=dict)

    def raw(self, key: str) -> memoryview:
        """Return a value as it is kept. Raises KeyError, DamagedValueError."""
        start, end, checksum = self._group_of(key)[key]
        value = self.data[start:end]
        if crc32(value) != checksum:
            raise DamagedValueError
        return value

    def get(self, key: str) -> Any:
        """Return a value, None where there is none of that key. Raises DamagedValueError."""
        return unpack(self.raw(key)) if key in self._group_of(key) else None

    def keys(self) -> list[str]:
        """Return all keys in the order in which they were kept."""
        spans = {key: span for group in self.groups for key, span in unpack(group).items()}
        return sorted(spans, key=spans.__getitem__)

    def _group_of(self, key: str) -> dict[str, _Span]:
        at = choose_group(key, len(self.groups))
        if at not in self._found:
            self._found[at] = unpack(self.groups[at])
        return self._found[at]


def load_store(abs_path: Path) -> Any:
    """Return what was kept, None when there is nothing that can be used."""
    kept = read_sealed(abs_path, _header(abs_path))
    return None if kept is None else unpack(kept)


def save_store(abs_path: Path, value: Any) -> None:
    """Keep a value made of None, numbers, text, bytes, tuples, lists and dicts."""
    write_sealed(abs_path, _header(abs_path), pack(value))


def load_packed(abs_path: Path) -> Packed | None:
    """Return what was kept, None when there is nothing that can be used."""
    data, header = map_file(abs_path), _header(abs_path)
    if data is None or data[: len(header)] != header:
        return None
    start = len(header) + DIGEST_BYTES
    kept = data[start:]
    begin = int.from_bytes(kept[:_LENGTH_BYTES], "big")
    if sha256(kept[:begin]).digest() != data[len(header) : start]:
        return None
    head, groups, size = unpack(kept[_LENGTH_BYTES:begin])
    return Packed(head, groups, kept[begin:]) if len(kept) == begin + size else None


def save_packed(abs_path: Path, head: Any, values: Mapping[str, bytes | memoryview]) -> None:
    """Keep a head of plain values, and values that `pack` has packed."""
    groups: list[dict[str, _Span]] = [{} for _ in range(len(values) // _GROUP_KEYS + 1)]
    at = 0
    for key, raw in values.items():
        end = at + len(raw)
        groups[choose_group(key, len(groups))][key] = (at, end, crc32(raw))
        at = end
    index = pack((head, tuple(map(pack, groups)), at))
    begin = (_LENGTH_BYTES + len(index)).to_bytes(_LENGTH_BYTES, "big")
    digest = sha256(begin + index).digest()
    abs_path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(abs_path, (_header(abs_path), digest, begin, index, *values.values()))


def _header(abs_path: Path) -> bytes:
    """Return what must be equal for a file to be read: program, Python, and where it lies.

    What is kept names files by their whole path, so a newsroom that was copied or moved begins
    anew.
    """
    place = os.fsencode(os.path.abspath(abs_path.parent))  # noqa: PTH100 - of a folder, unresolved
    return f"guongsang {package_digest()} {sys.version} ".encode() + place + b"\n"
