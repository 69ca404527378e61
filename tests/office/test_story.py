"""Nothing that can be typed stops a Word file from being made, or loses its words there."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image
from tests.paper.test_hostile import HTML, PAYLOADS, TYPST

from guongsang.office.story import make_story
from guongsang.prose.parse import parse_prose
from guongsang.views.model import Body
from guongsang.views.tree import read_tree

CONTROLS = ["a\x0bb\x01c\ufffed", "{{ x }} {% y %} {_{ z }_}"]


def tell(body):
    prose = parse_prose(body)
    films = tuple(None for _ in prose.films)
    lede, rest = read_tree(Body(prose, {}, {}, films), lambda _: "https://a.example/", lambda _: {})
    return {
        **{"title": f"{body} {body}", "kicker": "Mục", "credits": [], "date": "", "places": []},
        **{"cover": None, "lede": lede, "body": rest, "gallery": [], "profiles": []},
        **{"corrections": [], "sources": [], "verified": None, "address": None},
        **{"newsroom": "Gương Thử", "agency": "Tòa soạn thử"},
    }


def squeeze(text):
    return "".join("".join(each for each in text if each.isprintable()).split())


@pytest.mark.parametrize("body", [*PAYLOADS, *HTML, *TYPST, *CONTROLS])
def test_words_come_through_whatever_was_typed(body):
    told = tell(body)
    made = make_story(told, {}, dt.date(2026, 7, 1))
    document = docx.Document(io.BytesIO(made))
    words = squeeze("".join(each.text or "" for each in document.element.body.iter(qn("w:t"))))
    missing = [
        text for text in read_words(told["lede"], *told["body"]) if squeeze(text) not in words
    ]
    assert missing == []
    assert made == make_story(told, {}, dt.date(2026, 7, 1))


def read_words(*nodes):
    """Yield the texts that readers see of a tree."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node:
            yield from read_words(*node["children"])
            cells = [cell for row in (*node.get("head", ()), *node.get("rows", ())) for cell in row]
            for children in (node.get("caption", ()), *(cell["children"] for cell in cells)):
                yield from read_words(*children)


def test_a_tall_picture_stays_on_its_page():
    content = io.BytesIO()
    Image.new("RGB", (300, 2000)).save(content, "JPEG")
    picture = {"file": "a.jpg", "width": 300, "height": 2000, "alt": "Cao & <hẹp>"}
    told = {**tell("Chữ."), "cover": {"picture": picture, "caption": None, "credit": None}}
    made = make_story(told, {"a.jpg": content.getvalue()}, dt.date(2026, 7, 1))
    (extent,) = docx.Document(io.BytesIO(made)).element.body.iter(qn("wp:extent"))
    assert int(extent.get("cy")) <= 110 * 36_000
    assert int(extent.get("cx")) / int(extent.get("cy")) == pytest.approx(300 / 2000, rel=0.01)
