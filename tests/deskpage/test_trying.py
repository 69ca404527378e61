"""What is typed and not saved, as a page: the very page that saving makes, and kept nowhere."""

from __future__ import annotations

import json

import pytest
from tests.conftest import digests

STORY = "2026/con-chu"
WORD = "Chữchưalưu"
PLAIN = "2026/mot-giot-mau"


def try_out(desk, changes, body=None, story=STORY):
    return desk.post("try.json", {"changes": changes, "body": body}, story=story)["page"]


def page_of(desk, address):
    url, _, question = address.partition("?")
    html = desk.page.trials.find_page(url.lstrip("/"), question)
    return None if html is None else html.decode()


def built(desk, story=STORY):
    return (desk.newsroom.cache / f"guongsang/preview/{story}/index.html").read_text("utf-8")


def save(desk, changes, body=None, story=STORY):
    digest = desk.get("story.json", story=story)["digest"]
    desk.post("save.json", {"changes": changes, "body": body, "digest": digest}, story=story)
    desk.build()


def cover(desk, story=STORY):
    return desk.get("story.json", story=story)["front"]["cover"]


SAID = {"basis": "consent", "record": "P-1", "date": "2026-05-01", "by": ["self"]}
# Front matter and body of every kind: what a form may have changed.
TYPED = {
    "nothing": ({}, None),
    "title": ({"title": f"{WORD} lên Mù Cả"}, None),
    "body": ({}, f"{WORD}.\n\n## Đầu mục\n\n- Một\n- Hai\n\n![](lop-hoc.jpg)"),
    "tags": ({"tags": [WORD], "date": "2026-05-20"}, None),
    "retracted": (
        {"status": "retracted", "retracted": {"date": "2026-06-01", "reason": f"{WORD}."}},
        None,
    ),
    "no cover": ({"cover": None}, None),
    "unreadable": ({"column": "khong-co", "title": WORD}, None),
    "named": (
        {
            "honorees": [
                {
                    "kind": "person",
                    "name": "Lò Thị Mẫu",
                    "ethnic_group": "Thái",
                    "consent": {**SAID, "scope": ["name"]},
                }
            ],
            "awards": None,
        },
        None,
    ),
    "hostile": ({}, "<script>x()</script> <img src=x onerror=y()> [a](javascript:z())"),
}


@pytest.mark.parametrize(("changes", "body"), TYPED.values(), ids=TYPED.keys())
def test_it_is_the_page_that_saving_makes(desk, changes, body):
    tried = page_of(desk, try_out(desk, changes, body))
    save(desk, changes, body)
    assert tried == built(desk)


def test_nothing_of_it_is_written_anywhere(desk):
    root = desk.newsroom.root
    before = digests(root)
    changes = {"title": f"{WORD} lên Mù Cả", "cover": {**cover(desk), "focus": [0.1, 0.9]}}
    assert WORD in page_of(desk, try_out(desk, changes, f"{WORD}."))
    after = digests(root)
    new = {name for name in after if before.get(name) != after[name]}
    assert all(name.startswith(".cache/guongsang/photos/") for name in new)
    assert before.keys() <= after.keys()
    for path in root.rglob("*"):
        assert not path.is_file() or WORD.encode() not in path.read_bytes(), path
    desk.build()
    desk.newsroom.build()
    assert WORD not in built(desk)
    assert digests(desk.newsroom.site) == desk.newsroom.clean_bytes()


def test_a_fact_without_consent_is_not_shown(desk):
    (person,) = TYPED["named"][0]["honorees"]
    for scope, is_shown in ((["name"], False), (["name", "ethnic_group"], True)):
        named = {**person, "consent": {**SAID, "scope": scope}}
        html = page_of(desk, try_out(desk, {"honorees": [named], "awards": None}))
        assert ("Thái" in html) is is_shown
        assert ("GS508" in html) is not is_shown, "in place of the page it is told what is wrong"


def test_pictures_that_only_it_shows_are_there(desk):
    address = try_out(desk, {"cover": {**cover(desk), "focus": [0.05, 0.9]}})
    assert page_of(desk, address) != built(desk)
    save(desk, {"cover": {**cover(desk), "focus": [0.05, 0.9]}})
    preview = desk.newsroom.cache / "guongsang/preview"
    published = list((preview / "anh/con-chu").iterdir())
    assert published
    for path in published:
        found = desk.page.trials.find_file(path.relative_to(preview).as_posix())
        assert found is not None, path
        assert found.read_bytes() == path.read_bytes()


def test_it_is_found_at_its_own_address_only_and_not_for_ever(desk):
    first = try_out(desk, {"title": "Một"})
    url, _, question = first.partition("?")
    assert page_of(desk, f"/2026/mot-giot-mau/?{question}") is None
    assert page_of(desk, f"{url}?xem-thu=x") is None
    assert page_of(desk, url) is None
    pages = [try_out(desk, {"title": f"Tên thứ {n}"}) for n in range(8)]
    assert page_of(desk, first) is None
    assert "Tên thứ 0" in page_of(desk, pages[0])


@pytest.mark.parametrize(
    ("changes", "body"), [({"title": "\x07"}, None), ({}, "\ud800"), ([], None), ({}, 5)]
)
def test_what_cannot_be_a_text_is_refused_with_words(desk, changes, body):
    reply = desk.ask("POST", "try.json", {"changes": changes, "body": body}, story=STORY)
    assert int(reply.status) in (400, 422)
    assert len(json.loads(reply.content)["text"]) > 10


def test_a_theme_of_the_newsrooms_own_shows_what_is_saved_only(desk):
    theme = desk.newsroom.root / "giao-dien"
    theme.mkdir()
    (theme / "main.html").write_text(
        '{% extends "base.html" %}{% block footer %}{{ page.title }}{% endblock %}', "utf-8"
    )
    desk.newsroom.edit("mkdocs.yml", "name: material", "name: material\n  custom_dir: giao-dien")
    desk.build()
    reply = desk.ask("POST", "try.json", {"changes": {"title": WORD}, "body": None}, story=STORY)
    assert int(reply.status) == 422
    assert "Lưu rồi xem" in json.loads(reply.content)["text"]


def test_before_the_first_build_there_is_nothing_to_try(desk):
    (desk.newsroom.cache / "guongsang/state.db").unlink()
    reply = desk.ask("POST", "try.json", {"changes": {"title": WORD}, "body": None}, story=STORY)
    assert int(reply.status) in (422, 503)
