"""Photos that are dropped on the form: clean, upright and small before they touch a disk."""

from __future__ import annotations

import os
import shutil
from http import HTTPStatus
from pathlib import Path, PurePath
from typing import Any, Final

from guongsang.deskpage.asked import RefusedError
from guongsang.deskpage.form.kept import FOLDER
from guongsang.deskpage.places import StoryPlace
from guongsang.intake.draft import COVER, PHOTO
from guongsang.photos.facts import PhotoFault
from guongsang.photos.take import Taken, take_photo
from guongsang.problems.problem import problem_with
from guongsang.site.sources.project import CACHE

_MOST: Final = 1000  # photos beside one story
_STAGED: Final = ".photo"


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
    """Write a file that is whole as soon as it has its name, and that no other has.

    Until then it is in the cache: who is killed leaves nothing among the stories.
    """
    there = {path.stem.lower() for path in place.folder.iterdir()}
    stems = [COVER, *(f"{PHOTO}-{n}" for n in range(1, _MOST))]
    staged = place.root / CACHE / FOLDER / f"{os.urandom(8).hex()}{_STAGED}"
    staged.parent.mkdir(parents=True, exist_ok=True)
    try:
        staged.write_bytes(content)
        for stem in stems:
            if stem not in there and _give_name(staged, place.folder / f"{stem}{suffix}"):
                return f"{stem}{suffix}"
    finally:
        staged.unlink(missing_ok=True)
    raise RefusedError(HTTPStatus.CONFLICT, "refused-many")


def _give_name(staged: Path, target: Path) -> bool:
    """Give a whole file its name, if no other has it."""
    try:
        os.link(staged, target)
    except FileExistsError:
        return False
    except OSError:  # a disk without links, or another disk: only this tab writes here
        beside = target.with_name(f".{staged.name}")
        shutil.copyfile(staged, beside)
        beside.rename(target)
    return True


def remove_staged(root: Path) -> None:
    """Remove what a run that was killed has left in the cache; it was never part of a story."""
    for path in (root / CACHE / FOLDER).glob(f"*{_STAGED}"):
        path.unlink(missing_ok=True)
