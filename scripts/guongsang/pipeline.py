"""The table of contents of the product: load, check, plan, render.

Every entry (commands, `mkdocs build`, `mkdocs serve`) goes through here, so that what a check
passes is what a build publishes. Nothing here prints or writes into the site.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from guongsang.addresses import attachment_uri, audio_uri, doc_url, output_uri, story_addresses
from guongsang.checks.desk import Desk
from guongsang.checks.doclinks import check_doc_links
from guongsang.checks.docs import check_doc
from guongsang.checks.echoes import drop_echoes
from guongsang.checks.registers import check_registers
from guongsang.checks.release import LEDGER, check_ledger, check_placeholders, harden
from guongsang.checks.sheet import Case, Sheet
from guongsang.checks.site import check_site
from guongsang.checks.story import check_story
from guongsang.fonts import cached_font, plan_fonts
from guongsang.memory.checks import Answers, check_library, load_checks, save_checks
from guongsang.memory.registers import KnownRegisters, recall_registers
from guongsang.memory.stories import (
    Library,
    StoredStory,
    read_photos,
    recall_stories,
    save_stories,
)
from guongsang.pages.archive import Archive, build_archive
from guongsang.pages.content import Content, Picture, newest_first
from guongsang.pages.data import render_data
from guongsang.pages.feeds import render_feeds
from guongsang.pages.notices import list_broken
from guongsang.pages.offline import WORKER, render_worker
from guongsang.pages.outputs import Output, Page, SiteFile
from guongsang.pages.plan import list_pages
from guongsang.pages.redirects import render_aliases, render_redirects
from guongsang.pages.render import asset_files
from guongsang.pages.servers import SECURITY_TXT, render_headers, render_security_txt
from guongsang.pages.sitemap import render_robots, render_sitemaps
from guongsang.photos.cache import cached_file
from guongsang.photos.card import CardText
from guongsang.photos.facts import PhotoFacts
from guongsang.photos.plan import Derivative, PhotoPlan, Recipe, plan_photo
from guongsang.photos.render import PhotoJob, Progress, RenderReport, render_photos
from guongsang.problems.problem import Problem, has_errors, problem, problem_with
from guongsang.prose.parse import parse_prose
from guongsang.registers.load import locate_register
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.search.plan import plan_search
from guongsang.stories.model import Story, StoryPhoto
from guongsang.stories.read import StoryReading, locate_story
from guongsang.stories.scan import scan_stories
from guongsang.stories.source import decode_text
from guongsang.text.dates import VIETNAM
from guongsang.traces import Made, Recorder
from guongsang.yamlfile import Positions

CACHE: Final = ".cache/guongsang"
PHOTOS: Final = "photos"
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

    def plan(self, page: Page) -> Output:
        return page.plan(self.archive, *page.args)

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


def read_now() -> dt.datetime:
    """Return the moment that counts as now: SOURCE_DATE_EPOCH if it is set, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), VIETNAM)
    return dt.datetime.now(VIETNAM)


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
) -> tuple[Site | None, list[Problem]]:
    """Plan and render what a checked newsroom publishes; problems found on the way stop it.

    `inline_scripts` are what the theme writes into pages, as sources of a security policy.
    """
    assert checked.loaded.registers is not None
    jobs = plan_photos(project, checked.loaded, checked.loaded.registers)
    report = render_photos(
        jobs.values(), project.photo_dir, workers=workers, on_progress=on_progress
    )
    found = _photo_problems(project, report)
    if any(map(project.is_stopped_by, found)):
        return None, found  # feeds tell the size of pictures, which are not there
    if project.previewing and has_errors(found):
        project = project.leave_out(found)
        jobs = plan_photos(project, checked.loaded, checked.loaded.registers)
    content = _gather_content(project, checked.loaded, jobs, report, site_url)
    archive = build_archive(content)
    pages = [*list_pages(archive), *list_broken(project.broken)]
    files = _plan_files(project, archive, pages, checked.loaded, inline_scripts)
    found += _find_collisions(pages, files, checked.loaded.doc_addresses)
    site = Site(pages, files, archive)
    return (None if any(map(project.is_stopped_by, found)) else site), found


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
    known = recall_registers(project.root, project.cache_dir, recorder)
    scan = scan_stories(project.root)
    library = recall_stories(
        project.root, project.cache_dir, scan.folders, workers=project.workers, recorder=recorder
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
    desk = _make_desk(project, loaded, registers)
    answers = Answers((loaded.known.answer, desk.answer, library.answer))
    memory = load_checks(project.cache_dir)
    memory.compare(answers)

    def check_one(story: Story) -> list[Problem]:
        recorder.ask("newsroom", "newsroom")
        positions = partial(locate_story, project.root, story.src_uri)
        prose = parse_prose(story.body)
        return check_story(story, desk, prose, library.photos(story.src_uri), positions)

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
    desk = _make_desk(project, loaded, registers)
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


def _make_desk(project: Project, loaded: Loaded, registers: Registers) -> Desk:
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
    )


def _address(src_uri: str) -> str:
    """Return where a story is, or would be if it could be read: links to it are not to blame."""
    return src_uri.removeprefix("stories/").removesuffix("index.md")


def plan_photos(
    project: Project, loaded: Loaded, registers: Registers
) -> dict[tuple[str, str], PhotoJob]:
    """Plan the pictures of all public stories, by slug and file name."""
    settings = registers.newsroom.photos
    recipe = Recipe(tuple(settings.widths), settings.jpeg_quality, settings.avif_quality)
    jobs: dict[tuple[str, str], PhotoJob] = {}
    for story in loaded.stories:
        if not project.shows(story):
            continue
        folder = (project.root / story.src_uri).parent
        photos = loaded.library.photos(story.src_uri)
        for photo in story_photos(story):
            facts = photos.get(photo.src)
            if isinstance(facts, PhotoFacts):
                is_cover = photo is story.front.cover
                plan = plan_photo(
                    facts,
                    folder=story.slug,
                    name=photo.src,
                    recipe=recipe,
                    is_cover=is_cover,
                    focus=photo.focus,
                    card=_card_text(story, registers) if is_cover else None,
                )
                jobs[story.slug, photo.src] = PhotoJob(folder / photo.src, plan)
    return jobs


def _card_text(story: Story, registers: Registers) -> CardText:
    column = registers.columns[story.front.column].name
    return CardText(story.front.title, column, registers.newsroom.name)


def story_photos(story: Story) -> list[StoryPhoto]:
    return [story.front.cover, *story.front.photos]


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
    project: Project,
    loaded: Loaded,
    jobs: Mapping[tuple[str, str], PhotoJob],
    report: RenderReport,
    site_url: str,
) -> Content:
    assert loaded.registers is not None
    public = newest_first([story for story in loaded.stories if project.shows(story)])
    by_slug = {story.slug: story for story in public}
    return Content(
        registers=loaded.registers,
        stories=public,
        retracted=tuple(
            story
            for story in loaded.stories
            if story.head.status == "retracted" and _address(story.src_uri) not in project.broken
        ),
        prose=Made(by_slug, lambda slug: parse_prose(by_slug[slug].body), loaded.recorder),
        pictures={
            key: Picture(job.plan, report.placeholders.get(job.plan.source))
            for key, job in jobs.items()
        },
        site_url=site_url,
        recorder=loaded.recorder,
    )


def _plan_files(
    project: Project,
    archive: Archive,
    pages: list[Page],
    loaded: Loaded,
    inline_scripts: Sequence[str],
) -> list[SiteFile]:
    content = archive.content
    security = content.registers.newsroom.security
    texts = {
        **asset_files(),
        **render_sitemaps(content, [*pages, *loaded.doc_addresses], project.now),
        "robots.txt": render_robots(content.site_url),
        **render_feeds(content, partial(_count_bytes, project)),
        **render_data(archive),
        **render_redirects(content),
        **render_headers(content.site_url, inline_scripts),
    }
    fonts = plan_fonts()
    texts[WORKER] = render_worker(
        [*asset_files(), *(font.uri for font in fonts)],
        [story.url for story in content.retracted],
        is_on=content.registers.newsroom.switches.offline,
    )
    if security is not None:
        texts[SECURITY_TXT] = render_security_txt(security, content.site_url)
    made = [*texts.items(), *render_aliases(content)]
    files = [SiteFile(uri, text, hashlib.sha256(text).hexdigest()) for uri, text in made]
    files += [
        SiteFile(font.uri, cached_font(font, project.cache_dir), font.made_from) for font in fonts
    ]
    for picture in content.pictures.values():
        files += _derivative_files(project, picture.plan)
    for story in content.stories:
        folder = (project.root / story.src_uri).parent
        files += _linked_files(story, folder)
    if content.registers.newsroom.switches.search:
        files += plan_search(archive, project.cache_dir, full_text=not project.previewing)
    return files


def _count_bytes(project: Project, plan: PhotoPlan, made: Derivative) -> int:
    """Return the size of a picture; 0 of one that could not be made, which stops the build."""
    abs_path = cached_file(project.photo_dir, plan, made)
    return abs_path.stat().st_size if abs_path.is_file() else 0


def _derivative_files(project: Project, plan: PhotoPlan) -> list[SiteFile]:
    return [
        SiteFile(made.uri, cached_file(project.photo_dir, plan, made), f"photo {plan.digest}")
        for made in plan.files
    ]


def _linked_files(story: Story, folder: Path) -> list[SiteFile]:
    named = [(attachment_uri(story.slug, each.src), each.src) for each in story.front.attachments]
    named += [(audio_uri(story.slug, each.src), each.src) for each in story.front.audio]
    found = []
    for uri, src in named:
        stat = (folder / src).stat()
        stamp = f"file {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"
        found.append(SiteFile(uri, folder / src, stamp))
    return found


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
