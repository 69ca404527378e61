"""Signs of other programs, which readers would see as they were typed, and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import unescape
from typing import Final
from urllib.parse import unquote

from guongsang.picture_formats import SUFFIX
from guongsang.text.fold import slug

_PICTURE: Final = re.compile(rf"[^\s\"'=\[\]|<>()/\\]+\.(?:{SUFFIX})", re.IGNORECASE)
_FILM: Final = re.compile(
    r"(?:youtube|youtu\.be/|embed/|v=)[\s=:/]*[\"']?([\w-]{11})(?![\w-])", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"(?:https?:)?//[^\s\"'<>\[\]]+")
_FILM_PAGE: Final = "https://www.youtube.com/watch?v={}"
_ABOUT_PICTURES: Final = re.compile(r"caption|figure|gallery|image|img|ảnh", re.IGNORECASE)


def _replace_code(typed: str) -> str:
    """Return what to type instead of a command of another program."""
    if film := _FILM.search(typed):
        return f"[Xem phim]({_FILM_PAGE.format(film[1])})"
    if picture := _PICTURE.search(typed):
        return f"![]({picture[0]})"
    if address := _ADDRESS.search(typed):
        return f"[Xem]({address[0]})"
    return "![](anh-1.jpg)" if _ABOUT_PICTURES.search(typed) else "[tên liên kết](https://…)"


def _replace_wiki(typed: str) -> str:
    if picture := _PICTURE.search(typed):
        return f"![]({picture[0]})"
    words = typed.strip("![]").split("|")[-1].strip()
    return f"[{words}](../{slug(words) or 'ten-thu-muc'}/index.md)"


# Those of WordPress that no Vietnamese sentence would hold.
_SHORTCODE: Final = re.compile(
    r"\[(?:(?:caption|vc_\w+)\b|(?:gallery|video|audio|playlist|embed|youtube)\b(?=[^\[\]\n]*=))"
    r"[^\[\]\n]{0,300}\](?![(\[])"
    r"|\[(?:embed|youtube|video|audio)\][^\[\]\n]{1,300}\[/"
)
# A box of Python-Markdown, which the pages of docs/ know.
_ADMONITION: Final = re.compile(
    r"(?<![^\n])!!!\+? ?[a-z]+(?: \"[^\"\n]{0,100}\")?(?=[ \t]*(?:\n|\Z))"
)
# A sign by its first letter: rule, what it looks like, what to type instead.
_Kind = tuple[str, re.Pattern[str], Callable[[str], str]]
_KINDS: Final[dict[str, tuple[_Kind, ...]]] = {
    "{": (
        ("GS722", re.compile(r"\{%[^\n]{0,300}?%\}"), _replace_code),
        ("GS722", re.compile(r"\{\{[^\n]{0,300}?\}\}"), _replace_code),
        ("GS725", re.compile(r"\{:[^{}\n]{0,300}\}"), str),
    ),
    "[": (
        ("GS722", re.compile(r"(?<!!)\[\[[^\[\]\n]{1,300}\]\]"), _replace_wiki),
        ("GS722", _SHORTCODE, _replace_code),
        (
            "GS723",
            re.compile(r"\[\^[^\[\]\n]{1,300}\]:?"),
            lambda typed: f"{typed.removesuffix(':')}: lời chú thích",
        ),
    ),
    "!": (
        ("GS722", re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]"), _replace_wiki),
        ("GS722", _ADMONITION, lambda _: "{: .ghi-chu }"),
    ),
    "~": (
        (
            "GS722",
            re.compile(r"~~(?=[^\s~])[^\n]{1,300}?~~"),
            lambda typed: f"<del>{typed.strip('~')}</del>",
        ),
    ),
}
# A box to tick, which only begins an item.
_BOX: Final = re.compile(r"\[[ xX]\](?=[ \t])")

# Tags of players and of parts of other sites, and programs: readers' browsers get none of them.
_FRAME: Final = re.compile(
    r"<(iframe|frame|video|audio|embed|object|script|blockquote(?=[^<>]*embed))(?=[\s>/])[^<>]*",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(
    r"""\b(?:src|cite|data)\s*=\s*(?:"([^"]+)|'([^']+)|([^\s"'>]+))""", re.IGNORECASE
)
# A player may name its file in a tag of its own, a little later.
_WITHIN: Final = 500
_FACEBOOK: Final = re.compile(r"facebook\.com/plugins/[^?]*\?(?:[^&]*&)*?href=([^&]+)")


def find_foreign(text: str, at: int) -> tuple[str, str, str] | None:
    """Return rule, sign and what to type instead, for a sign of another program at an offset."""
    for rule, pattern, replace in _KINDS.get(text[at], ()):
        if sign := pattern.match(text, at):
            return rule, sign[0], replace(sign[0])
    return None


def find_box(text: str, before: str) -> tuple[str, str, str] | None:
    """Return the same for a box at the beginning of a text; `before` is the line up to there."""
    box, sign = _BOX.match(text), before.strip()[-1:]
    return ("GS722", f"{sign} {box[0]}", sign) if box and sign and sign in "-*+" else None


def find_frames(text: str, begin: int, end: int) -> list[tuple[str, int, str, str]]:
    """Return rule, offset, tag and address of each player and program in a part of a text."""
    found = []
    for frame in _FRAME.finditer(text, begin, end):
        tag = frame[1].lower()
        within = _WITHIN if tag in ("video", "audio", "object") else 0
        source = _SOURCE.search(text, frame.start(), frame.end() + within)
        address = unescape(source[1] or source[2] or source[3]) if source else ""
        rule = "GS724" if tag == "script" else "GS721"
        found.append((rule, frame.start(), f"<{tag}>", find_page(address)))
    return found


def find_page(address: str) -> str:
    """Return the page that shows what a frame would have: what a link can lead to."""
    film = _FILM.search(address) if "youtu" in address else None
    if film:
        return _FILM_PAGE.format(film[1])
    if inner := _FACEBOOK.search(address):
        return unquote(inner[1])
    return f"https:{address}" if address.startswith("//") else address or "https://…"


def suggest_class(word: str, known: Collection[str]) -> str:
    """Return what of the known may be typed instead of a word between `{: }` that does nothing."""
    wanted = slug(word)
    instead = [wanted] if wanted in known else sorted(known)
    return ", ".join(f"{{: .{each} }}" for each in instead)
