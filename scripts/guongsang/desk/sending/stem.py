"""The version on which a new one is built: what was fetched, with what was checked in here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from guongsang.desk.sending.git import GitError
from guongsang.desk.sending.refuse import NotSentError
from guongsang.desk.sending.repo import Repo, read_id

_STAGES: Final = {"1": 0, "2": 1, "3": 2}
Three = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Stem:
    """A version to build upon: its `tree`, its `parents`; `theirs` is what the other end has.

    `open` are files that somebody has checked in here in another way than others elsewhere: the ids
    of what was before, of the one here and of the others'. In `tree` these are not to be used.
    """

    head: str
    theirs: str
    tree: str
    parents: tuple[str, ...]
    open: Mapping[str, Three] = field(default_factory=dict)


def fetch_stem(repo: Repo) -> Stem:
    """Fetch what others have sent. Raises NotSentError, GitError."""
    if not repo.remote:
        raise NotSentError("no-remote")
    head = read_id(repo, f"{repo.branch}^{{commit}}")
    try:
        repo.git.ask_far(
            *("fetch", "--progress", "--no-tags", "--no-write-fetch-head"),
            *("--no-recurse-submodules", repo.remote, f"+{repo.far_branch}:{repo.tracking}"),
        )
    except GitError as error:
        if "couldn't find remote ref" not in error.said:
            raise
        # Nobody has sent anything there yet.
        if head is None:
            raise NotSentError("empty") from None
        return Stem(head, "", head, (head,))
    theirs = read_id(repo, repo.tracking)
    if head is None or theirs is None:
        raise NotSentError("empty")
    return find_stem(repo, head, theirs)


def find_stem(repo: Repo, head: str, theirs: str) -> Stem:
    """Put two versions together, of which mostly one is older."""
    if is_within(repo, head, theirs):
        return Stem(head, theirs, theirs, (theirs,))
    if is_within(repo, theirs, head):
        return Stem(head, theirs, head, (head,))
    code, told = repo.git.run_for_code(
        "merge-tree", "--write-tree", "-z", "--no-messages", head, theirs, fine=(0, 1)
    )
    tree, *rows = (os.fsdecode(each) for each in told.split(b"\0") if each)
    found: dict[str, list[str | None]] = {}
    for about, path in (row.split("\t", 1) for row in rows if code):
        _, each, stage = about.split(" ")
        found.setdefault(path, [None, None, None])[_STAGES[stage]] = each
    return Stem(
        head, theirs, tree, (theirs, head), {path: (a, b, c) for path, (a, b, c) in found.items()}
    )


def is_within(repo: Repo, older: str, newer: str) -> bool:
    """Return whether a version is one of those that another was made from."""
    code, _ = repo.git.run_for_code("merge-base", "--is-ancestor", older, newer, fine=(0, 1))
    return code == 0
