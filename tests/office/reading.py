"""Reads Word and Excel files by their XML alone, without the libraries that wrote them."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def open_parts(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_texts(made):
    """Return the paragraphs outside of tables."""
    body = ElementTree.fromstring(open_parts(made)["word/document.xml"])[0]
    tables = {id(each) for table in body.iter(f"{W}tbl") for each in table.iter(f"{W}p")}
    return [_join(each) for each in body.iter(f"{W}p") if id(each) not in tables]


def read_tables(made):
    """Return the tables by what their caption says, each a list of rows of texts; of several
    without a caption the first."""
    body = ElementTree.fromstring(open_parts(made)["word/document.xml"])[0]
    found, said = {}, ""
    for each in body:
        if each.tag == f"{W}p":
            said = _join(each)
        elif each.tag == f"{W}tbl":
            rows = [
                [" ".join(map(_join, cell.iter(f"{W}p"))).strip() for cell in row.iter(f"{W}tc")]
                for row in each.iter(f"{W}tr")
            ]
            found.setdefault(re.sub(r"^Bảng \d+\. ", "", said), rows)
    return found


def read_sheets(made):
    """Return the sheets by name, each a list of rows: numbers as numbers, texts as texts.

    A formula would be neither, and fails.
    """
    parts = open_parts(made)
    shared = [
        "".join(text.text or "" for text in each.iter(f"{S}t"))
        for each in ElementTree.fromstring(parts["xl/sharedStrings.xml"])
    ]
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    targets = {
        each.get("Id"): each.get("Target")
        for each in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    found = {}
    for sheet in book.iter(f"{S}sheet"):
        tree = ElementTree.fromstring(parts[f"xl/{targets[sheet.get(f'{R}id')]}"])
        assert tree.find(f".//{S}f") is None
        found[sheet.get("name")] = [
            [_read_cell(cell, shared) for cell in row] for row in tree.iter(f"{S}row")
        ]
    return found


def _read_cell(cell, shared):
    value = cell.find(f"{S}v")
    if value is None:
        return ""
    return shared[int(value.text)] if cell.get("t") == "s" else float(value.text)


def _join(paragraph):
    return "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
