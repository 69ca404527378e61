"""Symbolic links below a newsroom: where one leads decides whether what it names may be read.

Whoever sends a story could otherwise have the machine that builds publish its own files.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guongsang.problems.problem import Problem, problem


def judge_link(root: Path, path: str) -> Problem:
    """Return what there is to say of a link at `path`, relative to the root.

    GS818, an error, where it leads out, into a hidden folder such as .git, or to a folder around
    itself; GS824 where it leads nowhere; else GS819, a warning: that may be read.
    """
    link = root / path
    home, target = Path(os.path.realpath(root)), Path(os.path.realpath(link))
    above = (os.path.realpath(root / each) for each in Path(path).parents)
    is_outside = not target.is_relative_to(home)
    is_hidden = any(part.startswith(".") for part in target.parts[len(home.parts) :])
    if is_outside or is_hidden or any(Path(each).is_relative_to(target) for each in above):
        return problem("GS818", path, target=os.readlink(link))  # noqa: PTH115 - as it is written
    if not target.exists():
        return problem("GS824", path, reason=os.strerror(errno.ENOENT))
    return problem("GS819", path, target=os.readlink(link))  # noqa: PTH115


def is_below(target: str, folder: Path) -> bool:
    """Return whether a real path lies below a folder: what is there is read without any link."""
    return Path(target).is_relative_to(os.path.realpath(folder))


def tell_twice(root: Path, path: str) -> Problem:
    """Return GS826 for a link to a folder that is read anyway."""
    return problem("GS826", path, target=os.readlink(root / path))  # noqa: PTH115


def judge_way(root: Path, path: str) -> Iterator[Problem]:
    """Yield what there is to say of the links among a path and the folders above it."""
    parts = path.split("/")
    for at in range(len(parts)):
        above = "/".join(parts[: at + 1])
        if (root / above).is_symlink():
            found = judge_link(root, above)
            yield found
            if found.is_error:
                return


@dataclass(slots=True)
class Walk:
    """The files below a folder that may be read, in order, and what its links lead to.

    Paths are relative to the root.
    """

    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def walk_folder(root: Path, folder: Path) -> Walk:
    """List a folder below the root, as MkDocs does: through links, too, but only where they may be
    followed, and into no folder twice by them."""
    walk = Walk()
    path = folder.relative_to(root).as_posix()
    walk.problems += judge_way(root, path)
    if folder.is_dir() and not any(found.is_error for found in walk.problems):
        _walk_into(walk, root, path, path, {os.path.realpath(folder)})
    return walk


def _walk_into(walk: Walk, root: Path, home: str, path: str, followed: set[str]) -> None:
    with os.scandir(root / path) as entries:
        listed = sorted(entries, key=lambda each: each.name)
    for entry in listed:
        below = f"{path}/{entry.name}"
        if entry.is_symlink():
            found, target = judge_link(root, below), os.path.realpath(entry.path)
            is_twice = target in followed or (entry.is_dir() and is_below(target, root / home))
            if is_twice and not found.is_error:
                found = tell_twice(root, below)
            walk.problems.append(found)
            if found.is_error:
                continue
            followed.add(target)
        if entry.is_dir():
            _walk_into(walk, root, home, below, followed)
        else:
            walk.files.append(below)
