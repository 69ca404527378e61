"""Paragraphs and lines: what only one side has changed is taken from that side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from guongsang.desk.sending.clash import BODY, Clash, Piece


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


def merge_paragraphs(base: str, mine: str, theirs: str) -> list[Piece]:
    """Merge three versions of a text; who adds at one point, or changes one paragraph, is asked."""
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
