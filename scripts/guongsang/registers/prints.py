"""What was made to be printed: a register that the program writes, kept in git.

Paper cannot be called back. So that whoever withdraws or has something erased can be told where it
stands, each line keeps the day, what it was, and the digests of the addresses of its stories
and honorees: no name, and no address that holds one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

HEAD: Final = (
    "# Những gì đã làm ra để in: ngày, ấn phẩm, dấu băm địa chỉ của từng bài, từng nhân vật.\n"
    "# Chương trình tự ghi; giữ trong git, đừng sửa tay.\n"
)
_LINE: Final = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) (?P<name>[a-z0-9Q-]+)(?P<digests>(?: [0-9a-f]{32})+)"
)
_DIGITS: Final = 32


@dataclass(frozen=True, slots=True)
class Print:
    """`name` is that of its file in an-pham/ without the ending; a poster's is only its kind."""

    day: dt.date
    name: str
    digests: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{self.name} ({self.day:%d/%m/%Y})"


def digest_printed(address: str) -> str:
    """Return what the register keeps of an address, with or without slashes around."""
    return hashlib.sha256(address.strip("/").encode()).hexdigest()[:_DIGITS]


def read_prints(text: str) -> Iterator[Print]:
    """Yield what the register tells; lines that say something else are passed over."""
    for line in text.split("\n"):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            continue
        try:
            day = dt.date.fromisoformat(match["day"])
        except ValueError:
            continue
        yield Print(day, match["name"], tuple(match["digests"].split()))


def find_prints(text: str, addresses: Iterable[str]) -> list[Print]:
    """Return the prints that show any of the stories and honorees at some addresses."""
    wanted = set(map(digest_printed, addresses))
    return [each for each in read_prints(text) if not wanted.isdisjoint(each.digests)]


def add_print(text: str, made: Print) -> str:
    """Return the register with one more line; the same where it has been made before."""
    for known in read_prints(text):
        if known.name == made.name and set(known.digests) >= set(made.digests):
            return text
    line = f"{made.day.isoformat()} {made.name} {' '.join(made.digests)}\n"
    before = text or HEAD
    return before + ("" if before.endswith("\n") else "\n") + line
