"""Check a newsroom: what passes here is what a build publishes.

Every entry (commands, `mkdocs build`, `mkdocs serve`) goes through here. Nothing prints.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial

from guongsang.addresses import story_addresses, story_url
from guongsang.checks.advice import complete_advice
from guongsang.checks.desk import Desk
from guongsang.checks.doclinks import check_doc_links
from guongsang.checks.docs import check_path
from guongsang.checks.echoes import drop_echoes
from guongsang.checks.elsewhere import check_page
from guongsang.checks.nav import SETTINGS, check_nav
from guongsang.checks.registers import check_registers
from guongsang.checks.release import check_ledger, check_lost, check_placeholders, harden
from guongsang.checks.site import check_site
from guongsang.checks.story import check_story
from guongsang.checks.subjects import Subject
from guongsang.checks.unfilled import check_unfilled
from guongsang.memory.checked import record_check
from guongsang.memory.checks import Answers, check_library, load_checks, save_checks
from guongsang.memory.outline import find_crossed
from guongsang.memory.stories import OnRead, read_photos
from guongsang.photos.whole import WholePhotos
from guongsang.pipeline.desk import check_one, find_anchors, open_case
from guongsang.pipeline.docs import docs_uri, list_docs
from guongsang.pipeline.history import ask_edited, check_edited
from guongsang.pipeline.load import Loaded, load_project
from guongsang.pipeline.project import Project
from guongsang.problems.problem import Problem, as_warning, has_errors
from guongsang.prose.parse import parse_prose
from guongsang.registers.load import TABLES, locate_register
from guongsang.registers.model import Registers
from guongsang.registers.paths import FOLDER, LEDGER, NEWSROOM, find_honorees
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.stories.read import StoryReading, locate_story
from guongsang.stories.source import MAX_BYTES, read_text
from guongsang.traces import Recorder
from guongsang.yamlfile.positions import Positions


@dataclass(frozen=True, slots=True)
class Checked:
    loaded: Loaded
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_publishable(self) -> bool:
        return self.loaded.registers is not None and not has_errors(self.problems)

    def is_enough_for(self, project: Project) -> bool:
        """Return whether a build, or at least a preview, can go on."""
        return self.loaded.registers is not None and not any(
            map(project.is_stopped_by, self.problems)
        )


def check_project(
    project: Project, *, release: bool = False, on_read: OnRead | None = None
) -> Checked:
    """Load and check everything; all problems of all files, sorted by file and line.

    `release` adds the publishing gate; `on_read(done, total)` is told of the files beside stories.
    """
    list_edited = ask_edited(project.root)
    try:
        loaded = load_project(project, on_read)
        found = [*_complete(loaded), *check_loaded(project, loaded)]
    finally:
        edited = list_edited()
    found += _check_edited(project, loaded, edited)
    if release:
        found = harden([*found, *check_release(project, loaded)], loaded.stories)
    return Checked(loaded, sorted(set(found)))


def _complete(loaded: Loaded) -> list[Problem]:
    """Return what reading had to say, with what the registers know of it."""
    if loaded.registers is None:
        return loaded.problems
    book = PlaceBook(loaded.registers.places)
    return [complete_advice(found, loaded.registers, book) for found in loaded.problems]


def check_loaded(project: Project, loaded: Loaded) -> list[Problem]:
    """Check registers, each story, and all stories together; what was checked before is known."""
    registers, recorder, library = loaded.registers, loaded.recorder, loaded.library
    if registers is None:
        return []
    desk = make_desk(project, loaded, registers)
    answers = Answers((loaded.known.answer, desk.answer, library.answer, loaded.answer))
    memory = load_checks(project.cache_dir)
    memory.compare(answers)

    def check_here(story: Story) -> list[Problem]:
        return check_one(project, desk, story, library.photos(story.src_uri))

    def check_all_registers() -> list[Problem]:
        recorder.ask("newsroom", "newsroom")
        locate = partial(locate_register, project.root)
        return check_registers(registers, locate, desk.today, desk.unnamable)

    def check_all_stories() -> list[Problem]:
        recorder.ask("heads")
        recorder.ask("docs")
        recorder.ask("newsroom", "newsroom")
        locate_noted = partial(_locate_noted, project, recorder)
        return check_site(library.stories, registers, locate_noted, desk.slugs, loaded.docs)

    found = memory.run("registers", check_all_registers, recorder)
    found += memory.run("stories", check_all_stories, recorder)
    found += check_library(library, check_here, memory, recorder, workers=project.workers)
    if memory.is_changed or library.is_changed:
        library.entries.save(project.cache_dir)
        save_checks(memory, library, answers)
    for reading in library.unreadable:
        if reading.rest is not None:
            check_it = partial(_check_rest, project, reading, reading.rest, desk)
            plain, questions = record_check(check_it, recorder)
            found += [Problem(*each) for each in plain]
            crossed = find_crossed(reading.src_uri, questions)
            library.crossed |= {question: answers[question] for question in crossed}
    found += check_written(project, desk.addresses, desk.unnamable)
    found += _check_lost(project, loaded, desk)
    return found


def _check_edited(project: Project, loaded: Loaded, edited: AbstractSet[str]) -> list[Problem]:
    """Check what only the last versions of stories tell."""
    stories = [story for story in loaded.stories if story.src_uri in edited] if edited else []
    if loaded.registers is None or not stories:
        return []
    desk = make_desk(project, loaded, loaded.registers)
    return check_edited(project, desk, stories, loaded.library.photos)


def _check_lost(project: Project, loaded: Loaded, desk: Desk) -> list[Problem]:
    text = read_ledger_text(project)
    if isinstance(text, Problem):
        return [text]
    rests = [each.rest for each in loaded.library.unreadable if each.rest and not each.is_draft]
    return list(check_lost(text, [*loaded.stories, *rests], desk.addresses))


def read_ledger_text(project: Project) -> str | Problem:
    ledger = project.root / LEDGER
    return read_text(ledger, LEDGER, most=8 * MAX_BYTES) if ledger.is_file() else ""


def _locate_noted(project: Project, recorder: Recorder, src_uri: str) -> Positions:
    recorder.ask("front", src_uri)
    return locate_story(project.root, src_uri)


def _check_rest(project: Project, reading: StoryReading, rest: Story, desk: Desk) -> list[Problem]:
    """Check what could be read of a story that has problems of its own already."""
    locate = partial(locate_story, project.root, rest.src_uri)
    photos = read_photos(project.root, rest.src_uri, rest.front, rest.files, WholePhotos())
    found = check_story(rest, desk, parse_prose(rest.body), photos, locate)
    found = drop_echoes(reading, found, locate)
    return list(map(as_warning, found)) if reading.is_draft else found


def check_release(project: Project, loaded: Loaded) -> list[Problem]:
    """Check what only matters when the stories are about to be published."""
    registers = loaded.registers
    if registers is None:
        return []
    desk = make_desk(project, loaded, registers)
    found: list[Problem] = []
    for story in loaded.stories:
        photos = loaded.library.photos(story.src_uri)
        found += check_placeholders(open_case(project, desk, story, photos))
    found += check_own(project)
    text = read_ledger_text(project)
    return found if isinstance(text, Problem) else [*found, *check_ledger(text, loaded.stories)]


def check_own(project: Project) -> Iterator[Problem]:
    """Check that settings, registers and the pages written by hand are filled in."""
    pages = (path for path in list_docs(project).files if path.endswith(".md"))
    registers = (f"{FOLDER}/{name}.yml" for name in TABLES if name != "places")
    people = (path for path, _ in find_honorees(project.root))
    for src_uri in (SETTINGS, NEWSROOM, *registers, *people, *pages):
        abs_path = project.root / src_uri
        text = read_text(abs_path, src_uri) if abs_path.is_file() else ""
        if isinstance(text, str):  # else it has been reported
            yield from check_unfilled(text, src_uri)


def make_desk(project: Project, loaded: Loaded, registers: Registers) -> Desk:
    """Return what the checks of one story look things up in."""
    with_page = [story for story in loaded.stories if _has_page(story, project.now)]
    return Desk(
        registers=registers,
        book=PlaceBook(registers.places),
        slugs=frozenset([story.slug for story in loaded.stories])
        | {reading.slug for reading in loaded.library.unreadable},
        addresses=frozenset(
            story_addresses(with_page, registers)
            | loaded.doc_addresses
            | {story_url(each.src_uri) for each in loaded.library.unreadable if not each.is_draft}
        ),
        at=project.now,
        recorder=loaded.recorder,
        find_anchors=partial(find_anchors, {story.slug: story for story in loaded.stories}),
    )


def _has_page(story: Story, now: dt.datetime) -> bool:
    return story.head.status == "retracted" or story.is_public(now)


def check_written(
    project: Project, addresses: Collection[str], hidden: Sequence[Subject] = ()
) -> Iterator[Problem]:
    """Check where pages written by hand and the navigation lead, and that neither they nor the
    settings name any of the people who may be named nowhere."""
    uris = {docs_uri(project, path): path for path in list_docs(project).files}
    for uri, src_uri in uris.items():
        yield from check_path(src_uri)
        text = read_text(project.root / src_uri, src_uri) if uri.endswith(".md") else ""
        if isinstance(text, str):  # else it has been reported
            yield from check_doc_links(text, src_uri, uri, uris, addresses)
            yield from check_page(text, src_uri, hidden)
    settings = project.root / SETTINGS
    text = read_text(settings, SETTINGS) if settings.is_file() else ""
    if isinstance(text, str):  # else MkDocs says so
        yield from check_nav(text, uris, addresses)
        yield from check_page(text, SETTINGS, hidden)
