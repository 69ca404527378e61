"""Where a newsroom's repository is, and its versions of files: by path, as ids of git."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from guongsang.desk.sending.git import Git, GitError
from guongsang.desk.sending.refuse import NotSentError
from guongsang.stories.scan import STORIES

PLAIN: Final = "100644"
# What editors write; whoever changes the rest of a newsroom knows git.
PAGES: Final = "docs"
SETTINGS: Final = "mkdocs.yml"
CONTENT: Final = (STORIES, PAGES, SETTINGS)
_LINK: Final = ("120000", "160000")
# What git leaves beside HEAD while somebody is in the middle of something in a terminal.
_UNFINISHED: Final = (
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "rebase-merge",
    "rebase-apply",
)


@dataclass(frozen=True, slots=True)
class Repo:
    """The repository of a newsroom: `prefix` leads from its top to the newsroom, with a slash at
    its end; `branch` and `far_branch` are full names, `remote` is "" where there is no other end.
    """

    git: Git
    root: Path
    top: Path
    prefix: str
    branch: str
    remote: str
    far_branch: str

    @property
    def tracking(self) -> str:
        """The name under which the other end's version was last seen."""
        return f"refs/remotes/{self.remote}/{self.far_branch.removeprefix('refs/heads/')}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A path of which two trees have different versions, None where it is in one of them only."""

    path: str
    mode: str
    before: str | None
    after: str | None

    @property
    def is_link(self) -> bool:
        return self.mode in _LINK


@dataclass(slots=True)
class Here:
    """What editors have changed in the folder: ids of the files that differ from the last version,
    None for those that are gone, "" for what is no file."""

    ids: dict[str, str | None] = field(default_factory=dict)


def find_repo(root: Path, git: Git | None = None) -> Repo:
    """Find the repository of a newsroom. Raises NotSentError, GitError, NoGitError."""
    git = git or Git(root)
    git.check_version()
    try:
        told = git.run("rev-parse", "--show-toplevel", "--show-prefix", "--absolute-git-dir")
    except GitError as error:
        raise NotSentError("distrusted" if "dubious" in error.said else "no-repo") from None
    top, prefix, own = os.fsdecode(told).split("\n")[:3]
    if any((Path(own) / name).exists() for name in _UNFINISHED):
        raise NotSentError("unfinished")
    branch = git.ask("symbolic-ref", "--quiet", "HEAD")
    if branch is None:
        raise NotSentError("detached")
    remote, far_branch = _find_other_end(git, branch)
    return Repo(Git(Path(top), git.seconds), root, Path(top), prefix, branch, remote, far_branch)


def _find_other_end(git: Git, branch: str) -> tuple[str, str]:
    name = branch.removeprefix("refs/heads/")
    told = git.ask("config", "-z", "--get-regexp", r"^branch\..*\.(remote|merge)$") or ""
    settings = dict(each.split("\n", 1) for each in told.split("\0") if "\n" in each)
    remote = settings.get(f"branch.{name}.remote", "")
    if remote and remote != ".":
        return remote, settings.get(f"branch.{name}.merge") or branch
    remotes = (git.ask("remote") or "").split()
    if len(remotes) == 1 or "origin" in remotes:
        return remotes[0] if len(remotes) == 1 else "origin", branch
    return "", branch


def read_id(repo: Repo, name: str) -> str | None:
    """Return the id that a name stands for."""
    return repo.git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", name) or None


def look_here(repo: Repo) -> Here:
    """Find what differs in the folder from the last version; their contents are kept by git.

    Raises NotSentError for a link, GitError.
    """
    told = repo.git.run(
        *("--literal-pathspecs", "status", "--porcelain=v1", "-z", "--no-renames"),
        *("--untracked-files=all", "--ignore-submodules=all", "--"),
        *(f"{repo.prefix}{each}" for each in CONTENT),
    )
    entries = [os.fsdecode(each) for each in told.split(b"\0") if each]
    if any(each[:2] in ("DD", "AU", "UD", "UA", "DU", "AA", "UU") for each in entries):
        raise NotSentError("unfinished")
    here = Here()
    files = []
    for path in (each[3:] for each in entries):
        try:
            mode = (repo.top / path).lstat().st_mode
        except OSError:
            here.ids[path] = None
            continue
        if stat.S_ISREG(mode):
            files.append(path)
        else:
            here.ids[path] = ""  # a link: differs from everything, and is never sent
    here.ids.update(zip(files, keep_files(repo, files), strict=True))
    return here


def keep_files(repo: Repo, paths: Sequence[str], *, only_ids: bool = False) -> list[str]:
    """Give git the contents of files as it would check them in; return their ids."""
    if not paths:
        return []
    given = "".join(f"{path}\n" for path in paths)
    told = repo.git.run(
        *("hash-object", *([] if only_ids else ["-w"]), "--stdin-paths"), given=os.fsencode(given)
    )
    return told.decode().split()


def keep_text(repo: Repo, content: bytes) -> str:
    """Give git a content; return its id."""
    return repo.git.run("hash-object", "-w", "--stdin", given=content).decode().strip()


def find_ids(repo: Repo, tree: str | None, paths: Iterable[str]) -> dict[str, str | None]:
    """Return the ids that a version has for files, None where it has none."""
    wanted = list(paths)
    if tree is None or not wanted:
        return dict.fromkeys(wanted)
    given = b"".join(os.fsencode(f"{tree}:{path}") + b"\0" for path in wanted)
    told = repo.git.run(
        *("cat-file", "-z", "--batch-check=%(objectname) %(objecttype)"), given=given
    )
    lines = told.decode("utf-8", "surrogateescape").split("\n")
    # A name with a line end in it would take two lines of the answer; git itself quotes none.
    return {
        path: line.split(" ")[0] if line.endswith(" blob") else None
        for path, line in zip(wanted, lines, strict=False)
    }


def read_contents(repo: Repo, ids: Iterable[str]) -> dict[str, bytes]:
    """Return what git keeps under ids."""
    wanted = list(dict.fromkeys(ids))
    told = repo.git.run(
        "cat-file", "--batch", given="".join(f"{each}\n" for each in wanted).encode()
    )
    return dict(zip(wanted, _cut_batch(told), strict=True))


def read_for_disk(repo: Repo, files: Mapping[str, str]) -> dict[str, bytes]:
    """Return contents by path as they lie on a disk of this machine, with its line ends."""
    given = b"".join(os.fsencode(f"{each} {path}") + b"\n" for path, each in files.items())
    told = repo.git.run("cat-file", "--batch", "--filters", given=given) if files else b""
    return dict(zip(files, _cut_batch(told), strict=True))


def _cut_batch(told: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        head = told[at:end].split(b" ")
        if len(head) != 3:
            raise GitError(("cat-file",), 0, told[at:end].decode("utf-8", "replace"))
        size = int(head[2])
        yield told[end + 1 : end + 1 + size]
        at = end + size + 2


def compare_trees(repo: Repo, before: str, after: str) -> list[Entry]:
    """Return what differs between two versions."""
    told = repo.git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", before, after)
    parts = [os.fsdecode(each) for each in told.split(b"\0") if each]
    found = []
    for about, path in zip(parts[::2], parts[1::2], strict=True):
        old_mode, mode, old, new, _ = about.removeprefix(":").split(" ")
        found.append(
            Entry(
                path,
                mode if mode != "000000" else old_mode,
                None if old_mode == "000000" else old,
                None if mode == "000000" else new,
            )
        )
    return found


def list_tree(repo: Repo, tree: str | None, folder: str) -> dict[str, str]:
    """Return the files below a folder of a version with their ids."""
    if tree is None:
        return {}
    told = repo.git.run("ls-tree", "-r", "-z", tree, "--", f"{folder}/")
    rows = [os.fsdecode(each).split("\t", 1) for each in told.split(b"\0") if each]
    return {path: about.split(" ")[2] for about, path in rows if not about.startswith(_LINK)}


def make_tree(repo: Repo, tree: str | None, files: Mapping[str, str | None]) -> str:
    """Return the id of a version with some files changed, None takes one away."""
    with _own_index() as env:
        if tree is not None:
            repo.git.run("read-tree", tree, env=env)
        if files:
            repo.git.run("update-index", "-z", "--index-info", given=_tell(files), env=env)
        return repo.git.run("write-tree", env=env).decode().strip()


def _tell(files: Mapping[str, str | None], modes: Mapping[str, str] | None = None) -> bytes:
    """Return lines of `update-index --index-info`; what goes comes first, for a folder may take
    the place of a file."""
    rows = []
    for path, each in sorted(files.items(), key=lambda item: item[1] is not None):
        mode = (modes or {}).get(path, PLAIN)
        rows.append(f"0 {'0' * 40}\t{path}" if each is None else f"{mode} {each}\t{path}")
    return b"".join(os.fsencode(row) + b"\0" for row in rows)


def note_version(repo: Repo, entries: Iterable[Entry]) -> None:
    """Tell git's own list of files what the new version has of them, and nothing of others."""
    files = {each.path: each.after for each in entries}
    modes = {each.path: each.mode for each in entries}
    repo.git.run("update-index", "-z", "--index-info", given=_tell(files, modes))


@contextmanager
def _own_index() -> Iterator[dict[str, str]]:
    """Lend a list of files that is nobody's: what somebody has put into theirs stays."""
    with TemporaryDirectory(prefix="guongsang-") as folder:
        yield {"GIT_INDEX_FILE": str(Path(folder) / "index")}
