"""Fingerprints: whether an output must be made again.

A page's fingerprint covers its view (exactly what its template reads) and everything all pages
share: our own files, the versions of what we use, theme overrides and settings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

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
    """Return 32 hex digits for values whose `repr` tells all: text, numbers, frozen dataclasses."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()[:32]


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
