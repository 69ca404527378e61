"""UTF-8 that was read as Windows-1252 or Latin-1 and saved again: "BÃ con" for "Bà con"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from guongsang.text.syllable import is_syllable

# What Windows-1252 makes of the bytes from 0x80 to 0xBF; five of them it leaves as they are.
_BYTES: Final = {
    bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)
} | {chr(byte): byte for byte in range(0x80, 0x100)}
_LATER: Final = "".join(sorted({char for char, byte in _BYTES.items() if byte < 0xC0}))
# All Vietnamese letters have two or three bytes, and begin with one of these. The no-break space,
# second byte of "à", often became a space on the way.
_LETTER: Final = rf"(?:[ÃÄÅÆ][{_LATER}]|á[º»][{_LATER}])"
_SIGN: Final = re.compile(_LETTER)
_LOST_SPACE: Final = re.compile(r"Ã(?=[ \n]|\Z)")
_RUN: Final = re.compile(rf"(?:[Â-ß][{_LATER}]|[à-ï][{_LATER}]{{2}})+")
_WORD: Final = re.compile(rf"(?:[A-Za-z]|{_LETTER}|Ã(?= |\Z))+")
# In good text such signs meet by accident: «lá»…
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Misread:
    """A line that was read wrongly. `offset` and `length` in code points.

    `word` is the first telling word, `meant` what it stands for.
    """

    offset: int
    length: int
    word: str
    meant: str


def find_misread(text: str) -> list[Misread]:
    """Return one finding for each line in which several letters were read as two or three."""
    if not _SIGN.search(text):
        return []
    found: list[Misread] = []
    offset = 0
    for line in text.split("\n"):
        found += _find_in_line(line, offset)
        offset += len(line) + 1
    return found


def decode_misread(text: str) -> str:
    """Return misread text as it was meant; what is none stays."""
    return _RUN.sub(_decode_run, _LOST_SPACE.sub("Ã\u00a0", text))


def _find_in_line(line: str, offset: int) -> list[Misread]:
    if len(set(_SIGN.findall(line))) < _FEWEST:
        return []
    telling = [
        (word, meant)
        for word in _WORD.finditer(line)
        if (meant := decode_misread(word[0]).rstrip("\u00a0")) != word[0] and is_syllable(meant)
    ]
    if len(telling) < _FEWEST:
        return []
    start = next(at for at, char in enumerate(line) if not char.isascii())
    # A message shows a word that can be seen whole, if there is one.
    word, meant = next((pair for pair in telling if pair[0][0].isprintable()), telling[0])
    return [Misread(offset + start, len(line) - start, word[0], meant)]


def _decode_run(run: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[char] for char in run[0]).decode()
    except UnicodeDecodeError:
        return run[0]
