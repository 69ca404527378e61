"""Tells when somebody has saved a file: by the system's own notices, where it has them."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

# Reading is no change. The system must not even tell of it: a build opens tens of thousands of
# files, and saves would wait behind all that or be lost when the queue is full.
_FILTER: Final[list[type[FileSystemEvent]]] = [
    *(FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent),
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
]
# One save is often several changes: a temporary file, a rename, the folder's time.
_QUIET_SECONDS: Final = 0.05
_LONGEST_SECONDS: Final = 0.5
_POLL_SECONDS: Final = 1.0
_CLOSING_SECONDS: Final = 5.0

# What tells a folder from another one that has come in its place.
_Identity = tuple[int, int]


class Watcher(FileSystemEventHandler):
    """Watches folders with all that is in them, and single files.

    A folder may go, come and be replaced: the system's notices are of the folder that was there
    when they were asked for.
    """

    def __init__(self, folders: Iterable[Path], files: Iterable[Path]) -> None:
        self._folders = [str(folder) for folder in folders]
        self._files = {str(file) for file in files}
        self._changed = threading.Event()
        self._paths: set[str] = set()
        self._lost: set[str] = set()
        self._watches: dict[str, tuple[_Identity, ObservedWatch]] = {}
        self._observer = self._start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if isinstance(event, DirDeletedEvent) and event.src_path in self._watches:
            self._lost.add(str(event.src_path))
        for path in (event.src_path, event.dest_path):
            name = str(path)
            if name and self._is_ours(name):
                self._paths.add(name)
                self._changed.set()

    def wait(self, seconds: float = math.inf) -> frozenset[str]:
        """Wait for a change and until all is quiet again; returns the paths that changed.

        Nothing after so many seconds without a change.
        """
        until = time.monotonic() + seconds
        # With a limit: on Windows a wait without end does not let Ctrl+C through.
        while not self._changed.wait(timeout=min(_LONGEST_SECONDS, seconds)):
            self._look_again()
            if time.monotonic() >= until and not self._changed.is_set():
                return frozenset()
        latest = time.monotonic() + _LONGEST_SECONDS
        while time.monotonic() < latest:
            self._changed.clear()
            if not self._changed.wait(timeout=_QUIET_SECONDS):
                break
        self._look_again()
        self._changed.clear()
        paths, self._paths = frozenset(self._paths), set()
        return paths

    def close(self) -> None:
        self._observer.stop()
        self._observer.join(_CLOSING_SECONDS)  # its threads do not keep the process

    def _start(self) -> BaseObserver:
        try:
            return self._observe(Observer())
        except OSError:
            return self._poll()

    def _poll(self) -> BaseObserver:
        """Compare files: the system's notices have run out, or the disk has none."""
        self._watches.clear()
        return self._observe(PollingObserver(timeout=_POLL_SECONDS))

    def _observe(self, observer: BaseObserver) -> BaseObserver:
        self._follow(observer)
        observer.daemon = True
        observer.start()
        self._changed.clear()
        self._paths.clear()
        return observer

    def _look_again(self) -> None:
        try:
            self._follow(self._observer)
        except FileNotFoundError:
            self._changed.set()  # gone this very moment
        except OSError:
            self.close()
            self._observer = self._poll()
            self._changed.set()

    def _follow(self, observer: BaseObserver) -> None:
        """Watch what stands at the paths now; a folder that has come or gone is a change."""
        wanted = {str(Path(file).parent): False for file in self._files}
        wanted |= dict.fromkeys(self._folders, True)
        for folder, recursive in wanted.items():
            known, identity = self._watches.get(folder), _identify(folder)
            if known and (folder in self._lost or known[0] != identity):
                del self._watches[folder]
                self._lost.discard(folder)
                observer.unschedule(known[1])
                self._tell(folder)
            if identity and folder not in self._watches:
                watch = observer.schedule(self, folder, recursive=recursive, event_filter=_FILTER)
                self._watches[folder] = identity, watch
                self._tell(folder)

    def _tell(self, folder: str) -> None:
        self._paths.add(folder)
        self._changed.set()

    def _is_ours(self, path: str) -> bool:
        if "__pycache__" in path:
            return False
        return path in self._files or any(Path(path).is_relative_to(each) for each in self._folders)


def _identify(folder: str) -> _Identity | None:
    with suppress(FileNotFoundError, NotADirectoryError):
        told = Path(folder).stat()
        return told.st_dev, told.st_ino
    return None
