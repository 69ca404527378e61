"""The folders of the stories: one walk that finds every story, its files, and what is misplaced."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from guongsang.problems.problem import Problem, has_errors, problem
from guongsang.stories.links import is_below, judge_link, judge_way, tell_twice

STORIES: Final = "stories"
REGISTERS: Final = "registers"
INDEX: Final = "index.md"
_DISGUISED: Final = re.compile(r"index(?:\.md)?\.(?:txt|text)", re.IGNORECASE)

# Size, and times of the last change of content and of anything in nanoseconds, inode. Only decides
# whether a file must be read again; what it says is known by its content.
Stamp = tuple[int, int, int, int]
# A file that changed just now may change again without its times telling.
_SETTLED_NS: Final = 50_000_000
# So long after it was written, a file can be told by its times.
SETTLING_SECONDS: Final = 0.06


@dataclass(frozen=True, slots=True)
class StoryFolder:
    """One story's folder; `stamps` are those of its files by name, index.md among them."""

    src_uri: str
    stamps: Mapping[str, Stamp]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the other files, sorted."""
        return tuple(sorted(name for name in self.stamps if name != INDEX))


@dataclass(slots=True)
class Scan:
    """What the walk found: story folders in order of path, and problems.

    What a link names is left out where it leads out of the newsroom, or nowhere.
    """

    root: Path
    folders: list[StoryFolder] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    followed: set[str] = field(default_factory=set)


def scan_stories(root: Path, only: Collection[str] | None = None) -> Scan:
    """Walk `stories/` once; with `only` through these folders of stories alone, by path.

    What links lead to twice only a walk through all of it can tell.
    """
    scan = Scan(root, problems=list(judge_way(root, STORIES)))
    home = root / STORIES
    if has_errors(scan.problems) or not home.is_dir():
        return scan
    for year in _entries(str(home)):
        path = f"{STORIES}/{year.name}"
        if only is not None and not any(each.startswith(f"{path}/") for each in only):
            continue
        if year.is_symlink() and not _may_follow_folder(scan, path):
            continue
        if not year.is_dir():
            scan.problems += _misplaced(year, path)
        elif year.name == REGISTERS:
            continue
        else:
            _scan_year(scan, year.path, path, only)
    return scan


def stamp_of(stat: os.stat_result) -> Stamp:
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def is_settled(stamp: Stamp) -> bool:
    """Return whether a file is old enough for its stamp to be trusted the next time."""
    return time.time_ns() - max(stamp[1], stamp[2]) > _SETTLED_NS


def _scan_year(scan: Scan, year: str, path: str, only: Collection[str] | None) -> None:
    for folder in _entries(year):
        uri = f"{path}/{folder.name}"
        if only is not None and uri not in only:
            continue
        if folder.is_symlink() and not _may_follow_folder(scan, uri):
            continue
        if folder.is_dir():
            _scan_folder(scan, folder.path, uri)
        else:
            scan.problems += _misplaced(folder, uri)


def _scan_folder(scan: Scan, folder: str, path: str) -> None:
    stamps: dict[str, Stamp] = {}
    has_text = False
    for entry in _entries(folder, hidden=True):
        name = entry.name
        if entry.is_symlink() and not is_content(name):
            continue
        if entry.is_symlink() and not _may_follow(scan, f"{path}/{name}"):
            has_text = True
        elif entry.is_dir():
            for misplaced in _find_texts(entry.path, f"{path}/{name}"):
                has_text = True
                if not name.startswith("."):
                    scan.problems.append(misplaced)
        elif name == INDEX or is_content(name):
            try:
                stamps[name] = stamp_of(entry.stat())
            except OSError as error:  # taken away meanwhile
                reason = error.strerror or error
                scan.problems.append(problem("GS824", f"{path}/{name}", reason=reason))
                has_text = True
                continue
            if name != INDEX:
                scan.problems += (found := _misplaced(entry, f"{path}/{name}"))
                has_text = has_text or bool(found)
    if INDEX in stamps:
        scan.folders.append(StoryFolder(f"{path}/{INDEX}", stamps))
    elif not has_text:
        scan.problems.append(problem("GS242", path, found=_find_disguised(stamps)))


def _find_disguised(names: Iterable[str]) -> str:
    """Return the file that was meant to be index.md: Notepad adds an ending of its own."""
    named = (name for name in sorted(names) if _DISGUISED.fullmatch(name))
    return next(named, "")


def _may_follow(scan: Scan, path: str) -> bool:
    """Note a link; return whether what it names may be read."""
    found = judge_link(scan.root, path)
    scan.problems.append(found)
    return not found.is_error


def _may_follow_folder(scan: Scan, path: str) -> bool:
    """Note a link to a folder; return whether its stories are to be read, and are not already."""
    target = os.path.realpath(scan.root / path)
    is_known = target in scan.followed or is_below(target, scan.root / STORIES)
    if is_known and Path(target).is_dir() and not judge_link(scan.root, path).is_error:
        scan.problems.append(tell_twice(scan.root, path))
        return False
    scan.followed.add(target)
    return _may_follow(scan, path)


def _find_texts(folder: str, path: str) -> list[Problem]:
    """Return a problem for each Markdown file anywhere below a story's subfolder."""
    found = []
    for entry in _entries(folder, hidden=True):
        if entry.is_dir(follow_symlinks=False):
            found += _find_texts(entry.path, f"{path}/{entry.name}")
        else:
            found += _misplaced(entry, f"{path}/{entry.name}")
    return found


def _entries(folder: str, *, hidden: bool = False) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        kept = [each for each in entries if hidden or not each.name.startswith(".")]
    return iter(sorted(kept, key=lambda each: each.name))


def _misplaced(entry: os.DirEntry[str], path: str) -> list[Problem]:
    is_text = entry.name.lower().endswith(".md") and not entry.is_dir(follow_symlinks=False)
    if not is_text:
        return []
    # Windows hides the second ending, and takes Index.md for index.md.
    is_meant = entry.name.lower().removesuffix(".md") in ("index", INDEX)
    return [problem("GS236", path, name=entry.name if is_meant and entry.name != INDEX else "")]


def is_content(name: str) -> bool:
    """Return whether a file of a story's folder belongs to the story."""
    return not name.startswith((".", "~$")) and name not in ("Thumbs.db", "desktop.ini")
