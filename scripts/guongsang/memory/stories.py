"""What is remembered of each story: enough to list it, to know its problems, and to find the rest.

A story is read again only when a file of its folder has changed. Its front matter is unpacked only
when somebody looks at it, its text read from the file.
"""

from __future__ import annotations

import hashlib
import marshal
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from guongsang.enclosures.facts import FileFacts, read_file_facts
from guongsang.memory.checked import Checked
from guongsang.memory.entries import Entries, KnownEntries, StoryEntry, pack_entry, unpack_entry
from guongsang.memory.stored import StoredStory, StoryMaker
from guongsang.memory.workers import stream_work
from guongsang.pages.related import read_keys
from guongsang.photos.facts import PhotoFacts, PhotoFault
from guongsang.photos.whole import WholePhotos
from guongsang.problems.problem import PlainProblem, Problem, plain_problem
from guongsang.publish.sealed import pack, unpack
from guongsang.stories.model import FrontMatter, Story, digest_head, read_brief
from guongsang.stories.read import StoryReading, read_story
from guongsang.stories.scan import StoryFolder, is_settled
from guongsang.traces import Question, Recorder

Photos = Mapping[str, PhotoFacts | PhotoFault | FileFacts]
# Checks a story that has just been read; None if that must wait until all have been.
CheckEarly = Callable[[Story, Photos], Checked | None]
# Called with how many files beside stories have been read, and how many there are to read.
OnRead = Callable[[int, int], object]
# From so many on, decoding is worth a fork.
_MANY_FILES: Final = 16


@dataclass(slots=True)
class Library:
    """What is remembered of stories, by `src_uri`; `stamps` are those of their files, packed."""

    entries: Mapping[str, StoryEntry]
    stamps: Mapping[str, bytes] = field(default_factory=dict)

    def answer(self, kind: str, key: str) -> str | None:
        """Return the answer to a question that was noted, None when it is not for a story."""
        if kind == "files":
            stamps = self.stamps.get(key)
            return str(unpack(stamps) if stamps else None)
        if kind not in ("front", "body", "photos"):
            return None
        entry = self.entries.get(key)
        if entry is None:
            return ""
        if kind == "front":
            return entry.front_digest
        return entry.body_digest if kind == "body" else entry.photo_digest

    def photos(self, src_uri: str) -> Photos:
        """Return what is known of the pictures that a story names and has."""
        photos: Photos = pickle.loads(self.entries[src_uri].photos)  # noqa: S301 - our own bytes
        return photos


@dataclass(slots=True)
class WholeLibrary(Library):
    """All stories of a newsroom as far as they can be read, and why the others cannot.

    `warnings` is what reading had to say of the former. `found` are the problems that checks have
    found, by story; `unchecked` are the stories that are yet to be checked. `crossed` are questions
    about others that checks of what cannot be read have asked, with the answers.
    """

    entries: Entries
    stories: list[StoredStory] = field(default_factory=list)
    unreadable: list[StoryReading] = field(default_factory=list)
    is_changed: bool = False
    warnings: list[Problem] = field(default_factory=list)
    found: dict[str, tuple[PlainProblem, ...]] = field(default_factory=dict)
    unchecked: set[str] = field(default_factory=set)
    crossed: dict[Question, str] = field(default_factory=dict)

    def answer(self, kind: str, key: str) -> str | None:
        if kind == "heads":
            heads = [(story.src_uri, tuple(story.head)) for story in self.stories]
            return hashlib.sha256(marshal.dumps(heads, 2)).hexdigest()
        return Library.answer(self, kind, key)

    def take(self, src_uri: str, raw: memoryview, entry: StoryEntry) -> None:
        """Add an entry, packed and as it is, and note what it tells."""
        self.entries.take(src_uri, raw)
        self.warnings += [Problem(*each) for each in entry.warnings]
        self._note_found(src_uri, entry.found)

    def keep_check(self, src_uri: str, checked: Checked) -> None:
        """Keep what checking a story has found, and what it asked."""
        self.entries.keep_check(src_uri, checked)
        self._note_found(src_uri, checked[0])

    def _note_found(self, src_uri: str, found: tuple[PlainProblem, ...] | None) -> None:
        if found is None:
            self.unchecked.add(src_uri)
            return
        self.unchecked.discard(src_uri)
        self.found.pop(src_uri, None)
        if found:
            self.found[src_uri] = found


def recall_stories(
    root: Path,
    cache_dir: Path,
    folders: Sequence[StoryFolder],
    *,
    workers: int,
    recorder: Recorder,
    check: CheckEarly,
    on_read: OnRead | None = None,
) -> WholeLibrary:
    """Return all stories; only those are read whose folder has changed, by several workers.

    Who reads a story checks it at once, if that can be: nobody has to look at it again. Pictures
    are decoded, but not those that were whole the last time.
    """
    kept = KnownEntries(cache_dir)
    library = WholeLibrary(Entries())
    make = StoryMaker(library.entries.__getitem__, root, recorder)
    stories: dict[str, StoredStory] = {}

    def take(folder: StoryFolder, raw: memoryview, entry: StoryEntry) -> None:
        library.take(folder.src_uri, raw, entry)
        stories[folder.src_uri] = make(folder, entry)

    stale, whole = {}, WholePhotos()
    for folder in folders:
        entry = kept.get(folder.src_uri)
        if entry is not None and entry.stamps == folder.stamps:
            take(folder, kept.raw(folder.src_uri), entry)
            continue
        stale[folder.src_uri] = folder
        if entry is not None:
            whole.add(list_whole(entry))
    unreadable: dict[str, StoryReading] = {}
    files, files_read = sum(len(folder.files) for folder in stale.values()), 0
    part = partial(_read_part, root, check, whole)
    least = 1 if files >= _MANY_FILES else None
    for _, (packed, ends, readings) in stream_work(
        list(stale.values()), part, workers=workers, least=least
    ):
        for uri, raw in _cut(packed, ends):
            take(stale[uri], raw, unpack_entry(raw))
        unreadable |= {reading.src_uri: reading for reading in readings}
        files_read += sum(len(stale[uri].files) for uri in (*ends, *(r.src_uri for r in readings)))
        if on_read is not None and files >= _MANY_FILES:
            on_read(files_read, files)
    library.stories = [stories[each.src_uri] for each in folders if each.src_uri in stories]
    library.unreadable = [unreadable[uri] for uri in stale if uri in unreadable]
    library.entries.arrange(story.src_uri for story in library.stories)
    library.stamps = {folder.src_uri: pack(folder.stamps) for folder in folders}
    library.is_changed = bool(stale) or len(kept) != len(folders)
    return library


def list_whole(entry: StoryEntry) -> list[str]:
    """Return the digests of the pictures of a story that were found whole."""
    photos: Photos = pickle.loads(entry.photos)  # noqa: S301 - our own bytes
    return [facts.sha256 for facts in photos.values() if isinstance(facts, PhotoFacts)]


def read_photos(
    root: Path, src_uri: str, front: FrontMatter, files: Iterable[str], whole: WholePhotos
) -> Photos:
    """Read what a story's pictures, attachments and recordings tell of themselves, by name.

    Pictures that `whole` does not know are decoded.
    """
    folder = (root / src_uri).parent
    names = {photo.src for photo in (front.cover, *front.photos)} & set(files)
    others = {each.src for each in front.attachments} | {each.src for each in front.audio}
    photos = {name: whole.read(folder / name) for name in sorted(names)}
    return photos | {
        name: read_file_facts(folder / name) for name in sorted(others & set(files) - names)
    }


def _read_part(
    root: Path, check: CheckEarly, whole: WholePhotos, folders: Sequence[StoryFolder]
) -> tuple[bytes, dict[str, int], list[StoryReading]]:
    """Read some stories: entries packed one after the other, where each ends, and the rest."""
    packed = bytearray()
    ends: dict[str, int] = {}
    unreadable: list[StoryReading] = []
    for folder in folders:
        reading = read_folder(root, folder, check, whole)
        if isinstance(reading, StoryEntry):
            packed += pack_entry(reading)
            ends[folder.src_uri] = len(packed)
        else:
            unreadable.append(reading)
    return bytes(packed), ends, unreadable


def _cut(packed: bytes, ends: Mapping[str, int]) -> Iterator[tuple[str, memoryview]]:
    """Yield the packed entries of a part."""
    whole, start = memoryview(packed), 0
    for uri, end in ends.items():
        yield uri, whole[start:end]
        start = end


def read_folder(
    root: Path, folder: StoryFolder, check: CheckEarly, whole: WholePhotos
) -> StoryEntry | StoryReading:
    """Read one story; its problems where it cannot be read."""
    reading = read_story(root, folder)
    story = reading.story
    if story is None:
        return reading
    photos = read_photos(root, story.src_uri, story.front, story.files, whole)
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
