"""Take out of a text what nobody sees and everybody stumbles over, and lose no word by that."""

from __future__ import annotations

import re
from typing import Final

from guongsang.text.fold import nfc
from guongsang.text.legacy import find_legacy
from guongsang.text.misread import find_misread
from guongsang.text.syllable import is_syllable
from guongsang.text.traps import FONT_SIGN, HARD_SPACE, INVISIBLE, find_hard_lines, is_meant

# A word with what is hidden in it or beside it.
_RUN: Final = re.compile(rf"(?:[^\W\d_]|{INVISIBLE.pattern})+")
_LINE_ENDS: Final = "\u2028\u2029"


def drop_unseen(text: str) -> str:
    """Return a text without invisible characters; one that stood for a space becomes one.

    A text in an old encoding stays as it is, and one that was read in a wrong one: there a soft
    hyphen is a letter, and a control character a part of one.
    """
    if not INVISIBLE.search(text) or find_legacy(nfc(text)) or find_misread(text):
        return text
    return _RUN.sub(_join_run, text)


def soften_spaces(text: str) -> str:
    """Return a text with ordinary spaces in lines where nearly all of them were no-break spaces."""
    lines = text.split("\n")
    for number, _ in find_hard_lines(lines):
        lines[number] = HARD_SPACE.sub(" ", lines[number])
    return "\n".join(lines)


def _join_run(run: re.Match[str]) -> str:
    parts = [""]
    for at, char in enumerate(run[0], start=run.start()):
        if not INVISIBLE.match(char) or FONT_SIGN.match(char) or is_meant(run.string, at):
            parts[-1] += char
        elif char in _LINE_ENDS:
            parts[-1] += " "
        else:
            parts.append("")
    whole, words = "".join(parts), [part for part in parts if part]
    if len(words) > 1 and not is_syllable(whole) and all(map(is_syllable, words)):
        return " ".join(words)
    return whole
