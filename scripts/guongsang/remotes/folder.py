"""A folder that this machine sees: a web server's own, or one of a network drive."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from guongsang.remotes.locks import FolderLocks
from guongsang.remotes.remote import TEMPORARY, RemoteError

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_REFUSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


class FolderRemote(FolderLocks):
    """Raises RemoteError where the folder does not exist: a mistyped one is not made."""

    workers = 4

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise RemoteError("no-folder", folder=root)
        self._root = root

    def read(self, path: str) -> bytes | None:
        with _explained(path):
            try:
                return (self._root / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None

    def write(self, path: str, content: bytes) -> None:
        target = self._root / path
        draft = target.with_name(target.name + TEMPORARY)
        with _explained(path):
            try:
                draft.write_bytes(content)
            except FileNotFoundError:
                raise RemoteError("no-parent", path=path) from None
            draft.replace(target)

    def remove(self, path: str) -> None:
        with _explained(path):
            if path.endswith("/"):
                try:
                    (self._root / path).rmdir()
                except OSError as error:
                    if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT):
                        raise
            else:
                with suppress(NotADirectoryError):
                    (self._root / path).unlink(missing_ok=True)

    def make_new(self, path: str) -> bool:
        with _explained(path):
            try:
                os.mkdir(self._root / path)  # noqa: PTH102 - fails where it is there
            except FileExistsError:
                return False
            except FileNotFoundError:
                raise RemoteError("no-parent", path=path) from None
        return True

    def close(self) -> None:
        pass


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise explain_os(error, path) from None


def explain_os(error: OSError, path: str) -> RemoteError:
    """Return what an error of a file system means."""
    if error.errno in _FULL:
        return RemoteError("full", path=path)
    if error.errno in _REFUSED:
        return RemoteError("no-right", path=path)
    return RemoteError("other", path=path, said=error.strerror or type(error).__name__)
