"""A story as a Word document for official mail, from what paper shows of it.

What is told of a story is plain values, as `paper.data` makes them: texts, never markup.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping
from typing import Any, Final
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate  # type: ignore[import-untyped]

from guongsang.office.document import open_document, pack_document
from guongsang.office.errors import OfficeError
from guongsang.office.prose import ProseWriter
from guongsang.render.sandbox import FAULTS, open_sandbox

# In a newsroom's template, alone in its paragraph: where the story goes.
PLACE: Final = "noi_dung"
_MARK: Final = "GsNoiDung7f3a91"
_TITLE_SIZE: Final = 16
# What XML 1.0 cannot hold.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Word takes no longer title among a file's properties.
_LONGEST: Final = 255
_NOT_WORD: Final = (PackageNotFoundError, BadZipFile, KeyError, ValueError)

Told = Mapping[str, Any]


def make_story(told: Told, pictures: Mapping[str, bytes], day: dt.date) -> bytes:
    """Return the file of a story; `pictures` are JPEGs by name, `day` is when it was published."""
    told = _clean(told)
    title, author = told["title"][:_LONGEST], told["newsroom"][:_LONGEST]
    document = open_document(title=title, author=author, day=day)
    write = ProseWriter(document, pictures)
    _centre(write.add_text(told["kicker"]))
    heading = write.add_text(told["title"], style="Title")
    for run in heading.runs:
        run.font.size = Pt(_TITLE_SIZE)
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(6)
    line = _centre(write.add_text(" – ".join([*told["places"], told["date"]]), italic=True))
    line.paragraph_format.space_after = Pt(10)
    _write_text(write, told)
    for credit in told["credits"]:
        byline = write.add_text(credit, bold=True)
        byline.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        byline.paragraph_format.space_after = Pt(6)
    _write_end(write, told)
    return pack_document(document)


def fill_template(
    template: bytes, path: str, told: Told, pictures: Mapping[str, bytes], day: dt.date
) -> bytes:
    """Return the file of a story in the newsroom's own template, which lies at `path`.

    Raises OfficeError: "no-word" for what is no Word document, "template" for one that fails,
    "no-place" without a paragraph for the story.
    """
    told = _clean(told)
    try:
        filled = DocxTemplate(io.BytesIO(template))
        filled.init_docx()
    except _NOT_WORD:
        raise OfficeError("no-word", path=path) from None
    try:
        filled.render({**_name_values(told), PLACE: _MARK}, open_sandbox(), autoescape=True)
    except FAULTS as fault:
        raise OfficeError("template", path=path, message=" ".join(str(fault).split())) from None
    # As written and read again: docxtpl leaves its tree in no state to add to.
    written = io.BytesIO()
    filled.docx.save(written)
    document = docx.Document(io.BytesIO(written.getvalue()))
    place = next((each for each in document.paragraphs if each.text.strip() == _MARK), None)
    if place is None:
        raise OfficeError("no-place", path=path, mark=f"{{{{ {PLACE} }}}}")
    _insert(document, place, told, pictures)
    properties = document.core_properties
    properties.title, properties.author = told["title"][:_LONGEST], told["newsroom"][:_LONGEST]
    properties.created = properties.modified = dt.datetime(
        day.year, day.month, day.day, tzinfo=dt.UTC
    )
    return pack_document(document)


def _insert(
    document: Document, place: Paragraph, told: Told, pictures: Mapping[str, bytes]
) -> None:
    body = document.element.body
    before = set(body)
    _write_text(ProseWriter(document, pictures), told)
    for each in [each for each in body if each not in before]:
        place._p.addprevious(each)
    body.remove(place._p)


def _write_text(write: ProseWriter, told: Told) -> None:
    """Write the story itself, from its cover to its last picture."""
    if told["cover"]:
        write.add_figure(told["cover"])
    if told["lede"]:
        write.add_block({**told["lede"], "class": "sapo"})
    for node in told["body"]:
        write.add_block(node)
    for figure in told["gallery"]:
        write.add_figure(figure)


def _write_end(write: ProseWriter, told: Told) -> None:
    for profile in told["profiles"]:
        facts = [*profile["facts"], *(award["text"] for award in profile["awards"])]
        if facts:
            write.add_heading(profile["name"])
        for fact in facts:
            write.add_item(fact)
    for each in told["corrections"]:
        write.add_heading(f"Cải chính, {each['date']}")
        write.add_text(f"Đã đăng: {each['was']}. Nay sửa là: {each['now']}.", style="Body Text")
    if told["sources"]:
        write.add_heading("Nguồn")
        for source in told["sources"]:
            write.add_item(source["text"], source["url"])
    if told["verified"]:
        write.add_text(told["verified"], style="Body Text", italic=True)
    if told["address"]:
        address = {"tag": "a", "href": told["address"], "children": [told["address"]]}
        write.add_block({"tag": "p", "class": "trai", "children": ["Bài đăng tại: ", address]})


def _name_values(told: Told) -> dict[str, Any]:
    """Return what templates name, by names that editors type."""
    return {
        "tieu_de": told["title"],
        "chuyen_muc": told["kicker"],
        "ngay": told["date"],
        "noi": told["places"],
        "tac_gia": told["credits"],
        "nhan_vat": [
            {
                "ten": each["name"],
                "chi_tiet": each["facts"],
                "khen_thuong": [award["text"] for award in each["awards"]],
            }
            for each in told["profiles"]
        ],
        "nguon": [{"ten": each["text"], "dia_chi": each["url"]} for each in told["sources"]],
        "xac_nhan": told["verified"] or "",
        "dia_chi": told["address"] or "",
        "toa_soan": told["newsroom"],
        "co_quan": told["agency"],
    }


def _clean(value: Any) -> Any:
    """Return the value with no letter in any text that a file of XML cannot hold."""
    if isinstance(value, str):
        return _FORBIDDEN.sub("", value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    return value


def _centre(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph
