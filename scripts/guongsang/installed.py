"""Which packages are installed, told by the names of the records that installers leave.

They are `name-version.dist-info` (PyPA: Recording installed projects). To load `importlib.metadata`
and have it parse what is in them takes longer than to look at ten thousand stories.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

_RECORDS = (".dist-info", ".egg-info")


def list_records() -> tuple[tuple[str, str], ...]:
    """Return (name, record) of all packages on the path, names in lower case with hyphens."""
    return _list_records(tuple(sys.path))


def find_version(name: str) -> str:
    """Return the version of a package. Raises `importlib.metadata.PackageNotFoundError`."""
    for known, record in list_records():
        version = record.rpartition(".")[0].partition("-")[2]
        if known == name and version and record.endswith(".dist-info"):
            return version
    # In an archive, or installed in another way.
    from importlib.metadata import version as read_version  # noqa: PLC0415

    return read_version(name)


@cache
def _list_records(folders: Iterable[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for folder in folders:
        with suppress(OSError):  # an archive, or not there
            names = (path.name for path in Path(folder or ".").iterdir())
            records = sorted(name for name in names if name.endswith(_RECORDS))
            found += [(each.partition("-")[0].lower().replace("_", "-"), each) for each in records]
    return tuple(found)
