"""A build after the text of a few stories was touched up, without MkDocs and all other stories.

It is for changes that no list has to know of: text, captions, sources, roles. Whatever else has
changed, and whatever is not certain, is left to the whole build, which ends at the same site.
"""

from __future__ import annotations

import pickle
import re
import shutil
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from guongsang.addresses import output_uri
from guongsang.checks.desk import Desk
from guongsang.files import FileGroup, list_groups
from guongsang.memory.lazy import LazyTable
from guongsang.memory.outline import Outline, digest_entry, find_crossed
from guongsang.memory.registers import recall_registers
from guongsang.memory.stories import (
    KnownEntries,
    Library,
    StoredStory,
    StoryEntry,
    plain_entry,
    read_folder,
)
from guongsang.memory.templates import recall_templates
from guongsang.pages.archive import Archive
from guongsang.pages.outputs import SiteFile
from guongsang.pages.publisher import Publisher
from guongsang.pictures import Pictures
from guongsang.pipeline.content import Shown, gather_content
from guongsang.pipeline.desk import find_anchors, plan_check
from guongsang.pipeline.project import Project
from guongsang.plugin.shell import Shells, load_shells, render_in
from guongsang.problems.problem import Problem, has_errors
from guongsang.publish.fingerprint import fingerprint
from guongsang.publish.manifest import Entry, Manifest
from guongsang.publish.transfer import Published, publish_part, stage_file
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.stories.scan import Stamp, StoryFolder
from guongsang.traces import Question, Recorder

# With more, a whole build, which shares its work, is as quick.
_MOST: Final = 40
_TEXT: Final = re.compile(r"stories/[0-9]{4}/[^/]+/index\.md")


class NotATouchUpError(Exception):
    """Something has changed that the whole build has to look at."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a whole build knew of mkdocs.yml, theme and scripts when it kept the outline."""

    docs_dir: Path
    site_url: str
    shared: str
    targets: tuple[str, ...]
    inline_scripts: tuple[str, ...]
    publisher: Publisher
    previewing: bool

    def pack(self) -> bytes:
        return pickle.dumps(self, 5)


def unpack_setting(packed: bytes) -> Setting:
    setting: Setting = pickle.loads(packed)  # noqa: S301 - our own bytes
    return setting


@dataclass(slots=True)
class Touched:
    """What earlier touch-ups have changed since the outline was kept; plain values."""

    entries: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    asked: dict[Question, list[str]] = field(default_factory=dict)
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    crossed: dict[Question, str] = field(default_factory=dict)

    def plain(self) -> tuple[Any, ...]:
        return self.entries, self.asked, self.files, self.crossed


@dataclass(slots=True)
class TouchUp:
    """The stories of a newsroom as its outline tells them, each read when it is looked at."""

    project: Project
    setting: Setting
    outline: Outline
    touched: Touched
    recorder: Recorder = field(default_factory=Recorder)
    registers: Registers = field(init=False)
    archive: Archive = field(init=False)
    pictures: Pictures = field(init=False)
    _desk: Desk = field(init=False)
    _kept: KnownEntries = field(init=False)
    _entries: LazyTable[StoryEntry] = field(init=False)
    _stories: dict[str, Story] = field(default_factory=dict)
    _recent: deque[StoredStory] = field(default_factory=deque)

    def __post_init__(self) -> None:
        reading = recall_registers(self.project.root, self.project.cache_dir, self.recorder).reading
        if reading.registers is None:
            raise NotATouchUpError
        self.registers = reading.registers
        self._kept = KnownEntries(self.project.cache_dir)
        self._entries = LazyTable(self.outline.stories, self._find_entry)
        stories = self.outline.by_slug(self._find_story, "stories")
        self._desk = Desk(
            registers=self.registers,
            book=PlaceBook(self.registers.places),
            slugs=self.outline.slugs,
            addresses=self.outline.addresses,
            at=self.project.now,
            recorder=self.recorder,
            find_anchors=partial(find_anchors, stories),
        )

    def read(
        self, src_uri: str, names: Mapping[str, Stamp]
    ) -> tuple[list[Problem], list[Question]]:
        """Read a story anew; return its problems, and the questions that it now answers otherwise.

        `names` are the stamps of its files. Raises NotATouchUpError if lists must know of it.
        """
        plain = self.touched.entries.get(src_uri)
        before = digest_entry(StoryEntry(*plain)) if plain else self.outline.story(src_uri)
        check = plan_check(self.project, self._desk)
        entry = read_folder(self.project.root, StoryFolder(src_uri, names), check)
        if not isinstance(entry, StoryEntry) or entry.found is None or not entry.stamps:
            raise NotATouchUpError
        now = digest_entry(entry)
        if now[2] != before[2]:
            raise NotATouchUpError
        problems = [Problem(*each) for each in (*entry.warnings, *entry.found)]
        if has_errors(problems):
            raise NotATouchUpError
        self.touched.entries[src_uri] = plain_entry(entry)
        self._entries = LazyTable(self.outline.stories, self._find_entry)
        self._stories.pop(src_uri, None)
        changed = [
            (kind, src_uri) for kind, at in (("front", 0), ("body", 1)) if now[at] != before[at]
        ]
        self._compare_crossed(src_uri, changed)
        for question in find_crossed(src_uri, entry.questions):
            self.touched.crossed[question] = str(self._desk.answer(*question))
        return problems, changed

    def _compare_crossed(self, src_uri: str, changed: list[Question]) -> None:
        """Raise NotATouchUpError where the check of another story got another answer then."""
        crossed = {**self.outline.crossed, **self.touched.crossed}
        anchors = ("anchors", src_uri.rsplit("/", 2)[1])
        is_other = anchors in crossed and self._desk.answer(*anchors) != crossed[anchors]
        if is_other or not crossed.keys().isdisjoint(changed):
            raise NotATouchUpError

    def open_archive(self) -> None:
        """Make what pages are planned from, as all stories are now."""
        outline, find = self.outline, self._find_story
        by_slug = outline.by_slug(find, "public")
        shown = Shown(outline.public(find), by_slug, outline.retracted(find))
        content, self.pictures = gather_content(
            self.project,
            shown,
            Library(self._entries, [], [], {}),
            self.registers,
            site_url=self.setting.site_url,
            recorder=self.recorder,
        )
        self.archive = outline.archive(content, find)

    def who_asked(self, question: Question) -> set[str]:
        """Return the names of all plans that follow from the answer to a question."""
        return {*self.outline.who_asked(question), *self.touched.asked.get(question, ())}

    def plan_pages(self, names: set[str], shells: Shells) -> Iterator[SiteFile]:
        """Plan the pages among the names, and yield their files."""
        for name in sorted(names):
            kind, _, url = name.partition(" ")
            if kind != "page":
                continue
            shell = shells.find(url)
            if shell is None:
                raise NotATouchUpError
            page = self.outline.page(url)
            output = self._record(name, partial(page.plan, self.archive, *page.args))
            made_from = fingerprint(self.setting.shared, fingerprint(output))
            render = partial(render_in, shell, output, self.setting.publisher)
            yield SiteFile(output_uri(url), render, made_from)

    def plan_files(self, names: set[str]) -> Iterator[tuple[list[SiteFile], set[str]]]:
        """Plan the groups of files among the names; also yields the addresses that they had."""
        listed = any(name == "files sitemap" for name in names)
        groups = {
            group.name: group
            for group in list_groups(
                self.archive,
                self.outline.list_pages() if listed else (),
                cache_dir=self.project.cache_dir,
                now=self.project.now,
                inline_scripts=self.setting.inline_scripts,
                measure=self.pictures.measure,
                full_text=not self.project.previewing,
            )
        }
        for name in sorted(names):
            kind, _, title = name.partition(" ")
            if kind != "files":
                continue
            group = groups.get(title)
            if title.startswith("of "):
                group = FileGroup(title, partial(self.pictures.list_files, title[3:]))
            if group is None:
                raise NotATouchUpError
            files = self._record(name, group.make)
            had = set(self.touched.files.get(name, self.outline.files_of(name)))
            self.touched.files[name] = tuple(file.uri for file in files)
            if title.startswith("of ") and {file.uri for file in files} != had:
                raise NotATouchUpError  # pictures have to be made
            yield list(files), had

    def _record(self, name: str, make: Any) -> Any:
        made, questions = self.recorder.record(make)
        for question in questions:
            if question[0] in ("front", "body"):
                names = self.touched.asked.setdefault(question, [])
                if name not in names:
                    names.append(name)
        return made

    def _find_entry(self, src_uri: str) -> StoryEntry:
        plain = self.touched.entries.get(src_uri)
        if plain is None and src_uri not in self._kept:
            raise NotATouchUpError
        return StoryEntry(*plain) if plain else self._kept[src_uri]

    def _find_story(self, src_uri: str) -> Story:
        if src_uri not in self._stories:
            entry = self._entries[src_uri]
            folder = StoryFolder(src_uri, entry.stamps)
            self._stories[src_uri] = StoredStory(
                folder, entry, self.project.root, self.recorder, self._recent
            )
        return self._stories[src_uri]


def list_touched(root: Path, changed: tuple[str, ...]) -> list[str]:
    """Return the stories whose text has changed. Raises NotATouchUpError if more has."""
    uris = [Path(path).relative_to(root).as_posix() for path in changed]
    if len(uris) > _MOST or not all(map(_TEXT.fullmatch, uris)):
        raise NotATouchUpError
    return uris


def publish_touched(
    touch_up: TouchUp, names: set[str], manifest: Manifest, site_dir: Path
) -> Published:
    """Make what the names tell anew, and publish what differs.

    Raises NotATouchUpError before anything is published, and OSError.
    """
    setting, cache_dir = touch_up.setting, touch_up.project.cache_dir
    recall_templates(cache_dir)
    shells = load_shells(
        cache_dir,
        setting.shared,
        setting.targets,
        previewing=setting.previewing,
    )
    files = list(touch_up.plan_pages(names, shells))
    gone: set[str] = set()
    for made, had in touch_up.plan_files(names):
        files += made
        gone |= had - {file.uri for file in made}
    stale = [file for file in files if not _stands(manifest, file)]
    if any(isinstance(file.source, Path) for file in stale):
        raise NotATouchUpError  # pictures that are not made yet
    scratch = site_dir.parent / f".{site_dir.name}.guongsang"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        staged: dict[str, Entry] = {}
        for file in stale:
            content = file.source() if callable(file.source) else file.source
            assert isinstance(content, bytes)
            staged[file.uri] = stage_file(scratch, file.uri, content, file.made_from)
        return publish_part(scratch, site_dir, manifest, staged, gone)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _stands(manifest: Manifest, file: SiteFile) -> bool:
    entry = manifest.entries.get(file.uri)
    return entry is not None and entry.made_from == file.made_from
