"""Photos that are dropped on the form: clean, upright and small before they touch a disk."""

from __future__ import annotations

import os
from http import HTTPStatus
from pathlib import PurePath
from typing import Any, Final

from guongsang.deskpage.asked import RefusedError
from guongsang.deskpage.places import StoryPlace
from guongsang.intake.draft import COVER, PHOTO
from guongsang.photos.facts import PhotoFault
from guongsang.photos.take import Taken, take_photo
from guongsang.problems.problem import problem_with

_MOST: Final = 1000  # photos beside one story


def take_in(place: StoryPlace, name: str, content: bytes, lang: str) -> dict[str, Any]:
    """Write a photo beside a story, under a name of its own; return that and its size in pixels.

    All is made in memory: no byte of what was sent is written. Raises RefusedError, OSError.
    """
    taken = read_photo(name, content, lang)
    made = _write_new(place, taken.suffix, taken.content)
    return {"name": made, "width": taken.width, "height": taken.height}


def read_photo(name: str, content: bytes, lang: str) -> Taken:
    """Return a photo clean, upright and small. Raises RefusedError."""
    taken = take_photo(content, PurePath(name.replace("\\", "/")).name[:100] or "?")
    if isinstance(taken, PhotoFault):
        found = problem_with(taken.rule, name, taken.args)
        text = f"{found.message(lang)} {found.hint(lang)}"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-photo", text=text)
    return taken


def _write_new(place: StoryPlace, suffix: str, content: bytes) -> str:
    """Write a file that is whole as soon as it has its name, and that no other has."""
    there = {path.stem.lower() for path in place.folder.iterdir()}
    stems = [COVER, *(f"{PHOTO}-{n}" for n in range(1, _MOST))]
    staged = place.folder / f".{os.getpid()}-{os.urandom(4).hex()}.tmp"
    try:
        staged.write_bytes(content)
        for stem in stems:
            if stem in there:
                continue
            try:
                os.link(staged, place.folder / f"{stem}{suffix}")
            except FileExistsError:
                continue
            except OSError:  # a disk without links: only this tab writes here
                staged.rename(place.folder / f"{stem}{suffix}")
            return f"{stem}{suffix}"
    finally:
        staged.unlink(missing_ok=True)
    raise RefusedError(HTTPStatus.CONFLICT, "refused-many")
