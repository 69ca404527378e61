"""What a touch-up has changed: which stories, and what earlier ones have left behind."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from guongsang.memory.entries import StoryEntry
from guongsang.memory.outline import Told
from guongsang.memory.stories import Photos
from guongsang.pages.publisher import Publisher
from guongsang.stories.model import Story
from guongsang.stories.scan import INDEX, is_content
from guongsang.traces import Question

# With more, a whole build, which shares its work, is as quick.
_MOST: Final = 40
# A story's folder, or a file in it; or the folder of a year.
_STORY: Final = re.compile(r"(stories/[0-9]{4}/[^/]+)(?:/([^/]+))?")
_YEAR: Final = re.compile(r"stories/[0-9]{4}")


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
    """What earlier touch-ups have changed since the outline was kept; plain values.

    `entries` are by `src_uri`, `related` by slug, `pages` (pickled) by address: None where there is
    none any more. `lists` and `relations` (an edition) are empty as long as those of the outline
    hold. `addresses` tells of some whether links may lead there now.
    """

    entries: dict[str, tuple[Any, ...] | None] = field(default_factory=dict)
    asked: dict[Question, list[str]] = field(default_factory=dict)
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    crossed: dict[Question, str] = field(default_factory=dict)
    related: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pages: dict[str, bytes | None] = field(default_factory=dict)
    addresses: dict[str, bool] = field(default_factory=dict)
    lists: tuple[Any, ...] = ()
    relations: str = ""

    def plain(self) -> tuple[Any, ...]:
        return tuple(getattr(self, each.name) for each in fields(self))


@dataclass(slots=True)
class Change:
    """A story as it was and as it is; None where there was or is none. `earlier` is what an earlier
    touch-up has kept of it."""

    src_uri: str
    before: Told | None
    now: Told | None
    earlier: tuple[Any, ...] | None = None
    entry: StoryEntry | None = None
    story: Story | None = None
    photos: Photos = field(default_factory=dict)

    @property
    def is_of_lists(self) -> bool:
        """Whether lists or related stories have to know of it."""
        if self.before is None or self.now is None:
            return True
        return (self.before.head, self.before.keys) != (self.now.head, self.now.keys)

    @property
    def questions(self) -> set[Question]:
        """What the files of the story answer otherwise now."""
        return {
            (part, self.src_uri)
            for part in ("front", "body", "photos", "files")
            if getattr(self.before, part, None) != getattr(self.now, part, None)
        }


def list_touched(root: Path, changed: Iterable[str]) -> list[str]:
    """Return the stories of which a file has changed, come or gone, as `src_uri`.

    Raises NotATouchUpError if anything else has.
    """
    found: dict[str, None] = {}
    for path in changed:
        uri = Path(path).relative_to(root).as_posix()
        story = _STORY.fullmatch(uri)
        if story is None:
            if not _YEAR.fullmatch(uri):
                raise NotATouchUpError
            continue
        name = story[2]
        if name is not None and not _is_file_of_story(name):
            raise NotATouchUpError
        found[f"{story[1]}/{INDEX}"] = None
    if len(found) > _MOST:
        raise NotATouchUpError
    return list(found)


def keep_content(stamps: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of the files of a folder that belong to a story."""
    return {name: stamp for name, stamp in stamps.items() if _is_file_of_story(name)}


def _is_file_of_story(name: str) -> bool:
    return name == INDEX or (is_content(name) and not name.lower().endswith(".md"))
