"""Blocks so plain that what becomes of them is known go around the converter.

Most of a story is of that kind, and the converter would try each of its rules on every letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# No sign of markup and no address anywhere; each line begins with a letter or a sign of punctuation
# that starts nothing, and ends without a space.
_BEGIN: Final = r"""(?=[^\W\d_]|[“‘"'–—…(])"""
_PLAIN: Final = r"[^:~\\`*_\[\]<>&|{}\x00-\x1f\x7f-\x9f]"
_SIGNS: Final = rf"(?:{_PLAIN}|:(?!//)|~(?!~))"
_LINE: Final = rf"{_BEGIN}(?:{_PLAIN}++|:(?!//)|~(?!~))+(?<!\s)"
_PARAGRAPH: Final = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_HEADING: Final = re.compile(rf"(#{{1,6}}) ({_BEGIN}(?:(?!\#){_SIGNS})+(?<!\s))")
_QUOTE: Final = re.compile(rf"> {_LINE}(?:\n> {_LINE})*")
_LETTER: Final = r"[^\W_]"
# Words in bold with space or punctuation around them.
_BOLD: Final = re.compile(
    rf"(?:(?<=\s)|(?<![\s\S]))\*\*({_LETTER}(?:{_SIGNS}*{_LETTER})?[.,;:!?…]?)\*\*"
    r"(?=[\s.,;:!?…]|\Z)"
)
_ASIDE: Final = re.compile(r"GsAside(\d+)x")
_PLACE: Final = re.compile(r"<p>GsAside(\d+)x</p>")


def set_aside(text: str) -> tuple[str, list[str]]:
    """Return a body with a sign for each run of plain blocks, and the clean HTML of those.

    Other blocks stay in their lines. Raw HTML and code may enclose blocks: then none is set aside.
    """
    if "<" in text or "```" in text or "~~~" in text or _ASIDE.search(text):
        return text, []
    aside: list[str] = []
    short: list[str] = []
    stripped = text.lstrip("\n")
    blocks = stripped.rstrip("\n").split("\n\n")
    run: list[str] = []
    for at, block in enumerate(blocks):
        made = _make_plain(block)
        if made is None and _is_lone_quote(blocks, at, after_plain=not at or bool(run)):
            made = _make_quote(block)
        if made is not None:
            run.append(made)
            continue
        _close_run(run, short, aside)
        short.append(block)
    _close_run(run, short, aside)
    return "\n" * (len(text) - len(stripped)) + "\n\n".join(short), aside


def is_all_aside(short: str) -> bool:
    """Return whether nothing is left of a body but one run of plain blocks."""
    return short.strip("\n") == "GsAside0x"


def put_back(html: str, aside: Sequence[str]) -> str:
    """Return clean HTML with the blocks that were set aside in their places."""
    return _PLACE.sub(lambda sign: aside[int(sign[1])], html) if aside else html


def _close_run(run: list[str], short: list[str], aside: list[str]) -> None:
    if run:
        html = "\n".join(run)
        lines = sum(made.count("<br>") for made in run) + 2 * (len(run) - 1)
        short.append(f"GsAside{len(aside)}x" + "\n" * lines)
        aside.append(html.replace("\xa0", "&nbsp;"))
        run.clear()


def _make_plain(block: str) -> str | None:
    """Return the HTML of a paragraph or heading; None of anything that is not plain."""
    if block.startswith("#"):
        heading = _HEADING.fullmatch(block)
        return f"<h{len(heading[1])}>{heading[2]}</h{len(heading[1])}>" if heading else None
    if "**" in block:
        bare = _BOLD.sub(r"\1", block)
        if _PARAGRAPH.fullmatch(bare):
            block = _BOLD.sub(r"<strong>\1</strong>", block)
            return f"<p>{_break_lines(block)}</p>"
        return None
    return f"<p>{_break_lines(block)}</p>" if _PARAGRAPH.fullmatch(block) else None


def _break_lines(text: str) -> str:
    return text.replace("\n", "<br>\n")


def _is_lone_quote(blocks: Sequence[str], at: int, *, after_plain: bool) -> bool:
    """Return whether a plain quote has no other beside it: those would become one."""
    following = blocks[at + 1][:1] if at + 1 < len(blocks) else "#"
    before = blocks[at - 1] if at else ""
    return (
        after_plain
        and not before.startswith(">")
        and (following == "#" or following.isalpha())
        and _QUOTE.fullmatch(blocks[at]) is not None
    )


def _make_quote(block: str) -> str:
    inner = _break_lines(block[2:].replace("\n> ", "\n"))
    return f"<blockquote>\n<p>{inner}</p>\n</blockquote>"
