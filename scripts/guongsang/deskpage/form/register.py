"""Somebody new gets a record in the register of honorees."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any, Final

from guongsang.desk.save import replace_text
from guongsang.deskpage.asked import RefusedError
from guongsang.problems.problem import Problem
from guongsang.registers.load import parse_register
from guongsang.registers.model import Honoree
from guongsang.registers.paths import HONOREES
from guongsang.stories.schema import is_key
from guongsang.text.fold import slug
from guongsang.yamlfile.dump import dump_blocks

# What a story says of somebody that belongs to the record as well, in its order.
_KEYS: Final = ("kind", "name", "called", "gender", "born", "died", "minor", "ethnic_group")


def register_honoree(root: Path, told: Mapping[str, Any], lang: str) -> tuple[str, Honoree]:
    """Write the record of somebody whom a story names; return the key and the record.

    Raises RefusedError, what `replace_text` raises, OSError.
    """
    record = {key: told[key] for key in _KEYS if told.get(key) not in (None, "", False)}
    key = _find_key(root, str(record.get("name", "")))
    path = f"{HONOREES}/{key}.yml"
    text = dump_blocks(record)
    reading = parse_register(text, path)
    honoree = reading.records.get(key)
    if not isinstance(honoree, Honoree) or reading.problems:
        raise RefusedError(
            HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=_say(reading.problems[0], lang)
        )
    replace_text(root, path, None, text)
    return key, honoree


def _find_key(root: Path, name: str) -> str:
    """Return a key that nobody has: another person of a name is another person."""
    stem = slug(name)
    if not is_key(stem):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-name")
    keys = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
    return next(key for key in keys if not (root / HONOREES / f"{key}.yml").exists())


def _say(found: Problem, lang: str) -> str:
    return f"{found.message(lang)} {found.hint(lang)}"
