"""How paragraphs of a manuscript look, which tells what they are in a newspaper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from guongsang.intake.manuscript import Block, Paragraph, Picture, Run, Table, walk
from guongsang.intake.markdown import clean_text

LONG: Final = 200  # a paragraph that is text for certain
MOST_CAPTION: Final = 400
_MOST_VERSE_LINE: Final = 60
_DASHED: Final = re.compile(r"\s*([-–—])(?=\s)")


def runs_of(paragraph: Paragraph) -> list[Run]:
    return [each for each in paragraph.inlines if isinstance(each, Run) and each.text.strip()]


def is_bold(paragraph: Paragraph) -> bool:
    runs = runs_of(paragraph)
    return bool(runs) and all(each.bold for each in runs)


def is_italic(paragraph: Paragraph) -> bool:
    runs = runs_of(paragraph)
    return bool(runs) and all(each.italic for each in runs)


def look_of(paragraph: Paragraph) -> tuple[bool, float]:
    sizes = [each.size for each in runs_of(paragraph)]
    return is_bold(paragraph), max(sizes, default=0.0)


def split_caption_off(block: Block) -> Iterator[Block]:
    """Yield a picture and the caption that stands below it in one paragraph apart."""
    if not isinstance(block, Paragraph) or not block.pictures or not block.has_words:
        yield block
        return
    is_first = isinstance(block.inlines[0], Picture)
    is_set_off = block.kind == "caption" or block.align == "center" or is_italic(block)
    if is_first and is_set_off and len(block.text) <= LONG:
        yield Paragraph(block.pictures, align=block.align)
        words = tuple(each for each in block.inlines if not isinstance(each, Picture))
        yield replace(block, inlines=words, kind="caption")
    else:
        yield block


def is_only_pictures(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.pictures) and not block.has_words


def is_verse(paragraph: Paragraph) -> bool:
    lines = [line for line in paragraph.text.split("\n") if line.strip()]
    is_short = all(len(line.strip()) <= _MOST_VERSE_LINE for line in lines)
    is_set_off = paragraph.align == "center" or is_italic(paragraph)
    is_text = not (paragraph.kind or paragraph.level or paragraph.item or paragraph.pictures)
    return len(lines) > 1 and is_short and is_set_off and is_text


def even_dashes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield what was typed with one dash for all speeches of a talk: Word makes a long one of a
    hyphen in some lines and not in others."""
    for dashed, group in groupby(blocks, lambda each: bool(_dash_of(each))):
        lines = [*group]
        signs = {_dash_of(each) for each in lines}
        if dashed and len(signs) > 1:
            sign = "–" if "–" in signs else "—"
            lines = [_with_dash(each, sign) for each in lines]
        yield from lines


def _dash_of(block: Block) -> str:
    first = block.inlines[0] if isinstance(block, Paragraph) and block.inlines else None
    if not isinstance(first, Run) or not isinstance(block, Paragraph) or block.item:
        return ""
    found = _DASHED.match(block.text)
    return found[1] if found and found.end() <= len(first.text) else ""


def _with_dash(block: Block, sign: str) -> Block:
    assert isinstance(block, Paragraph)
    first = block.inlines[0]
    assert isinstance(first, Run)
    text = first.text.replace(_dash_of(block), sign, 1)
    return replace(block, inlines=(replace(first, text=text), *block.inlines[1:]))


def unpack(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield what is filled; tables that only arrange pictures and their captions as paragraphs."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.has_words or block.pictures or block.kind == "rule":
                yield block
        elif _is_arrangement(block):
            for row in block.rows:
                cells = [[*unpack(cell.blocks)] for cell in row]
                yield from (b for cell in cells for b in cell if is_only_pictures(b))
                for cell in cells:
                    yield from (_as_caption(b) for b in cell if not is_only_pictures(b))
        else:
            yield block


def _as_caption(block: Block) -> Block:
    if isinstance(block, Paragraph) and not block.pictures and not block.kind:
        return replace(block, kind="caption")
    return block


def _is_arrangement(table: Table) -> bool:
    paragraphs = [each for each in walk([table]) if each.has_words or each.pictures]
    pictures = sum(len(each.pictures) for each in paragraphs)
    texts = [clean_text(each.text) for each in paragraphs if each.has_words]
    are_short = all(len(text) <= MOST_CAPTION for text in texts)
    return bool(pictures) and len(texts) <= pictures * 2 and are_short
