"""One file of what earlier runs learnt. Missing, damaged, of another version: nothing is known.

Plain values only.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from guongsang.publish.fingerprint import package_digest
from guongsang.publish.sealed import pack, read_sealed, unpack, write_sealed


def load_store(abs_path: Path) -> Any:
    """Return what was kept, None when there is nothing that can be used."""
    kept = read_sealed(abs_path, _header())
    return None if kept is None else unpack(kept)


def save_store(abs_path: Path, value: Any) -> None:
    """Keep a value made of None, numbers, text, bytes, tuples, lists and dicts."""
    write_sealed(abs_path, _header(), pack(value))


def _header() -> bytes:
    """Return what must be equal for a file to be read: program and Python."""
    return f"guongsang {package_digest()} {sys.version}\n".encode()
