"""The terms of some stories and which of them hold each: packed, kept until one changes."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import Final

from guongsang.search.terms import TAG_BITS, Vocabulary

# A term's slot is the low bits of its hash; shards are made of whole slots.
SLOTS: Final = 1024
_DIGEST_BYTES: Final = 8
_FEW: Final = 20
_SMALL: Final = [bytes((number,)) for number in range(0x80)]

# The stories that hold one form of a term: its hash and tag (see `Vocabulary`), the first and the
# last of their numbers within the segment, and the varints of the gaps from each to the next.
Entry = tuple[int, int, int, bytes]


@dataclass(frozen=True, slots=True)
class Segment:
    """`slots` are parcels of entries, ascending, opened one at a time; equal ones are equal bytes.

    `digests` tell of each what is in it.
    """

    stories: int
    slots: Sequence[bytes]
    digests: Sequence[bytes]

    def entries(self, slot: int) -> list[Entry]:
        return _open(self.slots[slot])


def build_segment(documents: Iterable[Iterable[str]]) -> Segment:
    """Index some stories, oldest first; each is given as lines of plain text."""
    whole = list(documents)
    empty = Segment(0, [_pack([])] * SLOTS, [])
    return revise_segment(empty, [], dict(enumerate(whole)), len(whole))


def revise_segment(
    segment: Segment,
    places: Sequence[int | None],
    documents: Mapping[int, Iterable[str]],
    stories: int,
) -> Segment:
    """Return what `build_segment` would make of `stories` stories, most of which are known.

    `places` has for each story of `segment` its number now, ascending, None where it is no more the
    same; `documents` are the others by number.
    """
    moved = [old for old, new in enumerate(places) if old != new]
    low, high = (moved[0], moved[-1]) if moved else (len(places), -1)
    fresh: list[list[tuple[int, list[int]]]] = [[] for _ in range(SLOTS)]
    for key, numbers in _find_holders(documents).items():
        fresh[(key >> TAG_BITS) % SLOTS].append((key, numbers))
    # Of those that hold none of a few stories nothing has to be counted again.
    touched = frozenset(moved if len(moved) < _FEW else ())
    slots = []
    for parcel, added in zip(segment.slots, fresh, strict=True):
        entries = _open(parcel)
        kept: dict[int, Entry] = {}
        for entry in entries:
            if (
                entry[1] > high
                or entry[2] < low
                or (touched and touched.isdisjoint(_numbers(entry)))
            ):
                kept[entry[0]] = entry
            elif left := [new for old in _numbers(entry) if (new := places[old]) is not None]:
                kept[entry[0]] = _make_entry(entry[0], left)
        for key, numbers in added:
            before = _numbers(kept[key]) if key in kept else ()
            kept[key] = _make_entry(key, sorted({*before, *numbers}))
        revised = sorted(kept.values())
        slots.append(parcel if revised == entries else _pack(revised))
    return Segment(stories, slots, [blake2b(s, digest_size=_DIGEST_BYTES).digest() for s in slots])


def encode_varint(number: int) -> bytes:
    """Return a number from 0 as LEB128: seven bits a byte, lowest first."""
    if number < 0x80:
        return _SMALL[number]
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def encode_varints(numbers: Sequence[int]) -> bytes:
    """Return numbers from 0, one behind the other."""
    if not numbers or max(numbers) < 0x80:
        return bytes(numbers)
    return b"".join(map(encode_varint, numbers))


def _decode_varints(data: bytes) -> Iterator[int]:
    value = place = 0
    for byte in data:
        value |= (byte & 0x7F) << place
        place += 7
        if byte < 0x80:
            yield value
            value = place = 0


def _open(parcel: bytes) -> list[Entry]:
    entries: list[Entry] = marshal.loads(parcel)  # noqa: S302 - made here
    return entries


def _pack(entries: list[Entry]) -> bytes:
    # Version 2 of the format knows no references, so equal values always give equal bytes.
    return marshal.dumps(entries, 2)


def _make_entry(key: int, numbers: Sequence[int]) -> Entry:
    """Return the entry of ascending numbers."""
    gaps = b""  # most terms are in one story only
    if len(numbers) > 1:
        gaps = encode_varints([after - before for before, after in pairwise(numbers)])
    return key, numbers[0], numbers[-1], gaps


def _numbers(entry: Entry) -> Iterable[int]:
    """Return the numbers of the stories that hold a term."""
    gaps = entry[3]
    return accumulate(gaps if gaps.isascii() else _decode_varints(gaps), initial=entry[1])


def _find_holders(documents: Mapping[int, Iterable[str]]) -> dict[int, list[int]]:
    """Return which documents hold each form of a term; forms that only place the tone mark
    differently are one."""
    vocabulary = Vocabulary()
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, lines in documents.items():
        for term in vocabulary.find_terms(lines):
            holders[term].append(number)
    merged: dict[int, list[int]] = {}
    for key, numbers in zip(vocabulary.hash_terms(holders), holders.values(), strict=True):
        merged[key] = merged[key] + numbers if key in merged else numbers
    return merged
