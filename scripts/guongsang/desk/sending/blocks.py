"""Keys at the left margin, each with its lines and the comment above it, merged key by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from guongsang.desk.sending.clash import HEAD, Clash, Piece
from guongsang.yamlfile.dump import dump_blocks
from guongsang.yamlfile.outline import outline
from guongsang.yamlfile.parse import parse_yaml

# Lines before the first key and behind the last: no key is so called.
_TOP: Final = ""
_END: Final = "\n"


def split_blocks(text: str) -> dict[str, str] | None:
    """Return the lines of each top-level key, in order; None where the keys cannot be found.

    Lines before the first key and behind the last have blocks of their own.
    """
    if not text.strip():
        return {_TOP: text}
    found = outline(text)
    if found is None:
        return None
    lines = text.splitlines(keepends=True)
    starts = []
    for each in found:
        start = each.first
        while start and lines[start - 1].startswith("#"):
            start -= 1
        starts.append(start)
    end = found[-1].last + 1
    blocks = {_TOP: "".join(lines[: starts[0]])}
    for each, start, stop in zip(found, starts, [*starts[1:], end], strict=True):
        blocks[each.key] = "".join(lines[start:stop])
    return {**blocks, _END: "".join(lines[end:])}


def take_blocks(base: str, mine: str, keys: frozenset[str]) -> str | None:
    """Return a mapping in which only these keys are as on my side; None where they cannot be
    found."""
    was, here = split_blocks(base), split_blocks(mine)
    if was is None or here is None:
        return None
    blocks = {key: block for key, block in was.items() if key not in keys or key in here}
    order = _order(list(was), list(blocks), [key for key in here if key in keys or key in blocks])
    return "".join(_close((here if key in keys and key in here else blocks)[key]) for key in order)


def merge_keys(base: str, mine: str, theirs: str) -> list[Piece]:
    """Merge three versions of a mapping in block style."""
    split = [split_blocks(text) for text in (base, mine, theirs)]
    if any(each is None for each in split):
        if theirs == base:
            return [mine]
        return [mine if mine == theirs else Clash(HEAD, mine.encode(), theirs.encode())]
    was, here, there = (each or {} for each in split)
    values = [_read_values(text) for text in (base, mine, theirs)]
    kept = {key for key in (*here, *there) if not _is_taken_away(key, was, here, there)}
    pieces: list[Piece] = []
    order = _order(list(was), list(there), list(here))
    for key in (key for key in order if key in kept):
        merged = _merge_block(key, was.get(key), here.get(key), there.get(key), values)
        pieces.append(_close(merged) if isinstance(merged, str) else merged)
    return pieces


def _is_taken_away(
    key: str, was: Mapping[str, str], here: Mapping[str, str], there: Mapping[str, str]
) -> bool:
    """Return whether one side has taken a key away and the other has left it as it was."""
    one, other = here.get(key), there.get(key)
    return (one is None or other is None) and (one or other) == was.get(key)


def _merge_block(
    key: str,
    was: str | None,
    here: str | None,
    there: str | None,
    values: Sequence[Mapping[str, Any]],
) -> Piece:
    if there in (here, was):
        return here or ""
    if here == was:
        return there or ""
    if here is None or there is None:
        return Clash(key, _bytes(here), _bytes(there))
    if key in (_TOP, _END):  # comments and blank lines: both stay
        return here if here.split() == there.split() else there + here
    of_mine, of_theirs = (each.get(key, each) for each in values[1:])
    if here.split() == there.split() or of_mine == of_theirs:
        return here
    return Clash(key, _bytes(here), _bytes(there), _keep_both(key, of_mine, of_theirs))


def _keep_both(key: str, mine: object, theirs: object) -> bytes | None:
    """Return a list with what both sides have in it; other values cannot be two at once."""
    if not isinstance(mine, list) or not isinstance(theirs, list):
        return None
    return dump_blocks({key: [*theirs, *(each for each in mine if each not in theirs)]}).encode()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else _close(text).encode()


def _close(block: str) -> str:
    return block if not block or block.endswith("\n") else f"{block}\n"


def _read_values(text: str) -> Mapping[str, Any]:
    parsed = parse_yaml(text, "")
    return parsed.data if isinstance(parsed.data, dict) else {}


def _order(was: list[str], there: list[str], here: list[str]) -> list[str]:
    """Return the keys of both sides; who alone has moved some is followed."""
    common = [key for key in was if key in there and key in here]
    has_moved_there = [key for key in there if key in common] != common
    first, second = (there, here) if has_moved_there else (here, there)
    if not has_moved_there and [key for key in here if key in common] == common:
        first, second = there, here
    order = [key for key in first if key != _END]
    for at, key in enumerate(second):
        if key in order or key == _END:
            continue
        before = next((each for each in reversed(second[:at]) if each in order), None)
        order.insert(order.index(before) + 1 if before is not None else len(order), key)
    return [*order, *([_END] if _END in (*first, *second) else [])]
