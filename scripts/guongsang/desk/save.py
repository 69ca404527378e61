"""Saving an editor's file from a form: only what was opened is overwritten, at one stroke."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guongsang.desk.change import Changes, change_story
from guongsang.desk.refuse import ChangedMeanwhileError, RefusedError, refuse_unreadable
from guongsang.desk.write import write_text
from guongsang.problems.problem import Problem
from guongsang.registers.paths import FOLDER
from guongsang.stories.scan import STORIES
from guongsang.stories.source import MAX_BYTES, decode_text, split_story
from guongsang.text.filenames import find_unholdable
from guongsang.yamlfile.parse import parse_yaml


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it lies on disk: `text` with byte order mark and line ends, `digest` of its bytes.

    Of a story `front` is what its front matter says, None where that cannot be read, and `body` has
    line ends as LF.
    """

    path: str
    text: str
    digest: str
    front: dict[str, Any] | None
    body: str


def open_story(root: Path, path: str) -> Opened:
    """Open a story for editing; `path` is that of its index.md. Raises RefusedError."""
    text, digest = _read(root, path)
    plain = decode_text(text.encode(), path)
    if isinstance(plain, Problem):
        raise refuse_unreadable(plain)
    split = split_story(plain, path)
    if isinstance(split, Problem):
        return Opened(path, text, digest, None, plain)
    parsed = parse_yaml(split.front, path, first_line=split.front_line)
    front = parsed.data if isinstance(parsed.data, dict) else None
    return Opened(path, text, digest, front, split.body)


def save_story(
    root: Path, path: str, opened: str, changes: Changes, body: str | None = None
) -> Opened:
    """Save changed fields, and the body if there is another; return the story as it now is.

    `opened` is the digest of the story as the form knows it. Nothing is written where nothing
    differs. Raises ChangedMeanwhileError, other RefusedErrors, OSError.
    """
    text, digest = _read(root, path)
    if digest != opened:
        raise ChangedMeanwhileError(path, text, digest)
    changed = change_story(text, changes, body, path)
    if changed != text:
        replace_text(root, path, digest, changed)
    return open_story(root, path)


def replace_text(root: Path, path: str, opened: str | None, text: str, home: str = STORIES) -> None:
    """Replace a file below `home` that is still as it was opened; None: that must not be there.

    Raises ChangedMeanwhileError, other RefusedErrors, OSError.
    """
    target = find_target(root, path, home)
    if len(text.encode()) > _limit(path):
        raise RefusedError("size", path=path, limit=_limit(path) >> 20)
    if opened is None:
        if target.exists():
            raise RefusedError("there", path=path)
    else:
        there, digest = _read(root, path, home)
        if digest != opened:
            raise ChangedMeanwhileError(path, there, digest)
    write_text(target, text)


def open_text(root: Path, path: str) -> str:
    """Return the text of a file below stories/ as it lies there. Raises RefusedError."""
    return _read(root, path)[0]


def find_target(root: Path, path: str, home: str = STORIES) -> Path:
    """Return where a file below `home` lies, or that file itself; nothing of it may be a link.

    Raises RefusedError for any other path, and for names that are devices somewhere.
    """
    parts = path.split("/")
    is_inside = path.startswith(f"{home}/") or (path == home != STORIES)
    is_plain = is_inside and "\0" not in path
    if not is_plain or any(_is_odd(part) for part in parts):
        raise RefusedError("outside", path=path)
    target = root
    for part in parts:
        target = target / part
        try:
            mode = target.lstat().st_mode
        except OSError:
            continue  # not there yet, nor what is below it
        wanted = stat.S_ISREG if target == root.joinpath(*parts) else stat.S_ISDIR
        if not wanted(mode) or _is_junction(target):
            raise RefusedError("outside", path=path)
    return target


def digest_text(text: str) -> str:
    """Return what tells a file from any other: the SHA-256 of its bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def _read(root: Path, path: str, home: str = STORIES) -> tuple[str, str]:
    target = find_target(root, path, home)
    try:
        raw = target.read_bytes()
    except FileNotFoundError:
        raise RefusedError("gone", path=path) from None
    if len(raw) > _limit(path):
        raise RefusedError("size", path=path, limit=_limit(path) >> 20)
    found = decode_text(raw, path)
    if isinstance(found, Problem):
        raise refuse_unreadable(found)
    return raw.decode(), hashlib.sha256(raw).hexdigest()


def _limit(path: str) -> int:
    return (8 if path.startswith(f"{FOLDER}/") else 1) * MAX_BYTES


_ODD: Final = ("", ".", "..")


def _is_odd(part: str) -> bool:
    return part in _ODD or part.startswith(".") or find_unholdable(part) is not None


def _is_junction(path: Path) -> bool:
    """Return whether a folder of Windows leads elsewhere, which is no link to Python."""
    attributes = getattr(os.lstat(path), "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400))
