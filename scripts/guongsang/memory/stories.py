"""What is remembered of each story: enough to list it, to know its problems, and to find the rest.

A story is read again only when a file of its folder has changed. Its front matter is unpacked only
when somebody looks at it, its text read from the file.
"""

from __future__ import annotations

import hashlib
import marshal
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from guongsang.memory.checked import Checked
from guongsang.memory.store import load_packed, save_packed
from guongsang.memory.workers import stream_work
from guongsang.pages.related import read_keys
from guongsang.photos.facts import PhotoFacts, PhotoFault, read_facts
from guongsang.problems.problem import PlainProblem, Problem, plain_problem
from guongsang.publish.sealed import pack, unpack
from guongsang.stories.model import (
    Brief,
    FrontMatter,
    Head,
    Story,
    digest_head,
    read_brief,
)
from guongsang.stories.read import StoryReading, read_story
from guongsang.stories.scan import Stamp, StoryFolder, is_settled
from guongsang.stories.source import read_story_text
from guongsang.traces import Question, Recorder

_NAME: Final = "stories.bin"

_NOTHING: Final = pack(())

# Of so many stories front matter or text are held in memory: all of them would be too many.
_MOST_LOADED: Final = 256

Photos = Mapping[str, PhotoFacts | PhotoFault]
# Checks a story that has just been read; None if that must wait until all have been.
CheckEarly = Callable[[Story, Photos], Checked | None]


@dataclass(slots=True)
class StoryEntry:
    """What is kept of one story; all plain values.

    `front` are plain values, which FrontMatter validates, packed; `photos` are pickled; `warnings`
    are those of reading, `found` those of checking (None: not checked yet), `asked` the questions
    that the rules asked, packed; `keys` are those of `related`, packed, too. `is_new` is whether
    all that differs from what is kept on disk.
    """

    stamps: Mapping[str, Stamp]
    front_digest: str
    body_digest: str
    body_line: int
    head: tuple[Any, ...]
    head_digest: bytes
    brief: tuple[Any, ...]
    front: bytes
    photos: bytes
    photo_digest: str
    keys: bytes
    warnings: tuple[PlainProblem, ...]
    found: tuple[PlainProblem, ...] | None = None
    asked: bytes = _NOTHING
    is_new: bool = True

    @property
    def questions(self) -> tuple[Question, ...]:
        asked: tuple[Question, ...] = unpack(self.asked)
        return asked

    def keep_check(self, checked: Checked) -> None:
        """Keep what checking the story has found, and what it asked."""
        self.found, questions = checked
        self.asked, self.is_new = pack(questions), True


_PLAIN: Final[Callable[[StoryEntry], tuple[Any, ...]]] = attrgetter(*StoryEntry.__slots__[:-1])


class StoredStory(Story):
    """A story whose parts are loaded when they are looked at, each look noted."""

    __slots__ = ("_body", "_entry", "_front", "_recent", "_recorder", "_root", "head")
    _body: str | None
    _entry: StoryEntry
    _front: FrontMatter | None
    _recent: deque[StoredStory]
    _recorder: Recorder
    _root: Path
    head: Head

    def __init__(
        self,
        folder: StoryFolder,
        entry: StoryEntry,
        root: Path,
        recorder: Recorder,
        recent: deque[StoredStory],
    ) -> None:
        _, year, slug, _ = folder.src_uri.rsplit("/", 3)
        for name, value in (
            ("slug", slug),
            ("folder_year", int(year) if year.isascii() and year.isdigit() else 0),
            ("src_uri", folder.src_uri),
            ("body_line", entry.body_line),
            ("files", folder.files),
            ("head", Head._make(entry.head)),
            ("_entry", entry),
            ("_front", None),
            ("_body", None),
            ("_root", root),
            ("_recorder", recorder),
            ("_recent", recent),
        ):
            object.__setattr__(self, name, value)

    @property
    def head_digest(self) -> bytes:
        return self._entry.head_digest

    @property
    def brief(self) -> Brief:
        self._recorder.ask("front", self.src_uri)
        return Brief._make(self._entry.brief)

    @property
    def front_digest(self) -> str:
        self._recorder.ask("front", self.src_uri)
        return self._entry.front_digest

    @property
    def body_digest(self) -> str:
        self._recorder.ask("body", self.src_uri)
        return self._entry.body_digest

    @property
    def front(self) -> FrontMatter:
        self._recorder.ask("front", self.src_uri)
        if self._front is None:
            front = FrontMatter.model_validate(unpack(self._entry.front))
            object.__setattr__(self, "_front", front)
            self._note_load()
            return front
        return self._front

    @property
    def body(self) -> str:
        self._recorder.ask("body", self.src_uri)
        if self._body is None:
            text = read_story_text(self._root / self.src_uri, self.src_uri)
            body = "" if isinstance(text, Problem) else text.body
            object.__setattr__(self, "_body", body)
            self._note_load()
            return body
        return self._body

    def _note_load(self) -> None:
        """Forget the parts of the story that has been loaded longest, until they are asked for."""
        if len(self._recent) >= _MOST_LOADED:
            oldest = self._recent.popleft()
            object.__setattr__(oldest, "_front", None)
            object.__setattr__(oldest, "_body", None)
        self._recent.append(self)


class KnownStory(StoredStory):
    """A story of which only the head is here until somebody looks for more; nothing is forgotten
    again."""

    __slots__ = ("_find",)
    _find: Callable[[str], StoryEntry]

    def __init__(
        self,
        src_uri: str,
        head: tuple[Any, ...],
        find: Callable[[str], StoryEntry],
        root: Path,
        recorder: Recorder,
    ) -> None:
        _, year, slug, _ = src_uri.rsplit("/", 3)
        for name, value in (
            ("slug", slug),
            ("folder_year", int(year) if year.isascii() and year.isdigit() else 0),
            ("src_uri", src_uri),
            ("head", Head._make(head)),
            ("_front", None),
            ("_body", None),
            ("_root", root),
            ("_recorder", recorder),
            ("_find", find),
        ):
            object.__setattr__(self, name, value)

    @property
    def _entry(self) -> StoryEntry:  # type: ignore[override]
        return self._find(self.src_uri)

    @property
    def body_line(self) -> int:
        return self._entry.body_line

    @property
    def files(self) -> tuple[str, ...]:
        return StoryFolder(self.src_uri, self._entry.stamps).files

    def _note_load(self) -> None:
        pass


@dataclass(slots=True)
class Library:
    """The stories of a newsroom as far as they can be read, and why the others cannot."""

    entries: Mapping[str, StoryEntry]
    stories: list[StoredStory]
    unreadable: list[StoryReading]

    stamps: Mapping[str, Mapping[str, Stamp]]
    is_changed: bool = False

    @property
    def warnings(self) -> list[Problem]:
        """What reading had to say of the stories that could be read."""
        return [Problem(*each) for entry in self.entries.values() for each in entry.warnings]

    def answer(self, kind: str, key: str) -> str | None:
        """Return the answer to a question that was noted, None when it is not for a story."""
        if kind == "heads":
            heads = [(uri, entry.head) for uri, entry in self.entries.items()]
            return hashlib.sha256(marshal.dumps(heads, 2)).hexdigest()
        entry = self.entries.get(key)
        if kind == "front":
            return entry.front_digest if entry else ""
        if kind == "body":
            return entry.body_digest if entry else ""
        if kind == "photos":
            return entry.photo_digest if entry else ""
        return str(self.stamps.get(key)) if kind == "files" else None

    def photos(self, src_uri: str) -> Photos:
        """Return what is known of the pictures that a story names and has."""
        photos: Photos = pickle.loads(self.entries[src_uri].photos)  # noqa: S301 - our own bytes
        return photos


def recall_stories(
    root: Path,
    cache_dir: Path,
    folders: Sequence[StoryFolder],
    *,
    workers: int,
    recorder: Recorder,
    check: CheckEarly,
) -> Library:
    """Return all stories; only those are read whose folder has changed, by several workers.

    Who reads a story checks it at once, if that can be: nobody has to look at it again.
    """
    kept = KnownEntries(cache_dir)
    entries: dict[str, StoryEntry] = {}
    stale = []
    for folder in folders:
        entry = kept.get(folder.src_uri)
        if entry is not None and entry.stamps == folder.stamps:
            entries[folder.src_uri] = entry
        else:
            stale.append(folder)
    unreadable: dict[str, StoryReading] = {}
    read = stream_work(stale, partial(_read_part, root, check), workers=workers)
    for _, (packed, readings) in read:
        entries |= {uri: StoryEntry(*plain) for uri, plain in unpack(packed).items()}
        unreadable |= {reading.src_uri: reading for reading in readings}
    stamps = {folder.src_uri: folder.stamps for folder in folders}
    recent: deque[StoredStory] = deque()
    kept_now: dict[str, StoryEntry] = {}
    is_changed = bool(stale) or len(kept) != len(folders)
    library = Library(kept_now, [], [], stamps, is_changed=is_changed)
    for folder in folders:
        if folder.src_uri in unreadable:
            library.unreadable.append(unreadable[folder.src_uri])
        else:
            kept_now[folder.src_uri] = entry = entries[folder.src_uri]
            if entry.stamps:
                entry.stamps = folder.stamps  # equal, and in memory already
            library.stories.append(StoredStory(folder, entry, root, recorder, recent))
    return library


def save_stories(cache_dir: Path, library: Library) -> None:
    kept = KnownEntries(cache_dir)
    values = {
        uri: pack(plain_entry(entry)) if entry.is_new else kept.raw(uri)
        for uri, entry in library.entries.items()
    }
    save_packed(cache_dir / _NAME, None, values)


class KnownEntries(Mapping[str, StoryEntry]):
    """What the last run kept of each story; unpacked when it is looked up."""

    def __init__(self, cache_dir: Path) -> None:
        self._packed = load_packed(cache_dir / _NAME)
        self._keys = self._packed.spans if self._packed else {}

    def __getitem__(self, src_uri: str) -> StoryEntry:
        if self._packed is None:
            raise KeyError(src_uri)
        entry = StoryEntry(*unpack(self._packed.raw(src_uri)))
        entry.is_new = False
        return entry

    def __contains__(self, src_uri: object) -> bool:
        return src_uri in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def raw(self, src_uri: str) -> memoryview:
        """Return an entry as it is kept. Raises KeyError."""
        if self._packed is None:
            raise KeyError(src_uri)
        return self._packed.raw(src_uri)


def read_photos(root: Path, src_uri: str, front: FrontMatter, files: Iterable[str]) -> Photos:
    """Read what the headers of a story's pictures tell, by name."""
    folder = (root / src_uri).parent
    names = {photo.src for photo in (front.cover, *front.photos)} & set(files)
    return {name: read_facts(folder / name) for name in sorted(names)}


def _read_part(
    root: Path, check: CheckEarly, folders: Sequence[StoryFolder]
) -> tuple[bytes, list[StoryReading]]:
    """Read some stories: entries by address, packed for the way from a worker, and the rest."""
    entries: dict[str, tuple[Any, ...]] = {}
    unreadable: list[StoryReading] = []
    for folder in folders:
        reading = read_folder(root, folder, check)
        if isinstance(reading, StoryEntry):
            entries[folder.src_uri] = plain_entry(reading)
        else:
            unreadable.append(reading)
    return pack(entries), unreadable


def read_folder(root: Path, folder: StoryFolder, check: CheckEarly) -> StoryEntry | StoryReading:
    """Read one story; its problems where it cannot be read."""
    reading = read_story(root, folder)
    story = reading.story
    if story is None:
        return reading
    photos = read_photos(root, story.src_uri, story.front, story.files)
    head = story.head
    settled = all(map(is_settled, folder.stamps.values()))
    entry = StoryEntry(
        stamps=dict(folder.stamps) if settled else {},
        front_digest=story.front_digest,
        body_digest=story.body_digest,
        body_line=story.body_line,
        head=tuple(head),
        head_digest=digest_head(story.src_uri, head),
        brief=tuple(read_brief(story.front)),
        front=pack(reading.plain),
        photos=pickle.dumps(photos, 5),
        photo_digest=hashlib.sha256(repr(photos).encode()).hexdigest(),
        # Version 2 of the format: equal keys give equal bytes.
        keys=marshal.dumps(read_keys(story), 2),
        warnings=tuple(map(plain_problem, reading.problems)),
    )
    checked = check(story, photos)
    if checked is not None:
        entry.keep_check(checked)
    return entry


def plain_entry(entry: StoryEntry) -> tuple[Any, ...]:
    """Return an entry as plain values, all but `is_new`."""
    return _PLAIN(entry)
