"""Fingerprints: whether an output must be made again.

A page's fingerprint covers its view (exactly what its template reads) and everything all pages
share: our own files, the versions of what we use, theme overrides and settings.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from guongsang.installed import list_records

_ATOMS: Final = frozenset((str, int, bool, type(None), float, bytes))
_DISTRIBUTIONS: Final = frozenset(
    (
        "font-source-sans-pro",
        "font-source-serif-pro",
        "jinja2",
        "markdown",
        "markdown-it-py",
        "mkdocs",
        "mkdocs-material",
        "nh3",
        "pillow",
        "pydantic",
        "pymdown-extensions",
        "segno",
    )
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
    name, read = _reader(kind)
    return (name, *[v if type(v) in _ATOMS else _plain(v) for v in read(value)])


@cache
def _reader(kind: type) -> tuple[str, Callable[[Any], Iterable[Any]]]:
    """Return the name of a type, and what takes its values apart.

    Those of a type that `is_shared` stand in many others: their digest is made once.
    """
    if getattr(kind, "is_shared", False):
        return kind.__name__, _digest_shared
    if issubclass(kind, tuple | list):
        return kind.__name__, iter
    if issubclass(kind, dict):
        return kind.__name__, dict.items
    return kind.__name__, _field_reader(kind) or (lambda value: (repr(value),))


@lru_cache(maxsize=4096)
def _digest_shared(value: Iterable[Any]) -> tuple[bytes]:
    return (hashlib.sha256(marshal.dumps(list(map(_plain, value)), 2)).digest(),)


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
        for name in sorted(_list_files(str(folder))):
            digest.update(name.encode())
            digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def _list_files(folder: str) -> Iterator[str]:
    """Yield the files below a folder as relative paths with forward slashes, compiled ones not."""
    for inside, folders, names in os.walk(folder):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        below = inside[len(folder) + 1 :].replace(os.sep, "/")
        yield from (f"{below}/{name}" if below else name for name in names)


@cache
def package_digest() -> str:
    """Return a digest of our package's own files and of the versions of what it builds with."""
    return fingerprint(digest_files([Path(__file__).parent.parent]), _list_versions())


def _list_versions() -> list[str]:
    return [record for name, record in list_records() if name in _DISTRIBUTIONS]
