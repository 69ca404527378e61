"""One upload at a time to a place, from whichever machine, and who it is."""

from __future__ import annotations

import getpass
import json
import secrets
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from guongsang.deploy.state import FOLDER, LOCK
from guongsang.remotes.remote import HOLDER, Remote, RemoteError

SILENT_SECONDS: Final = 600
_BEAT_SECONDS: Final = 60
# Longer than anybody needs between reading a lock and taking it over.
_SETTLE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who uploads: `since` and `seen` are seconds since 1970; `home` tells machine and folder."""

    who: str
    since: float
    seen: float
    token: str
    home: str = ""

    @property
    def since_text(self) -> str:
        return datetime.fromtimestamp(self.since, UTC).astimezone().strftime("%H:%M %d/%m/%Y")


class FarLock:
    """The lock of a place. `home` tells this machine and folder from others while nobody else there
    uploads: a lock of ours is then left over. Empty: somebody does."""

    def __init__(
        self,
        remote: Remote,
        home: str,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._remote, self._home, self._clock, self._sleep = remote, home, clock, sleep
        self._token = secrets.token_hex(8)
        self._since = self._seen = clock()
        self._mutex = threading.Lock()

    def take(self, *, take_over: bool) -> None:
        """Take the lock. Raises RemoteError ("busy") where somebody has it; with `take_over` only
        if that one has been heard of in the last ten minutes."""
        self._remote.make_folder(FOLDER)
        self._since = self._seen = self._clock()
        if self._remote.lock(LOCK, self._tell()):
            return
        holder = self._read()
        if holder is None:
            self._sleep(_SETTLE_SECONDS)  # it is just being taken, or just given back
            holder = self._read()
            if holder is None and self._remote.lock(LOCK, self._tell()):
                return
            holder = holder or Holder("?", self._since, 0.0, "")
        silent = self._clock() - holder.seen
        is_ours = bool(self._home) and holder.home == self._home
        if not is_ours and not (take_over and silent >= SILENT_SECONDS):
            reason = "busy-silent" if silent >= SILENT_SECONDS else "busy"
            raise RemoteError(reason, who=holder.who, since=holder.since_text)
        self._remote.unlock(LOCK)
        if self._remote.lock(LOCK, self._tell()):
            # Who has read the old lock as we did may have taken ours away meanwhile.
            self._sleep(_SETTLE_SECONDS)
        now = self._read() or holder
        if now.token != self._token:
            raise RemoteError("busy", who=now.who, since=now.since_text)

    def ensure(self) -> None:
        """Be heard of, once a minute. Raises RemoteError ("lost-lock") where another has it now."""
        with self._mutex:
            if self._clock() - self._seen < _BEAT_SECONDS:
                return
            self.check()
            self._seen = self._clock()
            self._remote.write(LOCK + HOLDER, self._tell())

    def check(self) -> None:
        """Raise RemoteError ("lost-lock") where another has the lock now."""
        holder = self._read()
        if holder is None or holder.token != self._token:
            raise RemoteError("lost-lock", who=holder.who if holder else "?")

    def release(self) -> None:
        """Give the lock back, if it is still ours."""
        with suppress(RemoteError):
            self.check()
            self._remote.unlock(LOCK)

    def sweep(self) -> None:
        """Give back what a dead run of this folder has left."""
        holder = self._read()
        if holder is not None and self._home and holder.home == self._home:
            self._remote.unlock(LOCK)

    def _tell(self) -> bytes:
        told = {"who": _tell_me(), "since": self._since, "seen": self._seen}
        return json.dumps({**told, "token": self._token, "home": self._home}).encode()

    def _read(self) -> Holder | None:
        said = self._remote.read(LOCK + HOLDER)
        try:
            return Holder(**json.loads(said or b""))
        except (ValueError, TypeError):
            return None


def _tell_me() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "?"
    return f"{user}@{socket.gethostname()}"
