"""What was printed: the register of prints, and their files on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from guongsang.registers.paths import PRINTS
from guongsang.registers.prints import Print

# Where files to be printed lie; git ignores it.
FOLDER: Final = "an-pham"
POSTER: Final = "ap-phich"
FOLDED: Final = "gap-doi"


def read_prints_file(root: Path) -> str:
    """Return the register of prints; nothing where there is none. Raises OSError."""
    path = root / PRINTS
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def forget_printed(root: Path, found: Iterable[Print], slugs: Iterable[str]) -> None:
    """Delete the files of prints, and the posters of stories. Raises OSError."""
    names = [each.name for each in found if each.name != POSTER]
    names += [f"{POSTER}-{slug}" for slug in slugs]
    for name in names:
        for stem in (name, f"{name}-{FOLDED}"):
            (root / FOLDER / f"{stem}.pdf").unlink(missing_ok=True)
