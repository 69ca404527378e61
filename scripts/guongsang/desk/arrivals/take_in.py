"""Take in what was sent: a draft with its photos, written at one stroke.

Everything is made in memory first. An existing folder is never touched.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from guongsang.desk.arrivals.guess import Guesser
from guongsang.intake.article import Article, find_article
from guongsang.intake.captions import Shot
from guongsang.intake.draft import BLANK, Extra, Guess, name_shots, render_draft
from guongsang.intake.manuscript import Loss, Manuscript, Picture
from guongsang.photos.facts import PhotoFault
from guongsang.photos.take import Taken, View, take_photo
from guongsang.registers.model import Registers
from guongsang.stories.scan import INDEX, STORIES
from guongsang.stories.schema import is_key
from guongsang.text.fold import slug

_LEFT: Final = ".guongsang-import"


class ThereAlreadyError(Exception):
    """There is a story of that address; `path` is its folder."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Draft:
    """A story that is to be written: its folder below the root, and its files by their names.

    `unusable` are photos that the desk cannot take, with why; `asks` what only people know.
    """

    path: str
    files: Mapping[str, bytes]
    article: Article
    losses: tuple[Loss, ...]
    unusable: tuple[tuple[str, PhotoFault], ...]
    guess: Guess

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is decided before: a column's key, photos that came beside the manuscript, a title."""

    today: dt.date
    column: str = ""
    fields: Sequence[str] = ()
    loose: Sequence[Picture] = field(default_factory=tuple)
    name: str = ""  # of the file, for an address where there is no title
    extra: Extra | None = None
    slug: str = ""
    title: str = ""


def plan_draft(manuscript: Manuscript, registers: Registers, wish: Wish) -> Draft:
    """Return the draft that a manuscript becomes; nothing is written."""
    article, guess = read_article(manuscript, registers, wish)
    return make_draft(article, guess, wish)


def read_article(manuscript: Manuscript, registers: Registers, wish: Wish) -> tuple[Article, Guess]:
    """Return what a manuscript says in a newspaper, and what the registers know of it."""
    columns = registers.columns
    names = [name for each in columns.values() for name in (each.name, each.short) if name]
    article = find_article(manuscript, names, wish.loose)
    guess = Guesser(registers).guess(article, wish.column, wish.fields)
    if article.column and guess.column == BLANK:
        unknown = Loss("column-unknown", article.column)
        article = replace(article, losses=(*article.losses, unknown))
    return replace(article, title=wish.title or article.title), guess


def make_draft(article: Article, guess: Guess, wish: Wish) -> Draft:
    """Return the draft of an article whose keys are known."""
    taken = take_photos(article.shots)
    suffixes = [each.suffix if isinstance(each, Taken) else None for each in taken]
    names = name_shots(article.shots, suffixes)
    text = render_draft(article, names, guess, wish.today, wish.extra)
    files = {
        name: each.content
        for name, each in zip(names, taken, strict=True)
        if name is not None and isinstance(each, Taken)
    }
    unusable = tuple(
        (shot.picture.name, each)
        for shot, each in zip(article.shots, taken, strict=True)
        if isinstance(each, PhotoFault)
    )
    moment = wish.extra.moment if wish.extra else None
    year = (moment or article.day or wish.today).year
    key = wish.slug or name_story(article.title or Path(wish.name).stem)
    path = f"{STORIES}/{year}/{key}"
    return Draft(path, {INDEX: text.encode(), **files}, article, article.losses, unusable, guess)


def name_story(title: str) -> str:
    """Return the name of a story's folder."""
    key = slug(title) or "bai"
    return key if is_key(key) else f"bai-{key}"


def take_photos(shots: Sequence[Shot]) -> list[Taken | PhotoFault]:
    """Return the photos as their page shows them, clean and small enough."""
    if not shots:
        return []
    with ThreadPoolExecutor(min(len(shots), os.cpu_count() or 1)) as pool:
        return list(pool.map(_take, shots))


def _take(shot: Shot) -> Taken | PhotoFault:
    picture = shot.picture
    view = View(picture.crop, picture.turn, picture.flip_across, picture.flip_down)
    return take_photo(picture.content or b"", picture.name, view)


def find_story(root: Path, key: str) -> str | None:
    """Return the folder of the story of a name, in whatever year."""
    for folder in sorted((root / STORIES).glob(f"*/{key}")):
        return folder.relative_to(root).as_posix()
    return None


def write_draft(root: Path, draft: Draft) -> None:
    """Write a draft: all of it or nothing, whenever this is interrupted.

    Raises ThereAlreadyError, and OSError where nothing can be written.
    """
    write_folder(root, draft.path, draft.files)


def write_folder(root: Path, path: str, files: Mapping[str, bytes]) -> None:
    """Write the folder of a new story, by its path below the root. Raises as `write_draft` does."""
    there = find_story(root, path.rpartition("/")[2])
    if there is not None:
        raise ThereAlreadyError(there)
    folder = root / path
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = folder.with_name(f".{folder.name}.{os.getpid()}{_LEFT}")
    try:
        staged.mkdir()
        for name, content in files.items():
            (staged / name).write_bytes(content)
        if folder.exists() or folder.is_symlink():
            raise ThereAlreadyError(path)
        staged.rename(folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
