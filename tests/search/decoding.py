"""Read shards as `guongsang.search.shards` describes them."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32


def decode_shard(data: bytes, shard: int, shards: int) -> dict[tuple[int, int], list[int]]:
    """Return the numbers of the stories that hold each form of a term, by its hash and tag."""
    assert int.from_bytes(data[:4], "little") == crc32(data[4:])
    return {
        (hash_ * shards + shard, tag): numbers
        for hash_, tag, numbers in _read_forms(memoryview(data)[4:])
    }


def _read_forms(data: memoryview) -> Iterator[tuple[int, int, list[int]]]:
    hash_ = 0
    while data:
        gap, data = _read_number(data)
        forms, data = _read_number(data)
        hash_ += gap
        for _ in range(forms):
            tag = int.from_bytes(data[:2], "little")
            length, data = _read_number(data[2:])
            yield hash_, tag, list(_read_numbers(data[:length]))
            data = data[length:]


def _read_numbers(data: memoryview) -> Iterator[int]:
    last = 0
    while data:
        gap, data = _read_number(data)
        last += gap
        yield last


def _read_number(data: memoryview) -> tuple[int, memoryview]:
    """Return a LEB128 number, and what follows it."""
    value = 0
    for at, byte in enumerate(data):
        value |= (byte & 127) << 7 * at
        if byte < 128:
            return value, data[at + 1 :]
    raise ValueError
