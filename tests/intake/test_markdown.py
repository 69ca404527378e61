"""Whatever stands in a manuscript arrives on the page: its words, in their order."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guongsang.intake.manuscript import (
    Cell,
    NoteMark,
    Paragraph,
    Run,
    Table,
    UnreadableError,
    all_text,
)
from guongsang.intake.markdown import clean_text, render_markdown
from guongsang.intake.word.docx import read_docx
from guongsang.prose.parse import parse_prose

SIGNS = st.sampled_from(
    [*"*_`#<>[](){}|~!&\\+-=:^1. \n", "&amp;", "[^1]", "](", "**", "<b>", "{:", "~~", "lúa", "Ảnh"]
)
TEXTS = st.lists(SIGNS, min_size=1, max_size=14).map("".join)
RUNS = st.builds(
    Run,
    TEXTS,
    bold=st.booleans(),
    italic=st.booleans(),
    struck=st.booleans(),
    link=st.sampled_from(["", "", "https://a.vn/x(1)?y=*", "javascript:alert(1)"]),
)
PARAGRAPHS = st.builds(Paragraph, st.lists(RUNS, min_size=1, max_size=3).map(tuple))


def render(*blocks, notes=None):
    return render_markdown(blocks, notes or {}, lambda picture: picture.name)


def letters(text):
    return re.sub(r"\s", "", text)


@settings(deadline=None, max_examples=300)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=3))
def test_any_signs_arrive(paragraphs):
    # A neighbour keeps what would be the sign of a list at the very beginning.
    blocks = [Paragraph((Run("Lúa ", bold=True), *each.inlines)) for each in paragraphs]
    found = parse_prose(render(*blocks))
    wanted = "".join(clean_text(each.text) for each in blocks)
    assert letters(found.plain) == letters(wanted)
    assert found.remarks == ()
    assert (
        "javascript" not in found.html.replace("javascript:alert(1)", "") or "href=" in found.html
    )


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("1968. Năm ấy", "1968. Năm ấy"),
        ("#gương sáng", "#gương sáng"),
        ("5*3*2 và (*)", "5*3*2 và (\\*)"),
        ("Báo <Nhân Dân>", "Báo \\<Nhân Dân>"),
        ("- một", "- một"),
        ("• một", "- một"),
        ("https://a.vn/b_c", "https://a.vn/b_c"),
    ],
)
def test_what_is_written(typed, markdown):
    assert render(Paragraph((Run(typed),))) == f"{markdown}\n"


def test_emphasis_leaves_spaces_outside():
    blocks = Paragraph((Run("Báo "), Run(" Nhân Dân ", italic=True), Run("viết")))
    assert render(blocks) == "Báo *Nhân Dân* viết\n"


def test_a_link_of_another_kind_is_its_words():
    assert render(Paragraph((Run("bấm", link="javascript:alert(1)"),))) == "bấm\n"
    assert render(Paragraph((Run("đây", link="https://a.vn/"),))) == "[đây](https://a.vn/)\n"


def test_notes_stand_at_the_end_and_too_many_in_brackets():
    mark = Paragraph((Run("Có"), NoteMark(1)))
    note = (Paragraph((Run("Lời"),)), Paragraph((Run("nữa"),)))
    assert render(mark, notes={1: note}) == "Có[^1]\n\n[^1]: Lời\n\n    nữa\n"
    many = {n: (Paragraph((Run(f"lời {n}"),)),) for n in range(1, 202)}
    text = render(*(Paragraph((Run("Có"), NoteMark(n))) for n in many), notes=many)
    assert text.startswith("Có (lời 1)\n\nCó (lời 2)")


def test_a_table_of_one_column_is_text():
    cell = Cell((Paragraph((Run("a"),)),))
    assert render(Table(((cell,), (cell,)))) == "a\n\na\n"


def test_cells_keep_their_lines_and_bars():
    texts = (("a|b", "c\nd"), ("", "e"))
    rows = tuple(tuple(Cell((Paragraph((Run(t),)),)) for t in row) for row in texts)
    body = render(Table(rows))
    assert parse_prose(body).plain == "a|b c d\ne"


CORPORA = os.environ.get("DOCX_CORPORA", "")
_WORD = re.compile(r"[^\W_]+")


def test_public_documents_through_the_page_and_back():
    asked = missing = 0
    for path in sorted(Path(CORPORA).rglob("*.docx")):
        try:
            found = read_docx(path.read_bytes())
        except UnreadableError:
            continue
        body = render_markdown(found.blocks, found.notes, lambda _: "a.jpg")
        wanted = Counter(_WORD.findall(clean_text(all_text(found))))
        asked += wanted.total()
        missing += (wanted - Counter(_WORD.findall(parse_prose(body).plain))).total()
    assert asked > 50_000
    assert missing / asked <= 0.0005, (missing, asked)


# With DOCX_CORPORA=folder also all documents in there: public ones are nobody's to copy here.
if not CORPORA:
    del test_public_documents_through_the_page_and_back
