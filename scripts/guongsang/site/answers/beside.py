"""Files beside stories: what pictures, attachments and recordings tell of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any, Final

from guongsang.enclosures.facts import FileFacts, read_file_facts
from guongsang.enclosures.packed import Property
from guongsang.photos.facts import PhotoFacts, PhotoFault
from guongsang.photos.whole import WholePhotos
from guongsang.stories.model import FrontMatter, list_enclosed

# By name.
Photos = Mapping[str, PhotoFacts | PhotoFault | FileFacts]


def read_photos(
    root: Path, src_uri: str, front: FrontMatter, files: Iterable[str], whole: WholePhotos
) -> Photos:
    """Read what a story's pictures, attachments, recordings and films tell of themselves, by name.

    Pictures that `whole` does not know are decoded.
    """
    folder = f"{root}/{src_uri.rpartition('/')[0]}"  # one of thousands
    names = {photo.src for photo in front.pictures} & set(files)
    others = {src for _, _, src in list_enclosed(front)}
    ours = sorted(names)
    read = whole.read_all([f"{folder}/{name}" for name in ours])
    photos: dict[str, PhotoFacts | PhotoFault | FileFacts] = dict(zip(ours, read, strict=True))
    return photos | {
        name: read_file_facts(Path(folder, name)) for name in sorted(others & set(files) - names)
    }


def digest_photos(photos: Photos) -> list[str]:
    """Return the digests of those pictures that are whole."""
    return [facts.sha256 for facts in photos.values() if isinstance(facts, PhotoFacts)]


def pack_photos(photos: Photos) -> dict[str, list[Any]]:
    return {name: [type(facts).__name__, *_list_values(facts)] for name, facts in photos.items()}


def _list_values(facts: PhotoFacts | PhotoFault | FileFacts) -> Iterable[Any]:
    if isinstance(facts, FileFacts):  # whose properties are records, too
        return astuple(facts)
    return (getattr(facts, name) for name in facts.__slots__)


def unpack_photos(told: Mapping[str, list[Any]]) -> Photos:
    return {name: _UNPACK[kind](*values) for name, (kind, *values) in told.items()}


def _unpack_photo(*values: Any) -> PhotoFacts:
    sha256, file_format, width, height, size, private, quality = values
    return PhotoFacts(sha256, file_format, width, height, size, tuple(private), quality)


def _unpack_fault(rule: str, args: list[list[str]]) -> PhotoFault:
    return PhotoFault(rule, tuple((name, value) for name, value in args))


def _unpack_file(kind: str | None, properties: list[Any], fault: str) -> FileFacts:
    return FileFacts(kind, tuple(Property(*each) for each in properties), fault)


_UNPACK: Final[Mapping[str, Callable[..., PhotoFacts | PhotoFault | FileFacts]]] = {
    "PhotoFacts": _unpack_photo,
    "PhotoFault": _unpack_fault,
    "FileFacts": _unpack_file,
}
