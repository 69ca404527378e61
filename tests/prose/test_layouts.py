"""Photos as an editor lays them: one word below them."""

from __future__ import annotations

import pytest

from guongsang.prose.fill import fill_prose
from guongsang.prose.parse import parse_prose


def show(text):
    prose = parse_prose(text)
    html = fill_prose(
        prose, photo=lambda use: f"[{use.src} {use.layout or '-'}]", link=str, film=str
    )
    return html, [use.inline for use in prose.photos]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("![](a.jpg)\n{: .rong }", '<div class="rong">\n[a.jpg rong]\n</div>'),
        (
            "![](a.jpg)\n![](b.jpg)\n{: .doi }",
            '<div class="doi">\n[a.jpg doi]\n[b.jpg doi]\n</div>',
        ),
        ("![](a.jpg) ![](b.jpg)\n{: .doi }", '<div class="doi">\n[a.jpg doi] [b.jpg doi]\n</div>'),
        ("![](a.jpg)\n{: .canh }\n\nChữ.", '<div class="canh">\n[a.jpg canh]\n</div>\n<p>Chữ.</p>'),
        ("![](a.jpg)\n![](b.jpg)", "[a.jpg -]\n[b.jpg -]"),
        ("![](a.jpg)\n{: .trich }", "[a.jpg -]"),
    ],
)
def test_photos_stand_as_they_are_laid(typed, html):
    shown, inline = show(typed)
    assert shown == html
    assert not any(inline)


def test_words_among_them_stay_in_their_order():
    shown, _ = show("Trước\n![](a.jpg)\nSau\n{: .rong }")
    assert [shown.index(part) for part in ("Trước", "[a.jpg rong]", "Sau")] == sorted(
        shown.index(part) for part in ("Trước", "[a.jpg rong]", "Sau")
    )
    assert shown.count('<div class="rong">') == 1


def test_a_photo_within_a_line_is_not_laid():
    shown, inline = show("Lời ![](a.jpg) trong dòng\n{: .rong }")
    assert "<div" not in shown
    assert inline == [True]


def test_a_layout_is_seen_on_its_page_and_in_feeds(newsroom):
    newsroom.edit("con-chu", "![](lop-hoc.jpg)", "![](lop-hoc.jpg)\n{: .rong }\n")
    newsroom.build()
    page = (newsroom.site / "2026/con-chu/index.html").read_text("utf-8")
    assert '<div class="rong">\n<figure class="figure figure--rong">' in page
    assert "lop-hoc" in (newsroom.site / "atom.xml").read_text("utf-8")
    assert newsroom.bytes() == newsroom.clean_bytes()
