"""What was published: one entry a file, kept outside the site."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from guongsang.publish.listing import read_state
from guongsang.publish.sealed import (
    choose_group,
    pack,
    read_seal,
    read_sealed,
    unpack,
    write_sealed,
)

_PYTHON: Final = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
_HEADER: Final = f"guongsang manifest 5, {_PYTHON}\n".encode()


class Entry(NamedTuple):
    """One published file. `sha256` is empty while the file may be half-way: trust nothing of it.

    `made_from` is the fingerprint of what the file was made from; size and time in nanoseconds
    tell cheaply whether anyone touched the file since.
    """

    sha256: str
    made_from: str
    size: int
    mtime_ns: int

    @property
    def is_trusted(self) -> bool:
        return bool(self.sha256)


# An entry as it is kept.
Values = tuple[str, str, int, int]


UNTRUSTED: Final = Entry("", "", -1, -1)


# Of how many entries a group consists, about.
_GROUP_ENTRIES: Final = 32
# With more in the journal, the whole manifest is written: reading both would be slower.
_MOST_NOTED: Final = 4_000


class Entries(MutableMapping[str, Values]):
    """Entries by address, in groups that are unpacked as somebody looks at one of theirs.

    A small build looks at few of tens of thousands. The checksum of an address tells its group.
    """

    __slots__ = ("_count", "_groups")

    def __init__(self, values: Mapping[str, Values] | None = None) -> None:
        values = values or {}
        groups: list[dict[str, Values]] = [{} for _ in range(len(values) // _GROUP_ENTRIES + 1)]
        for uri, entry in values.items():
            groups[choose_group(uri, len(groups))][uri] = (*entry,)
        self._count = len(values)
        self._groups: list[dict[str, Values] | bytes] = [*groups]

    def __getitem__(self, uri: str) -> Values:
        return self._group(uri)[uri]

    def __contains__(self, uri: object) -> bool:
        return isinstance(uri, str) and uri in self._group(uri)

    def __setitem__(self, uri: str, values: Values) -> None:
        group = self._group(uri)
        self._count += uri not in group
        group[uri] = (*values,)

    def __delitem__(self, uri: str) -> None:
        del self._group(uri)[uri]
        self._count -= 1

    def __iter__(self) -> Iterator[str]:
        for group in self.each_group():
            yield from group

    def __len__(self) -> int:
        return self._count

    def each_group(self) -> Iterator[Mapping[str, Values]]:
        """Yield all entries, some at a time."""
        for group in self._groups:
            yield unpack(group) if isinstance(group, bytes) else group

    def pack(self) -> bytes:
        groups = [each if isinstance(each, bytes) else pack(each) for each in self._groups]
        return pack((self._count, groups))

    def _group(self, uri: str) -> dict[str, Values]:
        at = choose_group(uri, len(self._groups))
        group = self._groups[at]
        if isinstance(group, bytes):
            self._groups[at] = group = unpack(group)
        assert isinstance(group, dict)
        return group


def unpack_entries(kept: bytes | memoryview) -> Entries:
    """Return what `Entries.pack` has packed."""
    entries = Entries()
    entries._count, entries._groups = unpack(kept)
    return entries


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be known once all files are in their place. It stands on the disk already: to keep
    it takes no more room."""

    draft: Path
    target: Path
    stale: tuple[Path, ...]

    def keep(self) -> None:
        """Let it count, in one step: a reader sees the old state or the new one."""
        self.draft.replace(self.target)
        for path in self.stale:
            path.unlink(missing_ok=True)


@dataclass(slots=True)
class Manifest:
    """The published files of one site folder, by address; `was_read` is False on a first build.

    `listing` tells the list that the folder itself has from any other (`publish.listing`): what
    stands in a folder with another list is not known from here. `token` tells this publication from
    any other, for what is remembered of outputs elsewhere. Where few files have changed, a
    journal beside the manifest tells of them: it is read on top of the manifest that it was written
    for, and counts for no other.
    """

    abs_path: Path
    entries: Entries = field(default_factory=Entries)
    was_read: bool = False
    listing: str = ""
    token: str = ""
    _noted: dict[str, Values | None] = field(default_factory=dict)

    def get(self, uri: str) -> Entry | None:
        """Return what is known of a file."""
        values = self.entries.get(uri)
        return None if values is None else Entry._make(values)

    def is_fresh(self, site_dir: Path, uri: str, made_from: str) -> bool:
        """Return whether the published file was made from just this and still stands as written."""
        entry = self.get(uri)
        if entry is None or not entry.is_trusted or entry.made_from != made_from:
            return False
        return _stands(entry, f"{site_dir}/{uri}")

    def is_of(self, site_dir: Path) -> bool:
        """Return whether a folder is of this publication, as far as the folder itself says."""
        return self.was_read and self.listing == read_state(site_dir)

    @property
    def is_doubted(self) -> bool:
        """Whether a publication has begun and not come to its end."""
        return self._abs_doubts.exists()

    def doubt(self, uris: Iterable[str]) -> None:
        """Trust nothing of some files until what was prepared is kept, whatever happens meanwhile.

        Raises OSError.
        """
        write_sealed(self._abs_doubts, _HEADER, pack(list(uris)))

    def prepare(self, entries: Entries, listing: str) -> Prepared:
        """Write all that is to be known of other files. Raises OSError, and all is as it was."""
        self.entries, self.listing, self._noted = entries, listing, {}
        whole = pack((listing, self.token, entries.pack()))
        return self._draft(self.abs_path, whole, (self._abs_journal, self._abs_doubts))

    def prepare_part(
        self, entries: Mapping[str, Entry], gone: Iterable[str], listing: str
    ) -> Prepared:
        """Write what has changed of a few files. Raises OSError, and all is as it was."""
        self.entries.update(entries)
        self._noted |= {uri: (*entry,) for uri, entry in entries.items()}
        for uri in gone:
            self.entries.pop(uri, None)
            self._noted[uri] = None
        if len(self._noted) > _MOST_NOTED:
            return self.prepare(self.entries, listing)
        self.listing = listing
        seal = read_seal(self.abs_path, _HEADER)
        journal = pack((seal, listing, self.token, self._noted))
        return self._draft(self._abs_journal, journal, (self._abs_doubts,))

    def _draft(self, target: Path, kept: bytes, stale: tuple[Path, ...]) -> Prepared:
        draft = self.abs_path.with_suffix(".draft")
        write_sealed(draft, _HEADER, kept)
        return Prepared(draft, target, stale)

    def load(self) -> None:
        """Read what was saved; a file that is missing or damaged counts as none."""
        kept = read_sealed(self.abs_path, _HEADER)
        if kept is None or not self._load_journal():
            return
        listing, token, packed = unpack(kept)
        self.listing, self.token = self.listing or listing, self.token or token
        self.entries = unpack_entries(packed)
        for uri, values in self._noted.items():
            if values is None:
                self.entries.pop(uri, None)
            else:
                self.entries[uri] = values
        self.was_read = True
        if self._abs_doubts.exists():
            doubts = read_sealed(self._abs_doubts, _HEADER)
            doubted = list(self.entries) if doubts is None else unpack(doubts)
            self.entries.update(dict.fromkeys(doubted, UNTRUSTED))

    def _load_journal(self) -> bool:
        """Read what was noted; False where files that it told of would be forgotten."""
        if not self._abs_journal.exists():
            return True
        kept = read_sealed(self._abs_journal, _HEADER)
        if kept is None:
            return False
        seal, listing, token, noted = unpack(kept)
        if seal == read_seal(self.abs_path, _HEADER):
            self.listing, self.token, self._noted = listing, token, noted
        return True

    @property
    def _abs_journal(self) -> Path:
        return self.abs_path.with_suffix(".journal")

    @property
    def _abs_doubts(self) -> Path:
        return self.abs_path.with_suffix(".doubts")


def load_manifest(cache_dir: Path, site_dir: Path) -> Manifest:
    """Load the manifest of a site folder; one that is missing or damaged counts as none."""
    name = hashlib.sha256(str(site_dir.resolve()).encode()).hexdigest()[:12]
    manifest = Manifest(cache_dir / f"published-{name}.bin")
    manifest.load()
    return manifest


def stands_as(entry: Entry, abs_path: Path) -> bool:
    """Return whether the file still has the size and time it was written with."""
    return _stands(entry, str(abs_path))


def find_altered(manifest: Manifest, site_dir: Path) -> list[str] | None:
    """Return the published files that are not there as they were written; None where the folder is
    of another publication, or nothing is known of it."""
    if not manifest.is_of(site_dir):
        return None
    return [
        uri
        for group in manifest.entries.each_group()
        for uri, values in group.items()
        if not values[0] or not _stands(values, f"{site_dir}/{uri}")
    ]


def _stands(values: Values, path: str) -> bool:
    try:
        stat = os.stat(path)  # noqa: PTH116 - tens of thousands of them
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == values[2:]
