"""What is typed arrives: each row is a way in which words, signs or lines were lost before."""

from __future__ import annotations

import pytest

from guongsang.prose.parse import parse_prose


def html(body: str) -> str:
    return parse_prose(body).html


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("1968. Năm ấy ông mười tám.", "<p>1968. Năm ấy ông mười tám.</p>"),
        ("30. 4 là ngày vui.", "<p>30. 4 là ngày vui.</p>"),
        ("Ông sinh năm\n1945. Quê ở đây.", "<p>Ông sinh năm<br>\n1945. Quê ở đây.</p>"),
        ("2. 9 là ngày lễ.", "<p>2. 9 là ngày lễ.</p>"),
        (
            "1. Một\n\nLời.\n\n2. Hai\n\nLời nữa.\n\n3. Ba",
            "<ol>\n<li>Một</li>\n</ol>\n<p>Lời.</p>\n"
            '<ol start="2">\n<li>Hai</li>\n</ol>\n<p>Lời nữa.</p>\n'
            '<ol start="3">\n<li>Ba</li>\n</ol>',
        ),
        ("1. một\n3. ba", '<ol>\n<li>một</li>\n<li value="3">ba</li>\n</ol>'),
        (
            "1. một\n2. hai\n2. hai nữa",
            '<ol>\n<li>một</li>\n<li>hai</li>\n<li value="2">hai nữa</li>\n</ol>',
        ),
        ("1. một\n\n1954. Hòa bình.", "<ol>\n<li>một</li>\n</ol>\n<p>1954. Hòa bình.</p>"),
        ("1) một\n2) hai", "<p>1) một<br>\n2) hai</p>"),
        ("1. một\n2. hai", "<ol>\n<li>một</li>\n<li>hai</li>\n</ol>"),
    ],
)
def test_the_number_typed_is_the_number_shown(body, shown):
    assert html(body) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("    Bốn dấu cách trước đoạn.", "<p>Bốn dấu cách trước đoạn.</p>"),
        ("\tMột dấu Tab.", "<p>Một dấu Tab.</p>"),
        (
            "Đoạn.\n\n        Tám dấu cách.\n\n\t\tHai Tab.",
            "<p>Đoạn.</p>\n<p>Tám dấu cách.</p>\n<p>Hai Tab.</p>",
        ),
        ("```\n    mã\n```", "<pre><code>    mã\n</code></pre>"),
    ],
)
def test_an_indented_line_is_a_paragraph(body, shown):
    assert html(body) == shown


def items(sign, *texts):
    inner = "".join(f"<li>{text}</li>\n" for text in texts)
    return f'<ul class="{sign}">\n{inner}</ul>'


B, C = items("gach", "b"), items("gach", "c")
BC = items("gach", f"b\n{C}\n")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Gồm:\n- một\n- hai", "<p>Gồm:</p>\n" + items("gach", "một", "hai")),
        ("Gồm:\n* một", "<p>Gồm:</p>\n" + items("sao", "một")),
        ("Gồm:\n1. một\n2. hai", "<p>Gồm:</p>\n<ol>\n<li>một</li>\n<li>hai</li>\n</ol>"),
        ("– Chào bà.\n– Chào cháu.", "<p>– Chào bà.<br>\n– Chào cháu.</p>"),
        ("— Ai đấy?\n— Tôi.", "<p>— Ai đấy?<br>\n— Tôi.</p>"),
        (
            "* Hỏi?\n- Đáp.\n* Hỏi nữa?",
            "\n".join((items("sao", "Hỏi?"), items("gach", "Đáp."), items("sao", "Hỏi nữa?"))),
        ),
        ("+ một\n+ hai", items("cong", "một", "hai")),
        ("- a\n  - b\n- c", items("gach", f"a\n{B}\n", "c")),
        ("- a\n    - b", items("gach", f"a\n{B}\n")),
        ("- a\n\t- b\n\t\t- c", items("gach", f"a\n{BC}\n")),
        ("1. a\n  - b\n2. c", f"<ol>\n<li>a\n{B}\n</li>\n<li>c</li>\n</ol>"),
        (
            "1. a\n\n  b\n\n2. c",
            "<ol>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ol>",
        ),
        ("-5 độ, +84 912", "<p>-5 độ, +84 912</p>"),
    ],
)
def test_a_list_shows_the_sign_that_was_typed(body, shown):
    assert html(body) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            "Mưa rơi\nNúi cao\nSông dài\nĐường xa",
            "<p>Mưa rơi<br>\nNúi cao<br>\nSông dài<br>\nĐường xa</p>",
        ),
        ("Mưa rơi\nNúi *cao*\n{: .tho }", '<p class="tho">Mưa rơi<br>\nNúi <em>cao</em></p>'),
        ("Số 5\\\nĐường *A*", "<p>Số 5<br>\nĐường <em>A</em></p>"),
        ("Số 5  \nĐường A", "<p>Số 5<br>\nĐường A</p>"),
        ("> Một\n> hai", "<blockquote>\n<p>Một<br>\nhai</p>\n</blockquote>"),
        ("Một câu.", "<p>Một câu.</p>"),
    ],
)
def test_lines_end_where_they_were_ended(body, shown):
    assert html(body) == shown


def test_what_follows_a_break_is_in_the_plain_text():
    assert parse_prose("Mưa rơi\\\nNúi *cao*\n\nHết\nlời").plain == "Mưa rơi Núi cao\nHết lời"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Theo báo <Nhân Dân>, cầu", "<p>Theo báo &lt;Nhân Dân&gt;, cầu</p>"),
        ("Theo <Tuoi Tre> và <Lao Động>", "<p>Theo &lt;Tuoi Tre&gt; và &lt;Lao Động&gt;</p>"),
        ("<Tuoi Tre>\n\nlời", "<p>&lt;Tuoi Tre&gt;</p>\n<p>lời</p>"),
        ("a <!-- chưa xong\n\nlời", "<p>a &lt;!-- chưa xong</p>\n<p>lời</p>"),
        ("<!-- chưa xong\n\nlời", "<p>&lt;!-- chưa xong</p>\n<p>lời</p>"),
        ("<!-- ẩn --> chữ *nghiêng*", "<p> chữ <em>nghiêng</em></p>"),
        ("<!-- ẩn\n\nvẫn ẩn -->\n\n*chữ*", "<p><em>chữ</em></p>"),
        ("<?xml lời\n\nlời", "<p>&lt;?xml lời</p>\n<p>lời</p>"),
        ("<Anh:Ba> nói", "<p>&lt;Anh:Ba&gt; nói</p>"),
        ("Đất 5*3*2 m, ngày 12*15*20", "<p>Đất 5*3*2 m, ngày 12*15*20</p>"),
        ("Giá (*) và giá (*)", "<p>Giá (*) và giá (*)</p>"),
        ("Giá (**) và giá (**)", "<p>Giá (**) và giá (**)</p>"),
        ("5*(3+2)*4", "<p>5*(3+2)*4</p>"),
        ("2**3**2, tệp ban_mau_1_a", "<p>2**3**2, tệp ban_mau_1_a</p>"),
        ("khách sạn 5*, 6*, 7*", "<p>khách sạn 5*, 6*, 7*</p>"),
        ("**Ảnh:**Lò A", "<p><strong>Ảnh:</strong>Lò A</p>"),
        ("chữ**“đậm”**thế", "<p>chữ<strong>“đậm”</strong>thế</p>"),
        ("*Ảnh:*Lò B (*nghiêng*)", "<p><em>Ảnh:</em>Lò B (<em>nghiêng</em>)</p>"),
        (
            "*“Lời”*, _lời_, ***cả hai***",
            "<p><em>“Lời”</em>, <em>lời</em>, <em><strong>cả hai</strong></em></p>",
        ),
        ("chữ <b>đậm</b> <u>gạch</u>", "<p>chữ <b>đậm</b> <u>gạch</u></p>"),
    ],
)
def test_stars_and_angles_are_themselves(body, shown):
    assert html(body) == shown


def link(url):
    return f'<a href="{url}" rel="noopener">{url}</a>'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Xem https://a.vn/b.", f"<p>Xem {link('https://a.vn/b')}.</p>"),
        ("(http://a.vn/x_(y))", f"<p>({link('http://a.vn/x_(y)')})</p>"),
        ("*https://a.vn/_x_*", f"<p><em>{link('https://a.vn/_x')}_</em></p>"),
        ("https://vi.a.vn/Lai_Châu, hay", f"<p>{link('https://vi.a.vn/Lai_Châu')}, hay</p>"),
        ("[https://a.vn](/b/)", '<p><a gs-link="0">https://a.vn</a></p>'),
        ("`https://a.vn`", "<p><code>https://a.vn</code></p>"),
        ("https:// và xhttps://a", "<p>https:// và xhttps://a</p>"),
    ],
)
def test_an_address_is_a_link(body, shown):
    assert html(body) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("[Nguồn]: TTXVN", "<p>[Nguồn]: TTXVN</p>"),
        ("[Ảnh]: Lò A\n[Bài]: Lò B", "<p>[Ảnh]: Lò A<br>\n[Bài]: Lò B</p>"),
        ("Dòng cuối\n---", "<p>Dòng cuối</p>\n<hr>"),
        ("Dòng cuối\n=====", "<p>Dòng cuối<br>\n=====</p>"),
        ("#GuongSang #LaiChau", "<p>#GuongSang #LaiChau</p>"),
        ("Số liệu\n|a|b|\n|-|-|\n|1|2|", None),
        ("# Mục", '<h2 id="muc">Mục</h2>'),
    ],
)
def test_text_stays_text(body, shown):
    if shown is None:
        assert html(body).startswith("<p>Số liệu</p>\n<")
        assert "<th>a</th>" in html(body)
        assert "|" not in html(body)
    else:
        assert html(body) == shown
