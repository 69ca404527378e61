"""A place as printed, taken apart: “bản X, xã Mù Cả, châu Mường Tè, tỉnh Lai Châu”; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from guongsang.registers.model import PLACE_TYPES
from guongsang.text.fold import tone_key

_UNIT_TYPES: Final = {
    tone_key(name): kind for kind, name in PLACE_TYPES.items() if kind not in ("tinh", "thanh-pho")
}
_SHORT: Final = {
    "x": "xã",
    "p": "phường",
    "tt": "thị trấn",
    "h": "huyện",
    "tx": "thị xã",
    "tp": "thành phố",
    "q": "quận",
    "t": "tỉnh",
}
_SHORTENED: Final = re.compile(r"(x|p|tt|h|tx|tp|q|t)\.\s*(?=\w)|(tt|tx|tp)\s+", re.IGNORECASE)
_TYPES: Final = r"xã|phường|thị trấn|đặc khu|tỉnh|thành phố|huyện|thị xã|châu|quận"
_TYPE: Final = re.compile(rf"(?P<type>{_TYPES})\s+(?P<name>.+)", re.IGNORECASE)
_VILLAGE: Final = re.compile(
    r"(?:thôn|bản|làng|xóm|ấp|khu|tổ|tổ dân phố|tiểu khu|buôn|phum)\s", re.IGNORECASE
)
_BREAK: Final = re.compile(rf"[,;(]|\s[-–—]\s(?=(?:{_TYPES})\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """What a unit lies in as printed; `is_province` is None where no type is printed.

    `whole` is what is printed, with its type in words.
    """

    name: str
    is_province: bool | None
    whole: str


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """One way to read a printed place: the unit, what stands before it, and what it lies in.

    `whole` is the unit as printed, with its type in words where one is printed.
    """

    before: tuple[str, ...]
    name: str
    type: str | None
    whole: str
    around: tuple[Around, ...]

    @property
    def province(self) -> str | None:
        """The name of the province, as far as can be told without a register."""
        names = [each.name for each in self.around if each.is_province is not False]
        return names[-1] if names else None


@dataclass(frozen=True, slots=True)
class _Part:
    whole: str
    kind: str | None  # a unit's type, "district", "province", "village"
    name: str


def read_printed(
    as_printed: str, is_name: Callable[[str], bool] = lambda _: False
) -> Iterator[PrintedPlace]:
    """Yield the ways to read a printed place, the likeliest first.

    Where a unit's type is printed there is one. Else each part may be the unit, with all before it
    a village; `is_name` tells that a part is a unit's whole name, though it starts like a village
    or a district: “Bản Hon”. In small letters it is a village.
    """
    parts = [_read_part(text) for text in split_printed(as_printed)]
    typed = next((n for n, part in enumerate(parts) if part.kind in PLACE_TYPES), None)
    if typed is not None:
        yield _reading(parts, typed, parts[typed].name)
        return
    for n, part in enumerate(parts):
        if part.kind is None or (part.whole[0].isupper() and is_name(part.whole)):
            yield _reading(parts, n, part.whole)
        elif part.kind != "village":
            return


def read_district(as_printed: str) -> tuple[Around, ...]:
    """Return what a printed place without a unit lies in: “bản X, huyện Y, tỉnh Z”."""
    parts = [_read_part(text) for text in split_printed(as_printed)]
    while parts and parts[0].kind == "village":
        parts.pop(0)
    return tuple(map(_around, parts))


def split_printed(as_printed: str) -> list[str]:
    parts = (part.strip(" \t)") for part in _BREAK.split(as_printed))
    return [part for part in parts if part]


def _reading(parts: list[_Part], n: int, name: str) -> PrintedPlace:
    kind = parts[n].kind
    before = tuple(part.whole for part in parts[:n])
    around = tuple(map(_around, parts[n + 1 :]))
    kind = kind if kind in PLACE_TYPES else None
    return PrintedPlace(before, name, kind, parts[n].whole, around)


def _around(part: _Part) -> Around:
    if part.kind in ("district", "province"):
        return Around(part.name, part.kind == "province", part.whole)
    return Around(part.whole, None, part.whole)


def _read_part(text: str) -> _Part:
    short = _SHORTENED.match(text)
    long = text
    if short is not None:
        word = _SHORT[(short[1] or short[2]).lower()]
        long = f"{word} {text[short.end() :]}"
    match = _TYPE.fullmatch(long)
    if match is None:
        return _Part(text, "village" if _VILLAGE.match(text) else None, text)
    word = tone_key(match["type"])
    kind = _UNIT_TYPES.get(word) or ("province" if word == tone_key("tỉnh") else "district")
    return _Part(long, kind, match["name"].strip())


_LETTERS: Final = "A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
_PROPER: Final = rf"[{_LETTERS}][\w’'-]*(?:[ ][{_LETTERS}0-9][\w’'-]*){{0,3}}"
_IN_TEXT: Final = re.compile(
    rf"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu) {_PROPER}"
    rf"(?:(?:, | \(| )(?:huyện|thị xã|thành phố|châu|tỉnh) {_PROPER}\)?){{0,2}}"
)


def find_printed(text: str) -> Iterator[str]:
    """Yield the places that a text names with their type: “xã Mù Cả, huyện Mường Tè”."""
    for found in _IN_TEXT.finditer(text):
        yield found[0][0].lower() + found[0][1:].replace(" (", ", ").rstrip(")")
