"""A build after a few stories were written, edited or taken away: without MkDocs, and without
looking at all other stories.

Whatever else has changed, and whatever is not certain, is left to the whole build, which ends at
the same site.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from guongsang.addresses import output_uri
from guongsang.checks.desk import Desk
from guongsang.files import FileGroup, list_groups, text_group
from guongsang.memory.entries import KnownEntries, StoryEntry, plain_entry
from guongsang.memory.lazy import LazyTable
from guongsang.memory.lists import Lists, by_slug, slug_of
from guongsang.memory.outline import OF_DESK, OF_STORIES, Outline, Told, find_crossed, tell_entry
from guongsang.memory.registers import recall_registers
from guongsang.memory.stored import KnownStory
from guongsang.memory.stories import Library, Photos, read_folder
from guongsang.pages.archive import Archive
from guongsang.pages.content import Content
from guongsang.pages.outputs import Page, SiteFile
from guongsang.photos.render import render_photos
from guongsang.pictures import IsPublished, Pictures
from guongsang.pipeline.content import Shown, gather_content
from guongsang.pipeline.desk import find_anchors, plan_check
from guongsang.pipeline.project import Project
from guongsang.plugin.shell import Shells, render_in
from guongsang.plugin.touched import Change, NotATouchUpError, Setting, Touched
from guongsang.problems.problem import Problem, has_errors
from guongsang.publish.fingerprint import fingerprint
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.stories.scan import INDEX, Stamp, StoryFolder
from guongsang.traces import Question, Recorder

# The files of a story's pictures are the group of this name and its slug.
PICTURES: Final = "files of "
Render = Callable[[], Mapping[str, bytes]]
# A plan's name; address, `made_from` and content of each file; and what was asked.
PlannedGroup = tuple[str, list[tuple[str, str, Any]], list[Question]]


@dataclass(slots=True)
class TouchUp:
    """The stories of a newsroom as its outline tells them, each read when it is looked at.

    `lists` are as they were before until `relist` has made them anew; that or `keep_lists` sets
    `archive`.
    """

    project: Project
    setting: Setting
    outline: Outline
    touched: Touched
    recorder: Recorder = field(default_factory=Recorder)
    registers: Registers = field(init=False)
    lists: Lists = field(init=False)
    lists_before: Lists = field(init=False)
    archive: Archive = field(init=False)
    pictures: Pictures = field(init=False)
    changes: list[Change] = field(default_factory=list)
    _kept: KnownEntries = field(init=False)
    _stories: dict[str, Story] = field(default_factory=dict)
    _entries: dict[str, StoryEntry] = field(default_factory=dict)
    _heads: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        reading = recall_registers(self.project.root, self.project.cache_dir, self.recorder).reading
        if reading.registers is None:
            raise NotATouchUpError
        self.registers = reading.registers
        self._kept = KnownEntries(self.project.cache_dir)
        kept = self.touched.lists
        self.lists = self.lists_before = Lists(*kept) if kept else self.outline.lists

    def read(self, src_uri: str, stamps: Mapping[str, Stamp]) -> None:
        """Read a story anew; `stamps` are those of its files, none if it has gone."""
        before, earlier = self._tell_before(src_uri), self.touched.entries.get(src_uri)
        if not stamps and before is not None:
            self.changes.append(Change(src_uri, before, None, earlier))
            self.touched.entries[src_uri] = None
            return
        read: list[tuple[Story, Photos]] = []
        folder = StoryFolder(src_uri, stamps)
        entry = read_folder(self.project.root, folder, lambda *each: read.append(each))
        if INDEX not in stamps or not isinstance(entry, StoryEntry) or not entry.stamps:
            raise NotATouchUpError
        change = Change(src_uri, before, tell_entry(entry), earlier, entry, *read[0])
        self.changes.append(change)
        self.touched.entries[src_uri] = plain_entry(entry)

    def _tell_before(self, src_uri: str) -> Told | None:
        if src_uri in self.touched.entries:
            plain = self.touched.entries[src_uri]
            return tell_entry(StoryEntry(*plain)) if plain else None
        return self.outline.story(src_uri) if src_uri in self.outline.stories else None

    def check(self) -> dict[str, list[Problem]]:
        """Check the stories that have changed; return their problems.

        Raises NotATouchUpError where the check of another story would get another answer now.
        """
        desk = self._open_desk()
        check = plan_check(self.project, desk)
        crossed = {**self.outline.crossed, **self.touched.crossed}
        changed = {question for change in self.changes for question in change.questions}
        changed |= {("anchors", slug_of(change.src_uri)) for change in self.changes}
        for question, answer in crossed.items():
            is_in_doubt = question in changed or question[0] in OF_DESK
            if is_in_doubt and desk.answer(*question) != answer:
                raise NotATouchUpError
        found: dict[str, list[Problem]] = {change.src_uri: [] for change in self.changes}
        for change in self.changes:
            if change.entry is None or change.story is None:
                continue
            checked = check(change.story, change.photos)
            if checked is None:
                raise NotATouchUpError
            change.entry.keep_check(checked)
            problems = [Problem(*each) for each in (*change.entry.warnings, *checked[0])]
            if has_errors(problems):
                raise NotATouchUpError
            found[change.src_uri] = problems
            self.touched.entries[change.src_uri] = plain_entry(change.entry)
            for question in find_crossed(change.src_uri, checked[1]):
                self.touched.crossed[question] = desk.answer(*question) or ""
        return found

    @property
    def addresses(self) -> frozenset[str]:
        """Where links may lead to now."""
        touched = self.touched.addresses
        came = {url for url, is_there in touched.items() if is_there}
        return self.outline.addresses.difference(touched) | came

    def _open_desk(self) -> Desk:
        uris = dict.fromkeys(self.outline.stories)
        slugs = set(self.outline.slugs)
        for uri, plain in self.touched.entries.items():
            if plain is None:
                uris.pop(uri, None)
                slugs.discard(slug_of(uri))
            else:
                uris[uri] = None
                slugs.add(slug_of(uri))
        return Desk(
            registers=self.registers,
            book=PlaceBook(self.registers.places),
            slugs=frozenset(slugs),
            addresses=self.addresses,
            at=self.project.now,
            recorder=self.recorder,
            find_anchors=partial(find_anchors, by_slug(self.find_story, uris)),
            unnamable_keys=self.outline.unnamable,
        )

    def gather(self, shown: Shown) -> Content:
        """Return what pages are made of, from the stories that are shown."""
        uris = dict.fromkeys((*self.outline.stories, *self.touched.entries))
        library = Library(LazyTable(uris, self._find_entry))
        content, self.pictures = gather_content(
            self.project,
            shown,
            library,
            self.registers,
            site_url=self.setting.site_url,
            recorder=self.recorder,
        )
        return content

    def related(self, public: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the slugs of related stories, by slug; `public` are all by `src_uri`."""
        uris = {slug_of(uri): uri for uri in public}

        def find(slug: str) -> tuple[str, ...]:
            known = self.touched.related.get(slug)
            return self.outline.story(uris[slug]).related if known is None else known

        return LazyTable(uris, find)

    def who_asked(self, questions: set[Question]) -> set[str]:
        """Return the names of all plans that follow from the answers to questions."""
        names = self.outline.who_asked(questions)
        for question in questions & self.touched.asked.keys():
            names.update(self.touched.asked[question])
        return {name for name in names if not self._is_gone(name)}

    def _is_gone(self, name: str) -> bool:
        if name.startswith("page "):
            return self.touched.pages.get(name.removeprefix("page "), b"") is None
        slug = name.removeprefix(PICTURES)
        return slug != name and slug not in self.archive.urls

    def page(self, url: str) -> Page:
        """Return a page that the site has. Raises KeyError."""
        if url not in self.touched.pages:
            return self.outline.page(url)
        kept = self.touched.pages[url]
        if kept is None:
            raise KeyError(url)
        page: Page = pickle.loads(kept)  # noqa: S301 - our own bytes
        return page

    def list_pages(self) -> list[Page | str]:
        """Return all pages as far as sitemaps must know them, hand-written ones as addresses."""
        touched = self.touched.pages
        pages = [
            page
            for page in self.outline.list_pages()
            if isinstance(page, str) or page.url not in touched
        ]
        return pages + [self.page(url) for url, kept in touched.items() if kept]

    def plan_pages(self, names: set[str], shells: Shells) -> Iterator[SiteFile]:
        """Plan the pages among the names, and yield their files."""
        for name in sorted(names):
            kind, _, url = name.partition(" ")
            if kind != "page":
                continue
            shell = shells.find(url)
            if shell is None:
                raise NotATouchUpError
            page = self.page(url)
            output = self._record(name, partial(page.plan, self.archive, *page.args))
            made_from = fingerprint(self.setting.shared, fingerprint(output))
            render = partial(render_in, shell, output, self.setting.publisher)
            yield SiteFile(output_uri(url), render, made_from)

    def make_pictures(self, names: set[str], is_published: IsPublished) -> None:
        """Make the pictures that the site lacks of stories among the names."""
        slugs = sorted(name.removeprefix(PICTURES) for name in names if name.startswith(PICTURES))
        jobs = [
            job
            for slug in slugs
            for job in self.pictures.find_unmade(slug, self.pictures.list_files(slug), is_published)
        ]
        workers = self.project.workers
        if jobs and render_photos(jobs, self.project.photo_dir, workers=workers).faults:
            raise NotATouchUpError

    def plan_texts(self, names: set[str], patched: Mapping[str, Render]) -> list[PlannedGroup]:
        """Plan the groups among the names whose files are text in memory; plain values.

        `patched` are groups that are made from what is published.
        """
        groups = {
            **self._groups(names),
            **{title: text_group(title, patched[title]) for title in patched},
        }
        planned: list[PlannedGroup] = []
        for name in sorted(names):
            group = groups.get(name.removeprefix("files "))
            if group is None:
                raise NotATouchUpError
            files, questions = self.recorder.record(group.make)
            plain = [(file.uri, file.made_from, file.source) for file in files]
            planned.append((name, plain, list(questions)))
        return planned

    def plan_files(self, names: set[str]) -> Iterator[tuple[Sequence[SiteFile], set[str]]]:
        """Plan the other groups among the names; also yields the addresses that they had."""
        groups = self._groups(names)
        for name in sorted(names):
            title = name.removeprefix("files ")
            group = groups.get(title)
            if name.startswith(PICTURES):
                slug = name.removeprefix(PICTURES)
                group = FileGroup(title, partial(self.pictures.list_files, slug))
            if group is None:
                raise NotATouchUpError
            files: Sequence[SiteFile] = self._record(name, group.make)
            yield files, self.replace_files(name, [file.uri for file in files])

    def take_texts(
        self, planned: Iterable[PlannedGroup]
    ) -> Iterator[tuple[Sequence[SiteFile], set[str]]]:
        """Do the same with what `plan_texts` has planned in another process."""
        for name, plain, questions in planned:
            self._note_asked(name, questions)
            files = [SiteFile(uri, source, made_from) for uri, made_from, source in plain]
            yield files, self.replace_files(name, [file.uri for file in files])

    def _groups(self, names: Collection[str]) -> dict[str, FileGroup]:
        """Return all groups by name; those among the names are to be made again."""

        def list_standing(title: str) -> Sequence[str]:
            name = f"files {title}"
            return () if name in names else self._files_of(name)

        groups = list_groups(
            self.archive,
            (),
            cache_dir=self.project.cache_dir,
            now=self.project.now,
            inline_scripts=self.setting.inline_scripts,
            measure=self.pictures.measure,
            full_text=not self.project.previewing,
            standing=list_standing,
        )
        return {group.name: group for group in groups}

    def replace_files(self, name: str, uris: Sequence[str] = ()) -> set[str]:
        """Note the files of a group; return the addresses that it had."""
        had = set(self._files_of(name))
        self.touched.files[name] = tuple(uris)
        return had

    def _files_of(self, name: str) -> Sequence[str]:
        known = self.touched.files.get(name)
        return self.outline.files_of(name) if known is None else known

    def _record(self, name: str, make: Any) -> Any:
        made, questions = self.recorder.record(make)
        self._note_asked(name, questions)
        return made

    def _note_asked(self, name: str, questions: Iterable[Question]) -> None:
        for question in questions:
            if question[0] in OF_STORIES:
                names = self.touched.asked.setdefault(question, [])
                if name not in names:
                    names.append(name)

    def _find_entry(self, src_uri: str) -> StoryEntry:
        if src_uri not in self._entries:
            plain = self.touched.entries.get(src_uri)
            if plain is None and src_uri not in self._kept:
                raise NotATouchUpError
            self._entries[src_uri] = StoryEntry(*plain) if plain else self._kept[src_uri]
        return self._entries[src_uri]

    def find_story(self, src_uri: str) -> Story:
        """Return a story as it is now. Raises NotATouchUpError."""
        if src_uri not in self._stories:
            self._stories[src_uri] = self.make_story(src_uri, self._find_head(src_uri))
        return self._stories[src_uri]

    def _find_head(self, src_uri: str) -> tuple[Any, ...]:
        plain = self.touched.entries.get(src_uri)
        if plain is not None:
            return StoryEntry(*plain).head
        if not self._heads:
            self._heads = self.outline.heads
        return self._heads[src_uri]

    def make_story(self, src_uri: str, head: tuple[Any, ...]) -> Story:
        """Return a story with this head; the rest is found when somebody looks at it."""
        return KnownStory(src_uri, head, self._find_entry, self.project.root, self.recorder)

    def know_stories(self, heads: Mapping[str, tuple[Any, ...]]) -> list[Story]:
        """Return stories with these heads, as `find_story` will."""
        self._stories |= {uri: self.make_story(uri, head) for uri, head in heads.items()}
        return [self._stories[uri] for uri in heads]
