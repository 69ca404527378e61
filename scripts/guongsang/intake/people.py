"""Whom a story of the past names: those who have to be asked before it is published again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LETTER: Final = "A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
_PART: Final = rf"[{_LETTER}][\w’']*"
_CHILD: Final = ("em", "cháu", "bé", "học sinh")
_ADDRESSES: Final = (
    *("ông", "bà", "anh", "chị", "cô", "chú", "bác", "thầy", "cụ", "già làng", "trưởng bản"),
    *("đồng chí", "nghệ nhân", "bác sĩ", "y sĩ", "thầy giáo", "cô giáo", "bí thư", "bạn"),
    *_CHILD,
)
_NAMED: Final = re.compile(
    rf"(?<!\w)(?P<address>(?i:{'|'.join(sorted(_ADDRESSES, key=len, reverse=True))}))"
    rf" (?P<name>{_PART}(?: {_PART}){{1,4}})"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a text names with an address; `is_child` where that is one for children."""

    name: str
    is_child: bool


def find_people(text: str) -> Iterator[Named]:
    """Yield people by their full names, each once, in the order of the text.

    Only an address before a name tells a person from a place; editors know more.
    """
    found: dict[str, bool] = {}
    for each in _NAMED.finditer(text):
        is_child = each["address"].lower() in _CHILD
        found[each["name"]] = found.get(each["name"], False) or is_child
    yield from (Named(name, is_child) for name, is_child in found.items())
