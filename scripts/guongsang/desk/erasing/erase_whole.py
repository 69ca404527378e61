"""Erase a story or an honoree with all that is held of them, while nobody builds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.desk.erasing.erase import (
    Erasure,
    add_stories,
    find_erasure,
    known_targets,
    write_erasure,
)
from guongsang.desk.erasing.forget import forget_in_cache
from guongsang.desk.erasing.mentions import Sought, find_left, find_mentions
from guongsang.desk.papers.printed import forget_printed, read_prints_file
from guongsang.desk.refuse import RefusedError
from guongsang.problems.problem import Problem, problem
from guongsang.publish.lock import BuildLock, BusyError
from guongsang.registers.load import read_register
from guongsang.registers.model import Honoree
from guongsang.registers.paths import HONOREES, find_links
from guongsang.registers.prints import Print, find_prints
from guongsang.site.sources.docs import CONFIG
from guongsang.site.sources.look import FindFolders
from guongsang.site.sources.project import CACHE, Project

# The folder of a story, before one of its files.
_STORY: Final = re.compile(r"stories/[0-9]{4}/[^/]+(?=/)")


@dataclass(frozen=True, slots=True)
class PlannedErasure:
    """What is to be erased. With problems in `left` it must not be: they tell what is in the way.

    `stories` are the folders of stories among those. `printed` is paper that shows it.
    """

    erasure: Erasure
    left: tuple[Problem, ...] = ()
    printed: tuple[Print, ...] = ()

    @property
    def stories(self) -> list[str]:
        return _list_folders(self.left)


def plan_erasure(project: Project, target: str, *, with_stories: bool = False) -> PlannedErasure:
    """Plan to erase what is meant by "con-chu", "2026/con-chu" or "nhan-vat/lo-thi-mau".

    An honoree is not erased while anything still names, calls or shows them; `with_stories` takes
    the stories that do along. Raises RefusedError for what is not there.
    """
    erasure = find_erasure(project.root, target)
    if erasure is None:
        known = known_targets(project.root)
        near = difflib.get_close_matches(target, known) or known[:10]
        raise RefusedError("erase-unknown", target=target, near=", ".join(near))
    outside = [each for each in find_links(project.root) if each.is_error]
    if outside:
        return PlannedErasure(erasure, tuple(outside))  # the ledger may be somebody else's file
    if erasure.key is None:
        if with_stories:
            raise RefusedError("erase-only-people")
        left = tuple(find_left(project, erasure.paths[0]))
        return PlannedErasure(erasure, left, _find_printed(project, erasure))
    found = _find_mentions(project, erasure.key)
    if with_stories:
        erasure = add_stories(project.root, erasure, _list_folders(found))
        found = [each for each in found if not _STORY.match(each.path)]
    return PlannedErasure(erasure, tuple(found), _find_printed(project, erasure))


def erase_planned(
    project: Project, planned: PlannedErasure, find_folders: FindFolders
) -> Problem | None:
    """Erase what is planned, and what the cache holds of it; return what went wrong.

    Raises ValueError for a plan that something is in the way of.
    """
    if planned.left:
        raise ValueError("something is in the way")
    erasure = planned.erasure
    try:
        lock = BuildLock(project.cache_dir)
        lock.acquire(on_wait=lambda _: None)
    except BusyError as error:
        return problem("GS810", CONFIG, pid=error.holder.pid, since=error.holder.since)
    except OSError as error:
        return problem("GS812", CACHE, reason=error.strerror or error)
    try:
        write_erasure(project.root, erasure)
        forget_in_cache(project, find_folders)
        forget_printed(project.root, planned.printed, map(_find_slug, erasure.paths))
    except OSError as error:
        return problem("GS812", erasure.paths[-1], reason=error.strerror or error)
    finally:
        lock.release()
    return None


def _find_printed(project: Project, erasure: Erasure) -> tuple[Print, ...]:
    return tuple(find_prints(read_prints_file(project.root), erasure.addresses))


def _find_slug(path: str) -> str:
    return path.rpartition("/")[2]


def _list_folders(found: Sequence[Problem]) -> list[str]:
    """Return the folders of the stories that problems are of."""
    return sorted({story[0] for each in found if (story := _STORY.match(each.path))})


def _find_mentions(project: Project, key: str) -> list[Problem]:
    """Return what keeps an honoree from being erased."""
    reading = read_register(project.root, f"{HONOREES}/{key}.yml")
    honoree = reading.records.get(key)
    if not isinstance(honoree, Honoree):
        return list(reading.problems)  # nobody knows what to look for
    return find_mentions(project, Sought(key, honoree))
