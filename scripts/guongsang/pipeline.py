"""The table of contents of the product: load, check, plan, render.

Every entry (commands, `mkdocs build`, `mkdocs serve`) goes through here, so that what a check
passes is what a build publishes. Nothing here prints or writes into the site.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from guongsang.addresses import doc_url, output_uri, story_addresses
from guongsang.checks.desk import Desk
from guongsang.checks.doclinks import check_doc_links
from guongsang.checks.docs import check_doc
from guongsang.checks.echoes import drop_echoes
from guongsang.checks.registers import check_registers
from guongsang.checks.release import LEDGER, check_ledger, check_placeholders, harden
from guongsang.checks.sheet import Case, Sheet
from guongsang.checks.site import check_site
from guongsang.checks.story import check_story
from guongsang.files import FileGroup, list_groups, plan_groups
from guongsang.memory.checked import record_early
from guongsang.memory.checks import Answers, check_library, load_checks, save_checks
from guongsang.memory.plans import Keep, PlanMemory, load_plans
from guongsang.memory.registers import KnownRegisters, recall_registers
from guongsang.memory.related import recall_related
from guongsang.memory.store import CACHE
from guongsang.memory.stories import (
    CheckEarly,
    Library,
    Photos,
    StoredStory,
    read_photos,
    recall_stories,
    save_stories,
)
from guongsang.memory.workers import WORTH_FORKING
from guongsang.pages.archive import Archive, build_archive
from guongsang.pages.content import Content, newest_first
from guongsang.pages.notices import list_broken
from guongsang.pages.outputs import Output, Page, SiteFile
from guongsang.pages.plan import list_pages
from guongsang.pages.views import Card
from guongsang.photos.render import PhotoJob, Progress, RenderReport, render_photos
from guongsang.pictures import IsPublished, Pictures, plan_story_photos
from guongsang.problems.problem import Problem, has_errors, problem, problem_with
from guongsang.prose.parse import find_uses, parse_prose
from guongsang.publish.fingerprint import fingerprint
from guongsang.registers.load import locate_register
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.stories.read import StoryReading, locate_story
from guongsang.stories.scan import scan_stories
from guongsang.stories.source import decode_text
from guongsang.traces import Made, MadeOnce, Recorder, TrackedSequence, Unanswered
from guongsang.yamlfile import Positions

_ID: Final = re.compile(r' id="([^"]+)"')
PHOTOS: Final = "photos"
# Of how many stories the text stays parsed: more than a feed has.
_PROSE_KEPT: Final = 64
# A file of a story; the group is the story's address.
_STORY_FILE: Final = re.compile(r"stories/([0-9]{4}/[^/]+/).")
# With these a story can still be shown: how Vietnamese is typed, where links lead.
_HARMLESS: Final = ("GS6", "GS7")


@dataclass(frozen=True, slots=True)
class Project:
    """Where a newsroom's files are, and the moment that counts as now (aware).

    A preview also shows drafts and what is not due yet, and stands in for each story in `broken`
    (its address, its problems) with a page that says what is wrong with it.
    """

    root: Path
    docs_dir: Path
    now: dt.datetime
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    previewing: bool = False
    broken: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def cache_dir(self) -> Path:
        return self.root / CACHE

    @property
    def photo_dir(self) -> Path:
        return self.cache_dir / PHOTOS

    def shows(self, story: Story) -> bool:
        """Return whether the story has its page, its place in lists and its pictures."""
        if not self.previewing:
            return story.is_public(self.now)
        return story.head.status != "retracted" and _address(story.src_uri) not in self.broken

    def leave_out(self, problems: list[Problem]) -> Project:
        """Return the project without the stories that have errors, if this is a preview."""
        broken = dict(self.broken)
        for found in problems if self.previewing else ():
            story = _STORY_FILE.match(found.path)
            if story and found.is_error and not found.rule.startswith(_HARMLESS):
                broken[story[1]] = (*broken.get(story[1], ()), found)
        return replace(self, broken=broken)

    def is_stopped_by(self, found: Problem) -> bool:
        """Return whether nothing can be built: a preview goes on without the story at fault."""
        return found.is_error and not (self.previewing and _STORY_FILE.match(found.path))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read from disk or remembered, before anything is known to be right."""

    known: KnownRegisters
    library: Library
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


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a build publishes besides the pages written by hand."""

    pages: list[Page]
    files: list[SiteFile]
    archive: Archive
    plans: PlanMemory
    answers: Answers

    def recall(self, page: Page) -> str | None:
        """Return what the page's plan was told apart by, None if it may have changed since."""
        known: str | None = self.plans.recall(f"page {page.url}", page.key)
        return known

    def plan(self, page: Page) -> tuple[Output, Keep]:
        """Plan a page; also returns what `plans` is to keep, whose result tells plans apart."""
        recorder = self.archive.content.recorder
        output, questions = recorder.record(lambda: page.plan(self.archive, *page.args))
        keep = (f"page {page.url}", page.key, fingerprint(output), tuple(sorted(questions)))
        return output, keep

    @property
    def stories(self) -> int:
        return len(self.archive.content.stories)


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


def check_project(project: Project, *, release: bool = False) -> Checked:
    """Load and check everything; all problems of all files, sorted by file and line.

    `release` adds the publishing gate.
    """
    loaded = load_project(project)
    found = [*loaded.problems, *check_loaded(project, loaded)]
    if release:
        found = harden([*found, *check_release(project, loaded)], loaded.stories)
    return Checked(loaded, sorted(set(found)))


def build_site(
    project: Project,
    checked: Checked,
    site_url: str,
    *,
    workers: int,
    on_progress: Progress | None,
    inline_scripts: Sequence[str] = (),
    is_published: IsPublished = lambda _uri, _made_from: False,
) -> tuple[Site | None, list[Problem]]:
    """Plan what a checked newsroom publishes, and make its pictures; what is wrong stops it.

    `inline_scripts` are what the theme writes into pages, as sources of a security policy.
    `is_published` tells whether a file made from just this stands in the site: then it is not made.
    """
    loaded = checked.loaded
    assert loaded.registers is not None
    content, pictures = _gather_content(project, loaded, loaded.registers, site_url)
    related = recall_related(project.cache_dir, loaded.library, content.stories, workers=workers)
    archive = build_archive(content, related)
    about = (site_url, loaded.known.answer("newsroom", "newsroom"))
    plans = load_plans(project.cache_dir, repr(about))
    answers = Answers((loaded.known.answer, loaded.library.answer, archive.answer))
    plans.compare(answers)
    shown, jobs = _plan_pictures(pictures, archive, plans, is_published, workers)
    report = render_photos(jobs, project.photo_dir, workers=workers, on_progress=on_progress)
    found = _photo_problems(project, report)
    if any(map(project.is_stopped_by, found)):
        return None, found  # feeds tell the size of pictures, which are not there
    if project.previewing and has_errors(found):
        rest, more = build_site(
            project.leave_out(found),
            checked,
            site_url,
            workers=workers,
            on_progress=on_progress,
            inline_scripts=inline_scripts,
            is_published=is_published,
        )
        return rest, found + more
    pages = [*list_pages(archive), *list_broken(project.broken)]
    groups = list_groups(
        archive,
        [*pages, *sorted(loaded.doc_addresses)],
        cache_dir=project.cache_dir,
        now=project.now,
        inline_scripts=inline_scripts,
        measure=pictures.measure,
        full_text=not project.previewing,
    )
    # Where stories are few, so is what each group tells of them.
    least = 1 if len(content.stories) >= WORTH_FORKING else WORTH_FORKING
    planned = plan_groups(list(groups), plans, loaded.recorder, workers=workers, least=least)
    files = [file for listed in (*planned, *shown) for file in listed]
    found += _find_collisions(pages, files, loaded.doc_addresses)
    site = Site(pages, files, archive, plans, answers)
    return (None if any(map(project.is_stopped_by, found)) else site), found


def _plan_pictures(
    pictures: Pictures,
    archive: Archive,
    plans: PlanMemory,
    is_published: IsPublished,
    workers: int,
) -> tuple[list[list[SiteFile]], list[PhotoJob]]:
    """Return the files of the pictures of each story, and the pictures that have to be made.

    Who has read a story for that makes its card, too: nobody else has to read it for one.
    """
    slugs = list(pictures.stories)
    groups = [FileGroup(f"of {slug}", partial(pictures.list_files, slug)) for slug in slugs]
    jobs: list[PhotoJob] = []
    planned: set[str] = set()

    def learn(at: int) -> tuple[str, MadeOnce[Card], list[PhotoJob]]:
        slug = slugs[at]
        unmade = pictures.find_unmade(slug, groups[at].files, is_published)
        return slug, archive.cards.kept(slug), unmade

    def take(learnt: tuple[str, MadeOnce[Card], list[PhotoJob]]) -> None:
        slug, card, unmade = learnt
        planned.add(slug)
        archive.cards.keep(slug, (card[0], plans.share(card[1])))
        jobs.extend(unmade)

    shown = plan_groups(
        groups,
        plans,
        pictures.recorder,
        workers=workers,
        least=WORTH_FORKING,
        learn=learn,
        on_learnt=take,
    )
    for slug, files in zip(slugs, shown, strict=True):
        if slug not in planned:
            jobs += pictures.find_unmade(slug, files, is_published)
    return shown, jobs


def find_unpublished(project: Project, site: Site) -> dict[str, dt.datetime | None]:
    """Return the addresses that only a preview has, each with its moment; drafts have none."""
    return {
        story.url: story.instant if story.head.status == "ready" else None
        for story in site.archive.content.stories
        if not story.is_public(project.now)
    }


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
    problems = [*known.reading.problems, *scan.problems, *_check_docs(project), *library.warnings]
    for reading in library.unreadable:
        problems.extend(reading.problems)
    return Loaded(known, library, _find_docs(project.docs_dir), problems, recorder)


def check_loaded(project: Project, loaded: Loaded) -> list[Problem]:
    """Check registers, each story, and all stories together; what was checked before is known."""
    registers, recorder, library = loaded.registers, loaded.recorder, loaded.library
    if registers is None:
        return []
    desk = make_desk(project, loaded, registers)
    answers = Answers((loaded.known.answer, desk.answer, library.answer))
    memory = load_checks(project.cache_dir)
    memory.compare(answers)

    def check_one(story: Story) -> list[Problem]:
        return _check_one(project, desk, story, library.photos(story.src_uri))

    def check_all_registers() -> list[Problem]:
        recorder.ask("newsroom", "newsroom")
        locate = partial(locate_register, project.root)
        return check_registers(registers, locate, desk.today)

    def check_all_stories() -> list[Problem]:
        recorder.ask("heads")
        return check_site(library.stories, registers, partial(_locate_noted, project, recorder))

    found = memory.run("registers", check_all_registers, recorder)
    found += memory.run("stories", check_all_stories, recorder)
    found += check_library(library, check_one, memory, recorder, workers=project.workers)
    if memory.is_changed or library.is_changed:
        save_stories(project.cache_dir, library)
        save_checks(memory, library, answers)
    for reading in library.unreadable:
        if reading.rest is not None:
            found += _check_rest(project, reading, reading.rest, desk)
    found += _check_doc_links(project, desk.addresses)
    return found


def plan_early_check(
    project: Project, registers: Registers | None, recorder: Recorder
) -> CheckEarly:
    """Return the check of stories while others are not read yet: most have no link to another."""
    if registers is None:
        return lambda _story, _photos: None
    desk = Desk(
        registers, PlaceBook(registers.places), Unanswered(), Unanswered(), project.now, recorder
    )
    return plan_check(project, desk)


def plan_check(project: Project, desk: Desk) -> CheckEarly:
    """Return the check of one story at a desk, None for what that cannot answer."""
    return lambda story, photos: record_early(
        partial(_check_one, project, desk, story, photos), desk.recorder
    )


def _check_one(project: Project, desk: Desk, story: Story, photos: Photos) -> list[Problem]:
    desk.recorder.ask("newsroom", "newsroom")
    positions = partial(locate_story, project.root, story.src_uri)
    return check_story(story, desk, find_uses(story.body), photos, positions)


def _locate_noted(project: Project, recorder: Recorder, src_uri: str) -> Positions:
    recorder.ask("front", src_uri)
    return locate_story(project.root, src_uri)


def _check_rest(project: Project, reading: StoryReading, rest: Story, desk: Desk) -> list[Problem]:
    """Check what could be read of a story that has problems of its own already."""
    locate = partial(locate_story, project.root, rest.src_uri)
    photos = read_photos(project.root, rest.src_uri, rest.front, rest.files)
    found = check_story(rest, desk, parse_prose(rest.body), photos, locate)
    return drop_echoes(reading, found, locate)


def check_release(project: Project, loaded: Loaded) -> list[Problem]:
    """Check what only matters when the stories are about to be published."""
    registers = loaded.registers
    if registers is None:
        return []
    desk = make_desk(project, loaded, registers)
    found: list[Problem] = []
    for story in loaded.stories:
        sheet = Sheet(story.src_uri, partial(locate_story, project.root, story.src_uri))
        case = Case(
            story, desk, parse_prose(story.body), loaded.library.photos(story.src_uri), sheet
        )
        found += check_placeholders(case)
    ledger = project.root / LEDGER
    text = decode_text(ledger.read_bytes(), LEDGER) if ledger.is_file() else ""
    if isinstance(text, Problem):
        return [*found, text]
    return [*found, *check_ledger(text, loaded.stories, desk.addresses)]


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
            | {_address(reading.src_uri) for reading in loaded.library.unreadable}
        ),
        at=project.now,
        recorder=loaded.recorder,
        find_anchors=partial(find_anchors, {story.slug: story for story in loaded.stories}),
    )


def find_anchors(stories: Mapping[str, Story], slug: str) -> frozenset[str] | None:
    """Return the ids in the text of a story, None if there is none of that slug."""
    if slug not in stories:
        return None
    return frozenset(_ID.findall(parse_prose(stories[slug].body).html))


def _address(src_uri: str) -> str:
    """Return where a story is, or would be if it could be read: links to it are not to blame."""
    return src_uri.removeprefix("stories/").removesuffix("index.md")


def plan_photos(project: Project, loaded: Loaded, registers: Registers) -> list[PhotoJob]:
    """Plan the pictures of all public stories."""
    return [
        job
        for story in loaded.stories
        if project.shows(story)
        for job in plan_story_photos(project.root, story, loaded.library, registers).values()
    ]


def _has_page(story: Story, now: dt.datetime) -> bool:
    return story.head.status == "retracted" or story.is_public(now)


def _check_doc_links(project: Project, addresses: Collection[str]) -> Iterator[Problem]:
    docs = project.docs_dir
    files = [path for path in sorted(docs.rglob("*")) if path.is_file()] if docs.is_dir() else []
    uris = {path.relative_to(docs).as_posix(): path for path in files}
    for uri, path in uris.items():
        src_uri = path.relative_to(project.root).as_posix()
        text = decode_text(path.read_bytes(), src_uri) if uri.endswith(".md") else ""
        if isinstance(text, str):  # else it has been reported
            yield from check_doc_links(text, src_uri, uri, uris, addresses)


def _check_docs(project: Project) -> list[Problem]:
    pages = sorted(project.docs_dir.rglob("*.md")) if project.docs_dir.is_dir() else []
    return [
        found
        for page in pages
        for found in check_doc(page, page.relative_to(project.root).as_posix())
    ]


def _find_docs(docs_dir: Path) -> frozenset[str]:
    pages = docs_dir.rglob("*.md") if docs_dir.is_dir() else ()
    return frozenset(doc_url(page.relative_to(docs_dir).as_posix()) for page in pages)


def _photo_problems(project: Project, report: RenderReport) -> list[Problem]:
    found = []
    for abs_source, fault in report.faults:
        path = abs_source.relative_to(project.root).as_posix()
        found.append(problem_with(fault.rule, path, fault.args))
    return found


def _gather_content(
    project: Project, loaded: Loaded, registers: Registers, site_url: str
) -> tuple[Content, Pictures]:
    recorder = loaded.recorder
    public = newest_first([story for story in loaded.stories if project.shows(story)])
    retracted = [
        story
        for story in loaded.stories
        if story.head.status == "retracted" and _address(story.src_uri) not in project.broken
    ]
    by_slug = {story.slug: story for story in public}
    pictures = Pictures(
        project.root, project.photo_dir, by_slug, loaded.library, registers, recorder
    )
    content = Content(
        registers=registers,
        stories=TrackedSequence("stories", public, recorder),
        retracted=TrackedSequence("retracted", retracted, recorder),
        prose=Made(by_slug, lambda slug: parse_prose(by_slug[slug].body), recorder, _PROSE_KEPT),
        pictures=pictures,
        site_url=site_url,
        recorder=recorder,
    )
    return content, pictures


def _find_collisions(
    pages: list[Page], files: list[SiteFile], doc_addresses: frozenset[str]
) -> list[Problem]:
    """MkDocs would let the second of two files win silently; names may differ by case only."""
    owners: dict[str, list[str]] = {}
    for url, owner in (
        *((page.url, f"/{page.url}") for page in pages),
        *((file.uri, f"/{file.uri}") for file in files),
        *((url, f"docs/{url.rstrip('/') or 'index'}.md") for url in sorted(doc_addresses)),
    ):
        owners.setdefault(output_uri(url).casefold(), []).append(owner)
    # No folder of a page may have the name of a file either: an old address can ask for that.
    for uri, named in list(owners.items()):
        folder = uri.removesuffix("/index.html")
        if folder != uri and folder in owners:
            owners[folder].append(named[0])
    return [
        problem("GS801", "mkdocs.yml", url=f"/{uri}", first=named[0], second=named[1])
        for uri, named in sorted(owners.items())
        if len(named) > 1
    ]
