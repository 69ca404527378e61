"""The tables of the rules, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

_PACKAGE: Final = "guongsang.speech"


@cache
def read_table(name: str) -> Mapping[str, Any]:
    """Return a table of this room by the name of its file."""
    return tomllib.loads(resources.files(_PACKAGE).joinpath(name).read_text("utf-8"))


def table(name: str) -> Mapping[str, str]:
    """Return what is read for each sign of one kind."""
    found: Mapping[str, str] = read_table("tables.toml")[name]
    return found


def words_of(kind: str) -> str:
    """Return a pattern of the words that stand beside numbers and tell `kind`."""
    return "|".join(sorted(read_table("tables.toml")["words"][kind], key=len, reverse=True))


def any_of(signs: Iterable[str]) -> str:
    """Return a pattern of any of some signs, the longest first."""
    return "|".join(map(re.escape, sorted(signs, key=len, reverse=True)))
