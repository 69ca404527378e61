"""A text as a tree: nothing of it is lost, and nothing of it is markup."""

from __future__ import annotations

import pytest

from guongsang.paper.data import compose, list_texts
from guongsang.prose.parse import parse_prose
from guongsang.views.model import Body, Figure, PictureView
from guongsang.views.tree import read_tree

PICTURE = PictureView("a.jpg", 1600, 1000, "Alt", "fx-50 fy-35", (), ())


def make(body, **links):
    prose = parse_prose(body)
    figures = {use.src: Figure(PICTURE, "Lời", None) for use in prose.photos}
    films = tuple(None for _ in prose.films)
    return read_tree(
        Body(prose, figures, {}, films), links.get, lambda figure: {"alt": figure.picture.alt}
    )


def walk(nodes):
    for node in nodes:
        yield node
        if isinstance(node, dict):
            yield from walk(node["children"])


def tags(nodes):
    return [node["tag"] for node in walk(nodes) if isinstance(node, dict)]


def test_the_first_plain_paragraph_stands_apart():
    lede, rest = make("Mở **bài**.\n\nThân.")
    assert lede == {"tag": "p", "children": ["Mở ", {"tag": "strong", "children": ["bài"]}, "."]}
    assert rest == [{"tag": "p", "children": ["Thân."]}]


@pytest.mark.parametrize("body", ["## Mục\n\nChữ.", "- a\n- b", "Thơ\n{: .tho }", ""])
def test_other_beginnings_do_not(body):
    assert make(body)[0] is None


def test_levels_of_headings_leave_none_out():
    _, nodes = make("a\n\n#### Sâu\n\n## Nông\n\n#### Sâu\n\n> ### Trong trích\n")
    assert [tag for tag in tags(nodes) if tag[0] == "h"] == ["h2", "h2", "h3", "h3"]


def test_white_space_is_that_of_a_page():
    _, nodes = make("a\n\nMột   hai\nba `x  y`\n\n```\nc  d\n e\n```\n")
    assert nodes[0]["children"][0] == "Một hai"
    assert nodes[0]["children"][1]["tag"] == "br"
    assert nodes[0]["children"][2] == "ba "
    (code,) = nodes[1]["children"]
    assert code["children"] == ["c  d\n e\n"]


def test_lists_keep_their_signs_and_numbers():
    _, nodes = make("a\n\n* x\n  - y\n\n0. không\n1. một\n")
    assert [
        node.get("class") for node in walk(nodes) if isinstance(node, dict) and node["tag"] == "ul"
    ] == ["sao", "gach"]
    (numbered,) = [node for node in nodes if node["tag"] == "ol"]
    assert numbered["start"] == 0


def test_a_table_is_rows_of_cells():
    _, (box,) = make("a\n\n| A | B |\n|---|--:|\n| 1 | **2** |\n| 3 | 4 |\n")
    (table,) = box["children"]
    assert (len(table["head"]), len(table["rows"]), table["columns"]) == (1, 2, 2)
    assert [cell["align"] for cell in table["rows"][0]] == ["", "align-right"]
    assert table["rows"][0][1]["children"] == [{"tag": "strong", "children": ["2"]}]
    rows = '<tr><td colspan="2">x</td></tr><tr><td>y</td><td>z</td></tr>'
    _, (box,) = make(f"a\n\n<table>{rows}</table>")
    (raw,) = box["children"]
    assert (raw["head"], raw["columns"], raw["rows"][0][0]["span"]) == ([], 2, 2)


def test_links_lead_somewhere_or_are_words():
    _, (text,) = make(
        "a\n\n[trong](/x/) [ngoài](https://a.b/c) [gãy](/y/) [mục](#x)", **{"/x/": "https://g/x/"}
    )
    links = [node for node in text["children"] if isinstance(node, dict)]
    assert [node.get("href") for node in links] == ["https://g/x/", "https://a.b/c", None, None]


def test_notes_stand_below_without_ways_back():
    _, nodes = make("a\n\nMột[^1].\n\n[^1]: Chú *thích*.\n")
    assert nodes[-1]["tag"] == "notes"
    assert "↩" not in "".join(node for node in walk(nodes) if isinstance(node, str))


def test_photos_in_lines_and_in_groups_are_told_apart():
    _, nodes = make("a\n\nChữ ![](x.jpg) chữ.\n\n![](y.jpg)\n\n![](z.jpg)\n![](t.jpg)\n{: .doi }\n")
    assert [tag for tag in tags(nodes) if "photo" in tag] == ["inline-photo", "photo", "photos"]
    assert nodes[0]["children"][0] == "Chữ " and nodes[0]["children"][2] == " chữ."
    assert len(nodes[-1]["figures"]) == 2


def test_every_text_is_looked_at_with_its_slant():
    lede, nodes = make("Thẳng *nghiêng*\n\nThơ\n{: .tho }\n\n| *a* |\n|---|\n| b |\n")
    told = dict(list_texts([lede, *nodes]))
    assert told["nghiêng"] and told["Thơ"] and told["a"]
    assert not told["Thẳng "] and not told["b"]


def test_texts_are_composed_everywhere():
    assert compose({"a": ["e\u0302\u0301", {"b": "o\u031b"}], "c": 1, "d": None}) == {
        "a": ["ế", {"b": "ơ"}],
        "c": 1,
        "d": None,
    }


@pytest.mark.parametrize("body", ["<ruby>漢<rt>Hán</rt></ruby>", "<dl><dt>a<dd>b</dl>", "<q>x</q>"])
def test_html_that_was_typed_keeps_its_words(body):
    words = parse_prose(f"a\n\n{body}").plain
    _, nodes = make(f"a\n\n{body}")
    told = "".join(node for node in walk(nodes) if isinstance(node, str))
    assert "".join(told.split()) == "".join(words.partition("\n")[2].split())
