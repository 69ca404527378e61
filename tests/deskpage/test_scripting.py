"""A radio script from the desk page is what the command makes."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("docx", reason="radio scripts need python-docx: guongsang[office]")

STORY = "2026/con-chu"


def test_a_radio_script_is_that_of_the_command(desk):
    desk.newsroom.edit("con-chu", "Kết bài", "Năm 2026, kết bài")
    done = desk.post("script.json", {"story": STORY, "words": True})
    word, text = (desk.ask("GET", path) for path in done["files"])
    assert done["files"] == [f"an-pham/phat-thanh-con-chu.{kind}" for kind in ("docx", "txt")]
    assert word.content.startswith(b"PK") and text.kind == "text/plain; charset=utf-8"
    assert f"Thời lượng: {done['length']} (" in text.content.decode()
    assert desk.newsroom.run("script", "con-chu", "--words").code == 0
    again = [desk.ask("GET", path).content for path in done["files"]]
    assert again == [word.content, text.content]
    assert "Năm hai nghìn không trăm hai mươi sáu, kết bài" in text.content.decode()


def test_a_draft_has_no_radio_script(desk):
    reply = desk.ask("POST", "script.json", {"story": "2026/ban-thao"})
    assert (reply.status, "ban-thao" in json.loads(reply.content)["text"]) == (422, True)
    assert not (desk.newsroom.root / "an-pham").exists()
