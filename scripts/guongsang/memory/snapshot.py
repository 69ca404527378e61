"""What a command came to when nothing that it read has changed since: no file, no setting, no day.

The files are compared by name, size, times and inode only, which is quick for ten thousand stories.
Where settings differ nothing is known. A folder of which the times tell that nothing came into it
or went is not listed again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import marshal
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.memory.workers import Aside, work_aside
from guongsang.text.dates import in_vietnam

# A file that changed just now may change again without its times telling.
_SETTLED_NS: Final = 50_000_000
# So long after it was written, a file can be told by its times.
SETTLING_SECONDS: Final = 0.06
# With these, pages follow from more than the files that are compared.
_BEYOND: Final = re.compile(rb"^INHERIT:|^hooks:|snippets|!!python", re.MULTILINE)
_ENV: Final = re.compile(rb"!ENV\s*(\[[^\]]*\]|\S+)")
_NAME: Final = re.compile(rb"\w+")

# Name, size, two times and inode of a file or a folder, which has a size of its own kind.
_Line = tuple[str, int, int, int, int]
_FOLDER: Final = -1
# Elsewhere the times of a folder may not tell.
_FOLDERS_TELL: Final = sys.platform == "linux"
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
    _waiting: dict[str, Aside[list[bytes] | None]] = field(default_factory=dict)

    def recall(
        self, meanwhile: Callable[[Callable[[], bool]], None] | None = None
    ) -> Recalled | None:
        """Return what was kept if settings are as they were then.

        During `meanwhile` another process looks at most files; that gets what tells whether it is
        done.
        """
        kept: Any = load_store(self.file("unchanged"))
        if kept is None:
            return None
        seen, began, until, result = kept
        if not began <= self.now.timestamp() < until:
            return None
        _, folders, lines = seen
        if meanwhile is not None and folders:
            self.list_aside(folders[0], lines)
            meanwhile(self._waiting[folders[0]].is_done)
        now = self.look(folders, lines)
        if now is None or now[:2] != seen[:2]:
            return None
        changed = _find_changed(lines, now[2])
        return Recalled(result, changed, now, dt.datetime.fromtimestamp(until, dt.UTC))

    def look(self, folders: Iterable[str], known: Sequence[bytes] = ()) -> Seen | None:
        """Return the state of settings and folders; None where files cannot tell it.

        `known` are lines of an earlier look.
        """
        folders = list(folders)
        if any(map(self._is_linked, (self.config_file, *map(Path, folders)))):
            return None
        try:
            settings = self.config_file.read_bytes()
            listed = [self._list(folder, known) for folder in folders]
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

    def _is_linked(self, path: Path) -> bool:
        """Return whether a path of the newsroom is a link, or leads through one."""
        root = self.config_file.parent
        way = (each for each in (path, *path.parents) if each.is_relative_to(root))
        return any(each.is_symlink() for each in way if each != root)

    def keep(self, seen: Seen | None, until: dt.datetime, result: Any) -> None:
        """Keep a result of plain values; `seen` was looked at before the work began."""
        kept = (seen, self.now.timestamp(), until.timestamp(), result)
        with suppress(OSError):  # what cannot be kept is found out again
            if seen is None:
                self.file("unchanged").unlink(missing_ok=True)
            else:
                save_store(self.file("unchanged"), kept)

    def file(self, name: str) -> Path:
        """Return where something is kept for this command with these options."""
        digest = hashlib.sha256(repr(tuple(self.about)).encode()).hexdigest()[:12]
        return self.cache_dir / f"{name}-{digest}.bin"

    def list_aside(self, folder: str, known: Sequence[bytes] = ()) -> None:
        """Let another process list a folder until it is looked at."""
        if self._listed.get(folder) is None:
            list_it = partial(_list_folder, folder, known)
            self._waiting[folder] = work_aside(list_it, workers=os.cpu_count() or 1)

    def _list(self, folder: str, known: Sequence[bytes]) -> list[bytes] | None:
        if self._listed.get(folder) is None:
            waiting = self._waiting.pop(folder, None)
            self._listed[folder] = waiting() if waiting else _list_folder(folder, known)
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


def _find_changed(before: list[bytes], now: list[bytes]) -> tuple[str, ...]:
    """Return the files and folders that differ, came or went."""
    if before == now:
        return ()
    old, new = {*before}, {*now}
    differing = {*_unpack_lines(old - new)} ^ {*_unpack_lines(new - old)}
    return tuple(sorted({line[0] for line in differing}))


def _unpack_lines(packed: Iterable[bytes]) -> list[_Line]:
    """Return files and folders; what came into a folder or went is told by its own line."""
    return [
        (line[0], _FOLDER, 0, 0, 0) if line[1] == _FOLDER else line
        for each in packed
        for line in _unpack(each)
    ]


def _unpack(packed: bytes) -> list[_Line]:
    lines: list[_Line] = marshal.loads(packed)  # noqa: S302 - our own bytes
    return lines


def _list_folder(folder: str, known: Sequence[bytes] = ()) -> list[bytes] | None:
    """List all files below a folder; None where names and times cannot tell their state.

    The folder, and each folder right below, has a list of its own, packed. One of `known` is
    returned as it is where all in it are as they were.
    """
    before: dict[str, tuple[bytes, list[_Line]]] = {}
    for packed in known if _FOLDERS_TELL else ():
        lines = _unpack(packed)
        if lines and (lines[0][0] == folder or os.path.dirname(lines[0][0]) == folder):  # noqa: PTH120
            before[lines[0][0]] = (packed, lines)
    lists: dict[str, list[_Line]] = {}
    stand: list[bytes] = []
    own, own_lines = before.pop(folder, (b"", []))
    if own_lines and all(map(_stands, own_lines)):
        stand.append(own)
        for path, (packed, lines) in before.items():
            if all(map(_stands, lines)):
                stand.append(packed)
            elif not _list_into(path, lists.setdefault(path, [])):
                return None
    else:
        lists[folder] = []
        if Path(folder).is_dir() and not _list_into(folder, lists[folder], lists):
            return None
    newest = max((max(line[2:4]) for lines in lists.values() for line in lines), default=0)
    if time.time_ns() - newest <= _SETTLED_NS:
        return None
    return sorted([*stand, *(marshal.dumps(sorted(lines), 2) for lines in lists.values())])


def _list_into(
    folder: str, lines: list[_Line], apart: dict[str, list[_Line]] | None = None
) -> bool:
    """List a folder with all below it, folders right below `apart`; False where a link leads
    elsewhere."""
    # Before anything in it is looked at: what comes after that makes its times others.
    lines.append(_tell(folder, os.stat(folder)))  # noqa: PTH116
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                return False
            if entry.is_dir(follow_symlinks=False):
                below = lines if apart is None else apart.setdefault(entry.path, [])
                if not _list_into(entry.path, below):
                    return False
            else:
                lines.append(_tell(entry.path, entry.stat(follow_symlinks=False)))
    return True


def _stands(line: _Line) -> bool:
    """Return whether a file or a folder is what it was, and the latter has in it what it had."""
    try:
        return _tell(line[0], os.lstat(line[0])) == line
    except OSError:
        return False


def _tell(path: str, s: os.stat_result) -> _Line:
    size = _FOLDER if stat.S_ISDIR(s.st_mode) else s.st_size
    return path, size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino


def _changed(path: str) -> int:
    try:
        return Path(path or ".").stat().st_mtime_ns
    except OSError:
        return 0
