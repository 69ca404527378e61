"""A Word document as offices here type them: page, letters, styles, and bytes that repeat.

Page, letters and number of the page are those of Decree 30/2020/NĐ-CP, appendix I, part I; the
party's Guidance 36-HD/VPTW asks for the same.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.styles.styles import Styles
from docx.table import Table
from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
# Points: of the text, and of tables and notes beside it.
TEXT_SIZE: Final = 14
SMALL_SIZE: Final = 12
# Millimetres.
PAGE_WIDTH: Final = 210
PAGE_HEIGHT: Final = 297
TOP: Final = 20
BOTTOM: Final = 20
LEFT: Final = 30
RIGHT: Final = 15
TEXT_WIDTH: Final = PAGE_WIDTH - LEFT - RIGHT
FIRST_LINE: Final = 12.7
# A style of our own; its id is the name without the space.
TABLE_TEXT: Final = "Table Text"
_HEADER: Final = 10
_WORD_2013: Final = "15"
# What a zip tells of a file that has no time.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
# Left by whoever made python-docx's empty document: a picture of it, what it held, styles twice.
_STRANGE: Final = frozenset(
    {
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
        RELATIONSHIP_TYPE.CUSTOM_XML,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)
_BLACK: Final = RGBColor(0, 0, 0)
_THEME_FONTS: Final = tuple(
    qn(f"w:{name}") for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
)


def open_document(*, title: str, author: str, day: dt.date, size: float = TEXT_SIZE) -> Document:
    """Return an empty document on A4; `day` is when it was made, so that the bytes repeat.

    `size` is that of the text, in points. Paragraph styles to use: Normal, Body Text (justified,
    first line indented), Title, Heading 1 to 3, Caption, List Bullet, List Number, Quote; for
    tables Table Grid, and Table Text in their cells.
    """
    document = docx.Document()
    _drop_strange(document)
    _set_page(document.sections[0])
    _set_styles(document.styles, size)
    _add_page_number(document.sections[0])
    _set_compatibility(document.settings.element)
    told = document.core_properties
    told.title, told.author, told.language = title, author, "vi-VN"
    told.comments = told.last_modified_by = ""
    told.created = told.modified = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return document


def pack_document(document: Document) -> bytes:
    """Return the document's file; equal documents give equal bytes."""
    written = io.BytesIO()
    document.save(written)
    return pack_again(written.getvalue())


def pack_again(archive: bytes) -> bytes:
    """Return a zip with the same files, and no time in it."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return packed.getvalue()


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Set the width of each column, in millimetres, on the grid and on every cell.

    Word goes by the cells, LibreOffice by the grid.
    """
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def repeat_header(table: Table) -> None:
    """Show the first row again on each page, and let no row break over two."""
    for n, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if n == 0:
            properties.append(OxmlElement("w:tblHeader"))


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a value that Word works out, such as PAGE."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            run._r.append(code)
        elif kind == "text":
            run.text = "2"  # until Word looks
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _drop_strange(document: Document) -> None:
    package = document.part.package
    assert package is not None
    owners: tuple[Relationships, ...] = (document.part.rels, package.rels)
    for rels in owners:
        for key in [key for key, rel in rels.items() if rel.reltype in _STRANGE]:
            del rels[key]


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(_HEADER)


def _set_styles(styles: Styles, size: float) -> None:
    """Make every style Times New Roman and black; theme attributes would win over the name."""
    root = styles.element
    for style in list(root.iterchildren(qn("w:style"))):
        is_table = style.get(qn("w:type")) == "table"
        if is_table and style.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
            root.remove(style)
    for fonts in root.iter(qn("w:rFonts")):
        _name_font(fonts)
    for colour in list(root.iter(qn("w:color"))):
        colour.getparent().remove(colour)
    for properties in root.iter(qn("w:rPr")):
        for wide in properties.findall(qn("w:spacing")):  # between letters, of titles
            properties.remove(wide)
    for lang in root.iter(qn("w:lang")):
        lang.set(qn("w:val"), "vi-VN")
    _shape(styles, "Normal", size=size)
    _shape(styles, "Body Text", size=size, first_line=FIRST_LINE, after=6, line=1.15, even=True)
    _shape(styles, "Title", size=size, bold=True, centred=True)
    _shape(styles, "Heading 1", size=size, bold=True, first_line=FIRST_LINE, before=6, after=6)
    _shape(styles, "Heading 2", size=size, bold=True, first_line=FIRST_LINE, before=6, after=6)
    _shape(styles, "Heading 3", size=size, bold=True, italic=True, first_line=FIRST_LINE, after=6)
    _shape(styles, "Caption", size=size - 1, italic=True, centred=True, before=3, after=6)
    _shape(styles, "Quote", size=size, italic=True, after=6, line=1.15, even=True)
    for name in ("List Bullet", "List Number"):
        _shape(styles, name, size=size, after=3, line=1.15, even=True, keep_indent=True)
    _shape(styles, "Header", size=size, centred=True)
    cells = styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[no-untyped-call]
    cells.base_style = styles["Normal"]
    _shape(styles, TABLE_TEXT, size=SMALL_SIZE, before=1, after=1)


def _name_font(fonts: BaseOxmlElement) -> None:
    for theme in _THEME_FONTS:
        fonts.attrib.pop(theme, None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _shape(
    styles: Styles,
    name: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    even: bool = False,
    first_line: float = 0,
    before: float = 0,
    after: float = 0,
    line: float = 1,
    keep_indent: bool = False,
) -> None:
    """Set a paragraph style; sizes and spaces in points, the first line in millimetres."""
    style = styles[name]
    assert isinstance(style, ParagraphStyle)
    font, shape = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = _BLACK
    _name_font(style.element.rPr.find(qn("w:rFonts")))
    for border in style.element.pPr.findall(qn("w:pBdr")) if style.element.pPr is not None else ():
        style.element.pPr.remove(border)
    shape.alignment = (
        WD_ALIGN_PARAGRAPH.CENTER
        if centred
        else WD_ALIGN_PARAGRAPH.JUSTIFY
        if even
        else WD_ALIGN_PARAGRAPH.LEFT
    )
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    if not keep_indent:
        shape.left_indent, shape.first_line_indent = Mm(0), Mm(first_line)


def _add_page_number(section: Section) -> None:
    """Number the pages in the middle of their top, but for the first."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Header"
    add_field(paragraph, "PAGE")


def _set_compatibility(settings: BaseOxmlElement) -> None:
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), _WORD_2013)
    for lang in settings.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), "vi-VN")
