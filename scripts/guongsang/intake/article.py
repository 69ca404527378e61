"""What a manuscript is in a newspaper: title, lede, byline, photos with captions, headings, text.

No word is thrown away: what goes out of the text stands in a field, or is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from guongsang.intake.manuscript import (
    Block,
    Loss,
    Losses,
    Manuscript,
    Paragraph,
    Picture,
    Run,
    Table,
    walk,
)
from guongsang.intake.markdown import clean_text, plain_run
from guongsang.intake.phrases import (
    Did,
    has_contact,
    is_name,
    read_day,
    read_labelled,
    read_signed,
    read_source,
    split_caption,
)
from guongsang.text.fold import fold

_MOST_TITLE: Final = 200
_LONG: Final = 200  # a paragraph that is text for certain
_MOST_CAPTION: Final = 400
_MOST_HEADING: Final = 120
_MOST_KICKER: Final = 90
_HEAD: Final = 8  # so many paragraphs may stand above the text
_LEAST_SUMMARY: Final = 60
_MOST_SUMMARY: Final = 300
_MOST_VERSE_LINE: Final = 60
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[”’»)\]]?\s+(?=[^a-zà-ỹ])")
_NO_SENTENCE: Final = re.compile(r"[.,:;]$")
_KICKER: Final = re.compile(r"^(?:chuyên mục|chuyên trang|mục)\s*[:–-]\s*", re.IGNORECASE)
_CAPTIONS: Final = re.compile(r"(?:chú thích|ghi chú)(?: cho)? (?:các )?ảnh\s*:?", re.IGNORECASE)
_LISTED_CAPTION: Final = re.compile(
    r"^\(?(?:chú thích )?(?:ảnh|hình)\s*\d{1,2}\s*[:.)–-]", re.IGNORECASE
)
_END: Final = re.compile(r"[\s*.\-–—_=/#~]*(?:\(?hết\)?[\s*.]*)?", re.IGNORECASE)
_REACHED: Final = re.compile(
    r"(?:đt|đ/c|sđt|điện thoại|e-?mail|địa chỉ|số (?:đt|điện thoại|tài khoản)|tel|stk)\b",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\s*\([^()]{2,60}\)")
_WORD: Final = re.compile(r"\w+")


@dataclass(slots=True)
class Shot:
    """A photo with what is said of it."""

    picture: Picture
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """`shots` are in their order, the first is the lead photo; `blocks` hold the others' pictures.

    `column` is what the manuscript calls the column, as it was typed.
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
        self._columns = {_key(name) for name in columns}
        self._blocks = [*_unpack(manuscript.blocks)]
        self._found = _Found()
        self._shots: list[Shot] = []
        self._late: dict[int, tuple[str, str]] = {}

    def find(self) -> Article:
        self._read_head()
        self._read_tail()
        self._read_captions()
        self._shots += self._loose
        self._mark_headings()
        self._mark_verse()
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
            title=self._case_title(found.title),
            summary=self._summarize(),
            column=found.column,
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
        title = self._find_title()
        above = self._find_kicker(title)
        at = 0
        for _ in range(_HEAD):
            block = self._blocks[at] if at < len(self._blocks) else None
            if not isinstance(block, Paragraph) or len(block.text) > _LONG:
                return
            text = clean_text(block.text).replace("\n", " ")
            if block is title:
                self._found.title = text
                title_block = block
                while self._goes_on(title_block, at + 1):
                    following = self._blocks.pop(at + 1)
                    assert isinstance(following, Paragraph)
                    self._found.title += f" {clean_text(following.text)}"
            elif block is above:
                self._found.column = text
            elif not block.has_words:
                at += 1  # a picture
                continue
            elif not self._found.title and title is not None and self._is_kicker(text):
                self._found.column = _KICKER.sub("", text).strip(" .–-*“”\"'")
            elif not self._take_name(block, text, is_above=True):
                return
            self._blocks[at : at + 1] = self._pictures_of(block)
            at += len(block.pictures) > 0

    def _find_kicker(self, title: Paragraph | None) -> Paragraph | None:
        """Return the line in capitals above a title that is not: the name of a column."""
        at = next((n for n, each in enumerate(self._blocks) if each is title), 0)
        before = self._blocks[at - 1] if at else None
        if not isinstance(before, Paragraph) or title is None:
            return None
        text = clean_text(before.text)
        is_high = text.isupper() and not clean_text(title.text).isupper()
        return before if is_high and len(text) <= _MOST_KICKER else None

    def _goes_on(self, title: Paragraph, at: int) -> bool:
        """Return whether a title has a second line in a paragraph of its own."""
        block = self._blocks[at] if at < len(self._blocks) else None
        if not isinstance(block, Paragraph) or not block.has_words or block.pictures:
            return False
        texts = [clean_text(each.text) for each in (title, block)]
        is_alike = _look_of(title) == _look_of(block) and title.align == block.align == "center"
        is_named = read_labelled(texts[1]) or (is_name(texts[1]) and not texts[1].isupper())
        return (
            is_alike
            and texts[0].isupper() == texts[1].isupper()
            and not is_named
            and sum(map(len, texts)) <= _MOST_TITLE
            and not texts[0].endswith((".", "!", "?", "…"))
        )

    def _pictures_of(self, block: Paragraph) -> list[Block]:
        return [Paragraph(block.pictures, align=block.align)] if block.pictures else []

    def _is_kicker(self, text: str) -> bool:
        if len(text) > _MOST_KICKER:
            return False
        return _key(_KICKER.sub("", text)) in self._columns or bool(_KICKER.match(text))

    def _find_title(self) -> Paragraph | None:
        head: list[Paragraph] = []
        for block in self._blocks[:_HEAD]:
            if not isinstance(block, Paragraph) or len(block.text) > _LONG:
                break
            if block.has_words:
                head.append(block)
        rated = [
            (self._rate(each), -n, each)
            for n, each in enumerate(head)
            if len(clean_text(each.text)) <= _MOST_TITLE and not each.item
        ]
        best = max(rated, default=None, key=lambda each: each[:2])
        if best is None or best[0] <= 0:
            return None
        # Below the name of a column in capitals stands the title, as large or larger.
        after = next((each for each in rated if each[1] == best[1] - 1), None)
        is_column = after is not None and self._is_above(best[2], after[2]) and after[0] >= 40
        return after[2] if after is not None and is_column else best[2]

    def _is_above(self, upper: Paragraph, lower: Paragraph) -> bool:
        texts = [clean_text(each.text) for each in (upper, lower)]
        sizes = [max((each.size for each in _runs(p)), default=0.0) for p in (upper, lower)]
        is_high = texts[0].isupper() and not texts[1].isupper()
        return is_high and len(texts[0].split()) <= 8 and sizes[1] >= sizes[0]

    def _rate(self, paragraph: Paragraph) -> float:
        """Return how much a paragraph looks like a title; nothing above 0 where it does not."""
        text = clean_text(paragraph.text).replace("\n", " ")
        if self._is_kicker(text) or read_labelled(text) or read_day(text) or not _WORD.search(text):
            return 0
        if paragraph.kind == "title":
            return 100
        if paragraph.kind in ("caption", "subtitle", "box", "quote"):
            return 0
        runs = [each for each in paragraph.inlines if isinstance(each, Run) and each.text.strip()]
        is_bold = all(each.bold for each in runs)
        is_plain = not (is_bold or text.isupper() or paragraph.align == "center")
        is_name_only = is_name(text) and (paragraph.align == "right" or is_plain)
        if is_name_only or text.endswith((".", ",", ";")) or len(text) < 3:
            return 0
        rate = 0.0
        rate += 40 if paragraph.level == 1 else 0
        rate += 20 if paragraph.align == "center" else 0
        rate += 20 if is_bold else 0
        rate += 20 if text.isupper() else 0
        sizes = [each.size for each in runs if each.size]
        rate += min(max(sizes, default=14) - 14, 20)
        # Nothing sets it off, but it is a short first line without a full stop.
        is_short = len(text) <= 150 and paragraph.align != "right"
        return rate or (1 if is_short and not any(each.italic for each in runs) else 0)

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
        stands_out = block.align == "right" or block.text.startswith("\t") or _is_bold(block)
        stands_out = stands_out or block.text.startswith("    ") or text.startswith("(")
        if not authors and (stands_out or (is_above and self._found.title and _is_italic(block))):
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
        if day and (stands_out or _is_italic(block)):
            self._found.day = day
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
                self._blocks.pop()
                continue
            if _LISTED_CAPTION.match(text) and self._has_captions_below():
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
        before = [b for b in tail if not _LISTED_CAPTION.match(clean_text(b.text))]
        return not (before and before[-1].pictures)

    def _is_signature(self, block: Paragraph) -> bool:
        text = clean_text(block.text)
        is_end = not text.endswith((".", "!", "?", "”")) or len(text) < 80
        return is_end and (block.align == "right" or bool(_REACHED.match(text)))

    # Photos

    def _read_captions(self) -> None:
        """Find what is said of each picture, and take it out of the text."""
        self._blocks = [each for block in self._blocks for each in _split_caption_off(block)]
        blocks: list[Block] = []
        at = 0
        while at < len(self._blocks):
            block = self._blocks[at]
            at += 1
            blocks.append(block)
            pictures = [p for each in walk([block]) for p in each.pictures]
            if not pictures:
                continue
            # Pictures in a row have their captions below the last of them.
            while at < len(self._blocks) and _is_only_pictures(block):
                following = self._blocks[at]
                if not isinstance(following, Paragraph) or not _is_only_pictures(following):
                    break
                blocks.append(following)
                pictures += following.pictures
                at += 1
            shots = [Shot(picture, clean_text(picture.caption)) for picture in pictures]
            at = self._take_captions(shots, at, after=block)
            self._shots += shots
        self._blocks = blocks

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
            if taken and not taken[-1][0] and not (is_set or _LISTED_CAPTION.match(text)):
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
        if len(text) > _MOST_CAPTION or block.level or block.item:
            return False
        if block.kind in ("caption", "box") or _LISTED_CAPTION.match(text):
            return True
        _, words, credit = split_caption(text)
        if credit or re.match(r"(?i)ảnh\s*:", text):
            return True
        if not _is_only_pictures(after):
            return _is_italic(block) and len(text) <= _LONG
        is_heading = _is_bold(block) and not _NO_SENTENCE.search(words)
        is_centred = block.align == "center" and len(text) <= _LONG
        return is_centred or (_is_italic(block) and not is_heading)

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
        bold = [each for each in paragraphs if each.has_words and _is_bold(each)]
        many = len(bold) * 2 > len([each for each in paragraphs if each.has_words])
        deeper = len(levels) + 1 if levels else 1
        for n, block in enumerate(self._blocks):
            if not isinstance(block, Paragraph):
                continue
            if block.level:
                # Long text was given the wrong style.
                level = 0 if len(block.text) > _LONG else levels.index(block.level) + 1
                self._blocks[n] = replace(block, level=level)
            elif not many and self._is_heading(block, n):
                bare = tuple(map(plain_run, block.inlines))
                self._blocks[n] = replace(block, level=deeper, inlines=bare)

    def _is_heading(self, block: Paragraph, at: int) -> bool:
        text = clean_text(block.text)
        if not _is_bold(block) or block.item or block.kind or "\n" in text or at == 0:
            return False
        if len(text) > _MOST_HEADING or _NO_SENTENCE.search(text) or not _WORD.search(text):
            return False
        following = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        return following is not None and (
            not isinstance(following, Paragraph) or not _is_bold(following)
        )

    def _mark_verse(self) -> None:
        self._blocks = [
            replace(each, kind="verse", inlines=tuple(map(plain_run, each.inlines)))
            if isinstance(each, Paragraph) and _is_verse(each)
            else each
            for each in self._blocks
        ]

    def _plain_lede(self) -> None:
        """Let the first paragraph be as the others: the page sets it off by itself."""
        for at, block in enumerate(self._blocks):
            if isinstance(block, Paragraph) and block.has_words and not block.level:
                if not block.kind and (_is_bold(block) or _is_italic(block)):
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

    def _case_title(self, title: str) -> str:
        """Return a title that was set in capitals as a sentence; names are as in the text."""
        letters = [char for char in title if char.isalpha()]
        if not letters or not title.isupper() or len(letters) < 4:
            return title
        self._losses.add("title-capitals", title)
        body = "\n".join(clean_text(each.text) for each in walk(self._blocks))
        names = _list_names(body)
        words = title.lower().split(" ")
        at = 0
        while at < len(words):
            for length in (4, 3, 2, 1):
                name = names.get(_bare(" ".join(words[at : at + length])))
                if name and at + length <= len(words):
                    made = [
                        _WORD.sub(lambda _, n=n: n, word, count=1)  # type: ignore[misc]
                        for word, n in zip(words[at : at + length], name, strict=True)
                    ]
                    words[at : at + length] = made
                    at += length - 1
                    break
            at += 1
        text = " ".join(words)
        first = re.search(r"[^\W\d_]", text)
        return text if not first else text[: first.start()] + first[0].upper() + text[first.end() :]


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _list_names(body: str) -> dict[str, list[str]]:
    """Return names of the text by their small letters: words with capitals within sentences that
    never stand there without."""
    found: dict[str, list[str]] = {}
    low = {word for word in _WORD.findall(body) if word.islower()}
    for run in re.finditer(r"(?<=[^.!?…“\n] )(?:[^\W\d_]+ ?)+", body):
        words = run[0].split()
        group: list[str] = []
        for word in [*words, ""]:
            if word and word[0].isupper():
                group.append(word)
                continue
            for start in range(len(group)):
                for end in range(start + 1, min(len(group), start + 4) + 1):
                    part = group[start:end]
                    if len(part) > 1 or part[0].lower() not in low:
                        found[" ".join(part).lower()] = part
            group = []
    return found


def _key(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _runs(paragraph: Paragraph) -> list[Run]:
    return [each for each in paragraph.inlines if isinstance(each, Run) and each.text.strip()]


def _is_bold(paragraph: Paragraph) -> bool:
    runs = _runs(paragraph)
    return bool(runs) and all(each.bold for each in runs)


def _is_italic(paragraph: Paragraph) -> bool:
    runs = _runs(paragraph)
    return bool(runs) and all(each.italic for each in runs)


def _look_of(paragraph: Paragraph) -> tuple[bool, float]:
    sizes = [each.size for each in _runs(paragraph)]
    return _is_bold(paragraph), max(sizes, default=0.0)


def _split_caption_off(block: Block) -> Iterator[Block]:
    """Yield a picture and the caption that stands below it in one paragraph apart."""
    if not isinstance(block, Paragraph) or not block.pictures or not block.has_words:
        yield block
        return
    is_first = isinstance(block.inlines[0], Picture)
    is_set_off = block.kind == "caption" or block.align == "center" or _is_italic(block)
    if is_first and is_set_off and len(block.text) <= _LONG:
        yield Paragraph(block.pictures, align=block.align)
        words = tuple(each for each in block.inlines if not isinstance(each, Picture))
        yield replace(block, inlines=words, kind="caption")
    else:
        yield block


def _is_only_pictures(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.pictures) and not block.has_words


def _is_verse(paragraph: Paragraph) -> bool:
    lines = [line for line in paragraph.text.split("\n") if line.strip()]
    is_short = all(len(line.strip()) <= _MOST_VERSE_LINE for line in lines)
    is_set_off = paragraph.align == "center" or _is_italic(paragraph)
    is_text = not (paragraph.kind or paragraph.level or paragraph.item or paragraph.pictures)
    return len(lines) > 1 and is_short and is_set_off and is_text


def _unpack(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield what is filled; tables that only arrange pictures and their captions as paragraphs."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.has_words or block.pictures or block.kind == "rule":
                yield block
        elif _is_arrangement(block):
            for row in block.rows:
                cells = [[*_unpack(cell.blocks)] for cell in row]
                yield from (b for cell in cells for b in cell if _is_only_pictures(b))
                for cell in cells:
                    yield from (_as_caption(b) for b in cell if not _is_only_pictures(b))
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
    are_short = all(len(text) <= _MOST_CAPTION for text in texts)
    return bool(pictures) and len(texts) <= pictures * 2 and are_short
