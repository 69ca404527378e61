"""A story's text as a tree of plain values, for whatever makes something else of it than a page:
paper, Word documents, radio scripts. None of them reads markup.

A node is a string or a mapping with `tag` and `children`; pictures, films, tables and footnotes are
nodes of their own (`photo`, `inline-photo`, `photos`, `film`, `table`, `notes`). White space is
what HTML makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product
from typing import Any, Final

from guongsang.prose.model import FilmUse, PhotoUse
from guongsang.views.model import Body, Figure

Node = str | dict[str, Any]

_VOID: Final = frozenset(("br", "col", "hr", "img", "wbr"))
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
# What browsers do not show.
_LEFT_OUT: Final = frozenset(("colgroup", "col", "img", "rp", "wbr"))
_BLOCK_NAMES: Final = (
    "address blockquote dd div dl dt figcaption figure film h2 h3 h4 hr li notes ol p photo photos "
    "pre table ul"
)
# Tags that stand for themselves; whatever else stands in a line of text.
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_HEADINGS: Final = re.compile(r"h([2-4])")
_LEVELS: Final = 4
# Typst takes no longer address.
_LONGEST_LINK: Final = 2_000
# What Typst takes for a language: two or three letters.
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
_INSIDE_TABLE: Final = ("thead", "tbody", "tfoot")


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads the HTML of `Prose`, in which every tag is closed."""

    def __init__(self, body: Body, find_link: Callable[[str], str | None], show: ShowFigure):
        super().__init__(convert_charrefs=True)
        self.body, self._find_link, self._show = body, find_link, show
        self.open = [_Open("body", {})]
        self._films = iter(body.films)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(_Open(tag, {name: value or "" for name, value in attrs}))
        if tag in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        done = self.open.pop()
        assert done.tag == tag, f"{done.tag} is open, {tag} is closed"
        node = self._make(done)
        if node is not None:
            self.open[-1].children.append(node)

    def handle_data(self, data: str) -> None:
        is_kept = any(each.tag == "pre" for each in self.open)
        self.open[-1].children.append(data if is_kept else _SPACES.sub(" ", data))

    def _make(self, done: _Open) -> Node | None:
        tag, attributes = done.tag, done.attributes
        if tag in _LEFT_OUT or attributes.get("class") == "footnote-backref":
            return None
        if tag == "gs-photo":
            return self._make_photo(self.body.prose.photos[int(attributes["n"])])
        if tag == "gs-film":
            return self._make_film(self.body.prose.films[int(attributes["n"])])
        if tag == "table":
            return _make_table(done)
        node: dict[str, Any] = {"tag": tag, "children": done.children}
        if tag == "div":
            return _make_division(done)
        if tag == "a":
            href = self._find_address(attributes)
            node |= {"href": href} if href else {}
        node |= {"class": attributes["class"]} if attributes.get("class") else {}
        lang = read_language(attributes.get("lang", ""))
        node |= {"lang": lang} if lang else {}
        for name in ("start", "value"):
            number = attributes.get(name, "")
            node |= {name: int(number)} if number.isascii() and number.isdigit() else {}
        if tag in ("td", "th"):
            node |= {"attributes": attributes}
        return node

    def _find_address(self, attributes: dict[str, str]) -> str | None:
        if "gs-link" in attributes:
            return self._find_link(self.body.prose.links[int(attributes["gs-link"])].href)
        href = attributes.get("href", "")
        return None if href.startswith("#") or len(href) > _LONGEST_LINK else href

    def _make_photo(self, use: PhotoUse) -> Node | None:
        figure = self.body.figures.get(use.src)
        if figure is None:
            return None
        shown = self._show(figure)
        tag = "inline-photo" if use.inline else "photo"
        return {"tag": tag, "children": [], "figure": shown}

    def _make_film(self, use: FilmUse) -> Node:
        return {"tag": "film", "children": [], "title": use.title or "Phim", "length": use.shown}


ShowFigure = Callable[[Figure], dict[str, Any]]


def read_tree(
    body: Body, find_link: Callable[[str], str | None], show: ShowFigure
) -> tuple[Node | None, list[Node]]:
    """Return the first paragraph, if a text begins with a plain one, and all that follows.

    `find_link` makes an internal address, as typed, absolute, or returns None; `show` returns what
    is kept of a figure. Levels of headings leave none out, as PDF/UA asks.
    """
    reader = _Reader(body, find_link, show)
    reader.feed(body.prose.html)
    reader.close()
    (whole,) = reader.open
    nodes = _level(list(_tidy(whole.children)))
    first = nodes[0] if nodes else None
    if isinstance(first, dict) and first["tag"] == "p" and "class" not in first:
        return first, nodes[1:]
    return None, nodes


def read_language(code: str) -> str | None:
    """Return the language of a code such as "vi", "en-GB"; None where it is none."""
    match = _LANGUAGE.match(code)
    return match[0].lower() if match else None


def _holds_blocks(node: dict[str, Any]) -> bool:
    inside = [each for each in node["children"] if isinstance(each, dict)]
    return any(each["tag"] in BLOCKS or _holds_blocks(each) for each in inside)


def find_words(node: Node) -> str:
    """Return the words of a node."""
    return node if isinstance(node, str) else "".join(map(find_words, node["children"]))


def _make_division(done: _Open) -> Node:
    """Return a group of photos, the footnotes, or just what is inside."""
    name = done.attributes.get("class", "")
    children = done.children
    photos = [each for each in children if isinstance(each, dict) and each["tag"] == "photo"]
    if photos and name in ("doi", "buoc") and len(photos) > 1:
        figures = [each["figure"] for each in photos]
        return {"tag": "photos", "children": [], "layout": name, "figures": figures}
    if name == "footnote":
        rest = [each for each in children if isinstance(each, dict) and each["tag"] != "hr"]
        return {"tag": "notes", "children": rest}
    return {"tag": "div", "children": children}


def _make_table(done: _Open) -> Node:
    """Return a table as rows of cells with their places; a first row of nothing but heads, none of
    them over several rows, is its head."""
    rows = [row for row in map(_make_cells, _find_rows(done.children)) if row]
    columns = _place(rows)
    is_headed = bool(rows) and all(cell["is-head"] and cell["down"] == 1 for cell in rows[0])
    captions = (each["children"] for each in _find_tags(done.children, ("caption",)))
    return {
        "tag": "table",
        "children": [],
        "caption": [child for caption in captions for child in caption],
        "head": rows[:1] if is_headed else [],
        "rows": rows[1:] if is_headed else rows,
        "columns": columns,
    }


def _place(rows: Sequence[Sequence[dict[str, Any]]]) -> int:
    """Give each cell its column and row, as HTML does it; return how many columns there are."""
    taken: set[tuple[int, int]] = set()
    columns = 1
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            down = min(cell["down"], len(rows) - y)
            while any((x + n, y) in taken for n in range(cell["span"])):
                cell["span"] -= 1
            covered = product(range(x, x + cell["span"]), range(y, y + down))
            taken.update(covered)
            cell |= {"x": x, "y": y, "down": down}
            x += cell["span"]
            columns = max(columns, x)
    return columns


def _find_tags(nodes: Sequence[Node], tags: Sequence[str]) -> Iterator[dict[str, Any]]:
    return (each for each in nodes if isinstance(each, dict) and each["tag"] in tags)


def _find_rows(nodes: Sequence[Node]) -> Iterator[dict[str, Any]]:
    for each in _find_tags(nodes, ("tr", *_INSIDE_TABLE)):
        if each["tag"] == "tr":
            yield each
        else:
            yield from _find_rows(each["children"])


def _make_cells(row: dict[str, Any]) -> list[dict[str, Any]]:
    cells = []
    for each in _find_tags(row["children"], ("td", "th")):
        attributes = each["attributes"]
        align = attributes.get("align")
        named = [name for name in attributes.get("class", "").split() if name.startswith("align-")]
        cells.append(
            {
                "children": list(_tidy(each["children"])),
                "is-head": each["tag"] == "th",
                "span": _read_count(attributes.get("colspan")),
                "down": _read_count(attributes.get("rowspan")),
                "align": f"align-{align}" if align else next(iter(named), ""),
            }
        )
    return cells


def _read_count(text: str | None) -> int:
    return max(1, min(int(text), 50)) if text and text.isascii() and text.isdigit() else 1


def _tidy(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield the nodes without white space that stands between blocks or at an edge of a line."""
    kept = [each for each in nodes if each != ""]
    for at, node in enumerate(kept):
        if isinstance(node, dict):
            if node["tag"] != "pre":
                node["children"] = list(_tidy(node["children"]))
            yield node
            continue
        text = node
        if at == 0 or _breaks(kept[at - 1]):
            text = text.lstrip(" ")
        if at == len(kept) - 1 or _breaks(kept[at + 1]):
            text = text.rstrip(" ")
        if text:
            yield text


def _breaks(node: Node) -> bool:
    """Return whether a line ends before and after a node."""
    return isinstance(node, dict) and (node["tag"] == "br" or node["tag"] in BLOCKS)


def _level(nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes with headings that begin at the second level and skip none."""
    last = 1

    def walk(value: Any) -> Any:
        nonlocal last
        if isinstance(value, list):
            return [walk(each) for each in value]
        if not isinstance(value, dict):
            return value
        found = _HEADINGS.fullmatch(str(value.get("tag", "")))
        if found and (_holds_blocks(value) or not find_words(value).strip()):
            # A photo, or what browsers make of tags that are never closed: no heading on paper.
            return {**value, "tag": "div", "children": walk(value["children"])}
        if found:
            last = min(max(2, int(found[1])), last + 1, _LEVELS)
            return {**value, "tag": f"h{last}"}
        return {name: walk(each) for name, each in value.items()}

    return [walk(each) for each in nodes]
