"""Markdown to `Prose`: the one way from an editor's body to HTML that may be published."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from html import escape
from typing import Final

from guongsang.prose.allowed import clean_html
from guongsang.prose.aside import is_all_aside, put_back, set_aside
from guongsang.prose.engine import Engine
from guongsang.prose.finish import Finisher
from guongsang.prose.model import Prose
from guongsang.prose.source import Source, drop_forbidden, replace_forbidden
from guongsang.prose.work import TangledError
from guongsang.text.count import count_syllables

# Beyond these a body is kept as plain paragraphs (`Prose.tangled`). The converter is quadratic in
# some signs of a block, and recursive in the depth of quotes and lists.
MOST_CHARACTERS: Final = 100_000
MOST_LINES_IN_BLOCK: Final = 1_000
MOST_NESTING: Final = 30
MOST_LINES: Final = 5_000
MOST_SIGNS_IN_BLOCK: Final = 4_000
MOST_OPEN_BRACKETS: Final = 500
MOST_CELLS: Final = 15_000
MOST_SIGNS: Final = 40_000
MOST_TAGS: Final = 4_000
MOST_UNCLOSED_TAGS: Final = 100

_UNCLOSED_TAG: Final = re.compile(r"<[A-Za-z/!?][^<>]*(?=<|\Z)")
_BLANK: Final = re.compile(r"\n[ \t]*(?=\n)")
_TOO_DEEP: Final = re.compile(
    rf"\n(?:[ \t]*(?:(?:>|(?:[*+\-]|\d{{1,9}}\.)(?=[ \t]))[ \t]*){{{MOST_NESTING + 1}}}"
    rf"|(?: {{4}}|\t){{{MOST_NESTING + 1}}})"
)
# At each of these the converter stops and tries its rules.
_SIGNS: Final = "!#$%&*+-:<=>@[\\]^_`{}~"
_MAY_USE: Final = ("[", "<", "`", "{", "|")
# Each with a character of it, which is found in a fraction of the time.
_MAY_USE_LONG: Final = (("/", "://"), ("~", "~~"), ("!", "!!!"))
_ID: Final = re.compile(r' id="([^"]+)"')
_THREAD: Final = threading.local()


def parse_prose(body: str) -> Prose:
    """Return `body` as safe HTML with markers, plain text, headings, links and photos.

    Never raises and keeps no state between calls; each thread has its own converter.
    """
    text = replace_forbidden(body)
    if _is_too_big(text):
        return _plain_prose(text)
    source = Source(text)
    short, aside = set_aside(text)
    if aside and is_all_aside(short):
        return Finisher(source).run_plain(aside[0])
    try:
        dirty, remarks = _engine().convert(short, source)
    except (TangledError, RecursionError):
        return _plain_prose(text)
    html = clean_html(dirty.rstrip())
    html = drop_forbidden(html) if "&#" in text else html
    return replace(Finisher(source).run(put_back(html, aside)), remarks=tuple(remarks))


def find_anchors(body: str) -> frozenset[str]:
    """Return the ids in a body: where links from elsewhere may lead."""
    return frozenset(_ID.findall(parse_prose(body).html))


def find_uses(body: str) -> Prose:
    """Return what a body links to and shows; its HTML and text only where it does that at all.

    Without one of a few signs there is neither link nor picture, nothing that could be lost or has
    to be told, and nothing that takes long: most bodies need not be converted to know that.
    """
    if (
        any(map(body.__contains__, _MAY_USE))
        or any(char in body and sign in body for char, sign in _MAY_USE_LONG)
        or "\r" in body
        or _is_too_big(body)
    ):
        return parse_prose(body)
    return Prose(html="", headings=(), plain="", links=(), photos=(), syllables=0)


def find_fences(text: str) -> list[tuple[int, int]]:
    """Return first and last line, from 0 and the last one excluded, of each piece of code.

    `text` is what `replace_forbidden` makes of a body. One kept as plain paragraphs has no code.
    """
    if ("```" not in text and "~~~" not in text) or _is_too_big(text):
        return []
    try:
        return _engine().find_fences(text)
    except (TangledError, RecursionError):
        return []


def _engine() -> Engine:
    engine: Engine | None = getattr(_THREAD, "engine", None)
    if engine is None:
        engine = _THREAD.engine = Engine()
    return engine


def _is_too_big(text: str) -> bool:
    if len(text) > MOST_CHARACTERS or text.count("<") > MOST_TAGS:
        return True
    if len(text) > MOST_CELLS and text.count("|") > MOST_CELLS:
        return True
    if len(text) > MOST_SIGNS < sum(map(text.count, _SIGNS)):
        return True
    if text.count("\n") > MOST_LINES_IN_BLOCK or len(text) > MOST_SIGNS_IN_BLOCK:
        blocks = _BLANK.sub("\n", text).split("\n\n")
        lines = sum(block.count("\n") + 1 for block in blocks)
        if lines > MOST_LINES or any(map(_is_too_big_block, blocks)):
            return True
    if text.count("<") > MOST_UNCLOSED_TAGS < len(_UNCLOSED_TAG.findall(text)):
        return True
    return _TOO_DEEP.search("\n" + text) is not None


def _is_too_big_block(block: str) -> bool:
    signs = sum(map(block.count, "*_["))
    is_open = block.count("[") - block.count("]") > MOST_OPEN_BRACKETS
    return is_open or signs > MOST_SIGNS_IN_BLOCK or block.count("\n") > MOST_LINES_IN_BLOCK


def _plain_prose(text: str) -> Prose:
    """Return the paragraphs of `text` with all its markup shown as typed."""
    paragraphs = [" ".join(part.split()) for part in text.replace("\n \n", "\n\n").split("\n\n")]
    kept = [paragraph for paragraph in paragraphs if paragraph]
    plain = "\n".join(kept)
    return Prose(
        html="\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in kept),
        headings=(),
        plain=plain,
        links=(),
        photos=(),
        syllables=count_syllables(plain),
        tangled=True,
    )
