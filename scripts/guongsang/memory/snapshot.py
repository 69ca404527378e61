"""What a command came to when nothing that it read has changed since: no file, no setting, no day.

The files are compared by name, size, times and inode only, which is quick for ten thousand stories.
Where settings differ nothing is known.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import marshal
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.memory.workers import work_aside
from guongsang.text.dates import in_vietnam

# A file that changed just now may change again without its times telling.
_SETTLED_NS: Final = 50_000_000
# So long after it was written, a file can be told by its times.
SETTLING_SECONDS: Final = 0.06
# With these, pages follow from more than the files that are compared.
_BEYOND: Final = re.compile(rb"^INHERIT:|^hooks:|snippets|!!python", re.MULTILINE)
_ENV: Final = re.compile(rb"!ENV\s*(\[[^\]]*\]|\S+)")
_NAME: Final = re.compile(rb"\w+")

# Name, size, two times and inode of a file; a folder has its name alone.
_Line = tuple[str, int, int, int, int]
# What tells settings, environment and packages apart; the folders; the lines of them and of those
# right below, packed: tens of thousands of them are rarely looked at one by one.
Seen = tuple[str, list[str], list[bytes]]


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was kept, and which files have changed, come or gone since; `seen` is how all is now.

    `until` is when it ends to hold.
    """

    result: Any
    changed: tuple[str, ...]
    seen: Seen
    until: dt.datetime

    def stamps(self, abs_path: str) -> dict[str, tuple[int, int, int, int]]:
        """Return size, times and inode of a file and of those beside it, by name."""
        folder = abs_path[: abs_path.rindex(os.sep) + 1]
        name_of = os.fsencode(folder)
        lists = (each for each in self.seen[2] if name_of in each)
        found = {}
        for path, size, modified, changed, inode in _unpack_lines(lists):
            name = path[len(folder) :]
            if path.startswith(folder) and os.sep not in name:
                found[name] = (size, modified, changed, inode)
        return found


@dataclass(slots=True)
class Inputs:
    """What a command is about to read. Looked at before the work, so that a change during it tells.

    `about` are the command and the options that decide what it comes to.
    """

    config_file: Path
    cache_dir: Path
    now: dt.datetime
    about: Sequence[str]
    _listed: dict[str, list[bytes] | None] = field(default_factory=dict)
    _waiting: dict[str, Callable[[], list[bytes] | None]] = field(default_factory=dict)

    def recall(
        self,
        on_kept: Callable[[Any], None] = lambda _: None,
        on_change: Callable[[], None] | None = None,
    ) -> Recalled | None:
        """Return what was kept if settings are as they were then.

        `on_kept` gets what was kept before all files are looked at. Where folders tell at once that
        something came or went, another process looks at the files during `on_change`.
        """
        kept: Any = load_store(self.file("unchanged"))
        if kept is None:
            return None
        seen, began, until, result, marks = kept
        if not began <= self.now.timestamp() < until:
            return None
        if on_change is not None and _mark_folders(seen[1]) != marks:
            for folder in seen[1][:1]:
                self.list_aside(folder)
            on_change()
        on_kept(result)
        now = self.look(seen[1])
        if now is None or now[:2] != seen[:2]:
            return None
        changed = _find_changed(seen[2], now[2])
        return Recalled(result, changed, now, dt.datetime.fromtimestamp(until, dt.UTC))

    def look(self, folders: Iterable[str]) -> Seen | None:
        """Return the state of settings and folders; None where files cannot tell it."""
        folders = list(folders)
        try:
            settings = self.config_file.read_bytes()
            listed = [self._list(folder) for folder in folders]
        except OSError:
            return None
        if _BEYOND.search(settings):
            return None
        if None in listed:
            return None
        lines = [lines for each in listed for lines in each or ()]
        names = {name for text in _ENV.findall(settings) for name in _NAME.findall(text)}
        environment = [(name, os.environ.get(os.fsdecode(name))) for name in sorted(names)]
        # Installing a package changes the folder that it goes into.
        paths = [(path, _changed(path)) for path in sys.path]
        state = marshal.dumps((settings, environment, paths), 2)
        return hashlib.sha256(state).hexdigest(), folders, lines

    def keep(self, seen: Seen | None, until: dt.datetime, result: Any) -> None:
        """Keep a result of plain values; `seen` was looked at before the work began."""
        marks = _mark_folders(seen[1]) if seen else ()
        kept = (seen, self.now.timestamp(), until.timestamp(), result, marks)
        with suppress(OSError):  # what cannot be kept is found out again
            if seen is None:
                self.file("unchanged").unlink(missing_ok=True)
            else:
                save_store(self.file("unchanged"), kept)

    def file(self, name: str) -> Path:
        """Return where something is kept for this command with these options."""
        digest = hashlib.sha256(repr(tuple(self.about)).encode()).hexdigest()[:12]
        return self.cache_dir / f"{name}-{digest}.bin"

    def list_aside(self, folder: str) -> None:
        """Let another process list a folder until it is looked at."""
        if self._listed.get(folder) is None:
            list_it = partial(_list_folder, folder)
            self._waiting[folder] = work_aside(list_it, workers=os.cpu_count() or 1)

    def _list(self, folder: str) -> list[bytes] | None:
        if self._listed.get(folder) is None:
            list_it = self._waiting.pop(folder, partial(_list_folder, folder))
            self._listed[folder] = list_it()
        return self._listed[folder]


def find_end(now: dt.datetime, moments: Iterable[float]) -> dt.datetime:
    """Return when results of now end to hold: the next moment of a story, or midnight in Vietnam.

    `moments` are seconds since 1970.
    """
    day = in_vietnam(now).replace(hour=0, minute=0, second=0, microsecond=0)
    midnight = day + dt.timedelta(days=1)
    present = now.timestamp()
    later = (moment for moment in moments if moment > present)
    return min(midnight, dt.datetime.fromtimestamp(min(later, default=9e9), midnight.tzinfo))


def _mark_folders(folders: Sequence[str]) -> list[tuple[str, int]]:
    """Return when something last came into or went from some folders or those right below.

    That tells of most new files, and of no file that was edited in its place.
    """
    there = [folder for folder in folders if Path(folder).is_dir()]
    below = [entry.path for folder in there for entry in os.scandir(folder) if entry.is_dir()]
    return [(path, _changed(path)) for path in sorted((*folders, *below))]


def _find_changed(before: list[bytes], now: list[bytes]) -> tuple[str, ...]:
    """Return the files and folders that differ, came or went."""
    if before == now:
        return ()
    old, new = {*before}, {*now}
    differing = {*_unpack_lines(old - new)} ^ {*_unpack_lines(new - old)}
    return tuple(sorted({line[0] for line in differing}))


def _unpack_lines(packed: Iterable[bytes]) -> list[_Line]:
    return [line for each in packed for line in marshal.loads(each)]  # noqa: S302 - our own bytes


def _list_folder(folder: str) -> list[bytes] | None:
    """List all files below a folder; None where names and times cannot tell their state.

    Each folder right below has a list of its own: most are equal to those of the last time.
    """
    lists: list[list[_Line]] = [[]]
    if Path(folder).is_dir() and not _list_into(folder, lists[0], lists):
        return None
    newest = max((max(line[2], line[3]) for lines in lists for line in lines), default=0)
    if time.time_ns() - newest <= _SETTLED_NS:
        return None
    return [marshal.dumps(lines, 2) for lines in sorted(map(sorted, lists))]


def _list_into(folder: str, lines: list[_Line], apart: list[list[_Line]] | None = None) -> bool:
    """List a folder with all below it, folders right below `apart`; False where a link leads
    elsewhere."""
    lines.append((folder, 0, 0, 0, 0))
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                return False
            if entry.is_dir(follow_symlinks=False):
                below = lines
                if apart is not None:
                    below = []
                    apart.append(below)
                if not _list_into(entry.path, below):
                    return False
            else:
                s = entry.stat(follow_symlinks=False)
                lines.append((entry.path, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino))
    return True


def _changed(path: str) -> int:
    try:
        return Path(path or ".").stat().st_mtime_ns
    except OSError:
        return 0
