"""Stories on paper from the desk page: what the commands make, the same refusals, no other file."""

from __future__ import annotations

import json
import socket
import urllib.request

import pytest

from guongsang.checks.newsroom.unfilled import BLANK_HOST
from guongsang.desk.papers.refuse_paper import REASONS
from guongsang.deskpage.asked import BASE
from guongsang.paper import typesetting
from guongsang.preview.server import HOST, PreviewServer
from guongsang.preview.state import Stage
from guongsang.registers.paths import PRINTS

STORY = "2026/con-chu"
WEB_ONLY = "{basis: consent, record: P-1, date: 2026-05-01, scope: [name, photo]}"
PERSON = f"  - {{kind: person, name: Lò Thị Mẫu, consent: {WEB_ONLY}}}"


def wish(*what, **more):
    return {"act": "bulletin", "what": list(what), "size": "a4", **more}


def poster(story):
    return {"act": "poster", "story": story}


def refused(desk, told):
    reply = desk.ask("POST", "print.json", told)
    return int(reply.status), json.loads(reply.content)["text"]


def made(desk):
    folder = desk.newsroom.root / "an-pham"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def send_file(desk, path):
    return desk.ask("GET", path)


def test_the_months_and_quarters_that_have_public_stories_are_offered(desk):
    offered = desk.get("print.json")
    public = [address for address, row in desk.rows().items() if row["state"] == "published"]
    months = {each["name"]: each["count"] for each in offered["periods"] if not each["isQuarter"]}
    quarters = {each["name"]: each["count"] for each in offered["periods"] if each["isQuarter"]}
    assert sum(months.values()) == sum(quarters.values()) == len(public) > 1
    # A draft and a story that is not due yet are of June as well.
    assert months["2026-06"] == 1 and months["2026-05"] >= 1
    assert quarters["2026-Q2"] == months["2026-06"] + months["2026-05"]
    assert list(months) == sorted(months, reverse=True)
    assert offered["title"]


@pytest.mark.parametrize(
    ("told", "command"),
    [
        (wish("2026-06"), ("bulletin", "2026-06")),
        (wish("2026-Q2", size="a5", booklet=True), ("bulletin", "2026-Q2", "--booklet")),
        (
            wish(STORY, "2025/nguoi-giu-lua", title=" Gương  sáng "),
            ("bulletin", "con-chu", "nguoi-giu-lua", "--title", "Gương sáng"),
        ),
        (poster(STORY), ("poster", "con-chu")),
    ],
)
def test_the_page_makes_the_bytes_that_the_command_makes(desk, told, command):
    done = desk.post("print.json", told)
    sent = [send_file(desk, path) for path in done["files"]]
    assert [each.kind for each in sent] == ["application/pdf"] * len(sent)
    assert [f"an-pham/{name}" for name in made(desk)] == sorted(done["files"])
    register = (desk.newsroom.root / PRINTS).read_text("utf-8")
    for path in done["files"]:
        (desk.newsroom.root / path).unlink()
    (desk.newsroom.root / PRINTS).unlink()
    ran = desk.newsroom.run(*command)
    assert ran.code == 0, ran.err
    assert [(desk.newsroom.root / path).read_bytes() for path in done["files"]] == [
        each.content for each in sent
    ]
    assert (desk.newsroom.root / PRINTS).read_text("utf-8") == register
    assert done["pages"] >= 1 and sent[0].content.startswith(b"%PDF-")


def test_who_is_left_out_and_what_is_not_sharp_is_told_as_by_the_command(desk):
    done = desk.post("print.json", wish("2026-06"))
    ran = desk.newsroom.run("bulletin", "2026-06")
    assert done["notes"] == ran.err.splitlines()
    assert "Không in ban-thao: bài nháp." in done["notes"]
    done = desk.post("print.json", poster(STORY))
    ran = desk.newsroom.run("poster", "con-chu")
    assert done["notes"] == ran.err.splitlines()
    assert any("dpi" in note for note in done["notes"])


@pytest.mark.parametrize("slug", ["2026/ban-thao", "2026/hen-gio", "2026/ten-phai-mat"])
@pytest.mark.parametrize("make", [poster, lambda slug: wish(STORY, slug)])
def test_what_may_not_be_printed_is_refused_by_name(desk, make, slug):
    if slug not in desk.rows():
        slug = next(each for each in desk.rows() if each.endswith(slug.rpartition("/")[2]))
    status, text = refused(desk, make(slug))
    assert status == 422
    assert REASONS["refused"]["vi"] in text and f"Không in {slug.split('/')[1]}: " in text
    assert made(desk) == []


def test_the_scope_print_is_asked_for(desk):
    role = "  - id: ho-giao\n    role: người dạy chữ"
    desk.newsroom.edit("con-chu", role, PERSON)
    desk.newsroom.edit("con-chu", "awards: [hc-1966]\n", "")
    assert "(Lò Thị Mẫu)" in refused(desk, poster(STORY))[1]
    done = desk.post("print.json", wish("2026-Q2"))
    assert any("con-chu" in note and "Lò Thị Mẫu" in note for note in done["notes"])


def test_errors_anywhere_stop_it_and_the_first_is_told(desk):
    desk.newsroom.edit("con-chu", "title: Con chữ lên Mù Cả\n", "")
    status, text = refused(desk, wish("2025/nguoi-giu-lua"))
    assert status == 422
    assert "stories/2026/con-chu/index.md: " in text and "sửa 1 lỗi" in text
    assert made(desk) == []


@pytest.mark.parametrize(
    ("told", "reason"), [(wish("2020-01"), "empty"), (wish("2026-06", STORY), "mixed")]
)
def test_what_cannot_be_made_is_told_in_the_words_of_the_command(desk, told, reason):
    status, text = refused(desk, told)
    assert status == 422
    assert text == REASONS[reason]["vi"].format(period="2020-01")


@pytest.mark.parametrize("line", ["", f"site_url: https://{BLANK_HOST}/"])
def test_codes_that_would_lead_nowhere_are_not_printed(desk, line):
    desk.newsroom.edit("mkdocs.yml", "site_url: https://guong.example/", line)
    assert refused(desk, poster(STORY)) == (422, REASONS["address"]["vi"])
    assert made(desk) == []


def test_without_the_library_one_line_says_what_to_install(desk, monkeypatch):
    monkeypatch.setattr(typesetting, "find_spec", lambda _: None)
    reply = desk.ask("GET", "print.json")
    assert int(reply.status) == 422
    assert json.loads(reply.content)["text"] == REASONS["library"]["vi"]
    assert refused(desk, poster(STORY)) == (422, REASONS["library"]["vi"])


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"act": "poster"},
        {"act": "poster", "story": ["2026/con-chu"]},
        poster("../../etc/passwd"),
        poster("con-chu"),
        wish(),
        wish(5),
        wish("../con-chu"),
        wish("2026-06", size="a3"),
        wish("2026-06", size=["a4"]),
        {"act": "bulletin", "what": "2026-06", "size": "a4"},
    ],
)
def test_what_the_page_never_sends_is_refused(desk, told):
    assert refused(desk, told)[0] == 400
    assert made(desk) == []


def test_a_story_that_is_not_there_is_told(desk):
    assert refused(desk, poster("2026/khong-co"))[0] == 404


def test_only_what_this_run_has_made_is_sent(desk, tmp_path):
    folder = desk.newsroom.root / "an-pham"
    folder.mkdir()
    (folder / "khac.pdf").write_bytes(b"%PDF-1.7 of somebody else")
    (path,) = desk.post("print.json", poster(STORY))["files"]
    other = ("khac.pdf", "../mkdocs.yml", "..\\mkdocs.yml", ".", "", "/etc/passwd", "x/../" + path)
    for name in other:
        assert int(send_file(desk, f"an-pham/{name}").status) == 404, name
    assert int(send_file(desk, path.removeprefix("an-pham/")).status) == 404
    assert int(send_file(desk, path).status) == 200
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.7 elsewhere")
    (desk.newsroom.root / path).unlink()
    assert int(send_file(desk, path).status) == 404
    (desk.newsroom.root / path).symlink_to(secret)
    assert int(send_file(desk, path).status) == 403


def test_nothing_is_written_through_a_link_that_leads_out(desk, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (desk.newsroom.root / "an-pham").symlink_to(outside)
    status, text = refused(desk, poster(STORY))
    assert (status, "an-pham" in text) == (422, True)
    assert list(outside.iterdir()) == []


def test_a_disk_that_refuses_is_told_in_one_line(desk):
    (desk.newsroom.root / "an-pham").write_text("a file where the folder has to be", "utf-8")
    status, text = refused(desk, poster(STORY))
    assert status == 507 and "an-pham" in text


@pytest.fixture
def address(desk):
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    folder = desk.newsroom.cache / "guongsang/preview"
    server = PreviewServer(
        folder,
        Stage(),
        port=port,
        site_url="https://guong.example/",
        lang="vi",
        desk=desk.page,
    )
    server.start()
    yield f"http://{HOST}:{port}"
    server.close()


def test_over_http_a_file_is_a_pdf_and_nothing_else(desk, address):
    asked = urllib.request.Request(
        f"{address}{BASE}print.json",
        json.dumps(poster(STORY)).encode(),
        {"Origin": address, "X-Guong-Sang": desk.page.token},
    )
    with urllib.request.urlopen(asked, timeout=60) as reply:
        (path,) = json.load(reply)["files"]
    with urllib.request.urlopen(f"{address}{BASE}{path}", timeout=60) as reply:
        content, headers = reply.read(), reply.headers
    assert content == (desk.newsroom.root / path).read_bytes()
    assert headers.get_content_type() == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    foreign = urllib.request.Request(
        f"{address}{BASE}{path}", headers={"Sec-Fetch-Site": "cross-site"}
    )
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(foreign, timeout=60)
