"""What git has of a newsroom: which stories were edited, and what their last versions said."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from guongsang.stories.scan import STORIES

# What is committed, and what was before that: an edit is told on the desk and by who checks it in.
VERSIONS: Final = ("HEAD^", "HEAD")
NONE: Final = "none"  # no repository
_SECONDS: Final = 60
_BLOB: Final = re.compile(rb"[0-9a-f]+ blob ([0-9]+)")
# Longer than the line before an object's bytes.
_HEAD_BYTES: Final = 8192
_ELSEWHERE: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CEILING_DIRECTORIES")


def tell_head(root: Path) -> str | None:
    """Return what tells the version that is checked out from others, without asking git; None
    where only git knows."""
    if any(name in os.environ for name in _ELSEWHERE):
        return None
    for folder in (root, *root.parents):
        own = folder / ".git"
        if own.is_dir():
            try:
                head = (own / "HEAD").read_text("utf-8").strip()
                return f"{head} {_read_ref(own, head)}"
            except (OSError, UnicodeDecodeError):
                return None
        if own.exists():
            return None
    return NONE


def _read_ref(own: Path, head: str) -> str:
    """Return what HEAD names; the state of all packed names where it has no file of its own."""
    name = head.removeprefix("ref: ")
    if name == head:
        return ""
    loose, packed = own / name, own / "packed-refs"
    if loose.is_file():
        return loose.read_text("utf-8").strip()
    if packed.is_file():
        stat = packed.stat()
        return f"{stat.st_mtime_ns} {stat.st_size} {stat.st_ino}"
    return ""


def ask_edited(root: Path) -> Callable[[], frozenset[str]]:
    """Ask git which stories differ from one of the last versions, as `src_uri`.

    Git looks while others work; who asks has to call what is returned.
    """
    if tell_head(root) == NONE:
        return frozenset
    options = ("--name-only", "-z", "--relative", "--diff-filter=M")
    files = ("--", f"{STORIES}/*/*/index.md")
    asked = [
        _start_git(root, "diff", *options, *versions, *files) for versions in (("HEAD",), VERSIONS)
    ]

    def list_edited() -> frozenset[str]:
        told = b"\0".join(_hear_git(git) or b"" for git in asked).split(b"\0")
        return frozenset(os.fsdecode(each) for each in told if each and b"\n" not in each)

    return list_edited


def list_unsent(root: Path) -> frozenset[str] | None:
    """Return the folders of the stories that differ from git's last version, or that it does not
    know, relative to the root; None without git."""
    options = ("--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    told = _hear_git(_start_git(root, "status", *options, "--", STORIES))
    if told is None:
        return None
    inside = _hear_git(_start_git(root, "rev-parse", "--show-prefix")) or b""
    prefix = os.fsdecode(inside).strip("\n")
    paths = (os.fsdecode(each[3:]).removeprefix(prefix) for each in told.split(b"\0") if each)
    return frozenset("/".join(path.split("/")[:3]) for path in paths)


def read_objects(root: Path, names: Sequence[str]) -> list[bytes | None]:
    """Return what git keeps under names, None for those that it does not know."""
    told = _hear_git(_start_git(root, "cat-file", "--batch"), "\n".join(names)) if names else b""
    found: list[bytes | None] = []
    rest = memoryview(told or b"")
    while rest:
        head, _, _ = bytes(rest[:_HEAD_BYTES]).partition(b"\n")
        rest = rest[len(head) + 1 :]
        blob = _BLOB.fullmatch(head)
        if blob is None:
            found.append(None)
            continue
        found.append(bytes(rest[: int(blob[1])]))
        rest = rest[int(blob[1]) + 1 :]
    return found or [None] * len(names)


def _start_git(root: Path, *arguments: str) -> subprocess.Popen[bytes] | None:
    """Start git; None where it is not installed."""
    command = ["git", "-C", str(root), "-c", "core.quotepath=off", *arguments]
    env = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(  # noqa: S603 - our own words
            command, env=env, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None


def _hear_git(git: subprocess.Popen[bytes] | None, said: str = "") -> bytes | None:
    """Return what git answers; None where it knows nothing of this."""
    if git is None:
        return None
    with git:
        try:
            told, _ = git.communicate(os.fsencode(said), timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            git.kill()
            return None
    return told if git.returncode == 0 else None
