"""Mend a picture in place before it goes into git: small enough, and silent about people."""

from __future__ import annotations

import hashlib
import io
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import ExifTags, Image

from guongsang.photos.facts import (
    MAX_SIDE_IN_GIT,
    PhotoFacts,
    PhotoFault,
    fault,
    fault_of_error,
    read_facts,
)
from guongsang.photos.opening import READ_FAULTS, open_photo, read_orientation
from guongsang.photos.pixels import decode_upright, scale

# The originals of what readers get: better than any derivative, still a tenth of a camera's file.
_SAVE_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "JPEG": {"quality": 90, "optimize": True, "progressive": True, "subsampling": "4:2:0"},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
    "AVIF": {"quality": 80, "speed": 7, "max_threads": 1},
    "HEIF": {"quality": 85},
    "TIFF": {"compression": "tiff_deflate"},
}
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOS: Final = 0xDA
_EOI: Final = 0xD9


@dataclass(frozen=True, slots=True)
class Shrunk:
    """What a picture was and is; sizes in bytes, `width` and `height` of the new one in pixels."""

    bytes_before: int
    bytes_after: int
    width: int
    height: int
    removed: tuple[str, ...]


def shrink_photo(
    abs_path: Path, *, longest: int = MAX_SIDE_IN_GIT, dry_run: bool = False
) -> Shrunk | PhotoFault | None:
    """Bring a picture to at most `longest` pixels a side and take its private metadata away.

    None when there is nothing to mend. A JPEG that is small enough keeps its pixels to the bit.
    Raises OSError when the file cannot be written.
    """
    facts = read_facts(abs_path)
    if isinstance(facts, PhotoFault):
        return facts
    too_large = max(facts.width, facts.height) > longest
    if not too_large and not facts.private:
        return None
    content = abs_path.read_bytes()
    if hashlib.sha256(content).hexdigest() != facts.sha256:
        return fault("GS402", abs_path.name, reason="the file is being changed")
    try:
        if facts.format == "JPEG" and not too_large:
            mended, size = strip_jpeg(content), (facts.width, facts.height)
        else:
            mended, size = _encode_again(content, facts, longest)
    except READ_FAULTS as error:
        return fault_of_error(error, abs_path.name)
    if not dry_run:
        _replace(abs_path, mended)
    return Shrunk(len(content), len(mended), *size, facts.private)


def strip_jpeg(content: bytes) -> bytes:
    """Return the JPEG without metadata, its pixels untouched; orientation and colours stay.

    Only the first picture is kept of a file that holds several. Raises ValueError or OSError.
    """
    with open_photo(io.BytesIO(content), "JPEG") as image:
        orientation = read_orientation(image)
    parts = [content[:2]]
    at = 2
    while True:
        found = _NEXT_MARKER.search(content, at)
        if found is None:
            raise ValueError("the picture is cut off")
        marker = content[found.start() + 1]
        if at > 2 and parts[-1][1:2] == bytes([_SOS]):
            parts.append(content[at : found.start()])
        if marker == _EOI:
            parts.append(content[found.start() : found.end()])
            break
        end = found.end() + int.from_bytes(content[found.end() : found.end() + 2], "big")
        if _is_needed(marker, content[found.end() + 2 : end]):
            parts.append(content[found.start() : end])
        at = end
    if orientation > 1:
        parts.insert(1, _orientation_segment(orientation))
    return b"".join(parts)


def _is_needed(marker: int, body: bytes) -> bool:
    """Say whether a decoder needs the segment: tables and scans, colour space, nothing else."""
    if marker == 0xE0:
        return body.startswith(b"JFIF\0")
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return body.startswith(b"Adobe")
    return marker != 0xFE and not 0xE1 <= marker <= 0xEF


def _orientation_segment(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    body = exif.tobytes()
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _encode_again(content: bytes, facts: PhotoFacts, longest: int) -> tuple[bytes, tuple[int, int]]:
    part = min(1.0, longest / max(facts.width, facts.height))
    size = (max(1, round(facts.width * part)), max(1, round(facts.height * part)))
    base, to_srgb = decode_upright(content, (facts.width, facts.height), size[0])
    file = io.BytesIO()
    to_srgb(scale(base, size)).save(file, facts.format, **_SAVE_OPTIONS[facts.format])
    return file.getvalue(), size


def _replace(abs_path: Path, content: bytes) -> None:
    temp = abs_path.with_name(f".{secrets.token_hex(4)}.tmp")
    try:
        temp.write_bytes(content)
        shutil.copymode(abs_path, temp)
        temp.replace(abs_path)
    finally:
        temp.unlink(missing_ok=True)
