"""One file of what earlier runs learnt. Missing, damaged or of another version: nothing is known.

Plain values only, in Python's own fastest format. That format is not safe for bytes that somebody
else has made, so nothing is read whose digest is not right.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import sys
from pathlib import Path
from typing import Any, Final

from guongsang.publish.fingerprint import package_digest
from guongsang.publish.manifest import write_whole

# Below a newsroom's folder.
CACHE: Final = ".cache/guongsang"
_DIGEST_BYTES: Final = 32


def load_store(abs_path: Path) -> Any:
    """Return what was kept, None when there is nothing that can be used."""
    try:
        data = abs_path.read_bytes()
    except OSError:
        return None
    header = _header()
    start = len(header) + _DIGEST_BYTES
    if not data.startswith(header):
        return None
    kept = memoryview(data)[start:]
    if hashlib.sha256(kept).digest() != data[len(header) : start]:
        return None
    # The collector would look at all that was unpacked again and again: it has no cycles.
    was_on = gc.isenabled()
    gc.disable()
    try:
        return marshal.loads(kept)  # noqa: S302 - our own bytes, as the digest tells
    finally:
        if was_on:
            gc.enable()


def save_store(abs_path: Path, value: Any) -> None:
    """Keep a value made of None, numbers, text, bytes, tuples, lists and dicts."""
    kept = marshal.dumps(value)
    abs_path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(abs_path, _header() + hashlib.sha256(kept).digest() + kept)


def _header() -> bytes:
    """Return what must be equal for a file to be read: program and Python."""
    return f"guongsang {package_digest()} {sys.version}\n".encode()
