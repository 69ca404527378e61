"""The files in which the browser looks terms up: a few shards hold what several years say.

A shard begins with the CRC-32 of all that follows (four bytes, low first), so that the browser can
tell half of one from a whole one. Then comes a row of varints and bytes. For each folded term,
ascending: the gap of its hash (without the low bits, which choose the shard) to the one before; the
number of its forms; for each form the tag (two bytes, low first), the number of bytes of its list,
and the list: the gaps between the numbers of the stories that hold it. The browser's readers are
assets/search/library.js and shards.js.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import groupby
from typing import Final
from zlib import crc32

from guongsang.search.segment import SLOTS, Segment, encode_varint
from guongsang.search.terms import TAG_BITS

# A story of 700 syllables takes about 1.8 kB, so a shard 8 kB, beyond 4,000 stories more.
_STORIES_A_SHARD: Final = 4
_TAG: Final = (1 << TAG_BITS) - 1


def count_shards(stories: int) -> int:
    """Return into how many shards, a power of two, the terms of so many stories go.

    A query of four syllables reads seven: small ones for thin networks, few files for servers.
    """
    shards = 1
    while shards < SLOTS and stories > shards * _STORIES_A_SHARD:
        shards *= 2
    return shards


def digest_shard(digests: Sequence[Sequence[bytes]], shard: int, shards: int, about: str) -> str:
    """Return 8 hex digits for all that is in a shard.

    `digests` are those of the slots of each segment; `about` tells what else decides.
    """
    digest = blake2b(f"{about} {shard} {shards}".encode(), digest_size=4)
    for slots in digests:
        digest.update(b"".join(slots[shard::shards]))
    return digest.hexdigest()


def encode_shard(segments: Sequence[Segment], shard: int, shards: int) -> bytes:
    """Return one shard; stories are numbered on from segment to segment."""
    parts: list[bytes] = []
    before = 0
    lists = _merge_slots(segments, range(shard, SLOTS, shards))
    for hash_, forms in groupby(lists, key=_hash_of):
        told = [
            (key & _TAG).to_bytes(2, "little") + encode_varint(len(numbers)) + numbers
            for key, numbers in forms
        ]
        place = hash_ // shards
        parts += encode_varint(place - before), encode_varint(len(told)), *told
        before = place
    content = b"".join(parts)
    return crc32(content).to_bytes(4, "little") + content


def _hash_of(entry: tuple[int, bytes]) -> int:
    return entry[0] >> TAG_BITS


def _merge_slots(segments: Sequence[Segment], slots: Sequence[int]) -> list[tuple[int, bytes]]:
    """Return each form of a term, ascending, with its whole list, as it stands in a shard."""
    if len(segments) == 1:
        entries = [entry for slot in slots for entry in segments[0].entries(slot)]
        return sorted((key, encode_varint(first) + gaps) for key, first, _, gaps in entries)
    lists: dict[int, bytes] = {}
    ends: dict[int, int] = {}
    start = 0
    for segment in segments:
        for slot in slots:
            for key, first, last, gaps in segment.entries(slot):
                opening = encode_varint(start + first - ends.get(key, 0))
                lists[key] = lists.get(key, b"") + opening + gaps
                ends[key] = start + last
        start += segment.stories
    return sorted(lists.items())
