"""Manuscripts on the desk page become the drafts that the command makes of them."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import socket
import threading
import urllib.parse

from tests.desk.test_take_in import HOSTILE
from tests.intake.manuscripts import TITLE, cases
from tests.intake.word import Word, jpeg, p

from guongsang.deskpage.asked import BASE, MOST_BYTES
from guongsang.deskpage.exchange import manuscripts
from guongsang.intake.manuscript import UnreadableError
from guongsang.intake.word.package import MOST_BYTES as MOST_DOCUMENT
from guongsang.preview.server import HOST, PreviewServer
from guongsang.preview.state import Stage

CASES = {case.name: case for case in cases()}
PICTURES = "09-anh-va-chu-thich"
ADDRESS = "2026/nguoi-ganh-nuoc-len-hua-khat"
SECRET = b"Bi mat noi chup"


def tree(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def stories(desk):
    return tree(desk.newsroom.root / "stories")


def send(desk, content, name="bai.docx"):
    content = content.save() if isinstance(content, Word) else content
    return desk.post("manuscript", content, name=name)


def wish(read, **about):
    """Return what the page asks when nothing is changed, but for `about`."""
    asks = {key: read[key] for key in ("sent", "title", "column")}
    return asks | {kind: [*read[kind]] for kind in ("places", "honorees")} | about


def write(desk, read, **about):
    return desk.post("take-in.json", wish(read, **about))


def test_the_drafts_are_those_that_the_command_makes(desk, tmp_path):
    path, folder = tmp_path / "bai.docx", desk.newsroom.root / "stories" / ADDRESS
    for name, case in CASES.items():
        path.write_bytes(case.word.save())
        assert desk.newsroom.run("import", "--no-input", str(path)).code == 0
        by_command = {each.name: each.read_bytes() for each in folder.iterdir()}
        shutil.rmtree(folder)
        read = send(desk, case.word)
        assert (read["title"], read["photos"]) == (case.title, len(case.photos)), name
        assert write(desk, read)["address"] == ADDRESS
        assert {each.name: each.read_bytes() for each in folder.iterdir()} == by_command, name
        shutil.rmtree(folder)


def test_what_was_lost_is_told_on_the_form_until_it_was_seen(desk):
    read = send(desk, CASES["22-hop-ben-le"].word)
    assert "hộp chữ" in read["losses"][0]
    write(desk, read)
    told = desk.get("story.json", story=ADDRESS)["told"]
    assert [each["kind"] for each in told] == ["box"]
    assert told[0]["message"] == read["losses"][0]
    assert told[0]["where"] in desk.get("story.json", story=ADDRESS)["body"]
    moved = desk.post("act.json", {"act": "rename", "slug": "ganh-nuoc"}, story=ADDRESS)["address"]
    assert desk.get("story.json", story=moved)["told"] == told
    desk.post("new.json", {"title": TITLE})
    assert desk.get("story.json", story=ADDRESS)["told"] == [], "another story of that address"
    desk.post("told.json", {}, story=moved)
    assert desk.get("story.json", story=moved)["told"] == []


def test_a_photo_that_cannot_be_used_is_told_on_the_form(desk):
    word = Word()
    word.add(p(TITLE, style="Tiu"), p(word.picture(jpeg()[:200])), p("Một đoạn văn."))
    write(desk, send(desk, word))
    assert "photo" in [each["kind"] for each in desk.get("story.json", story=ADDRESS)["told"]]


def test_erasing_forgets_what_was_told(desk):
    write(desk, send(desk, CASES["22-hop-ben-le"].word))
    slug = ADDRESS.partition("/")[2]
    assert list(desk.newsroom.cache.rglob(f"*{slug}*.json"))
    assert desk.newsroom.run("erase", slug).code == 0
    assert not list(desk.newsroom.cache.rglob(f"*{slug}*.json"))


def test_loose_photos_stand_after_those_in_the_file(desk):
    read = send(desk, CASES["10-anh-trong-bang"].word)
    sent = jpeg(60, 40, comment=SECRET)
    assert SECRET in sent
    desk.post("manuscript-photo", sent, sent=read["sent"], name="IMG_1.jpg")
    write(desk, read)
    folder = desk.newsroom.root / "stories" / ADDRESS
    assert sorted(each.name for each in folder.iterdir()) == ["anh-1.jpg", "bia.jpg", "index.md"]
    assert not any(SECRET in content for content in tree(desk.newsroom.root).values())
    photos = desk.get("story.json", story=ADDRESS)["front"]["photos"]
    assert [each["src"] for each in photos] == ["anh-1.jpg"]


def test_title_and_column_are_those_that_were_chosen(desk):
    read = send(desk, CASES["01-tieu-de-giua"].word)
    assert read["column"] == ""
    assert "ban-muong" in read["columns"]
    told = write(desk, read, title="  Ông Páo:  gánh nước ", column="ban-muong")
    assert told["address"] == "2026/ong-pao-ganh-nuoc"
    front = desk.get("story.json", story=told["address"])["front"]
    assert (front["title"], front["column"]) == ("Ông Páo: gánh nước", "ban-muong")
    assert front["status"] == "draft"


def test_what_the_registers_know_is_shown_before(desk):
    named = Word(p(TITLE, style="Tiu"), p("Ở xã Mù Cả, ông Hồ Giáo góp tiền mua ống dẫn nước."))
    read = send(desk, named)
    assert read["places"] == {"mu-ca": "xã Mù Cả"}
    assert read["honorees"] == {"ho-giao": "Hồ Giáo"}
    front = desk.get("story.json", story=write(desk, read)["address"])["front"]
    assert [each["unit"] for each in front["places"]] == ["mu-ca"]
    assert front["honorees"] == [{"id": "ho-giao"}]


def test_what_somebody_took_out_is_not_in_the_draft(desk):
    read = send(desk, Word(p(TITLE, style="Tiu"), p("Ở xã Mù Cả, ông Hồ Giáo gánh nước.")))
    told = write(desk, read, places=[], honorees=["khong-co"])
    front = desk.get("story.json", story=told["address"])["front"]
    assert [each["unit"] for each in front["places"]] == ["…"]
    assert "id" not in front["honorees"][0]


def test_hostile_files_are_one_line_each(desk):
    before = stories(desk)
    for name, (hostile, told) in HOSTILE.items():
        content = hostile.save() if isinstance(hostile, Word) else hostile
        reply = desk.ask("POST", "manuscript", content, name=name)
        text = json.loads(reply.content)["text"]
        assert int(reply.status) == 422
        assert text.startswith(f"{name}: ")
        assert told in text
        assert "\n" not in text
    assert stories(desk) == before


def test_the_name_of_a_file_is_words_and_no_path(desk):
    before = tree(desk.newsroom.root)
    for name, shown in {
        "../../etc/passwd": "passwd",
        "C:\\bai\\<b>x</b>.xyz": "b>.xyz",
        "": "?",
        "a" * 500 + ".xyz": "a" * 120 + ".xyz",
    }.items():
        reply = desk.ask("POST", "manuscript", b"abc", name=name)
        assert int(reply.status) == 422
        assert json.loads(reply.content)["text"].startswith(f"{shown}: ")
    assert tree(desk.newsroom.root) == before


REFUSED = (
    (b"", 400),
    (b"[]", 400),
    ({}, 410),
    ({"sent": "x"}, 410),
    ({"sent": 5, "title": "a", "column": ""}, 410),
    ({"title": ""}, 400),
    ({"title": "  "}, 400),
    ({"title": None}, 400),
    ({"title": ["a"]}, 400),
    ({"column": "khong-co"}, 400),
    ({"column": None}, 400),
    ({"column": ["ban-muong"]}, 400),
    ({"column": {"a": 1}}, 400),
    ({"places": None}, 400),
    ({"places": "mu-ca"}, 400),
    ({"honorees": {"ho-giao": 1}}, 400),
)


def test_what_is_no_wish_is_refused(desk):
    read = send(desk, CASES["01-tieu-de-giua"].word)
    before = stories(desk)
    for wrong, status in REFUSED:
        is_part = isinstance(wrong, dict) and wrong.keys() and "sent" not in wrong
        asks = wish(read, **wrong) if is_part else wrong
        assert int(desk.ask("POST", "take-in.json", asks).status) == status, asks
    assert stories(desk) == before


def test_a_title_leads_nowhere_else(desk):
    for title in ("../../x", "..", "con", "/etc", "a\0b", "index", "aux.txt"):
        told = write(desk, send(desk, CASES["01-tieu-de-giua"].word), title=title)
        folder = desk.newsroom.root / "stories" / told["address"]
        assert folder.parent == desk.newsroom.root / "stories/2026"
        assert (folder / "index.md").is_file()


def test_what_is_there_is_never_overwritten(desk):
    read = send(desk, CASES["01-tieu-de-giua"].word)
    before = stories(desk)
    asks = wish(read, title="Con chữ")
    reply = desk.ask("POST", "take-in.json", asks)
    assert int(reply.status) == 409
    assert "stories/2026/con-chu" in json.loads(reply.content)["text"]
    assert stories(desk) == before
    assert write(desk, read)["address"] == ADDRESS, "with another title it goes on"
    again = desk.ask("POST", "take-in.json", asks)
    assert int(again.status) == 410, "what is written is forgotten"


def test_photos_of_no_manuscript_and_what_is_no_photo(desk):
    before = stories(desk)
    assert int(desk.ask("POST", "manuscript-photo", jpeg(), name="a.jpg").status) == 410
    read = send(desk, CASES["01-tieu-de-giua"].word)
    for content in (b"", b"x", b"<svg onload='x()'/>", b"%PDF-1.4\n"):
        about = {"sent": read["sent"], "name": "../../x.jpg"}
        reply = desk.ask("POST", "manuscript-photo", content, **about)
        assert int(reply.status) == 422
        assert len(json.loads(reply.content)["text"]) > 20
    assert stories(desk) == before


def test_memory_holds_few_manuscripts_and_photos(desk, monkeypatch):
    monkeypatch.setattr(manuscripts, "_MOST_PHOTOS", 2)
    first, *_, last = (send(desk, CASES["01-tieu-de-giua"].word) for _ in range(4))
    asks = wish(first)
    assert int(desk.ask("POST", "take-in.json", asks).status) == 410
    about = {"sent": last["sent"], "name": "a.jpg"}
    found = [int(desk.ask("POST", "manuscript-photo", jpeg(), **about).status) for _ in range(3)]
    assert found == [200, 200, 409]


def test_a_disk_that_cannot_be_written_is_one_line(desk, monkeypatch):
    read = send(desk, CASES["01-tieu-de-giua"].word)
    before = stories(desk)

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(manuscripts, "write_draft", refuse)
    asks = wish(read)
    reply = desk.ask("POST", "take-in.json", asks)
    assert int(reply.status) == 507
    assert "No space left" in json.loads(reply.content)["text"]
    assert stories(desk) == before


def test_where_no_office_program_is_one_line_says_so(desk, monkeypatch):
    def miss(_, suffix):
        raise UnreadableError("no-office", suffix=suffix)

    monkeypatch.setattr(manuscripts, "convert_document", miss)
    reply = desk.ask("POST", "manuscript", b"{\\rtf1 x}", name="bai.rtf")
    assert "LibreOffice" in json.loads(reply.content)["text"]


def test_a_newsroom_that_cannot_be_read_takes_nothing_in(desk):
    (desk.newsroom.root / "stories/registers/newsroom.yml").write_text("a: [", "utf-8")
    desk.build()
    reply = desk.ask("POST", "manuscript", CASES["01-tieu-de-giua"].word.save(), name="bai.docx")
    assert json.loads(reply.content)["reason"] == "refused-newsroom"


@contextlib.contextmanager
def served(desk):
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    folder, stage = desk.newsroom.cache / "guongsang/preview", Stage()
    server = PreviewServer(
        folder, stage, port=port, site_url="https://guong.example/", lang="vi", desk=desk.page
    )
    with contextlib.closing(server):
        server.start()
        yield port


def over_http(port, token, path, body, **about):
    """Ask as a browser does; `None` takes a header away."""
    headers = {"Origin": f"http://{HOST}:{port}", "X-Guong-Sang": token, "Host": f"{HOST}:{port}"}
    headers = {key: value for key, value in {**headers, **about}.items() if value is not None}
    asked = http.client.HTTPConnection(HOST, port, timeout=30)
    with contextlib.closing(asked):
        asked.request("POST", f"{BASE}{path}", body, headers)
        reply = asked.getresponse()
        return reply.status, json.loads(reply.read())


def test_a_manuscript_comes_in_over_http(desk):
    content = CASES[PICTURES].word.save()
    with served(desk) as port:
        name = urllib.parse.quote("bài viết.docx")
        status, read = over_http(port, desk.page.token, f"manuscript?name={name}", content)
        assert status == 200
        asks = wish(read)
        status, told = over_http(port, desk.page.token, "take-in.json", json.dumps(asks))
    assert (status, told) == (200, {"address": ADDRESS})


STRANGE = (
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": None}, 403),
    ({"X-Guong-Sang": None}, 403),
    ({"X-Guong-Sang": "x"}, 403),
    ({"Host": "evil.example"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Content-Length": "-1"}, 411),
    ({"Content-Length": str(10**12 - 1)}, 413),
)


def test_over_http_only_the_page_itself_sends_anything(desk):
    before = tree(desk.newsroom.root)
    with served(desk) as port:
        for path in ("manuscript?name=a.docx", "manuscript-photo", "take-in.json", "told.json"):
            for headers, status in STRANGE:
                found, told = over_http(port, desk.page.token, path, b"PK\3\4", **headers)
                assert found == status, (path, headers)
                assert "\n" not in told["text"]
    assert tree(desk.newsroom.root) == before


def test_how_much_may_be_sent(desk):
    for path, most in (("manuscript", MOST_DOCUMENT), ("manuscript-photo", MOST_BYTES)):
        assert desk.ask_head("POST", path, {"content-length": str(most)}) is None
        refused = desk.ask_head("POST", path, {"content-length": str(most + 1)})
        assert int(refused.status) == 413
        assert f"{most >> 20} MB" in json.loads(refused.content)["text"]


def test_several_are_read_one_after_the_other(desk, monkeypatch):
    inside, most = [], []
    read = manuscripts.read_manuscript

    def watch(*args):
        inside.append(1)
        most.append(len(inside))
        try:
            return read(*args)
        finally:
            inside.pop()

    monkeypatch.setattr(manuscripts, "read_manuscript", watch)
    threads = [
        threading.Thread(target=send, args=(desk, CASES["01-tieu-de-giua"].word)) for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert most == [1, 1, 1, 1]
