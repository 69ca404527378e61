"""What a word or a number without quotes means, and what other readers would take it for.

Scalars follow the YAML 1.2 core schema, minus its surprises: what YAML 1.1 readers would understand
differently is a problem, never a silent guess. Dates stay text; the schema of each file says what
they mean.
"""

from __future__ import annotations

import datetime as dt
import re

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEAN = {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
# Longer than any null or boolean, a scalar is plain text unless it starts like a number or a day.
LONGEST_WORD = 5
NUMERIC = frozenset("+-0123456789")
_TRAP_BOOLEAN = re.compile(r"yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF")
_TRAP_CLOCK = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_TRAP_OCTAL = re.compile(r"[-+]?0[0-9][0-9_]*")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]{1,2})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt ].*)?")
_PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Also U+0085, U+2028 and U+2029, which some YAML parsers take for line ends and some do not.
UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# Behind a value without quotes: what YAML takes for a comment. Two spaces before it and one behind
# say that it is meant as one.
HASH = re.compile(r"[ \t]+#.*")
_COMMENT = re.compile(r"[ \t]{2,}#(?: .*)?")


def cuts_text(after: str) -> bool:
    """Return whether what stands behind a value looks like more of it that YAML would drop."""
    return HASH.match(after) is not None and _COMMENT.fullmatch(after) is None


def is_plain_text(text: str) -> bool:
    """Return whether `text` without quotes is read as text, and by no tool as anything else."""
    return read_core(text) is text and not any(trap(text) for _, trap in TRAPS)


def is_long_text(text: str) -> bool:
    """Return whether a scalar is text at the first look: neither a word nor a number."""
    return len(text) > LONGEST_WORD and text[0] not in NUMERIC


def read_core(text: str) -> str | int | float | bool | None:
    """Return what the YAML 1.2 core schema reads in a scalar without quotes."""
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def is_day(text: str) -> bool:
    """Return whether a text is a day that there is, such as 2026-05-19, and nothing more."""
    return _PLAIN_DAY.fullmatch(text) is not None and not _is_impossible_day(text)


def _is_impossible_day(text: str) -> bool:
    match = _DAY.fullmatch(text)
    if not match:
        return False
    try:
        dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return True
    return False


TRAPS = (
    ("GS115", _TRAP_BOOLEAN.fullmatch),
    ("GS116", _TRAP_CLOCK.fullmatch),
    ("GS117", _TRAP_OCTAL.fullmatch),
    ("GS123", _is_impossible_day),
)
