"""What the last build has published on this machine: that, and nothing else, is uploaded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from guongsang.publish.listing import read_listing
from guongsang.publish.lock import BuildLock, Holder
from guongsang.publish.manifest import Entry, load_manifest, stands_as


class NotBuiltError(Exception):
    """There is no whole site. `reason`: "not-built", "unfinished", or "rebuilt" meanwhile."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Site:
    """A published folder: its files by address, with digests of 16 bytes and sizes."""

    folder: Path
    digests: Mapping[str, str]
    sizes: Mapping[str, int]

    def read(self, path: str) -> bytes:
        """Return a file, which is still as it was planned. Raises NotBuiltError ("rebuilt")."""
        try:
            content = (self.folder / path).read_bytes()
        except OSError:
            raise NotBuiltError("rebuilt") from None
        if digest_content(content) != self.digests[path]:
            raise NotBuiltError("rebuilt")
        return content


def digest_content(content: bytes) -> str:
    """Return 16 bytes of a content's SHA-256, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:32]


def read_site(site_dir: Path, cache_dir: Path, on_wait: Callable[[Holder], None]) -> Site:
    """Read what a site consists of; only files that somebody has touched are read themselves.

    `on_wait` is called if a build is running. Raises NotBuiltError, and BusyError if that build
    does not end in time.
    """
    lock = BuildLock(cache_dir)
    lock.acquire(on_wait=on_wait)
    try:
        return _read(site_dir, cache_dir)
    finally:
        lock.release()


def _read(site_dir: Path, cache_dir: Path) -> Site:
    manifest = load_manifest(cache_dir, site_dir)
    if manifest.is_doubted:
        raise NotBuiltError("unfinished")
    known: Mapping[str, Entry] = {}
    if manifest.is_of(site_dir):
        known = {uri: Entry(*values) for uri, values in manifest.entries.items()}
    listed = known.keys() or read_listing(site_dir)
    if not listed:
        raise NotBuiltError("not-built")
    digests, sizes = {}, {}
    for uri in sorted(listed):
        abs_path = site_dir / uri
        entry = known.get(uri)
        try:
            if entry is not None and entry.is_trusted and stands_as(entry, abs_path):
                digests[uri], sizes[uri] = entry.sha256[:32], entry.size
            else:
                content = abs_path.read_bytes()
                digests[uri], sizes[uri] = digest_content(content), len(content)
        except OSError:
            raise NotBuiltError("unfinished") from None
    return Site(site_dir, digests, sizes)
