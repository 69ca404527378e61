"""A place reached by SFTP. One connection carries all files; a thread of its own runs it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final, TypeVar

import asyncssh

from guongsang.remotes.folder import explain_os
from guongsang.remotes.locks import FolderLocks
from guongsang.remotes.reach import explain_connecting
from guongsang.remotes.remote import PATIENCE, TEMPORARY, Login, Place, RemoteError

_T = TypeVar("_T")

_PORT: Final = 22
_GONE: Final = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath, asyncssh.SFTPNotADirectory)
_FULL: Final = (asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded)
_REFUSED: Final = (asyncssh.SFTPPermissionDenied, asyncssh.SFTPWriteProtect)
_LOST: Final = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.Error, EOFError)


class _Client(asyncssh.SSHClient):
    """Asked about a host key that no list has: only one that is pinned by its fingerprint holds."""

    def __init__(self, pinned: str) -> None:
        self._pinned, self.seen = pinned, ""

    def validate_host_public_key(
        self,
        host: str,  # noqa: ARG002
        addr: str,  # noqa: ARG002
        port: int,  # noqa: ARG002
        key: asyncssh.SSHKey,
    ) -> bool:
        self.seen = key.get_fingerprint()
        return self.seen == self._pinned


class SftpRemote(FolderLocks):
    """Logs in by agent, key or password; the password is asked for where the others do not do.

    Raises RemoteError.
    """

    workers = 8

    def __init__(self, place: Place, login: Login) -> None:
        self._place, self._login = place, login
        self._base = place.folder or "."
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._connection: asyncssh.SSHClientConnection | None = None
        try:
            self._sftp = self._open()
            if not self._run(self._sftp.isdir(self._base), self._base):
                raise RemoteError("no-folder", folder=place.folder)
        except BaseException:
            self.close()
            raise

    def read(self, path: str) -> bytes | None:
        async def read() -> bytes | None:
            try:
                async with self._sftp.open(self._abs(path), "rb") as file:
                    content: bytes = await file.read()
                    return content
            except _GONE:
                return None

        return self._run(read(), path)

    def write(self, path: str, content: bytes) -> None:
        target = self._abs(path)
        draft = target + TEMPORARY

        async def write() -> None:
            try:
                file = await self._sftp.open(draft, "wb")
            except _GONE:
                raise RemoteError("no-parent", path=path) from None
            try:
                async with file:
                    await file.write(content)
                await self._replace(draft, target)
            except asyncssh.SFTPFailure:
                # What most servers say of a full disk.
                if await self._is_full():
                    raise RemoteError("full", path=path) from None
                raise

        self._run(write(), path)

    def remove(self, path: str) -> None:
        async def remove() -> None:
            with suppress(*_GONE):
                if path.endswith("/"):
                    # Servers have several words for a folder that is not empty.
                    with suppress(asyncssh.SFTPFailure, asyncssh.SFTPDirNotEmpty):
                        await self._sftp.rmdir(self._abs(path))
                else:
                    await self._sftp.remove(self._abs(path))

        self._run(remove(), path)

    def make_new(self, path: str) -> bool:
        async def make() -> bool:
            try:
                await self._sftp.mkdir(self._abs(path))
            except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                if await self._sftp.isdir(self._abs(path)):
                    return False
                raise
            except _GONE:
                raise RemoteError("no-parent", path=path) from None
            return True

        return self._run(make(), path)

    def close(self) -> None:
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        if not self._thread.is_alive():
            self._loop.close()

    async def _end(self) -> None:
        if self._connection is not None:
            self._connection.abort()
            with suppress(asyncssh.Error, OSError):
                await self._connection.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _abs(self, path: str) -> str:
        return f"{self._base.rstrip('/')}/{path}".rstrip("/")

    async def _replace(self, draft: str, target: str) -> None:
        try:
            await self._sftp.posix_rename(draft, target)
        except asyncssh.SFTPOpUnsupported:
            # A server without it may still replace, or does not: then there is a gap of an instant.
            try:
                await self._sftp.rename(draft, target)
            except asyncssh.SFTPError:
                with suppress(*_GONE):
                    await self._sftp.remove(target)
                await self._sftp.rename(draft, target)

    async def _is_full(self) -> bool:
        with suppress(asyncssh.SFTPError):
            return (await self._sftp.statvfs(self._base)).bavail == 0
        return False

    def _run(self, work: Coroutine[Any, Any, _T], path: str) -> _T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except _FULL:
            raise RemoteError("full", path=path) from None
        except _REFUSED:
            raise RemoteError("no-right", path=path) from None
        except _LOST as error:
            if isinstance(error, asyncssh.SFTPError) and not isinstance(
                error, (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection)
            ):
                raise RemoteError("other", path=path, said=error.reason) from None
            raise RemoteError("lost") from None
        except ConnectionError:
            raise RemoteError("lost") from None
        except OSError as error:
            raise explain_os(error, path) from None

    # The connection

    def _open(self) -> asyncssh.SFTPClient:
        password = self._login.password.text
        try:
            return self._connect(password)
        except RemoteError as error:
            if error.reason != "password" or password or self._login.ask is None:
                raise
        return self._connect(self._login.ask())

    def _connect(self, password: str) -> asyncssh.SFTPClient:
        place, login = self._place, self._login
        options: dict[str, Any] = {"password": password} if password else {}
        if login.key:
            options["client_keys"] = [self._read_key()]
        if place.user:
            options["username"] = place.user
        client = _Client(place.host_key)
        if place.host_key.startswith("SHA256:"):
            options["known_hosts"] = ([], [], [])
        elif place.host_key:
            options["known_hosts"] = ([_read_host_key(place.host_key)], [], [])

        async def connect() -> asyncssh.SFTPClient:
            self._connection = await asyncssh.connect(
                place.host,
                place.port or (),
                client_factory=lambda: client,
                connect_timeout=PATIENCE,
                login_timeout=PATIENCE,
                keepalive_interval=PATIENCE,
                **options,
            )
            return await self._connection.start_sftp_client()

        future = asyncio.run_coroutine_threadsafe(connect(), self._loop)
        try:
            return future.result()
        except asyncssh.HostKeyNotVerifiable:
            reason = "other-host" if place.host_key else "unknown-host"
            raise RemoteError(reason, fingerprint=client.seen or place.host_key) from None
        except asyncssh.PermissionDenied:
            raise RemoteError("password") from None
        except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
            raise RemoteError("key", path=login.key or "~/.ssh") from None
        except OSError as error:
            raise explain_connecting(error, place.host, place.port or _PORT) from None
        except asyncssh.Error as error:
            reason = "silent" if "timeout" in error.reason.lower() else "lost"
            raise RemoteError(reason) from None

    def _read_key(self) -> asyncssh.SSHKey:
        login = self._login
        try:
            return asyncssh.read_private_key(login.key, login.key_password.text or None)
        except (OSError, asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
            raise RemoteError("key", path=login.key) from None


def _read_host_key(text: str) -> asyncssh.SSHKey:
    try:
        return asyncssh.import_public_key(text)
    except asyncssh.KeyImportError:
        raise RemoteError("host-key") from None
