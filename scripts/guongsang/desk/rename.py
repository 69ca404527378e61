"""A story gets another address: folder, alias, ledger, and what leads to it, together.

In an order that can be gone through again: whoever is interrupted types the same once more. First
the story itself says where it was, then its folder moves, then the ledger and what leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guongsang.checks.newsroom.release import ERASED, digest_address
from guongsang.desk.change import change_body, change_keys
from guongsang.desk.fix import Mended, add_to_ledger
from guongsang.desk.refuse import RefusedError
from guongsang.desk.revise import find_story_file, write_edits
from guongsang.desk.save import digest_text, find_target, open_story, replace_text
from guongsang.problems.problem import Problem
from guongsang.registers.paths import LEDGER
from guongsang.stories.links import walk_folder
from guongsang.stories.scan import INDEX, STORIES, scan_stories
from guongsang.stories.schema import is_key, suggest_key
from guongsang.stories.source import read_story_text

SETTINGS: Final = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Renaming:
    """A planned move. `story` is the story as it will be, at its present path; `others` are the
    ledger, stories and pages by hand that lead to it, `pages` the paths of the latter; `is_moved`:
    an interrupted run has moved it already; `keeps_old`: its old address leads to the new one."""

    old: str
    new: str
    story: Mended | None
    others: tuple[Mended, ...]
    is_moved: bool = False
    keeps_old: bool = True
    pages: frozenset[str] = frozenset()

    @property
    def edits(self) -> tuple[Mended, ...]:
        """What differs, for a diff."""
        return (*((self.story,) if self.story else ()), *self.others)


def plan_renaming(root: Path, target: str, key: str, docs_dir: Path | None = None) -> Renaming:
    """Plan that a story, meant by its slug or path, gets the address of `key` in its year.

    `docs_dir` holds the pages by hand, by default docs/. Raises RefusedError.
    """
    if not is_key(key):
        raise RefusedError("key", value=key, suggestion=suggest_key(key))
    story, is_moved = None, False
    try:
        path = find_story_file(root, target)
        _, year, old, _ = path.split("/")
    except RefusedError as error:
        found = _find_moved(root, target, key)
        if found is None:
            raise error from None
        path, is_moved = found, True
        year, old = path.split("/")[1], target.strip("/").split("/")[-1]
    if not is_moved:
        _check_free(root, year, key)
        story = _plan_story(root, path, year, old, key)
    move = _Move(root, path, year, old, key)
    pages = tuple(move.list_pages(docs_dir or root / "docs"))
    return Renaming(
        f"{STORIES}/{year}/{old}",
        f"{STORIES}/{year}/{key}",
        story,
        (*move.list_others(), *pages),
        is_moved,
        keeps_old=story is None or f"/{year}/{old}/" in story.after,
        pages=frozenset(each.path for each in pages),
    )


def write_renaming(root: Path, renaming: Renaming) -> None:
    """Move a story. What fails is taken back; what is interrupted is finished by doing it again.

    Raises RefusedError, OSError.
    """
    story = renaming.story
    if story is not None and story.after != story.before:
        replace_text(root, story.path, digest_text(story.before), story.after)
    try:
        if not renaming.is_moved:
            (root / renaming.old).rename(root / renaming.new)
        try:
            write_edits(root, renaming.others, renaming.pages)
        except BaseException:
            if not renaming.is_moved:
                (root / renaming.new).rename(root / renaming.old)
            raise
    except BaseException:
        if story is not None and story.after != story.before:
            replace_text(root, story.path, digest_text(story.after), story.before)
        raise


def _find_moved(root: Path, target: str, key: str) -> str | None:
    """Return the story that an interrupted run has moved to `key`."""
    old = target.strip("/").split("/")[-1]
    try:
        path = find_story_file(root, key)
        front = open_story(root, path).front or {}
    except RefusedError:
        return None
    return path if f"/{path.split('/')[1]}/{old}/" in _aliases(front) else None


def _check_free(root: Path, year: str, key: str) -> None:
    there = sorted((root / STORIES).glob(f"[0-9]*/{key}"))
    if there:
        raise RefusedError("taken", key=key, path=there[0].relative_to(root).as_posix())
    text = _read_ledger(root)
    if f"{ERASED}{digest_address(f'{year}/{key}')}" in text.split("\n"):
        raise RefusedError("erased", key=f"{year}/{key}")
    find_target(root, f"{STORIES}/{year}/{key}/{INDEX}")


def _plan_story(root: Path, path: str, year: str, old: str, key: str) -> Mended:
    opened = open_story(root, path)
    text, front = opened.text, opened.front or {}
    if front.get("status") != "draft":  # nobody knows the address of a draft
        own = [each for each in _aliases(front) if each != f"/{year}/{key}/"]
        old_address = f"/{year}/{old}/"
        aliases = own if old_address in own else [*own, old_address]
        text = change_keys(text, {"aliases": aliases}, path)
    body = _lead_to(opened.body, year, old, key)
    return Mended(path, opened.text, change_body(text, body, path), ())


def _aliases(front: dict[str, Any]) -> list[str]:
    aliases = front.get("aliases") or []
    return [str(each) for each in aliases] if isinstance(aliases, list) else []


@dataclass(frozen=True, slots=True)
class _Move:
    root: Path
    path: str
    year: str
    old: str
    key: str

    def list_others(self) -> Iterator[Mended]:
        """Yield the ledger and every other story that leads to the old address."""
        text = _read_ledger(self.root)
        if f"/{self.year}/{self.old}/" in text.split():
            whole = text if text.endswith("\n") else f"{text}\n"
            added = add_to_ledger(whole, [f"/{self.year}/{self.key}/"])
            if added != whole:
                yield Mended(LEDGER, text, added, ())
        sign = re.compile(rf"(?<![\w-]){re.escape(self.old)}(?![\w-])")
        for folder in scan_stories(self.root).folders:
            if folder.src_uri == self.path:
                continue
            read = read_story_text(self.root / folder.src_uri, folder.src_uri)
            if not isinstance(read, Problem) and sign.search(f"{read.front}\n{read.body}"):
                yield from self._plan_other(folder.src_uri)

    def list_pages(self, docs_dir: Path) -> Iterator[Mended]:
        """Yield the pages by hand, and the settings, that lead to the old address."""
        docs = docs_dir if docs_dir.is_relative_to(self.root) else None
        files = walk_folder(self.root, docs).files if docs else ()
        for path in (SETTINGS, *(each for each in files if each.endswith(".md"))):
            try:
                text = (self.root / path).read_bytes().decode()
            except (OSError, UnicodeDecodeError):  # said by who checks it
                continue
            led = _lead_to(text, self.year, self.old, self.key)
            if led != text:
                yield Mended(path, text, led, ())

    def _plan_other(self, path: str) -> Iterator[Mended]:
        opened = open_story(self.root, path)
        text = opened.text
        if opened.front is not None and opened.front.get("follows") == self.old:
            text = change_keys(text, {"follows": self.key}, path)
        body = _lead_to(opened.body, self.year, self.old, self.key)
        text = change_body(text, body, path)
        if text != opened.text:
            yield Mended(path, opened.text, text, ())


def _lead_to(text: str, year: str, old: str, key: str) -> str:
    """Return a text whose links to a story lead to its new folder.

    A link by file is "../con-chu/", from another year with that year; one by address begins with a
    slash. Words that only look like the slug stay.
    """
    by_file = rf"(?<![\w./-])(?:\.\./)+(?:{year}/)?"
    by_address = rf"(?<![\w.:/-])/{year}/"
    end = rf"(?=/(?:{INDEX})?(?:[#?)\s\"'>]|$))"
    return re.sub(rf"({by_file}|{by_address}){re.escape(old)}{end}", rf"\g<1>{key}", text)


def _read_ledger(root: Path) -> str:
    ledger = root / LEDGER
    return ledger.read_bytes().decode() if ledger.is_file() else ""
