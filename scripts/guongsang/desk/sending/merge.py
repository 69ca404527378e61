"""Three versions of a file become one: what only one side has changed is taken from that side.

Front matter and registers are compared key by key, a text paragraph by paragraph. Where both sides
have changed one part, both versions are kept beside each other until somebody has chosen. No mark
of a merge is ever written into a text.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from guongsang.desk.sending.blocks import merge_keys
from guongsang.desk.sending.clash import FILE, Clash, Merge, Piece
from guongsang.desk.sending.paragraphs import merge_lines, merge_paragraphs
from guongsang.problems.problem import Problem
from guongsang.registers.paths import LEDGER, PRINTS
from guongsang.stories.source import split_story


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


def _merge_text(path: str, base: str, mine: str, theirs: str) -> list[Piece]:
    if path in (LEDGER, PRINTS):
        return [merge_lines(base, mine, theirs)]
    if path.endswith(".yml"):
        return merge_keys(base, mine, theirs)
    if not path.endswith(".md"):
        return [Clash(FILE, mine.encode(), theirs.encode())]
    halves = [_halve(text) for text in (base, mine, theirs)]
    heads, bodies = zip(*halves, strict=True)
    if any(heads) and not all(heads[1:]):
        return [Clash(FILE, mine.encode(), theirs.encode())]
    front = merge_keys(*heads) if any(heads) else []
    fence = ["---\n"] if any(heads) else []
    return [*fence, *front, *fence, *merge_paragraphs(*bodies)]


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
