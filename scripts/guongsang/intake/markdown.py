"""A manuscript in our Markdown: every word arrives, whatever signs stand beside it.

What could be taken for markup is held against the converter itself: where a paragraph does not
come out as its words, its signs are escaped, and its emphasis goes before a word does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from guongsang.intake.manuscript import (
    Block,
    Cell,
    Inline,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    Table,
    join_runs,
    walk,
)
from guongsang.prose.allowed import clean_href, scheme_of
from guongsang.prose.parse import MOST_CHARACTERS, parse_prose
from guongsang.prose.work import MOST_FOOTNOTES
from guongsang.text.fold import nfc
from guongsang.text.unseen import drop_unseen, soften_spaces

_CLASSES: Final = {"box": "ghi-chu", "verse": "tho"}
_LINKS: Final = frozenset(("http", "https", "mailto", "tel"))
_SPACES: Final = re.compile(r"[ \t\u2000-\u200a\u202f\u3000]+")
# With nothing else a paragraph needs no second look.
_HARMLESS: Final = re.compile(r"[^\W\d_“‘–—…(][^\\`*_\[\]<>&{}~|#!:]*")
_ESCAPED: Final = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|`|(?<![\s\d])\*|\*(?![\s\d])|(?<!\w)_|_(?!\w)"
    r"|<(?=[A-Za-z/!?])|&(?=#|\w+;)|\{(?=[:%{])|~(?=~)|\[(?=[\^\[ xX])|\[(?=[^\[\]]*\](?:\(|:))"
    r"|\[(?=/?(?:caption|vc_\w+|gallery|video|audio|playlist|embed|youtube)\b)|!(?=\[)"
)
_ALL_SIGNS: Final = re.compile(r"[!-/:-@\[-`{-~]")
_LINE_START: Final = re.compile(r"(?m)^(#{1,6}(?=\s|$)|>|!!!|[-=_*](?=[ \t]*[-=_*][-=_* \t]*$)|\|)")
# What typists set before the lines of a list.
_TYPED_SIGN: Final = re.compile(r"^([-+*]|[•·●○◦▪■➢➔✓❖❑\uf0b7])[ \t]+(?=\S)")
_TYPED_NUMBER: Final = re.compile(r"^(\d{1,2}\.)[ \t]+(?=\S)")
_NO_LETTER: Final = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Return a text without what nobody sees: places to break words, rows of spaces."""
    text = soften_spaces(drop_unseen(nfc(text)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def render_markdown(
    blocks: Iterable[Block],
    notes: Mapping[int, tuple[Block, ...]],
    name_of: Callable[[Picture], str | None],
) -> str:
    """Return the body of a story; `name_of` tells the file of a picture, None where it is left out.

    Footnotes stand at its end.
    """
    blocks = [*blocks]
    # A body that is too long is shown as it is typed: signs would be seen.
    if sum(len(each.text) for each in walk(blocks)) <= MOST_CHARACTERS:
        text = _render(_Writer(name_of, notes, plain=False), blocks, notes)
        if len(text) <= MOST_CHARACTERS:
            return text
    return _render(_Writer(name_of, notes, plain=True), blocks, notes)


def _render(
    writer: _Writer, blocks: Iterable[Block], notes: Mapping[int, tuple[Block, ...]]
) -> str:
    chunks = [*writer.blocks(blocks)]
    if not writer.inline_notes:
        chunks += [("note", writer.note(number, note)) for number, note in notes.items()]
    text = ""
    before = ""
    for kind, chunk in chunks:
        is_list = kind == before or "list" in (kind, before)
        is_list = is_list and kind.startswith("list") and before.startswith("list")
        gap = "\n" if is_list else "\n\n"
        text += f"{gap if text else ''}{chunk}"
        before = kind
    return f"{text}\n" if text else ""


class _Writer:
    def __init__(
        self,
        name_of: Callable[[Picture], str | None],
        notes: Mapping[int, tuple[Block, ...]],
        *,
        plain: bool,
    ) -> None:
        self._name_of, self._plain = name_of, plain
        # More than the converter takes stand in brackets, where their signs would be.
        self.inline_notes = notes if plain or len(notes) > MOST_FOOTNOTES else {}

    def blocks(self, blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
        """Yield kind and Markdown of each block; neighbours of one kind of list are one list."""
        for block in blocks:
            if isinstance(block, Table):
                yield from self._table(block)
            else:
                yield from self._paragraph(block)

    def note(self, number: int, blocks: Iterable[Block]) -> str:
        texts = [self._inlines(each) for each in walk(blocks) if each.has_words]
        return f"[^{number}]: " + "\n\n    ".join(text.replace("\n", "\n    ") for text in texts)

    def _pictures(self, paragraph: Paragraph) -> Iterator[tuple[str, str]]:
        names = map(self._name_of, paragraph.pictures)
        yield from (("picture", f"![]({_escape_file(name)})") for name in names if name)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[tuple[str, str]]:
        if paragraph.kind == "rule":
            yield "rule", "---"
            return
        filled = (e for e in paragraph.inlines if not isinstance(e, Run) or e.text.strip())
        first = next(filled, None)
        if isinstance(first, Picture):
            yield from self._pictures(paragraph)
        if paragraph.has_words:
            yield self._words(paragraph)
        if not isinstance(first, Picture):
            yield from self._pictures(paragraph)

    def _words(self, paragraph: Paragraph) -> tuple[str, str]:
        if paragraph.level:
            text = self._inlines(_without_emphasis(paragraph)).replace("\n", " ")
            return "heading", f"{'#' * (min(paragraph.level, 3) + 1)} {_end_heading(text)}"
        sign, paragraph = _take_sign(paragraph)
        text = self._inlines(paragraph)
        if sign:
            indent = "  " * (max(paragraph.item, 1) - 1)
            inner = text.replace("\n", f"\n{indent}  ")
            kind = "list." if sign.endswith(".") else f"list{sign}"
            return ("list" if paragraph.item > 1 else kind), f"{indent}{sign} {inner}"
        if paragraph.kind in ("quote", "code"):
            return "quote", "> " + text.replace("\n", "\n> ")
        if paragraph.kind in _CLASSES:
            return "text", f"{text}\n{{: .{_CLASSES[paragraph.kind]} }}"
        return "text", text

    def _table(self, table: Table) -> Iterator[tuple[str, str]]:
        rows = [row for row in table.rows if any(map(_is_filled, row))]
        width = max((sum(cell.across for cell in row) for row in rows), default=0)
        if width < 2 or len(rows) < 2:
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell.blocks)
            return
        for paragraph in walk([table]):
            yield from self._pictures(paragraph)
        lines = [self._row(row, width) for row in rows]
        lines.insert(1, f"|{' --- |' * width}")
        yield "table", "\n".join(lines)

    def _row(self, row: Iterable[Cell], width: int) -> str:
        cells: list[str] = []
        for cell in row:
            texts = [self._inlines(each) for each in walk(cell.blocks) if each.has_words]
            text = "<br>".join(texts).replace("\n", "<br>").replace("|", "\\|")
            cells += [text, *[""] * (cell.across - 1)]
        cells += [""] * (width - len(cells))
        return "| " + " | ".join(cells[:width]).replace("  ", " ") + " |"

    def _inlines(self, paragraph: Paragraph) -> str:
        """Return a paragraph's words with what of their look can be kept."""
        inlines = _tidy(paragraph.inlines)
        wanted = "".join(each.text for each in inlines if isinstance(each, Run))
        marked = any(isinstance(e, Run) and _is_marked(e) for e in inlines)
        if self._plain or (not marked and all(map(_HARMLESS.fullmatch, wanted.split("\n")))):
            return self._join(inlines, escape=str, look=False)
        bare = [each for each in inlines if isinstance(each, Run)]
        for escape, look in ((_escape, True), (_escape, False), (_escape_all, False)):
            tried = self._join(bare, escape=escape, look=look)
            if _arrives(tried, wanted):
                return self._join(inlines, escape=escape, look=look)
        return self._join(inlines, escape=_escape_all, look=False)

    def _join(self, inlines: Iterable[Inline], *, escape: Callable[[str], str], look: bool) -> str:
        parts: list[str] = []
        runs = [each for each in inlines if not isinstance(each, Picture)]
        for link, group in groupby(runs, lambda each: each.link if isinstance(each, Run) else ""):
            inner = "".join(
                (_emphasize(each, escape) if look else escape(each.text))
                if isinstance(each, Run)
                else self._mark(each)
                for each in group
            )
            parts.append(_link(inner, link) if look or link else inner)
        text = "".join(parts)
        return _LINE_START.sub(r"\\\1", text) if escape is not str else text

    def _mark(self, mark: NoteMark) -> str:
        if mark.number in self.inline_notes:
            texts = (self._inlines(each) for each in walk(self.inline_notes[mark.number]))
            return f" ({' '.join(text for text in texts if text)})"
        return f"[^{mark.number}]"


def _is_filled(cell: Cell) -> bool:
    return any(each.has_words or each.pictures for each in walk(cell.blocks))


def _is_marked(run: Run) -> bool:
    is_plain = not (run.bold or run.italic or run.struck or run.raised or run.link)
    return not is_plain and bool(run.text.strip())


def _tidy(inlines: Iterable[Inline]) -> list[Inline]:
    """Return words and signs of notes with single spaces, none at the ends of lines."""
    kept: list[Inline] = [each for each in inlines if not isinstance(each, Picture)]
    text = "".join(each.text if isinstance(each, Run) else "\ufffc" for each in kept)
    if not text.isascii() or _SPACES.search(text):
        softened = soften_spaces(nfc(text))
        soft = len(softened) == len(text)
        kept = _spread(kept, softened) if soft else kept
    tidied: list[Inline] = []
    after_space = True
    for each in join_runs(kept):
        if not isinstance(each, Run):
            tidied.append(each)
            after_space = False
            continue
        clean = _SPACES.sub(" ", nfc(each.text))
        clean = re.sub(r" ?\n[ \n]*", "\n", clean)
        if after_space:
            clean = clean.lstrip(" \n")
        if clean:
            after_space = clean[-1] in " \n"
            tidied.append(_with(each, clean))
    while tidied and isinstance(tidied[-1], Run):
        last = _with(tidied[-1], tidied[-1].text.rstrip())
        tidied[-1:] = [last] if last.text else []
        if last.text:
            break
    return tidied


def _spread(kept: list[Inline], text: str) -> list[Inline]:
    spread: list[Inline] = []
    at = 0
    for each in kept:
        length = len(each.text) if isinstance(each, Run) else 1
        spread.append(_with(each, text[at : at + length]) if isinstance(each, Run) else each)
        at += length
    return spread


def _with(run: Run, text: str) -> Run:
    return Run(
        drop_unseen(text) if not text.isascii() else text,
        *(run.font, run.size, run.bold, run.italic, run.struck, run.raised, run.link),
    )


def _without_emphasis(paragraph: Paragraph) -> Paragraph:
    return Paragraph(tuple(map(plain_run, paragraph.inlines)))


def plain_run(each: Inline) -> Inline:
    """Return a run without bold and italic letters."""
    if not isinstance(each, Run):
        return each
    return Run(each.text, each.font, each.size, raised=each.raised, link=each.link)


def _take_sign(paragraph: Paragraph) -> tuple[str, Paragraph]:
    """Return the sign of an item, Word's own or one that was typed, and the paragraph without."""
    if paragraph.item and paragraph.sign:
        return paragraph.sign, paragraph
    first = next((each for each in paragraph.inlines if not isinstance(each, Picture)), None)
    if not isinstance(first, Run) or paragraph.kind or "\n" in paragraph.text:
        return "", paragraph
    text = paragraph.text.lstrip()
    typed = _TYPED_SIGN.match(text) or _TYPED_NUMBER.match(text)
    if not typed:
        return "", paragraph
    left = len(paragraph.text) - len(text) + typed.end()
    keeps = typed[1] in "+*" or typed[1].endswith(".")
    return (typed[1] if keeps else "-"), Paragraph(_cut(paragraph.inlines, left))


def _cut(inlines: Iterable[Inline], left: int) -> tuple[Inline, ...]:
    """Return what is written without its first letters."""
    kept: list[Inline] = []
    for each in inlines:
        if isinstance(each, Run) and left:
            gone = min(left, len(each.text))
            left -= gone
            kept.append(_with(each, each.text[gone:]))
        else:
            kept.append(each)
    return tuple(kept)


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda sign: f"\\{sign[0]}", text)


def _escape_all(text: str) -> str:
    return _ALL_SIGNS.sub(lambda sign: f"\\{sign[0]}", text)


def _escape_file(name: str) -> str:
    return f"<{name}>" if " " in name else name


def _end_heading(text: str) -> str:
    return re.sub(r"(#+)$", r"\\\1", text)


def _emphasize(run: Run, escape: Callable[[str], str]) -> str:
    """Return a run with its signs; spaces at its ends stay outside of them."""
    inner = run.text.strip(" \n")
    if not inner:
        return run.text
    before, _, after = run.text.partition(inner)
    lines = []
    for line in inner.split("\n"):
        made = escape(line)
        if run.raised:
            made = f"<{run.raised}>{made}</{run.raised}>"
        if run.struck:
            made = f"<del>{made}</del>"
        sign = "*" * (2 * run.bold + run.italic)
        lines.append(f"{sign}{made}{sign}")
    return before + "\n".join(lines) + after


def _link(inner: str, target: str) -> str:
    href = clean_href(target)
    text = inner.strip()
    if not text or scheme_of(href) not in _LINKS or _is_same(text, href):
        return inner
    before, _, after = inner.partition(text)
    if re.search(r"[\s()<>]", href):
        href = re.sub(r"[<>\s]", lambda char: f"%{ord(char[0]):02X}", href)
        href = f"<{href}>"
    return f"{before}[{text}]({href}){after}".replace("\n", " ")


def _is_same(text: str, href: str) -> bool:
    """Return whether a text is its own address, which the page links by itself."""
    return text.replace("\\", "") == href


def _arrives(markdown: str, wanted: str) -> bool:
    found = parse_prose(markdown)
    is_same = _NO_LETTER.sub("", found.plain) == _NO_LETTER.sub("", wanted)
    return is_same and not found.remarks and not found.photos
