"""Who may ask the desk page for what: hostile requests are refused before they are read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from guongsang.deskpage import asked
from guongsang.deskpage.asked import MOST_BYTES, POLICY, judge_head
from guongsang.deskpage.texts import load_texts

TOKEN = "dung-ma"
HOST = "127.0.0.1:8000"
WRITES = {
    "host": HOST,
    "origin": f"http://{HOST}",
    "x-guong-sang": TOKEN,
    "content-length": "2",
    "sec-fetch-site": "same-origin",
}
PAGE = Path(asked.__file__).parent


def judge(method, **changes):
    headers = {**WRITES, **{name.replace("_", "-"): value for name, value in changes.items()}}
    told = {name: value for name, value in headers.items() if value is not None}
    refused = judge_head(method, told, TOKEN)
    return None if refused is None else (int(refused.status), refused.reason)


def test_what_the_page_itself_asks_is_answered():
    assert judge("POST") is None
    assert judge("GET", origin=None, x_guong_sang=None, content_length=None) is None
    assert judge("GET", sec_fetch_site="none") is None, "an address that was typed"
    assert judge("GET", sec_fetch_site=None) is None, "an old browser, or curl"
    assert judge("POST", host="localhost:8000", origin="http://localhost:8000") is None


@pytest.mark.parametrize(
    ("method", "changes", "status", "reason"),
    [
        ("GET", {"host": "evil.example:8000"}, 403, "refused-host"),
        ("GET", {"host": "127.0.0.1.evil.example"}, 403, "refused-host"),
        ("GET", {"host": "0.0.0.0:8000"}, 403, "refused-host"),
        ("GET", {"host": None}, 403, "refused-host"),
        ("GET", {"host": "127.0.0.1:8000@evil.example"}, 403, "refused-host"),
        ("GET", {"sec_fetch_site": "cross-site"}, 403, "refused-origin"),
        ("GET", {"sec_fetch_site": "same-site"}, 403, "refused-origin"),
        ("POST", {"host": "evil.example", "origin": "http://evil.example"}, 403, "refused-host"),
        ("POST", {"origin": None}, 403, "refused-origin"),
        ("POST", {"origin": "null"}, 403, "refused-origin"),
        ("POST", {"origin": "http://evil.example"}, 403, "refused-origin"),
        ("POST", {"origin": "https://127.0.0.1:8000"}, 403, "refused-origin"),
        ("POST", {"origin": "http://127.0.0.1:8001"}, 403, "refused-origin"),
        ("POST", {"origin": "http://localhost:8000"}, 403, "refused-origin"),
        ("POST", {"x_guong_sang": None}, 403, "refused-token"),
        ("POST", {"x_guong_sang": ""}, 403, "refused-token"),
        ("POST", {"x_guong_sang": TOKEN.upper()}, 403, "refused-token"),
        ("POST", {"x_guong_sang": f"{TOKEN}é"}, 403, "refused-token"),
        ("POST", {"content_length": None}, 411, "refused-length"),
        ("POST", {"content_length": "-1"}, 411, "refused-length"),
        ("POST", {"content_length": "٢"}, 411, "refused-length"),
        ("POST", {"content_length": "1e3"}, 411, "refused-length"),
        ("POST", {"transfer_encoding": "chunked"}, 411, "refused-length"),
        ("POST", {"content_length": str(MOST_BYTES + 1)}, 413, "refused-size"),
        ("PUT", {}, 405, "refused-method"),
        ("DELETE", {}, 405, "refused-method"),
        ("OPTIONS", {}, 405, "refused-method"),
    ],
)
def test_anything_else_is_refused(method, changes, status, reason):
    assert judge(method, **changes) == (status, reason)


@pytest.mark.parametrize(
    "name",
    [
        "../desk.py",
        "desk.py",
        "page/main.js",
        "..\\desk.py",
        "index.html",
        "/etc/passwd",
        "main.js/",
    ],
)
def test_only_the_page_s_own_files_are_sent(desk, name):
    assert int(desk.ask("GET", name).status) == 404


def test_the_page_s_own_files_are_sent_and_name_nothing_from_elsewhere(desk):
    page = desk.ask("GET", "")
    html = page.content.decode()
    assert page.kind == "text/html"
    assert desk.page.token in html
    assert "{" not in html
    for name in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert int(desk.ask("GET", name).status) == 200
    for path in (PAGE / "page").iterdir():
        text = path.read_text("utf-8").replace('"http://www.w3.org/2000/svg"', "")  # a name
        assert not re.search(r"https?://\w|//[a-z]+\.|\beval\b|innerHTML|<script>|style=", text), (
            path
        )


def test_the_policy_lets_nothing_in_that_is_not_ours():
    told = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert told["default-src"] == "'none'"
    assert told["script-src"] == told["style-src"] == told["connect-src"] == "'self'"
    assert told["frame-ancestors"] == told["base-uri"] == told["form-action"] == "'none'"
    assert "unsafe" not in POLICY


def test_a_refusal_says_why_in_both_languages(desk):
    told = json.loads(desk.ask("POST", "story", {}, headers={"x-guong-sang": "x"}).content)
    assert told["reason"] == "refused-token"
    assert told["text"] == load_texts()["refused-token"]["vi"]


@pytest.mark.parametrize(
    "story",
    [
        *("", "con-chu", "2026", "2026/", "/con-chu", "26/con-chu", "2026/../../registers"),
        *("2026/..", "2026/.", "2026/con-chu/", "2026/con-chu/..", "2026\\con-chu", "2026/con_chu"),
        *("2026/con-chu\0", "2026/CON-CHU", "2026/con", "2026/aux", "2026/com1", "2026/lpt9"),
        *("registers/honorees", "2026/a:b", "2026/%2e%2e", "٢٠٢٦/con-chu", "2026/" + "a" * 300),
    ],
)
def test_only_addresses_of_stories_lead_anywhere(desk, story):
    assert int(desk.ask("GET", "picture", story=story, name="bia.jpg").status) == 400


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("index.md", 400),
        ("../con-chu/bia.jpg", 400),
        ("..", 400),
        (".bia.jpg", 400),
        ("a\\bia.jpg", 400),
        ("C:bia.jpg", 400),
        ("bia.jpg\0", 400),
        ("khong-co.jpg", 404),
    ],
)
def test_only_pictures_beside_a_story_are_sent(desk, name, status):
    assert int(desk.ask("GET", "picture", story="2026/con-chu", name=name).status) == status
    assert int(desk.ask("GET", "picture", story="2026/con-chu", name="bia.jpg").status) == 200


def test_links_are_refused(desk, tmp_path):
    stories = desk.newsroom.root / "stories"
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "index.md").write_text("---\n---\n", "utf-8")
    (outside / "bia.jpg").write_bytes(b"x")
    (stories / "2026/lien-ket").symlink_to(outside)
    (stories / "2024").symlink_to(stories / "2026")
    (stories / "2026/con-chu/lien-ket.jpg").symlink_to(outside / "bia.jpg")
    for story, name in (
        ("2026/lien-ket", "bia.jpg"),
        ("2024/con-chu", "bia.jpg"),
        ("2026/con-chu", "lien-ket.jpg"),
    ):
        assert int(desk.ask("GET", "picture", story=story, name=name).status) == 403


USED = re.compile(r'\bt\(\s*"([a-z-]+)"|RefusedError\(\s*[\w.]+,\s*"([a-z-]+)"|say\("([a-z-]+)"')


def test_every_text_is_there_in_both_languages_and_used():
    texts = load_texts()
    for key, told in texts.items():
        assert told.keys() == {"vi", "en"}, key
        holes = [set(re.findall(r"\{(\w+)\}", told[lang])) for lang in ("vi", "en")]
        assert holes[0] == holes[1], key
    sources = [*PAGE.rglob("*.py"), *PAGE.glob("page/*.js")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    used = {next(filter(None, match)) for match in USED.findall(text)}
    assert used <= texts.keys()
    stems = tuple(re.findall(r"(?:t\(`|f\")([a-z-]+-)\$?\{", text))
    named = set(re.findall(r'"([a-z_-]+)"', text))
    assert {key for key in texts if key not in named and not key.startswith(stems)} == set()
