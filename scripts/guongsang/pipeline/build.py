"""The table of contents of a build: gather, relate, plan pictures, pages and files.

Nothing here prints or writes into the site.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from guongsang.addresses import GUIDE_URLS, output_uri
from guongsang.files import FileGroup, list_groups, plan_groups
from guongsang.memory.checks import Answers
from guongsang.memory.plans import Keep, PlanMemory, load_plans
from guongsang.memory.related import recall_related, relations_file
from guongsang.memory.workers import WORTH_FORKING, work_aside
from guongsang.pages.archive import Archive, build_archive
from guongsang.pages.content import newest_first
from guongsang.pages.notices import list_broken
from guongsang.pages.outputs import Output, Page, SiteFile
from guongsang.pages.plan import list_pages
from guongsang.pages.records import Record, list_records
from guongsang.pages.views import Card
from guongsang.photos.render import PhotoJob, Progress, RenderReport, render_photos
from guongsang.pictures import IsPublished, Pictures, plan_story_photos
from guongsang.pipeline.check import Checked
from guongsang.pipeline.collisions import find_collisions
from guongsang.pipeline.content import Shown, gather_content
from guongsang.pipeline.load import Loaded
from guongsang.pipeline.project import Project
from guongsang.problems.problem import Problem, has_errors, problem_with
from guongsang.publish.fingerprint import fingerprint
from guongsang.registers.model import Registers
from guongsang.traces import Made, MadeOnce, Recorder

# What is learnt of a story where its pictures are planned: its slug, and which have to be made.
_Learnt = tuple[str, MadeOnce[Card], MadeOnce[Record], list[PhotoJob]]


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
    archive, pictures = _gather(project, loaded, site_url, workers)
    plans, answers = _open_plans(project, loaded, archive)
    records = list_records(archive)
    shown, jobs = _plan_pictures(
        pictures, archive, records, plans, is_published=is_published, workers=workers
    )
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
    own = loaded.doc_addresses & GUIDE_URLS
    pages = [page for page in list_pages(archive) if page.url not in own]
    pages += list_broken(project.broken)
    groups = list_groups(
        archive,
        [*pages, *sorted(loaded.doc_addresses)],
        records,
        cache_dir=project.cache_dir,
        now=project.now,
        inline_scripts=inline_scripts,
        measure=pictures.measure,
        full_text=not project.previewing,
        standing=partial(_list_standing, plans, archive.content.recorder),
    )
    planned = _plan_files(groups, plans, archive, workers)
    files = [file for listed in (*planned, *shown) for file in listed]
    uris = [*(output_uri(page.url) for page in pages), *(file.uri for file in files)]
    docs = {url: path for url, path in loaded.docs.items() if url in loaded.doc_addresses}
    found += find_collisions(uris, docs)
    site = Site(pages, files, archive, plans, answers)
    return (None if any(map(project.is_stopped_by, found)) else site), found


def _gather(
    project: Project, loaded: Loaded, site_url: str, workers: int
) -> tuple[Archive, Pictures]:
    """Gather what is shown, and relate the stories."""
    assert loaded.registers is not None
    shown = _list_shown(project, loaded)
    content, pictures = gather_content(
        project,
        shown,
        loaded.library,
        loaded.registers,
        site_url=site_url,
        recorder=loaded.recorder,
    )
    # What it takes to compare all stories is much, and stays with the process that does it.
    file = relations_file(project.cache_dir, previewing=project.previewing)
    relate = partial(recall_related, file, loaded.library, content.stories, workers=workers)
    related = work_aside(relate, workers=workers)()
    return build_archive(content, related), pictures


def _open_plans(project: Project, loaded: Loaded, archive: Archive) -> tuple[PlanMemory, Answers]:
    """Return what is remembered of planning, and who answers the questions of plans."""
    about = (archive.content.site_url, loaded.known.answer("newsroom", "newsroom"))
    plans = load_plans(project.cache_dir, repr(about))
    answers = Answers((loaded.known.answer, loaded.library.answer, archive.answer))
    plans.compare(answers)
    return plans, answers


def _list_shown(project: Project, loaded: Loaded) -> Shown:
    public = newest_first([story for story in loaded.stories if project.shows(story)])
    retracted = [
        story
        for story in loaded.stories
        if story.head.status == "retracted" and story.url not in project.broken
    ]
    return Shown(public, {story.slug: story for story in public}, retracted)


def _plan_files(
    groups: Iterable[FileGroup], plans: PlanMemory, archive: Archive, workers: int
) -> list[list[SiteFile]]:
    # Where stories are few, so is what each group tells of them.
    least = 1 if len(archive.content.stories) >= WORTH_FORKING else WORTH_FORKING
    recorder = archive.content.recorder
    return plan_groups(list(groups), plans, recorder, workers=workers, least=least)


def _list_standing(plans: PlanMemory, recorder: Recorder, name: str) -> list[str]:
    """Return the addresses of the files of a group that is planned, noting what was asked then."""
    _, files, questions = plans.kept.get(f"files {name}", ("", (), ()))
    recorder.ask_again(questions)
    return [uri for uri, _, _ in files]


def _plan_pictures(
    pictures: Pictures,
    archive: Archive,
    records: Made[Record],
    plans: PlanMemory,
    *,
    is_published: IsPublished,
    workers: int,
) -> tuple[list[list[SiteFile]], list[PhotoJob]]:
    """Return the files of the pictures of each story, and the pictures that have to be made.

    Who has read a story for that makes its card and its record, too: nobody else has to read it for
    them.
    """
    slugs = list(pictures.stories)
    groups = [FileGroup(f"of {slug}", partial(pictures.list_files, slug)) for slug in slugs]
    jobs: list[PhotoJob] = []
    planned: set[str] = set()

    def learn(at: int) -> _Learnt:
        slug = slugs[at]
        unmade = pictures.find_unmade(slug, groups[at].files, is_published)
        return slug, archive.cards.kept(slug), records.kept(slug), unmade

    def take(learnt: _Learnt) -> None:
        slug, (card, of_card), (record, of_record), unmade = learnt
        planned.add(slug)
        archive.cards.keep(slug, (card, plans.share(of_card)))
        records.keep(slug, (record, plans.share(of_record)))
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


def plan_photos(project: Project, loaded: Loaded, registers: Registers) -> list[PhotoJob]:
    """Plan the pictures of all public stories."""
    return [
        job
        for story in loaded.stories
        if project.shows(story)
        for job in plan_story_photos(project.root, story, loaded.library, registers).values()
    ]


def _photo_problems(project: Project, report: RenderReport) -> list[Problem]:
    found = []
    for abs_source, fault in report.faults:
        path = abs_source.relative_to(project.root).as_posix()
        found.append(problem_with(fault.rule, path, fault.args))
    return found
