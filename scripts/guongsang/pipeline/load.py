"""Read a newsroom: registers, stories with the facts of their photos, pages written by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from guongsang.addresses import doc_url
from guongsang.checks.docs import check_doc
from guongsang.memory.registers import KnownRegisters, recall_registers
from guongsang.memory.snapshot import find_end
from guongsang.memory.stored import StoredStory
from guongsang.memory.stories import OnRead, WholeLibrary, recall_stories
from guongsang.pipeline.desk import plan_early_check
from guongsang.pipeline.docs import docs_uri, find_theme_links, list_docs, list_published
from guongsang.pipeline.project import Project
from guongsang.problems.problem import Problem, as_warning
from guongsang.registers.model import Registers
from guongsang.stories.scan import INDEX, scan_stories
from guongsang.stories.source import is_draft_by_bytes
from guongsang.traces import Recorder


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read from disk or remembered, before anything is known to be right.

    `docs` are the files that docs/ publishes, by address, each with its path.
    """

    known: KnownRegisters
    library: WholeLibrary
    doc_addresses: frozenset[str]
    docs: Mapping[str, str]
    problems: list[Problem]
    recorder: Recorder

    @property
    def registers(self) -> Registers | None:
        return self.known.reading.registers

    @property
    def stories(self) -> list[StoredStory]:
        return self.library.stories

    @property
    def drafts(self) -> frozenset[str]:
        """The drafts as `src_uri`, those that cannot be read too."""
        drafts = [story.src_uri for story in self.stories if story.head.status == "draft"]
        drafts += [each.src_uri for each in self.library.unreadable if each.is_draft]
        return frozenset(drafts)

    def answer(self, kind: str, _key: str) -> str | None:
        """Return the answer to a question that was noted, None when it is not for the docs."""
        return repr(sorted(self.docs.items())) if kind == "docs" else None

    @property
    def files_read(self) -> int:
        return len(self.library.stories) + len(self.library.unreadable)


def find_loaded_end(loaded: Loaded, now: dt.datetime) -> dt.datetime | None:
    """Return when results of now end to hold; None where a story cannot be read, whose moment
    nobody knows."""
    unreadable = loaded.library.unreadable
    if not all(reading.is_draft for reading in unreadable):
        return None
    stories = [*loaded.stories, *(reading.rest for reading in unreadable if reading.rest)]
    return find_end(now, (story.head.instant for story in stories))


def load_project(project: Project, on_read: OnRead | None = None) -> Loaded:
    """Read registers, stories, the facts of their photos, and the list of hand-written pages."""
    recorder = Recorder()
    known = recall_registers(project.root, project.cache_dir, recorder, workers=project.workers)
    scan = scan_stories(project.root)
    library = recall_stories(
        project.root,
        project.cache_dir,
        scan.folders,
        workers=project.workers,
        recorder=recorder,
        check=plan_early_check(project, known.reading.registers, recorder),
        on_read=on_read,
    )
    docs = list_docs(project)
    pages = [path for path in docs.files if path.endswith(".md")]
    problems = [*known.reading.problems, *docs.problems, *find_theme_links(project)]
    problems += [found for page in pages for found in check_doc(project.root / page, page)]
    problems += library.warnings
    for reading in library.unreadable:
        problems.extend(reading.problems)
    addresses = frozenset(doc_url(docs_uri(project, page)) for page in pages)
    published = list_published(project, docs.files)
    loaded = Loaded(known, library, addresses, published, problems, recorder)
    problems += soften_misplaced(project.root, scan.problems, loaded.drafts)
    return loaded


def soften_misplaced(
    root: Path, problems: Iterable[Problem], drafts: Iterable[str]
) -> list[Problem]:
    """Return the problems of the walk, those of a draft or in its folder as warnings."""
    folders = tuple(src_uri.removesuffix(INDEX) for src_uri in drafts)
    return [
        as_warning(found)
        if found.path.startswith(folders)
        or (found.rule == "GS236" and is_draft_by_bytes(root / found.path))
        else found
        for found in problems
    ]
