"""Opens a far place; what each kind needs is loaded only for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from guongsang.remotes.folder import FolderRemote
from guongsang.remotes.remote import Login, Place, Remote, RemoteError

DescribeFile = Callable[[str], Mapping[str, str]]


def open_remote(place: Place, login: Login, root: Path, describe: DescribeFile) -> Remote:
    """Connect to a place. Folders are as seen from `root`; `describe` tells the headers of a file
    to a place that has to be told. Raises RemoteError."""
    try:
        if place.scheme == "sftp":
            from guongsang.remotes.sftp import SftpRemote  # noqa: PLC0415

            return SftpRemote(place, login)
        if place.scheme == "ftps":
            from guongsang.remotes.ftps import FtpsRemote  # noqa: PLC0415

            return FtpsRemote(place, login)
        if place.scheme == "s3":
            from guongsang.remotes.s3 import S3Remote  # noqa: PLC0415

            return S3Remote(place, login, describe)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("asyncssh", "obstore"):
            raise
        raise RemoteError("library", name=error.name) from None
    return FolderRemote(root / place.folder)
