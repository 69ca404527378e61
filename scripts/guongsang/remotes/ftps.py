"""A place reached by FTPS. Each connection carries one file at a time, so there are several."""

from __future__ import annotations

import ftplib
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import LifoQueue
from typing import Final, TypeVar

from guongsang.remotes.locks import FolderLocks
from guongsang.remotes.reach import explain_connecting
from guongsang.remotes.remote import PATIENCE, TEMPORARY, Login, Place, RemoteError

_T = TypeVar("_T")

_PORT: Final = 21
_LOGIN: Final = ("530", "532")
_FULL: Final = ("452", "552")
# No data connection just now: all ports of the server are in use, or it broke off.
_BUSY: Final = ("425", "426")
_TRIES: Final = 4
_UNKNOWN: Final = ("500", "501", "502", "504", "534")
_MISSING: Final = ("no such", "not found", "doesn't exist", "does not exist", "can't open")
_EXISTS: Final = ("exists", "already")
_REFUSED: Final = ("permission", "denied", "not permitted")


class _Connection(ftplib.FTP_TLS):
    """Data connections take up the TLS session of the control connection: many servers demand that,
    so that nobody else can take the data."""

    def ntransfercmd(
        self, cmd: str, rest: int | str | None = None
    ) -> tuple[socket.socket, int | None]:
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - by TLS, below
        if self._prot_p:  # type: ignore[attr-defined]
            assert isinstance(self.sock, ssl.SSLSocket)
            connection = self.context.wrap_socket(
                connection, server_hostname=self.host, session=self.sock.session
            )
        return connection, size


class FtpsRemote(FolderLocks):
    """Raises RemoteError."""

    workers = 4

    def __init__(self, place: Place, login: Login) -> None:
        self._place, self._login = place, login
        self._password = login.password.text
        self._context = ssl.create_default_context()
        # What may be used now; None stands for a connection that may still be opened.
        self._free: LifoQueue[_Connection | None] = LifoQueue()
        self._mutex = threading.Lock()
        self._open = 1
        try:
            first = self._connect()
        except RemoteError as error:
            if error.reason != "password" or self._password or login.ask is None:
                raise
            self._password = login.ask()
            first = self._connect()
        for each in (*[None] * (self.workers - 1), first):
            self._free.put(each)

    def read(self, path: str) -> bytes | None:
        def read(connection: _Connection) -> bytes | None:
            found = io.BytesIO()
            try:
                connection.retrbinary(f"RETR {path}", found.write)
            except ftplib.error_perm as error:
                if not _is_missing(error):
                    raise
                return None
            return found.getvalue()

        return self._run(read, path)

    def write(self, path: str, content: bytes) -> None:
        draft = path + TEMPORARY

        def write(connection: _Connection) -> None:
            try:
                connection.storbinary(f"STOR {draft}", io.BytesIO(content), blocksize=1 << 16)
            except ftplib.error_perm as error:
                if _is_missing(error):
                    raise RemoteError("no-parent", path=path) from None
                raise
            connection.rename(draft, path)

        self._run(write, path)

    def remove(self, path: str) -> None:
        def remove(connection: _Connection) -> None:
            if path.endswith("/"):
                # There are as many words for a folder that is not empty as there are servers.
                with suppress(ftplib.error_perm):
                    connection.rmd(path.rstrip("/"))
                return
            try:
                connection.delete(path)
            except ftplib.error_perm as error:
                if not _is_missing(error):
                    raise

        self._run(remove, path)

    def make_new(self, path: str) -> bool:
        return self._run(lambda connection: _make(connection, path), path)

    def close(self) -> None:
        while not self._free.empty():
            connection = self._free.get()
            if connection is not None:
                connection.close()

    # Connections

    def _run(self, work: Callable[[_Connection], _T], path: str) -> _T:
        """Do something on a connection that is free, which is opened anew where it was cut: all
        of this may be done twice."""
        connection = self._take()
        is_fine = False
        try:
            with _explained(path):
                for left in reversed(range(_TRIES)):
                    try:
                        found = work(connection)
                        break
                    except (EOFError, ConnectionError, ssl.SSLEOFError, ftplib.error_temp) as error:
                        is_cut = not isinstance(error, ftplib.error_temp) or _is(error, "421")
                        if not left or not (is_cut or _is(error, *_BUSY)):
                            raise
                        if is_cut:
                            connection.close()
                            connection = self._connect()
                        else:
                            time.sleep(1)
            is_fine = True
            return found
        except RemoteError as error:
            is_fine = error.reason not in ("lost", "silent")
            raise
        finally:
            self._give_back(connection, is_fine=is_fine)

    def _take(self) -> _Connection:
        """Return a connection that nobody uses; where the server wants no more of them, wait."""
        while True:
            connection = self._free.get()
            if connection is not None:
                return connection
            try:
                made = self._connect()
            except RemoteError:
                with self._mutex:
                    is_alone = not self._open
                if is_alone:
                    self._free.put(None)
                    raise
            else:
                with self._mutex:
                    self._open += 1
                return made

    def _give_back(self, connection: _Connection, *, is_fine: bool) -> None:
        if not is_fine:
            connection.close()
            with self._mutex:
                self._open -= 1
        self._free.put(connection if is_fine else None)

    def _connect(self) -> _Connection:
        place = self._place
        connection = _Connection(context=self._context, timeout=PATIENCE)
        try:
            with _explained(place.folder):
                port = place.port or _PORT
                try:
                    connection.connect(place.host, port)
                except OSError as error:
                    raise explain_connecting(error, place.host, port) from None
                try:
                    connection.auth()
                except ftplib.error_perm as error:
                    if str(error).startswith(_UNKNOWN):
                        raise RemoteError("no-tls") from None
                    raise
                connection.login(place.user, self._password, secure=False)
                connection.prot_p()
                connection.voidcmd("TYPE I")
                if place.folder:
                    self._enter(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _enter(self, connection: _Connection) -> None:
        try:
            connection.cwd(self._place.folder)
        except ftplib.error_perm:
            raise RemoteError("no-folder", folder=self._place.folder) from None


def _make(connection: _Connection, path: str) -> bool:
    """Make a folder; return False where it was there."""
    folder = path.rstrip("/")
    try:
        connection.mkd(folder)
    except ftplib.error_perm as error:
        here = connection.pwd()
        try:
            connection.cwd(folder)
        except ftplib.error_perm:
            if _is_missing(error):
                raise RemoteError("no-parent", path=path) from None
            raise error from None
        connection.cwd(here)
        return False
    return True


def _is(error: Exception, *numbers: str) -> bool:
    return str(error).startswith(numbers)


def _is_missing(error: ftplib.error_perm) -> bool:
    """Return whether a server means that there is no such file; the number alone may mean more."""
    said = str(error).lower()
    return said.startswith(("550", "553")) and any(word in said for word in _MISSING)


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except ftplib.error_perm as error:
        raise _explain_refusal(str(error), path) from None
    except ftplib.error_temp as error:
        said = str(error)
        if said.startswith(_FULL):
            raise RemoteError("full", path=path) from None
        raise RemoteError("other", path=path, said=said) from None
    except ssl.SSLCertVerificationError as error:
        raise RemoteError("certificate", said=error.verify_message) from None
    except TimeoutError:
        raise RemoteError("silent") from None
    except (EOFError, OSError, ftplib.Error):
        raise RemoteError("lost") from None


def _explain_refusal(said: str, path: str) -> RemoteError:
    if said.startswith(_LOGIN):
        return RemoteError("password")
    if said.startswith(_FULL):
        return RemoteError("full", path=path)
    if any(word in said.lower() for word in _REFUSED):
        return RemoteError("no-right", path=path)
    return RemoteError("other", path=path, said=said)
