"""What only matters when a newsroom is about to be published."""

from __future__ import annotations

from collections.abc import Iterator

from guongsang.checks.newsroom.nav import SETTINGS
from guongsang.checks.newsroom.unfilled import check_unfilled
from guongsang.problems.problem import Problem
from guongsang.registers.paths import FOLDER, NEWSROOM, TABLE_NAMES, find_honorees
from guongsang.site.sources.docs import list_docs
from guongsang.site.sources.project import Project
from guongsang.stories.source import read_text


def check_own(project: Project) -> Iterator[Problem]:
    """Check that settings, registers and the pages written by hand are filled in."""
    pages = (path for path in list_docs(project).files if path.endswith(".md"))
    registers = (f"{FOLDER}/{name}.yml" for name in TABLE_NAMES if name != "places")
    people = (path for path, _ in find_honorees(project.root))
    for src_uri in (SETTINGS, NEWSROOM, *registers, *people, *pages):
        abs_path = project.root / src_uri
        text = read_text(abs_path, src_uri) if abs_path.is_file() else ""
        if isinstance(text, str):  # else it has been reported
            yield from check_unfilled(text, src_uri)
