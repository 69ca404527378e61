"""The form of consent on paper: a sheet of A4 for each who signs, whatever is on it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from guongsang.desk.papers.forms import FORMS

A4 = (595, 842)


@pytest.mark.parametrize("title", ["Bài ngắn", "Một đầu đề thật dài " * 9])
def test_each_form_is_one_sheet(newsroom, chromium, title):
    newsroom.edit("ban-thao", "title: Bản thảo chưa đăng", f'title: "{title.strip()}"')
    newsroom.edit(
        "ban-thao",
        "honorees:\n  - id: ho-giao\n",
        "honorees:\n  - {kind: person, name: Lò Thị Mẫu}\n"
        "  - {kind: person, called: một em nhỏ, minor: true}\n",
    )
    assert newsroom.run("consent", "ban-thao").code == 0
    page = chromium.new_page()
    page.goto((newsroom.root / FORMS / "ban-thao.html").as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = [tuple(round(side) for side in sheet.mediabox[2:]) for sheet in printed.pages]
    assert sizes == [A4, A4]
    texts = [sheet.extract_text() for sheet in printed.pages]
    assert ["PĐY-2026-001" in texts[0], "PĐY-2026-002" in texts[1]] == [True, True]
    assert all("Ctrl+P" not in text and "91/2025/QH15" in text for text in texts)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()
