"""Sending for review: a version beside the shared one, and where to ask for it to be taken in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from guongsang.desk.sending.changes import State
from guongsang.desk.sending.repo import Repo, find_ids
from guongsang.desk.sending.stem import is_within

_NAME: Final = "refs/heads/gui/"
_SENT: Final = "refs/worktree/guongsang/review/"
_SCP: Final = re.compile(r"(?:[^@/]+@)?([^:/]+):(?!//)(.+)")


def list_sent(repo: Repo) -> dict[str, str]:
    """Return what was sent for review from here and is not taken in yet: versions by name."""
    told = repo.git.ask("for-each-ref", "--format=%(objectname) %(refname)", _SENT) or ""
    rows = (line.split(" ", 1) for line in told.splitlines())
    return {name.removeprefix(_SENT): version for version, name in rows}


def note_sent(repo: Repo, name: str, version: str) -> None:
    repo.git.run("update-ref", f"{_SENT}{name}", version)


def forget_sent(repo: Repo, name: str) -> None:
    repo.git.run("update-ref", "-d", f"{_SENT}{name}")


def far_name(name: str) -> str:
    """Return the full name that a version for review has at the other end."""
    return f"{_NAME}{name}"


def find_waiting(state: State) -> frozenset[str]:
    """Return the changes that were sent for review just as they are here now."""
    waiting: set[str] = set()
    for version in list_sent(state.repo).values():
        edited = [f"{state.repo.prefix}{path}" for each in state.changes for path in each.paths]
        there = find_ids(state.repo, version, edited)
        waiting |= {
            each.id
            for each in state.changes
            if all(
                there[f"{state.repo.prefix}{path}"]
                == state.here.ids.get(f"{state.repo.prefix}{path}")
                for path in each.paths
            )
        }
    return frozenset(waiting)


def find_superseded(state: State, theirs: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the files whose edits here were sent for review and are part of what others have, and
    the names of the versions that are."""
    files: set[str] = set()
    names = []
    for name, version in list_sent(state.repo).items():
        if theirs and is_within(state.repo, version, theirs):
            names.append(name)
            there = find_ids(state.repo, version, state.here.ids)
            files |= {path for path, each in state.here.ids.items() if each == there[path]}
    return frozenset(files), tuple(names)


def make_link(repo: Repo, name: str) -> str | None:
    """Return the address where a version is proposed; None where nobody knows its form."""
    url = repo.git.ask("remote", "get-url", repo.remote) or ""
    home = _find_home(url)
    if home is None:
        return None
    host = urlsplit(home).hostname or ""
    branch = quote(far_name(name).removeprefix("refs/heads/"), safe="/")
    if "gitlab" in host or _has(repo.root, ".gitlab-ci.yml"):
        return f"{home}/-/merge_requests/new?merge_request%5Bsource_branch%5D={branch}"
    if "github" in host or _has(repo.root, ".github"):
        main = quote(repo.far_branch.removeprefix("refs/heads/"), safe="/")
        return f"{home}/compare/{main}...{branch}?expand=1"
    return None


def _has(root: Path, name: str) -> bool:
    return (root / name).exists()


def _find_home(url: str) -> str | None:
    """Return the address of a repository's page, without what signs in to it."""
    if "://" in url:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https", "ssh", "git") or not parts.hostname:
            return None
        port = f":{parts.port}" if parts.port and parts.scheme in ("http", "https") else ""
        host, path = f"{parts.hostname}{port}", parts.path
    else:
        found = _SCP.fullmatch(url)
        if not found or len(found[1]) < 2:  # a drive of Windows
            return None
        host, path = found[1], found[2]
    bare = path.strip("/").removesuffix(".git")
    return f"https://{host}/{quote(bare)}" if bare else None
