"""What was published: one entry a file, kept outside the site."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from guongsang.publish.sealed import pack, read_sealed, unpack, write_sealed

_PYTHON: Final = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
_HEADER: Final = f"guongsang manifest 2, {_PYTHON}\n".encode()


class Entry(NamedTuple):
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
        return _stands(entry, f"{site_dir}/{uri}")

    def doubt(self, uris: Iterable[str]) -> None:
        """Trust nothing of some files until the manifest is saved, whatever happens meanwhile."""
        for uri in uris:
            self.entries[uri] = UNTRUSTED
        write_sealed(self._abs_doubts, _HEADER, pack(list(uris)))

    def save(self) -> None:
        """Write the manifest in one step: a reader sees the old one or the new one."""
        entries = {uri: tuple(entry) for uri, entry in self.entries.items()}
        write_sealed(self.abs_path, _HEADER, pack(entries))
        self._abs_doubts.unlink(missing_ok=True)

    def load(self) -> None:
        """Read what was saved; a file that is missing or damaged counts as none."""
        kept = read_sealed(self.abs_path, _HEADER)
        if kept is None:
            return
        self.entries = {uri: Entry._make(values) for uri, values in unpack(kept).items()}
        self.was_read = True
        if self._abs_doubts.exists():
            doubts = read_sealed(self._abs_doubts, _HEADER)
            doubted = self.entries if doubts is None else unpack(doubts)
            self.entries |= dict.fromkeys(doubted, UNTRUSTED)

    @property
    def _abs_doubts(self) -> Path:
        return self.abs_path.with_suffix(".doubts")


def load_manifest(cache_dir: Path, site_dir: Path) -> Manifest:
    """Load the manifest of a site folder; one that is missing or damaged counts as none."""
    name = hashlib.sha256(str(site_dir.resolve()).encode()).hexdigest()[:12]
    manifest = Manifest(cache_dir / f"published-{name}.bin")
    manifest.load()
    return manifest


def stands_as(entry: Entry, abs_path: Path) -> bool:
    """Return whether the file still has the size and time it was written with."""
    return _stands(entry, str(abs_path))


def stands(manifest: Manifest, site_dir: Path) -> bool:
    """Return whether every published file is there as it was written."""
    return manifest.was_read and all(
        entry.is_trusted and _stands(entry, f"{site_dir}/{uri}")
        for uri, entry in manifest.entries.items()
    )


def _stands(entry: Entry, path: str) -> bool:
    try:
        stat = os.stat(path)  # noqa: PTH116 - tens of thousands of them
    except OSError:
        return False
    return stat.st_size == entry.size and stat.st_mtime_ns == entry.mtime_ns
