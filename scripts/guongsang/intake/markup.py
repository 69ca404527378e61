"""Web pages, pasted HTML and bodies of old systems to a manuscript.

Only what is text, look or picture is read; whatever could act is left out, and told where a reader
would miss it. What comes out goes through our converter and its cleaner like all else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Final

from guongsang.intake.manuscript import (
    Align,
    Block,
    Cell,
    Inline,
    Losses,
    Manuscript,
    Paragraph,
    Picture,
    Run,
    Table,
    UnreadableError,
    join_runs,
)
from guongsang.prose.films import find_site
from guongsang.prose.foreign import find_page

MOST_CHARACTERS: Final = 20_000_000
MOST_DEPTH: Final = 200
_SILENT: Final = frozenset(
    (
        *("script", "style", "head", "template", "noscript", "svg", "math", "object", "canvas"),
        *("select", "textarea", "button", "nav", "map"),
    )
)
_FRAMES: Final = frozenset(("iframe", "embed", "video", "audio", "frame"))
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS: Final = frozenset(
    (
        *("p", "div", "section", "article", "header", "footer", "main", "aside", "address"),
        *("figure", "figcaption", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "center", "form"),
        *("fieldset", "hr", "body", "html", "title", *_HEADINGS),
    )
)
_EMPTY: Final = frozenset(
    (
        *("br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "embed"),
        *("source", "param", "track", "frame"),
    )
)
_ALIGNS: Final[dict[str, Align]] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "justify": "justify",
}
_STYLE: Final = re.compile(r"([a-z-]+)\s*:\s*([^;]+)", re.IGNORECASE)
_SIZE: Final = re.compile(r"([\d.]+)\s*(pt|px)")
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_CAPTION: Final = re.compile(r"(?:^|[\s_-])(?:caption|chu-?thich|imgcaption|image-?caption)", re.I)
_CAPTION_CODE: Final = re.compile(r"\[caption[^\]]*\](.*?)\[/caption\]", re.DOTALL)
# Comments and sections that Word and WordPress write for themselves.
_OWN_SIGNS: Final = re.compile(r"<!--.*?-->|<!\[[^\]>]*\]>|<\?.*?>|</?[ovwm]:[^>]*>", re.DOTALL)


@dataclass(slots=True)
class _Look:
    font: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""
    link: str = ""
    align: Align = ""
    hidden: bool = False
    pre: bool = False
    caption: bool = False
    quote: bool = False


@dataclass(slots=True)
class _Open:
    """An element that is open. `look` is how it was around it."""

    tag: str
    look: _Look


@dataclass(slots=True)
class _List:
    ordered: bool
    next: int


@dataclass(slots=True)
class _Grid:
    rows: list[list[Cell]] = field(default_factory=list)
    across: int = 1
    blocks: list[Block] = field(default_factory=list)


def read_html(text: str, picture_of: Callable[[str], Picture | None] | None = None) -> Manuscript:
    """Return what a page or a part of one shows. Raises UnreadableError where it is endless.

    `picture_of` returns a picture by its address; without it all have only their addresses.
    """
    if len(text) > MOST_CHARACTERS:
        raise UnreadableError("too-big", size=f"{len(text) >> 20} MB")
    text = _OWN_SIGNS.sub("", text)
    text = _CAPTION_CODE.sub(_unpack_caption, text)
    reader = _Reader(picture_of or Picture)
    reader.feed(text)
    reader.close()
    return reader.finish()


def _unpack_caption(code: re.Match[str]) -> str:
    """Return WordPress' code for a picture with its caption as HTML."""
    parts = re.match(r"(.*<img[^>]*>(?:\s*</a>)?)(.*)", code[1], re.DOTALL)
    if parts is None:
        return f"<p>{code[1]}</p>"
    return f"<p>{parts[1]}</p><figcaption>{parts[2]}</figcaption>"


class _Reader(HTMLParser):
    def __init__(self, picture_of: Callable[[str], Picture | None]) -> None:
        super().__init__(convert_charrefs=True)
        self._picture_of = picture_of
        self._losses = Losses()
        self._look = _Look()
        self._open: list[_Open] = []
        self._silent = 0
        self._inlines: list[Inline] = []
        self._lists: list[_List] = []
        self._item = ""
        self._grids: list[_Grid] = [_Grid()]
        self._level = 0

    def finish(self) -> Manuscript:
        self._end_paragraph()
        while len(self._grids) > 1:
            self._close_table()
        return Manuscript(tuple(self._grids[0].blocks), {}, self._losses.all())

    # Events

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if self._silent or tag in _SILENT:
            self._silent += tag not in _EMPTY
            return
        if tag in _BLOCKS:
            self._end_paragraph()
            self._close_implied(tag)
        if tag in _EMPTY or tag in _FRAMES:
            self._add_empty(tag, values)
            if tag in _EMPTY:
                return
        if len(self._open) >= MOST_DEPTH:
            raise UnreadableError("too-deep")
        self._open.append(_Open(tag, self._look))
        self._look = _read_look(self._look, tag, values)
        self._start_block(tag, values)
        if tag in _FRAMES:
            self._look = replace(self._look, hidden=True)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent -= tag not in _EMPTY
            return
        if tag == "br":
            self._add("\n")
        if tag == "p" and not self._is_open("p"):
            return
        if self._is_open(tag):
            while self._close_last() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._look.hidden:
            if data.strip() and not any(each.tag in _FRAMES for each in self._open):
                self._losses.add("hidden", count=len(data.split()))
            return
        self._add(data if self._look.pre else _SPACES.sub(" ", data))

    # Blocks

    def _is_open(self, tag: str) -> bool:
        for each in reversed(self._open):
            if each.tag == tag:
                return True
            if each.tag in ("td", "th") and tag not in ("tr", "table", "tbody", "thead", "tfoot"):
                return False
        return False

    def _close_implied(self, tag: str) -> None:
        """Close what a new element ends without saying so: a paragraph, an item, a cell."""
        last = self._open[-1].tag if self._open else ""
        ends = {"li": ("p", "li"), "td": ("p", "td", "th"), "th": ("p", "td", "th")}
        ends |= {"tr": ("p", "td", "th", "tr"), "dt": ("p", "dd", "dt"), "dd": ("p", "dd", "dt")}
        while last in ends.get(tag, ("p",)):
            self._close_last()
            last = self._open[-1].tag if self._open else ""

    def _start_block(self, tag: str, values: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            start = values.get("start", "1")
            self._lists.append(_List(tag == "ol", int(start) if start.isdecimal() else 1))
        elif tag == "li":
            current = self._lists[-1] if self._lists else _List(False, 1)
            self._item = f"{current.next}." if current.ordered else "-"
            current.next += 1
        elif tag == "table":
            self._grids.append(_Grid())
        elif tag == "tr" and len(self._grids) > 1:
            self._grids[-1].rows.append([])
        elif tag in ("td", "th") and len(self._grids) > 1:
            across = values.get("colspan", "1")
            self._grids[-1].across = min(int(across), 63) if across.isdecimal() else 1
        elif tag in _HEADINGS:
            self._level = int(tag[1])

    def _close_last(self) -> str:
        """Close the innermost element, and return its tag."""
        closed = self._open.pop()
        tag = closed.tag
        if tag in _BLOCKS:
            self._end_paragraph()
        self._look = closed.look
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._item = ""
        elif tag == "li":
            self._item = ""
        elif tag in ("td", "th") and len(self._grids) > 1:
            self._close_cell()
        elif tag == "table" and len(self._grids) > 1:
            self._close_table()
        elif tag in _HEADINGS:
            self._level = 0
        return tag

    def _close_cell(self) -> None:
        grid = self._grids[-1]
        if not grid.rows:
            grid.rows.append([])
        grid.rows[-1].append(Cell(tuple(grid.blocks), max(grid.across, 1)))
        grid.blocks, grid.across = [], 1

    def _close_table(self) -> None:
        grid = self._grids.pop()
        around = self._grids[-1].blocks
        if grid.rows:
            around.append(Table(tuple(map(tuple, grid.rows))))
        around += grid.blocks  # what stood between cells: a caption

    def _end_paragraph(self) -> None:
        inlines = join_runs(self._inlines)
        self._inlines = []
        look = self._look
        if not any(not isinstance(each, Run) or each.text.strip() for each in inlines):
            return
        self._grids[-1].blocks.append(
            Paragraph(
                inlines,
                align=look.align,
                level=self._level,
                item=max(len(self._lists), 1) if self._item else 0,
                sign=self._item,
                kind="caption" if look.caption else "quote" if look.quote else "",
            )
        )
        # What follows within the item is a paragraph of its own.
        self._item = ""

    # Within a paragraph

    def _add(self, text: str) -> None:
        look = self._look
        raised = "sup" if look.raised == "sup" else "sub" if look.raised == "sub" else ""
        self._inlines.append(
            Run(
                text,
                look.font,
                look.size,
                look.bold,
                look.italic,
                look.struck,
                raised,  # type: ignore[arg-type]
                look.link,
            )
        )

    def _add_empty(self, tag: str, values: dict[str, str]) -> None:
        if tag == "br":
            self._add("\n")
        elif tag == "hr":
            self._grids[-1].blocks.append(Paragraph((), kind="rule"))
        elif tag == "img" and not self._look.hidden:
            self._add_picture(values)
        elif tag in _FRAMES:
            self._add_frame(values.get("src") or values.get("data") or "", tag)

    def _add_picture(self, values: dict[str, str]) -> None:
        address = values.get("data-src") or values.get("src") or ""
        if not address or _is_dot(values):
            return
        picture = self._picture_of(address)
        if picture is None:
            self._losses.add("picture-gone", address[:120])
            return
        alt = _SPACES.sub(" ", values.get("alt", "")).strip()
        self._inlines.append(replace(picture, alt=picture.alt or alt))

    def _add_frame(self, address: str, tag: str) -> None:
        """Add a link to the page of a film; other frames are told with their address."""
        page = find_page(address) if address else ""
        self._end_paragraph()
        if page.startswith(("https://", "http://")) and page != "https://…":
            site = find_site(page)
            link = Run(f"Xem trên {site}" if site else page, link=page)
            self._grids[-1].blocks.append(Paragraph((link,)))
        self._losses.add("frame", f"<{tag}> {page}")


def _is_dot(values: dict[str, str]) -> bool:
    """Return whether a picture only counts readers."""
    return values.get("width") in ("0", "1") or values.get("height") in ("0", "1")


_TAG_LOOKS: Final[dict[str, dict[str, object]]] = {
    **{tag: {"bold": True} for tag in ("b", "strong", "th")},
    **{tag: {"italic": True} for tag in ("i", "em", "cite", "var")},
    **{tag: {"struck": True} for tag in ("s", "strike", "del")},
    "sup": {"raised": "sup"},
    "sub": {"raised": "sub"},
    "center": {"align": "center"},
    "pre": {"pre": True},
    "blockquote": {"quote": True},
    "figcaption": {"caption": True},
}


def _read_look(before: _Look, tag: str, values: dict[str, str]) -> _Look:
    """Return the look of what stands in an element."""
    look = replace(before, **_TAG_LOOKS.get(tag, {}))  # type: ignore[arg-type]
    if tag in _HEADINGS:
        look.bold = False
    if tag == "a" and values.get("href"):
        look.link = values["href"].strip()
    if tag == "font" and values.get("face"):
        look.font = values["face"].split(",")[0].strip("'\" ")
    look.align = _ALIGNS.get(values.get("align", "").lower(), look.align)
    look.caption = look.caption or bool(_CAPTION.search(values.get("class", "")))
    look.hidden = look.hidden or "hidden" in values
    for key, value in _STYLE.findall(values.get("style", "")):
        _read_style(look, key.lower(), value.strip().strip("'\"").lower(), value.strip())
    return look


def _read_style(look: _Look, key: str, value: str, typed: str) -> None:
    if key == "text-align":
        look.align = _ALIGNS.get(value, look.align)
    elif key == "font-weight":
        look.bold = value in ("bold", "bolder") or (value.isdecimal() and int(value) >= 600)
    elif key == "font-style":
        look.italic = value in ("italic", "oblique")
    elif key == "font-family":
        look.font = typed.split(",", maxsplit=1)[0].strip("'\" ")
    elif key == "font-size":
        size = _SIZE.match(value)
        if size:
            look.size = float(size[1]) * (0.75 if size[2] == "px" else 1)
    elif key == "text-decoration":
        look.struck = look.struck or "line-through" in value
    elif key == "vertical-align":
        look.raised = {"super": "sup", "sub": "sub"}.get(value, look.raised)
    elif (key == "display" and value == "none") or (key == "visibility" and value == "hidden"):
        look.hidden = True
