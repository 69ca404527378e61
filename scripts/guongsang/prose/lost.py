"""Words of the source that no reader gets: the net below the rules that know a cause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from guongsang.prose.allowed import HTML_TAG
from guongsang.prose.parse import find_fences
from guongsang.prose.source import replace_forbidden

# What is hidden on purpose, or is no text: from the first up to the second.
_SPANS: Final = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))
# Tags, descriptions and addresses of pictures and links, classes, signs of notes, numbers of lists.
_MARKUP: Final = re.compile(
    HTML_TAG + r"|!\[[^\[\]]*\](?=\()"
    r"|(?<=\])\((?:[^()\n]|\n(?!\n)|\([^()\n]*\))*\)"
    r"|\{:[^{}\n]*\}"
    r"|\[\^(?P<note>[^\[\]\n]+)\]:?"
    r"|^[\s>*+-]*\d{1,2}\.(?=\s)",
    re.MULTILINE,
)
# Where a footnote is written: the signs of any other are words that are shown.
_NOTE: Final = re.compile(r"^[ \t]{0,3}\[\^([^\[\]\n]+)\]:", re.MULTILINE)
# In code all is shown as it is.
_CODE: Final = re.compile(
    r"(?<!`)(?P<ticks>`{1,5})(?!`)[^\n`](?:[^\n]{0,500}?[^\n`])?(?P=ticks)(?!`)"
)
_SIGNS: Final = re.compile(r"[<\[\](){}!]|\d{1,2}\.(?=\s)")
_WORD: Final = re.compile(r"[^\W_]+")
_NO_LETTER: Final = re.compile(r"[\W_]+")
# So many letters ahead a word is looked for: what was taken for markup may be shown.
_AHEAD: Final = 400
# And so many if it is found alone, unless it is short: those are everywhere.
_NEAR: Final = 60
_SHORT: Final = 3
# Runs that are looked at again: a file that is all lost needs no more of them.
_MOST_RUNS: Final = 500


def find_lost(body: str, plain: str) -> list[tuple[int, int, str]]:
    """Return line and column, from 1, and words: each run of words of a body that `plain` lacks.

    `plain` is the text of the page. Letters are compared, for signs may stand within words. What is
    no word of the text, such as an address, is not looked for; whether it is shown does not matter.
    """
    shown = _NO_LETTER.sub("", plain)
    found: list[tuple[int, int, str]] = []
    at = 0
    bare = _strip_markup(replace_forbidden(body))
    for number, line in enumerate(bare.split("\n"), start=1):
        text = unescape(line) if "&" in line else line
        letters = _NO_LETTER.sub("", text)
        whole = shown.find(letters, at)
        if whole >= 0:
            at = whole + len(letters)
        elif letters not in shown:
            lost = _Comparison(text, shown, at)
            found += [(number, column, words) for column, words in lost.find_runs()]
            at = lost.at
    return _drop_arrived(found, bare, shown)


def _drop_arrived(
    found: list[tuple[int, int, str]], bare: str, shown: str
) -> list[tuple[int, int, str]]:
    """Return the runs that are shown more seldom than they were typed.

    One word that was found in a wrong place misleads the comparison for a while.
    """
    if not found:
        return found
    typed = _NO_LETTER.sub("", unescape(bare))
    kept: list[tuple[int, int, str]] = []
    for each in found[:_MOST_RUNS]:
        letters = each[2].replace(" ", "")
        if shown.count(letters) < typed.count(letters):
            kept.append(each)
    return kept


class _Comparison:
    """One line with what is shown from a letter on; `at` is how far it leads."""

    def __init__(self, line: str, shown: str, at: int) -> None:
        self._words = [(match.start() + 1, match[0]) for match in _WORD.finditer(line)]
        self._shown, self.at = shown, at

    def find_runs(self) -> Iterator[tuple[int, str]]:
        """Yield column and words of each run that is not shown."""
        run: list[str] = []
        begin = 0
        for index, (column, word) in enumerate(self._words):
            if self._arrives(index):
                if run:
                    yield begin, " ".join(run)
                run = []
            else:
                begin = begin if run else column
                run.append(word)
        if run:
            yield begin, " ".join(run)

    def _arrives(self, index: int) -> bool:
        """Return whether a word comes next, or a little later with the one after it, or alone."""
        word = self._words[index][1]
        after = self._words[index + 1][1] if index + 1 < len(self._words) else ""
        place = self._shown.find(word + after, self.at, self.at + _AHEAD) if after else -1
        if place < 0:
            near = _NEAR if len(word) > _SHORT else len(word)
            place = self._shown.find(word, self.at, self.at + near)
        if place >= 0:
            self.at = place + len(word)
        return place >= 0


def _strip_markup(text: str) -> str:
    """Return a text without what is no word of it; all else stays in its place."""
    fences = find_fences(text)
    for begin, end in _SPANS:
        text = _strip_spans(text, begin, end)
    if fences:
        text = _protect_fences(text, fences)
    if "`" in text:
        text = _CODE.sub(lambda code: _protect(code[0]), text)
    notes = set(_NOTE.findall(text)) if "[^" in text else set()

    def strip(found: re.Match[str]) -> str:
        is_shown = found["note"] is not None and found["note"] not in notes
        return found[0] if is_shown else _blank(found[0])

    return _MARKUP.sub(strip, text)


def _protect_fences(text: str, fences: list[tuple[int, int]]) -> str:
    """Return a text whose code is protected, without the names of its languages."""
    lines = text.split("\n")
    for first, last in fences:
        lines[first] = _blank(lines[first])
        lines[first + 1 : last] = map(_protect, lines[first + 1 : last])
    return "\n".join(lines)


def _protect(code: str) -> str:
    """Return code without the signs that would make markup of it."""
    return _SIGNS.sub(_hide, code)


def _hide(sign: re.Match[str]) -> str:
    return "".join(char if char.isdigit() else "." for char in sign[0])


def _strip_spans(text: str, begin: str, end: str) -> str:
    lower = text.lower() if begin in text.lower() else ""
    parts: list[str] = []
    done = 0
    while lower and (start := lower.find(begin, done)) >= 0:
        stop = lower.find(end, start)
        if stop < 0:
            break
        parts += text[done:start], _blank(text[start : stop + len(end)])
        done = stop + len(end)
    return "".join([*parts, text[done:]])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
