"""What stands in the store, and how each part of it shows that it is whole.

An answer's id is made of its kind's number and a hash of its key, so that it is found without an
index: ids of one kind follow each other, and those of one of its `BUCKETS` do. The sums of a bucket
prove that a row is missing because it was never written. The hash is salted: two keys that clash
in one store do not in the next.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, Final, NamedTuple
from zlib import crc32

from guongsang.state.errors import DamagedError

DIGEST_BYTES: Final = 16
HASH_BITS: Final = 54
MOST_KINDS: Final = 1 << (63 - HASH_BITS)
_BUCKET_BITS: Final = 6
BUCKETS: Final = 1 << _BUCKET_BITS
_BUCKET_SHIFT: Final = HASH_BITS - _BUCKET_BITS
_CHECK_BYTES: Final = 4
_CHECK_MASK: Final = (1 << 32) - 1
_SUM_LIMIT: Final = 1 << 64

# (kind's number, key) of an answer that differs.
Cause = tuple[int, str]


class Row(NamedTuple):
    """An answer without its value; `digest` is None where only questions about it are known."""

    id: int
    key: str
    digest: bytes | None
    stamp: str | None

    def pack(self) -> tuple[int, bytes, bytes | None, bytes | None]:
        stamp = None if self.stamp is None else encode_key(self.stamp)
        return self.id, encode_key(self.key), self.digest, stamp

    @classmethod
    def unpack(cls, at: int, key: Any, digest: Any, stamp: Any) -> Row:
        return cls(at, _decode(key), digest, None if stamp is None else _decode(stamp))


class Written(NamedTuple):
    """An answer to be written. None for `value` or `asked`: as it stands in the store.

    Without a digest the answer is no more; its row stays for as long as somebody asks for it.
    """

    row: Row
    value: bytes | None
    asked: array[int] | None


@dataclass(slots=True)
class Kind:
    """What is known of one kind of answers besides them; what it has to catch up with, too.

    `each`: number of the kind whose keys it has. `stale`: ids of answers that asked for something
    that differs; where the kind `folds`, with what differs. `new`: keys that have come to `each`.
    `touched`: keys of what was about to be published when the process died. `stamps`: a digest of
    all stamps of an input.
    """

    no: int
    name: str
    each: int | None = None
    folds: bool = False
    stale: dict[int, set[Cause]] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    stamps: str | None = None

    def pack(self) -> bytes:
        stale = [(at, sorted(causes)) for at, causes in sorted(self.stale.items())]
        names = (self.no, self.name, self.each, self.folds, stale)
        return json.dumps([*names, sorted(self.new), sorted(self.touched), self.stamps]).encode()

    @classmethod
    def unpack(cls, packed: bytes) -> Kind:
        no, name, each, folds, stale, new, touched, stamps = json.loads(packed)
        causes = {at: {(kind, key) for kind, key in found} for at, found in stale}
        return cls(no, name, each, folds, causes, set(new), set(touched), stamps)

    def copy(self) -> Kind:
        stale = {at: set(causes) for at, causes in self.stale.items()}
        return replace(self, stale=stale, new=set(self.new), touched=set(self.touched))

    def settled(self) -> Kind:
        """Return it with nothing to catch up with; what was touched stays so."""
        return replace(self, stale={}, new=set())


class Sums:
    """How many rows each bucket of a kind has, and the sum of their seals."""

    __slots__ = ("_counts", "_seals")

    def __init__(self, packed: bytes = bytes(BUCKETS * 16)) -> None:
        numbers = array("Q", packed)
        self._counts, self._seals = numbers[:BUCKETS], numbers[BUCKETS:]

    def pack(self) -> bytes:
        return (self._counts + self._seals).tobytes()

    def add(self, at: int, seal: int, sign: int = 1) -> None:
        bucket = bucket_of(at)
        self._counts[bucket] = (self._counts[bucket] + sign) % _SUM_LIMIT
        self._seals[bucket] = (self._seals[bucket] + sign * seal) % _SUM_LIMIT

    def check_all(self, found: Iterable[tuple[int, int]]) -> None:
        """Compare with all rows of the kind: ids and seals. Raises DamagedError."""
        sums = Sums()
        for at, seal in found:
            sums.add(at, seal)
        if sums.pack() != self.pack():
            raise DamagedError("rows of a kind")

    def check(self, bucket: int, seals: Iterable[int]) -> None:
        """Compare with the rows that were found in a bucket. Raises DamagedError."""
        found = list(seals)
        if (len(found), sum(found) % _SUM_LIMIT) != (self._counts[bucket], self._seals[bucket]):
            raise DamagedError(f"rows of bucket {bucket}")


def digest_of(value: bytes) -> bytes:
    return blake2b(value, digest_size=DIGEST_BYTES).digest()


def hash_key(key: str, salt: bytes) -> int:
    """Return the part of an id that tells the key."""
    hashed = blake2b(encode_key(key), digest_size=8, key=salt).digest()
    return int.from_bytes(hashed, "big") >> (64 - HASH_BITS)


def encode_key(key: str) -> bytes:
    """Return a key as bytes: names of files need not be good UTF-8."""
    return key.encode("utf-8", "surrogatepass")


def _decode(key: bytes) -> str:
    return key.decode("utf-8", "surrogatepass")


def kind_of(at: int) -> int:
    return at >> HASH_BITS


def bucket_of(at: int) -> int:
    return (at >> _BUCKET_SHIFT) % BUCKETS


def ids_of(no: int, bucket: int | None = None) -> tuple[int, int]:
    """Return the first and the last id that a kind, or a bucket of it, can have."""
    if bucket is None:
        return no << HASH_BITS, ((no + 1) << HASH_BITS) - 1
    first = (no << HASH_BITS) + (bucket << _BUCKET_SHIFT)
    return first, first + (1 << _BUCKET_SHIFT) - 1


def seal_row(at: object, key: object, digest: object, stamp: object) -> int:
    """Return the checksum of a row, whatever a damaged file has put into it."""
    return crc32(b"%d %r %r %r" % (at, key, digest, stamp) if type(at) is int else b"")


def pack_edges(at: int, edges: array[int]) -> bytes:
    packed = edges.tobytes()
    return packed + crc32(packed, at & _CHECK_MASK).to_bytes(_CHECK_BYTES, "big")


def unpack_edges(at: int, packed: object) -> array[int]:
    """Return who asked or was asked: ids << 1, odd where only existence counts.

    Raises DamagedError.
    """
    if isinstance(packed, bytes):
        plain = packed[:-_CHECK_BYTES]
        if len(plain) % 8 == 0 and pack_edges(at, edges := array("Q", plain)) == packed:
            return edges
    raise DamagedError(f"questions of {at}")
