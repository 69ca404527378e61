"""Nothing that an editor can type becomes program, style, a foreign frame or a forged marker."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guongsang.prose.fill import fill_prose
from guongsang.prose.model import PhotoUse
from guongsang.prose.parse import parse_prose

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.vn/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0b>alert(1)</script>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x' srcset='data:x 1x, javascript:y 2x'>",
    '<img """><script>alert(1)</script>">',
    "<img src=javascript:alert(1)>",
    "<img src=data:image/svg+xml,x>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=a()>'>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src=https://x.vn></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x.swf></object>",
    "<embed src=x.swf>",
    "<base href=https://x.vn/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=x.css>",
    "<style>*{background:url(x)}</style>",
    "<form action=x><input name=a autofocus onfocus=alert(1)><button>b</button></form>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<picture><source srcset=x><img src=y></picture>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<html><head><title></title></head><body onload=x>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><b onclick=x>",
    "<p style='background:url(javascript:alert(1))'>a</p>",
    "<p onclick=alert(1) class='md-header tho' id=main>a</p>",
    "<p data-x=1 role=button tabindex=0 contenteditable hidden>a</p>",
    "<table background=javascript:alert(1)><tr><td style=x background=y>a</td></tr></table>",
    "<a href=javascript:alert(1)>a</a>",
    "<a href='java\nscript:alert(1)'>a</a>",
    "<a href='java&#x09;script:alert(1)'>a</a>",
    "<a href='&#106;&#97;&#118;&#97;script:alert(1)'>a</a>",
    "<a href='&#x6A&#x61&#x76&#x61script:alert(1)'>a</a>",
    "<a href=' &#14; javascript:alert(1)'>a</a>",
    "<a href='javascript&colon;alert(1)'>a</a>",
    "<a href='JaVaScRiPt:alert(1)'>a</a>",
    "<a href=vbscript:x>a</a> <a href=data:text/html,x>b</a> <a href=file:///etc>c</a>",
    "<a href=x target=_blank ping=https://x.vn download>a</a>",
    "<a xlink:href='javascript:alert(1)' href=x>a</a>",
    "[a](javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](JAVASCRIPT&#58;alert(1))",
    "[a](java\\script:alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a][r]\n\n[r]: javascript:alert(1)",
    "[a](x 'b\" onclick=\"alert(1)')",
    '[a](x"onclick="alert(1))',
    '![a" onerror="alert(1)](x.jpg)',
    '![a](x.jpg"onerror="alert(1))',
    "![a](javascript:alert(1))",
    "<javascript://x%0aalert(1)>",
    "<javascript:alert(1)>",
    'chữ\n{: onclick=alert(1) style="color:red" }',
    "[a](x){: href=javascript:alert(1) onclick=x }",
    '![a](x.jpg){: srcset="javascript:x" onerror=x src=data:y }',
    "## a {: #main onclick=alert(1) .md-header }",
    '*a*{: onmouseover="alert(1)" href=javascript:x }',
    "|a|\n|-|\n|b {: style=x onclick=y }|",
    "[a [b](javascript:x) c](javascript:y)",
    "[![a](javascript:x)](javascript:y)",
    "<!-- <script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>",
    "<!-- a --!><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><?xml-stylesheet href=x?>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "</p></div></main><script>alert(1)</script>",
    "<b><i><a href=x><b></i></b>",
    "<div\n\n<script>alert(1)</script>",
    "`<script>` <scr`ipt>alert(1)</scr`ipt>",
    "x[^<script>]\n\n[^<script>]: <img src=x onerror=y>",
    "<h2 id='fn:1' onclick=x>a</h2><li id='fnref:1'>b</li>",
    '<gs-photo n="0"></gs-photo><a gs-link="0">x</a>',
    '[a](x) &lt;gs-photo n="0"&gt;&lt;/gs-photo&gt; `<gs-photo n="0"></gs-photo>`',
    "[a](x '<gs-photo n=\"0\"></gs-photo>')",
    "<a gs-link=0 href=javascript:x>a</a>",
    "<p \U0010fffd='0 x'>a</p><a \U0010fffd=\"0 javascript:x\">b</a>",
    "\ufdd00\ufdd1 &#xfdd0; &#2;klzzwxh:0001&#3; \x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03 \x02",
    "a {: \U0010fffd=9 }",
    "[a](x){: \U0010fffd=999 }",
    "\ud800 [a](\udfff)",
]


def _nothing(use: PhotoUse) -> str:
    assert use.line
    return ""


@pytest.mark.parametrize("wrap", ["{}", "a {} b", "> {}\n", "- {}\n", "## {}", "**{}**", "[{}](y)"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_dangerous_is_left(
    payload: str, wrap: str, faults: Callable[[str], list[str]]
) -> None:
    prose = parse_prose(wrap.format(payload))
    assert faults(prose.html) == []
    final = fill_prose(prose, photo=_nothing, link=lambda _: "#fn")
    assert faults(final) == []
    assert "<gs-photo" not in final


@pytest.mark.parametrize(
    "typed",
    [
        '<gs-photo n="0"></gs-photo>',
        '`<gs-photo n="0"></gs-photo>`',
        '&lt;gs-photo n="0"></gs-photo>',
        '<a gs-link="0">x</a>',
        '`<a gs-link="0">`',
        "[a](b '<gs-photo n=\"0\"></gs-photo>')",
        '<abbr title="<gs-photo n=&quot;0&quot;></gs-photo>">a</abbr>',
    ],
)
def test_typed_markers_are_never_filled(typed: str) -> None:
    seen: list[str] = []
    prose = parse_prose(f"![p](p.jpg)\n\n[l](m)\n\n{typed}")

    def _see(address: str) -> str:
        seen.append(address)
        return ""

    fill_prose(prose, photo=lambda use: _see(use.src), link=_see)
    assert [address for address in seen if address != "b"] == ["p.jpg", "m"]


def test_markers_in_code_show_as_text() -> None:
    prose = parse_prose('`<gs-photo n="0"></gs-photo>`')
    assert prose.plain == '<gs-photo n="0"></gs-photo>'


def test_addresses_from_the_page_are_escaped() -> None:
    prose = parse_prose("[a](b)")
    html = fill_prose(prose, photo=_nothing, link=lambda _: '"><b>')
    assert html == '<p><a href="&quot;&gt;&lt;b&gt;">a</a></p>'


def test_unsafe_links_are_reported_but_not_rendered() -> None:
    prose = parse_prose("[a](javascript:x) ![b](data:y)")
    assert prose.html == "<p>a </p>"
    assert [use.href for use in prose.links] == ["javascript:x"]
    assert [use.src for use in prose.photos] == ["data:y"]
