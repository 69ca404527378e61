"""On which version an unsent edit stands, where that is no longer the last one.

A file that somebody is still editing stays as it is while the newsroom moves on below it. So that
nothing of others is undone when it is sent at last, its own base is remembered: as a tree of git,
which keeps the contents alive, under a name of this folder alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guongsang.desk.sending.repo import Repo, keep_text, list_tree, make_tree, read_id

REF: Final = "refs/worktree/guongsang/base"
_WAS, _NEW = "was/", "new/"


def read_bases(repo: Repo) -> dict[str, str | None]:
    """Return the base of each file that has one of its own: an id, None where there was no file."""
    tree = read_id(repo, REF)
    was = list_tree(repo, tree, _WAS.rstrip("/"))
    new = list_tree(repo, tree, _NEW.rstrip("/"))
    return {
        **{path.removeprefix(_WAS): each for path, each in was.items()},
        **{path.removeprefix(_NEW): None for path in new},
    }


def write_bases(repo: Repo, bases: Mapping[str, str | None]) -> None:
    """Remember the bases, and nothing besides."""
    if not bases:
        if read_id(repo, REF):
            repo.git.run("update-ref", "-d", REF)
        return
    empty = keep_text(repo, b"")
    files = {
        f"{_NEW}{path}" if each is None else f"{_WAS}{path}": empty if each is None else each
        for path, each in bases.items()
    }
    repo.git.run("update-ref", REF, make_tree(repo, None, files))
