"""Tables of guide and hand-written pages: what their columns are, and how they are aligned."""

from __future__ import annotations

import pytest
from markdown import markdown

from guongsang.guide.tables import mend_tables


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("|Tên|Số|\n|-|-:|\n|a|1|", '<td data-cot="Số" class="so">1</td>'),
        ("|Tên|Số|\n|:-|:-:|\n|a|1|", '<td data-cot="Tên">a</td>'),
        ("|Tên|Số|\n|:-|:-:|\n|a|1|", '<td data-cot="Số" class="giua">1</td>'),
        ("|*A* & `b`|\n|-|\n|a|", '<td data-cot="A &amp; b">a</td>'),
        ("||Số|\n|-|-|\n|a|1|", "<td>a</td>"),
    ],
)
def test_each_cell_says_what_its_column_is(typed, part):
    made = mend_tables(markdown(typed, extensions=["tables"]))
    assert part in made
    assert "style=" not in made


def test_rows_begin_anew():
    made = mend_tables(markdown("|A|B|\n|-|-|\n|1|2|\n|3|4|", extensions=["tables"]))
    assert made.count('data-cot="A"') == made.count('data-cot="B"') == 2


def test_a_page_of_the_newsroom_has_them_too(newsroom):
    page = newsroom.root / "docs/gioi-thieu.md"
    page.write_text(page.read_text("utf-8") + "\n|Tên|Số|\n|-|-:|\n|a|1|\n", "utf-8")
    newsroom.build()
    html = (newsroom.site / "gioi-thieu/index.html").read_text("utf-8")
    assert '<td data-cot="Số" class="so">1</td>' in html
    assert "text-align" not in html
