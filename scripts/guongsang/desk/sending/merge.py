"""Three versions of a file become one: what only one side has changed is taken from that side.

Front matter and registers are compared key by key, a text paragraph by paragraph. Where both sides
have changed one part, both versions are kept beside each other until somebody has chosen. No mark
of a merge is ever written into a text.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from guongsang.problems.problem import Problem
from guongsang.registers.paths import LEDGER
from guongsang.stories.source import split_story
from guongsang.yamlfile.dump import dump_blocks
from guongsang.yamlfile.outline import outline
from guongsang.yamlfile.parse import parse_yaml

BODY: Final = "body"
FILE: Final = "file"
HEAD: Final = "head"  # a front matter or a register of which the keys cannot be found
# Lines before the first key and behind the last: no key is so called.
_TOP: Final = ""
_END: Final = "\n"
Choice = Literal["mine", "theirs", "both"]
CHOICES: Final = ("mine", "theirs", "both")


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that both sides have changed; None where a side has taken it away.

    `part` is a key, or BODY, HEAD, FILE; `both` is what stands there if both are kept.
    """

    part: str
    mine: bytes | None
    theirs: bytes | None
    both: bytes | None = None

    @property
    def id(self) -> str:
        """What tells this very question from others: a choice never meets another text."""
        texts = (repr((self.part, self.mine, self.theirs))).encode()
        return hashlib.sha256(texts).hexdigest()[:20]

    @property
    def choices(self) -> tuple[Choice, ...]:
        return ("mine", "theirs") if self.both is None else ("mine", "theirs", "both")

    def choose(self, choice: Choice) -> bytes | None:
        return {"mine": self.mine, "theirs": self.theirs, "both": self.both}[choice]


@dataclass(frozen=True, slots=True)
class Merge:
    """What became of three versions: texts, and between them what is still to be chosen."""

    pieces: tuple[bytes | Clash | None, ...]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(each for each in self.pieces if isinstance(each, Clash))

    def resolve(self, choices: Mapping[str, Choice]) -> bytes | None:
        """Return the file, None where it goes. Raises KeyError for what nobody has chosen."""
        parts = [
            each.choose(choices[each.id]) if isinstance(each, Clash) else each
            for each in self.pieces
        ]
        return None if parts == [None] else b"".join(part or b"" for part in parts)


def merge_file(path: str, base: bytes | None, mine: bytes | None, theirs: bytes | None) -> Merge:
    """Merge three versions of a file, None where there is none; pure."""
    if theirs in (mine, base):
        return Merge((mine,))
    if mine == base:
        return Merge((theirs,))
    if mine is None or theirs is None:
        return Merge((Clash(FILE, mine, theirs),))
    texts = [_decode(each) for each in (base or b"", mine, theirs)]
    if any(text is None for text in texts) or not path.endswith((".md", ".yml", ".txt")):
        return Merge((Clash(FILE, mine, theirs),))
    of_base, of_mine, of_theirs = (text or "" for text in texts)
    pieces = _merge_text(path, of_base, of_mine, of_theirs)
    return Merge(tuple(_encode(pieces, "\r\n" if b"\r\n" in mine else "\n")))


Piece = str | Clash


def _merge_text(path: str, base: str, mine: str, theirs: str) -> list[Piece]:
    if path == LEDGER:
        return [merge_lines(base, mine, theirs)]
    if path.endswith(".yml"):
        return _merge_keys(base, mine, theirs)
    if not path.endswith(".md"):
        return [Clash(FILE, mine.encode(), theirs.encode())]
    halves = [_halve(text) for text in (base, mine, theirs)]
    heads, bodies = zip(*halves, strict=True)
    if any(heads) and not all(heads[1:]):
        return [Clash(FILE, mine.encode(), theirs.encode())]
    front = _merge_keys(*heads) if any(heads) else []
    fence = ["---\n"] if any(heads) else []
    return [*fence, *front, *fence, *_merge_body(*bodies)]


def _halve(text: str) -> tuple[str, str]:
    split = split_story(text, "")
    return ("", text) if isinstance(split, Problem) else (split.front, split.body)


def _decode(raw: bytes) -> str | None:
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encode(pieces: Sequence[Piece], end: str) -> list[bytes | Clash | None]:
    def one(raw: bytes | None) -> bytes | None:
        return raw.replace(b"\n", end.encode()) if raw and end != "\n" else raw

    return [
        Clash(each.part, one(each.mine), one(each.theirs), one(each.both))
        if isinstance(each, Clash)
        else one(each.encode())
        for each in pieces
        if each != ""
    ] or [b""]


# Lines: an address in the ledger stands for itself.


def merge_lines(base: str, mine: str, theirs: str) -> str:
    """Merge lists of lines: what either side has added is there, what either took away is not."""
    was, here = base.split("\n"), mine.split("\n")
    gone = set(was) - set(here)
    there = theirs.split("\n")
    known = {*was, *there}
    added = [line for line in dict.fromkeys(here) if line and line not in known]
    kept = "\n".join(line for line in there if line not in gone or not line)
    if added and kept and not kept.endswith("\n"):
        kept += "\n"
    return kept + "".join(f"{line}\n" for line in added)


# Keys at the left margin, each with its lines and the comment above it.


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


def _merge_keys(base: str, mine: str, theirs: str) -> list[Piece]:
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


# Paragraphs.


def _merge_body(base: str, mine: str, theirs: str) -> list[Piece]:
    was, here, there = (_split_paragraphs(text.lstrip("\n")) for text in (base, mine, theirs))
    changes = sorted(
        [(*each, 0) for each in _find_changes(was, here)]
        + [(*each, 1) for each in _find_changes(was, there)],
        key=lambda change: (change[0], change[1]),
    )
    pieces: list[Piece] = []
    at = 0
    above = mine[: len(mine) - len(mine.lstrip("\n"))]
    for first, last, group in _group(changes):
        pieces += was[at:first]
        own = [
            _apply(
                was, [each for each in group if each[4] == side], (here, there)[side], first, last
            )
            for side in (0, 1)
        ]
        sides = {each[4] for each in group}
        if len(sides) == 1:
            pieces += own[sides.pop()]
        elif [part.strip() for part in own[0]] == [part.strip() for part in own[1]]:
            pieces += own[0]
        else:
            both = [*own[1], *own[0]] if all(own) else []
            texts = ["".join(map(_end_paragraph, part)).encode() or None for part in (*own, both)]
            pieces.append(Clash(BODY, *texts))
        at = last
    pieces += was[at:]
    return [above, *_join_paragraphs(pieces)]


_Change = tuple[int, int, int, int, int]


def _find_changes(was: list[str], now: list[str]) -> list[tuple[int, int, int, int]]:
    """Return what differs: first and last in `was`, first and last in `now`."""
    strip: Callable[[str], str] = str.strip
    matcher = SequenceMatcher(None, [*map(strip, was)], [*map(strip, now)], autojunk=False)
    return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _group(changes: Sequence[_Change]) -> list[tuple[int, int, list[_Change]]]:
    """Put changes of both sides together that touch the same paragraphs, or one point."""
    groups: list[tuple[int, int, list[_Change]]] = []
    for change in changes:
        first, last = change[:2]
        if groups:
            low, high, group = groups[-1]
            is_point = first == last == low == high
            if is_point or first < high:
                groups[-1] = (low, max(high, last), [*group, change])
                continue
        groups.append((first, last, [change]))
    return groups


def _apply(
    was: list[str], changes: Sequence[_Change], now: list[str], first: int, last: int
) -> list[str]:
    """Return the paragraphs of a range as one side has them."""
    parts: list[str] = []
    at = first
    for low, high, start, stop, _ in changes:
        parts += was[at:low] + now[start:stop]
        at = high
    return parts + was[at:last]


def _split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs, each with the blank lines behind it; together they are the text."""
    parts: list[str] = []
    has_words, is_over = False, True
    for line in text.splitlines(keepends=True) if text else []:
        is_blank = not line.strip()
        if is_over and not is_blank and (has_words or not parts):
            parts.append("")
            has_words = False
        elif not parts:
            parts.append("")
        parts[-1] += line
        has_words = has_words or not is_blank
        is_over = is_blank
    return parts


def _end_paragraph(text: str) -> str:
    """Return a paragraph that others may follow."""
    bare = text.rstrip("\n")
    return text if text.endswith("\n\n") else f"{bare}\n\n"


def _join_paragraphs(pieces: Sequence[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for at, each in enumerate(pieces):
        if isinstance(each, Clash) or at == len(pieces) - 1:
            joined.append(each)
        else:
            joined.append(_end_paragraph(each))
    if joined and isinstance(joined[-1], str):
        joined[-1] = f"{joined[-1].rstrip(chr(10))}\n"
    return joined
