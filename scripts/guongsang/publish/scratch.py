"""An empty folder for what is yet to be published: files move from there into the site."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

_INSIDE: Final = ".guongsang.tmp"
_PROBE: Final = ".guongsang.thu"


def make_scratch(site_dir: Path) -> Path:
    """Make an empty folder on the disk of the site.

    That is beside the site, or inside where the site is on a disk of its own (a container's volume,
    a network share) or nothing can be put beside it. Raises OSError where nothing can be moved into
    the site; nothing of it has changed then.
    """
    beside = site_dir.parent / f".{site_dir.name}.guongsang"
    inside = site_dir / _INSIDE
    for left in (beside, inside):
        shutil.rmtree(left, ignore_errors=True)
    try:
        return _try_scratch(beside, site_dir)
    except OSError:
        if not site_dir.is_dir():
            raise
    return _try_scratch(inside, site_dir)


def _try_scratch(scratch: Path, site_dir: Path) -> Path:
    """Make the folder, and see whether a file moves from there into the site."""
    scratch.mkdir(parents=True)
    try:
        if site_dir.is_dir():
            probe = scratch / _PROBE
            probe.touch()
            probe.replace(site_dir / _PROBE)
            (site_dir / _PROBE).unlink()
    except OSError:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return scratch


def remove_scratch(scratch: Path) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
