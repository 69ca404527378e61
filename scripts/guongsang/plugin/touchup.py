"""A build after a few stories were written, edited or taken away: without MkDocs, and without
looking at all other stories.

Whatever else has changed, and whatever is not certain, is left to the whole build, which ends at
the same site.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from guongsang.checks.desk import Desk
from guongsang.memory.entries import KnownEntries, StoryEntry, plain_entry
from guongsang.memory.lazy import LazyTable
from guongsang.memory.lists import Lists, by_slug, slug_of
from guongsang.memory.outline import OF_DESK, OF_STORIES, Outline, Told, find_crossed, tell_entry
from guongsang.memory.registers import recall_registers
from guongsang.memory.stored import KnownStory
from guongsang.memory.stories import Library, Photos, list_whole, read_folder
from guongsang.pages.archive import Archive
from guongsang.pages.content import Content
from guongsang.pages.outputs import Page
from guongsang.photos.whole import WholePhotos
from guongsang.pictures import Pictures
from guongsang.pipeline.content import Shown, gather_content
from guongsang.pipeline.desk import find_anchors, plan_check
from guongsang.pipeline.history import check_edited
from guongsang.pipeline.project import Project
from guongsang.plugin.touched import Change, NotATouchUpError, Setting, Touched
from guongsang.problems.problem import Problem, has_errors
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.stories.model import Story
from guongsang.stories.scan import INDEX, Stamp, StoryFolder
from guongsang.traces import Question, Recorder

# The files of a story's pictures are the group of this name and its slug.
PICTURES: Final = "files of "


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
    heads: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    _kept: KnownEntries = field(init=False)
    _stories: dict[str, Story] = field(default_factory=dict)
    _entries: dict[str, StoryEntry] = field(default_factory=dict)

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
        whole = WholePhotos(self._list_whole(src_uri))
        entry = read_folder(self.project.root, folder, lambda *each: read.append(each), whole)
        if INDEX not in stamps or not isinstance(entry, StoryEntry) or not entry.stamps:
            raise NotATouchUpError
        change = Change(src_uri, before, tell_entry(entry), earlier, entry, *read[0])
        self.changes.append(change)
        self.touched.entries[src_uri] = plain_entry(entry)

    def _list_whole(self, src_uri: str) -> list[str]:
        """Return the digests of the pictures of a story that need not be decoded again."""
        plain = self.touched.entries.get(src_uri)
        entry = StoryEntry(*plain) if plain else self._kept.get(src_uri)
        return list_whole(entry) if entry else []

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
            if has_errors(problems) or self.project.leave_out(problems).broken:
                raise NotATouchUpError
            found[change.src_uri] = problems
            self.touched.entries[change.src_uri] = plain_entry(change.entry)
            for question in find_crossed(change.src_uri, checked[1]):
                self.touched.crossed[question] = desk.answer(*question) or ""
        stories = [change.story for change in self.changes if change.story is not None]
        photos = {change.src_uri: change.photos for change in self.changes}
        if check_edited(self.project, desk, stories, photos.__getitem__):
            raise NotATouchUpError
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

    def replace_files(self, name: str, uris: Sequence[str] = ()) -> set[str]:
        """Note the files of a group; return the addresses that it had."""
        had = set(self.files_of(name))
        self.touched.files[name] = tuple(uris)
        return had

    def files_of(self, name: str) -> Sequence[str]:
        """Return the addresses of the files of a group."""
        known = self.touched.files.get(name)
        return self.outline.files_of(name) if known is None else known

    def note_asked(self, name: str, questions: Iterable[Question]) -> None:
        """Note what the making of a plan has asked."""
        for question in questions:
            if question[0] in OF_STORIES:
                names = self.touched.asked.setdefault(question, [])
                if name not in names:
                    names.append(name)

    def _find_entry(self, src_uri: str) -> StoryEntry:
        if src_uri not in self._entries:
            plain = self.touched.entries.get(src_uri)
            entry = StoryEntry(*plain) if plain else self._kept.get(src_uri)
            if entry is None:
                raise NotATouchUpError
            self._entries[src_uri] = entry
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
        if not self.heads:
            self.heads = self.outline.heads
        return self.heads[src_uri]

    def make_story(self, src_uri: str, head: tuple[Any, ...]) -> Story:
        """Return a story with this head; the rest is found when somebody looks at it."""
        return KnownStory(src_uri, head, self._find_entry, self.project.root, self.recorder)
