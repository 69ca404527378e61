"""What stands around the text of an official letter: its head, title, signature and receivers.

Two kinds: of the state, after Decree 30/2020/NĐ-CP, appendix I, parts II and III; of the party,
after Guidance 36-HD/VPTW. Number and day stay open: whoever sends the letter fills them in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from guongsang.office.document import TEXT_WIDTH, set_widths
from guongsang.office.heads import HeadKind

# Millimetres: the left half of the head; lines below words, two of them as long as those.
_LEFT: Final[dict[HeadKind, float]] = {"state": 68, "party": 78}
_UNDER_AGENCY: Final = 24
_UNDER_MOTTO: Final = 56
_UNDER_PARTY: Final = 73
_UNDER_TITLE: Final = 40
_BLANK: Final = "\N{NO-BREAK SPACE}"
_SIGNING_SPACE: Final = 72  # points


class _Line(NamedTuple):
    text: str
    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends a letter. `superior` stands above the agency, `code` in the number, `place` before
    the day; `position` is that of the signer."""

    kind: HeadKind
    agency: str
    signer: str
    place: str
    superior: str = ""
    code: str = ""
    position: str = ""

    @property
    def is_party(self) -> bool:
        return self.kind == "party"

    @property
    def widths(self) -> tuple[float, float]:
        left = _LEFT[self.kind]
        return left, TEXT_WIDTH - left


def add_head(document: Document, head: Letterhead, sort: str) -> None:
    """Add the head of a letter; `sort` is the abbreviation of its sort, such as BC of a report."""
    table = _add_frame(document, 2, head.widths)
    left, right = table.cell(0, 0), table.cell(0, 1)
    size = 14 if head.is_party else 13
    names = [_Line(head.superior.upper(), size)] if head.superior else []
    _write(left, [*names, _Line(head.agency.upper(), size, bold=True)])
    if head.is_party:
        _write(left, [_Line("*", size)])
        _write(right, [_Line("ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True)])
        _rule(right.add_paragraph(), head.widths[1], _UNDER_PARTY)
        number = f"Số{_BLANK * 8}-{sort}/{head.code or '…'}"
    else:
        _rule(left.add_paragraph(), head.widths[0], _UNDER_AGENCY)
        nation = _Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
        _write(right, [nation, _Line("Độc lập - Tự do - Hạnh phúc", 13, bold=True)])
        _rule(right.add_paragraph(), head.widths[1], _UNDER_MOTTO)
        number = f"Số:{_BLANK * 8}/{sort}-{head.code or '…'}"
    _write(table.cell(1, 0), [_Line(number, size)])
    day = f"{head.place}, ngày{_BLANK * 5}tháng{_BLANK * 5}năm{_BLANK * 7}"
    _write(table.cell(1, 1), [_Line(day, size, italic=True)])


def add_title(document: Document, head: Letterhead, sort: str, about: str) -> None:
    """Add what the letter is and what it is about, and the line below."""
    above = document.add_paragraph(style="Title")
    above.paragraph_format.space_before = Pt(12)
    above.add_run(sort.upper()).font.size = Pt(16 if head.is_party else 14)
    below = document.add_paragraph(about, style="Title")
    for paragraph in (above, below):
        paragraph.paragraph_format.keep_with_next = True
    if head.is_party:
        document.add_paragraph("-----", style="Title").paragraph_format.space_after = Pt(6)
    else:
        rule = document.add_paragraph()
        _rule(rule, TEXT_WIDTH, _UNDER_TITLE)
        rule.paragraph_format.space_after = Pt(12)


def add_signature(document: Document, head: Letterhead, receivers: Sequence[str]) -> None:
    """Add the receivers and who signs; the block stays on one page."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = _add_frame(document, 1, head.widths)
    left, right = table.cell(0, 0), table.cell(0, 1)
    to = left.paragraphs[0].add_run("Nơi nhận:")
    if head.is_party:
        to.font.size, to.underline = Pt(14), True
    else:
        to.font.size, to.bold, to.italic = Pt(12), True, True
    for receiver in receivers:
        left.add_paragraph().add_run(f"- {receiver}").font.size = Pt(12 if head.is_party else 11)
    _write(right, [_Line(head.position.upper() or "…", 14, bold=not head.is_party)])
    right.paragraphs[-1].paragraph_format.space_after = Pt(_SIGNING_SPACE)
    _write(right, [_Line(head.signer, 14, bold=True)])


def _add_frame(document: Document, rows: int, widths: tuple[float, float]) -> Table:
    """Add a table of two columns without lines, as wide as the text."""
    table: Table = document.add_table(rows, 2)
    set_widths(table, widths)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def _write(cell: _Cell, lines: Sequence[_Line]) -> None:
    """Write lines below what a cell holds, in its middle."""
    for text, size, bold, italic in lines:
        is_first = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if is_first else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _rule(paragraph: Paragraph, width: float, length: float) -> None:
    """Draw a line of a length in the middle of a width, both in millimetres: the border of an empty
    paragraph, which every program shows and no screen reader reads."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm((width - length) / 2)
    shape.space_before, shape.line_spacing, shape.space_after = Pt(3), Pt(4), Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    before = paragraph._p.get_or_add_pPr()
    before.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
