"""What does nothing here, although it does elsewhere, is told with what to type instead."""

from __future__ import annotations

import pytest

from guongsang.prose.parse import find_uses, parse_prose

FILM = "https://www.youtube.com/watch?v=a1-b2_c3d4E"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Lời.\n\nMột ~~hai~~", [("GS722", "~~hai~~", "<del>hai</del>", 3, 5)]),
        ("> - [ ] làm", [("GS722", "- [ ]", "-", 1, 5)]),
        ("1. [ ] làm [x] xong", []),
        ("{% youtube a1-b2_c3d4E %}", [("GS722", None, f"[Xem phim]({FILM})", 1, 1)]),
        ('{{< figure src="a/cau.jpg" >}}', [("GS722", None, "![](cau.jpg)", 1, 1)]),
        ("{{ page.title }}", [("GS722", None, "[tên liên kết](https://…)", 1, 1)]),
        ('[caption id="a"]x[/caption]', [("GS722", None, "![](anh-1.jpg)", 1, 1)]),
        ("[embed]https://a.vn/b[/embed]", [("GS722", None, "[Xem](https://a.vn/b)", 1, 1)]),
        ("![[cầu treo.jpg]]", [("GS722", None, "![](treo.jpg)", 1, 1)]),
        ("[[Con chữ|bài trước]]", [("GS722", None, "[bài trước](../bai-truoc/index.md)", 1, 1)]),
        ("a[^x] b\n\n[^y]: c", [
            ("GS723", "[^x]", "[^x]: lời chú thích", 1, 2),
            ("GS723", "[^y]:", "câu văn[^y]", 3, 1),
        ]),
        ("> a[^x]\n>\n> [^x]: c", [
            ("GS723", "[^x]", "[^x]: lời chú thích", 1, 4),
            ("GS723", "[^x]:", "[^x]: lời chú thích", 3, 3),
        ]),
        ("a\n{: .thơ }", [("GS726", ".thơ", "{: .tho }", 2, 1)]),
        ("- a\n{: .hop }", [("GS726", ".hop", "{: .ghi-chu }, {: .tho }, {: .trich }", 2, 1)]),
        ("a\n\n{: .tho }", [("GS725", "{: .tho }", "{: .tho }", 3, 1)]),
        ("![](a.jpg)\n{: .rộng }", [("GS726", ".rộng", "{: .rong }", 2, 1)]),
        ("![](a.jpg)\n{: .rong }", []),
        ("chữ\n{: .rong }", [("GS726", ".rong", "{: .ghi-chu }, {: .tho }, {: .trich }", 2, 1)]),
        ("# A {: .x #b }", [("GS726", ".x", "{: .ghi-chu }, {: .tho }, {: .trich }", 1, 5)]),
        ("{{% note %}} a", [("GS722", "{{% note %}}", "[tên liên kết](https://…)", 1, 1)]),
        ("x {{ a [[b]] ~~c }} y", [("GS722", None, "[tên liên kết](https://…)", 1, 3)]),
        ("~~a~~b ~~c~~", [
            ("GS722", "~~a~~", "<del>a</del>", 1, 1),
            ("GS722", "~~c~~", "<del>c</del>", 1, 8),
        ]),
        ("- [ ] [[a]]", [
            ("GS722", "- [ ]", "-", 1, 3),
            ("GS722", "[[a]]", "[a](../a/index.md)", 1, 7),
        ]),
        ("`~~a~~ [^x]`\n\n```\n{{ a }}\n```", []),
        ("a [x] b {c} d ~e~ [Video] f [ ] g", []),
    ],
)  # fmt: skip
def test_signs_of_other_programs(body, told):
    found = parse_prose(body).remarks
    assert [(each.rule, each.instead, each.line, each.column) for each in found] == [
        (rule, instead, line, column) for rule, _, instead, line, column in told
    ]
    for each, (_, typed, *_) in zip(found, told, strict=True):
        assert typed in (None, each.typed)
    assert find_uses(body).remarks == found


@pytest.mark.parametrize(
    ("body", "rule", "page", "column"),
    [
        ('<iframe width=5 src="//www.youtube.com/embed/a1-b2_c3d4E?x"></iframe>', "GS721", FILM, 1),
        (
            '<iframe src="https://www.facebook.com/plugins/video.php?w=1&href=https%3A%2F%2Ffb.example%2F1&x"></iframe>',
            "GS721",
            "https://fb.example/1",
            1,
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://tiktok.example/7"><p>x</p></blockquote>',
            "GS721",
            "https://tiktok.example/7",
            1,
        ),
        ("Xem <video controls><source src='le-hoi.mp4'></video>", "GS721", "le-hoi.mp4", 5),
        ("Một <script src=//a.example/b.js></script>", "GS724", "https://a.example/b.js", 5),
        ("<script>x</script>", "GS724", "https://…", 1),
    ],
)
def test_players_and_programs(body, rule, page, column):
    (told,) = parse_prose(f"Lời.\n\n{body}").remarks
    assert (told.rule, told.instead, told.line, told.column) == (rule, page, 3, column)


def test_a_text_full_of_one_sign_is_told_a_hundred_times_at_most():
    assert len(parse_prose("~~a~~ " * 500).remarks) == 100
