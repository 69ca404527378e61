"""What a site folder says of itself: which of its files our last publication there consists of.

So a file that is no longer wanted goes whatever became of the memory beside the site, and of
whichever publication the folder is a copy: what is removed follows from the folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Final

# Hidden, so that it is neither served nor uploaded where only what readers need is.
NAME: Final = ".guongsang"
_TITLE: Final = b"guongsang 1"


def render_listing(uris: Iterable[str]) -> bytes:
    """Return the list of these files: equal for equal sites, in whatever order they were made.

    Its first line tells digest and length of the others, each of which is an address.
    """
    listed = "".join(f"{uri}\n" for uri in sorted(uris)).encode()
    digest = hashlib.sha256(listed).hexdigest().encode()
    return b"%s %s %d\n%s" % (_TITLE, digest, len(listed), listed)


def add_to_listing(listing: bytes, uris: Iterable[str]) -> bytes:
    """Return the list with some more files."""
    return render_listing({*_split(listing), *uris})


def tell_listing(listing: bytes) -> str:
    """Return what tells a list from any other; nothing where it is none, or was cut short."""
    first, _, listed = listing.partition(b"\n")
    return _read_first(first, len(listed))


def read_state(site_dir: Path) -> str:
    """Return what tells the list in a folder from any other, without reading all of it."""
    try:
        with (site_dir / NAME).open("rb") as file:
            first = file.readline()
            length = os.fstat(file.fileno()).st_size - len(first)
    except OSError:
        return ""
    return _read_first(first.rstrip(b"\n"), length)


def read_listing(site_dir: Path) -> frozenset[str] | None:
    """Return the files that a folder says are ours; None where it does not say, or not reliably."""
    try:
        listing = (site_dir / NAME).read_bytes()
    except OSError:
        return None
    if not tell_listing(listing):
        return None
    uris = _split(listing)
    is_whole = render_listing(uris) == listing
    return uris if is_whole and all(map(_is_inside, uris)) else None


def _read_first(first: bytes, length: int) -> str:
    title, _, told = first.rpartition(_TITLE)
    digest, _, told_length = told.strip().decode("ascii", "replace").partition(" ")
    return digest if not title and told_length == str(length) else ""


def _split(listing: bytes) -> frozenset[str]:
    return frozenset(listing.decode("utf-8", "replace").split("\n")[1:]) - {""}


def _is_inside(uri: str) -> bool:
    """Whoever wrote the list, nothing outside the folder is removed for it."""
    path = PurePath(uri)
    return not path.anchor and ".." not in path.parts
