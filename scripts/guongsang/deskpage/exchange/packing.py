"""A story as one file for mail, made and taken in."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from guongsang.desk.arrivals.pack import pack_story
from guongsang.desk.arrivals.unpack import read_pack, write_pack
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.deskpage.asked import Asked, Reply, refuse_write
from guongsang.deskpage.places import find_place
from guongsang.deskpage.texts import say
from guongsang.stories.scan import STORIES

_KIND: Final = "application/zip"


class Packing:
    """Answers what the page asks about packages."""

    def __init__(self, root: Path, lang: str) -> None:
        self.root, self.lang = root, lang

    def make(self, asked: Asked) -> Reply:
        """Send a story with its photos and the records that it names."""
        place = find_place(self.root, asked.query.get("story", ""))
        try:
            return Reply(pack_story(self.root, place.src_uri), _KIND)
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None

    def take(self, asked: Asked) -> Reply:
        """Take in a package, whose bytes are all that the request brings."""
        name = PurePosixPath(asked.query.get("name", "?").replace("\\", "/")).name[:100] or "?"
        try:
            done = write_pack(self.root, read_pack(asked.body, name))
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None
        both = (("pack-added", done.added), ("pack-others", done.others))
        notes = [say(key, self.lang, what=", ".join(what)) for key, what in both if what]
        return Reply.of({"address": done.path.removeprefix(f"{STORIES}/"), "notes": notes})
