"""Mend a picture in place before it goes into git: small enough, and silent about people."""

from __future__ import annotations

import hashlib
import io
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from guongsang.photos.facts import (
    MAX_SIDE_IN_GIT,
    PhotoFacts,
    PhotoFault,
    fault,
    fault_of_error,
    read_facts,
)
from guongsang.photos.opening import READ_FAULTS
from guongsang.photos.pixels import decode_upright, scale
from guongsang.photos.traits.strip import strip_metadata
from guongsang.photos.whole import find_damage
from guongsang.picture_formats import FORMATS


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
    """Bring a picture to at most `longest` pixels a side and take its metadata away.

    None when there is nothing to mend. A JPEG, PNG or WebP file that is small enough keeps its
    pixels to the bit; other formats must be encoded again for it, and are when what they tell is
    private. Raises OSError when the file cannot be written.
    """
    facts = read_facts(abs_path)
    if isinstance(facts, PhotoFault):
        return facts
    content = abs_path.read_bytes()
    if hashlib.sha256(content).hexdigest() != facts.sha256:
        return fault("GS402", abs_path.name, reason="the file is being changed")
    try:
        mended, size = mend_content(content, facts, longest)
    except READ_FAULTS as error:
        return fault_of_error(error, abs_path.name)
    if mended == content:
        return None
    # Encoded again, a damaged picture would look whole to every later check.
    damaged = find_damage(content, facts.format, abs_path.name)
    if damaged is not None:
        return damaged
    if not dry_run:
        _replace(abs_path, mended)
    return Shrunk(len(content), len(mended), *size, facts.private)


def mend_content(
    content: bytes, facts: PhotoFacts, longest: int = MAX_SIDE_IN_GIT
) -> tuple[bytes, tuple[int, int]]:
    """Return the bytes of a picture that is small enough and silent, and its size in pixels.

    Raises one of READ_FAULTS.
    """
    if max(facts.width, facts.height) <= longest:
        stripped = strip_metadata(content, facts.format)
        if stripped is not None:
            return stripped, (facts.width, facts.height)
        if not facts.private:
            return content, (facts.width, facts.height)
    return _encode_again(content, facts, longest)


def _encode_again(content: bytes, facts: PhotoFacts, longest: int) -> tuple[bytes, tuple[int, int]]:
    part = min(1.0, longest / max(facts.width, facts.height))
    size = (max(1, round(facts.width * part)), max(1, round(facts.height * part)))
    base, to_srgb = decode_upright(content, (facts.width, facts.height), size[0])
    file = io.BytesIO()
    to_srgb(scale(base, size)).save(file, facts.format, **FORMATS[facts.format].save)
    return file.getvalue(), size


def _replace(abs_path: Path, content: bytes) -> None:
    temp = abs_path.with_name(f".{secrets.token_hex(4)}.tmp")
    try:
        temp.write_bytes(content)
        shutil.copymode(abs_path, temp)
        temp.replace(abs_path)
    finally:
        temp.unlink(missing_ok=True)
