"""Every Word document: the page of Decree 30/2020, its letters, and bytes that repeat."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

import pytest

from guongsang.office import errors
from guongsang.office.document import (
    add_field,
    open_document,
    pack_document,
    repeat_header,
    set_widths,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIPS_IN_MM = 1440 / 25.4
TYPED = "Ông A & bà B <giữ rừng> \"ngoặc\" 'đơn'"


def make():
    document = open_document(title=TYPED, author="Cơ quan Mẫu", day=dt.date(2026, 7, 1))
    document.add_paragraph("Tên loại", style="Title")
    document.add_heading("Một", 1)
    document.add_paragraph(TYPED, style="Body Text")
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(1, 0).text = TYPED
    set_widths(table, [120, 40])
    repeat_header(table)
    add_field(document.add_paragraph(), "NUMPAGES")
    return pack_document(document)


@pytest.fixture(scope="module")
def parts():
    with zipfile.ZipFile(io.BytesIO(make())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(parts, name):
    return ElementTree.fromstring(parts[name])


def test_equal_documents_have_equal_bytes_and_no_time():
    made = make()
    assert made == make()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
        assert b"2026-07-01T00:00:00Z" in archive.read("docProps/core.xml")
        assert b"python-docx" not in b"".join(map(archive.read, archive.namelist()))


def test_the_page_is_that_of_the_decree(parts):
    section = read(parts, "word/document.xml").find(f".//{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    sides = [size.get(f"{W}w"), size.get(f"{W}h")]
    sides += [margins.get(f"{W}{side}") for side in ("top", "bottom", "left", "right", "header")]
    expected = [210, 297, 20, 20, 30, 15, 10]
    assert [round(int(side) / TWIPS_IN_MM) for side in sides] == expected
    assert section.find(f"{W}titlePg") is not None  # no number on the first page
    header = read(parts, "word/header1.xml")
    assert [each.text for each in header.iter(f"{W}instrText")] == ["PAGE"]


def test_every_letter_is_times_new_roman_and_black(parts):
    styles = read(parts, "word/styles.xml")
    found = list(styles.iter(f"{W}rFonts"))
    assert found
    for fonts in found:
        assert {name.removeprefix(W) for name in fonts.attrib} == {
            "ascii",
            "hAnsi",
            "eastAsia",
            "cs",
        }
        assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert {each.get(f"{W}val") for each in styles.iter(f"{W}color")} == {"000000"}
    assert {each.get(f"{W}val") for each in styles.iter(f"{W}lang")} == {"vi-VN"}
    sizes = {
        style.get(f"{W}styleId"): style.find(f"{W}rPr/{W}sz").get(f"{W}val")
        for style in styles.iter(f"{W}style")
        if style.get(f"{W}styleId") in ("Normal", "BodyText", "Title", "Heading1", "Header")
    }
    assert set(sizes.values()) == {"28"} and len(sizes) == 5  # half points


def test_words_come_out_as_typed_and_a_table_has_widths_twice(parts):
    document = read(parts, "word/document.xml")
    texts = ["".join(each.itertext()) for each in document.iter(f"{W}p")]
    assert texts.count(TYPED) == 2
    grid = [each.get(f"{W}w") for each in document.iter(f"{W}gridCol")]
    cells = [each.get(f"{W}w") for each in document.iter(f"{W}tcW")]
    assert [round(int(width) / TWIPS_IN_MM) for width in grid] == [120, 40]
    assert cells == grid * 2
    assert len(list(document.iter(f"{W}tblHeader"))) == 1
    assert document.find(f".//{W}tblLayout").get(f"{W}type") == "fixed"


def test_without_the_extra_there_is_an_error_with_a_name(monkeypatch):
    errors.need_library()
    monkeypatch.setattr(errors, "find_spec", lambda _: None)
    with pytest.raises(errors.OfficeError) as error:
        errors.need_library()
    assert error.value.reason == "library"
