"""Front matter and links of hand-written pages."""

from __future__ import annotations

import pytest

from guongsang.checks.newsroom.doclinks import check_doc_links
from guongsang.checks.newsroom.docs import check_doc

FILES = {
    "gioi-thieu.md",
    "quyen-rieng-tu.md",
    "huong-dan/index.md",
    "huong-dan/anh.md",
    "hinh/a.png",
}
ADDRESSES = {"", "khen-thuong/", "2026/con-chu/", "gioi-thieu/", "rss.xml"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"# Gi\xe1\xbb\x9bi thi\xe1\xbb\x87u\n", []),
        (b"---\ntitle: A\n---\n\n# A\n", []),
        (b"---\n---\n\n# A\n", []),
        (b"---\ntitle: A: B\n---\n", [("GS113", 2)]),
        (b"---\ntitle: A\n", [("GS107", 3)]),
        (b"\n---\ntitle: A\n---\n", [("GS105", 1)]),
        (b"---\n- title\n---\n", [("GS110", 2)]),
        (b"# \xff\n", [("GS101", 1)]),
    ],
)
def test_a_page(tmp_path, content, expected):
    page = tmp_path / "a.md"
    page.write_bytes(content)
    found = [(each.rule, each.line) for each in check_doc(page, "docs/a.md")]
    assert found == expected


def links(text, uri="gioi-thieu.md"):
    return list(check_doc_links(text, f"docs/{uri}", uri, FILES, ADDRESSES))


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("[a](quyen-rieng-tu.md#du-lieu) và [b](#muc)", "gioi-thieu.md"),
        ("[a](anh.md) [b](../gioi-thieu.md) [c](index.md)", "huong-dan/index.md"),
        ('![](hinh/a.png) ![](hinh/a.png "Tên")', "a.md"),
        ("[a](/khen-thuong/#x) [b](/) [c](/2026/con-chu/) [d](/rss.xml)", "gioi-thieu.md"),
        ("[a](https://a.vn/) [b](mailto:a@a.vn) [c](tel:0213)", "gioi-thieu.md"),
        ("```\n[a](khong-co.md)\n```\nvà `[b](khong-co.md)` <!-- [c](khong-co.md) -->", "a.md"),
        ("[x]: quyen-rieng-tu.md\n\n[a][x]", "gioi-thieu.md"),
    ],
)
def test_links_that_lead_somewhere(text, uri):
    assert links(text, uri) == []


@pytest.mark.parametrize(
    ("text", "uri", "place"),
    [
        ("Xem\n[a](quyen-riengtu.md)", "gioi-thieu.md", (2, 5)),
        ("[a](gioi-thieu.md)", "huong-dan/anh.md", (1, 5)),
        ("[a](quyen-rieng-tu/)", "gioi-thieu.md", (1, 5)),
        ("[a](/khen-thuongg/)", "gioi-thieu.md", (1, 5)),
        ("![](hinh/b.png)", "gioi-thieu.md", (1, 5)),
        ("`mã` và [a](/2026/khong-co/)", "gioi-thieu.md", (1, 13)),
        ("```\nmã\n```\n\n[x]: khong-co.md\n", "gioi-thieu.md", (5, 6)),
    ],
)
def test_links_that_lead_nowhere(text, uri, place):
    (found,) = links(text, uri)
    assert (found.rule, found.line, found.column) == ("GS701", *place)
    assert found.path == f"docs/{uri}"


def test_the_nearest_address_is_offered():
    (found,) = links("[a](/khen-thuongg/)")
    assert "/khen-thuong/" in found.hint("vi")
    (found,) = links("[a](quyen-riengtu.md)")
    assert "quyen-rieng-tu.md" in found.hint("vi")
