"""The newsroom that a command works on, and its exit codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.show import Shower
from guongsang.plugin.report import BuildFailedError
from guongsang.text.dates import read_now

if TYPE_CHECKING:
    from guongsang.site.sources.project import Folders, Project

FINE: Final = 0
PROBLEMS: Final = 1
USAGE: Final = 2
CONFIG: Final = "mkdocs.yml"


def find_root(root: Path | None, lang: str) -> Path:
    """Return the newsroom's folder: the one given, or the nearest upwards with mkdocs.yml.

    Raises click.UsageError when there is none.
    """
    start = (root or Path.cwd()).resolve()
    for folder in (start,) if root else (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise click.UsageError(say("no-root", lang))


def ask_folders(config_file: Path, lang: str) -> Folders:
    """Ask MkDocs which folders a newsroom has; problems in its settings end the command."""
    from guongsang.plugin.run import read_folders

    try:
        return read_folders(config_file, Shower(lang))
    except BuildFailedError:
        raise click.exceptions.Exit(PROBLEMS) from None


def open_project(root: Path | None, lang: str) -> Project:
    """Return the newsroom of a command; problems in its settings end the command."""
    from guongsang.site.sources.project import Project

    folder = find_root(root, lang)
    folders = ask_folders(folder / CONFIG, lang)
    return Project(folder, folders.docs_dir, read_now(), folders.theme_dir)


def relative_to(path: Path, root: Path) -> str:
    """Return a path as messages show it: relative to the root, with forward slashes."""
    absolute = path.resolve()
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else str(absolute)


def is_below(path: str, wanted: Sequence[str]) -> bool:
    """Return whether a path is one of those wanted or below one; all are where none is named."""
    return not wanted or any(
        each in (".", path) or path.startswith(f"{each.rstrip('/')}/") for each in wanted
    )
