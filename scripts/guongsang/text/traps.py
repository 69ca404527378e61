"""Things in a text that no editor sees and every reader may stumble over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.text.fold import nfc, tone_key
from guongsang.text.legacy import find_legacy
from guongsang.text.misread import find_misread
from guongsang.text.syllable import is_syllable
from guongsang.text.usual import USUAL, is_usual, make_shape, shape_of

_MARK: Final = re.compile("[\u0300-\u036f]")
_CLUSTER: Final = re.compile("([^\u0300-\u036f])?([\u0300-\u036f]+)")
# Tone marks, circumflex, breve, horn: what a Vietnamese keyboard types.
_VIETNAMESE_MARKS: Final = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
# Ê Đê and Ba Na write ê̆ ô̆ ơ̆ ư̆, which have no single character.
_HIGHLAND_LETTERS: Final = frozenset("êôơưÊÔƠƯ")
INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufeff\uffa0\ufff9-\ufffd]"
)
_INVISIBLE_RUN: Final = re.compile(rf"({INVISIBLE.pattern})\1*")
# Signs of fonts, and what stands for a letter that was lost: only a person knows what is meant.
FONT_SIGN: Final = re.compile("[\ue000-\uf8ff\ufffd]")
# What takes out all others, unless the text is to be put right first.
_COMMAND: Final = "guongsang fix"
# A no-break space between words; beside a number it is meant ("5 000 đồng").
HARD_SPACE: Final = re.compile("(?<![\\d\\s])[\u00a0\u202f](?![\\d\\s])")
# Fewer in a line are meant: a name that should not be torn apart.
_FEWEST_HARD: Final = 5
# Question marks with letters behind them, up to a space or the end of a sentence: no address.
_RUINED: Final = re.compile(
    r"(?<![^\s(“\"'])(?:[^\W\d_]*\?++[^\W\d_]++)(?:\?++[^\W\d_]++)*+(?![\w=/&?])"
)
# Fewer may be a slip.
_FEWEST_RUINED: Final = 3
_CAPITALS: Final = "".join(
    chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper()
)
_NAME: Final = re.compile(rf"[{_CAPITALS}](?<!\w.)\w*(?: [{_CAPITALS}]\w*)*")
# The rhymes oa, oe, uy at a word's end carry their tone on either letter.
# Both begin with all their first letters, so that a search skips every other one.
_TONE_FIRST: Final = re.compile(
    r"[òóỏõọÒÓỎÕỌùúủũụÙÚỦŨỤ](?:(?<=[òóỏõọÒÓỎÕỌ])[aeAE]|(?<=[ùúủũụÙÚỦŨỤ])[yY])\b"
)
_TONE_LAST: Final = re.compile(r"[oOuU](?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])[ỳýỷỹỵỲÝỶỸỴ])\b")
# Both as signs: a rhyme of two letters, and what is no letter behind it.
_RHYMES: Final = (b"oa ", b"uy ")
_WORD: Final = "".join(char for char in USUAL if char.isalnum() or char == "_")
_FIRST_SHAPE: Final = make_shape(
    {"w": _WORD, "o": "òóỏõọÒÓỎÕỌ", "a": "aeAE", "u": "ùúủũụÙÚỦŨỤ", "y": "yY"}
)
_LAST_SHAPE: Final = make_shape(
    {"w": _WORD, "o": "oO", "a": "àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ", "u": "uU", "y": "ỳýỷỹỵỲÝỶỸỴ"}
)
_TONE: Final = re.compile(f"{_TONE_FIRST.pattern}|{_TONE_LAST.pattern}")
# How people are addressed stands before the name and is no part of it.
_ADDRESS: Final = frozenset(
    {"Ông", "Bà", "Anh", "Chị", "Em", "Cô", "Chú", "Bác", "Cậu", "Cụ", "Già", "Thầy", "Cháu"}
)


# Of one kind in one text: a damaged file must not drown the others, nor take minutes.
_MOST: Final = 200


@dataclass(frozen=True, slots=True, order=True)
class Trap:
    """One finding in a text. `offset` and `length` count code points; `args` fill the message."""

    offset: int
    length: int
    rule: str
    args: tuple[tuple[str, str], ...]


def find_traps(text: str) -> list[Trap]:
    """Return everything the GS6xx rules have against `text`, in order of position."""
    ruined = _find_ruined(text) if "?" in text else []
    if text.isascii():
        return sorted([*find_invisible(text), *ruined])
    usual = is_usual(text)
    traps = [] if usual else _find_marks(text)
    legacy = [
        Trap(
            hit.offset,
            hit.length,
            "GS604" if hit.encoding == "TCVN3" else "GS605",
            (("meant", hit.meant), ("word", hit.word)),
        )
        for hit in find_legacy(text)
    ]
    if not usual:
        misread = [
            Trap(hit.offset, hit.length, "GS610", (("meant", hit.meant), ("word", hit.word)))
            for hit in find_misread(text)
        ]
        # What was read wrongly looks like everything else, and is one problem.
        legacy = [*misread, *(trap for trap in legacy if not _meets(trap, misread))]
        # In TCVN3 the soft hyphen is the letter ư: the encoding is the problem, not the hyphen.
        command = "" if legacy else _COMMAND
        traps += [trap for trap in find_invisible(text, command) if not _lies_in(trap, legacy)]
        traps += _find_hard_spaces(text)
    traps += legacy + ruined
    traps += find_mixed_tone_placement(text)
    return sorted(traps)


def find_invisible(text: str, command: str = _COMMAND) -> list[Trap]:
    """Return GS603 for every character that is not seen but breaks search, links or names.

    Several of one kind in a row are one problem. `command` is what takes them out; "" where nothing
    does.
    """
    found: list[Trap] = []
    for hit in _INVISIBLE_RUN.finditer(text):
        char, at = hit[1], hit.start()
        at += is_meant(text, at)
        if at == hit.end():
            continue
        name = unicodedata.name(char, "PRIVATE USE" if char >= "\ue000" else "CONTROL")
        before = text[max(0, at - 15) : at].rpartition("\n")[2]
        mended = "" if FONT_SIGN.match(char) else command
        code = f"U+{ord(char):04X}"
        args = (("before", before), ("code", code), ("command", mended), ("name", name))
        found.append(Trap(at, hit.end() - at, "GS603", args))
        if len(found) == _MOST:
            break
    return found


def is_meant(text: str, at: int) -> bool:
    """Return whether an invisible character does its work: opens a file, or joins an emoji."""
    return (text[at] == "\ufeff" and at == 0) or (text[at] == "\u200d" and _joins_emoji(text, at))


def find_hard_lines(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield number, from 0, and first offset of lines in which most spaces do not break."""
    for number, line in enumerate(lines):
        if "\u00a0" in line or "\u202f" in line:
            found = [hit.start() for hit in HARD_SPACE.finditer(line)]
            if len(found) >= _FEWEST_HARD and len(found) > line.count(" "):
                yield number, found[0]


def _find_hard_spaces(text: str) -> list[Trap]:
    """Return one GS608 for a text in which words cannot be told apart at a line's end."""
    lines = text.split("\n")
    hard = list(find_hard_lines(lines))
    if not hard:
        return []
    number, column = hard[0]
    offset = sum(len(line) + 1 for line in lines[:number]) + column
    return [Trap(offset, 1, "GS608", (("count", str(len(hard))),))]


def _find_ruined(text: str) -> list[Trap]:
    """Return one GS609 for a text in which letters with marks have become question marks.

    Where a question mark only lacks the space behind it, whole words stand on both sides.
    """
    found = [
        hit
        for hit in _RUINED.finditer(text)
        if not all(map(is_syllable, filter(None, hit[0].split("?"))))
    ]
    if len(found) < _FEWEST_RUINED:
        return []
    args = (("count", str(len(found))), ("word", found[0][0]))
    return [Trap(found[0].start(), len(found[0][0]), "GS609", args)]


def find_mixed_tone_placement(text: str) -> list[Trap]:
    """Return GS606 for each name that the text spells both ways ("Hoà" here, "Hòa" there)."""
    if not (
        _has_rhyme(text, _FIRST_SHAPE, _TONE_FIRST) and _has_rhyme(text, _LAST_SHAPE, _TONE_LAST)
    ):
        return []
    if nfc(text) != text:
        return []
    names = [
        (hit.end(), _without_address(hit[0]))
        for hit in _NAME.finditer(text)
        if _TONE.search(hit[0])
    ]
    whole = {tone_key(name) for _, name in names}
    spellings: dict[str, str] = {}
    found: dict[tuple[str, str], Trap] = {}
    for end, words in names:
        # A sentence lends its first word a capital: "Nhà Lò Văn Hòa".
        rest = words.partition(" ")[2]
        name = rest if rest and tone_key(rest) in whole else words
        first = spellings.setdefault(tone_key(name), name)
        if first.casefold() != name.casefold():
            args = (("first", first), ("name", name))
            trap = Trap(end - len(name), len(name), "GS606", args)
            found.setdefault((first, name.casefold()), trap)
    return list(found.values())


def _has_rhyme(text: str, shape: bytes, pattern: re.Pattern[str]) -> bool:
    signs = shape_of(text, shape)
    if signs is None:
        return pattern.search(text) is not None
    return any(rhyme in signs or signs.endswith(rhyme[:2]) for rhyme in _RHYMES)


def _without_address(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first in _ADDRESS else name


def _find_marks(text: str) -> list[Trap]:
    """Return GS602 for each mark without its letter, and one GS601 for the whole text."""
    lone: list[Trap] = []
    loose: list[tuple[int, str]] = []
    if not _MARK.search(text) and unicodedata.is_normalized("NFC", text):
        return lone
    for hit in _CLUSTER.finditer(text):
        whole = nfc(hit[0])
        left = [mark for mark in whole if "\u0300" <= mark <= "\u036f"]
        if left and _is_lone(whole, left):
            code = f"U+{ord(left[0]):04X}"
            name = unicodedata.name(left[0], "COMBINING MARK")
            args = (("code", code), ("name", name), ("near", _word_around(text, hit.start(2))))
            if len(lone) < _MOST:
                lone.append(Trap(hit.start(2), hit.end() - hit.start(2), "GS602", args))
        elif whole != hit[0]:
            loose.append((hit.start(), hit[0]))
    if unicodedata.is_normalized("NFC", text):
        return lone
    offset, sample = loose[0] if loose else (_first_difference(text), "")
    if lone and not loose:
        return lone
    counted = (("count", str(max(1, len(loose)))), ("near", _word_around(text, offset)))
    return [*lone, Trap(offset, max(1, len(sample)), "GS601", counted)]


def _is_lone(cluster: str, left: list[str]) -> bool:
    base = cluster[0]
    if not base.isalpha():
        return True
    if left == ["\u0306"] and base in _HIGHLAND_LETTERS:
        return False
    return not _VIETNAMESE_MARKS.isdisjoint(left)


def _first_difference(text: str) -> int:
    pairs = zip(text, nfc(text), strict=False)
    return next((at for at, (old, new) in enumerate(pairs) if old != new), 0)


def _word_around(text: str, offset: int) -> str:
    start = max(text.rfind(" ", 0, offset), text.rfind("\n", 0, offset)) + 1
    words = text[start : offset + 20].split(maxsplit=1)
    return words[0] if words else ""


def _joins_emoji(text: str, at: int) -> bool:
    before = text[at - 1] if at else ""
    return before >= "\u2190" and not INVISIBLE.match(before)


def _meets(trap: Trap, spans: list[Trap]) -> bool:
    return any(
        trap.offset < span.offset + span.length and span.offset < trap.offset + trap.length
        for span in spans
    )


def _lies_in(trap: Trap, spans: list[Trap]) -> bool:
    return any(span.offset <= trap.offset < span.offset + span.length for span in spans)
