"""A text as it is read aloud: all rules in their order, and what they leave unsure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from guongsang.speech.abbreviations import EXPLAINED, learn_abbreviations, make_own_rule
from guongsang.speech.abbreviations import RULES as ABBREVIATIONS
from guongsang.speech.amounts import RULES as AMOUNTS
from guongsang.speech.codes import RULES as CODES
from guongsang.speech.dates import RULES as DATES
from guongsang.speech.rule import Said, Voice, Why
from guongsang.speech.signs import RULES as SIGNS
from guongsang.text.fold import nfc
from guongsang.text.unseen import drop_unseen

# What an earlier rule has read, no later one looks at.
_RULES: Final = (*CODES, *DATES, *AMOUNTS, *ABBREVIATIONS, *SIGNS)
_SENTENCE: Final = re.compile(r"(?:^|[.!?…]\s+|\n\s*)[“\"‘'(«–—-]*\s*$")
_SPACES: Final = re.compile(r"[ \t\u00a0\u202f]+")
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Unsure:
    """A piece of a text that can be read otherwise, as it was `written` and as it is `read`.

    The text that is read has it from `at` on.
    """

    written: str
    read: str
    why: Why
    at: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read aloud, and what in it an announcer should look at before, in the order of the
    text."""

    text: str
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    said: Said


def read_aloud(text: str, own: Mapping[str, str] | None = None, *, words: bool = False) -> Reading:
    """Return how an announcer reads a text without markup.

    `own` are readings by abbreviation, which come before those of the program; behind them come
    those that the text itself explains, “hội người cao tuổi (HNCT)”. With `words` every number is
    in words, else years and short numbers stay digits.
    """
    plain = _SPACES.sub(" ", drop_unseen(nfc(text)))
    voice = Voice(words, {**learn_abbreviations(plain), **(own or {})})
    read, end = "", 0
    unsure: list[Unsure] = []
    for piece in sorted(_find_pieces(plain, voice), key=lambda each: each.start):
        read = _join(read, plain[end : piece.start])
        said = piece.said.text
        begins = _SENTENCE.search(plain[max(0, piece.start - 12) : piece.start])
        if begins and not plain[piece.start].islower():
            said = said[:1].upper() + said[1:]
        start, end = len(read), piece.end
        read = _join(read, said)
        if piece.said.why:
            shown = read[start:]
            at = start + len(shown) - len(shown.lstrip())
            written = plain[piece.start : end].strip()
            unsure.append(Unsure(written, shown.strip(), piece.said.why, at))
    return Reading(_join(read, plain[end:]), tuple(unsure))


def _join(read: str, more: str) -> str:
    """Return both with one space where each has one."""
    return read + (more.lstrip(" ") if read.endswith(" ") else more)


def count_spoken(text: str, own: Mapping[str, str] | None = None) -> int:
    """Return the number of syllables that are heard when a text is read aloud."""
    said = read_aloud(text, own, words=True).text
    return sum(1 for word in re.split(r"[\s-]+", said) if _LETTER.search(word))


def _find_pieces(text: str, voice: Voice) -> Iterator[_Piece]:
    taken = bytearray(len(text) + 1)
    own = [make_own_rule(voice.own)] if voice.own else []
    for rule in (EXPLAINED, *own, *_RULES):
        at = 0
        while match := rule.pattern.search(text, at):
            start, end = match.span()
            at = max(end, start + 1)
            if any(taken[start:end]):
                at = start + 1
                continue
            said = rule.read(match, voice)
            if said is None:
                at = start + 1
                continue
            taken[start:end] = b"\1" * (end - start)
            if isinstance(said, str):
                said = Said(said)
            if voice.words:  # what a table says may have a number: “chuyên khoa 2”
                said = said._replace(text=re.sub(r"\d+", partial(_spell, voice), said.text))
            yield _Piece(start, end, said)


def _spell(voice: Voice, digits: re.Match[str]) -> str:
    return voice.whole(digits[0])
