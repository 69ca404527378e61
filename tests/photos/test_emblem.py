"""Logos and icons: what may be published, and what may not."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from guongsang.photos.emblem import EmblemFacts, check_size, publish_emblem, read_emblem

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'
BOX = 'viewBox="0 0 240 60"'
BOMB = '<!ENTITY a0 "x">' + "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 40))


@pytest.fixture
def read(tmp_path):
    def read_content(content, name="logo.svg"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_emblem(path)

    return read_content


def rule_of(found):
    return found.rule if not isinstance(found, EmblemFacts) else None


def png(width, height, **info):
    out = io.BytesIO()
    told = PngImagePlugin.PngInfo()
    for key, text in info.items():
        told.add_text(key, text)
    Image.new("RGBA", (width, height)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


@pytest.mark.parametrize(
    "inner",
    [
        "<path d='M0 0h9'/>",
        "<title>Báo</title><g fill='#123'><circle r='3'/></g>",
        "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs>"
        "<rect width='9' height='9' fill='url(#a)'/><use href='#a'/>",
        "<style>.a { fill: url( '#a' ); color: red }</style><text class='a'>B</text>",
        "<metadata><x xmlns='http://ns.example/'>Inkscape</x></metadata>",
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' r:about='https://a.example/'/>",
    ],
)
def test_a_drawing(read, inner):
    found = read(SVG.format(BOX, inner))
    assert isinstance(found, EmblemFacts), found
    assert (found.type, found.width, found.height) == ("image/svg+xml", 240, 60)


def test_a_drawing_of_an_old_program(read):
    standard = '"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"'
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC {standard}>\n'
    assert isinstance(read(head + SVG.format(BOX, "<path/>")), EmblemFacts)


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<SCRIPT>alert(1)</SCRIPT>", "<SCRIPT>"),
        ("<g onclick='x()'/>", "onclick"),
        ("<g ONLOAD='x()'/>", "ONLOAD"),
        ("<foreignObject><p/></foreignObject>", "<foreignObject>"),
        ("<image href='https://may.example/a.png'/>", "<image>"),
        ("<use href='https://may.example/a.svg#b'/>", "href="),
        (
            "<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='//may.example/a#b'/>",
            "href=",
        ),
        ("<a href='javascript:alert(1)'><path/></a>", "<a>"),
        ("<animate attributeName='href' to='x'/>", "<animate>"),
        ("<set attributeName='onclick' to='x'/>", "<set>"),
        ("<rect fill='url(https://may.example/a)'/>", "fill="),
        ("<rect style='fill:url(\"//may.example/a\")'/>", "style="),
        ("<style>@import 'https://may.example/a.css';</style>", "@import"),
        ("<style>@import <![CDATA['https://may.example/a.css';]]></style>", "@import"),
        ("<style>a{b:ur\\6c(//may.example/a)}</style>", "\\"),
        ("<style>a{b:url(//may.example/a)}</style>", "url(//may"),
        ("<g xml:base='https://may.example/'/>", "base="),
        ("<script xmlns=''>alert(1)</script>", "<script>"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>", "<script>"),
        ("<h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='x'/>", "<iframe>"),
    ],
)
def test_what_could_run_or_load_is_refused(read, inner, what):
    found = read(SVG.format(BOX, "\n" + inner))
    assert rule_of(found) == "GS329", found
    args = dict(found.args)
    assert args["row"] == "2"
    assert args["what"].startswith(what)


@pytest.mark.parametrize(
    "before",
    [
        '<?xml-stylesheet href="https://may.example/a.css"?>',
        '<!DOCTYPE svg [<!ENTITY a "&#60;script>">]>',
        '<!DOCTYPE svg SYSTEM "https://may.example/a.dtd">',
    ],
)
def test_what_stands_before_the_drawing_is_looked_at_too(read, before):
    content = '<?xml version="1.0"?>\n' + before + SVG.format(BOX, "<path/>")
    assert rule_of(read(content)) == "GS329"


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.svg", SVG.format("", "<path/>"), "GS328"),
        ("a.svg", SVG.format('viewBox="0 0 0 9"', "<path/>"), "GS328"),
        ("a.svg", SVG.format('viewBox="0 0 nan 9"', ""), "GS328"),
        ("a.svg", SVG.format(BOX, "<path>"), "GS327"),
        ("a.svg", "<html><body/></html>", "GS327"),
        ("a.svg", "<svg viewBox='0 0 9 9'><path/></svg>", "GS328"),
        ("a.svg", png(90, 90), "GS327"),
        ("a.png", SVG.format(BOX, ""), "GS327"),
        ("a.png", png(90, 90)[:-30], "GS327"),
        ("a.png", b"", "GS327"),
        ("a.svg", f"<!DOCTYPE svg [{BOMB}]>{SVG.format(BOX, '&a39;')}", "GS327"),
        ("a.svg", SVG.format(BOX, f"<desc>{'a' * 210_000}</desc>"), "GS328"),
    ],
)
def test_what_is_no_emblem(read, name, content, rule):
    assert rule_of(read(content, name)) == rule


@pytest.mark.parametrize(
    ("key", "width", "height", "is_good"),
    [
        *(("icon", side, side, side >= 180) for side in (64, 179, 180, 512, 2048)),
        ("icon", 512, 500, False),
        ("icon", 2049, 2049, False),
        ("logo", 400, 88, True),
        ("logo", 400, 87, False),
        ("logo", 88, 176, True),
        ("logo", 88, 177, False),
        ("logo", 1200, 100, True),
        ("logo", 1201, 100, False),
        ("logo", 2049, 400, False),
    ],
)
def test_sizes_of_pixels(read, key, width, height, is_good):
    found = read(png(width, height), "a.png")
    assert (check_size(found, key) is None) == is_good
    assert check_size(found, key) in (None, f"{width}×{height}")


def test_metadata_is_not_published(read, tmp_path):
    found = read(png(200, 200, Author="Lò Thị La"), "a.png")
    made = publish_emblem(tmp_path / "a.png")
    assert b"Author" in (tmp_path / "a.png").read_bytes() and b"Author" not in made
    same = read(made, "a.png")
    assert same.sha256 == found.sha256
