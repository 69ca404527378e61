"""What the form of a story asks and gets."""

from __future__ import annotations

import hashlib
import io
import json
import threading

import pytest
from PIL import Image

from guongsang.deskpage.form import taking

STORY = "2026/con-chu"
TAB = "0a1b2c3d-1111-2222-3333-444455556666"
SECRET = b"Bi mat noi chup"


def tree(desk):
    """Return every file of the newsroom with its bytes."""
    return {path: path.read_bytes() for path in desk.newsroom.root.rglob("*") if path.is_file()}


def opened(desk, story=STORY):
    return desk.get("story.json", story=story)


def problems(desk, changes, body=None, story=STORY):
    told = desk.post("check.json", {"changes": changes, "body": body}, story=story)
    return {(each["field"], each["rule"]) for each in told["problems"]}


def test_the_form_is_made_from_the_schema_and_the_registers(desk):
    told = opened(desk)
    assert told["front"]["title"] == "Con chữ lên Mù Cả"
    assert told["state"] == "published"
    assert not told["body"].startswith("\n")
    form = told["form"]
    assert form["schema"]["properties"].keys() >= told["front"].keys()
    assert form["columns"][told["front"]["column"]]["name"] == "Gương sáng bản Mường"
    assert set(form["honorees"]) == {
        each["id"] for each in told["front"]["honorees"] if "id" in each
    }


def test_what_is_typed_is_checked_and_nothing_is_written(desk):
    before = tree(desk)
    assert problems(desk, {}) == set()
    assert problems(desk, {"summary": "Ngắn."}) == {("summary", "GS209")}
    assert problems(desk, {"column": None}) == {("column", "GS201")}
    assert ("column", "GS301") in problems(desk, {"column": "khong-co"})
    assert problems(desk, {}, "Xem [bài](/2026/khong-co/).") >= {("body", "GS701")}
    assert problems(desk, {"honorees": []}) == {("honorees", "GS215")}
    assert tree(desk) == before


def test_a_check_says_the_same_as_the_command(desk):
    desk.newsroom.edit("con-chu", "column: ban-muong", "column: khong-co")
    desk.newsroom.edit("con-chu", "Kết bài", "Xem [bài](/2026/khong-co/). Kết bài")
    ran = json.loads(desk.newsroom.run("check", "--format", "json").out)
    expected = {each["rule"] for each in ran["problems"] if "con-chu/index.md" in each["path"]}
    assert {rule for _, rule in problems(desk, {})} == expected


def test_a_problem_of_a_photo_stands_at_its_own_field(desk):
    front = opened(desk)["front"]
    photos = [*front.get("photos", []), {"src": "khong-co.jpg", "alt": "Một lớp học"}]
    found = problems(desk, {"photos": photos})
    assert (f"photos[{len(photos) - 1}].src", "GS401") in found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_saved_without_a_change_no_byte_differs(desk, end):
    for path in desk.newsroom.root.glob("stories/20*/*/index.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
        before = path.read_bytes()
        story = f"{path.parent.parent.name}/{path.parent.name}"
        told = opened(desk, story)
        for body in (None, told["body"]):
            sent = {"changes": {}, "body": body, "digest": told["digest"]}
            assert desk.post("save.json", sent, story=story)["digest"] == told["digest"]
            assert path.read_bytes() == before


def test_one_changed_key_is_one_changed_line(desk):
    path = desk.newsroom.path("con-chu")
    before = path.read_text("utf-8").splitlines()
    sent = {"changes": {"title": "Con chữ: về bản"}, "body": None, "digest": opened(desk)["digest"]}
    told = desk.post("save.json", sent, story=STORY)
    after = path.read_text("utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert opened(desk)["front"]["title"] == "Con chữ: về bản"
    assert told["digest"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_changed_body_keeps_the_front_matter_and_the_line_ends(desk):
    path = desk.newsroom.path("con-chu")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    sent = {"changes": {}, "body": "Một.\n\nHai.", "digest": opened(desk)["digest"]}
    desk.post("save.json", sent, story=STORY)
    head, body = path.read_bytes().split(b"\r\n---\r\n", 1)
    assert before.startswith(head)
    assert body == "\r\nMột.\r\n\r\nHai.\r\n".encode()


def save(desk, story, **changes):
    sent = {"changes": changes, "body": None, "digest": opened(desk, story)["digest"]}
    return desk.post("save.json", sent, story=story)


def test_a_story_that_becomes_ready_is_listed_in_the_ledger(desk):
    ledger = desk.newsroom.root / "stories/registers/addresses.txt"
    assert save(desk, "2026/ban-thao", title="Bản thảo mới") == {
        "digest": opened(desk, "2026/ban-thao")["digest"],
        "state": "draft",
    }
    assert not ledger.exists() or "ban-thao" not in ledger.read_text("utf-8")
    assert save(desk, "2026/ban-thao", status="ready")["notice"] is None
    assert ledger.read_text("utf-8").endswith("/2026/ban-thao/\n")


def test_a_ledger_that_cannot_be_written_is_told_and_the_story_is_saved(desk, tmp_path):
    ledger = desk.newsroom.root / "stories/registers/addresses.txt"
    ledger.unlink(missing_ok=True)
    (tmp_path / "addresses.txt").write_text("", "utf-8")
    ledger.symlink_to(tmp_path / "addresses.txt")
    told = save(desk, "2026/ban-thao", status="ready")
    assert "addresses.txt" in told["notice"]
    assert told["state"] == opened(desk, "2026/ban-thao")["state"] == "published"


def test_another_digest_is_a_conflict_with_both_versions(desk):
    digest = opened(desk)["digest"]
    desk.newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
    before = tree(desk)
    reply = desk.ask(
        "POST",
        "save.json",
        {"changes": {"title": "Của tôi"}, "body": None, "digest": digest},
        story=STORY,
    )
    told = json.loads(reply.content)
    assert int(reply.status) == 409
    assert "Đoạn kết" in told["theirs"]
    assert "Của tôi" not in told["theirs"]
    assert "Đoạn kết" in told["mine"]
    assert "title: Của tôi" in told["mine"]
    assert tree(desk) == before


def test_a_file_that_became_unreadable_meanwhile_is_left_alone_with_words(desk):
    digest = opened(desk)["digest"]
    desk.newsroom.edit("con-chu", "title: Con chữ", "title: Con: chữ")
    before = tree(desk)
    sent = {"changes": {"title": "Của tôi"}, "body": None, "digest": digest}
    reply = desk.ask("POST", "save.json", sent, story=STORY)
    assert int(reply.status) == 422
    assert "index.md" in json.loads(reply.content)["text"]
    assert tree(desk) == before


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b"null",
        b'{"changes": []}',
        b'{"changes": {}, "body": 5}',
        b'{"body": ""}',
        b"[" * 100_000,
    ],
    ids=range(9),
)
def test_what_is_no_form_is_refused(desk, sent):
    before = tree(desk)
    assert int(desk.ask("POST", "save.json", sent, story=STORY).status) == 400
    assert tree(desk) == before


WRITES = ("check.json", "try.json", "save.json", "keep.json", "forget.json", "photo", "erase.json")


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("story", ["2026/../con-chu", "registers/honorees", "2026/con", ""])
def test_nothing_is_written_elsewhere(desk, path, story):
    before = tree(desk)
    sent = {"changes": {}, "body": None, "digest": "x", "tab": TAB}
    assert int(desk.ask("POST", path, sent, story=story).status) == 400
    assert tree(desk) == before


@pytest.mark.parametrize("tab", ["", "../x", "a/b", "x" * 41, None, 5, "A" * 10])
def test_a_tab_is_called_by_a_plain_name(desk, tab):
    sent = {"changes": {}, "body": None, "tab": tab}
    assert int(desk.ask("POST", "keep.json", sent, story=STORY).status) == 400


def test_a_story_that_cannot_be_changed_says_why(desk):
    path = desk.newsroom.path("con-chu")
    path.write_text("---\ntitle: A: B\n---\n\nBài.\n", "utf-8")
    told = opened(desk)
    assert told["front"] is None
    assert 2 in {each["line"] for each in told["problems"]}
    assert all(each["message"] for each in told["problems"])


def test_what_is_kept_comes_back_and_goes_when_it_is_saved(desk):
    before = desk.newsroom.path("con-chu").read_bytes()
    digest = opened(desk)["digest"]
    sent = {"changes": {"title": "Dở dang"}, "body": "Chữ", "digest": digest, "tab": TAB}
    desk.post("keep.json", sent, story=STORY)
    assert desk.newsroom.path("con-chu").read_bytes() == before
    kept = opened(desk)["kept"]
    assert (kept["changes"], kept["body"], kept["tab"]) == ({"title": "Dở dang"}, "Chữ", TAB)
    assert opened(desk, "2026/mot-giot-mau")["kept"] is None
    desk.post("save.json", sent, story=STORY)
    assert opened(desk)["kept"] is None


def test_two_tabs_are_kept_apart(desk):
    other = TAB.replace("0a", "ff")
    for tab, title in ((TAB, "Một"), (other, "Hai")):
        desk.post("keep.json", {"changes": {"title": title}, "body": None, "tab": tab}, story=STORY)
    desk.post("forget.json", {"tab": other}, story=STORY)
    assert opened(desk)["kept"]["changes"] == {"title": "Một"}


def test_erasing_forgets_what_was_kept(desk):
    desk.post(
        "keep.json", {"changes": {"title": "Tên người"}, "body": None, "tab": TAB}, story=STORY
    )
    assert desk.newsroom.run("erase", "con-chu").code == 0
    assert not list(desk.newsroom.cache.rglob("*con-chu*.json"))


def photo_with_place(**about):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 23.0, 45.0)})
    file = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").resize((3000, 2000)).save(
        file, "JPEG", exif=exif, comment=SECRET, **about
    )
    return file.getvalue()


def test_no_byte_of_what_was_sent_is_written(desk, monkeypatch):
    """The folders are watched from another thread for as long as the photo is being taken in."""
    root, seen, ended = desk.newsroom.root, set(), threading.Event()

    def watch():
        while not ended.is_set():
            for path in root.rglob("*"):
                try:
                    if path.is_file() and SECRET in path.read_bytes():
                        seen.add(path.name)
                except OSError:
                    continue

    sent = photo_with_place()
    assert SECRET in sent
    watcher = threading.Thread(target=watch)
    watcher.start()
    told = desk.post("photo", sent, story=STORY, name="IMG_1.jpg")
    ended.set()
    watcher.join()
    assert seen == set()
    path = root / "stories/2026/con-chu" / told["name"]
    assert (told["width"], told["height"]) == (1707, 2560)
    assert SECRET not in path.read_bytes()
    assert [each for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_killed_in_the_middle_nothing_is_left(desk, monkeypatch):
    class KilledError(BaseException):
        pass

    def kill(*_):
        raise KilledError

    before = tree(desk)
    monkeypatch.setattr(taking, "_write_new", kill)
    with pytest.raises(KilledError):
        desk.ask("POST", "photo", photo_with_place(), story=STORY, name="IMG_1.jpg")
    assert tree(desk) == before


def test_photos_never_take_the_place_of_another(desk):
    sent = photo_with_place()
    before = tree(desk)
    names = [desk.post("photo", sent, story=STORY, name="bia.jpg")["name"] for _ in range(2)]
    assert len(set(names)) == 2
    after = tree(desk)
    assert all(after[path] == content for path, content in before.items())


def test_a_disk_without_links_takes_photos_too(desk, monkeypatch):
    def refuse(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(taking.os, "link", refuse)
    before = tree(desk)
    names = [
        desk.post("photo", photo_with_place(), story=STORY, name="IMG.jpg")["name"]
        for _ in range(2)
    ]
    new = tree(desk).keys() - before.keys()
    assert {path.name for path in new} == set(names)
    assert len(names) == 2


def test_what_a_killed_run_has_left_in_the_cache_goes(desk, newsroom):
    left = newsroom.cache / "guongsang/desk/0123.photo"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"x")
    taking.remove_staged(newsroom.root)
    assert not left.exists()


@pytest.mark.parametrize(
    "content", [b"", b"x", b"GIF89a", b"<svg onload='x()'/>", b"%PDF-1.4\n", b"\xff\xd8\xff"]
)
def test_what_is_no_photo_is_refused_with_words(desk, content):
    before = tree(desk)
    reply = desk.ask("POST", "photo", content, story=STORY, name="../../x.jpg")
    assert int(reply.status) == 422
    assert len(json.loads(reply.content)["text"]) > 20
    assert tree(desk) == before


@pytest.mark.parametrize(
    ("kind", "typed", "label"),
    [
        ("place", "then sin", "xã Thèn Sin, huyện Tam Đường → nay Sin Suối Hồ"),
        ("place", "MU CA", "xã Mù Cả"),
        ("author", "ban bien", "Ban Biên tập"),
    ],
)
def test_the_best_match_is_first(desk, kind, typed, label):
    found = desk.get("pick.json", kind=kind, q=typed)["found"]
    assert found[0]["label"] == label
    assert "search" not in found[0]


def test_a_place_that_is_picked_leads_where_it_says(desk):
    found = desk.get("pick.json", kind="place", q="then sin")["found"][0]
    front = opened(desk)["front"]
    place = {"unit": found["value"], "as_printed": found["printed"]}
    assert problems(desk, {"places": [*front["places"], place]}) == set()


def test_an_unknown_register_is_refused(desk):
    assert int(desk.ask("GET", "pick.json", kind="newsroom", q="a").status) == 400


def test_a_new_story_begins_as_a_draft(desk):
    told = desk.post("new.json", {"title": "Người: mở “đường”"})
    assert told["address"] == "2026/nguoi-mo-duong"
    assert opened(desk, told["address"])["front"] == {
        "title": "Người: mở “đường”",
        "date": "2026-07-01",
        "status": "draft",
    }
    again = desk.ask("POST", "new.json", {"title": "Người mở đường"})
    assert int(again.status) == 409
    assert "stories/2026/nguoi-mo-duong" in json.loads(again.content)["text"]


@pytest.mark.parametrize("title", ["", "  ", None, 5])
def test_a_new_story_has_a_title(desk, title):
    before = tree(desk)
    assert int(desk.ask("POST", "new.json", {"title": title}).status) == 400
    assert tree(desk) == before


def act(desk, told, story=STORY):
    reply = desk.ask("POST", "act.json", told, story=story)
    return int(reply.status), json.loads(reply.content)


def test_a_story_moves_with_what_leads_to_it(desk):
    assert act(desk, {"act": "rename", "slug": "chu-len-ban"}) == (
        200,
        {"address": "2026/chu-len-ban"},
    )
    assert "/2026/con-chu/" in opened(desk, "2026/chu-len-ban")["front"]["aliases"]
    assert int(desk.ask("GET", "story.json", story=STORY).status) == 404


@pytest.mark.parametrize(
    "told",
    [
        {"act": "rename", "slug": "Chữ lên bản"},
        {"act": "rename", "slug": "../x"},
        {"act": "rename", "slug": "mot-giot-mau"},
        {"act": "rename"},
        {"act": "correct", "was": "", "now": "x"},
        {"act": "correct", "was": "x", "now": "x"},
        {"act": "retract", "reason": " "},
    ],
)
def test_what_cannot_be_done_is_refused_with_words(desk, told):
    before = tree(desk)
    status, said = act(desk, told)
    assert status == 422
    assert len(said["text"]) > 10
    assert tree(desk) == before


@pytest.mark.parametrize("told", [{}, {"act": "erase-all"}, {"act": ["rename"]}, {"act": None}])
def test_an_unknown_act_is_refused(desk, told):
    before = tree(desk)
    assert act(desk, told)[0] == 400
    assert tree(desk) == before


def test_another_person_of_the_same_name_gets_another_record(desk):
    told = {"kind": "person", "name": "Lò Thị Mẫu", "born": "1958", "role": "trưởng bản"}
    ids = [desk.post("honoree.json", told)["id"] for _ in range(2)]
    assert ids == ["lo-thi-mau", "lo-thi-mau-2"]
    path = desk.newsroom.root / "stories/registers/honorees/lo-thi-mau.yml"
    assert "role" not in path.read_text("utf-8")
    assert desk.newsroom.run("check").code == 0


@pytest.mark.parametrize(
    "told", [{}, {"name": "…"}, {"name": "Lò", "kind": "x"}, {"name": "Lò"}, {"kind": "person"}]
)
def test_a_record_that_would_be_wrong_is_not_made(desk, told):
    before = tree(desk)
    assert int(desk.ask("POST", "honoree.json", told).status) in (400, 422)
    assert tree(desk) == before


def test_forms_to_sign_are_made_and_shown_with_nothing_but_their_style(desk):
    front = opened(desk)["front"]
    person = {"kind": "person", "name": "Lò Thị Mẫu", "born": "1958"}
    sent = {"changes": {"honorees": [*front["honorees"], person], "status": "draft"}, "body": None}
    desk.post("save.json", {**sent, "digest": opened(desk)["digest"]}, story=STORY)
    stories = {path for path in tree(desk) if "stories" in path.parts}
    status, told = act(desk, {"act": "consent"})
    assert status == 200
    assert [form["who"] for form in told["forms"]][-1] == "Lò Thị Mẫu"
    assert {path for path in tree(desk) if "stories" in path.parts} == stories
    page = desk.ask("GET", "phieu", story=STORY)
    assert page.kind == "text/html"
    assert told["forms"][-1]["record"] in page.content.decode()
    assert "unsafe" not in page.policy
    assert "script" not in page.policy
    assert int(desk.ask("GET", "phieu", story="2026/mot-giot-mau").status) == 404
    papers = opened(desk)["form"]["papers"]
    assert papers == told["papers"] == {form["who"]: [form["record"]] for form in told["forms"]}
    assert opened(desk, "2026/mot-giot-mau")["form"]["papers"] == {}
