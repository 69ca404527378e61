"""What was published: one entry a file, kept outside the site."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One published file. `sha256` is empty while the file may be half-way: trust nothing of it.

    `made_from` is the fingerprint of what the file was made from; size and time in nanoseconds
    tell cheaply whether anyone touched the file since.
    """

    sha256: str
    made_from: str
    size: int
    mtime_ns: int

    @property
    def is_trusted(self) -> bool:
        return bool(self.sha256)


UNTRUSTED: Final = Entry("", "", -1, -1)


@dataclass(slots=True)
class Manifest:
    """The published files of one site folder, by address; `was_read` is False on a first build."""

    abs_path: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    was_read: bool = False

    def is_fresh(self, site_dir: Path, uri: str, made_from: str) -> bool:
        """Return whether the published file was made from just this and still stands as written."""
        entry = self.entries.get(uri)
        if entry is None or not entry.is_trusted or entry.made_from != made_from:
            return False
        return stands_as(entry, site_dir / uri)

    def save(self) -> None:
        """Write the manifest in one step: a reader sees the old one or the new one."""
        data = {
            "version": VERSION,
            "files": {
                uri: [entry.sha256, entry.made_from, entry.size, entry.mtime_ns]
                for uri, entry in sorted(self.entries.items())
            },
        }
        self.abs_path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.abs_path, json.dumps(data, separators=(",", ":")).encode())


def load_manifest(cache_dir: Path, site_dir: Path) -> Manifest:
    """Load the manifest of a site folder; one that is missing or damaged counts as none."""
    name = hashlib.sha256(str(site_dir.resolve()).encode()).hexdigest()[:12]
    manifest = Manifest(cache_dir / f"published-{name}.json")
    try:
        data = json.loads(manifest.abs_path.read_bytes())
        if data["version"] != VERSION:
            return manifest
        manifest.entries = {uri: _read_entry(values) for uri, values in data["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return manifest
    manifest.was_read = True
    return manifest


def stands_as(entry: Entry, abs_path: Path) -> bool:
    """Return whether the file still has the size and time it was written with."""
    try:
        stat = abs_path.stat()
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (entry.size, entry.mtime_ns)


def stands(manifest: Manifest, site_dir: Path) -> bool:
    """Return whether every published file is there as it was written."""
    return manifest.was_read and all(
        entry.is_trusted and stands_as(entry, site_dir / uri)
        for uri, entry in manifest.entries.items()
    )


def write_whole(abs_path: Path, content: bytes) -> None:
    """Write a file by temporary file and rename."""
    temporary = abs_path.with_name(f".{abs_path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(abs_path)
    finally:
        temporary.unlink(missing_ok=True)


def _read_entry(values: list[object]) -> Entry:
    sha256, made_from, size, mtime_ns = values
    if not (isinstance(sha256, str) and isinstance(made_from, str)):
        raise ValueError("damaged entry")
    if not (isinstance(size, int) and isinstance(mtime_ns, int)):
        raise ValueError("damaged entry")
    return Entry(sha256, made_from, size, mtime_ns)
