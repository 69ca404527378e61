"""Files that are whole or count for nothing: written in one step, read only if nothing is lost."""

from __future__ import annotations

import gc
import hashlib
import marshal
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from zlib import crc32

DIGEST_BYTES: Final = 32


def read_sealed(abs_path: Path, header: bytes) -> memoryview | None:
    """Return what stands behind the header; None where header or digest are not right."""
    try:
        data = abs_path.read_bytes()
    except OSError:
        return None
    start = len(header) + DIGEST_BYTES
    if not data.startswith(header):
        return None
    kept = memoryview(data)[start:]
    is_whole = hashlib.sha256(kept).digest() == data[len(header) : start]
    return kept if is_whole else None


def read_seal(abs_path: Path, header: bytes) -> bytes:
    """Return the digest that a file claims for itself, nothing where there is none."""
    try:
        with abs_path.open("rb") as file:
            data = file.read(len(header) + DIGEST_BYTES)
    except OSError:
        return b""
    return data.removeprefix(header) if data.startswith(header) else b""


def write_sealed(abs_path: Path, header: bytes, kept: bytes) -> None:
    """Write a header, a digest and what it is for."""
    abs_path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(abs_path, (header, hashlib.sha256(kept).digest(), kept))


def pack(value: Any) -> bytes:
    """Return a value made of None, numbers, text, bytes, tuples, lists and dicts as bytes.

    Python's own fastest format, not safe for bytes that somebody else has made: unpack only what
    was sealed.
    """
    return marshal.dumps(value)


def unpack(kept: bytes | memoryview) -> Any:
    return unpack_each((kept,))[0]


def unpack_each(kept: Iterable[bytes | memoryview]) -> list[Any]:
    # The collector would look at all that was unpacked again and again: it has no cycles.
    was_on = gc.isenabled()
    gc.disable()
    try:
        return [marshal.loads(each) for each in kept]  # noqa: S302 - our own bytes
    finally:
        if was_on:
            gc.enable()


def choose_group(key: str, groups: int) -> int:
    """Return which of some groups a key belongs to: its checksum tells."""
    return crc32(key.encode()) % groups


def write_whole(abs_path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write a file by temporary file and rename."""
    temporary = abs_path.with_name(f".{abs_path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.writelines(parts)
        temporary.replace(abs_path)
    finally:
        temporary.unlink(missing_ok=True)
