"""Brings everything that follows from a newsroom's files up to date, row by row of the table."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from guongsang.addresses import output_uri
from guongsang.checks.release import check_ledger, check_placeholders, harden
from guongsang.engine.run import Run
from guongsang.engine.table import GONE
from guongsang.memory.snapshot import find_end
from guongsang.pages.outputs import Output
from guongsang.photos.render import PhotoJob, Progress, lacks, render_photos
from guongsang.pictures import plan_story_photos
from guongsang.pipeline.check import check_own, read_ledger_text
from guongsang.pipeline.collisions import find_collisions
from guongsang.pipeline.desk import open_case
from guongsang.pipeline.history import ask_edited, check_edited
from guongsang.pipeline.load import soften_misplaced
from guongsang.pipeline.project import Project
from guongsang.problems.problem import Problem, plain_problem, problem_with
from guongsang.publish.fingerprint import package_digest
from guongsang.publish.manifest import Entry, Manifest, find_altered
from guongsang.publish.transfer import Published, publish, publish_part
from guongsang.site import checking, inputs
from guongsang.site.checking import read_problem
from guongsang.site.index import STORIES
from guongsang.site.newsroom import Newsroom
from guongsang.site.outputs import PUBLICATION, SAID, SETTING, THEME, Theme
from guongsang.site.pages import unpack_page
from guongsang.site.table import make_table
from guongsang.state.errors import StateError
from guongsang.state.store import Store

NAME: Final = "state.db"
# With so many files beside stories it is told how many have been read.
_MANY_FILES: Final = 16
_OUTPUTS: Final = ("pictures", "files", "shown")


@dataclass(frozen=True, slots=True)
class Found:
    """Problems, and how many stories were read. `unreadable` are those that could not be, as
    `src_uri`; `until` is when all this ends to hold, None where nobody knows."""

    problems: list[Problem]
    stories: int
    unreadable: tuple[str, ...]
    until: dt.datetime | None


def open_store(project: Project, *, blank: bool = False) -> Store:
    """Open what is remembered of a newsroom. Raises BusyError."""
    project.cache_dir.mkdir(parents=True, exist_ok=True)
    return Store(project.cache_dir / NAME, package_digest(), blank=blank)


def name_site(project: Project, site_dir: Path) -> str:
    """Return what tells a site folder from others of this newsroom."""
    inside = site_dir.is_relative_to(project.root)
    path = site_dir.relative_to(project.root) if inside else site_dir
    return hashlib.sha256(path.as_posix().encode()).hexdigest()[:8]


class Update:
    """One run over the table of a newsroom, row by row from above: `check`, `plan`, `make`.

    `site` tells the folder that is published into. All methods may raise DamagedError: then begin
    again with a blank store.
    """

    def __init__(
        self,
        project: Project,
        store: Store,
        site: str = "",
        workers: int = 1,
        on_read: Progress | None = None,
    ) -> None:
        self.project, self.workers, self.site = project, workers, site
        self.foreign: set[str] = set()
        self.is_whole = True
        self.is_planned = self._has_said = False
        self.unkept = ""
        self.newsroom = Newsroom(project, site)
        self._on_read, self._files = on_read, 0
        self.run = Run(
            make_table(self.newsroom), store, workers=workers, on_made=on_read and self._tell_read
        )
        self.newsroom.answers = self.run.answers

    # What is wrong

    def check(self) -> Found:
        """Check everything; all problems of all files, sorted by file and line."""
        project, run = self.project, self.run
        list_edited = ask_edited(project.root)
        try:
            inputs.put_moments(run, project)
            found = inputs.put_registers(run, project.root)
            misplaced = inputs.put_stories(run, project.root)
            found += inputs.put_texts(run, project)
            run.visit("folder")
            stale = run.stale("story") if self._on_read else ()
            self._files = sum(len(run.ask("folder", uri)["stamps"]) - 1 for uri in stale)
            run.visit(checking.LAST)
        finally:
            edited = list_edited()
        found += self._list_found()
        look = run.ask.all
        unreadable: Mapping[str, Any] = look("unreadable")
        if misplaced:
            found += soften_misplaced(project.root, misplaced, self._list_drafts())
        if self.newsroom.registers is not None:
            library = self.newsroom.library
            stories = [library.story(uri) for uri in sorted(edited) if uri in look("head")]
            if stories:
                found += check_edited(project, self.newsroom.desk, stories, library.photos)
        stories_read = len(run.ask.keys("folder"))
        until = self._find_end()
        return Found(sorted(set(found)), stories_read, tuple(unreadable), until)

    def _tell_read(self, kind: str, done: int, total: int) -> None:
        """Tell how many of the files beside stories have been read, if these are many."""
        if kind == "story" and self._on_read is not None and self._files >= _MANY_FILES:
            self._on_read(self._files * done // total, self._files)

    def check_release(self, found: Found) -> Found:
        """Return the same with what only matters when the stories are about to be published."""
        newsroom = self.newsroom
        stories = list(map(newsroom.library.story, self.run.ask.keys("head")))
        problems = list(found.problems)
        if newsroom.registers is not None:
            for story in stories:
                photos = newsroom.library.photos(story.src_uri)
                case = open_case(self.project, newsroom.desk, story, photos)
                problems += check_placeholders(case)
            problems += check_own(self.project)
            text = read_ledger_text(self.project)
            problems += [text] if isinstance(text, Problem) else check_ledger(text, stories)
        return replace(found, problems=sorted(set(harden(problems, stories))))

    def plan_photos(self) -> list[PhotoJob] | None:
        """Plan the pictures of all public stories; None where nothing can be shown."""
        registers = self.newsroom.registers
        if registers is None:
            return None
        library, project = self.newsroom.library, self.project
        bad = {each.path for each in self._list_found() if each.is_error}
        stories = map(library.story, self.run.ask.keys("head"))
        return [
            job
            for story in stories
            if project.shows(story) and story.src_uri not in bad
            for job in plan_story_photos(project.root, story, library, registers).values()
        ]

    def _list_found(self) -> Iterable[Problem]:
        for kind in checking.FOUND:
            for told in self.run.ask.all(kind).values():
                yield from map(read_problem, told)
        for kind in checking.FOUND_OF_ALL:
            yield from map(read_problem, self.run.ask(kind))

    def _list_drafts(self) -> list[str]:
        look = self.run.ask.all
        drafts = [uri for uri, told in look("unreadable").items() if told["is_draft"]]
        stories = map(self.newsroom.library.story, look("head"))
        return drafts + [story.src_uri for story in stories if story.head.status == "draft"]

    def _find_end(self) -> dt.datetime | None:
        """Return when results of now end to hold: the next moment of a story, or midnight."""
        unreadable = self.run.ask.all("unreadable").values()
        if not all(told["is_draft"] for told in unreadable):
            return None
        ahead = [told["instant"] for told in unreadable if told["instant"] is not None]
        return find_end(self.project.now, [*self.run.ask("addresses"), *ahead])

    def keep(self) -> None:
        self.run.keep()

    @property
    def is_lost(self) -> bool:
        """Whether newsroom.yml cannot be used: nothing can be shown then."""
        return self.newsroom.registers is None

    def leave_out(self, problems: list[Problem], unreadable: Iterable[str]) -> None:
        """Let a preview go on without the stories that have errors."""
        self.project = self.newsroom.project = self.project.leave_out(problems, unreadable)

    # What there is

    def plan(self, setting: Mapping[str, Any] | None, stamp: str | None = None) -> None:
        """Find which pages and files there are. Without a setting that of the last time holds."""
        kind = self.newsroom.kind
        broken = self.project.broken
        self.run.put(
            kind("broken"),
            dict.fromkeys(broken),
            lambda url: [plain_problem(each) for each in broken[url]],
        )
        if setting is None:
            self.run.hold(kind(SETTING))
        else:
            self.run.put(kind(SETTING), {"": stamp}, lambda _: setting)
        self.run.visit(kind("year key"))
        self.is_planned = True

    def has_page(self, url: str) -> bool:
        return self.run.ask.has(self.newsroom.kind("page"), url)

    def setting_stamp(self) -> str | None:
        """Return the stamp of the setting that was put in the last time."""
        return self.run.stamp(self.newsroom.kind(SETTING), "")

    def known_setting(self) -> Mapping[str, Any] | None:
        """Return the setting that was put in the last time."""
        told: Mapping[str, Any] | None = self.run.ask.get(self.newsroom.kind(SETTING))
        return told

    def put_said(self, said: Sequence[tuple[str, int]]) -> None:
        """Put in what the theme's program had to say, with its levels."""
        self.run.put(self.newsroom.kind(SAID), {"": None}, lambda _: list(said))
        self._has_said = True

    def list_said(self) -> list[tuple[str, int]]:
        """Return what the theme's program had to say the last time."""
        return [(text, level) for text, level in self.run.ask.get(self.newsroom.kind(SAID), "", ())]

    @property
    def counts(self) -> tuple[int, int]:
        """How many stories are shown, and how many pages there are."""
        kind = self.newsroom.kind
        stories = len(self.run.ask(kind("list"), STORIES))
        return stories, self.run.ask(kind("pages"))

    def list_unpublished(self) -> dict[str, dt.datetime | None]:
        """Return the addresses that only a preview has, each with its moment; drafts have none."""
        if not self.project.previewing:
            return {}
        stories = self.newsroom.archive.content.stories
        return {
            story.url: story.instant if story.head.status == "ready" else None
            for story in stories
            if not story.is_public(self.project.now)
        }

    # What is published

    def begin(
        self, manifest: Manifest, site_dir: Path, scratch: Path, *, clean: bool = False
    ) -> None:
        """Make ready for outputs: what does not stand as it was published is made again.

        `foreign` are files of which that is so and that the theme has to write again; `is_whole`:
        the folder is of another publication, and all of it is gone through.
        """
        self.newsroom.scratch = scratch
        is_known = not clean and self.is_of(manifest)
        lost = find_altered(manifest, site_dir) if is_known else None
        self.foreign, self.is_whole = set(lost or ()), lost is None
        for name in _OUTPUTS:
            kind = self.newsroom.out(name)
            if lost is None:
                self.run.doubt(kind, self.run.ask.keys(kind))
            else:
                self.run.doubt(kind, self._find_owners(kind, set(lost)))

    def is_of(self, manifest: Manifest) -> bool:
        """Return whether what is remembered of outputs is of the publication of a manifest."""
        token = self.run.ask.get(self.newsroom.out(PUBLICATION))
        return token is not None and token == manifest.token

    def _find_owners(self, kind: str, uris: set[str]) -> list[str]:
        """Return the keys of outputs of a kind that have one of these files."""
        if not uris:
            return []
        owners = []
        for key, files in self.run.ask.all(kind).items():
            own = uris.intersection(_list_uris(key, files))
            if own:
                owners.append(key)
                self.foreign -= own if isinstance(files, list) else set()
        return owners

    def put_theme(self, value: Mapping[str, Any] | None) -> None:
        """Put in what the theme decides; without a value that of the last time holds."""
        kind = self.newsroom.kind(THEME)
        if value is None:
            self.run.hold(kind)
        else:
            self.run.put(kind, {"": None}, lambda _: value)

    def make_pictures(self, on_progress: Progress | None) -> list[Problem]:
        """Make the pictures that are going to be published and that the cache lacks."""
        newsroom, project = self.newsroom, self.project
        self.run.visit(newsroom.kind("shells"))
        jobs: list[PhotoJob] = []
        for slug in self.run.stale(newsroom.out("pictures")):
            planned = newsroom.pictures.jobs[slug].values()
            jobs += [job for job in planned if lacks(project.photo_dir, job.plan)]
        report = render_photos(
            jobs, project.photo_dir, workers=self.workers, on_progress=on_progress
        )
        found = []
        for abs_source, fault in report.faults:
            path = abs_source.relative_to(project.root).as_posix()
            found.append(problem_with(fault.rule, path, fault.args))
        return found

    def make(self, theme: Theme | None) -> None:
        """Make all outputs that may differ. Raises NeedsThemeError where there has to be one."""
        self.newsroom.theme = theme
        self.run.visit(self.newsroom.out("shown"))

    def list_given(self, *, everything: bool) -> Iterator[Output]:
        """Plan the pages that the theme has to render whole: those that differ, or all."""
        newsroom, kind = self.newsroom, self.newsroom.kind("page")
        for url in self.run.ask.keys(kind):
            told = self.run.ask.get(newsroom.out("shown"), url)
            if isinstance(told, str) and (everything or url in self._changes["shown"]):
                page = unpack_page(url, self.run.ask(kind, url))
                yield page.plan(newsroom.archive, *page.args)

    def list_staged(self) -> list[str]:
        """Return the addresses of the files that were made."""
        found = (files for each in self._changes.values() for files in each.values())
        return [uri for files in found if isinstance(files, list) for uri, _ in files]

    def find_collisions(self) -> list[Problem]:
        """Return which outputs would have one address; they are looked for where there are new."""
        owners = {
            uri: name
            for name, found in self._changes.items()
            for key, files in found.items()
            if files is not GONE
            for uri in {*_list_uris(key, files)}
            - {*_list_uris(key, self.run.before(self.newsroom.out(name), key))}
        }
        if not owners:
            return []
        uris = [
            uri
            for name in _OUTPUTS
            for key, files in self.run.ask.all(self.newsroom.out(name)).items()
            for uri in _list_uris(key, files)
        ]
        published = self.run.ask("docs")["published"]
        pages = {url: path for url, path in published.items() if path.endswith(".md")}
        return find_collisions(uris, pages)

    @property
    def _changes(self) -> dict[str, dict[str, Any]]:
        return {name: self.run.differs(self.newsroom.out(name)) for name in _OUTPUTS}

    def publish(
        self, manifest: Manifest, site_dir: Path, scratch: Path, others: Path | None = None
    ) -> Published:
        """Publish what was made, and what the theme has written into `others`.

        Raises OSError; what was not yet done is done by the next run. `unkept` tells afterwards
        why what makes that one quick could not be kept, if that is so.
        """
        run, out = self.run, self.newsroom.out
        changes = {out(name): found for name, found in self._changes.items()}
        had = {
            uri
            for kind, found in changes.items()
            for key in found
            for uri in _list_uris(key, run.before(kind, key))
        }
        staged = {
            uri: _tell_staged(scratch, uri, sha256)
            for found in changes.values()
            for files in found.values()
            if isinstance(files, list)
            for uri, sha256 in files
        }
        if not self._has_said:
            run.hold(self.newsroom.kind(SAID))
        if not self.is_whole and others is None and not staged and not had:
            run.hold(out(PUBLICATION))
        else:
            manifest.token = secrets.token_hex(8)
            run.put(out(PUBLICATION), {"": manifest.token}, lambda _: manifest.token)
        run.visit()
        fresh = self._list_fresh(changes) if others is not None else {}
        with ExitStack() as stack:
            try:
                stack.enter_context(run.publishing())
            except (OSError, StateError) as error:
                self.unkept = str(error) or type(error).__name__
            if others is None and not self.is_whole:
                return publish_part(scratch, site_dir, manifest, staged, had - staged.keys())
            return publish(
                scratch, site_dir, manifest, fresh=fresh, made_from={}, staged=staged, others=others
            )

    def _list_fresh(self, changes: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
        """Return the files that stay as they are."""
        return {
            uri: ""
            for kind, found in changes.items()
            for key, files in self.run.ask.all(kind).items()
            if key not in found
            for uri in _list_uris(key, files)
        }


def _list_uris(key: str, told: Any) -> list[str]:
    """Return the addresses of an output's files; a page that the theme writes has only a mark."""
    if isinstance(told, list):
        return [uri for uri, _ in told]
    return [] if told is None or told is GONE else [output_uri(key)]


def _tell_staged(scratch: Path, uri: str, sha256: str) -> Entry:
    stat = os.stat(f"{scratch}/{uri}")  # noqa: PTH116 - tens of thousands of them
    return Entry(sha256, "", stat.st_size, stat.st_mtime_ns)
