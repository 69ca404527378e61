"""Where a newsroom still names, calls or shows somebody whose profile is about to be erased.

The profile is what tells the rules which name to look for: once it is gone, what is left of the
name is found by nobody. So this looks into whole files, at what no reader sees, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import unquote

from guongsang.addresses import SECTIONS
from guongsang.checks.people.elsewhere import find_named
from guongsang.checks.subjects import read_names
from guongsang.enclosures.facts import MOST_BYTES, read_file_facts
from guongsang.enclosures.packed import read_parts
from guongsang.picture_formats import TYPES
from guongsang.problems.problem import Problem, problem
from guongsang.registers.model import Honoree
from guongsang.registers.paths import find_honorees
from guongsang.site.sources.docs import list_docs
from guongsang.site.sources.git import ask_edited
from guongsang.site.sources.history import read_earlier
from guongsang.site.sources.project import Project
from guongsang.stories.model import StoryHonoree
from guongsang.stories.read import read_story
from guongsang.stories.scan import StoryFolder, scan_stories
from guongsang.text.fold import fold
from guongsang.text.spelled import NameFinder, compile_names

# What may be an address or the name of a file, its suffix apart.
_ADDRESS: Final = re.compile(
    r"(?P<stem>[\w%]+(?:[-./_+~][\w%]+)+?)(?:\.[A-Za-z0-9]{1,5})?(?![\w%])"
)
_PACKED: Final = b"PK\x03\x04"


@dataclass(frozen=True)
class Sought:
    """Somebody with a profile, whose `key` is looked for, too; or without one, in one story.

    Of villages and other collectives only the key is looked for: their names are those of places.
    """

    key: str | None
    honoree: Honoree | StoryHonoree

    @property
    def who(self) -> str:
        return self.honoree.name or ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        return () if self.honoree.kind == "collective" else read_names(self.honoree)

    @cached_property
    def links(self) -> re.Pattern[str]:
        """What calls the profile by its key, or a picture by the paper of the consent."""
        kinds = []
        if self.key is not None:
            key = re.escape(self.key)
            kinds = [rf"\bid:\s*[\"']?{key}(?![\w-])", rf"{SECTIONS['honoree']}{key}(?![\w-])"]
            kinds.append(rf"\bsame_as:[^\n]*(?<![\w-]){key}(?![\w-])")
        consent = self.honoree.consent
        if consent is not None and consent.record:
            kinds.append(rf"(?<!\w){re.escape(consent.record)}(?!\w)")
        return re.compile("|".join(kinds) or "(?!)")

    @cached_property
    def spelled(self) -> tuple[bytes, ...]:
        """The names as properties of files may hold them."""
        forms = {
            unicodedata.normalize(form, spelled)
            for name in self.names
            for spelled in (name, name.upper(), fold(name).title(), fold(name).upper())
            for form in ("NFC", "NFD")
            if " " in name
        }
        encodings = ("utf-8", "utf-16-le", "utf-16-be")
        return tuple(form.encode(encoding) for form in sorted(forms) for encoding in encodings)

    def finder(self, *, close: bool) -> NameFinder | None:
        return compile_names(self.names, close=close)


def find_mentions(project: Project, sought: Sought) -> list[Problem]:
    """Return GS522 for every line and file that names, calls or shows somebody.

    Looks into stories, other profiles and pages written by hand.
    """
    root = project.root
    were_theirs = set(_find_former(root, sought.key)) if sought.key is not None else set()
    found: list[Problem] = []
    for folder in scan_stories(root).folders:
        found += _find_in_story(root, folder, sought, was_theirs=folder.src_uri in were_theirs)
    profiles = (path for path, key in find_honorees(root) if key != sought.key)
    pages = (path for path in list_docs(project).files if path.endswith(".md"))
    for path in (*profiles, *pages):
        text = _read(root / path)
        found += _report(sought, path, text, _find_in_text(sought, text, close=False))
    return sorted(found)


def find_left(project: Project, folder: str) -> list[Problem]:
    """Return GS522 for what still names people who have withdrawn, and are known by one story only.

    `folder` is the story's, about to be erased: what stands in it is not told.
    """
    story = read_story(project.root, StoryFolder(f"{folder}/index.md", {})).story
    return sorted(
        {
            found
            for entry in (story.front.honorees if story else ())
            if entry.id is None and entry.name and entry.consent and entry.consent.withdrawn
            for found in find_mentions(project, Sought(None, entry))
            if not found.path.startswith(f"{folder}/")
        }
    )


def _find_in_story(
    root: Path, folder: StoryFolder, sought: Sought, *, was_theirs: bool
) -> Iterator[Problem]:
    abs_path = root / folder.src_uri
    text = _read(abs_path)
    # What only their own story would say, “chị Mẫu”, counts in stories that are or were theirs.
    close = was_theirs or bool(sought.links.search(text))
    found = list(_report(sought, folder.src_uri, text, _find_in_text(sought, text, close=close)))
    finder = sought.finder(close=close)
    slug = abs_path.parent.name
    if finder and next(finder.find_in_address(slug), None):
        found.append(_mention(sought, folder.src_uri, slug))
    for name in folder.files:
        beside = abs_path.with_name(name)
        path = f"{folder.src_uri.removesuffix('index.md')}{name}"
        if finder and next(finder.find_in_address(Path(name).stem), None):
            found.append(_mention(sought, path, name))
        elif _is_worth_opening(name, found) and _is_in_file(beside, sought.spelled):
            found.append(_mention(sought, path, sought.who))
    yield from found


def _is_worth_opening(name: str, found: Sequence[Problem]) -> bool:
    """Private data in any picture that is published is an error by itself, GS406: those of stories
    that have nothing to do with somebody need no second look."""
    return bool(found) or PurePath(name).suffix.lower() not in TYPES


def _find_former(root: Path, key: str) -> Iterator[str]:
    """Yield the stories that were about somebody in one of their last versions."""
    for src_uri, earlier in read_earlier(root, sorted(ask_edited(root)())):
        if any(entry.id == key for front in earlier for entry in front.honorees):
            yield src_uri


def _find_in_text(sought: Sought, text: str, *, close: bool) -> Iterator[tuple[int, str]]:
    """Yield offset and words of what names somebody."""
    for link in sought.links.finditer(text):
        yield link.start(), link[0]
    finder = sought.finder(close=close)
    if finder is None:
        return
    yield from find_named(finder, text)
    for address in _ADDRESS.finditer(text):
        if next(finder.find_in_address(unquote(address["stem"])), None):
            yield address.start(), address[0]


def _report(
    sought: Sought, path: str, text: str, found: Iterable[tuple[int, str]]
) -> Iterator[Problem]:
    """Yield one problem for each line."""
    lines: dict[int, tuple[int, str]] = {}
    for offset, words in sorted(found):
        start = text.rfind("\n", 0, offset) + 1
        lines.setdefault(text.count("\n", 0, offset) + 1, (offset - start + 1, words))
    for line, (column, words) in lines.items():
        yield _mention(sought, path, words, line, column)


def _mention(sought: Sought, path: str, words: str, line: int = 1, column: int = 1) -> Problem:
    shown = " ".join(words.split())
    return problem("GS522", path, line, column, who=sought.who, found=f"“{shown}”")


def _is_in_file(abs_path: Path, spelled: tuple[bytes, ...]) -> bool:
    if not spelled or abs_path.stat().st_size > MOST_BYTES:
        return False
    content = abs_path.read_bytes()
    texts = (each.value.encode() for each in read_file_facts(abs_path).properties)
    parts = (part for _, part in read_parts(content)) if content.startswith(_PACKED) else ()
    return any(name in each for each in chain((content,), texts, parts) for name in spelled)


def _read(abs_path: Path) -> str:
    return abs_path.read_text("utf-8-sig", errors="replace")
