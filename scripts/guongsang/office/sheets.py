"""Tables in a Word document: plain cells, and bars that stand for numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from guongsang.office.document import TABLE_TEXT, repeat_header, set_widths

# A longer table may break over pages, between its rows.
_MOST_TOGETHER: Final = 10
# Millimetres that Word leaves free on each side of a cell.
_MARGIN: Final = 1.9
_BAR_HEIGHT: Final = 5  # points
# Told apart in black and white, too: this period, and the one before.
_INKS: Final = ("404040", "BFBFBF")
_STYLE: Final = TABLE_TEXT.replace(" ", "")
_HEADER_FILL: Final = "E7E6E6"


def add_rows(
    document: Document,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    numeric: frozenset[int] = frozenset(),
) -> Table:
    """Add a table with a header that is shown again on each page; widths in millimetres, `numeric`
    are the columns set to the right."""
    table: Table = document.add_table(len(rows) + 1, len(header), style="Table Grid")
    set_widths(table, widths)
    repeat_header(table)
    is_short = len(rows) <= _MOST_TOGETHER
    for n, (cells, texts) in enumerate(zip(walk_cells(table), (header, *rows), strict=True)):
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph._p.style = _STYLE
            run = paragraph.add_run(text)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            if n == 0 or (is_short and n < len(rows)):
                paragraph.paragraph_format.keep_with_next = True
            if n == 0:
                run.bold = True
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _shade_cell(cell, _HEADER_FILL)
            elif column in numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return table


def draw_bars(
    table: Table, column: int, numbers: Sequence[Sequence[int | None]], width: float
) -> None:
    """Draw in each row below the header a bar for each of its numbers, the largest as wide as the
    column, which is `width` millimetres: shaded paragraphs, sharp on paper and silent when read."""
    most = max((number or 0 for row in numbers for number in row), default=0)
    free = width - 2 * _MARGIN
    for cells, row in zip(list(walk_cells(table))[1:], numbers, strict=True):
        cell = cells[column]
        for n, (number, ink) in enumerate(zip(row, _INKS, strict=True)):
            bar = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            shape = bar.paragraph_format
            shape.keep_with_next = cell.paragraphs[0].paragraph_format.keep_with_next
            shape.line_spacing = Pt(_BAR_HEIGHT)
            if number and most:
                shape.right_indent = Mm(free * (1 - number / most))
                _shade_paragraph(bar, ink)


def walk_cells(table: Table) -> Iterator[list[_Cell]]:
    """Yield the cells row by row; asking for them one by one takes the square of the time."""
    for row in table._tbl.tr_lst:
        yield [_Cell(cell, table) for cell in row.tc_lst]


def _shade_cell(cell: _Cell, fill: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.insert_element_before(_make_shade(fill), "w:noWrap", "w:tcMar", "w:vAlign")


def _shade_paragraph(paragraph: Paragraph, fill: str) -> None:
    paragraph._p.get_or_add_pPr().insert_element_before(
        _make_shade(fill), "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _make_shade(fill: str) -> BaseOxmlElement:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    return shade
