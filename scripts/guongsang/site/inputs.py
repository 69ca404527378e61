"""What the table is made from: files of the newsroom, and the moment that counts as now."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from guongsang.checks.docs import check_path
from guongsang.checks.nav import SETTINGS
from guongsang.engine.table import Input
from guongsang.pipeline.check import read_ledger_text
from guongsang.pipeline.docs import docs_uri, find_theme_links, list_docs, list_published
from guongsang.problems.problem import Problem, plain_problem
from guongsang.registers.load import TABLES, read_register_text
from guongsang.registers.paths import FOLDER, HONOREES, LEDGER, NEWSROOM, find_honorees, find_links
from guongsang.site.asked import CLOCK, COME, has_come
from guongsang.stories.scan import Stamp, is_settled, scan_stories, stamp_of
from guongsang.stories.source import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from guongsang.engine.run import Run
    from guongsang.pipeline.project import Project

MOMENTS: Final = tuple(map(Input, ("today", CLOCK, COME)))
# The folders without which no register can be read.
_FOLDERS: Final = ("stories", FOLDER, HONOREES)


def put_moments(run: Run, project: Project) -> None:
    """Put in today, what has come since it was asked about, and whether the clock was put back."""
    now = project.now
    run.put("today", {"": now.date().isoformat()}, lambda _: now.date().isoformat())
    before, turns = run.stamp(CLOCK, ""), run.ask.get(CLOCK, "", 0)
    turned = before is not None and float(before) > now.timestamp()
    run.put(CLOCK, {"": str(now.timestamp())}, lambda _: turns + turned)
    come = {key: "1" for key in run.asked(COME) if has_come(key, now)}
    run.put(COME, come, lambda _: True)


def put_registers(run: Run, root: Path) -> list[Problem]:
    """Put in the texts of the registers; return what there is to say of links among them."""
    problems = find_links(root)
    closed = {found.path for found in problems if found.is_error}
    paths: list[str] = []
    if closed.isdisjoint(_FOLDERS):
        paths = [NEWSROOM, *(f"{FOLDER}/{name}.yml" for name in TABLES)]
        paths += [path for path, _ in find_honorees(root)]
    stamps = {path: _stamp_file(root / path) for path in paths if path not in closed}
    run.put("register text", stamps, lambda path: _tell(read_register_text(root, path)))
    return problems


def put_stories(run: Run, root: Path) -> list[Problem]:
    """Put in which files each story has; return what was found on the walk."""
    scan = scan_stories(root)
    folders = {folder.src_uri: folder.stamps for folder in scan.folders}
    # What has changed this very moment is looked at again the next time, whatever its times say.
    moment = time.time_ns()
    is_sure = {uri: all(map(is_settled, stamps.values())) for uri, stamps in folders.items()}
    run.put(
        "folder",
        {uri: _join(stamps) if is_sure[uri] else None for uri, stamps in folders.items()},
        lambda uri: {"stamps": folders[uri], "at": None if is_sure[uri] else moment},
    )
    return scan.problems


def put_texts(run: Run, project: Project) -> list[Problem]:
    """Put in the files of docs/, their texts, the settings and the ledger of addresses."""
    root, docs = project.root, list_docs(project)
    files = {docs_uri(project, path): path for path in docs.files}
    published = list_published(project, docs.files)
    told = {"files": files, "published": published}
    run.put("docs", {"": None}, lambda _: told)
    texts = {path: _stamp_file(root / path) for path in docs.files if path.endswith(".md")}
    if (root / SETTINGS).is_file():
        texts[SETTINGS] = _stamp_file(root / SETTINGS)
    run.put("doc text", texts, lambda path: {"text": _plain(read_text(root / path, path))})
    problems = [*docs.problems, *find_theme_links(project)]
    problems += [found for path in docs.files for found in check_path(path)]
    ledger = {"": _stamp_file(root / LEDGER)} if (root / LEDGER).is_file() else {}
    text = read_ledger_text(project)
    run.put("ledger", ledger, lambda _: _plain(text) or "")
    return problems + ([text] if isinstance(text, Problem) else [])


def _tell(text: str | Problem) -> dict[str, Any]:
    return {"problem": plain_problem(text)} if isinstance(text, Problem) else {"text": text}


def _plain(text: str | Problem) -> str | None:
    return None if isinstance(text, Problem) else text


def _stamp_file(abs_path: Path) -> str | None:
    """Return what tells a file's state; None where that may not tell all."""
    try:
        stamp = stamp_of(os.stat(abs_path))  # noqa: PTH116 - of thousands
    except OSError:
        return "none"
    return repr(stamp) if is_settled(stamp) else None


def _join(stamps: Mapping[str, Stamp]) -> str:
    return repr(sorted(stamps.items()))
