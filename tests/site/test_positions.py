"""What is remembered of a file's meaning does not tell where a problem stands in it."""

import json

import pytest


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", -(10**12))


def lines(newsroom, rule):
    told = json.loads(newsroom.run("check", "--format", "json").out)["problems"]
    return [(each["path"], each["line"]) for each in told if each["rule"] == rule]


def test_a_comment_moves_the_problems_below_it(newsroom):
    newsroom.edit("con-chu", "column: ban-muong", "column: khong-co")
    ((path, line),) = lines(newsroom, "GS301")
    newsroom.edit("con-chu", "title: ", "# ghi chú\ntitle: ")
    assert lines(newsroom, "GS301") == [(path, line + 1)]
    newsroom.edit("con-chu", "# ghi chú\n", "")
    newsroom.edit("con-chu", "---\n\n", "# ghi chú\n---\n\n")
    assert lines(newsroom, "GS301") == [(path, line)]


def test_so_does_one_in_a_register(newsroom):
    path = "stories/registers/honorees/ho-giao.yml"
    newsroom.edit(path, "name:", "note: Gọi 0912 345 678\nname:")
    before = json.loads(newsroom.run("check", "--format", "json").out)["problems"]
    found = [(each["rule"], each["line"]) for each in before if each["path"] == path]
    assert found
    newsroom.edit(path, "name:", "# ghi chú\nname:")
    after = json.loads(newsroom.run("check", "--format", "json").out)["problems"]
    again = [(each["rule"], each["line"]) for each in after if each["path"] == path]
    text = (newsroom.root / path).read_text("utf-8").splitlines()
    below = text.index("# ghi chú")
    assert again == [(rule, line + (line > below)) for rule, line in found]
