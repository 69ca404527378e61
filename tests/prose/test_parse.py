"""What editors type and what readers get."""

from __future__ import annotations

import threading

import pytest

from guongsang.prose.fill import fill_prose
from guongsang.prose.model import Heading
from guongsang.prose.parse import find_uses, parse_prose


def _filled(body: str) -> str:
    return fill_prose(
        parse_prose(body),
        photo=lambda use: f"<img {use.src}{' inline' if use.inline else ''}>",
        link=lambda href: f"L:{href}",
        film=lambda use: f"<video {use.src}>",
    )


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("", ""),
        ("một *hai* **ba**", "<p>một <em>hai</em> <strong>ba</strong></p>"),
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("\\*sao\\*", "<p>*sao*</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("# Một\n\n###### Sáu", '<h2 id="mot">Một</h2>\n<h4 id="sau">Sáu</h4>'),
        ("##\n\nchữ", "<p>chữ</p>"),
        ("> lời\n{: .trich }", '<blockquote>\n<p class="trich">lời</p>\n</blockquote>'),
        ("thơ\n{: .tho .la lang=th }", '<p class="tho" lang="th">thơ</p>'),
        ("[a](x.md)", '<p><a href="L:x.md">a</a></p>'),
        ("[a](/2026/x/ 'T\"')", '<p><a href="L:/2026/x/" title="T&quot;">a</a></p>'),
        ('<a href="/2026/x/">a</a>', '<p><a href="L:/2026/x/">a</a></p>'),
        ("[a](#muc)", '<p><a href="L:#muc">a</a></p>'),
        ("[a](http://a.vn/?b&c)", '<p><a href="http://a.vn/?b&amp;c" rel="noopener">a</a></p>'),
        ("[a](//a.vn)", '<p><a href="//a.vn" rel="noopener">a</a></p>'),
        ("<a@b.vn>", '<p><a href="mailto:a@b.vn">a@b.vn</a></p>'),
        ("[a](tel:+84912)", '<p><a href="tel:+84912">a</a></p>'),
        ("[a](htps://b.vn)", "<p>a</p>"),
        ("![b](a.jpg)", "<img a.jpg>"),
        ("![b](a.jpg)\n![c](d.jpg)", "<img a.jpg>\n<img d.jpg>"),
        ("![b](a.jpg)\n*chú thích*", "<img a.jpg>\n<p><em>chú thích</em></p>"),
        (
            "lời\n![b](a.jpg) ![c](d.jpg)\nlời nữa\nhết",
            "<p>lời</p>\n<img a.jpg> <img d.jpg>\n<p>lời nữa<br>\nhết</p>",
        ),
        (
            "> ![b](a.jpg)\n> lời\n{: .tho }",
            '<blockquote>\n<img a.jpg>\n<p class="tho">lời</p>\n</blockquote>',
        ),
        ("*lời\n![b](a.jpg)\nhết*", "<p><em>lời<br>\n<img a.jpg inline><br>\nhết</em></p>"),
        ("chữ ![b](a.jpg)", "<p>chữ <img a.jpg inline></p>"),
        ("- ![b](a.jpg)", '<ul class="gach">\n<li><img a.jpg inline></li>\n</ul>'),
        ("[![b](a.jpg)](c.md)", '<p><a href="L:c.md"><img a.jpg inline></a></p>'),
        ("<ruby>字<rt>chữ</rt></ruby>", "<p><ruby>字<rt>chữ</rt></ruby></p>"),
        ('<p dir="rtl" lang="ar">a</p>', '<p dir="rtl" lang="ar">a</p>'),
        ("<p class='x tho'>a</p>", '<p class="tho">a</p>'),
        ("<p id='x'>a</p>", "<p>a</p>"),
        ("<b>mở", "<p><b>mở</b></p>"),
    ],
)
def test_markup(body: str, html: str) -> None:
    assert _filled(body) == html


def test_a_table_has_a_box_of_its_own() -> None:
    box = '<div class="bang" role="group" aria-label="Bảng" tabindex="0"><table>'
    for body in ("|a|b|\n|-|-|\n|1|2|", "> |a|\n> |-|", "<table><tr><td>a</td></tr></table>"):
        html = parse_prose(f"Lời.\n\n{body}\n\nHết.").html
        assert html.count(box) == html.count("</table></div>") == 1


def test_table_alignment_is_a_class() -> None:
    html = parse_prose("|a|b|\n|-:|:-:|\n|1|2|").html
    assert '<th class="align-right">a</th>' in html
    assert '<td class="align-center">2</td>' in html


def test_footnotes_speak_vietnamese_and_their_labels_may_hold_anything() -> None:
    prose = parse_prose("Chữ[^số liệu] và[^số liệu].\n\n[^số liệu]: Theo *sở*.")
    assert '<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref"' in prose.html
    assert 'id="fnref2:1"' in prose.html
    assert '<li id="fn:1">' in prose.html
    assert 'aria-label="Trở lại chỗ có chú thích 1">' in prose.html
    assert prose.links == ()
    assert prose.plain == "Chữ và.\nTheo sở."


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("## Đường đi", ["duong-di"]),
        ("## A\n\n## A\n\n## A-2\n\n## A", ["a", "a-2", "a-2-2", "a-3"]),
        ("## Nội dung", ["noi-dung-2"]),
        ("## !!!", ["muc"]),
        ("## A {: #Đây-là }", ["day-la"]),
        ("## FN:1", ["fn-1"]),
        ('<h3 id="x y">Một</h3>', ["x-y"]),
        ("Tên\n---\n\nTên\n====", []),
    ],
)
def test_heading_ids(body: str, ids: list[str]) -> None:
    assert [heading.id for heading in parse_prose(body).headings] == ids


def test_heading_titles_are_plain() -> None:
    prose = parse_prose("## Một &amp; *hai* [ba](x) `<b>`[^1]\n\n[^1]: x")
    assert prose.headings == (Heading(2, "mot-hai-ba-b", "Một & hai ba <b>"),)


def test_plain_text_has_one_paragraph_a_line() -> None:
    body = "Một\nhai &lt; ba\n\n- bốn\n- năm\n\n|a|b|\n|-|-|\n|1|2|\n\n![alt](a.jpg)\n\nhết  \ndòng"
    prose = parse_prose(body)
    assert prose.plain == "Một hai < ba\nbốn\nnăm\na b\n1 2\nhết dòng"
    assert prose.syllables == 11


def test_calls_leave_nothing_behind() -> None:
    bodies = ["## A\n\n1. x[^1]\n\n[^1]: y", "x[^1]\n\n2. y\n\n## A", "> " * 500, "## A"]
    first = [parse_prose(body) for body in bodies]
    assert [parse_prose(body) for body in reversed(bodies)] == first[::-1]
    assert "fn" not in first[1].html
    assert "<ol" not in first[1].html
    assert first[1].links == ()


def test_threads_do_not_disturb_each_other() -> None:
    bodies = [f"## M{n}\n\n[a{n}](x{n}) [^1]\n\n[^1]: c{n}" for n in range(8)]
    expected = [parse_prose(body) for body in bodies]
    wrong: list[int] = []

    def _run(n: int) -> None:
        if any(parse_prose(bodies[n]) != expected[n] for _ in range(30)):
            wrong.append(n)

    threads = [threading.Thread(target=_run, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_crlf_is_read_as_lf() -> None:
    assert parse_prose("a\r\n\r\n[b](c)") == parse_prose("a\n\n[b](c)")


def test_what_a_body_uses_is_found_without_converting_plain_ones():
    assert find_uses("Mở bài.\n\n## Mục\n\n**Thân** bài.").links == ()
    for body in ("[a](b.md)", "![](a.jpg)", "<https://a.vn>", "Xem https://a.vn", "> " * 40 + "a"):
        found, whole = find_uses(body), parse_prose(body)
        assert (found.links, found.photos, found.tangled) == (
            whole.links,
            whole.photos,
            whole.tangled,
        )
