"""What an upload does, in which order. Pure: nothing is read or written here.

At every instant each page is whole and what it leads to is there: files with hashed names come
first, then other new ones, then what has changed, then what leads to the newest; what nobody leads
to any more goes last.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from guongsang.addresses import FEEDS, LASTING, SITEMAPS, WORKER

HASHED: Final = tuple(f"{folder}/" for folder in LASTING)
# An open page may still ask for these. Photos and parts of the search may hold erased names.
_GRACED: Final = (".css", ".js", ".woff2")
_LAST: Final = {"index.html", WORKER}


@dataclass(frozen=True, slots=True)
class Far:
    """What is known of the far place: digests by path.

    `late` are those of them that only pages opened earlier ask for. `doubted` are paths of which a
    stopped run may have changed the file, or not.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    doubted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: write a file, remove one (no digest), remove or make a folder (ends with
    a slash). A doubted file is read first, and written only if it is not right already."""

    path: str
    digest: str = ""
    is_doubted: bool = False
    is_made: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """`stages` follow each other; within one the order is of no matter. `after` is what is there
    at the end."""

    stages: Sequence[Sequence[Step]]
    after: Far
    added: Sequence[str]
    changed: Sequence[str]
    removed: Sequence[str]

    def list_work(self) -> Iterator[Step]:
        """Yield all that changes files, and the folders that go."""
        for stage in self.stages:
            yield from (step for step in stage if not step.is_made)


def plan_deploy(wanted: Mapping[str, str], far: Far, keep: Iterable[str] = ()) -> Plan:
    """Plan to make a far place equal to `wanted`, digests by path.

    What lies below a folder of `keep`, or is named there, is neither written nor removed.
    """
    kept = tuple(keep)
    wanted = {path: digest for path, digest in wanted.items() if not _is_kept(path, kept)}
    sure = {path: digest for path, digest in far.files.items() if path not in far.doubted}
    uploads = [path for path, digest in wanted.items() if sure.get(path) != digest]
    new = [path for path in uploads if path not in far.files]
    changed = [path for path in uploads if path in far.files]
    there = {path for path in (*far.files, *far.doubted) if not path.endswith("/")}
    left = {path for path in there if _is_kept(path, kept)}
    unwanted = there - wanted.keys() - left
    above = _folders(wanted)
    blocking = {path for path in unwanted if f"{path}/" in above or _is_below(path, wanted)}
    old = unwanted & (far.files.keys() - far.late - blocking)
    graced = {path for path in old if _is_graced(path)}
    removed = sorted(unwanted - graced)
    if not uploads and not graced and not far.doubted and far.late.issuperset(removed):
        # Nothing is published: what is late stays for those who read now.
        return Plan((), far, (), (), ())
    stays = {path: far.files[path] for path in (graced | left) & far.files.keys()}
    after = Far({**wanted, **stays}, frozenset(graced))
    folders = _folders(after.files)
    known = _folders(there) | {path for path in far.doubted if path.endswith("/")}
    emptied = sorted(known - folders)

    def write(paths: Iterable[str]) -> list[Step]:
        return [Step(path, wanted[path], path in far.doubted) for path in sorted(paths)]

    def remove(paths: Iterable[str]) -> list[Step]:
        return [Step(path, "", path in far.doubted) for path in sorted(paths)]

    hashed = [path for path in new if path.startswith(HASHED)]
    last = [path for path in uploads if _is_last(path)]
    others = set(new).difference(hashed, last)
    tops = {folder for folder in emptied if folder.rstrip("/") in wanted}
    inside = {folder for folder in emptied if any(folder.startswith(each) for each in tops)}
    stages = [
        remove(blocking),
        *_by_depth([Step(path) for path in emptied if path in inside]),
        *_by_depth([Step(path, is_made=True) for path in sorted(folders - _folders(sure))]),
        write(hashed),
        write(others),
        write(set(changed).difference(last)),
        write(last),
        remove(set(removed) - blocking),
        *_by_depth([Step(path) for path in emptied if path not in inside]),
    ]
    return Plan([stage for stage in stages if stage], after, new, changed, removed)


def _is_kept(path: str, keep: Sequence[str]) -> bool:
    return any(path == each or path.startswith(f"{each.rstrip('/')}/") for each in keep)


def _is_graced(path: str) -> bool:
    return path.startswith(HASHED) and path.endswith(_GRACED)


def _is_last(path: str) -> bool:
    name = posixpath.basename(path)
    return path in _LAST or name in FEEDS or path.startswith(SITEMAPS)


def _is_below(path: str, wanted: Mapping[str, str]) -> bool:
    """Return whether a folder above a path is wanted as a file."""
    return any(folder.rstrip("/") in wanted for folder in _parents(path))


def _parents(path: str) -> Iterator[str]:
    parts = path.split("/")[:-1]
    for end in range(1, len(parts) + 1):
        yield "/".join(parts[:end]) + "/"


def _folders(paths: Iterable[str]) -> set[str]:
    above = {*map(posixpath.dirname, paths)} - {""}
    return {folder for each in above for folder in _parents(f"{each}/")}


def _depth(path: str) -> int:
    return path.count("/")


def _by_depth(steps: list[Step]) -> Iterator[list[Step]]:
    """Yield steps of folders in the order in which they stand, those of one depth together."""
    depths = dict.fromkeys(_depth(step.path) for step in steps)
    made = bool(steps) and steps[0].is_made
    for depth in sorted(depths, reverse=not made):
        yield [step for step in steps if _depth(step.path) == depth]
