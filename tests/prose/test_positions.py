"""Every link and photo knows where it was typed."""

from __future__ import annotations

import pytest

from guongsang.prose.parse import parse_prose


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("[a](x)", [("x", 1, 5)]),
        ("Đường [đi](x.md) và [về](x.md)", [("x.md", 1, 12), ("x.md", 1, 26)]),
        ("[a](x)\n[b](x)\n\n[c](x)", [("x", 1, 5), ("x", 2, 5), ("x", 4, 5)]),
        ("`[a](x)` [a](x)", [("x", 1, 14)]),
        ("    [a](x)\n\n[a](x)", [("x", 1, 9), ("x", 3, 5)]),
        ("\\[a](x) [a](x)", [("x", 1, 13)]),
        ("[a](  <x y>  'T')", [("x y", 1, 8)]),
        ("[a](\n x)", [("x", 2, 2)]),
        ("[a]()", [("", 1, 5)]),
        ("[a [b] c](x)", [("x", 1, 11)]),
        ("[*a*](x) **[b](y)**", [("x", 1, 7), ("y", 1, 16)]),
        ("[a](x_(y))", [("x_(y)", 1, 5)]),
        ("<https://a.vn> <https://a.vn>", [("https://a.vn", 1, 2), ("https://a.vn", 1, 17)]),
        ("[a][r] [r][] [r]\n\n[r]: /u", []),
        ("xem [Bài]: hay\n\n[bài]: https://a.vn", [("https://a.vn", 3, 8)]),
        ("Lời.\n\n- một\n  hai https://a.vn/x_y_(z), ba", [("https://a.vn/x_y_(z)", 4, 7)]),
        (
            "Lời.\nLời.\n\nLời.\n\n\tXem [a](x)\n\nLời.\nhết\n\n1. [b](y)",
            [("x", 6, 10), ("y", 11, 8)],
        ),
        ("|a|b|\n|-|-|\n| x | x [a](x) x |", [("x", 3, 13)]),
        ("> - [a](x)\n>     - [b](y)", [("x", 1, 9), ("y", 2, 13)]),
        ("|a|b|\n|-|-|\n|[a](x)|[b](x)|", [("x", 3, 6), ("x", 3, 13)]),
        ("## [a](x)\n\nT [b](y)\n===", [("x", 1, 8), ("y", 3, 7)]),
        ("a[^1] [b](y)\n\n[^1]: [c](z)", [("y", 1, 11), ("z", 3, 11)]),
        ("<div><a href='/x'>a</a> <a  href=/x>b</a></div>", [("/x", 1, 15), ("/x", 1, 34)]),
        ("`<a href='/x'>` <a title='b' href=\"/x\">a</a>", [("/x", 1, 36)]),
        ("[a](javascript:x)", [("javascript:x", 1, 5)]),
        ("[![a](b.jpg)](c.md)", [("c.md", 1, 15)]),
        ("[a](x){: href=y }", [("x", 1, 5)]),
        ("[a](anh 1.jpg) [b](anh  2 (c).jpg)", [("anh 1.jpg", 1, 5)]),
        ("*a\n\n[b](x)", [("x", 3, 5)]),
        ("[a](x", []),
        ("[a] (x)", []),
        ("<me@a.vn> [a](mailto:b@c.vn)", []),
    ],
)
def test_links(body: str, found: list[tuple[str, int, int]]) -> None:
    assert [(use.href, use.line, use.column) for use in parse_prose(body).links] == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("![a](x.jpg)", [("x.jpg", "a", "", 1, 6, False)]),
        ('\n![Cô *giáo*](x.jpg "Tên")', [("x.jpg", "Cô *giáo*", "Tên", 2, 14, False)]),
        (
            "a ![](x.jpg) ![](x.jpg)",
            [("x.jpg", "", "", 1, 7, True), ("x.jpg", "", "", 1, 18, True)],
        ),
        ("![a](IMG 20.jpg 'T')", [("IMG 20.jpg", "a", "T", 1, 6, False)]),
        (
            "a\n\n![b](x.jpg)\n![c](y.jpg)",
            [("x.jpg", "b", "", 3, 6, False), ("y.jpg", "c", "", 4, 6, False)],
        ),
        ("[![a](b.jpg)](c.md)", [("b.jpg", "a", "", 1, 7, True)]),
        ("<figure><img alt='q' src='x.jpg'></figure>", [("x.jpg", "q", "", 1, 27, True)]),
        ("`![a](x)` \\![a](x)", []),
        ("![a](data:image/png,x)", [("data:image/png,x", "a", "", 1, 6, True)]),
        ("![a](https://x.vn/a.jpg)", [("https://x.vn/a.jpg", "a", "", 1, 6, False)]),
    ],
)
def test_photos(body: str, found: list[tuple[object, ...]]) -> None:
    photos = parse_prose(body).photos
    assert [(p.src, p.alt, p.title, p.line, p.column, p.inline) for p in photos] == found
