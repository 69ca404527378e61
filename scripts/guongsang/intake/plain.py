"""Text files, and Markdown of others, to a manuscript."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from guongsang.intake.manuscript import Block, Losses, Manuscript, Paragraph, Run, UnreadableError
from guongsang.intake.markup import read_html
from guongsang.prose.fill import fill_prose
from guongsang.prose.parse import parse_prose
from guongsang.text.misread import decode_misread, find_misread

MOST_BYTES: Final = 20_000_000
_FRONT: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET: Final = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.IGNORECASE)
_WAYS_BACK: Final = re.compile(r'<a class="footnote-backref"[^>]*>↩</a>')
# Lines that were filled up to a width, not ended by their writer.
_LEAST_FILLED: Final = 60


def decode_text(content: bytes) -> str:
    """Return a file's text: in UTF-8, in UTF-16 by its mark, else byte by byte as old fonts wrote.

    Text that a program read in a wrong encoding is put right. Raises UnreadableError.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError("too-big", size=f"{len(content) >> 20} MB")
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, "replace")
            break
    else:
        if b"\0" in content:
            raise UnreadableError("no-text")
        text = _decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return decode_misread(text) if find_misread(text) else text


def _decode(content: bytes) -> str:
    said = _CHARSET.search(content[:2000])
    for encoding in ("utf-8", said[1].decode() if said else "", "cp1258"):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding != "cp1258" or re.search("[\u0300\u0301\u0303\u0309\u0323]", text):
            return text
    return content.decode("latin-1")


def read_text(content: bytes) -> Manuscript:
    """Return the paragraphs of a text file: between blank lines, or a line each."""
    text = decode_text(content)
    blocks: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", text):
        lines = [line.rstrip() for line in part.split("\n") if line.strip()]
        for paragraph in _join_filled(lines):
            blocks.append(Paragraph((Run(paragraph),)))
    return Manuscript(tuple(blocks))


def _join_filled(lines: list[str]) -> list[str]:
    """Return lines as paragraphs; of a text that was filled up to a width, the lines are one."""
    widths = [len(line) for line in lines[:-1]]
    is_filled = len(lines) > 1 and min(widths, default=0) >= _LEAST_FILLED and max(widths) <= 100
    if is_filled and max(widths) - min(widths) <= 20:
        return [" ".join(line.strip() for line in lines)]
    return lines


def read_markdown(content: bytes) -> Manuscript:
    """Return what a Markdown file shows; signs of other programs are text, which is told.

    A title in its front matter stands above; the other keys are told.
    """
    text = decode_text(content)
    losses = Losses()
    front = _FRONT.match(text)
    title = ""
    if front:
        found = re.search(r"(?m)^title:\s*(.+)$", front[0])
        title = found[1].strip("'\" ") if found else ""
        losses.add("front-matter")
    body = text[front.end() :] if front else text
    shown = parse_prose(body)
    for remark in shown.remarks:
        losses.add("foreign", remark.typed)
    html = fill_prose(
        shown,
        photo=lambda use: f'<img src="{escape(use.src)}">',
        link=str,
        film=lambda use: f"<p>{escape(use.title)}</p>",
    )
    html = _WAYS_BACK.sub("", html)
    page = read_html(html)
    above = (Paragraph((Run(title),), kind="title"),) if title else ()
    return Manuscript((*above, *page.blocks), {}, (*losses.all(), *page.losses))
