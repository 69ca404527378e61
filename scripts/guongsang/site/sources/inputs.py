"""What the table is made from: files of the newsroom by their states, the moment that counts as
now, what git has of earlier versions. Loads nothing that reads them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from guongsang.engine.table import Input
from guongsang.problems.problem import Problem, plain_problem
from guongsang.registers.paths import (
    FOLDER,
    LEDGER,
    NEWSROOM,
    PRINTS,
    TABLE_NAMES,
    WAYS,
    find_emblems,
    find_honorees,
    find_links,
)
from guongsang.site.sources.docs import (
    CONFIG,
    docs_uri,
    find_theme_links,
    leave_out_unpublished,
    list_docs,
    list_published,
)
from guongsang.site.sources.moments import CLOCK, COME, has_come
from guongsang.stories.links import judge_way
from guongsang.stories.scan import (
    INDEX,
    REGISTERS,
    STORIES,
    Scan,
    Stamp,
    is_settled,
    scan_stories,
    stamp_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from guongsang.engine.run import Run
    from guongsang.site.sources.project import Project
    from guongsang.site.sources.view import View

# How many stories there are.
COUNT: Final = "story count"
# What mkdocs.yml says of folders: those of pages written by hand and of the newsroom's own theme.
FOLDERS: Final = "folders"
# What is put in before anything is read. States of files by path, those of a story's folder by the
# path of its text; what links lead to, and texts in wrong places; files of docs/ by their path from
# there and by address; what was printed.
FIRST: Final = (
    *("today", CLOCK, COME),
    *("links", "misplaced", "register file", "emblem file", "folder", COUNT),
    *("docs", "doc file", "ledger", "prints"),
)
# Which stories differ from one of their last versions in git.
EDITED: Final = "edited"
# Stories that a preview leaves out, by address, each with its problems.
BROKEN: Final = "broken"
# What the settings and the theme decide about all pages.
SETTING: Final = "setting"
THEME: Final = "theme"
# What the program of the theme had to say.
SAID: Final = "said"
# What tells the publication that outputs are of from any other.
PUBLICATION: Final = "publication"
# What there was to tell of all pictures when they were made, as long as they stand.
PHOTOS: Final = "photos"
# The last of the outputs: finished pages.
SHOWN: Final = "shown"
# Of how many parts the path of a story's folder consists.
_DEPTH: Final = 3


def list_late(view: View) -> list[Input]:
    """Return what is put in between queries, or only when MkDocs has told it."""
    of_view = (BROKEN, SETTING, THEME, SAID)
    names = [EDITED, *map(view.kind, of_view), view.out(PUBLICATION), PHOTOS]
    return list(map(Input, names))


def put_first(run: Run, project: Project) -> None:
    """Put in all that the checks are made from."""
    _put_moments(run, project)
    problems = _put_registers(run, project.root)
    _put_stories(run, project)
    problems += _put_docs(run, project)
    run.put("links", {"": None}, lambda _: list(map(plain_problem, problems)))


def put_told(run: Run, project: Project, told: Iterable[Path]) -> bool:
    """Put in what is at some paths, as far as these lie in folders of stories; all else stays as it
    was put in the last time.

    False, and nothing is put in, where only a look at everything can tell.
    """
    folders = _find_folders(project.root, told)
    misplaced = run.ask.get("misplaced")
    if folders is None or misplaced is None:
        return False
    paths = [path for (path, *_), _ in misplaced]
    if any(f"{path}/".startswith(f"{folder}/") for path in paths for folder in folders):
        return False
    scan = scan_stories(project.root, folders)
    if scan.problems:
        return False
    _put_moments(run, project)
    stamps, read = _tell_folders(project, scan)
    wanted = [f"{folder}/{INDEX}" for folder in folders]
    had = sum(run.ask.has("folder", uri) for uri in wanted)
    run.put_some("folder", stamps, [uri for uri in wanted if uri not in stamps], read)
    count = run.ask(COUNT) - had + len(stamps)
    run.put(COUNT, {"": str(count)}, lambda _: count)
    for name in FIRST:
        run.hold(name)
    return True


def _find_folders(root: Path, told: Iterable[Path]) -> frozenset[str] | None:
    """Return the folders of stories in which paths lie; None where one lies elsewhere, or a link is
    on the way."""
    found = set()
    for path in told:
        if not path.is_relative_to(root):
            return None
        parts = path.relative_to(root).parts
        if len(parts) < _DEPTH or parts[0] != STORIES or parts[1] == REGISTERS:
            return None
        found.add("/".join(parts[:_DEPTH]))
    is_linked = any(True for folder in found for _ in judge_way(root, folder))
    return None if is_linked else frozenset(found)


def _put_moments(run: Run, project: Project) -> None:
    """Put in today, what has come since it was asked about, and whether the clock was put back."""
    now = project.now
    run.put("today", {"": now.date().isoformat()}, lambda _: now.date().isoformat())
    before, turns = run.stamp(CLOCK, ""), run.ask.get(CLOCK, "", 0)
    turned = before is not None and float(before) > now.timestamp()
    run.put(CLOCK, {"": str(now.timestamp())}, lambda _: turns + turned)
    come = {key: "1" for key in run.asked(COME) if has_come(key, now)}
    run.put(COME, come, lambda _: True)


def _put_registers(run: Run, root: Path) -> list[Problem]:
    problems = find_links(root)
    closed = {found.path for found in problems if found.is_error}
    paths: list[str] = []
    if closed.isdisjoint(WAYS):
        paths = [NEWSROOM, *(f"{FOLDER}/{name}.yml" for name in TABLE_NAMES)]
        paths += [path for path, _ in find_honorees(root)]
    _put_files(run, "register file", root, (path for path in paths if path not in closed))
    _put_files(run, "emblem file", root, find_emblems(root))
    known = [] if PRINTS in closed or closed & set(WAYS) else _if_file(root, PRINTS)
    _put_text(run, "prints", root, known)
    return problems


def _put_stories(run: Run, project: Project) -> None:
    root = project.root
    scan = scan_stories(root)
    stamps, read = _tell_folders(project, scan)
    run.put("folder", stamps, read)
    run.put(COUNT, {"": str(len(stamps))}, lambda _: len(stamps))
    told = [[plain_problem(each), _stamp_file(root / each.path)] for each in scan.problems]
    run.put("misplaced", {"": None}, lambda _: told)


def _tell_folders(
    project: Project, scan: Scan
) -> tuple[dict[str, str | None], Callable[[str], dict[str, Any]]]:
    """Return the stamps of folders by the path of their text, and what reads one of them."""
    folders = {folder.src_uri: folder.stamps for folder in scan.folders}
    # What has changed this very moment is looked at again the next time, whatever its times say.
    moment = time.time_ns()
    unsure = {uri for uri, stamps in folders.items() if not all(map(is_settled, stamps.values()))}
    unsure |= project.typed.keys() & folders.keys()
    return (
        {uri: None if uri in unsure else _join(stamps) for uri, stamps in folders.items()},
        lambda uri: {"stamps": folders[uri], "at": moment if uri in unsure else None},
    )


def _put_docs(run: Run, project: Project) -> list[Problem]:
    root, docs = project.root, list_docs(project)

    def read(_: str) -> dict[str, dict[str, str]]:
        paths = leave_out_unpublished(project, docs.files)
        files = {docs_uri(project, path): path for path in paths}
        return {"files": files, "published": list_published(project, paths)}

    folder = os.path.relpath(project.docs_dir, root)
    run.put("docs", {"": repr((folder, project.unpublished, docs.files))}, read)
    paths: list[str] = list(run.ask("docs")["files"].values())
    texts = [path for path in paths if path.endswith(".md")]
    _put_files(run, "doc file", root, [*texts, *_if_file(root, CONFIG)])
    _put_files(run, "ledger", root, _if_file(root, LEDGER))
    return [*docs.problems, *find_theme_links(project)]


def _put_text(run: Run, name: str, root: Path, paths: Iterable[str]) -> None:
    """Put in what a file says, if there is one that may be read."""
    path = next(iter(paths), None)
    stamp = _stamp_file(root / path) if path else "none"
    run.put(
        name,
        {"": stamp},
        lambda _: (root / path).read_text("utf-8", errors="replace") if path else "",
    )


def _if_file(root: Path, path: str) -> list[str]:
    return [path] if (root / path).is_file() else []


def _put_files(run: Run, name: str, root: Path, paths: Iterable[str]) -> None:
    """Put in files of which each is read by who asks for it."""
    stamps = {path: _stamp_file(root / path) for path in paths}
    moment = str(time.time_ns())
    run.put(name, stamps, lambda path: stamps[path] or moment)


def _stamp_file(abs_path: Path) -> str | None:
    """Return what tells a file's state; None where that may not tell all."""
    try:
        stamp = stamp_of(os.stat(abs_path))  # noqa: PTH116 - of thousands
    except OSError:
        return "none"
    return repr(stamp) if is_settled(stamp) else None


def _join(stamps: Mapping[str, Stamp]) -> str:
    return repr(sorted(stamps.items()))
