"""The terms of a batch of stories: which of them hold each. Made once, kept until one changes."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from guongsang.search.terms import TAG_BITS, Vocabulary

# A term's slot is the low bits of its hash; shards are made of whole slots.
SLOTS: Final = 1024

# The stories that hold one form of a term: its hash and tag (see `Vocabulary`), the first and the
# last of their numbers within the batch, and the varints of the gaps from each to the next.
Entry = tuple[int, int, int, bytes]


@dataclass(frozen=True, slots=True)
class Segment:
    """`slots` are parcels of entries, opened one at a time."""

    stories: int
    slots: Sequence[bytes]

    def entries(self, slot: int) -> list[Entry]:
        entries: list[Entry] = marshal.loads(self.slots[slot])  # noqa: S302 - made below
        return entries


def build_segment(documents: Iterable[Iterable[str]]) -> Segment:
    """Index a batch of stories, oldest first; each is given as lines of plain text."""
    vocabulary = Vocabulary()
    holders: defaultdict[int, list[int]] = defaultdict(list)
    stories = 0
    for number, lines in enumerate(documents):
        stories = number + 1
        for term in vocabulary.find_terms(lines):
            holders[term].append(number)
    slots: list[list[Entry]] = [[] for _ in range(SLOTS)]
    for key, numbers in _merge_spellings(vocabulary, holders).items():
        gaps = b""  # most terms are in one story only
        if len(numbers) > 1:
            gaps = encode_varints([after - before for before, after in pairwise(numbers)])
        slots[(key >> TAG_BITS) % SLOTS].append((key, numbers[0], numbers[-1], gaps))
    return Segment(stories, [marshal.dumps(entries) for entries in slots])


def encode_varints(numbers: Sequence[int]) -> bytes:
    """Return numbers from 0 as LEB128: seven bits a byte, lowest first."""
    if not numbers or max(numbers) < 0x80:
        return bytes(numbers)
    out = bytearray()
    for number in numbers:
        rest = number
        while rest >= 0x80:
            out.append(rest & 0x7F | 0x80)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def _merge_spellings(vocabulary: Vocabulary, holders: dict[int, list[int]]) -> dict[int, list[int]]:
    """Give forms that only place the tone mark differently one list."""
    merged: dict[int, list[int]] = {}
    for key, numbers in zip(vocabulary.hash_terms(holders), holders.values(), strict=True):
        if key in merged:
            merged[key] = sorted({*merged[key], *numbers})
        else:
            merged[key] = numbers
    return merged
