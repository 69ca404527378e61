"""What the desk page says, in two languages: the table is read here and by the page itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from guongsang.deskpage.asked import RefusedError


@cache
def load_texts() -> Mapping[str, Mapping[str, str]]:
    """Return all texts: by key, then by language."""
    file = Path(__file__).with_name("texts.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def say(key: str, lang: str, **args: object) -> str:
    """Return a text with its arguments. Raises KeyError."""
    return load_texts()[key][lang].format(**args)


def say_refused(error: RefusedError, lang: str) -> str:
    return say(error.reason, lang, **error.args_of_text)
