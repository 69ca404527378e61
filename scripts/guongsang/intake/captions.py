"""What is said of each picture of a manuscript, and who took it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.intake.looks import (
    LONG,
    MOST_CAPTION,
    is_bold,
    is_italic,
    is_only_pictures,
    split_caption_off,
)
from guongsang.intake.manuscript import Block, Paragraph, Picture, walk
from guongsang.intake.markdown import clean_text
from guongsang.intake.phrases import split_caption

LISTED: Final = re.compile(r"^\(?(?:chú thích )?(?:ảnh|hình)\s*\d{1,2}\s*[:.)–-]", re.IGNORECASE)
_NO_SENTENCE: Final = re.compile(r"[.,:;]$")


@dataclass(slots=True)
class Shot:
    """A photo with what is said of it."""

    picture: Picture
    caption: str = ""
    credit: str = ""


def read_captions(blocks: Iterable[Block]) -> tuple[list[Block], list[Shot]]:
    """Return the text without its captions, and its photos with them."""
    reader = _Reader([each for block in blocks for each in split_caption_off(block)])
    reader.read()
    return reader.kept, reader.shots


class _Reader:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self.kept: list[Block] = []
        self.shots: list[Shot] = []

    def read(self) -> None:
        """Find what is said of each picture, and take it out of the text."""
        at = 0
        while at < len(self._blocks):
            block = self._blocks[at]
            at += 1
            self.kept.append(block)
            pictures = [p for each in walk([block]) for p in each.pictures]
            if not pictures:
                continue
            # Pictures in a row have their captions below the last of them.
            while at < len(self._blocks) and is_only_pictures(block):
                following = self._blocks[at]
                if not isinstance(following, Paragraph) or not is_only_pictures(following):
                    break
                self.kept.append(following)
                pictures += following.pictures
                at += 1
            shots = [Shot(picture, clean_text(picture.caption)) for picture in pictures]
            at = self._take_captions(shots, at, after=block)
            self.shots += shots

    def _caption_at(self, at: int, *, after: Block) -> str | None:
        block = self._blocks[at] if at < len(self._blocks) else None
        if not isinstance(block, Paragraph) or not block.has_words or block.pictures:
            return None
        text = clean_text(block.text).replace("\n", " ")
        return text if self._is_caption(block, text, after) else None

    def _take_captions(self, shots: Sequence[Shot], at: int, *, after: Block) -> int:
        taken: list[tuple[int, str, str]] = []
        while len(taken) < len(shots):
            text = self._caption_at(at, after=after)
            if text is None:
                break
            block = self._blocks[at]
            is_set = isinstance(block, Paragraph) and block.kind == "caption"
            if taken and not taken[-1][0] and not (is_set or LISTED.match(text)):
                break
            taken.append(split_caption(text))
            at += 1
        for n, (number, caption, credit) in enumerate(taken):
            last = len(shots) - 1
            place = number - 1 if 0 < number <= len(shots) else (n if len(taken) > 1 else last)
            shot = shots[place]
            shot.caption = " ".join(filter(None, (shot.caption, caption)))
            shot.credit = shot.credit or credit
        return at

    def _is_caption(self, block: Paragraph, text: str, after: Block) -> bool:
        if len(text) > MOST_CAPTION or block.level or block.item:
            return False
        if block.kind in ("caption", "box") or LISTED.match(text):
            return True
        _, words, credit = split_caption(text)
        if credit or re.match(r"(?i)ảnh\s*:", text):
            return True
        if not is_only_pictures(after):
            return is_italic(block) and len(text) <= LONG
        is_heading = is_bold(block) and not _NO_SENTENCE.search(words)
        is_centred = block.align == "center" and len(text) <= LONG
        return is_centred or (is_italic(block) and not is_heading)
