"""Names of files that some system cannot hold, and what editors cannot see in a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

from guongsang.text.fold import slug

# Windows keeps these for devices, whatever stands behind a dot.
_DEVICES: Final = frozenset(
    [
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"),
    ]
)
_SIGNS: Final = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_BLANK_END: Final = re.compile(r"[ .](?=$)|\s(?=\.[^.]*$)")


def find_unholdable(name: str) -> str | None:
    """Return the part of a name that Windows or git on Windows refuses, None if it is fine there.

    A blank before the ending is refused as well: programs cut it off.
    """
    sign = _SIGNS.search(name) or _BLANK_END.search(name)
    if sign:
        return sign[0]
    first = name.partition(".")[0].rstrip()
    return first if first.lower() in _DEVICES else None


def suggest_name(name: str, taken: Container[str] = frozenset()) -> str:
    """Return a name like this one that every system can hold, and no other file has."""
    stem, dot, ending = name.rstrip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    made = slug(stem) or "tep"
    end = f".{slug(ending)}" if slug(ending) else ""
    if made in _DEVICES:
        made = f"tep-{made}"
    if f"{made}{end}" not in taken:
        return f"{made}{end}"
    return next(found for n in count(2) if (found := f"{made}-{n}{end}") not in taken)


def plain_name(name: str) -> str:
    """Return a name as a reader takes it: letter case, kinds of blank and of coding are one."""
    composed = unicodedata.normalize("NFC", name).casefold()
    return "".join(
        " " if char.isspace() else char for char in composed if unicodedata.category(char) != "Cf"
    )


def show_name(name: str) -> str:
    """Return a name in which everything can be seen: blanks of other kinds by their numbers."""
    return "".join(
        f"(U+{ord(char):04X})"
        if char != " " and unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cf", "Cc")
        else char
        for char in name
    )
