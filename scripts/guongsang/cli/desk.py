"""What editors do to their files: mend, erase, and let their program know the keys."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import click

from guongsang.cli.project import (
    CONFIG,
    FINE,
    PROBLEMS,
    ask_folders,
    find_root,
    is_below,
    open_project,
    relative_to,
)
from guongsang.cli.show import paint, show_erasure, show_fixed
from guongsang.cli.texts import say
from guongsang.desk.erase import (
    Erasure,
    add_stories,
    find_erasure,
    known_targets,
    write_erasure,
)
from guongsang.desk.fix import fix_files
from guongsang.desk.forget import forget_in_cache
from guongsang.desk.mentions import Sought, find_left, find_mentions
from guongsang.problems.formats import format_problem
from guongsang.problems.problem import Problem, has_errors, problem
from guongsang.publish.lock import BuildLock, BusyError
from guongsang.registers.describe import json_schema
from guongsang.registers.load import read_register
from guongsang.registers.model import Honoree
from guongsang.registers.paths import HONOREES, find_links
from guongsang.site.project import CACHE, Project
from guongsang.text.dates import read_now

# The folder of a story, before one of its files.
_STORY: Final = re.compile(r"stories/[0-9]{4}/[^/]+(?=/)")


def run_fix(root: Path | None, lang: str, dry_run: bool, paths: Sequence[Path]) -> int:
    """Mend story files and registers, or show what would be mended."""
    folder = find_root(root, lang)
    wanted = [relative_to(path, folder) for path in paths]
    done = fix_files(folder, partial(is_below, wanted=wanted), dry_run=dry_run)
    show_fixed(done, lang, dry_run=dry_run)
    return PROBLEMS if has_errors(done.problems) else FINE


def run_erase(root: Path | None, lang: str, dry_run: bool, with_stories: bool, target: str) -> int:
    """Erase a story or an honoree, and say what a build cannot reach.

    An honoree is not erased while anything still names, calls or shows them.
    """
    project = open_project(root, lang)
    erasure = find_erasure(project.root, target)
    if erasure is None:
        known = known_targets(project.root)
        near = difflib.get_close_matches(target, known) or known[:10]
        raise click.UsageError(say("erase-unknown", lang, target=target, near=", ".join(near)))
    outside = [each for each in find_links(project.root) if each.is_error]
    if outside:
        return _refuse(outside, lang, [])  # the ledger may be somebody else's file
    if with_stories and erasure.key is None:
        raise click.UsageError(say("erase-only-people", lang))
    if erasure.key is None:
        if found := find_left(project, erasure.paths[0]):
            return _refuse(found, lang, _list_folders(found))
    else:
        found = _find_mentions(project, erasure.key)
        folders = _list_folders(found)
        if with_stories:
            found = [each for each in found if not _STORY.match(each.path)]
            erasure = add_stories(project.root, erasure, folders)
        if found:
            return _refuse(found, lang, _list_folders(found))
    if not dry_run:
        failed = _erase(project, erasure, lang)
        if failed is not None:
            click.echo(format_problem(failed, lang, paint), err=True)
            return PROBLEMS
    show_erasure(erasure, lang, read_now().date(), dry_run=dry_run)
    return FINE


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


def _refuse(found: Sequence[Problem], lang: str, folders: Sequence[str]) -> int:
    """Tell every place, and what to do about them once."""
    for each in found:
        click.echo(format_problem(each, lang, paint).partition("\n")[0], err=True)
    told = say("not-erased", lang, count=len(found), stories=len(folders))
    click.echo(f"    → {found[-1].hint(lang)}\n{paint(told, 'error')}", err=True)
    return PROBLEMS


def _erase(project: Project, erasure: Erasure, lang: str) -> Problem | None:
    """Erase while nobody builds; return what went wrong."""
    try:
        lock = BuildLock(project.cache_dir)
        lock.acquire(on_wait=lambda _: None)
    except BusyError as error:
        return problem("GS810", CONFIG, pid=error.holder.pid, since=error.holder.since)
    except OSError as error:
        return problem("GS812", CACHE, reason=error.strerror or error)
    try:
        write_erasure(project.root, erasure)
        forget_in_cache(project, partial(ask_folders, project.root / CONFIG, lang))
    except OSError as error:
        return problem("GS812", erasure.paths[-1], reason=error.strerror or error)
    finally:
        lock.release()
    return None


def run_schema(root: Path | None, lang: str, name: str) -> int:
    """Print the JSON Schema of a record or register; it is the same for every newsroom."""
    del root
    click.echo(json.dumps(json_schema(name, lang), ensure_ascii=False, indent=2))
    return FINE
