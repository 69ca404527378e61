"""What Word's styles and lists say of a paragraph or a run, with all that they inherit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal
from xml.etree import ElementTree as ET

from guongsang.intake.manuscript import Align
from guongsang.intake.word.ooxml import is_on, to_int, value_of

_MOST_PARENTS: Final = 30  # styles that inherit in a circle
_ALIGNS: Final[dict[str, Align]] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_HEADING: Final = re.compile(r"heading ([1-9])")
_KINDS: Final[dict[str, Literal["title", "subtitle", "caption", "quote", "code"]]] = {
    "title": "title",
    "subtitle": "subtitle",
    "caption": "caption",
    "quote": "quote",
    "intense quote": "quote",
    "block text": "quote",
    "html preformatted": "code",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; None where nothing has been said of it yet."""

    font: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: Literal["", "sup", "sub"] = ""
    hidden: bool = False

    def under(self, properties: ET.Element | None) -> Look:
        """Return the look with what `w:rPr` says of it."""
        if properties is None or not len(properties):
            return self
        fonts = properties.find("w:rFonts")
        font = "" if fonts is None else fonts.get("w:ascii") or fonts.get("w:hAnsi") or ""
        size = to_int(value_of(properties, "w:sz")) / 2
        raised = value_of(properties, "w:vertAlign")
        return Look(
            font or self.font,
            size or self.size,
            _keep(is_on(properties, "w:b"), self.bold),
            _keep(is_on(properties, "w:i"), self.italic),
            _keep(_either(properties, "w:strike", "w:dstrike"), self.struck),
            _RAISED.get(raised, self.raised),
            _keep(is_on(properties, "w:vanish"), self.hidden),
        )


_RAISED: Final[dict[str, Literal["", "sup", "sub"]]] = {
    "superscript": "sup",
    "subscript": "sub",
    "baseline": "",
}


def _keep(said: bool | None, before: bool) -> bool:
    return before if said is None else said


def _either(properties: ET.Element, first: str, second: str) -> bool | None:
    said = is_on(properties, first)
    return said or is_on(properties, second)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said of a whole paragraph. `numbering` is the id of a list and a level in it."""

    look: Look
    align: Align = ""
    level: int = 0
    kind: Literal["", "title", "subtitle", "caption", "quote", "code"] = ""
    numbering: tuple[str, int] | None = None

    def under(self, properties: ET.Element | None) -> Frame:
        """Return the frame with what `w:pPr` says of it."""
        if properties is None:
            return self
        level = value_of(properties, "w:outlineLvl")
        return replace(
            self,
            align=_ALIGNS.get(value_of(properties, "w:jc"), self.align),
            level=_level(level) if level else self.level,
            numbering=_numbering(properties.find("w:numPr"), self.numbering),
        )


def _level(text: str) -> int:
    level = to_int(text, 9)
    return level + 1 if 0 <= level < 9 else 0


def _numbering(
    properties: ET.Element | None, before: tuple[str, int] | None
) -> tuple[str, int] | None:
    if properties is None:
        return before
    number = value_of(properties, "w:numId") or (before[0] if before else "")
    level = value_of(properties, "w:ilvl")
    depth = to_int(level) if level else (before[1] if before else 0)
    return (number, min(max(depth, 0), 8)) if number not in ("", "0") else None


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, tree: ET.Element | None) -> None:
        found = [] if tree is None else tree.findall("w:style")
        self._styles = {each.get("w:styleId", ""): each for each in found}
        self._first = next(
            (
                key
                for key, each in self._styles.items()
                if each.get("w:type") == "paragraph" and each.get("w:default") in ("1", "true")
            ),
            "",
        )
        defaults = None if tree is None else tree.find("w:docDefaults")
        run = None if defaults is None else defaults.find("w:rPrDefault")
        self._defaults = Look().under(None if run is None else run.find("w:rPr"))
        self.frame = lru_cache(maxsize=None)(self._frame)

    def _chain(self, key: str) -> list[ET.Element]:
        """Return a style and all that it is based on, the ground first."""
        chain: list[ET.Element] = []
        while key in self._styles and len(chain) < _MOST_PARENTS:
            style = self._styles[key]
            if style in chain:
                break
            chain.append(style)
            key = value_of(style, "w:basedOn")
        return chain[::-1]

    def _frame(self, key: str) -> Frame:
        """Return what a paragraph's style says; "" is the default one."""
        frame = Frame(self._defaults)
        for style in self._chain(key if key in self._styles else self._first):
            frame = replace(
                frame.under(style.find("w:pPr")), look=frame.look.under(style.find("w:rPr"))
            )
            name = value_of(style, "w:name").lower()
            heading = _HEADING.fullmatch(name)
            if heading:
                frame = replace(frame, level=int(heading[1]))
            frame = replace(frame, kind=_KINDS.get(name, frame.kind))
        return frame

    def look(self, base: Look, properties: ET.Element | None) -> Look:
        """Return the look of a run, of its own style and what is said of it directly."""
        if properties is None:
            return base
        key = value_of(properties, "w:rStyle")
        for style in self._chain(key) if key else []:
            base = base.under(style.find("w:rPr"))
        return base.under(properties)


_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def format_number(number: int, form: str) -> str:
    """Return a number as a list shows it; forms of other scripts are shown as figures."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 9)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    if form == "decimalZero":
        return f"{number:02}"
    return "" if form == "none" else str(number)


@dataclass(slots=True)
class _Level:
    form: str
    text: str
    start: int


class Lists:
    """The lists of a document: what stands before the next paragraph of each."""

    def __init__(self, tree: ET.Element | None) -> None:
        abstracts = [] if tree is None else tree.findall("w:abstractNum")
        self._abstracts = {each.get("w:abstractNumId", ""): each for each in abstracts}
        self._by_style = {value_of(each, "w:styleLink"): each for each in abstracts}
        nums = [] if tree is None else tree.findall("w:num")
        self._nums = {each.get("w:numId", ""): each for each in nums}
        self._levels: dict[tuple[str, int], _Level | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def next_sign(self, number: str, depth: int) -> tuple[str, str] | None:
        """Return the sign of an item and what is to be written before its text; None of no list.

        A sign is "-" or a number; other labels, "a)" or "Điều 2.", are words.
        """
        level = self._level(number, depth)
        if level is None:
            return None
        if level.form == "bullet":
            return "-", ""
        label = self._count(number, depth, level)
        if not label.strip():
            return None
        plain = re.fullmatch(r"(\d{1,9})[.)]?", label.strip())
        return (f"{plain[1]}.", "") if plain else ("", f"{label.strip()} ")

    def _count(self, number: str, depth: int, level: _Level) -> str:
        # Lists made of one description go on counting where the other stopped.
        counts = self._counts.setdefault(self._family(number), [None] * 9)
        before = counts[depth]
        if before is None or self._restarts(number, depth):
            counts[depth] = level.start
        else:
            counts[depth] = before + 1
        counts[depth + 1 :] = [None] * (8 - depth)
        return re.sub(
            r"%([1-9])", lambda sign: self._show(number, counts, int(sign[1]) - 1), level.text
        )

    def _show(self, number: str, counts: list[int | None], depth: int) -> str:
        level = self._level(number, depth)
        if level is None:
            return ""
        count = counts[depth]
        return format_number(level.start if count is None else count, level.form)

    def _restarts(self, number: str, depth: int) -> bool:
        """Return whether a list begins its own count here: once, where it says so."""
        if (number, depth) in self._started:
            return False
        self._started.add((number, depth))
        num = self._nums.get(number)
        overrides = [] if num is None else num.findall("w:lvlOverride")
        return any(
            to_int(each.get("w:ilvl", "")) == depth and each.find("w:startOverride") is not None
            for each in overrides
        )

    def _family(self, number: str) -> str:
        return value_of(self._nums.get(number), "w:abstractNumId")

    def _level(self, number: str, depth: int) -> _Level | None:
        key = (number, depth)
        if key not in self._levels:
            self._levels[key] = self._read_level(number, depth)
        return self._levels[key]

    def _read_level(self, number: str, depth: int) -> _Level | None:
        num = self._nums.get(number)
        found: ET.Element | None = None
        start = ""
        for override in [] if num is None else num.findall("w:lvlOverride"):
            if to_int(override.get("w:ilvl", "")) == depth:
                start = value_of(override, "w:startOverride")
                found = override.find("w:lvl")
        if found is None:
            found = next(self._find_levels(self._abstracts.get(self._family(number)), depth), None)
        if found is None:
            return None
        form = value_of(found, "w:numFmt") or "decimal"
        first = to_int(start or value_of(found, "w:start") or "1", 1)
        return _Level(form, value_of(found, "w:lvlText"), first)

    def _find_levels(self, abstract: ET.Element | None, depth: int) -> Iterator[ET.Element]:
        if abstract is None:
            return
        link = value_of(abstract, "w:numStyleLink")
        source = self._by_style.get(link, abstract) if link else abstract
        for each in source.findall("w:lvl"):
            if to_int(each.get("w:ilvl", "")) == depth:
                yield each
