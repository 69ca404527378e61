"""Records added to the registers: everything else in the file stays word for word."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any, Final

from guongsang.desk.change import change_mapping
from guongsang.desk.fix import Mended
from guongsang.desk.order import keys_in_order
from guongsang.desk.refuse import RefusedError, refuse_unreadable
from guongsang.desk.save import open_text
from guongsang.registers.load import FileReading, parse_register
from guongsang.registers.model import Honoree
from guongsang.registers.paths import FOLDER, HONOREES
from guongsang.stories.schema import is_key, suggest_key
from guongsang.stories.source import decode_text
from guongsang.text.fold import fold, slug
from guongsang.yamlfile.dump import dump_blocks

_MOST: Final = 80  # letters of a key


def plan_record(
    root: Path, table: str, record: Mapping[str, Any], *, may_share_name: bool = False
) -> tuple[str, Mended]:
    """Plan a record at the end of a register's table; return its key and the edit.

    `record` has a name, from which the key is made: nobody else may have that name, unless they are
    people. Raises RefusedError.
    """
    path, name = f"{FOLDER}/{table}.yml", str(record.get("name") or "").strip()
    is_new = not (root / path).is_file()
    before = "" if is_new else open_text(root, path)
    reading = _read(before, path)
    if reading.problems and not reading.plain:
        raise refuse_unreadable(reading.problems[0])
    if not is_key(slug(name)):
        raise RefusedError("key", value=name, suggestion=suggest_key(name))
    if not may_share_name:
        same = (key for key, each in reading.records.items() if fold(_name(each)) == fold(name))
        if key := next(same, None):
            raise RefusedError("taken", key=key, path=path)
    key = free_key(slug(name), reading.plain)
    after = _append(before, key, record, path)
    _check(reading, _read(after, path), key)
    return key, Mended(path, before, after, (), is_new=is_new)


def plan_award(root: Path, honoree: str, award: Mapping[str, Any]) -> tuple[str, Mended]:
    """Plan an award in an honoree's record; return its id and the edit.

    `award` is a record of Award without an id. Raises RefusedError.
    """
    path = f"{HONOREES}/{honoree}.yml"
    before = open_text(root, path)
    reading = _read(before, path)
    record = reading.records.get(honoree)
    if not isinstance(record, Honoree):
        raise refuse_unreadable(reading.problems[0])
    stem = "-".join(str(award[key]) for key in ("award", "year") if award.get(key))
    key = free_key(stem, [each.id for each in record.awards])
    known = reading.plain[honoree].get("awards") or []
    awards = [*known, {"id": key, **award}]
    after = change_mapping(before, {"awards": awards}, keys_in_order("honoree"), path)
    _check(reading, _read(after, path), honoree)
    return key, Mended(path, before, after, ())


def free_key(stem: str, used: Mapping[str, Any] | list[str]) -> str:
    """Return a key that is not used: the stem, or the stem with the next number."""
    short = stem[:_MOST].rstrip("-")
    keys = (short if n == 1 else f"{short[: _MOST - 4].rstrip('-')}-{n}" for n in count(1))
    return next(key for key in keys if key not in used)


def _append(text: str, key: str, record: Mapping[str, Any], path: str) -> str:
    """Return a table with one more record at its end, apart from the one before it as those are."""
    end = "\r\n" if "\r\n" in text else "\n"
    made = dump_blocks({key: dict(record)}).replace("\n", end)
    whole = text if not text or text.endswith("\n") else f"{text}{end}"
    apart = end if f"{end}{end}" in text.strip() else ""
    after = f"{whole}{apart}{made}"
    was, now = _read(text, path).plain, _read(after, path).plain
    if now != {**was, key: dict(record)}:
        raise RefusedError("neighbours", keys=key, path=path)
    return after


def _read(text: str, path: str) -> FileReading:
    if not text.strip():
        return FileReading({}, ())
    return parse_register(decode_text(text.encode(), path), path)


def _check(before: FileReading, after: FileReading, key: str) -> None:
    """Refuse a file that has more problems than it had. Raises RefusedError."""
    known = {(each.rule, each.field, each.args) for each in before.problems}
    new = [each for each in after.problems if (each.rule, each.field, each.args) not in known]
    if new:
        raise refuse_unreadable(new[0])
    if key not in after.records:
        raise refuse_unreadable(after.problems[0])


def _name(record: object) -> str:
    return str(getattr(record, "name", ""))
