"""Opens a far place; what each kind needs is loaded only for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from guongsang.remotes.folder import FolderRemote
from guongsang.remotes.remote import Login, Place, Remote, RemoteError

DescribeFile = Callable[[str], Mapping[str, str]]


def open_remote(
    place: Place,
    login: Login,  # noqa: ARG001
    root: Path,
    describe: DescribeFile,  # noqa: ARG001
) -> Remote:
    """Connect to a place. Folders are as seen from `root`; `describe` tells the headers of a file
    to a place that has to be told. Raises RemoteError."""
    if place.scheme != "folder":
        raise RemoteError("library", name=place.scheme)
    return FolderRemote(root / place.folder)
