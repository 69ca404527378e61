"""What the far place says of itself, in files of plain names: some servers refuse others.

`base-a.bin` or `base-b.bin` lists all files, `journal.bin` what has changed since, so that a small
upload moves little. `work.bin` names each path before its first byte is sent, `progress.txt` how
many of them are done: a stopped run is taken up where it ended. Nothing in here is secret, and
nobody's erased name stays: with a page or a picture that goes, the base is written anew.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guongsang.deploy.plan import Far, Plan
from guongsang.remotes.remote import Remote, RemoteError

FOLDER: Final = "guongsang-deploy/"
LOCK: Final = f"{FOLDER}lock/"
_JOURNAL: Final = f"{FOLDER}journal.bin"
_WORK: Final = f"{FOLDER}work.bin"
_PROGRESS: Final = f"{FOLDER}progress.txt"
_HEADER: Final = b"guongsang deploy 1 "
# Both are read and the journal is written at each upload.
_LARGEST_JOURNAL: Final = 16_000
# A search index or a style that goes names nobody.
_NAMELESS: Final = ("tai-nguyen/", "assets/")


@dataclass(frozen=True, slots=True)
class Told:
    """The far state as it was read. `raw` tells it from any other; `base` names its base."""

    far: Far
    raw: tuple[bytes | None, bytes | None]
    base: str = ""
    digest: str = ""
    listed: Mapping[str, str] | None = None
    is_unfinished: bool = False


class FarState:
    """The state of one place; `copy` is where this machine keeps the base that it last saw."""

    def __init__(self, remote: Remote, copy: Path) -> None:
        self._remote, self._copy = remote, copy

    def read(self, before: Told | None = None) -> Told:
        """Read what is there, and what a stopped run may have changed; return `before` where that
        is as it was.

        Raises RemoteError ("state") where it is damaged: to guess would leave files for ever.
        """
        journal, work = self._remote.read(_JOURNAL), self._remote.read(_WORK)
        if before is not None and before.raw == (journal, work):
            return before
        kept: dict[str, Any] = {"base": "", "digest": "", "set": {}, "gone": [], "late": []}
        if journal is not None:
            kept = _unseal(journal, _JOURNAL)
        listed = self._read_base(kept["base"], kept["digest"]) if kept["base"] else {}
        files = {**listed, **kept["set"]}
        for path in kept["gone"]:
            files.pop(path, None)
        far = Far(files, frozenset(kept["late"]))
        if work is not None:
            far = self._apply(far, _unseal(work, _WORK), journal, work)
        return Told(far, (journal, work), kept["base"], kept["digest"], listed, work is not None)

    def begin(self, told: Told, plan: Plan) -> bytes:
        """Note all that is going to be done; return what `mark` wants."""
        steps = [[step.path, step.digest] for step in plan.list_work()]
        work = _seal({"from": _digest(told.raw[0] or b""), "steps": steps})
        self._remote.write(_WORK, work)
        return work

    def mark(self, work: bytes, done: int) -> None:
        """Note how many steps of the work are done, counted from the first."""
        self._remote.write(_PROGRESS, f"{_digest(work)} {done}\n".encode())

    def finish(self, told: Told, plan: Plan) -> None:
        """Note what is there now; only then the noted work is forgotten."""
        far, base, digest = plan.after, told.base, told.digest
        before = told.listed or {}
        change = {
            "base": base,
            "digest": digest,
            "set": {path: each for path, each in far.files.items() if before.get(path) != each},
            "gone": sorted(before.keys() - far.files.keys()),
            "late": sorted(far.late),
        }
        journal = _seal(change)
        names_go = any(not path.startswith(_NAMELESS) for path in plan.removed)
        if not base or names_go or len(journal) > _LARGEST_JOURNAL:
            base = "a" if base != "a" else "b"
            listed = _seal(dict(sorted(far.files.items())))
            self._remote.write(_base(base), listed)
            self._keep(listed)
            digest = _digest(listed)
            kept = {"base": base, "digest": digest, "set": {}, "gone": [], "late": change["late"]}
            journal = _seal(kept)
        self._remote.write(_JOURNAL, journal)
        if base != told.base or told.is_unfinished:
            self._remote.remove(_base("b" if base == "a" else "a"))
        self._remote.remove(_PROGRESS)
        self._remote.remove(_WORK)

    def _read_base(self, name: str, digest: str) -> Mapping[str, str]:
        with suppress(OSError):
            listed = self._copy.read_bytes()
            if _digest(listed) == digest:
                kept: Mapping[str, str] = _unseal(listed, name)
                return kept
        there = self._remote.read(_base(name))
        if there is None or _digest(there) != digest:
            raise RemoteError("state", path=_base(name))
        self._keep(there)
        found: Mapping[str, str] = _unseal(there, name)
        return found

    def _keep(self, listed: bytes) -> None:
        with suppress(OSError):  # without it the base is read again the next time
            self._copy.parent.mkdir(parents=True, exist_ok=True)
            self._copy.write_bytes(listed)

    def _apply(
        self, far: Far, work: Mapping[str, Any], journal: bytes | None, sealed: bytes
    ) -> Far:
        """Take up what a stopped run has done for sure; the rest of its work is doubted."""
        if work["from"] != _digest(journal or b""):
            return far  # that run came to its end
        done = self._read_progress(sealed)
        files, late = dict(far.files), far.late
        for path, digest in work["steps"][:done]:
            if digest:
                files[path] = digest
            else:
                files.pop(path, None)
                late -= {path}
        doubted = frozenset(path for path, _ in work["steps"][done:])
        return Far(files, late, doubted)

    def _read_progress(self, work: bytes) -> int:
        said = self._remote.read(_PROGRESS) or b""
        digest, _, done = said.decode("ascii", "replace").strip().partition(" ")
        return int(done) if digest == _digest(work) and done.isdecimal() else 0


def _base(name: str) -> str:
    return f"{FOLDER}base-{name}.bin"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _seal(value: Any) -> bytes:
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return _HEADER + hashlib.sha256(told).hexdigest().encode() + b"\n" + zlib.compress(told, 9)


def _unseal(content: bytes, path: str) -> Any:
    """Return what was sealed. Raises RemoteError ("state") where it is not whole."""
    head, _, packed = content.partition(b"\n")
    try:
        told = zlib.decompress(packed)
    except zlib.error:
        raise RemoteError("state", path=path) from None
    if head != _HEADER + hashlib.sha256(told).hexdigest().encode():
        raise RemoteError("state", path=path)
    return json.loads(told)
