"""Locks of places that have folders: to make one succeeds for one only."""

from __future__ import annotations

from abc import ABC, abstractmethod

from guongsang.remotes.remote import HOLDER, TEMPORARY, RemoteError


class FolderLocks(ABC):
    """What `lock` and `unlock` are where there are folders."""

    @abstractmethod
    def write(self, path: str, content: bytes) -> None: ...

    @abstractmethod
    def remove(self, path: str) -> None: ...

    @abstractmethod
    def make_new(self, path: str) -> bool:
        """Make a folder; return False where it was there. Raises RemoteError."""

    def make_folder(self, path: str) -> None:
        self.make_new(path)

    def lock(self, path: str, holder: bytes) -> bool:
        if not self.make_new(path):
            return False
        try:
            self.write(path + HOLDER, holder)
        except RemoteError:
            self.unlock(path)
            raise
        return True

    def unlock(self, path: str) -> None:
        for name in (HOLDER, HOLDER + TEMPORARY):
            self.remove(path + name)
        self.remove(path)
