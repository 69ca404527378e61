"""Web pages, text files and Markdown of others."""

from __future__ import annotations

import pytest

from guongsang.intake.manuscript import Picture, Table, UnreadableError, all_text, walk
from guongsang.intake.markdown import render_markdown
from guongsang.intake.markup import read_html
from guongsang.intake.plain import decode_text, read_markdown, read_text
from guongsang.prose.parse import parse_prose


def to_markdown(html):
    page = read_html(html)
    return render_markdown(page.blocks, page.notes, lambda picture: picture.name)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Bà con<br>bản Nậm Sỏ</p>", "Bà con\nbản Nậm Sỏ\n"),
        ("<p>một<p>hai</p>", "một\n\nhai\n"),
        ("một<div>hai</div>ba", "một\n\nhai\n\nba\n"),
        ("<p>A <b>đậm</b> <i>nghiêng</i> <u>gạch</u></p>", "A **đậm** *nghiêng* gạch\n"),
        ('<span style="font-weight:700">đậm</span> thôi', "**đậm** thôi\n"),
        ("<ul><li>một</li><li>hai<ul><li>ba</li></ul></li></ul>", "- một\n- hai\n  - ba\n"),
        ("<ol><li>một<li>hai</ol>", "1. một\n2. hai\n"),
        ("<h2>Mục</h2><p>chữ</p>", "### Mục\n\nchữ\n"),
        ("<blockquote><p>lời</p></blockquote>", "> lời\n"),
        ('<a href="https://a.vn/">trang</a>', "[trang](https://a.vn/)\n"),
        ('<a href="javascript:x()">trang</a>', "trang\n"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb\n"),
        ("<p>a&nbsp;&amp;&lt;b&gt;</p>", "a\u00a0&\\<b>\n"),
        ("<script>x()</script><style>p{}</style><p>chữ</p>", "chữ\n"),
        ('<p style="display:none">ẩn</p><p>hiện</p>', "hiện\n"),
        ("<pre>a  b\n  c</pre>", "a b\nc\n"),
        ("<table><tr><td>a<td>b<tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |\n"),
        ('<p><img src="x.jpg" alt="Cô giáo"></p><p>chữ</p>', "![](x.jpg)\n\nchữ\n"),
        ('<img src="c.gif" width="1" height="1">chữ', "chữ\n"),
        ("<!--[if gte mso 9]><xml>rác</xml><![endif]--><p>a<o:p></o:p></p>", "a\n"),
    ],
)
def test_what_is_shown_is_what_is_written(html, markdown):
    assert to_markdown(html) == markdown


def test_a_film_is_a_link_and_is_told():
    page = read_html('<p>a</p><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>')
    assert [loss.kind for loss in page.losses] == ["frame"]
    assert page.blocks[1].inlines[0].link == "https://www.youtube.com/watch?v=abcdefghijk"


def test_captions_of_wordpress_and_of_figures():
    code = '[caption id="a" width="5"]<img src="a.jpg" /> Bà con gặt lúa[/caption]'
    figure = '<figure><img src="a.jpg"><figcaption>Bà con gặt lúa</figcaption></figure>'
    for html in (code, figure):
        picture, caption = read_html(html).blocks
        assert picture.pictures[0].name == "a.jpg"
        assert (caption.kind, caption.text.strip()) == ("caption", "Bà con gặt lúa")


def test_pictures_come_from_where_one_says():
    def find(address):
        return Picture(address, b"x") if address == "a.jpg" else None

    page = read_html('<img src="a.jpg"><img src="b.jpg">', find)
    assert [each.content for p in walk(page.blocks) for each in p.pictures] == [b"x"]
    assert [(loss.kind, loss.where) for loss in page.losses] == [("picture-gone", "b.jpg")]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "x",
        "<table><tr><td>" * 10_000,
        "<b>" * 100_000,
        "<" * 100_000,
        "&" * 99_999,
    ],
)
def test_endless_pages_end(html):
    try:
        read_html(html)
    except UnreadableError as error:
        assert error.reason == "too-deep"


def test_unclosed_tables_keep_their_words():
    assert all_text(read_html("<table><tr><td>một<td>hai")).split() == ["một", "hai"]
    assert isinstance(read_html("<table><tr><td>một<td>hai").blocks[0], Table)


class TestText:
    def test_paragraphs_are_between_blank_lines_or_lines(self):
        found = read_text("Một dòng\nHai dòng\n\nBa\n".encode())
        assert [each.text for each in found.blocks] == ["Một dòng", "Hai dòng", "Ba"]

    def test_lines_that_were_filled_are_one_paragraph(self):
        line = "Mười hai năm nay, mỗi sáng thứ hai, ông lại gánh hai can nước lên dốc cao"
        found = read_text(f"{line}\n{line}\nrồi về.".encode())
        assert len(found.blocks) == 1

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_the_usual_encodings(self, encoding):
        assert decode_text("Bà con giữ rừng".encode(encoding)) == "Bà con giữ rừng"

    def test_text_that_was_read_wrongly(self):
        wrong = "Bà con giữ rừng đầu nguồn".encode().decode("cp1252", "replace")
        assert decode_text("Bà con giữ rừng".encode().decode("latin-1").encode()) != wrong

    def test_what_is_no_text(self):
        with pytest.raises(UnreadableError):
            decode_text(b"\0\x01\x02")


def test_markdown_of_others():
    found = read_markdown(
        b"---\ntitle: Con ch\xe1\xbb\xaf\nauthor: x\n---\n# M\xe1\xbb\xa5c\n\n**a** ![b](c.jpg)\n"
    )
    assert found.blocks[0].kind == "title"
    assert found.blocks[0].text == "Con chữ"
    body = render_markdown(found.blocks[1:], {}, lambda picture: picture.name)
    assert parse_prose(body).plain == "Mục\na"
    assert [loss.kind for loss in found.losses] == ["front-matter"]
