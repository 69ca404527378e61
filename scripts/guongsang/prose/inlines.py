"""What stands within a line: our rules for emphasis, links, pictures, tags and footnote signs."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import rules_inline
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Delimiter, StateInline
from markdown_it.token import Token

from guongsang.prose.allowed import HTML_NAMES, USE_ATTRIBUTE
from guongsang.prose.foreign import find_box, find_foreign, find_frames
from guongsang.prose.work import Work, work_of

# Before the first no emphasis closes, before the second none opens: "(*)", "5*, 6*".
_OPENING: Final = frozenset("([{“‘«")
_CLOSING: Final = frozenset(")]}”’»,;:!?%")
_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|\Z)")
_ADDRESS: Final = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://|mailto:|[^<>:\s]+@)", re.IGNORECASE)
_BEFORE_HREF: Final = re.compile(r"\(\s*<?")
_SCHEME: Final = re.compile(r"(?<![A-Za-z0-9])https?\Z", re.IGNORECASE)
_LONGEST_SCHEME: Final = len("https")
_BARE: Final = re.compile(r"""://[^\s<>"`|\\^{}“”‘’«»…]+""")
# What ends a sentence after an address is not part of it.
_AFTER_BARE: Final = ".,;:!?'*_~"
_REFERENCE: Final = re.compile(r"\[\^([^\[\]\n]+)\]")


def read_emphasis(state: StateInline, silent: bool) -> bool:
    """Signs of emphasis; within words and numbers they are themselves."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    length = end - state.pos
    opens, closes = _flanks(state, marker, state.pos, end)
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(ord(marker), length, len(state.tokens) - 1, -1, opens, closes)
        )
    state.pos = end
    return True


def _flanks(state: StateInline, marker: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether a run of signs may open emphasis, and whether it may close some.

    As in CommonMark, but for four things: a single sign or a low line within a word, two signs
    within a number, and signs inside brackets are text; two signs beside punctuation do their
    work without a space as well ("**Ảnh:**Lò A").
    """
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    sign_before, sign_after = _is_sign(before), _is_sign(after)
    word_before = not space_before and not sign_before
    word_after = not space_after and not sign_after
    if word_before and word_after:
        within = end - start == 1 or marker == "_" or (before.isdigit() and after.isdigit())
        return not within, not within
    opens = not space_after and (not sign_after or not word_before)
    closes = not space_before and (not sign_before or not word_after)
    if marker == "*":
        closes = closes or (sign_before and word_after)
        if end - start > 1:
            opens = opens or (sign_after and word_before and not before.isdigit())
    return opens and after not in _CLOSING, closes and before not in _OPENING


def _is_sign(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def read_link(state: StateInline, silent: bool) -> bool:
    """`[words](address "title")`, which remembers where its address was typed."""
    begin, known = state.pos, len(state.tokens)
    if not rules_inline.link(state, silent):
        return False
    if not silent:
        closed = state.md.helpers.parseLinkLabel(state, begin, True)
        _mark(state, _find_from(state.tokens, known, "link_open"), closed)
    return True


def read_image(state: StateInline, silent: bool) -> bool:
    """`![description](file "title")`, which remembers where its file was typed."""
    begin, known = state.pos, len(state.tokens)
    if not rules_inline.image(state, silent):
        return False
    if not silent:
        closed = state.md.helpers.parseLinkLabel(state, begin + 1, False)
        _mark(state, _find_from(state.tokens, known, "image"), closed)
    return True


def _find_from(tokens: list[Token], start: int, kind: str) -> Token:
    return next(token for token in tokens[start:] if token.type == kind)


def _mark(state: StateInline, token: Token, closed: int) -> None:
    """Tell a link or a picture where the address after its closing bracket stands."""
    before = _BEFORE_HREF.match(state.src, closed + 1)
    assert before is not None
    _set_use(state, token, before.end())


def _set_use(state: StateInline, token: Token, offset: int) -> None:
    href = token.attrs.get("href", token.attrs.get("src", ""))
    token.attrs[USE_ATTRIBUTE] = f"{work_of(state.env).source.add(offset)} {href}"


def read_autolink(state: StateInline, silent: bool) -> bool:
    """`<https://…>` and `<name@example.vn>`; other words between angles are words."""
    known = len(state.tokens)
    if not _ADDRESS.match(state.src, state.pos):
        return False
    begin = state.pos + 1
    if not rules_inline.autolink(state, silent):
        return False
    if not silent:
        _set_use(state, _find_from(state.tokens, known, "link_open"), begin)
    return True


def read_bare_link(state: StateInline, silent: bool) -> bool:
    """An address of the web that stands in the text as it is."""
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.src, max(0, state.pos - _LONGEST_SCHEME - 1), state.pos)
    if not scheme or not state.pending.endswith(scheme[0]):
        return False
    rest = _BARE.match(state.src, state.pos, state.posMax)
    if not rest:
        return False
    tail = _trim_address(rest[0])
    if len(tail) < 4:
        return False
    href = scheme[0] + tail
    state.pending = state.pending[: -len(scheme[0])]
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": href}
    _set_use(state, token, state.pos - len(scheme[0]))
    state.push("text", "", 0).content = href
    state.push("link_close", "a", -1)
    state.pos += len(tail)
    return True


def _trim_address(address: str) -> str:
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in _AFTER_BARE or (address[end - 1] == ")" and surplus > 0)):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def read_tag(state: StateInline, silent: bool) -> bool:
    """A tag of HTML; an angle that opens none is itself."""
    if not is_html(state.src, state.pos):
        return False
    begin = state.pos
    if not rules_inline.html_inline(state, silent):
        return False
    if not silent:
        note_html(work_of(state.env), state.src, begin, state.pos)
    return True


def note_html(work: Work, text: str, begin: int, end: int) -> None:
    """Keep where the addresses of raw HTML stand, and what in it no reader gets."""
    work.source.add_raw(text, begin, end)
    for rule, offset, tag, address in find_frames(text, begin, end):
        work.remark(rule, offset, tag, address)


def is_html(text: str, at: int) -> bool:
    """Return whether a comment or a tag that HTML knows may begin here."""
    if text.startswith("<!--", at):
        return text.find("-->", at) >= 0
    tag = _TAG.match(text, at)
    return tag is not None and tag[1].lower() in HTML_NAMES


def note_foreign(state: StateInline, silent: bool) -> bool:
    """Signs of other programs: they are text, which is told."""
    if silent or state.src[state.pos] not in "{[!~":
        return False
    work = work_of(state.env)
    text, end = work.told
    if text is state.src and state.pos < end:  # "{% … %}" within "{{% … %}}"
        return False
    found = find_foreign(state.src, state.pos)
    if found and found[1].startswith("[^") and found[1][2:].rstrip(":]") in work.footnotes:
        return False
    if found:
        work.told = state.src, state.pos + len(found[1])
    elif state.pos == 0:
        found = find_box(state.src, work.source.before())
    if found:
        rule, typed, instead = found
        work.remark(rule, state.pos, typed, instead)
    return False


def read_footnote_sign(state: StateInline, silent: bool) -> bool:
    """`[^1]` where there is such a footnote."""
    sign = _REFERENCE.match(state.src, state.pos, state.posMax)
    work = work_of(state.env)
    if not sign or sign[1] not in work.footnotes:
        return False
    if not silent:
        number = work.footnotes[sign[1]]
        state.push("sup_open", "sup", 1).attrs = {"id": work.refer(sign[1])}
        state.push("link_open", "a", 1).attrs = {"href": f"#fn:{number}", "class": "footnote-ref"}
        state.push("text", "", 0).content = str(number)
        state.push("link_close", "a", -1)
        state.push("sup_close", "sup", -1)
    state.pos = sign.end()
    return True
