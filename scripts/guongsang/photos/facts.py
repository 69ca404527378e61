"""What is known of a picture file from its header: size, format, hash, private metadata."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from guongsang.photos.opening import (
    HEAD_BYTES,
    READ_FAULTS,
    open_photo,
    sniff_format,
    upright_size,
)
from guongsang.photos.traits.grade import estimate_quality, is_screen_shape, quality_of
from guongsang.photos.traits.plain import PlainJpeg, read_plain_jpeg
from guongsang.photos.traits.private import read_private
from guongsang.picture_formats import FORMATS
from guongsang.text.filenames import plain_name

MAX_PIXELS: Final = 60_000_000
MAX_BYTES: Final = 40 * 1024 * 1024
# JPEG ends at 65,500 pixels a side; nothing that long is a photo.
MAX_SIDE: Final = 30_000
MIN_COVER_WIDTH: Final = 960
# The column of text is some 700 px wide; phones show less of it, with more pixels.
MIN_TEXT_WIDTH: Final = 640
MAX_SIDE_IN_GIT: Final = 2560
# Chat apps save at 70 to 80, and each forwarding compresses again; below this blocks are seen.
MIN_QUALITY: Final = 60

# What git leaves in the place of a file that it keeps elsewhere.
LFS_HEAD: Final = b"version https://git-lfs.github.com/spec/"
_BOMB_PIXELS: Final = re.compile(r"\((\d+) pixels\)")


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """A picture as its header tells it.

    `width` and `height` are pixels of the upright picture, `sha256` hex of the whole file,
    `private` the names of metadata that tell of people ("GPS", "Artist"), `quality` a JPEG's as its
    tables tell it, 1 to 100.
    """

    sha256: str
    format: str
    width: int
    height: int
    size_bytes: int
    private: tuple[str, ...] = ()
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class PhotoFault:
    """Why a picture cannot be used: a rule's id and the arguments of its message."""

    rule: str
    args: tuple[tuple[str, str], ...]


def read_facts(abs_path: Path) -> PhotoFacts | PhotoFault:
    """Read a picture's facts; pixels are not decoded, and nothing is raised for a bad file."""
    return read_content(abs_path)[0]


def read_content(abs_path: Path | str) -> tuple[PhotoFacts | PhotoFault, bytes]:
    """Return the same with what the file holds, for who is to look at more of it."""
    name = os.path.basename(abs_path)  # noqa: PTH119 - of thousands
    try:
        with open(abs_path, "rb", buffering=0) as file:  # noqa: PTH123 - of thousands
            size_bytes = os.fstat(file.fileno()).st_size
            content = file.readall() if size_bytes <= MAX_BYTES else file.read(HEAD_BYTES) or b""
            return _read_facts(name, content, size_bytes), content
    except FileNotFoundError:
        return fault("GS401", name), b""
    except READ_FAULTS as error:
        return fault("GS402", name, reason=_reason(error)), b""


def read_facts_of(content: bytes, name: str) -> PhotoFacts | PhotoFault:
    """Return the facts of a picture that is no file yet; nothing is raised for a bad one."""
    try:
        return _read_facts(name, content, len(content))
    except READ_FAULTS as error:
        return fault("GS402", name, reason=_reason(error))


def check_facts(facts: PhotoFacts, file: str, *, is_cover: bool = False) -> Iterator[PhotoFault]:
    """Yield what speaks against keeping or showing this picture."""
    if is_cover and facts.width < MIN_COVER_WIDTH:
        yield fault("GS403", file, width=facts.width, least=MIN_COVER_WIDTH)
    if not is_cover and max(facts.width, facts.height) < MIN_TEXT_WIDTH:
        yield fault("GS416", file, width=facts.width, least=MIN_TEXT_WIDTH)
    if is_screen_shape(facts.format, facts.width, facts.height):
        yield fault("GS417", file, size=f"{facts.width} × {facts.height}")
    if facts.quality is not None and facts.quality < MIN_QUALITY:
        yield fault("GS418", file, quality=facts.quality)
    if max(facts.width, facts.height) > MAX_SIDE_IN_GIT:
        size = f"{facts.width} × {facts.height}"
        yield fault("GS405", file, size=size, most=MAX_SIDE_IN_GIT)
    if facts.private:
        yield fault("GS406", file, found=", ".join(facts.private))


def match_name(said: str, present: Iterable[str]) -> str | None:
    """Return the file that `said` must mean though it is written otherwise (GS412)."""
    wanted = plain_name(said)
    others = (name for name in sorted(present) if name != said)
    return next((name for name in others if plain_name(name) == wanted), None)


def fault(rule: str, file: str, **args: object) -> PhotoFault:
    """Make a fault of a file, with its arguments in order of name."""
    return PhotoFault(rule, tuple(sorted((k, str(v)) for k, v in {"file": file, **args}.items())))


def fault_of_error(error: Exception, file: str) -> PhotoFault:
    """Return the fault that one of READ_FAULTS stands for."""
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        pixels = _BOMB_PIXELS.search(str(error))
        millions = f"{int(pixels[1]) // 1_000_000}" if pixels else "> 60"
        return fault("GS404", file, size=f"{millions} megapixel")
    return fault("GS402", file, reason=_reason(error))


def _read_facts(name: str, content: bytes, size_bytes: int) -> PhotoFacts | PhotoFault:
    found_format, taken = sniff_format(content[:HEAD_BYTES], _suffix_of(name))
    is_pointer = content.startswith(LFS_HEAD)
    refused = _refuse_file(name, size_bytes, found_format, taken=taken, is_pointer=is_pointer)
    if refused:
        return refused
    sha256 = hashlib.sha256(content).hexdigest()
    plain = read_plain_jpeg(content) if found_format == "JPEG" else None
    if plain is not None and not _refuse_picture(plain, found_format, name):
        plain_quality = quality_of(plain.luminance)
        return PhotoFacts(sha256, found_format, *plain.size, size_bytes, (), plain_quality)
    try:
        with open_photo(io.BytesIO(content), found_format) as image:
            refused = _refuse_picture(image, found_format, name)
            if refused:
                return refused
            width, height = upright_size(image)
            private = read_private(image, content)
            quality = estimate_quality(image)
    except READ_FAULTS as error:
        return fault_of_error(error, name)
    return PhotoFacts(sha256, found_format, width, height, size_bytes, private, quality)


def _refuse_file(
    name: str, size_bytes: int, found_format: str, *, taken: bool, is_pointer: bool
) -> PhotoFault | None:
    if size_bytes == 0:
        return fault("GS411", name)
    if is_pointer:
        return fault("GS424", name)
    if found_format and not taken:
        return fault("GS410", name, format=found_format)
    if not found_format:
        return fault("GS402", name, reason="not a picture")
    if size_bytes > MAX_BYTES:
        return fault("GS404", name, size=f"{size_bytes / 1024 / 1024:.0f} MB")
    return None


def _refuse_picture(
    image: Image.Image | PlainJpeg, found_format: str, name: str
) -> PhotoFault | None:
    width, height = image.size
    if width < 1 or height < 1:
        return fault("GS402", name, reason="no pixels")
    if width * height > MAX_PIXELS:
        return fault("GS404", name, size=f"{width * height / 1e6:.0f} megapixel")
    if max(width, height) > MAX_SIDE:
        return fault("GS404", name, size=f"{width} × {height} px")
    # A phone's JPEG or HEIF may carry a depth map or a second shot; the first picture is meant.
    if found_format not in ("JPEG", "HEIF") and getattr(image, "n_frames", 1) > 1:
        return fault("GS407", name, format=found_format)
    suffix = _suffix_of(name)
    if suffix.lower() not in FORMATS[found_format].suffixes:
        right = name.removesuffix(suffix) + FORMATS[found_format].suffixes[0]
        return fault("GS408", name, format=found_format, name=right)
    return None


def _suffix_of(name: str) -> str:
    return os.path.splitext(name)[1]  # noqa: PTH122 - of thousands


def _reason(error: Exception) -> str:
    # The path stands in many system messages; a log or a page must not show the editor's home.
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error).partition("<")[0].strip()
    return text or type(error).__name__
