"""Where the desk page may read and write: in the folders of stories, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from guongsang.deskpage.asked import RefusedError
from guongsang.picture_formats import SUFFIX
from guongsang.stories.scan import INDEX, STORIES
from guongsang.stories.schema import is_key

_YEAR: Final = re.compile(r"[0-9]{4}", re.ASCII)
_PHOTO: Final = re.compile(rf"[^/\\\x00-\x1f:]{{1,120}}\.(?:{SUFFIX})", re.I)


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """A story's folder: that it is below `stories/`, and no link on the way, has been seen."""

    root: Path
    year: str
    slug: str

    @property
    def address(self) -> str:
        return f"{self.year}/{self.slug}"

    @property
    def src_uri(self) -> str:
        return f"{STORIES}/{self.address}/{INDEX}"

    @property
    def folder(self) -> Path:
        return self.root / STORIES / self.year / self.slug

    @property
    def text(self) -> Path:
        return self.folder / INDEX

    def photo(self, name: str) -> Path:
        """Return the path of a picture of the story. Raises RefusedError."""
        if not _PHOTO.fullmatch(name) or name.startswith("."):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-path")
        path = self.folder / name
        if path.is_symlink():
            raise RefusedError(HTTPStatus.FORBIDDEN, "refused-link")
        if not path.is_file():
            raise RefusedError(HTTPStatus.NOT_FOUND, "refused-missing")
        return path


def find_place(root: Path, address: str) -> StoryPlace:
    """Return where the story of an address is, "2026/con-chu". Raises RefusedError.

    An address is made of a year and a key: neither steps upwards, drives nor devices of any system.
    """
    year, _, slug = address.partition("/")
    if not _YEAR.fullmatch(year) or not is_key(slug):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-path")
    place = StoryPlace(root, year, slug)
    for path in (root / STORIES, place.folder.parent, place.folder, place.text):
        if path.is_symlink():
            raise RefusedError(HTTPStatus.FORBIDDEN, "refused-link")
    if not place.text.is_file():
        raise RefusedError(HTTPStatus.NOT_FOUND, "refused-missing")
    return place
