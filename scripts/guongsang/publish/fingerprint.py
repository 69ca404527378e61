"""Fingerprints: whether an output must be made again.

A page's fingerprint covers its view (exactly what its template reads) and everything all pages
share: our own files, the versions of what we use, theme overrides and settings.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import metadata
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

_ATOMS: Final = frozenset((str, int, bool, type(None), float, bytes))
_DISTRIBUTIONS: Final = (
    "jinja2",
    "markdown",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "pillow",
    "pydantic",
    "pymdown-extensions",
    "segno",
)


def fingerprint(*parts: object) -> str:
    """Return 32 hex digits for plain values: text, numbers, tuples, mappings, frozen dataclasses.

    Of anything else `repr` has to tell all.
    """
    # Version 2 of the format knows no references, so equal values always give equal bytes.
    return hashlib.sha256(marshal.dumps(_plain(parts), 2)).hexdigest()[:32]


def _plain(value: Any) -> Any:
    """Return what `marshal` takes and what is equal for equal values only."""
    kind: type = type(value)
    if kind in _ATOMS:
        return value
    if isinstance(value, tuple | list):
        return (kind.__name__, *[v if type(v) in _ATOMS else _plain(v) for v in value])
    if isinstance(value, dict):
        return (kind.__name__, *[(_plain(key), _plain(item)) for key, item in value.items()])
    read = _field_reader(kind)
    if read is not None:
        return (kind.__name__, *[v if type(v) in _ATOMS else _plain(v) for v in read(value)])
    return kind.__name__, repr(value)


@cache
def _field_reader(kind: type) -> Callable[[Any], Iterable[Any]] | None:
    """Return what reads the fields of a dataclass, None for other types."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]


def digest_files(folders: Iterable[Path]) -> str:
    """Return a digest of the names and bytes of all files below the folders, in order."""
    digest = hashlib.sha256()
    for folder in folders:
        for abs_path in sorted(folder.rglob("*")):
            if abs_path.is_file() and "__pycache__" not in abs_path.parts:
                digest.update(abs_path.relative_to(folder).as_posix().encode())
                digest.update(hashlib.sha256(abs_path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def package_digest() -> str:
    """Return a digest of our package's own files and of the versions of what it builds with."""
    versions = []
    for name in _DISTRIBUTIONS:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{name} –")
    return fingerprint(digest_files([Path(__file__).parent.parent]), versions)
