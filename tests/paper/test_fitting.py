"""Columns come out even, and no story ends with three lines on a page, whatever its length."""

from __future__ import annotations

import io
import json
import re
import shutil

import pytest
from pypdf import PdfReader

from guongsang.paper.fitting import Fitter

TOP, BOTTOM = 50.0, 750.0
ROOM = BOTTOM - TOP
HEAD, COVER, TAIL, LINE = 90.0, 230.0, 110.0, 14.0


def set_story(fit, text):
    """Return what a template would tell of a story whose text is so many points in one column.

    Lines are whole, and a column breaks between two.
    """
    scale = 1 + fit["size"] / 10
    line = LINE * scale
    left = text * scale**2 / 2 + fit["extra"]
    lines = round(text * scale**2 / line)
    page, y = 1, TOP + HEAD + COVER * fit["cover"]
    while True:
        height = min(left, BOTTOM - y)
        left -= height
        first = min(lines, int(height // line))
        second = lines - first if left <= 0 else min(lines - first, int(height // line))
        lines -= first + second
        if left <= 0:
            break
        page, y = page + 1, TOP
    text_end = {"page": page, "y": y + (second or first) * line}
    block = {"page": page, "y": y + height}
    end = {"page": page, "y": block["y"] + TAIL}
    if end["y"] > BOTTOM:
        end = {"page": page + 1, "y": TOP + TAIL}
    start = {"page": 1, "y": TOP}
    told = {"start": start, "text": text_end, "block": block, "end": end}
    return {**told, "columns": 2, "top": TOP, "bottom": BOTTOM}


def settle(text, *, cover=True):
    fitter = Fitter(1)
    rounds = 0
    while fitter.unsettled:
        rounds += 1
        assert rounds < 40
        fit = fitter.fits["0"]
        fitter.learn([{"n": 0, **set_story(fit if cover else {**fit, "cover": 0}, text)}])
    fit = fitter.fits["0"]
    return fit, set_story(fit if cover else {**fit, "cover": 0}, text), rounds


@pytest.mark.parametrize("cover", [True, False])
@pytest.mark.parametrize("text", range(60, 5200, 173))
def test_columns_are_even_and_no_page_is_nearly_empty(text, cover):
    fit, told, rounds = settle(float(text), cover=cover)
    left = told["block"]["y"] - told["text"]["y"]
    assert (told["block"]["page"], told["text"]["page"]) == (told["text"]["page"],) * 2
    assert -0.5 <= left <= 2 * LINE + 2
    pages = told["end"]["page"]
    filled = (told["end"]["y"] - TOP) / ROOM
    if pages > 1 and cover:
        assert filled > 0.15
    assert rounds < 25
    assert 0.5 <= fit["cover"] <= 1.6 and -0.6 <= fit["size"] <= 0.9


def test_a_few_lines_too_many_are_taken_in_by_a_smaller_cover():
    natural = ROOM - HEAD - COVER - TAIL
    fit, told, _ = settle(2 * (natural + 30))
    assert told["end"]["page"] == 1
    assert fit["cover"] < 1


def test_a_short_story_has_a_larger_picture():
    fit, told, _ = settle(60.0)
    assert told["end"]["page"] == 1
    assert fit["cover"] > 1


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_real_pages_are_not_left_nearly_empty(newsroom, write_story, draw_photo, size):
    drawn = newsroom.root / "bia.jpg"
    draw_photo(drawn)
    told_of = "Đoạn kể chuyện bản làng, mỗi câu một việc, nối nhau thành bài dài hay ngắn. " * 3
    lengths = (1, 9, 17, 25, 33, 48, 64)
    for length in lengths:
        path = write_story(
            newsroom.root,
            f"dai-{length}",
            title=f"Dài {length} đoạn",
            body="\n\n".join([told_of] * length),
            cover={"src": "bia.jpg", "alt": "Bìa"},
        )
        shutil.copy(drawn, path.with_name("bia.jpg"))
    ran = newsroom.run("bulletin", *(f"dai-{each}" for each in lengths), "--size", size)
    assert ran.code == 0, ran.err
    (made,) = (newsroom.root / "an-pham").iterdir()
    told = [page.extract_text() for page in PdfReader(io.BytesIO(made.read_bytes())).pages]
    ends = [n for n, text in enumerate(told) if "Nhân vật trong bài" in text]
    assert len(ends) == len(lengths) and ends[-1] == len(told) - 1
    begins = [
        next(n for n, text in enumerate(told) if "Đoạn kể chuyện" in text),
        *(end + 1 for end in ends[:-1]),
    ]
    for length, begin, end in zip(lengths, begins, ends, strict=True):
        assert f"Dài {length} đoạn" in told[begin]
        if end > begin:
            words = len(re.findall(r"\w+", told[end].partition("Nhân vật")[0]))
            assert words > 40, json.dumps(told[end], ensure_ascii=False)


def test_a_table_that_ends_a_story_ends_above_what_follows(newsroom, write_story):
    """Where a table has no room, Typst says that it ends where its column does."""
    rows = "".join(f"| {2000 + n} | Mù Cả | bản Gò Cứ | làm đường liên bản |\n" for n in range(23))
    body = f"Mở bài.\n\n| Năm | Xã | Bản | Việc đã làm |\n|---|---|---|---|\n{rows}"
    write_story(newsroom.root, "bang", title="Bảng", body=body)
    assert newsroom.run("bulletin", "bang").code == 0
    (made,) = (newsroom.root / "an-pham").iterdir()
    page = PdfReader(io.BytesIO(made.read_bytes())).pages[-1]
    heights = {}

    def note(text, cm, tm, *_):
        for word in ("2022", "Nhân vật trong bài"):
            if word in text:
                heights[word] = cm[5] + tm[5]

    page.extract_text(visitor_text=note)
    assert heights["2022"] > heights["Nhân vật trong bài"] + 10
