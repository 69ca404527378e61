"""Signs between words."""

from __future__ import annotations

import re
from typing import Final

from guongsang.speech.rule import Rule, Said, Voice, after, before
from guongsang.speech.tables import any_of, table

_SIGNS: Final = table("signs")


def _read_sign(match: re.Match[str], _: Voice) -> str | None:
    sign = match["sign"]
    if sign in "<>≥≤" and not re.match(r"\s?\d", after(match)):
        return None  # a bracket
    return f" {_SIGNS[sign]} "


def _read_stroke(match: re.Match[str], _: Voice) -> Said | str:
    """Read "và/hoặc", "ông/bà"; between numbers one stands upon the other."""
    if re.search(r"\d\s?$", before(match)) and re.match(r"\s?\d", after(match)):
        return " trên "
    if re.search(r"\bvà$", before(match)):
        return " "
    return Said(" hoặc ", "sign")


def _read_tag(match: re.Match[str], _: Voice) -> Said:
    return Said(match["word"], "sign")


def _read_rest(match: re.Match[str], voice: Voice) -> Said:
    """Tell digits that no rule knows."""
    return Said(f" {voice.whole(match[0])} " if voice.words else match[0], "code")


def _leave_out(_: re.Match[str], __: Voice) -> str:
    return ""


RULES: Final = tuple(
    Rule(re.compile(pattern), read)
    for pattern, read in (
        (r"\s?\(\*+\)|(?<=\w)\*+(?=\W|$)", _leave_out),
        (r"(?<![\w&])[#@](?P<word>\w+)", _read_tag),
        (r"(?<=\w)\s?/\s?(?=\w)", _read_stroke),
        (rf"\s?(?P<sign>{any_of(_SIGNS)})\s?", _read_sign),
        (r"\d+", _read_rest),
    )
)
