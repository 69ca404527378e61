"""What was printed: the register of publications, and their files on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from guongsang.registers.paths import PUBLICATIONS
from guongsang.registers.publications import Publication

# Where files to be printed lie; git ignores it.
FOLDER: Final = "an-pham"
POSTER: Final = "ap-phich"
FOLDED: Final = "gap-doi"


def read_publications_file(root: Path) -> str:
    """Return the register of publications; nothing where there is none. Raises OSError."""
    path = root / PUBLICATIONS
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def forget_printed(root: Path, found: Iterable[Publication], slugs: Iterable[str]) -> None:
    """Delete the files of publications, and the posters of stories. Raises OSError."""
    names = [each.name for each in found if each.name != POSTER]
    names += [f"{POSTER}-{slug}" for slug in slugs]
    for name in names:
        for stem in (name, f"{name}-{FOLDED}"):
            (root / FOLDER / f"{stem}.pdf").unlink(missing_ok=True)
