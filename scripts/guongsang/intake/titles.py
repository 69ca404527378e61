"""Which line above a text is its title, which the name of its column."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from guongsang.intake.looks import LONG, is_bold, look_of, runs_of
from guongsang.intake.manuscript import Block, Paragraph
from guongsang.intake.markdown import clean_text
from guongsang.intake.phrases import is_name, read_day, read_labelled
from guongsang.text.fold import fold

HEAD: Final = 8  # so many paragraphs may stand above the text
_MOST_TITLE: Final = 200
_MOST_KICKER: Final = 90
_KICKER: Final = re.compile(r"^(?:chuyên mục|chuyên trang|mục)\s*[:–-]\s*", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")


class Titles:
    """Looks for the title; `columns` are the names of the newsroom's columns."""

    def __init__(self, columns: Collection[str]) -> None:
        self._columns = {_key(name) for name in columns}

    def name_column(self, text: str) -> str:
        """Return the name of a column without what stands around it."""
        return _KICKER.sub("", text).strip(" .–-*“”\"'")

    def is_kicker(self, text: str) -> bool:
        """Return whether a line is the name of a column and nothing else."""
        if len(text) > _MOST_KICKER:
            return False
        return _key(_KICKER.sub("", text)) in self._columns or bool(_KICKER.match(text))

    def find_title(self, blocks: Sequence[Block]) -> Paragraph | None:
        """Return the paragraph that is the title, or begins it."""
        head: list[Paragraph] = []
        for block in blocks[:HEAD]:
            if not isinstance(block, Paragraph) or len(block.text) > LONG:
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
        is_column = after is not None and _is_above(best[2], after[2]) and after[0] >= 40
        return after[2] if after is not None and is_column else best[2]

    def _rate(self, paragraph: Paragraph) -> float:
        """Return how much a paragraph looks like a title; nothing above 0 where it does not."""
        text = clean_text(paragraph.text).replace("\n", " ")
        if self.is_kicker(text) or read_labelled(text) or read_day(text) or not _WORD.search(text):
            return 0
        if paragraph.kind == "title":
            return 100
        if paragraph.kind in ("caption", "subtitle", "box", "quote"):
            return 0
        runs = runs_of(paragraph)
        is_strong = is_bold(paragraph)
        is_plain = not (is_strong or text.isupper() or paragraph.align == "center")
        is_name_only = is_name(text) and (paragraph.align == "right" or is_plain)
        if is_name_only or text.endswith((".", ",", ";")) or len(text) < 3:
            return 0
        rate = 0.0
        rate += 40 if paragraph.level == 1 else 0
        rate += 20 if paragraph.align == "center" else 0
        rate += 20 if is_strong else 0
        rate += 20 if text.isupper() else 0
        sizes = [each.size for each in runs if each.size]
        rate += min(max(sizes, default=14) - 14, 20)
        # Nothing sets it off, but it is a short first line without a full stop.
        is_short = len(text) <= 150 and paragraph.align != "right"
        return rate or (1 if is_short and not any(each.italic for each in runs) else 0)


def _is_above(upper: Paragraph, lower: Paragraph) -> bool:
    texts = [clean_text(each.text) for each in (upper, lower)]
    sizes = [max((each.size for each in runs_of(p)), default=0.0) for p in (upper, lower)]
    is_high = texts[0].isupper() and not texts[1].isupper()
    return is_high and len(texts[0].split()) <= 8 and sizes[1] >= sizes[0]


def find_kicker(blocks: Sequence[Block], title: Paragraph | None) -> Paragraph | None:
    """Return the line in capitals above a title that is not: the name of a column."""
    at = next((n for n, each in enumerate(blocks) if each is title), 0)
    before = blocks[at - 1] if at else None
    if not isinstance(before, Paragraph) or title is None:
        return None
    text = clean_text(before.text)
    is_high = text.isupper() and not clean_text(title.text).isupper()
    return before if is_high and len(text) <= _MOST_KICKER else None


def goes_on(blocks: Sequence[Block], title: Paragraph, at: int) -> bool:
    """Return whether a title has a second line in a paragraph of its own."""
    block = blocks[at] if at < len(blocks) else None
    if not isinstance(block, Paragraph) or not block.has_words or block.pictures:
        return False
    texts = [clean_text(each.text) for each in (title, block)]
    is_alike = look_of(title) == look_of(block) and title.align == block.align == "center"
    is_named = read_labelled(texts[1]) or (is_name(texts[1]) and not texts[1].isupper())
    return (
        is_alike
        and texts[0].isupper() == texts[1].isupper()
        and not is_named
        and sum(map(len, texts)) <= _MOST_TITLE
        and not texts[0].endswith((".", "!", "?", "…"))
    )


def is_in_capitals(title: str) -> bool:
    """Return whether a title was set in capitals."""
    return title.isupper() and sum(map(str.isalpha, title)) >= 4


def case_title(title: str, body: str) -> str:
    """Return a title that was set in capitals as a sentence; names are as in the text."""
    names = _list_names(body)
    words = title.lower().split(" ")
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            name = names.get(_bare(" ".join(words[at : at + length])))
            if name and len(name) == length <= len(words) - at:
                made = [
                    _WORD.sub(lambda _, n=n: n, word, count=1)  # type: ignore[misc]
                    for word, n in zip(words[at : at + length], name, strict=True)
                ]
                words[at : at + length] = made
                at += length - 1
                break
        at += 1
    text = " ".join(words)
    first = _WORD.search(text)
    at = first.start() if first else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


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
