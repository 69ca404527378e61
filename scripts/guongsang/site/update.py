"""Brings everything that follows from a newsroom's files up to date, row by row of the table."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from guongsang.addresses import output_uri
from guongsang.checks.newsroom.release import (
    check_approval,
    check_ledger,
    check_placeholders,
    harden,
)
from guongsang.engine.table import GONE
from guongsang.photos.render import PhotoJob, Progress, lacks, render_photos
from guongsang.pictures import Media, plan_story_photos
from guongsang.problems.problem import Problem, plain_problem, problem_with
from guongsang.publish.manifest import Entry, Manifest, find_altered
from guongsang.publish.transfer import Published, publish, publish_part
from guongsang.site.answers.checking import read_ledger_text
from guongsang.site.answers.newsroom import Newsroom
from guongsang.site.answers.outputs import Theme
from guongsang.site.answers.pages import unpack_page
from guongsang.site.answers.told import MEDIA
from guongsang.site.collisions import find_collisions, may_collide
from guongsang.site.release import check_own
from guongsang.site.sources.found import LAST, Found, list_found
from guongsang.site.sources.git import ask_edited
from guongsang.site.sources.inputs import (
    BROKEN,
    EDITED,
    PHOTOS,
    PUBLICATION,
    SAID,
    SETTING,
    SHOWN,
    THEME,
)
from guongsang.site.sources.look import Look
from guongsang.site.table import make_table
from guongsang.state.errors import StateError
from guongsang.views.outputs import Output

# With so many files beside stories it is told how many have been read.
_MANY_FILES: Final = 16
_OUTPUTS: Final = ("pictures", "files", SHOWN)


class Update:
    """One run over the table of a newsroom, row by row from above: `check`, `plan`, `make`.

    All methods may raise DamagedError: then begin again with a blank store.
    """

    def __init__(self, look: Look, on_read: Progress | None = None) -> None:
        self.project, self.run, self._look = look.project, look.run, look
        self.foreign: set[str] = set()
        self._published: Mapping[str, object] = {}
        self.is_whole = True
        self.is_planned = self._has_said = False
        self.unkept = ""
        self.newsroom = Newsroom(look.project, look.view, look.run.answers)
        self.run.widen(make_table(self.newsroom))
        self._on_read, self._files = on_read, 0
        self.run.on_made = on_read and self._tell_read

    # What is wrong

    def check(self) -> Found:
        """Check everything; all problems of all files, sorted by file and line."""
        run, edited = self.run, self._look.edited
        is_known = edited is not None and edited == run.stamp(EDITED, "")
        list_edited = None if is_known else ask_edited(self.project.root)
        try:
            run.visit("folder")
            stale = run.stale("story") if self._on_read else ()
            self._files = sum(len(run.ask("folder", uri)["stamps"]) - 1 for uri in stale)
            run.visit("found in ledger")
        finally:
            stories = sorted(list_edited()) if list_edited else []
        # What was before the last version matters, too, whichever stories it has changed.
        told = {"of": edited or secrets.token_hex(8), "stories": stories}
        run.put(EDITED, {"": edited}, lambda _: told)
        run.visit(LAST)
        return list_found(run.ask, self._look.stories)

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
                case = newsroom.open_case(story, photos)
                problems += [*check_placeholders(case), *check_approval(case)]
            problems += check_own(self.project)
            text = read_ledger_text(self.project.root)
            problems += [] if isinstance(text, Problem) else check_ledger(text, stories)
        return replace(found, problems=sorted(set(harden(problems, stories))))

    def plan_photos(self, found: Found) -> list[PhotoJob] | None:
        """Plan the pictures of all public stories; None where nothing can be shown."""
        registers = self.newsroom.registers
        if registers is None:
            return None
        library, project = self.newsroom.library, self.project
        bad = {each.path for each in found.problems if each.is_error}
        stories = map(library.story, self.run.ask.keys("head"))
        return [
            job
            for story in stories
            if project.shows(story) and story.src_uri not in bad
            for job in plan_story_photos(project.root, story, library, registers).values()
        ]

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
            kind(BROKEN),
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

    def put_said(self, said: Sequence[tuple[str, int]]) -> None:
        """Put in what the theme's program had to say, with its levels."""
        self.run.put(self.newsroom.kind(SAID), {"": None}, lambda _: list(said))
        self._has_said = True

    # What is published

    def begin(
        self, manifest: Manifest, site_dir: Path, scratch: Path, *, clean: bool = False
    ) -> None:
        """Make ready for outputs: what does not stand as it was published is made again.

        `foreign` are files of which that is so and that the theme has to write again; `is_whole`:
        the folder is of another publication, and all of it is gone through.
        """
        self.newsroom.scratch = scratch
        is_known = not clean and self._look.is_of(manifest)
        lost = self._find_lost(manifest, site_dir) if is_known else None
        self.foreign, self.is_whole = set(lost or ()), lost is None
        self._published = manifest.entries
        for name in _OUTPUTS:
            kind = self.newsroom.out(name)
            if lost is None:
                self.run.doubt(kind, self.run.ask.keys(kind))
            else:
                self.run.doubt(kind, self._find_owners(kind, set(lost)))

    def _find_lost(self, manifest: Manifest, site_dir: Path) -> list[str] | None:
        """Return the files that do not stand as they were published, or None, as `find_altered`.

        Who does not look at everything looks at no file but those that differ.
        """
        if self._look.is_whole or manifest.is_doubted:
            return find_altered(manifest, site_dir)
        return [] if manifest.is_of(site_dir) else None

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
            media = Media(*self.run.ask(newsroom.kind(MEDIA), slug))
            if any(
                lacks(project.photo_dir, digest, (name for _, name in made))
                for digest, made in media.pictures
            ):
                jobs += newsroom.pictures.jobs[slug].values()
        report = render_photos(
            jobs, project.photo_dir, workers=self.run.workers, on_progress=on_progress
        )
        found = []
        for abs_source, fault in report.faults:
            path = abs_source.relative_to(project.root).as_posix()
            found.append(problem_with(fault.rule, path, fault.args))
        return found

    def make(self, theme: Theme | None) -> None:
        """Make all outputs that may differ. Raises NeedsThemeError where there has to be one."""
        self.newsroom.theme = theme
        self.run.visit(self.newsroom.out(SHOWN))

    def list_given(self, *, everything: bool) -> Iterator[Output]:
        """Plan the pages that the theme has to render whole: those that differ, or all."""
        newsroom, kind = self.newsroom, self.newsroom.kind("page")
        changed = self._changes[SHOWN]
        for url in self.run.ask.keys(kind):
            told = self.run.ask.get(newsroom.out(SHOWN), url)
            if isinstance(told, str) and (everything or url in changed):
                page = unpack_page(url, self.run.ask(kind, url))
                yield page.plan(newsroom.archive, *page.args)

    def list_staged(self) -> list[str]:
        """Return the addresses of the files that were made."""
        found = (files for each in self._changes.values() for files in each.values())
        return [uri for files in found if isinstance(files, list) for uri, _ in files]

    def find_collisions(self) -> list[Problem]:
        """Return which outputs would have one address; they are looked for where there are new."""
        new = [
            uri
            for name, found in self._changes.items()
            for key, files in found.items()
            if files is not GONE
            for uri in {*_list_uris(key, files)}
            - {*_list_uris(key, self.run.before(self.newsroom.out(name), key))}
        ]
        if not new or not (self.is_whole or may_collide(new, self._published)):
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
        run.hold(PHOTOS)
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
