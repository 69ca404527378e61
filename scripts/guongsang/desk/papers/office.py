"""What editors make as Word and Excel files: what is made of the stories, and where it goes.

Files go to an-pham/, and into the register of prints, as those for paper do: what was sent cannot
be called back either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from guongsang.archive.archive import Archive
from guongsang.checks.newsroom.unfilled import BLANK_HOST
from guongsang.desk.papers.printed import find_way_out, write_prints
from guongsang.desk.papers.printing import list_addresses
from guongsang.office.errors import OfficeError, need_library
from guongsang.registers.prints import Print, digest_printed
from guongsang.site.showing import Showing, show_newsroom
from guongsang.site.sources.look import FindFolders
from guongsang.stories.model import Story

T = TypeVar("T")


def show_for_office(
    root: Path,
    find_folders: FindFolders,
    find_site_url: Callable[[], str | None],
    make: Callable[[Showing], T],
) -> T:
    """Return what `make` makes of the stories as readers see them.

    A site without an address yet has a blank one. Raises OfficeError ("library") where the extra
    `office` is not installed, and what the other functions raise.
    """
    need_library()
    return show_newsroom(root, find_folders, find_site_url() or f"https://{BLANK_HOST}/", make)


def need_archive(showing: Showing) -> Archive:
    """Return what readers see. Raises OfficeError ("problems") where there is an error."""
    if showing.archive is None:
        raise OfficeError("problems")
    return showing.archive


def write_for_office(
    showing: Showing, name: str, stories: Iterable[Story], files: Mapping[str, bytes]
) -> tuple[str, ...]:
    """Write files and return their paths; `name` is kept in the register of prints with what tells
    the stories, so no slug may stand in it.

    Raises OSError, and OfficeError ("outside") for a link that leads out of the newsroom.
    """
    root = showing.project.root
    if path := find_way_out(root):
        raise OfficeError("outside", path=path)
    told = dict.fromkeys(digest_printed(each) for each in list_addresses(stories))
    return write_prints(root, Print(showing.project.now.date(), name, tuple(told)), files)
