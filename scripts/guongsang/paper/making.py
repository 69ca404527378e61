"""A bulletin or a poster, from stories to the bytes of its files."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guongsang.archive.archive import Archive
from guongsang.fonts import find_missing_letters
from guongsang.paper.data import DataMaker, compose, list_texts
from guongsang.paper.errors import PaperError
from guongsang.paper.pictures import BULLETIN_WIDTH, POSTER_WIDTH, Pictures
from guongsang.paper.typesetting import Blurred, impose, need_library, typeset
from guongsang.photos.render import PhotoJob
from guongsang.stories.model import Story

SIZES: Final = ("a4", "a5")
BULLETIN: Final = "ban-tin.typ"
POSTER: Final = "ap-phich.typ"
# Dots an inch: below, a reader sees that a photo is not sharp.
LEAST_DPI: Final = 150


@dataclass(frozen=True, slots=True)
class Press:
    """Where stories and pictures come from. `own` are the newsroom's templates and what they show,
    by name; `find_jobs` returns the pictures of a story."""

    archive: Archive
    find_jobs: Callable[[str], Iterable[PhotoJob]]
    photo_dir: Path
    own: Mapping[str, bytes]
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Printed:
    """`booklet` has the same pages, to be folded; `blurred` are pictures that lack sharpness."""

    pdf: bytes
    pages: int
    blurred: tuple[Blurred, ...]
    booklet: bytes | None = None


def make_bulletin(
    press: Press,
    stories: Sequence[Story],
    *,
    title: str,
    number: str,
    size: str,
    booklet: bool,
) -> Printed:
    """Make a bulletin of at least one public story, in the order given.

    Raises OSError and PaperError; see `typeset`, and "letters" for those that no font has.
    """
    need_library()
    pictures = _open_pictures(press, stories, BULLETIN_WIDTH)
    maker = DataMaker(press.archive, pictures)
    data = compose(maker.make_bulletin(stories, title=title, number=number, size=size))
    _check_letters(data, data["stories"])
    made = typeset(BULLETIN, data, press.own, pictures, least_dpi=LEAST_DPI, workers=press.workers)
    folded = impose(made.pdf, made.pages, size) if booklet else None
    return Printed(made.pdf, made.pages, made.blurred, folded)


def make_poster(press: Press, story: Story) -> Printed:
    """Make a poster of a public story. Raises as `make_bulletin` does."""
    need_library()
    pictures = _open_pictures(press, [story], POSTER_WIDTH)
    data = compose(DataMaker(press.archive, pictures).make_poster(story))
    _check_letters(data, [data["story"]])
    made = typeset(POSTER, data, press.own, pictures, least_dpi=LEAST_DPI, workers=press.workers)
    return Printed(made.pdf, made.pages, made.blurred)


def _open_pictures(press: Press, stories: Iterable[Story], most: int) -> Pictures:
    pictures = Pictures(press.photo_dir, most)
    for story in stories:
        pictures.add(story.slug, press.find_jobs(story.slug))
    return pictures


def _check_letters(data: Mapping[str, Any], stories: Iterable[Mapping[str, Any]]) -> None:
    """Raise PaperError ("letters") with every letter that no font has, and where it stands."""
    rest = {name: value for name, value in data.items() if name not in ("stories", "story")}
    found = list(_find_missing("", rest))
    for story in stories:
        found += _find_missing(f"{story['slug']}: ", story)
    if found:
        raise PaperError("letters", found="; ".join(dict.fromkeys(found)))


def _find_missing(where: str, value: Any) -> Iterator[str]:
    for text, is_slanted in list_texts(value):
        for letter in find_missing_letters(text, is_slanted=is_slanted):
            around = next(word for word in text.split() if letter in word)
            name = unicodedata.name(letter, "")
            yield f"{where}{letter} (U+{ord(letter):04X}{name and f' {name}'}, “{around[:40]}”)"
