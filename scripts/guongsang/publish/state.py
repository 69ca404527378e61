"""What earlier runs learnt about files and would learn again: facts of photos, by content.

Safe to delete. Size, time and inode only decide whether a file must be looked at again.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

from guongsang.photos.facts import PhotoFacts, PhotoFault, read_facts
from guongsang.publish.fingerprint import package_digest
from guongsang.publish.manifest import write_whole

Stamp = tuple[int, int, int]
_NAME: Final = "photo-facts.json"


class PhotoMemory:
    """Reads facts of photos, each file once until it changes."""

    def __init__(self, cache_dir: Path) -> None:
        self._abs_path = cache_dir / _NAME
        self._known: dict[str, tuple[Stamp, PhotoFacts]] = self._load()
        self._asked: dict[str, tuple[Stamp, PhotoFacts]] = {}

    def read(self, abs_path: Path) -> PhotoFacts | PhotoFault:
        """Return the facts of a photo; faults are found anew each time."""
        key = str(abs_path)
        try:
            stat = abs_path.stat()
        except OSError:
            return read_facts(abs_path)
        stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
        known = self._known.get(key)
        if known is not None and known[0] == stamp:
            self._asked[key] = known
            return known[1]
        facts = read_facts(abs_path)
        if isinstance(facts, PhotoFacts):
            self._asked[key] = (stamp, facts)
        return facts

    def save(self) -> None:
        """Keep what was asked for; what nobody asked for is forgotten."""
        if self._asked == self._known:
            return
        files = {key: [*stamp, asdict(facts)] for key, (stamp, facts) in self._asked.items()}
        data = {"made_by": package_digest(), "files": files}
        self._abs_path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._abs_path, json.dumps(data).encode())

    def _load(self) -> dict[str, tuple[Stamp, PhotoFacts]]:
        try:
            data = json.loads(self._abs_path.read_bytes())
            if data["made_by"] != package_digest():
                return {}
            return {key: _read_known(values) for key, values in data["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _read_known(values: list[object]) -> tuple[Stamp, PhotoFacts]:
    size, mtime_ns, inode, facts = values
    if not isinstance(facts, dict) or not all(isinstance(n, int) for n in values[:3]):
        raise ValueError("damaged entry")
    facts["private"] = tuple(facts["private"])
    return (size, mtime_ns, inode), PhotoFacts(**facts)  # type: ignore[return-value]
