"""One file of what earlier runs learnt. Missing, damaged or of another version: nothing is known.

Plain values only.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guongsang.publish.fingerprint import package_digest
from guongsang.publish.sealed import pack, read_sealed, unpack, write_sealed

# Below a newsroom's folder.
CACHE: Final = ".cache/guongsang"
_LENGTH_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Packed:
    """A head, and values by key that stay packed until somebody asks for them."""

    head: Any
    spans: Mapping[str, tuple[int, int]]
    data: memoryview

    def raw(self, key: str) -> memoryview:
        """Return a value as it is kept. Raises KeyError."""
        start, end = self.spans[key]
        return self.data[start:end]

    def get(self, key: str) -> Any:
        """Return a value, None where there is none of that key."""
        return unpack(self.raw(key)) if key in self.spans else None


def load_store(abs_path: Path) -> Any:
    """Return what was kept, None when there is nothing that can be used."""
    kept = read_sealed(abs_path, _header())
    return None if kept is None else unpack(kept)


def save_store(abs_path: Path, value: Any) -> None:
    """Keep a value made of None, numbers, text, bytes, tuples, lists and dicts."""
    write_sealed(abs_path, _header(), pack(value))


def load_packed(abs_path: Path) -> Packed | None:
    """Return what was kept, None when there is nothing that can be used."""
    kept = read_sealed(abs_path, _header())
    if kept is None:
        return None
    begin = int.from_bytes(kept[:_LENGTH_BYTES], "big")
    head, spans = unpack(kept[_LENGTH_BYTES:begin])
    return Packed(head, spans, kept[begin:])


def save_packed(abs_path: Path, head: Any, values: Mapping[str, bytes | memoryview]) -> None:
    """Keep a head of plain values, and values that `pack` has packed."""
    spans = {}
    at = 0
    for key, raw in values.items():
        spans[key] = (at, at + len(raw))
        at += len(raw)
    index = pack((head, spans))
    begin = (_LENGTH_BYTES + len(index)).to_bytes(_LENGTH_BYTES, "big")
    write_sealed(abs_path, _header(), begin, index, *values.values())


def _header() -> bytes:
    """Return what must be equal for a file to be read: program and Python."""
    return f"guongsang {package_digest()} {sys.version}\n".encode()
