"""From scratch to the site, by difference.

Everything new is complete in the scratch folder (on the site's own file system) before the first
published file is touched; then files are renamed into place: new ones, changed ones, and last the
removals. So every page is whole at every instant, and what pages link to is there before them.
Where there is no site yet, the whole folder takes its place in one step.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guongsang.addresses import CORRECTIONS, GUIDE, HONOURS, NOMINATE, SEARCH, SECTIONS, YEARS
from guongsang.publish.listing import NAME as LISTING
from guongsang.publish.listing import (
    add_to_listing,
    read_listing,
    read_state,
    render_listing,
    tell_listing,
)
from guongsang.publish.manifest import Entries, Entry, Manifest, Values, stands_as

_OWN_TOPS: Final = frozenset(
    url.rstrip("/")
    for url in (*SECTIONS.values(), YEARS, HONOURS, CORRECTIONS, GUIDE, SEARCH, NOMINATE)
) | {"anh", "the", "tai-nguyen", "am-thanh", "phim", "tep", "du-lieu", "assets"}
# What a disk of its own has at its top from the beginning.
_OF_DISKS: Final = ("lost+found",)
_YEAR: Final = re.compile(r"[0-9]{4}")
_HTML_LAST: Final = (".html",)
_HOME: Final = "index.html"


class ForeignSiteError(Exception):
    """The site folder holds files that no build of ours has made."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did, in numbers of files."""

    added: int
    changed: int
    removed: int
    kept: int

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class _Move:
    uri: str
    staged: Path
    entry: Entry


def check_site_folder(site_dir: Path, manifest: Manifest) -> None:
    """Refuse a folder that is neither empty nor a site of ours.

    Raises ForeignSiteError; hidden entries such as .git do not count.
    """
    if manifest.was_read or not site_dir.is_dir() or read_state(site_dir):
        return
    names = (entry.name for entry in site_dir.iterdir())
    present = [name for name in names if not name.startswith(".") and name not in _OF_DISKS]
    if present and not any((site_dir / "tai-nguyen").glob("site.*.css")):
        raise ForeignSiteError(present[0])


def stage_file(scratch: Path, uri: str, source: Path | bytes, made_from: str) -> Entry:
    """Put one finished file into the scratch folder and return what is to be known of it.

    Raises OSError, for example on a full disk.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    target = os.path.join(scratch, uri)  # noqa: PTH118 - tens of thousands of them
    _make_folder(os.path.dirname(target))  # noqa: PTH120
    stat = _write_file(target, content)
    return Entry(hashlib.sha256(content).hexdigest(), made_from, stat.st_size, stat.st_mtime_ns)


def hash_content(source: Path | bytes) -> str:
    """Return the SHA-256 of a file or of what one is to hold."""
    return hashlib.sha256(source).hexdigest() if isinstance(source, bytes) else _hash_file(source)


def _make_folder(path: str) -> None:
    """Make a folder; nearly always it is new and the only one that is missing."""
    try:
        os.mkdir(path)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103


def _write_file(path: str, content: bytes) -> os.stat_result:
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(content)
        file.flush()
        return os.fstat(file.fileno())


def publish(
    scratch: Path,
    site_dir: Path,
    manifest: Manifest,
    *,
    fresh: Mapping[str, str],
    made_from: Mapping[str, str],
    staged: Mapping[str, Entry] | None = None,
    others: Path | None = None,
) -> Published:
    """Bring the site to the state of scratch plus the `fresh` files that stay as they are.

    `fresh` and `made_from` map addresses to fingerprints: of published files that are up to date,
    and of the files in scratch. `staged` are those that `stage_file` has put there; with a folder
    `others`, which is on the same file system, scratch has no more, and what is in there joins it.
    Raises OSError; what was not yet done is done by the next build, since entries of files about to
    change are marked untrusted first.
    """
    made = _list_made(others or scratch, made_from)
    if others is not None:
        _move_all(scratch, [_Move(uri, others / uri, entry) for uri, entry in made.items()])
    entries = dict(sorted({**(staged or {}), **made}.items()))
    if not fresh and not os.path.lexists(site_dir):
        return _publish_whole(scratch, site_dir, manifest, entries)
    moves, unchanged = _compare(scratch, site_dir, manifest, entries)
    wanted = {*fresh, *unchanged, *(move.uri for move in moves)}
    gone = sorted(_find_own_files(site_dir, manifest, wanted) - wanted)
    before = dict(manifest.entries)
    kept: dict[str, Values] = {uri: before[uri] for uri in fresh} | unchanged
    now = kept | {move.uri: move.entry for move in moves}
    listing = render_listing(now)
    told = tell_listing(listing)
    is_told = manifest.listing == told == read_state(site_dir)
    if now == before and not gone and is_told and manifest.was_read:
        return Published(0, 0, 0, len(now))
    prepared = manifest.prepare(Entries(now), told)
    added = _carry_out(
        site_dir,
        moves,
        gone,
        scratch=scratch,
        manifest=manifest,
        listing=None if is_told else listing,
    )
    prepared.keep()
    return _count(manifest, moves, added, gone)


def publish_part(
    scratch: Path,
    site_dir: Path,
    manifest: Manifest,
    staged: Mapping[str, Entry],
    gone: Iterable[str],
) -> Published:
    """Publish some files, and remove some; all others stay as they are. Raises OSError."""
    moves, unchanged = _compare(scratch, site_dir, manifest, staged)
    gone = sorted(uri for uri in gone if uri in manifest.entries)
    noted = {uri: entry for uri, entry in unchanged.items() if manifest.get(uri) != entry}
    noted |= {move.uri: move.entry for move in moves}
    if not noted and not gone:
        return Published(0, 0, 0, len(manifest.entries))
    listing = None
    if gone or any(uri not in manifest.entries for uri in noted):
        listing = render_listing({*manifest.entries, *noted}.difference(gone))
    told = manifest.listing if listing is None else tell_listing(listing)
    prepared = manifest.prepare_part(noted, gone, told)
    added = _carry_out(site_dir, moves, gone, scratch=scratch, manifest=manifest, listing=listing)
    prepared.keep()
    return _count(manifest, moves, added, gone)


def _carry_out(
    site_dir: Path,
    moves: list[_Move],
    gone: list[str],
    *,
    scratch: Path,
    manifest: Manifest,
    listing: bytes | None,
) -> int:
    """Move files to their place and remove others; return how many were not there before.

    The folder tells of a new file before that is there, and of a removed one until it is gone.
    `listing` is its list at the end, None where that has not changed.
    """
    added = [move for move in moves if not (site_dir / move.uri).is_file()]
    changed = [move for move in moves if (site_dir / move.uri).is_file()]
    manifest.doubt([*(move.uri for move in moves), *gone])
    if listing is not None:
        _place_listing(scratch, site_dir, add_to_listing(listing, gone) if gone else listing)
    _move_all(site_dir, _assets_first(added))
    _move_all(site_dir, _assets_first(changed))
    _remove_all(site_dir, gone)
    if listing is not None and gone:
        _place_listing(scratch, site_dir, listing)
    return len(added)


def _place_listing(scratch: Path, site_dir: Path, listing: bytes) -> None:
    draft = scratch / LISTING
    draft.write_bytes(listing)
    draft.replace(site_dir / LISTING)


def _count(manifest: Manifest, moves: list[_Move], added: int, gone: list[str]) -> Published:
    kept = len(manifest.entries) - len(moves)
    return Published(added, len(moves) - added, len(gone), kept)


def _publish_whole(
    scratch: Path, site_dir: Path, manifest: Manifest, entries: dict[str, Entry]
) -> Published:
    """Make scratch the site. Entries are kept first: without their files none of them counts."""
    listing = render_listing(entries)
    (scratch / LISTING).write_bytes(listing)
    manifest.prepare(Entries(entries), tell_listing(listing)).keep()
    scratch.rename(site_dir)
    return Published(len(entries), 0, 0, 0)


def _list_made(folder: Path, made_from: Mapping[str, str]) -> dict[str, Entry]:
    """Return the files of a folder, each of them read."""
    found = {}
    for uri in _walk(folder):
        abs_path = folder / uri
        stat = abs_path.stat()
        found[uri] = Entry(
            _hash_file(abs_path), made_from.get(uri, ""), stat.st_size, stat.st_mtime_ns
        )
    return found


def _compare(
    scratch: Path, site_dir: Path, manifest: Manifest, entries: Mapping[str, Entry]
) -> tuple[list[_Move], dict[str, Entry]]:
    """Split the staged files into those that differ from the published ones and the others."""
    moves: list[_Move] = []
    unchanged: dict[str, Entry] = {}
    for uri, entry in entries.items():
        if _is_published(manifest.get(uri), site_dir / uri, entry.sha256):
            unchanged[uri] = _stamped(entry, site_dir / uri)
        else:
            moves.append(_Move(uri, scratch / uri, entry))
    return moves, unchanged


def _is_published(entry: Entry | None, abs_path: Path, sha256: str) -> bool:
    if entry is not None and entry.is_trusted and stands_as(entry, abs_path):
        return entry.sha256 == sha256
    return abs_path.is_file() and _hash_file(abs_path) == sha256


def _find_own_files(site_dir: Path, manifest: Manifest, wanted: set[str]) -> set[str]:
    """Return the published files that are ours.

    Where manifest and folder are of one publication, that is what the manifest lists. Else (lost
    cache, folder put back from a copy) it is also what the folder's own list says; a folder without
    one has every file below the top-level folders that a site of ours has: other entries at its top
    are not touched.
    """
    known = set(manifest.entries)
    if not manifest.is_of(site_dir):
        listed = read_listing(site_dir)
        known.update(_list_below_tops(site_dir, wanted) if listed is None else listed)
    return {uri for uri in known if (site_dir / uri).is_file()}


def _list_below_tops(site_dir: Path, wanted: set[str]) -> Iterator[str]:
    tops = {uri.split("/", 1)[0] for uri in wanted if "/" in uri} | _OWN_TOPS
    tops = {top for top in tops if not top.startswith(".")}
    for entry in sorted(site_dir.iterdir()) if site_dir.is_dir() else []:
        if entry.is_dir() and (entry.name in tops or _YEAR.fullmatch(entry.name)):
            yield from (f"{entry.name}/{uri}" for uri in _walk(entry))


def _assets_first(moves: list[_Move]) -> list[_Move]:
    """Order files so that what a page shows is there before it, and home is there last of all.

    New pages lead to each other; as long as no older page leads to them, no reader meets them.
    """
    return sorted(
        moves, key=lambda move: (move.uri.endswith(_HTML_LAST), move.uri == _HOME, move.uri)
    )


def _move_all(site_dir: Path, moves: list[_Move]) -> None:
    for move in moves:
        target = site_dir / move.uri
        _make_room(site_dir, target)
        move.staged.replace(target)


def _make_room(site_dir: Path, target: Path) -> None:
    """Make the folders of a file, also where a file or a folder of the same name is in the way."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for parent in reversed(target.relative_to(site_dir).parents):
            blocking = site_dir / parent
            if blocking.is_file():
                blocking.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)


def _remove_all(site_dir: Path, uris: list[str]) -> None:
    for uri in uris:
        # Where a folder took the place of a file, or a file that of a folder, it is gone already.
        if (site_dir / uri).is_file():
            (site_dir / uri).unlink()
    for folder in dict.fromkeys((site_dir / uri).parent for uri in uris):
        _remove_empty(folder, site_dir)


def _remove_empty(folder: Path, site_dir: Path) -> None:
    while folder != site_dir and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _stamped(entry: Entry, abs_path: Path) -> Entry:
    stat = abs_path.stat()
    return Entry(entry.sha256, entry.made_from, stat.st_size, stat.st_mtime_ns)


def _walk(folder: Path, below: str = "") -> Iterator[str]:
    """Yield the addresses of all files in a folder, in the order of their names."""
    with os.scandir(folder / below) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder, f"{below}{entry.name}/")
        elif entry.is_file():
            yield f"{below}{entry.name}"


def _hash_file(abs_path: Path) -> str:
    with abs_path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
