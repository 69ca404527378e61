"""What a manuscript is in a newspaper: title, lede, byline, photos with captions, headings, text.

No word is thrown away: what goes out of the text stands in a field, or is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from guongsang.intake.captions import LISTED, Shot, read_captions
from guongsang.intake.looks import LONG, even_dashes, is_bold, is_italic, is_verse, unpack
from guongsang.intake.manuscript import (
    Block,
    Loss,
    Losses,
    Manuscript,
    Paragraph,
    Picture,
    walk,
)
from guongsang.intake.markdown import clean_text, plain_run
from guongsang.intake.phrases import (
    Did,
    has_contact,
    read_day,
    read_labelled,
    read_signed,
    read_source,
    split_caption,
)
from guongsang.intake.titles import (
    HEAD,
    Titles,
    case_title,
    find_kicker,
    goes_on,
    is_in_capitals,
)

_MOST_HEADING: Final = 120
_LEAST_SUMMARY: Final = 60
_MOST_SUMMARY: Final = 300
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[”’»)\]]?\s+(?=[^a-zà-ỹ])")
_NO_SENTENCE: Final = re.compile(r"[.,:;]$")
_CAPTIONS: Final = re.compile(r"(?:chú thích|ghi chú)(?: cho)? (?:các )?ảnh\s*:?", re.IGNORECASE)
_END: Final = re.compile(r"[\s*.\-–—_=/#~]*(?:\(?hết\)?[\s*.]*)?", re.IGNORECASE)
_REACHED: Final = re.compile(
    r"(?:đt|đ/c|sđt|điện thoại|e-?mail|địa chỉ|số (?:đt|điện thoại|tài khoản)|tel|stk)\b",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\s*\([^()]{2,60}\)")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Article:
    """`shots` are in their order, the first is the lead photo; `blocks` hold the others' pictures.

    `column` is what the manuscript calls the column.
    """

    title: str
    summary: str
    column: str
    authors: tuple[tuple[str, Did], ...]
    sources: tuple[str, ...]
    day: dt.date | None
    shots: tuple[Shot, ...]
    blocks: tuple[Block, ...]
    notes: Mapping[int, tuple[Block, ...]]
    losses: tuple[Loss, ...]


def find_article(
    manuscript: Manuscript, columns: Iterable[str] = (), loose: Iterable[Picture] = ()
) -> Article:
    """Return the newspaper's view of a manuscript.

    `columns` are the names of the newsroom's columns, `loose` photos that were sent beside it.
    """
    return _Finder(manuscript, columns, loose).find()


def cut_summary(text: str) -> str:
    """Return whole sentences of a text, or as many words as fit; "" where it is too short."""
    text = " ".join(text.split())
    if len(text) > _MOST_SUMMARY:
        ends = [found.start() for found in _SENTENCE_END.finditer(text)]
        fitting = [end for end in ends if _LEAST_SUMMARY <= end <= _MOST_SUMMARY]
        if fitting:
            return text[: fitting[-1]].rstrip()
        return text[: _MOST_SUMMARY - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"
    return text if len(text) >= _LEAST_SUMMARY else ""


@dataclass(slots=True)
class _Found:
    title: str = ""
    column: str = ""
    authors: list[tuple[str, Did]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    day: dt.date | None = None


class _Finder:
    def __init__(
        self, manuscript: Manuscript, columns: Iterable[str], loose: Iterable[Picture]
    ) -> None:
        self._loose = [Shot(picture) for picture in loose]
        self._notes = manuscript.notes
        self._losses = Losses()
        for loss in manuscript.losses:
            self._losses.add(loss.kind, loss.where, loss.count)
        self._titles = Titles([*columns])
        self._blocks = [*unpack(manuscript.blocks)]
        self._found = _Found()
        self._shots: list[Shot] = []
        self._late: dict[int, tuple[str, str]] = {}

    def find(self) -> Article:
        self._read_head()
        self._read_tail()
        self._blocks, self._shots = read_captions(self._blocks)
        self._shots += self._loose
        self._mark_headings()
        self._mark_verse()
        self._blocks = [*even_dashes(self._blocks)]
        self._plain_lede()
        for number, (caption, credit) in self._late.items():
            if 0 < number <= len(self._shots):
                shot = self._shots[number - 1]
                shot.caption, shot.credit = shot.caption or caption, shot.credit or credit
            else:
                self._losses.add("caption-alone", caption)
        if self._shots:
            self._drop_lead(self._shots[0].picture)
        found = self._found
        return Article(
            title=self._set_title(found.title),
            summary=self._summarize(),
            column=self._undo_capitals(found.column),
            authors=tuple(dict.fromkeys(found.authors)),
            sources=tuple(dict.fromkeys(found.sources)),
            day=found.day,
            shots=tuple(self._shots),
            blocks=tuple(self._blocks),
            notes=self._notes,
            losses=self._losses.all(),
        )

    # Above the text

    def _read_head(self) -> None:
        """Take title, name of the column and names below the title out of the text."""
        title = self._titles.find_title(self._blocks)
        above = find_kicker(self._blocks, title)
        at = 0
        for _ in range(HEAD):
            block = self._blocks[at] if at < len(self._blocks) else None
            if not isinstance(block, Paragraph) or len(block.text) > LONG:
                return
            text = clean_text(block.text).replace("\n", " ")
            if block is title:
                self._found.title = text
                title_block = block
                while goes_on(self._blocks, title_block, at + 1):
                    following = self._blocks.pop(at + 1)
                    assert isinstance(following, Paragraph)
                    self._found.title += f" {clean_text(following.text)}"
            elif block is above:
                self._found.column = text
            elif not block.has_words:
                at += 1  # a picture
                continue
            elif not self._found.title and title is not None and self._titles.is_kicker(text):
                self._found.column = self._titles.name_column(text)
            elif not self._take_name(block, text, is_above=True):
                return
            self._blocks[at : at + 1] = self._pictures_of(block)
            at += len(block.pictures) > 0

    def _pictures_of(self, block: Paragraph) -> list[Block]:
        return [Paragraph(block.pictures, align=block.align)] if block.pictures else []

    def _take_name(self, block: Paragraph, text: str, *, is_above: bool) -> bool:
        """Take names, days and sources of a line; return whether it holds nothing else."""
        rest = [] if is_above else _BRACKETS.findall(text)
        if rest and not text.startswith("("):
            bare = _BRACKETS.sub("", text).strip()
            if read_labelled(bare) or (block.align == "right" and read_signed(bare)):
                for each in rest:
                    self._losses.add("byline-rest", each.strip())
                text = bare
        authors = read_labelled(text)
        stands_out = block.align == "right" or block.text.startswith("\t") or is_bold(block)
        stands_out = stands_out or block.text.startswith("    ") or text.startswith("(")
        if not authors and (stands_out or (is_above and self._found.title and is_italic(block))):
            authors = read_signed(text)
        if is_above and not self._found.title:
            authors = []
        source = "" if is_above else read_source(text)
        if source:
            self._found.sources.append(source)
            return True
        if authors:
            self._found.authors = [*self._found.authors, *authors]
            return True
        day = read_day(text)
        if day and (stands_out or is_italic(block)):
            self._found.day = day
            if not text.strip("( ").lower().startswith("ngày"):
                self._losses.add("dateline", text)
            return True
        return False

    # Below the text

    def _read_tail(self) -> None:
        """Take who wrote it, sources, days and lists of captions from below the text."""
        authors: list[tuple[str, Did]] = []
        above = [*self._found.authors]
        while self._blocks:
            block = self._blocks[-1]
            if not isinstance(block, Paragraph) or block.pictures:
                break
            text = clean_text(block.text).replace("\n", " ")
            if block.kind == "rule" or _END.fullmatch(text) or _CAPTIONS.fullmatch(text):
                if any(map(str.isalpha, text)) and not _CAPTIONS.fullmatch(text):
                    self._losses.add("end-mark", text)
                self._blocks.pop()
                continue
            if LISTED.match(text) and self._has_captions_below():
                number, caption, credit = split_caption(text)
                self._late[number] = (caption, credit)
            elif has_contact(text) and self._is_signature(block):
                self._losses.add("contact")
            else:
                self._found.authors = []
                if not self._take_name(block, text, is_above=False):
                    break
                authors = [*self._found.authors, *authors]
            self._blocks.pop()
        self._found.authors = [*above, *authors]

    def _has_captions_below(self) -> bool:
        """Return whether the lines at the end are a list of captions, and no single one."""
        tail = [b for b in self._blocks[-20:] if isinstance(b, Paragraph)]
        texts = [clean_text(each.text) for each in tail]
        if any(_CAPTIONS.fullmatch(text) for text in texts):
            return True
        before = [b for b in tail if not LISTED.match(clean_text(b.text))]
        return not (before and before[-1].pictures)

    def _is_signature(self, block: Paragraph) -> bool:
        text = clean_text(block.text)
        is_end = not text.endswith((".", "!", "?", "”")) or len(text) < 80
        return is_end and (block.align == "right" or bool(_REACHED.match(text)))

    # Photos

    def _drop_lead(self, lead: Picture) -> None:
        """Take the lead photo out of the text: the page shows it above."""
        kept: list[Block] = []
        for block in self._blocks:
            if isinstance(block, Paragraph) and any(each is lead for each in block.inlines):
                rest = replace(block, inlines=tuple(e for e in block.inlines if e is not lead))
                if rest.has_words or rest.pictures:
                    kept.append(rest)
            else:
                kept.append(block)
        self._blocks = kept

    # The text itself

    def _mark_headings(self) -> None:
        """Make headings of lines in bold, and let the highest of them be the same everywhere."""
        paragraphs = [each for each in self._blocks if isinstance(each, Paragraph)]
        levels = sorted({each.level for each in paragraphs if each.level})
        bold = [each for each in paragraphs if each.has_words and is_bold(each)]
        many = len(bold) * 2 > len([each for each in paragraphs if each.has_words])
        deeper = len(levels) + 1 if levels else 1
        for n, block in enumerate(self._blocks):
            if not isinstance(block, Paragraph):
                continue
            if block.level:
                # Long text was given the wrong style.
                level = 0 if len(block.text) > LONG else levels.index(block.level) + 1
                self._blocks[n] = replace(block, level=level)
            elif not many and self._is_heading(block, n):
                bare = tuple(map(plain_run, block.inlines))
                self._blocks[n] = replace(block, level=deeper, inlines=bare)

    def _is_heading(self, block: Paragraph, at: int) -> bool:
        text = clean_text(block.text)
        if not is_bold(block) or block.item or block.kind or "\n" in text or at == 0:
            return False
        if len(text) > _MOST_HEADING or _NO_SENTENCE.search(text) or not _WORD.search(text):
            return False
        following = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        return following is not None and (
            not isinstance(following, Paragraph) or not is_bold(following)
        )

    def _mark_verse(self) -> None:
        self._blocks = [
            replace(each, kind="verse", inlines=tuple(map(plain_run, each.inlines)))
            if isinstance(each, Paragraph) and is_verse(each)
            else each
            for each in self._blocks
        ]

    def _plain_lede(self) -> None:
        """Let the first paragraph be as the others: the page sets it off by itself."""
        for at, block in enumerate(self._blocks):
            if isinstance(block, Paragraph) and block.has_words and not block.level:
                if not block.kind and (is_bold(block) or is_italic(block)):
                    self._blocks[at] = replace(block, inlines=tuple(map(plain_run, block.inlines)))
                return

    def _summarize(self) -> str:
        text = ""
        for block in self._blocks:
            if not isinstance(block, Paragraph) or block.level or not block.has_words:
                if text:
                    break
                continue
            text = f"{text} {clean_text(block.text)}".strip()
            if len(text) >= _LEAST_SUMMARY:
                break
        return cut_summary(text)

    def _set_title(self, title: str) -> str:
        """Return a title that was set in capitals as a sentence; names are as in the text."""
        if not is_in_capitals(title):
            return title
        self._losses.add("title-capitals", title)
        return self._undo_capitals(title)

    def _undo_capitals(self, text: str) -> str:
        if not is_in_capitals(text):
            return text
        return case_title(text, "\n".join(clean_text(each.text) for each in walk(self._blocks)))
