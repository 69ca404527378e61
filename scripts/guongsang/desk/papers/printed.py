"""What was printed: the register of prints, and their files on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from guongsang.desk.write import write_text
from guongsang.registers.paths import PRINTS
from guongsang.registers.prints import Print, add_print
from guongsang.stories.links import judge_way

# Where files to be printed lie; git ignores it.
FOLDER: Final = "an-pham"
POSTER: Final = "ap-phich"
SCRIPT: Final = "phat-thanh"
STORY: Final = "bai"
FOLDED: Final = "gap-doi"
# Made of one story: the name of the file ends with its slug, which the register does not keep.
_OF_STORY: Final = (POSTER, SCRIPT, STORY)
_ENDINGS: Final = (".pdf", ".docx", ".xlsx", ".txt")


def read_prints_file(root: Path) -> str:
    """Return the register of prints; nothing where there is none. Raises OSError."""
    path = root / PRINTS
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def find_way_out(root: Path) -> str | None:
    """Return what of the register and the folder is a link that leads out of the newsroom."""
    for path in (PRINTS, FOLDER):
        if any(each.is_error for each in judge_way(root, path)):
            return path
    return None


def write_prints(root: Path, made: Print, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write files by name, the register first: what was made must not be forgotten.

    What shows no story is not kept there. Returns their paths below the newsroom's folder. Raises
    OSError.
    """
    before = read_prints_file(root)
    after = add_print(before, made) if made.digests else before
    if after != before:
        write_text(root / PRINTS, after)
    (root / FOLDER).mkdir(exist_ok=True)
    for file, content in files.items():
        draft = root / FOLDER / f".{file}.tmp"
        draft.write_bytes(content)
        draft.replace(root / FOLDER / file)
    return tuple(f"{FOLDER}/{file}" for file in files)


def forget_printed(root: Path, found: Iterable[Print], slugs: Iterable[str]) -> None:
    """Delete the files of prints, and those made of single stories. Raises OSError."""
    names = [each.name for each in found if each.name not in _OF_STORY]
    names += [f"{kind}-{slug}" for slug in slugs for kind in _OF_STORY]
    for name in names:
        for stem in (name, f"{name}-{FOLDED}"):
            for ending in _ENDINGS:
                (root / FOLDER / f"{stem}{ending}").unlink(missing_ok=True)
