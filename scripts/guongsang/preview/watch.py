"""Tells when somebody has saved a file: by the system's own notices, where it has them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
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
from watchdog.observers.api import BaseObserver
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


class Watcher(FileSystemEventHandler):
    """Watches folders with all that is in them, and single files."""

    def __init__(self, folders: Iterable[Path], files: Iterable[Path]) -> None:
        self._folders = [folder for folder in folders if folder.is_dir()]
        self._files = {str(file) for file in files}
        self._changed = threading.Event()
        self._paths: set[str] = set()
        self._observer = self._start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            name = str(path)
            if name and self._is_ours(name):
                self._paths.add(name)
                self._changed.set()

    def wait(self) -> frozenset[str]:
        """Wait for a change and until all is quiet again; returns the paths that changed."""
        # With a limit: on Windows a wait without end does not let Ctrl+C through.
        while not self._changed.wait(timeout=_LONGEST_SECONDS):
            pass
        latest = time.monotonic() + _LONGEST_SECONDS
        while time.monotonic() < latest:
            self._changed.clear()
            if not self._changed.wait(timeout=_QUIET_SECONDS):
                break
        self._changed.clear()
        paths, self._paths = frozenset(self._paths), set()
        return paths

    def close(self) -> None:
        self._observer.stop()
        self._observer.join()

    def _start(self) -> BaseObserver:
        try:
            return self._observe(Observer())
        except OSError:
            # The system's notices have run out, or the folder lies on a disk without any.
            return self._observe(PollingObserver(timeout=_POLL_SECONDS))

    def _observe(self, observer: BaseObserver) -> BaseObserver:
        for folder in self._folders:
            observer.schedule(self, str(folder), recursive=True, event_filter=_FILTER)
        for parent in {str(Path(file).parent) for file in self._files}:
            observer.schedule(self, parent, recursive=False, event_filter=_FILTER)
        observer.daemon = True
        observer.start()
        return observer

    def _is_ours(self, path: str) -> bool:
        if "__pycache__" in path:
            return False
        return path in self._files or any(Path(path).is_relative_to(each) for each in self._folders)
