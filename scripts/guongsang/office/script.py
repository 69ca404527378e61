"""A radio script as a Word document and as plain text: large, wide, what to look at first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docx.document import Document
from docx.enum.text import WD_UNDERLINE
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from guongsang.office.document import TEXT_WIDTH, open_document, pack_document, set_widths
from guongsang.speech.script import Line, Script, Sheet

# Points; lines; an announcer reads from half a metre away.
_SIZE: Final = 16
_TITLE_SIZE: Final = 20
_HEAD_SIZE: Final = 12
_SPACING: Final = 1.5
# Millimetres.
_INDENT: Final = 12
_COLUMNS: Final = (48, 62, TEXT_WIDTH - 48 - 62)
_HEADING: Final = "BẢN ĐỌC PHÁT THANH"
_LOOK: Final = "Xem trước khi đọc"
_SURE: Final = "Không có chỗ nào phải xem trước khi đọc."
_HEADS: Final = ("Viết trong bài", "Trong bản đọc", "Vì sao")


def write_script_docx(sheet: Sheet) -> bytes:
    """Return the Word document; equal sheets give equal bytes. Unsure pieces are underlined."""
    script = sheet.script
    document = open_document(title=script.title, author=sheet.agency, day=sheet.day, size=_SIZE)
    _add(document, f"{_HEADING} · {sheet.column}", size=_HEAD_SIZE)
    _add(document, script.title, size=_TITLE_SIZE, bold=True)
    for told in (*sheet.credits, _tell_length(script)):
        _add(document, told, size=_HEAD_SIZE)
    if script.doubts:
        _add(document, _LOOK, size=_HEAD_SIZE, bold=True).paragraph_format.keep_with_next = True
        _add_doubts(document, script)
    else:
        _add(document, _SURE, size=_HEAD_SIZE).paragraph_format.space_after = Pt(18)
    last = ""
    for line in script.lines:
        if line.speaker and line.speaker != last:
            spoken = _add(document, f"{line.speaker.upper()}:", bold=True)
            spoken.paragraph_format.keep_with_next = True
        last = line.speaker
        _add_line(document, line)
    return pack_document(document)


def write_script_text(sheet: Sheet) -> bytes:
    """Return the same as plain text in UTF-8."""
    return ("\n".join(_list_text(sheet)) + "\n").encode()


def _list_text(sheet: Sheet) -> Iterator[str]:
    script = sheet.script
    yield f"{_HEADING} · {sheet.column}"
    yield script.title
    yield from sheet.credits
    yield _tell_length(script)
    yield ""
    yield f"{_LOOK}:" if script.doubts else _SURE
    for doubt in script.doubts:
        written = _tell_written(doubt.written, doubt.times)
        yield f"– {written}: {doubt.read} ({doubt.tell_why('vi')})"
    last = ""
    for line in script.lines:
        yield ""
        if line.speaker and line.speaker != last:
            yield f"{line.speaker.upper()}:"
        last = line.speaker
        yield f"{line.mark} {line.text}".strip()


def _tell_length(script: Script) -> str:
    return f"Thời lượng: {script.length} ({script.syllables} tiếng, {script.rate} tiếng một phút)"


def _tell_written(written: str, times: int) -> str:
    return f"{written} ({times} lần)" if times > 1 else written


def _add(document: Document, text: str, *, size: float = _SIZE, bold: bool = False) -> Paragraph:
    paragraph = document.add_paragraph(style="Normal")
    paragraph.paragraph_format.space_after = Pt(6)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    return paragraph


def _add_line(document: Document, line: Line) -> None:
    paragraph = document.add_paragraph(style="Normal")
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_after = _SPACING, Pt(12)
    shape.keep_together = True  # nobody turns a page within a sentence
    if line.kind in ("verse", "quote", "item"):
        shape.left_indent = Mm(_INDENT)
    if line.mark:
        shape.first_line_indent = Mm(-_INDENT)
        shape.tab_stops.add_tab_stop(Mm(_INDENT))
        paragraph.add_run(f"{line.mark}\t")
    if line.kind == "heading":
        shape.keep_with_next = True
    for text, is_unsure in line.pieces:
        run = paragraph.add_run(text)
        run.font.bold = line.kind == "heading" or None
        run.font.italic = line.kind in ("verse", "quote") or None
        run.font.underline = WD_UNDERLINE.DOTTED if is_unsure else None


def _add_doubts(document: Document, script: Script) -> None:
    rows = [
        _HEADS,
        *(
            (_tell_written(each.written, each.times), each.read, each.tell_why("vi"))
            for each in script.doubts
        ),
    ]
    table = document.add_table(rows=len(rows), cols=len(_HEADS), style="Table Grid")
    for n, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.font.bold = Pt(_HEAD_SIZE), n == 0
    set_widths(table, _COLUMNS)
    document.add_paragraph(style="Normal")
