"""A story's text in a Word document: blocks and runs out of the tree of plain values."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from guongsang.office.document import FIRST_LINE, SMALL_SIZE, repeat_header, set_widths
from guongsang.views.tree import BLOCKS, Node

# Millimetres.
_INDENT: Final = 9.0
_SIGN: Final = 7.0
_TALLEST: Final = 110.0
_INLINE_TALLEST: Final = 40.0
_VERSE_INDENT: Final = 25.0
_EMUS_IN_MM: Final = 36_000
_BOLD, _ITALIC, _STRUCK, _LINED = ({each: True} for each in ("bold", "italic", "struck", "lined"))
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "strong": _BOLD,
    "b": _BOLD,
    "em": _ITALIC,
    "i": _ITALIC,
    "cite": _ITALIC,
    "var": _ITALIC,
    "dfn": _ITALIC,
    "s": _STRUCK,
    "del": _STRUCK,
    "u": _LINED,
    "ins": _LINED,
    "sup": {"raised": "sup"},
    "sub": {"raised": "sub"},
}
_GROUP_NAMES: Final = "address article aside body details div dl figure section summary"
_GROUPS: Final = frozenset(_GROUP_NAMES.split())
_BLOCKS: Final = _GROUPS | BLOCKS
_ALIGN: Final = {
    "align-right": WD_ALIGN_PARAGRAPH.RIGHT,
    "align-center": WD_ALIGN_PARAGRAPH.CENTER,
}


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    struck: bool = False
    lined: bool = False
    raised: str = ""
    size: float = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How paragraphs of a block stand: indent in millimetres, look, style, alignment."""

    indent: float = 0
    look: _Look = field(default_factory=_Look)
    style: str = "Body Text"
    align: WD_ALIGN_PARAGRAPH | None = None


_PLAIN: Final = _Setting()


class ProseWriter:
    """Writes at the end of a document, with the document's own styles as far as it has them."""

    def __init__(self, document: Document, pictures: Mapping[str, bytes]) -> None:
        section = document.sections[0]
        sides = (section.page_width, section.left_margin, section.right_margin)
        page, left, right = (each or 0 for each in sides)
        self.width = (page - left - right) / _EMUS_IN_MM
        self._document, self._pictures = document, pictures
        self._styles = {style.name for style in document.styles}
        normal = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        size = normal.font.size if isinstance(normal, ParagraphStyle) else None
        # A template may have smaller letters, or leave their size to Word: then there is but one.
        self._small = min(SMALL_SIZE, size.pt - 1) if size else 0
        self._shown = 0

    def add_text(
        self, text: str, *, style: str = "Normal", bold: bool = False, italic: bool = False
    ) -> Paragraph:
        """Add a paragraph of one look and return it."""
        paragraph = self._add_paragraph(self._document, _Setting(style=style))
        self._add_run(paragraph, text, _Look(bold=bold, italic=italic))
        return paragraph

    def add_heading(self, text: str) -> None:
        self.add_block({"tag": "h2", "children": [text]})

    def add_item(self, text: str, link: str | None = None) -> None:
        """Add a line of a list, which may lead to an address."""
        child: Node = {"tag": "a", "href": link, "children": [text]} if link else text
        self.add_block({"tag": "ul", "children": [{"tag": "li", "children": [child]}]})

    def add_figure(self, figure: Mapping[str, Any]) -> None:
        """Add a picture, its text for those who do not see it, caption and credit."""
        self._write_figure(self._document, figure, self.width)

    def add_block(self, node: Node) -> None:
        """Add a block of the text."""
        self._write(self._document, node, _PLAIN)

    def _write(self, into: Document | _Cell, node: Node, how: _Setting) -> None:
        if isinstance(node, str):
            self._write_line(into, [node], how)
            return
        tag, children = node["tag"], node["children"]
        if tag in ("ul", "ol"):
            self._write_list(into, node, how)
        elif tag in ("h2", "h3", "h4"):
            self._write_heading(into, node, how)
        elif tag == "blockquote":
            quoted = replace(how, indent=how.indent + _INDENT, style="Quote", look=_italic(how))
            self._write_all(into, children, quoted)
        elif tag == "table":
            self._write_table(into, node, how)
        elif tag == "photo":
            self._write_figure(into, node["figure"], self.width - how.indent)
        elif tag == "photos":
            self._write_photos(into, node["figures"])
        elif tag == "film":
            length = f" ({node['length']})" if node["length"] else ""
            told = f"Phim: {node['title']}{length}, xem trên trang."
            self._write_line(into, [told], replace(how, look=_italic(how)))
        elif tag == "notes":
            small = replace(how.look, size=self._small)
            self._write_all(into, children, replace(how, look=small))
        elif tag == "hr":
            self._write_line(into, ["* * *"], replace(how, align=WD_ALIGN_PARAGRAPH.CENTER))
        elif tag in _GROUPS:
            self._write_all(into, children, how)
        else:
            self._write_all(into, children, _set_paragraph(node, how, self._small))

    def _write_all(self, into: Document | _Cell, nodes: Sequence[Node], how: _Setting) -> None:
        """Write blocks, and what stands between them as paragraphs of its own."""
        line: list[Node] = []
        for node in nodes:
            if isinstance(node, dict) and node["tag"] in _BLOCKS:
                self._write_line(into, line, how)
                line = []
                self._write(into, node, how)
            else:
                line.append(node)
        self._write_line(into, line, how)

    def _write_line(self, into: Document | _Cell, nodes: Sequence[Node], how: _Setting) -> None:
        if not any(isinstance(node, dict) or node.strip() for node in nodes):
            return
        paragraph = self._add_paragraph(into, how)
        self._write_inlines(paragraph, nodes, how.look)

    def _write_list(self, into: Document | _Cell, node: dict[str, Any], how: _Setting) -> None:
        number = node.get("start", 1)
        # The outermost signs stand where paragraphs begin.
        how = how if how.indent else replace(how, indent=FIRST_LINE)
        deeper = replace(how, indent=how.indent + _SIGN)
        for child in node["children"]:
            if not isinstance(child, dict) or child["tag"] != "li":
                self._write(into, child, deeper)
                continue
            number = child.get("value", number)
            sign = f"{number}." if node["tag"] == "ol" else "–"
            number += 1
            self._write_item(into, sign, child["children"], how)

    def _write_item(
        self, into: Document | _Cell, sign: str, nodes: Sequence[Node], how: _Setting
    ) -> None:
        """Write a sign and what follows; the sign is typed, as offices do: no list of Word's goes
        on with the numbers of the one before, or looks otherwise in a template."""
        deeper = replace(how, indent=how.indent + _SIGN)
        first: list[Node] = []
        rest = list(nodes)
        while rest and not (isinstance(rest[0], dict) and rest[0]["tag"] in _BLOCKS):
            first.append(rest.pop(0))
        opening = rest[0] if rest and not first else None
        if isinstance(opening, dict) and opening["tag"] == "p":
            first, rest = opening["children"], rest[1:]
        paragraph = self._add_paragraph(into, deeper)
        paragraph.paragraph_format.first_line_indent = Mm(-_SIGN)
        self._add_run(paragraph, f"{sign}\t", how.look)
        self._write_inlines(paragraph, first, how.look)
        self._write_all(into, rest, deeper)

    def _write_heading(self, into: Document | _Cell, node: dict[str, Any], how: _Setting) -> None:
        level = int(node["tag"][1]) - 1
        style = f"Heading {level}"
        look = how.look if style in self._styles else replace(how.look, bold=True)
        paragraph = self._add_paragraph(into, replace(how, style=style))
        paragraph.paragraph_format.keep_with_next = True
        self._write_inlines(paragraph, node["children"], look)

    def _write_table(self, into: Document | _Cell, node: dict[str, Any], how: _Setting) -> None:
        if node["caption"]:
            self._write_line(into, node["caption"], _Setting(style="Caption"))
        rows = [*node["head"], *node["rows"]]
        if not rows:
            return
        table = self._add_table(into, len(rows), node["columns"], self.width - how.indent)
        for cell in chain.from_iterable(rows):
            self._write_cell(table, cell)
        if node["head"]:
            repeat_header(table)
        self._add_space(into)

    def _write_cell(self, table: Table, told: dict[str, Any]) -> None:
        x, y = told["x"], told["y"]
        cell = table.cell(y, x)
        if told["span"] > 1 or told["down"] > 1:
            cell = cell.merge(table.cell(y + told["down"] - 1, x + told["span"] - 1))
        look = _Look(bold=told["is-head"], size=self._small)
        how = _Setting(look=look, style="Normal", align=_ALIGN.get(told["align"]))
        self._write_all(cell, told["children"], how)
        _drop_first(cell)

    def _write_photos(self, into: Document | _Cell, figures: Sequence[Mapping[str, Any]]) -> None:
        """Write pictures that belong together side by side, two in a row."""
        half = self.width / 2
        table = self._add_table(into, (len(figures) + 1) // 2, 2, self.width, is_ruled=False)
        for number, figure in enumerate(figures):
            cell = table.cell(number // 2, number % 2)
            self._write_figure(cell, figure, half - 5)
            _drop_first(cell)
        self._add_space(into)

    def _write_figure(
        self, into: Document | _Cell, figure: Mapping[str, Any], widest: float
    ) -> None:
        paragraph = self._add_paragraph(
            into, _Setting(style="Normal", align=WD_ALIGN_PARAGRAPH.CENTER)
        )
        paragraph.paragraph_format.space_before = Pt(6)
        self._add_picture(paragraph, figure["picture"], widest, _TALLEST)
        credit = f"({figure['credit']})" if figure["credit"] else ""
        words = [each for each in (figure["caption"], credit) if each]
        if words:
            paragraph.paragraph_format.keep_with_next = True
            caption = _Setting(style="Caption", align=WD_ALIGN_PARAGRAPH.CENTER)
            self._write_line(into, [" ".join(words)], caption)

    def _write_inlines(self, paragraph: Paragraph, nodes: Sequence[Node], look: _Look) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._add_run(paragraph, node, look)
                continue
            tag = node["tag"]
            if tag == "br":
                paragraph.add_run().add_break()
            elif tag == "inline-photo":
                figure = node["figure"]
                self._add_picture(paragraph, figure["picture"], self.width / 2, _INLINE_TALLEST)
                credit = f" {figure['credit']}" if figure["credit"] else ""
                self._add_run(paragraph, credit, replace(look, size=self._small))
            else:
                inner = replace(look, **_LOOKS.get(tag, {}))
                if node.get("href"):
                    inner = replace(inner, link=node["href"])
                self._write_inlines(paragraph, node["children"], inner)

    def _add_paragraph(self, into: Document | _Cell, how: _Setting) -> Paragraph:
        is_known = how.style in self._styles
        paragraph = into.add_paragraph(style=how.style if is_known else None)
        if how.align is not None:
            paragraph.alignment = how.align
        shape = paragraph.paragraph_format
        if how.indent:
            shape.left_indent, shape.first_line_indent = Mm(how.indent), Mm(0)
        if not is_known or how.indent:
            shape.space_after = Pt(6)
        return paragraph

    def _add_space(self, into: Document | _Cell) -> None:
        """Add what keeps a table from what follows it."""
        paragraph = into.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(8)

    def _add_table(
        self,
        into: Document | _Cell,
        rows: int,
        columns: int,
        width: float,
        *,
        is_ruled: bool = True,
    ) -> Table:
        table = into.add_table(rows, columns)
        if is_ruled and "Table Grid" in self._styles:
            table.style = "Table Grid"
        set_widths(table, [width / columns] * columns)
        return table

    def _add_run(self, paragraph: Paragraph, text: str, look: _Look) -> None:
        if not text:
            return
        run = paragraph.add_run(text)
        # None leaves it to the style, which may be in italics itself.
        run.bold, run.italic = look.bold or None, look.italic or None
        run.font.strike, run.font.underline = look.struck or None, look.lined or None
        if look.raised:
            run.font.superscript, run.font.subscript = look.raised == "sup", look.raised == "sub"
        if look.size:
            run.font.size = Pt(look.size)
        if look.link:
            _link(paragraph, run, look.link)

    def _add_picture(
        self, paragraph: Paragraph, picture: Mapping[str, Any], widest: float, tallest: float
    ) -> None:
        width = min(widest, tallest * picture["width"] / picture["height"])
        content = io.BytesIO(self._pictures[picture["file"]])
        run = paragraph.add_run()
        run.add_picture(content, width=Mm(width))
        self._shown += 1
        (inline,) = run._r.iter(qn("wp:inline"))
        for side in ("distT", "distB", "distL", "distR"):  # LibreOffice takes 3 mm for none
            inline.set(side, "0")
        (properties,) = run._r.iter(qn("wp:docPr"))
        properties.set("name", f"Ảnh {self._shown}")
        properties.set("descr", picture["alt"])


def _set_paragraph(node: dict[str, Any], how: _Setting, small: float) -> _Setting:
    """Return how a paragraph stands, by its tag and by what its writer called it."""
    further = replace(how, indent=how.indent + _INDENT)
    settings = {
        "sapo": replace(how, look=replace(how.look, bold=True)),
        "tho": replace(how, style="Normal", indent=how.indent + _VERSE_INDENT, look=_italic(how)),
        "trich": replace(how, style="Quote", align=WD_ALIGN_PARAGRAPH.CENTER, look=_italic(how)),
        "ghi-chu": replace(further, look=replace(how.look, size=small)),
        "trai": replace(how, align=WD_ALIGN_PARAGRAPH.LEFT),
        "pre": replace(how, style="Normal", align=WD_ALIGN_PARAGRAPH.LEFT),
        "dt": replace(how, look=replace(how.look, bold=True)),
        "dd": further,
    }
    return settings.get(node.get("class", ""), settings.get(node["tag"], how))


def _italic(how: _Setting) -> _Look:
    return replace(how.look, italic=True)


def _drop_first(cell: _Cell) -> None:
    """Take out the empty paragraph that a cell begins with, where another stands in its place.

    A cell must end with a paragraph.
    """
    first = cell.paragraphs[0]
    last = cell._tc[-1]
    if not first.text and last is not first._p and last.tag == qn("w:p"):
        cell._tc.remove(first._p)


def _link(paragraph: Paragraph, run: Run, address: str) -> None:
    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run._r.addprevious(link)
    link.append(run._r)
