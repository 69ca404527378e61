"""The folder follows a new version: files that are unchanged here, and no others.

In an order in which an interruption at any point loses nothing: until the last step the newsroom is
at its old version, and what has arrived already is the same on both sides.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guongsang.desk.sending.bases import write_bases
from guongsang.desk.sending.changes import State
from guongsang.desk.sending.merge import merge_file
from guongsang.desk.sending.repo import (
    Repo,
    compare_trees,
    find_ids,
    keep_files,
    keep_text,
    note_version,
    read_contents,
    read_for_disk,
)
from guongsang.desk.write import write_bytes
from guongsang.registers.paths import FOLDER
from guongsang.stories.scan import INDEX


@dataclass(frozen=True, slots=True)
class Settled:
    """What has become of the folder: files taken in, and those that stay as they are here although
    others have changed them, too. Paths are those of the repository."""

    taken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    wanted: dict[str, str | None] = field(default_factory=dict)
    bases: dict[str, str | None] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def settle(
    state: State,
    version: str,
    sent: Mapping[str, str | None] | None = None,
    partial: Collection[str] = (),
    superseded: Collection[str] = (),
) -> Settled:
    """Make a version the last one here.

    `sent` are the files that were sent, with their ids in it; of those in `partial` only some
    records were. `superseded` are files whose edits here were sent earlier and are part of it.
    Raises GitError, OSError.
    """
    repo, head = state.repo, state.head
    assert head is not None
    sent = sent or {}
    entries = {each.path: each for each in compare_trees(repo, head, version)}
    paths = [*entries, *(path for path in sent if path not in entries)]
    of_head = find_ids(repo, head, paths)
    after = find_ids(repo, version, paths)
    now = _read_folder(repo, paths)
    staying = _find_staying(state, after)
    work = _Work(bases={path: each for path, each in state.bases.items() if path not in entries})
    for path in paths:
        entry = entries.get(path)
        if entry is not None and entry.is_link:
            continue
        seen = state.here.ids[path] if path in state.here.ids else of_head[path]
        is_free = path not in state.here.ids or path in superseded
        if path in sent and path not in partial:
            is_free = True
        elif after[path] is None and path.rpartition("/")[0] in staying:
            is_free = False
        if now[path] == after[path]:
            work.bases.pop(path, None)
        elif now[path] == seen and is_free:
            work.wanted[path] = after[path]
            work.bases.pop(path, None)
        else:
            base = seen if path in sent and path not in partial else _base(state, path, of_head)
            _keep(repo, path, (base, now[path], after[path]), work)
    write_bases(repo, work.bases)
    _write(repo, work.wanted, now)
    if entries:
        note_version(repo, entries.values())
    repo.git.run("update-ref", "-m", "guongsang", repo.branch, version, head)
    repo.git.run_for_code("update-index", "-q", "--refresh", fine=(0, 1))
    return Settled(tuple(sorted(work.wanted)), tuple(sorted(work.kept)))


def _find_staying(state: State, after: Mapping[str, str | None]) -> frozenset[str]:
    """Return the folders of stories that are edited here and were taken away by others: their
    photos stay as long as they do."""
    return frozenset(
        path.rpartition("/")[0]
        for path, each in after.items()
        if each is None and path.endswith(f"/{INDEX}") and state.here.ids.get(path)
    )


def _base(state: State, path: str, of_head: Mapping[str, str | None]) -> str | None:
    return state.bases[path] if path in state.bases else of_head[path]


def _keep(
    repo: Repo, path: str, three: tuple[str | None, str | None, str | None], work: _Work
) -> None:
    """Leave a file as it is here, unless the new version has all of it.

    Of registers, which all stories need, what others added is taken in.
    """
    base, mine, theirs = three
    if mine and theirs:
        known = read_contents(repo, filter(None, three))
        contents = [known[each] if each else None for each in three]
        merge = merge_file(path.removeprefix(repo.prefix), *contents)
        content = None if merge.clashes else merge.resolve({})
        is_register = path.startswith(f"{repo.prefix}{FOLDER}/")
        if content is not None and (is_register or content == contents[2]):
            work.wanted[path] = keep_text(repo, content)
            work.bases.pop(path, None)
            return
    work.bases[path] = base
    work.kept.append(path)


def _read_folder(repo: Repo, paths: Iterable[str]) -> dict[str, str | None]:
    """Return the ids of files as they lie in the folder now; "" for what is no file."""
    found: dict[str, str | None] = {}
    files = []
    for path in paths:
        target = repo.top / path
        if not os.path.lexists(target):
            found[path] = None
        elif target.is_file() and not target.is_symlink() and _is_inside(repo, target):
            files.append(path)
        else:
            found[path] = ""
    found.update(zip(files, keep_files(repo, files), strict=True))
    return found


def _is_inside(repo: Repo, target: Path) -> bool:
    """Return whether no folder on the way is a link: what lies behind it is not ours to write."""
    return not any(
        parent.is_symlink() for parent in target.parents if parent.is_relative_to(repo.top)
    )


def _write(repo: Repo, wanted: Mapping[str, str | None], now: Mapping[str, str | None]) -> None:
    contents = read_for_disk(repo, {path: each for path, each in wanted.items() if each})
    order = sorted(wanted, key=lambda path: (wanted[path] is None, path.endswith(".md"), path))
    for path in order:
        target = repo.top / path
        if wanted[path] is None:
            target.unlink(missing_ok=True)
            _remove_empty(repo, target.parent)
        elif _is_inside(repo, target) and now[path] != "":
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(target, contents[path])


def _remove_empty(repo: Repo, folder: Path) -> None:
    while folder != repo.top and folder.is_relative_to(repo.top):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
