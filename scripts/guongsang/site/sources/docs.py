"""The files that MkDocs reads besides our own: pages written by hand, and the newsroom's theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from guongsang.addresses import doc_url
from guongsang.problems.problem import Problem, problem
from guongsang.site.sources.project import Project
from guongsang.stories.links import Walk, judge_way, walk_folder

CONFIG: Final = "mkdocs.yml"
# What MkDocs leaves out whatever mkdocs.yml says, unless that takes it in again.
_HIDDEN: Final = (".*", "/templates/")


def list_docs(project: Project) -> Walk:
    """List the folder of the pages written by hand; a problem where it is not the newsroom's."""
    if not project.docs_dir.is_relative_to(project.root):
        return Walk(problems=[problem("GS818", CONFIG, target=project.docs_dir)])
    return walk_folder(project.root, project.docs_dir)


def leave_out_unpublished(project: Project, paths: Sequence[str]) -> list[str]:
    """Return which of the listed files MkDocs publishes."""
    # Nearly always the same files are there as the last time, and nobody asks.
    from pathspec import GitIgnoreSpec  # noqa: PLC0415

    spec = GitIgnoreSpec.from_lines((*_HIDDEN, *project.unpublished))
    return [path for path in paths if not spec.match_file(docs_uri(project, path))]


def docs_uri(project: Project, path: str) -> str:
    """Return the path of a listed file as MkDocs knows it: relative to that folder."""
    return (project.root / path).relative_to(project.docs_dir).as_posix()


def list_published(project: Project, paths: Sequence[str]) -> dict[str, str]:
    """Return the address of each listed file with its path; of index.md and README.md in one
    folder MkDocs leaves out the latter."""
    there = frozenset(paths)
    published = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name != "README.md" or f"{folder}/index.md" not in there:
            uri = docs_uri(project, path)
            published[doc_url(uri) if uri.endswith(".md") else uri] = path
    return published


def find_theme_links(project: Project) -> list[Problem]:
    """Return what there is to say of links among the settings and the newsroom's own theme."""
    found = list(judge_way(project.root, CONFIG))
    own = project.theme_dir
    # One that is named from elsewhere is not what somebody sends along with a story.
    if own is not None and own.is_relative_to(project.root):
        found += walk_folder(project.root, own).problems
    return found
