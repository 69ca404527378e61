"""Read a newsroom: registers, stories with the facts of their photos, pages written by hand."""

from __future__ import annotations

from dataclasses import dataclass

from guongsang.addresses import doc_url
from guongsang.checks.docs import check_doc
from guongsang.memory.registers import KnownRegisters, recall_registers
from guongsang.memory.stored import StoredStory
from guongsang.memory.stories import WholeLibrary, recall_stories
from guongsang.pipeline.desk import plan_early_check
from guongsang.pipeline.docs import docs_uri, find_theme_links, list_docs
from guongsang.pipeline.project import Project
from guongsang.problems.problem import Problem
from guongsang.registers.model import Registers
from guongsang.stories.scan import scan_stories
from guongsang.traces import Recorder


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read from disk or remembered, before anything is known to be right."""

    known: KnownRegisters
    library: WholeLibrary
    doc_addresses: frozenset[str]
    problems: list[Problem]
    recorder: Recorder

    @property
    def registers(self) -> Registers | None:
        return self.known.reading.registers

    @property
    def stories(self) -> list[StoredStory]:
        return self.library.stories

    @property
    def files_read(self) -> int:
        return len(self.library.stories) + len(self.library.unreadable)


def load_project(project: Project) -> Loaded:
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
    )
    docs = list_docs(project)
    pages = [path for path in docs.files if path.endswith(".md")]
    problems = [*known.reading.problems, *scan.problems, *docs.problems, *find_theme_links(project)]
    problems += [found for page in pages for found in check_doc(project.root / page, page)]
    problems += library.warnings
    for reading in library.unreadable:
        problems.extend(reading.problems)
    addresses = frozenset(doc_url(docs_uri(project, page)) for page in pages)
    return Loaded(known, library, addresses, problems, recorder)
