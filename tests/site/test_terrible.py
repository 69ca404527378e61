"""Two terrible stories, and everything that is wrong with them.

Faults of YAML and of single fields stand in one, faults that need registers, photos and text in the
other. Both lists are complete: a rule that falls silent or speaks twice is noticed here.
"""

from __future__ import annotations

import json
import re
import shutil

import pytest

from guongsang.problems.rules import rule_table
from guongsang.registers.paths import PRINTS
from guongsang.registers.prints import digest_printed

EXPECTED = {
    "terrible-front": """
        2:15 GS113   3:7 GS123    4:9 GS203    5:1 GS202    6:9 GS204    7:8 GS216
        9:11 GS210   11:11 GS116  12:5 GS221   14:9 GS215   16:5 GS220   17:37 GS118
        19:10 GS203  20:10 GS115  21:12 GS218  22:10 GS209  23:29 GS222  25:23 GS217
        26:10 GS123  27:11 GS219  28:9 GS210   29:1 GS111
    """,
    "terrible-content": """
        1:1 GS409    4:10 GS231   5:9 GS301    7:9 GS301    9:5 GS501    9:5 GS505
        13:9 GS301   16:19 GS508  18:7 GS502   20:18 GS506  20:18 GS524  22:11 GS303
        24:17 GS304  25:11 GS312  27:10 GS301  29:8 GS403   32:10 GS401  34:10 GS510
        35:19 GS307  35:28 GS306  36:10 GS803  38:11 GS705  42:1 GS238   44:15 GS701
        44:49 GS703  44:85 GS701  45:11 GS701  45:31 GS702  47:5 GS413   47:24 GS708
        49:7 GS512   49:22 GS604  49:34 GS603  51:1 GS513   51:26 GS514  53:5 GS722
        53:32 GS723  55:6 GS725   56:1 GS726   58:1 GS721   60:1 GS724   62:1 GS609
    """,
}
WARNINGS = {
    *("GS409", "GS403", "GS510", "GS307", "GS238", "GS512"),
    *("GS524", "GS722", "GS723", "GS724", "GS725", "GS726"),
}


@pytest.fixture
def terrible(newsroom, sites, draw_photo):
    for name in EXPECTED:
        shutil.copytree(sites / name, newsroom.root / "stories/2026" / name)
    folder = newsroom.root / "stories/2026/terrible-content"
    draw_photo(folder / "bia.jpg", 700, 500)
    (folder / "thua.txt").write_text("thừa")
    printed = f"2026-05-30 ban-tin-2026-05-a4 {digest_printed('2026/terrible-content')}\n"
    (newsroom.root / PRINTS).write_text(printed)
    return newsroom


def read_expected(name):
    rows = re.findall(r"([0-9]+):([0-9]+) (GS[0-9]{3})", EXPECTED[name])
    return [(int(line), int(column), rule) for line, column, rule in rows]


def test_every_problem_is_found_at_its_place_in_one_run(terrible):
    ran = terrible.run("check", "--format", "json")
    assert ran.code == 1
    found = json.loads(ran.out)
    for name in EXPECTED:
        path = f"stories/2026/{name}/index.md"
        rows = [
            (row["line"], row["column"], row["rule"])
            for row in found["problems"]
            if row["path"] == path
        ]
        assert rows == read_expected(name)
    assert len(found["problems"]) == sum(len(read_expected(name)) for name in EXPECTED)
    warned = {row["rule"] for row in found["problems"] if row["severity"] == "warning"}
    assert warned == WARNINGS
    assert found["stories"] == 8


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_is_told_with_its_place_and_a_cure(terrible, lang):
    ran = terrible.run("check", "--lang", lang)
    *lines, blank, count = ran.out.splitlines()
    assert blank == ""
    assert re.findall("[0-9]+", count) == ["52", "12", "8"]
    places = [
        (name, *each)
        for name in ("terrible-content", "terrible-front")
        for each in read_expected(name)
    ]
    assert len(lines) == 2 * len(places)
    for (name, line, column, rule), told, cure in zip(places, lines[::2], lines[1::2], strict=True):
        severity = rule_table()[rule].severity
        kind = {"vi": {"error": "lỗi", "warning": "cảnh báo"}}.get(lang, {}).get(severity, severity)
        where = f"stories/2026/{name}/index.md:{line}:{column}: {kind} {rule} "
        assert told.startswith(where)
        assert len(told) > len(where) + 10
        assert re.match(r"    → \S.{8,}", cure)
        assert "{" not in (told + cure).replace("{ten", "").replace("{: .", ""), told


def test_a_terrible_story_hides_no_other_and_stops_the_build(terrible):
    terrible.edit("con-chu", "column: ban-muong", "column: khong-co")
    assert "stories/2026/con-chu/index.md:5:9: lỗi GS301" in terrible.run("check").out
    ran = terrible.run("build")
    assert ran.code == 1
    assert not terrible.site.exists()
    assert "stories/2026/con-chu/index.md:5:9: lỗi GS301" in ran.err
