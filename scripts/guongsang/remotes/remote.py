"""A far place in six verbs, and what may go wrong there.

Paths are relative to the place, with forward slashes; a folder ends with one. Every verb may be
called by several threads at once, and raises RemoteError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

# What a file is called until it is whole: no dot in front, for some servers refuse that.
TEMPORARY: Final = ".guongsang-tmp"
# Seconds until a server that says nothing is given up.
PATIENCE: Final = 30


class RemoteError(Exception):
    """What a newsroom can mend or wait for. `reason` chooses the line that tells it."""

    def __init__(self, reason: str, **told: object) -> None:
        self.reason, self.told = reason, told
        super().__init__(f"{reason} {told}" if told else reason)


class Remote(Protocol):
    """A place to publish to. `workers`: how many threads are of use at once."""

    workers: int

    def read(self, path: str) -> bytes | None:
        """Return a file's content, None where there is no such file."""

    def write(self, path: str, content: bytes) -> None:
        """Put a file into its folder, which exists: readers see the old one or the new one."""

    def remove(self, path: str) -> None:
        """Remove a file, or a folder if it is empty; what is not there is no matter."""

    def make_folder(self, path: str) -> None:
        """Make a folder whose parent exists; one that is there is no matter."""

    def lock(self, path: str, holder: bytes) -> bool:
        """Make a lock, which is a folder, for one only; return whether that was us.

        `holder` is then what `read` finds at `path + HOLDER`.
        """

    def unlock(self, path: str) -> None:
        """Take a lock away, whoever holds it."""

    def close(self) -> None:
        """End the connection; does not raise."""


# In the folder of a lock: who holds it.
HOLDER: Final = "who.json"


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that is never shown: neither printed nor part of a traceback."""

    text: str = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Login:
    """Who we are there. `key` is a file with a private key, or of S3 the id of the access key;
    `ask` asks a person for the password; None where nobody is there."""

    password: Secret = Secret("")
    key: str = ""
    key_password: Secret = Secret("")
    token: Secret = Secret("")
    ask: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is published: the parts of an address such as sftp://user@host:22/folder.

    `folder` is as the server sees it: below the folder of the login, or absolute. `endpoint` and
    `region` are of S3, where `host` is the bucket.
    """

    scheme: str
    host: str = ""
    port: int | None = None
    user: str = ""
    folder: str = ""
    host_key: str = ""
    endpoint: str = ""
    region: str = ""
