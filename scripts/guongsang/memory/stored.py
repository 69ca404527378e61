"""Stories as a build has them: a head, and the rest when somebody looks at it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from guongsang.memory.entries import StoryEntry
from guongsang.problems.problem import Problem
from guongsang.publish.sealed import pack, unpack
from guongsang.stories.model import Brief, FrontMatter, Head, Story
from guongsang.stories.scan import StoryFolder
from guongsang.stories.source import read_story_text
from guongsang.traces import Recorder

# Of so many stories front matter or text are held in memory: all of them would be too many.
_MOST_LOADED: Final = 256


class StoredStory(Story):
    """A story whose parts are loaded when they are looked at, each look noted."""

    __slots__ = (
        "_body",
        "_brief",
        "_find",
        "_front",
        "_head_digest",
        "_recent",
        "_recorder",
        "_root",
        "head",
    )
    _body: str | None
    _brief: bytes
    _find: Callable[[str], StoryEntry]
    _front: FrontMatter | None
    _head_digest: bytes
    _recent: deque[StoredStory]
    _recorder: Recorder
    _root: Path
    head: Head

    def __init__(
        self,
        src_uri: str,
        files: tuple[str, ...],
        entry: StoryEntry,
        *,
        find: Callable[[str], StoryEntry],
        root: Path,
        recorder: Recorder,
        recent: deque[StoredStory],
    ) -> None:
        self._fill(
            src_uri,
            entry.head,
            body_line=entry.body_line,
            files=files,
            _head_digest=entry.head_digest,
            _brief=pack(entry.brief),
            _find=find,
            _root=root,
            _recorder=recorder,
            _recent=recent,
        )

    def _fill(self, src_uri: str, head: tuple[Any, ...], **others: Any) -> None:
        _, year, slug, _ = src_uri.rsplit("/", 3)
        others |= {
            "slug": slug,
            "folder_year": int(year) if year.isascii() and year.isdigit() else 0,
            "src_uri": src_uri,
            "head": Head._make(head),
            "_front": None,
            "_body": None,
        }
        for name, value in others.items():
            object.__setattr__(self, name, value)

    @property
    def _entry(self) -> StoryEntry:
        return self._find(self.src_uri)

    @property
    def head_digest(self) -> bytes:
        return self._head_digest

    @property
    def brief(self) -> Brief:
        self._recorder.ask("front", self.src_uri)
        return Brief._make(unpack(self._brief))

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

    __slots__ = ()

    def __init__(
        self,
        src_uri: str,
        head: tuple[Any, ...],
        find: Callable[[str], StoryEntry],
        root: Path,
        recorder: Recorder,
    ) -> None:
        self._fill(src_uri, head, _find=find, _root=root, _recorder=recorder)

    @property
    def head_digest(self) -> bytes:
        return self._entry.head_digest

    @property
    def brief(self) -> Brief:
        self._recorder.ask("front", self.src_uri)
        return Brief._make(self._entry.brief)

    @property
    def body_line(self) -> int:
        return self._entry.body_line

    @property
    def files(self) -> tuple[str, ...]:
        return StoryFolder(self.src_uri, self._entry.stamps).files

    def _note_load(self) -> None:
        pass


@dataclass(slots=True)
class StoryMaker:
    """Makes the stories of a newsroom from their entries, which `find` finds again.

    What many heads tell, all of them share.
    """

    find: Callable[[str], StoryEntry]
    root: Path
    recorder: Recorder
    _recent: deque[StoredStory] = field(default_factory=deque)
    _shared: dict[Any, Any] = field(default_factory=dict)

    def __call__(self, folder: StoryFolder, entry: StoryEntry) -> StoredStory:
        entry.head = tuple(map(self._share, entry.head))
        files = self._share(folder.files)
        return StoredStory(
            folder.src_uri,
            files,
            entry,
            find=self.find,
            root=self.root,
            recorder=self.recorder,
            recent=self._recent,
        )

    def _share(self, value: Any) -> Any:
        # Numbers may be equal to others of another type.
        return self._shared.setdefault(value, value) if isinstance(value, (str, tuple)) else value
