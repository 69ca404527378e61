"""Indexes of people and places: pictures where they are few, letters where they are many."""

from __future__ import annotations

import re

import pytest

from guongsang.pages.plan import plan_pages
from guongsang.render.render import render_output
from guongsang.views.outputs import Output


@pytest.fixture
def people(make_content, make_honoree, make_registers, make_story):
    """Return the index of so many people, each with one story."""

    def make(names: list[str]) -> Output:
        honorees = {f"n-{at}": make_honoree(name=name) for at, name in enumerate(names)}
        stories = [make_story(f"bai-{key}", honorees=[{"id": key}]) for key in honorees]
        content = make_content(stories, make_registers(honorees=honorees))
        return next(page for page in plan_pages(content) if page.url == "nhan-vat/")

    return make


def test_few_show_the_picture_of_their_newest_story(people):
    html = render_output(people(["Hồ Giáo", "Vừ A Dính"]))
    faces = re.findall(r'src="\.\./anh/bai-n-(\d)/bia-\w+-480\.jpg"', html)
    assert sorted(faces) == ["0", "1"]
    assert 'alt=""' in html, "the name stands beside it"
    assert "data-sift" not in html


def test_few_groups_need_no_ways_to_them(people):
    assert 'class="leaps"' not in render_output(people([f"Lò Văn {at}" for at in range(30)]))


def test_many_stand_under_the_letters_of_the_alphabet(people):
    given = ["An", "Ẩn", "Ấm", "Ân", "Ăn", "Đào", "Dung", "Ổn", "Ơn", "Ước", "Uyên", "Ý"]
    index = people([f"Lò Thị {given[at % 12]}" for at in range(72)])
    assert [group.title for group in index.view.groups] == [
        f"Cá nhân – {letter}" for letter in "AĂÂDĐÔƠUƯY"
    ]
    html = render_output(index)
    assert "data-sift" in html
    for at, group in enumerate(index.view.groups, 1):
        kind, letter = group.title.split(" – ")
        said = kind + " – " if at == 1 else f'<span class="visually-hidden">{kind} – </span>'
        assert f'<a href="#nhom-{at}">{said}{letter}</a>' in html
        assert f'<h2 id="nhom-{at}">{group.title}</h2>' in html


def test_an_index_of_thousands_is_without_pictures(people):
    html = render_output(people([f"Lò Văn {at:03}" for at in range(401)]))
    assert "<img" not in html
