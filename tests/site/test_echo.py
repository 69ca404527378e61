"""One fault of front matter, one message."""

import json

import pytest


@pytest.mark.parametrize(
    ("typed", "meant"), [("colum", "column"), ("field", "fields"), ("sumary", "summary")]
)
@pytest.mark.parametrize("above", ["", "# ghi chú\n", "\n# hai\n# dòng\n"])
def test_a_mistyped_key_is_told_once(newsroom, typed, meant, above):
    newsroom.edit("con-chu", f"\n{meant}:", f"\n{typed}:")
    newsroom.edit("con-chu", "title:", f"{above}title:")
    found = json.loads(newsroom.run("check", "--format", "json").out)["problems"]
    assert [each["rule"] for each in found] == ["GS202"]


def test_a_key_that_is_missing_is_told_once(newsroom):
    newsroom.edit("con-chu", "---\ntitle:", "---\n# ghi chú\ntitle:")
    newsroom.edit("con-chu", "\nstatus: ready", "")
    found = json.loads(newsroom.run("check", "--format", "json").out)["problems"]
    assert [each["rule"] for each in found] == ["GS201"]
