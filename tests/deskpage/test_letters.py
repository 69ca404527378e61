"""A story in Word and the form of nomination from the desk page: what the commands make."""

from __future__ import annotations

import json
import re

import pytest

from guongsang.desk.papers.refuse_paper import REASONS

STORY = "2026/con-chu"
FORM = "an-pham/phieu-gioi-thieu.html"


def refused(desk, told):
    reply = desk.ask("POST", "docx.json", told)
    return int(reply.status), json.loads(reply.content)["text"]


def test_the_page_makes_the_bytes_that_the_command_makes(desk):
    (path,) = desk.post("docx.json", {"story": STORY})["files"]
    assert path == "an-pham/bai-con-chu.docx"
    sent = desk.ask("GET", path)
    assert sent.kind.endswith("wordprocessingml.document")
    (desk.newsroom.root / path).unlink()
    assert desk.newsroom.run("docx", "con-chu").code == 0
    assert (desk.newsroom.root / path).read_bytes() == sent.content


@pytest.mark.parametrize("slug", ["ban-thao", "hen-gio"])
def test_what_may_not_be_sent_is_refused_by_name(desk, slug):
    address = next(each for each in desk.rows() if each.endswith(f"/{slug}"))
    status, text = refused(desk, {"story": address})
    assert status == 422
    assert REASONS["refused"]["vi"] in text and f"Không in {slug}: " in text
    assert not (desk.newsroom.root / "an-pham").exists()


def test_a_template_that_fails_is_told(desk):
    own = desk.newsroom.root / "mau/bai.docx"
    own.parent.mkdir()
    own.write_bytes(b"no zip")
    status, text = refused(desk, {"story": STORY})
    assert status == 422 and "mau/bai.docx" in text


@pytest.mark.parametrize("told", [{}, {"story": 3}, {"story": "../../etc"}])
def test_other_wishes_are_refused(desk, told):
    assert refused(desk, told)[0] in (400, 403, 404)


def test_the_form_is_sent_with_its_style_and_nothing_else(desk):
    assert desk.ask("GET", "phieu-gioi-thieu").status == 404
    assert desk.post("nominate.json", {}) == {"files": [FORM], "hasCode": True}
    sent = desk.ask("GET", "phieu-gioi-thieu")
    assert sent.content == (desk.newsroom.root / FORM).read_bytes()
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[^']+'; .*", sent.policy)
    assert desk.newsroom.run("nominate", "form").code == 0
    assert sent.content == (desk.newsroom.root / FORM).read_bytes()
