"""From clean HTML to a `Prose`: heading ids, markers, plain text, links and photos."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape
from itertools import chain, groupby
from typing import Final

from guongsang.prose.allowed import (
    PHOTO_CLASSES,
    SCHEMES,
    USE_ATTRIBUTE,
    clean_href,
    scheme_of,
)
from guongsang.prose.films import lift_films, mark_films
from guongsang.prose.model import FilmUse, Heading, LinkUse, PhotoUse, Prose, file_of
from guongsang.prose.source import Source
from guongsang.text.count import count_syllables, count_words
from guongsang.text.fold import nfc, slug

# Ids of the page around the body, which a heading must leave alone.
_RESERVED: Final = (
    "anh bai-lien-quan binh-luan cai-chinh chan-trang chia-se co-chu content cung-doc dau-trang "
    "doc-tiep footer header loat-bai main mau-nen menu muc-luc nav nguon nhan-vat noi-dung search "
    "tep tim-kiem toc top trong-bai tuong-phan"
)
RESERVED_IDS: Final = frozenset(_RESERVED.split())

_TAG: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^"<>]|"[^"]*")*)>')
_ATTRIBUTE: Final = re.compile(r' ([^\s="]+)="([^"]*)"')
_FOOTNOTE_ID: Final = re.compile(r"fn(?:ref\d*)?:\d+")
_PARAGRAPH: Final = re.compile(r"(<p(?: [^<>]*)?>)((?:(?!</p>).)*)</p>", re.DOTALL)
_PHOTO_LINE: Final = re.compile(r'\s*(?:<gs-photo n="\d+"></gs-photo>\s*)+')
_STARTS: Final = re.compile(r"<(?!/|br|wbr)")
_PHOTO: Final = re.compile(r'<gs-photo n="(\d+)"></gs-photo>')
# What `aside` makes, once the marks of bold text are out.
_PLAIN_HEADING: Final = re.compile(r"<(h[1-6])>([^<]*)</h[1-6]>")
_PLAIN_BLOCK: Final = re.compile(r"<[ph][^<>]*>([^<]*)<")
_HEADINGS: Final = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_BLOCKS: Final = (
    "address blockquote caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre "
    "table tbody tfoot thead tr ul"
)
# What is wider than the page moves in its own box, by keyboard too.
_TABLE_BOX: Final = '<div class="bang" role="group" aria-label="Bảng" tabindex="0">'
_BREAKS: Final = {
    **dict.fromkeys(_BLOCKS.split(), "\n"),
    **dict.fromkeys(("br", "td", "th", "img"), " "),
}


class Finisher:
    """One walk over the clean HTML of one body."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._out: list[str] = []
        self._plain: list[str] = []
        self._links: list[LinkUse] = []
        self._photos: list[PhotoUse] = []
        self._headings: list[Heading] = []
        self._ids: set[str] = set(RESERVED_IDS)
        self._counts: dict[str, int] = {}
        self._open_headings: list[tuple[int, int, str]] = []
        self._open_links: list[bool] = []
        self._silent: str | None = None

    def run(self, html: str) -> Prose:
        """Return the finished body; `html` must come from `clean_html`."""
        done = 0
        for tag in _TAG.finditer(html):
            self._add_text(html[done : tag.start()])
            done = tag.end()
            closing, name, attributes = tag.groups()
            if closing:
                self._close(name)
            else:
                self._open(name, attributes)
        self._add_text(html[done:])
        return self._prose()

    def run_plain(self, html: str) -> Prose:
        """Return what `run` does, of nothing but paragraphs, headings, quotes and bold text."""
        html = _PLAIN_HEADING.sub(self._finish_plain_heading, html)
        bare = html.replace("<strong>", "").replace("</strong>", "").replace("<br>", "")
        blocks = [text.split() for text in _PLAIN_BLOCK.findall(bare.replace("&nbsp;", " "))]
        plain = "\n".join(map(" ".join, blocks))
        is_normal = nfc(plain) == plain
        return Prose(
            html=html,
            headings=tuple(self._headings),
            plain=plain,
            links=(),
            photos=(),
            syllables=count_words(list(chain(*blocks))) if is_normal else count_syllables(plain),
        )

    def _finish_plain_heading(self, tag: re.Match[str]) -> str:
        name, inner = tag.groups()
        title = " ".join(unescape(inner).split())
        level, identity = _HEADINGS[name], self._unique_id(slug(title) or "muc")
        self._headings.append(Heading(level, identity, title))
        return f'<h{level} id="{identity}">{inner}</h{level}>'

    def _prose(self) -> Prose:
        html = "".join(self._out).strip()
        if self._photos:
            blocks: dict[int, str] = {}
            html = _PARAGRAPH.sub(lambda found: _lift_photos(found[1], found[2], blocks), html)
            self._photos = [
                replace(photo, layout=blocks[n]) if n in blocks else replace(photo, inline=True)
                for n, photo in enumerate(self._photos)
            ]
        films: tuple[FilmUse, ...] = ()
        if self._links:
            html, films = lift_films(mark_films(html), self._links, self._photos)
        lines = (" ".join(line.split()) for line in "".join(self._plain).split("\n"))
        plain = "\n".join(line for line in lines if line)
        return Prose(
            html=html,
            headings=tuple(self._headings),
            plain=plain,
            links=tuple(self._links),
            photos=tuple(self._photos),
            syllables=count_syllables(plain),
            films=films,
        )

    def _add_text(self, text: str) -> None:
        if text:
            self._out.append(text)
            if self._silent is None:
                plain = text.replace("\n", " ")
                self._plain.append(unescape(plain) if "&" in plain else plain)

    def _open(self, name: str, source: str) -> None:
        if name in _BREAKS:
            self._plain.append(_BREAKS[name])
        if name == "table":
            self._out.append(_TABLE_BOX)
        attributes = _read_attributes(source) if source else {}
        if name in _HEADINGS:
            self._open_headings.append((len(self._out), len(self._plain), source))
            self._out.append("")
        elif name == "a":
            self._open_link(attributes)
        elif name == "img":
            self._add_photo(attributes)
        elif attributes:
            self._open_other(name, attributes)
        else:
            self._out.append(f"<{name}>")

    def _close(self, name: str) -> None:
        if name == self._silent:
            self._silent = None
        if name in _HEADINGS:
            self._close_heading(name)
        elif name == "a":
            if self._open_links and self._open_links.pop():
                self._out.append("</a>")
        else:
            self._out.append(f"</{name}>")
        if name == "table":
            self._out.append("</div>")
        if name in _BREAKS:
            self._plain.append(_BREAKS[name])

    def _open_other(self, name: str, attributes: dict[str, str]) -> None:
        attributes.pop(USE_ATTRIBUTE, None)
        identity = attributes.pop("id", None)
        align = attributes.pop("align", None)
        if align:
            attributes["class"] = f"{attributes.get('class', '')} align-{align}".strip()
        if identity and _FOOTNOTE_ID.fullmatch(identity) and identity not in self._ids:
            self._ids.add(identity)
            attributes["id"] = identity
            if name == "sup":
                self._silent = name
        if attributes.get("class") == "footnote":
            attributes |= {"role": "doc-endnotes", "aria-label": "Chú thích"}
        self._out.append(_tag(name, attributes))

    def _close_heading(self, name: str) -> None:
        if not self._open_headings:
            return
        start, plain_start, source = self._open_headings.pop()
        title = " ".join("".join(self._plain[plain_start:]).split())
        inner = self._out[start + 1 :]
        if not title and not any(part.startswith("<gs-photo") for part in inner):
            del self._out[start:]
            return
        attributes = _read_attributes(source)
        attributes.pop(USE_ATTRIBUTE, None)
        wanted = slug(unescape(attributes.pop("id", ""))) or slug(title) or "muc"
        level, identity = _HEADINGS[name], self._unique_id(wanted)
        self._headings.append(Heading(level, identity, title))
        self._out[start] = _tag(f"h{level}", {"id": identity, **attributes})
        self._out.append(f"</h{level}>")

    def _unique_id(self, wanted: str) -> str:
        identity = wanted
        while identity in self._ids:
            self._counts[wanted] = self._counts.get(wanted, 1) + 1
            identity = f"{wanted}-{self._counts[wanted]}"
        self._ids.add(identity)
        return identity

    def _open_link(self, attributes: dict[str, str]) -> None:
        use, raw = attributes.pop(USE_ATTRIBUTE, None), attributes.pop("href", None)
        index, written = _read_use(use)
        href = clean_href(unescape(raw)) if raw is not None else clean_href(written or "")
        scheme = scheme_of(href)
        safe = raw is not None and (scheme in SCHEMES or scheme in ("", "//"))
        self._open_links.append(safe)
        footnote = _footnote_roles(attributes, href)
        if footnote:
            self._silent = "a" if self._silent is None else self._silent
            self._out.append(_tag("a", {"href": escape(href), **attributes, **footnote}))
            return
        if (raw is None and not written) or scheme in ("mailto", "tel"):
            if safe:
                self._out.append(_tag("a", {"href": escape(href), **attributes}))
            return
        self._links.append(LinkUse(href, *self._source.position(index, href)))
        if not safe:
            return
        if scheme:
            own = {"href": escape(href), "rel": "noopener"}
        else:
            own = {"gs-link": str(len(self._links) - 1)}
        self._out.append(_tag("a", own | attributes))

    def _add_photo(self, attributes: dict[str, str]) -> None:
        index, written = _read_use(attributes.get(USE_ATTRIBUTE))
        raw = attributes.get("src")
        if raw is None and not written:
            return
        src = clean_href(unescape(raw) if raw is not None else written or "")
        alt, title = unescape(attributes.get("alt", "")), unescape(attributes.get("title", ""))
        line, column = self._source.position(index, src)
        self._photos.append(PhotoUse(file_of(src), alt, title, line, column))
        if raw is not None and scheme_of(src) in ("", "//", "http", "https"):
            self._out.append(f'<gs-photo n="{len(self._photos) - 1}"></gs-photo>')


def _lift_photos(opening: str, inner: str, lifted: dict[int, str]) -> str:
    """Return a paragraph whose photos on lines of their own stand between paragraphs of the rest.

    `lifted` gets their numbers, each with its layout. Where emphasis or a link spans lines, all
    stays one paragraph.
    """
    whole = f"{opening}{inner}</p>"
    if "<gs-photo" not in inner:
        return whole
    layout = next((name for name in _classes(opening) if name in PHOTO_CLASSES), "")
    parts: list[str] = []
    numbers: list[int] = []
    lines = inner.split("<br>\n")
    for are_photos, group in groupby(lines, lambda line: bool(_PHOTO_LINE.fullmatch(line))):
        if are_photos:
            photos = "\n".join(line.strip() for line in group)
            numbers += map(int, _PHOTO.findall(photos))
            parts.append(f'<div class="{layout}">\n{photos}\n</div>' if layout else photos)
            continue
        text = "<br>\n".join(group)
        if len(_STARTS.findall(text)) != text.count("</"):
            return whole
        parts += [f"{opening}{text}</p>"] if text.strip() else []
    lifted |= dict.fromkeys(numbers, layout)
    return "\n".join(parts)


def _classes(tag: str) -> list[str]:
    attributes: dict[str, str] = dict(_ATTRIBUTE.findall(tag))
    return attributes.get("class", "").split()


def _read_attributes(source: str) -> dict[str, str]:
    """Return the attributes of a clean tag, still escaped; a class with nothing left is dropped."""
    attributes = dict(_ATTRIBUTE.findall(source))
    if not attributes.get("class", "x"):
        del attributes["class"]
    return attributes


def _tag(name: str, attributes: dict[str, str]) -> str:
    """Return a start tag; the values are escaped already."""
    pairs = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{pairs}>"


def _read_use(use: str | None) -> tuple[int | None, str | None]:
    """Split the attribute that `inlines` sets: number of the use, address as written."""
    if use is None:
        return None, None
    index, _, written = unescape(use).partition(" ")
    return (int(index) if index else None), written


def _footnote_roles(attributes: dict[str, str], href: str) -> dict[str, str] | None:
    """Return what tells a screen reader about a link from or to a footnote; None for others."""
    kind, number = attributes.get("class"), href.rpartition(":")[2]
    if not _FOOTNOTE_ID.fullmatch(href[1:]):
        return None
    if kind == "footnote-ref":
        return {"role": "doc-noteref", "aria-label": f"Chú thích {number}"}
    if kind == "footnote-backref":
        return {"role": "doc-backlink", "aria-label": attributes.get("title", "")}
    return None
