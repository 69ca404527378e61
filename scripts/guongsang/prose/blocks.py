"""What stands in lines of its own: our rules for lists, raw HTML, footnotes and classes."""

from __future__ import annotations

import re
from typing import Final, Literal

from markdown_it import rules_block
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_core.state_core import StateCore
from markdown_it.token import Token

from guongsang.prose.allowed import (
    BULLET_CLASSES,
    EDITOR_CLASSES,
    TEXT_CLASSES,
    escape_stray_angles,
)
from guongsang.prose.foreign import suggest_class
from guongsang.prose.inlines import is_html, note_html
from guongsang.prose.work import Work, reference_id, work_of

_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=[ \t]|\Z)", re.ASCII)
_NOTE: Final = re.compile(r"\[\^([^\[\]\n]+)\]:")
_NOTE_INDENT: Final = 4
_ATTRIBUTES: Final = re.compile(r"(?:\A|[ \t\n])\{:([^{}\n]*)\}[ \t]*\Z")
_ATTRIBUTE: Final = re.compile(
    r"""\.(?P<class>[^\s.\#="']+)|\#(?P<id>[^\s.\#="']+)|(?P<key>[A-Za-z]+)=(?P<value>\S+)"""
)
# What may be said of a block besides its class; a heading may be given its id.
_KEYS: Final = frozenset(("lang", "dir"))


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def read_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list, which shows the signs and numbers that were typed.

    A number begins one only if it is 0 or 1, or continues the last list: "30. 4 là ngày…" is text.
    """
    number = _NUMBER.match(_line(state, start))
    if number and not _may_begin(state, start, number, silent=silent):
        return False
    if number and not silent:
        _deepen(state, start, end, len(number[0]) + 1)
    opened = len(state.tokens)
    if not rules_block.list_block(state, start, end, silent):
        return False
    if not silent:
        if number:
            _set_values(state, opened)
        else:
            sign = BULLET_CLASSES[state.tokens[opened].markup]
            state.tokens[opened].attrs["class"] = sign
    return True


def _may_begin(state: StateBlock, start: int, number: re.Match[str], *, silent: bool) -> bool:
    if number[2] != "." or len(number[1]) > 2:
        return False
    of_outer_list = silent and state.sCount[start] < state.blkIndent
    value = int(number[1])
    return value <= 1 or of_outer_list or value == _next_number(state)


def _deepen(state: StateBlock, start: int, end: int, width: int) -> None:
    """Let two spaces be enough for what belongs to an item, as they are below a dash."""
    base = state.sCount[start]
    for line in range(start + 1, end):
        indent = state.sCount[line]
        if base + 2 <= indent < base + width:
            state.sCount[line] = base + width
        elif indent <= base and not state.isEmpty(line) and not _NUMBER.match(_line(state, line)):
            return


def _next_number(state: StateBlock) -> int | None:
    return work_of(state.env).next_numbers.get(state.level)


def _set_values(state: StateBlock, opened: int) -> None:
    """Give a number to each item that does not have the one after the last."""
    level = state.tokens[opened].level
    expected = None
    for token in state.tokens[opened:]:
        if token.type == "list_item_open" and token.level == level + 1:
            value = int(token.info)
            if expected not in (None, value):
                token.attrs["value"] = value
            expected = value + 1
    if expected is not None:
        work_of(state.env).next_numbers[level] = expected


def end_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """A year at the beginning of a line ends a list: it is no number of an item."""
    number = _NUMBER.match(_line(state, start)) if silent else None
    return number is not None and len(number[1]) > 2


def read_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Raw HTML; what only looks like it is text."""
    line = _line(state, start)
    _, closed, rest = line.rpartition("-->")
    is_before_text = line.startswith("<!--") and closed and rest.strip()
    if is_before_text or not is_html(state.src, state.eMarks[start] - len(line)):
        return False
    if not rules_block.html_block(state, start, end, silent):
        return False
    if not silent:
        work, token = work_of(state.env), state.tokens[-1]
        work.source.enter(token.content, start)
        note_html(work, token.content, 0, len(token.content))
        token.content = escape_stray_angles(token.content)
    return True


def read_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[^1]: text` with what is indented below it: a footnote."""
    begin = state.bMarks[start]
    is_in_quote = begin > 0 and state.src[begin - 1] != "\n"
    is_in_list = 0 < state.blkIndent <= state.sCount[start]
    if is_in_quote or is_in_list or state.sCount[start] >= _NOTE_INDENT:
        return False
    sign = _NOTE.match(state.src, begin + state.tShift[start], state.eMarks[start])
    work = work_of(state.env)
    if not sign or sign[1] in work.footnotes:
        return False
    if silent:
        return True
    number = work.add_footnote(sign[1], start + 1, state.tShift[start] + 1)
    state.push("note_open", "li", 1).info = sign[1]
    _read_note_text(state, start, end, sign.end())
    state.push("note_close", "li", -1).info = str(number)
    return True


def _read_note_text(state: StateBlock, start: int, end: int, text: int) -> None:
    while text < state.eMarks[start] and state.src[text] in " \t":
        text += 1
    kept = state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType
    state.bMarks[start], state.tShift[start] = text, 0
    state.sCount[start] = state.blkIndent = _NOTE_INDENT
    if text < state.eMarks[start]:
        state.md.block.tokenize(state, start, end)
    else:
        state.line = start + 1
        if start + 1 < end and state.sCount[start + 1] >= _NOTE_INDENT:
            state.md.block.tokenize(state, start + 1, end)
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = kept
    state.blkIndent = 0


def arrange_blocks(state: StateCore) -> None:
    """Make one quotation of those beside each other, and give blocks the classes typed below."""
    kept: list[Token] = []
    for token in state.tokens:
        last = kept[-1] if kept else None
        if last and last.type == "blockquote_close" and token.type == "blockquote_open":
            kept.pop()
            continue
        if token.type == "inline" and "{:" in token.content:
            _set_attributes(kept, token, work_of(state.env))
        kept.append(token)
    state.tokens = kept


def _set_attributes(before: list[Token], text: Token, work: Work) -> None:
    typed = _ATTRIBUTES.search(text.content)
    if not typed or not typed.start() or not before:
        return
    block = before[-1]
    if block.type not in ("paragraph_open", "heading_open"):
        return
    if block.hidden:  # the text of an item of a list
        block = before[-2]
    known = EDITOR_CLASSES if "![" in text.content else TEXT_CLASSES
    for word in typed[1].split():
        found = _ATTRIBUTE.fullmatch(word)
        if found and found["class"] in known:
            block.attrJoin("class", found["class"])
        elif found and found["id"] and block.type == "heading_open":
            block.attrs["id"] = found["id"]
        elif found and found["key"] in _KEYS:
            block.attrs[found["key"]] = found["value"].strip("\"'")
        else:
            assert text.map is not None
            work.source.enter(text.content, text.map[0])
            work.remark(
                "GS726", typed.end() - len(typed[0].lstrip()), word, suggest_class(word, known)
            )
    text.content = text.content[: typed.start()].rstrip(" \t\n")


def move_notes(state: StateCore) -> None:
    """Put the footnotes, in their order, below the text, each with ways back to its signs."""
    work = work_of(state.env)
    if not work.footnotes:
        return
    text: list[Token] = []
    notes: list[Token] = []
    label = ""
    into = text
    for token in state.tokens:
        if token.type == "note_open":
            label, into = token.info, notes
            token.attrs = {"id": f"fn:{work.footnotes[label]}"}
        elif token.type == "note_close":
            _add_ways_back(notes, label, work)
        into.append(token)
        if token.type == "note_close":
            into = text
    frame = [_frame("div", 1), _frame("hr", 0), _frame("ol", 1)]
    frame[0].attrs = {"class": "footnote"}
    state.tokens = [*text, *frame, *notes, _frame("ol", -1), _frame("div", -1)]


def _frame(tag: str, nesting: Literal[-1, 0, 1]) -> Token:
    return Token("note_frame", tag, nesting, block=True)


def _add_ways_back(notes: list[Token], label: str, work: Work) -> None:
    number = work.footnotes[label]
    ways = "".join(
        f'<a class="footnote-backref" href="#{reference_id(number, count + 1)}"'
        f' title="Trở lại chỗ có chú thích {number}">↩</a>'
        for count in range(work.references.get(label, 0))
    )
    if not ways:
        return
    if notes[-1].type == "paragraph_close":
        children = notes[-2].children
        assert children is not None
        children.append(Token("html_inline", "", 0, content=f"\xa0{ways}"))
    else:
        notes.append(Token("html_block", "", 0, content=f"<p>{ways}</p>\n"))
