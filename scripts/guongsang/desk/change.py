"""Fields of an editor's file changed so that everything else stays word for word.

Only the lines of the keys whose values differ are written anew; comments among them move above
their key. The outcome is read again: what does not say exactly what was meant is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final

from guongsang.desk.order import keys_in_order
from guongsang.desk.refuse import RefusedError, refuse_unreadable
from guongsang.problems.problem import Problem
from guongsang.registers.schemas import STORY
from guongsang.stories.source import decode_text, split_story
from guongsang.yamlfile.dump import dump_blocks
from guongsang.yamlfile.outline import KeyLines, outline
from guongsang.yamlfile.parse import YamlText, parse_yaml

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_END: Final = re.compile(r"\r\n|\r|\n")
_BOM: Final = "\ufeff"


class _Removed(Enum):
    REMOVED = "removed"


REMOVED: Final = _Removed.REMOVED
Changes = Mapping[str, object | _Removed]


def change_keys(text: str, changes: Changes, path: str = "") -> str:
    """Return a story's text with some top-level keys of its front matter changed; pure.

    `text` is the whole file as it lies on disk, byte order mark and line ends included. A value is
    what YAML says: text, numbers, booleans, None, lists, mappings; REMOVED takes the key away.
    Equal values change nothing. `path` names the file in messages. Raises RefusedError.
    """
    lines = _split_lines(text)
    split = split_story(_read(text, path), path)
    if isinstance(split, Problem):
        raise refuse_unreadable(split)
    stop = split.body_line - 2
    front = change_mapping(
        "".join(lines[1:stop]), changes, keys_in_order(STORY), path, first_line=split.front_line
    )
    changed = "".join([lines[0], front, *lines[stop:]])
    return changed if changed != text else text


def change_body(text: str, body: str, path: str = "") -> str:
    """Return a story's text with another body; equal words change nothing. Raises RefusedError."""
    split = split_story(_read(text, path), path)
    if isinstance(split, Problem):
        raise refuse_unreadable(split)
    wanted = _END.sub("\n", body)
    if wanted == split.body:
        return text
    lines = _split_lines(text)
    end = _end_of(lines[0])
    head = "".join(lines[: split.body_line - 1])
    if not head.endswith(("\n", "\r")):
        head += end
    if wanted and not wanted.endswith("\n"):
        wanted += "\n"
    return head + wanted.replace("\n", end)


def change_story(text: str, changes: Changes, body: str | None, path: str = "") -> str:
    """Return a story's text with changed keys, and another body if there is one; see both."""
    changed = change_keys(text, changes, path)
    return changed if body is None else change_body(changed, body, path)


def change_mapping(
    text: str, changes: Changes, order: Sequence[str], path: str = "", *, first_line: int = 1
) -> str:
    """Return a YAML mapping with some top-level keys changed, new ones in the order of the schema.

    Of a register's file this is the whole text. Raises RefusedError.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    plain = _END.sub("\n", text.removeprefix(_BOM))
    before = parse_yaml(plain, path, first_line=first_line)
    if not isinstance(before.data, dict):
        raise _refuse(before, path)
    wanted = {key: value for key, value in changes.items() if _differs(before.data, key, value)}
    if not wanted:
        return text
    found = outline(plain)
    if found is None or [each.key for each in found] != list(before.data):
        raise _refuse(before, path)
    changed = _write(_split_lines(text.removeprefix(_BOM)), found, wanted, order)
    _check(before, _END.sub("\n", changed), wanted, path, first_line)
    return mark + changed


def _differs(data: Mapping[str, Any], key: str, value: object) -> bool:
    if value is REMOVED:
        return key in data
    return key not in data or not is_same(data[key], value)


def is_same(one: object, other: object) -> bool:
    """Return whether two values of YAML are one: 1, 1.0 and true are three."""
    return _tell(one) == _tell(other)


def _tell(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _write(lines: list[str], found: list[KeyLines], changes: Changes, order: Sequence[str]) -> str:
    """Return the text with the lines of changed keys replaced, and those of new ones put in."""
    ranks = {key: rank for rank, key in enumerate(order)}
    end = _end_of(lines[0])
    is_open = not lines[-1].endswith(("\n", "\r"))
    if is_open:
        lines = [*lines[:-1], lines[-1] + end]
    blocks = {each.key: each for each in found}
    behind: dict[int, list[str]] = {}
    gone: set[int] = set()
    for key in sorted(changes, key=lambda key: ranks.get(key, len(ranks))):
        value, block = changes[key], blocks.get(key)
        new = [] if value is REMOVED else _dump(key, value)
        if block is not None:
            at = block.first
            new = [*block.comments, *new]
            gone.update(range(block.first, block.last + 1))
        else:
            at = _find_place(key, found, ranks, lines)
        behind.setdefault(at, []).extend(f"{line}{end}" for line in new)
    written: list[str] = []
    for number, line in enumerate([*lines, ""]):
        written += behind.get(number, ())
        if number not in gone:
            written.append(line)
    text = "".join(written)
    return text.removesuffix(end) if is_open else text


def _find_place(key: str, found: list[KeyLines], ranks: Mapping[str, int], lines: list[str]) -> int:
    """Return before which line a new key stands: behind the nearest that comes before it."""
    rank = ranks.get(key, len(ranks))
    earlier = [each for each in found if ranks.get(each.key, len(ranks)) < rank]
    if not earlier:
        at = found[0].first
        while at and lines[at - 1].startswith("#"):
            at -= 1
        return at
    at = max(earlier, key=lambda each: ranks.get(each.key, len(ranks))).last + 1
    while at < len(lines) and re.match(r"[ \t]+#", lines[at]):
        at += 1
    return at


def _dump(key: str, value: object) -> list[str]:
    return dump_blocks({key: value}).rstrip("\n").split("\n")


def _check(before: YamlText, changed: str, changes: Changes, path: str, first_line: int) -> None:
    """Read what was written; it must say what was meant, and nothing else."""
    after = parse_yaml(changed, path, first_line=first_line)
    if not isinstance(after.data, dict):
        raise _refuse(before, path)
    meant = {**before.data, **changes}
    meant = {key: value for key, value in meant.items() if value is not REMOVED}
    wrong = [key for key in changes if _differs_now(after.data, meant, key)]
    if wrong:
        raise RefusedError("value", key=wrong[0], path=path)
    if any(_differs_now(after.data, meant, key) for key in {*meant, *after.data}):
        raise RefusedError("neighbours", keys=", ".join(changes), path=path)
    if after.problems:
        raise refuse_unreadable(after.problems[0])


def _differs_now(data: Mapping[str, Any], meant: Mapping[str, Any], key: str) -> bool:
    return (key in data) != (key in meant) or not is_same(data.get(key), meant.get(key))


def _refuse(before: YamlText, path: str) -> RefusedError:
    return (
        refuse_unreadable(before.problems[0])
        if before.problems
        else RefusedError("style", path=path)
    )


def _read(text: str, path: str) -> str:
    plain = decode_text(text.encode(errors="surrogatepass"), path)
    if isinstance(plain, Problem):
        raise refuse_unreadable(plain)
    return plain


def _split_lines(text: str) -> list[str]:
    """Return the lines with their ends, of which there are three kinds."""
    return _LINE.findall(text)


def _end_of(line: str) -> str:
    found = _END.search(line)
    return found[0] if found else "\n"
