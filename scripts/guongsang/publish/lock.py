"""One builder at a time, and where the preview is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

WAIT_SECONDS: Final = 300.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who builds now, as far as it is known; `since` is a local clock time such as 06:30:12."""

    pid: str
    since: str


class BusyError(Exception):
    """Another build did not end in time."""

    def __init__(self, holder: Holder) -> None:
        self.holder = holder
        super().__init__(f"process {holder.pid} since {holder.since}")


class BuildLock:
    """Held from the start of a build until its publication has ended."""

    def __init__(self, cache_dir: Path) -> None:
        cache_dir.mkdir(parents=True, exist_ok=True)
        self._who = cache_dir / "build.json"
        self._lock = FileLock(cache_dir / "build.lock")

    def acquire(self, *, on_wait: Callable[[Holder], None], seconds: float = WAIT_SECONDS) -> None:
        """Take the lock; `on_wait` is called once if somebody else has it.

        Raises BusyError after `seconds`.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            on_wait(self._read_holder())
            try:
                self._lock.acquire(timeout=seconds)
            except Timeout:
                raise BusyError(self._read_holder()) from None
        since = datetime.now().astimezone().strftime("%H:%M:%S")
        self._who.write_text(json.dumps({"pid": str(os.getpid()), "since": since}))

    def try_acquire(self) -> bool:
        """Take the lock for a moment if nobody has it."""
        return _try(self._lock)

    def release(self) -> None:
        self._lock.release()

    @property
    def is_held(self) -> bool:
        return self._lock.is_locked

    def _read_holder(self) -> Holder:
        try:
            data = json.loads(self._who.read_text())
            return Holder(str(data["pid"]), str(data["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Holder("?", "?")


class DeployLock:
    """Held while a target is uploaded to from here: what an earlier upload left is then dead."""

    def __init__(self, cache_dir: Path, target: str) -> None:
        cache_dir.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(cache_dir / f"deploy-{target}.lock")

    def try_acquire(self) -> bool:
        """Take the lock if nobody has it."""
        return _try(self._lock)

    def release(self) -> None:
        self._lock.release()


class ServeLock:
    """Held while the preview of a newsroom runs, so that other commands find it."""

    def __init__(self, cache_dir: Path) -> None:
        cache_dir.mkdir(parents=True, exist_ok=True)
        self._where = cache_dir / "serve.txt"
        self._lock = FileLock(cache_dir / "serve.lock")

    def hold(self, address: str) -> None:
        """Tell where this preview is; the first of several is the one that is told."""
        with suppress(Timeout, OSError):
            self._lock.acquire(timeout=0)
            self._where.write_text(address, "utf-8")

    def release(self) -> None:
        self._lock.release()

    def find(self) -> str | None:
        """Return where a preview runs now, None where none does."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            with suppress(OSError, UnicodeDecodeError):
                return self._where.read_text("utf-8") or None
        except OSError:
            return None
        self._lock.release()
        return None


def _try(lock: FileLock) -> bool:
    """Take a lock if nobody has it."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True
