"""A preview shows what is being written, and never touches the published site."""

from __future__ import annotations

import contextlib
import http.client
import math
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.harms import break_reference, break_yaml, cut_photo, lose_photo

from guongsang.preview import serve, watch
from guongsang.preview.panel import mark_text, render_into
from guongsang.preview.serve import build_preview
from guongsang.preview.server import HOST, PreviewServer
from guongsang.preview.state import Showing, Stage
from guongsang.preview.watch import Watcher
from guongsang.problems.problem import problem

# Where tests run in the background, Ctrl+C is ignored from the start.
SERVE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from guongsang.cli.main import run
run()
"""
RECORDING = bytes(range(250)) * 400
NOW = "1782864000"  # as in the tests' conftest: before the scheduled story is due


def begin(newsroom, monkeypatch):
    """Return a function that builds the preview of a newsroom once."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    folder = newsroom.cache / "guongsang/preview"
    stage = Stage()

    def build(told=None):
        return build_preview(newsroom.root / "mkdocs.yml", folder, stage, lang="vi", told=told)

    build.folder, build.stage = folder, stage
    return build


@pytest.fixture
def preview(previewed, monkeypatch):
    """The same for the newsroom that has a preview already."""
    return begin(previewed, monkeypatch)


def page(preview, url):
    return (preview.folder / url / "index.html").read_text("utf-8")


def rules(rebuilt):
    return {found.rule for found in rebuilt.showing.problems if found.is_error}


def test_drafts_and_scheduled_stories_are_shown(preview, previewed):
    rebuilt = preview()
    assert "Thân bài thảo." in page(preview, "2026/ban-thao")
    assert "Thân bài hẹn." in page(preview, "2026/hen-gio")
    assert "Bản thảo chưa đăng" in page(preview, "chuyen-muc/ban-muong")
    marks = {url: mark_text(due, "vi") for url, due in rebuilt.showing.unpublished.items()}
    assert marks == {
        "2026/ban-thao/": "Bản nháp",
        "2026/hen-gio/": "Hẹn giờ đăng 06:00 01/08/2026",
    }


def test_a_retracted_story_stays_hidden(preview):
    preview()
    for path in preview.folder.rglob("*.html"):
        assert "Bí Mật" not in path.read_text("utf-8"), path


def test_the_published_site_is_not_touched(preview, previewed):
    previewed.build()
    before = previewed.bytes()
    previewed.edit("con-chu", "Kết bài", "Đoạn kết")
    preview()
    assert previewed.bytes() == before
    previewed.build()
    assert previewed.bytes() == previewed.clean_bytes()


def test_a_build_after_a_preview_publishes_no_draft(preview, previewed):
    preview()
    previewed.build()
    assert not (previewed.site / "2026/ban-thao").exists()
    assert previewed.bytes() == previewed.clean_bytes()


@pytest.mark.parametrize("harm", [break_reference, break_yaml, lose_photo, cut_photo])
@pytest.mark.parametrize("room", ["newsroom", "previewed"], ids=["at-first", "later"])
def test_a_broken_story_stops_nothing_else(request, monkeypatch, harm, room):
    newsroom = request.getfixturevalue(room)
    preview = begin(newsroom, monkeypatch)
    says = harm(newsroom)
    newsroom.edit("nguoi-giu-lua", "Mở bài về bếp lửa.", "Mở bài mới.")
    rebuilt = preview()
    assert any(rule.startswith(says) for rule in rules(rebuilt))
    assert "Mở bài mới." in page(preview, "2025/nguoi-giu-lua")
    broken = page(preview, "2026/con-chu")
    assert "Bài đang có lỗi" in broken
    assert "stories/2026/con-chu/" in broken
    assert "Con chữ lên Mù Cả" not in page(preview, "chuyen-muc/ban-muong")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title: ", "title: Kể: ", "GS113"),
        ("column: ban-muong\n", "", "GS201"),
        ("---\n", "", "GS109"),
        ("2026-06-03", "2025-06-03", "GS234"),
    ],
)
def test_a_broken_draft_has_a_page_that_says_so(preview, previewed, old, new, says):
    preview()
    previewed.edit("ban-thao", old, new)
    rebuilt = preview()
    assert rules(rebuilt) == set()
    broken = page(preview, "2026/ban-thao")
    assert "Bài đang có lỗi" in broken
    assert says in broken
    previewed.edit("nguoi-giu-lua", "Mở bài về bếp lửa.", "Mở bài mới.")
    preview()
    assert page(preview, "2026/ban-thao").split("<body")[1] == broken.split("<body")[1]
    assert "Mở bài mới." in page(preview, "2025/nguoi-giu-lua")


def test_a_mended_story_comes_back(newsroom, monkeypatch):
    preview = begin(newsroom, monkeypatch)
    break_reference(newsroom)
    preview()
    newsroom.edit("con-chu", "column: khong-co", "column: ban-muong")
    rebuilt = preview()
    assert rules(rebuilt) == set()
    assert "Kết bài" in page(preview, "2026/con-chu")


def test_a_lost_link_is_told_and_the_story_still_shown(preview, previewed):
    previewed.edit("nguoi-giu-lua", "Mở bài về", "Xem [bài](/2026/khong-co/). Mở bài về")
    rebuilt = preview()
    assert rules(rebuilt) == {"GS701"}
    assert "Mở bài về bếp lửa." in page(preview, "2025/nguoi-giu-lua")


@pytest.mark.parametrize("slug", ["ban-thao", "nguoi-giu-lua"])
def test_a_file_that_is_not_there_is_told(preview, previewed, make_film, slug):
    attached = "attachments: [{src: so-do.pdf, title: Sơ đồ}]\nfilms: [{src: cau.mp4}]\n"
    previewed.edit(slug, "---\n\n", f"{attached}---\n\nCòn thiếu:\n\n[Cầu](cau.mp4)\n\n")
    url = previewed.path(slug).parent.relative_to(previewed.root / "stories").as_posix()
    rebuilt = preview()
    assert "GS705" in {found.rule for found in rebuilt.showing.problems}
    assert "Còn thiếu:" in page(preview, url)
    previewed.path(slug).with_name("cau.mp4").write_bytes(make_film())
    preview()
    assert (preview.folder / f"phim/{slug}/cau.mp4").read_bytes() == make_film()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("stories/registers/newsroom.yml", "province: lai-chau", "province: lai-cho"),
        ("stories/registers/columns.yml", "ban-muong: {", "ban-muong: ["),
        ("mkdocs.yml", "theme:\n", "theme: [\n"),
    ],
)
def test_broken_settings_keep_the_last_preview(preview, previewed, name, old, new):
    preview()
    before = page(preview, "2026/con-chu")
    previewed.edit(name, old, new)
    rebuilt = preview()
    assert rebuilt.report is None
    assert rebuilt.showing.is_stale
    assert rebuilt.showing.problems or rebuilt.showing.notes
    assert page(preview, "2026/con-chu") == before
    previewed.edit(name, new, old)
    assert not preview().showing.is_stale


def test_nothing_new_asks_no_browser_to_load_again(newsroom, monkeypatch):
    preview = begin(newsroom, monkeypatch)
    assert preview().is_new
    version = preview.stage.version
    assert not preview().is_new
    assert preview.stage.version == version
    newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
    assert preview().is_new
    assert preview.stage.version > version


class Told:
    """A watcher that tells one thing after the other; nothing for a while is an empty one."""

    def __init__(self, *changes):
        self.changes = [*changes, {str(serve.PACKAGE / "cli/main.py")}]
        self.waited = []

    def wait(self, seconds=math.inf):
        self.waited.append(seconds)
        return frozenset(self.changes.pop(0))


def test_what_is_saved_comes_first_and_all_the_rest_when_it_is_quiet():
    built, watcher = [], Told({"/a"}, {"/b"}, (), {"/c"}, ())
    with pytest.raises(serve.PackageChangedError):
        serve.follow(watcher, built.append)
    assert built == [[Path("/a")], [Path("/b")], None, [Path("/c")], None]
    assert watcher.waited == [math.inf, 1, 1, math.inf, 1, math.inf]


def test_everything_is_looked_at_where_notices_were_lost():
    built = []
    with pytest.raises(serve.PackageChangedError):
        serve.follow(Told(()), built.append)
    assert built == [None]


def test_a_build_that_is_told_shows_it_and_the_next_finds_the_rest(preview, previewed):
    preview()
    previewed.edit("con-chu", "Kết bài", "Đoạn kết")
    previewed.edit("nguoi-giu-lua", "Mở bài về bếp lửa.", "Mở bài mới.")
    assert preview([previewed.path("con-chu")]).is_new
    assert "Đoạn kết" in page(preview, "2026/con-chu")
    assert "Mở bài mới." not in page(preview, "2025/nguoi-giu-lua")
    assert preview().is_new
    assert "Mở bài mới." in page(preview, "2025/nguoi-giu-lua")


@pytest.fixture
def served(tmp_path):
    """A server of a small folder: its stage and a function that asks it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("<head></head><body>Bài A</body>", "utf-8")
    (tmp_path / "404.html").write_text('<body><a href="https://guong.example/nam/">', "utf-8")
    (tmp_path / "x.avif").write_bytes(b"avif")
    (tmp_path / "loi-ke.mp3").write_bytes(RECORDING)
    stage = Stage()
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    server = PreviewServer(tmp_path, stage, port=port, site_url="https://guong.example/", lang="vi")
    with contextlib.closing(server):
        server.start()

        def ask(path, **headers):
            answer, content = fetch_from(port, path, headers)
            return answer.status, answer.getheader("Content-Type"), content.decode()

        yield stage, ask, port


def fetch_from(port, path, headers):
    """Ask as no client would, too: nothing is looked at before it is sent."""
    asked = {"Host": f"{HOST}:{port}", **headers}
    lines = [f"GET {path} HTTP/1.0", *(f"{name}: {value}" for name, value in asked.items()), "", ""]
    with socket.create_connection((HOST, port), timeout=10) as line:
        line.sendall("\r\n".join(lines).encode("latin-1"))
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer, answer.read()


@pytest.fixture
def fetch(served):
    """Returns a server's answer and its content as bytes."""
    return lambda path, **headers: fetch_from(served[2], path, headers)


def test_pages_carry_the_mark_and_the_problems(served):
    stage, ask, _ = served
    wanted = {"key": "<b>", "file": "x", "candidates": "y", "elsewhere": ""}
    found = problem("GS301", "stories/2026/a/index.md", 4, 9, **wanted)
    stage.show(Showing({"a/": None}, (found,)), files_changed=True)
    status, kind, html = ask("/a/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert '<p class="gs-preview__mark">Bản nháp</p>' in html
    assert "dòng 4, cột 9 (GS301)" in html
    assert "&lt;b&gt;" in html and "<b>" not in html
    assert 'src="/.guongsang/preview.js"' in html


def test_addresses_that_lead_nowhere_get_the_sites_own_page(served):
    _, ask, _ = served
    status, _, html = ask("/khong-co/")
    assert status == 404
    assert 'href="/nam/"' in html


def test_files_go_out_as_what_they_are(served):
    _, ask, _ = served
    assert ask("/x.avif")[:2] == (200, "image/avif")
    assert ask("/.guongsang/preview.js")[:2] == (200, "text/javascript; charset=utf-8")
    assert ask("/.guongsang/state.py")[0] == 404
    assert ask("/../../etc/passwd")[0] == 404
    assert ask("/a")[0] == 301


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "[",
        "[::1",
        "a]:b",
        "",
        "\xea\tx",
    ],
)
def test_other_names_are_refused(served, host):
    _, ask, _ = served
    assert ask("/a/", Host=host)[0] == 403
    assert ask("/a/", Host="localhost:8000")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/{'a' * 256}/",
        f"/a/{'%E1%BB%91' * 90}.jpg",
        f"/{'b/' * 3000}",
        "/%00/",
        "/%ED%A0%80",
        "http://[/",
        "/.guongsang/events",
        "/.guongsang/%2e%2e/serve.py",
    ],
    ids=range(8),
)
def test_odd_addresses_lead_nowhere_quietly(served, capfd, path):
    _, ask, _ = served
    assert ask(path)[0] == 404
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("known", ["²", "x", "-1", "9" * 5000, ""])
def test_a_version_that_is_none_hears_the_newest(served, capfd, known):
    stage, ask, _ = served
    assert ask(f"/.guongsang/events/{known}")[2] == f"data: {stage.version}\n\n"
    assert capfd.readouterr() == ("", "")


def test_browsers_that_leave_early_leave_no_trace(served, capfd):
    """Clicking quickly does that: the line is cut while the answer is on its way."""
    _, ask, port = served
    for path in ("/a/", "/loi-ke.mp3", "/khong-co/") * 10:
        with socket.create_connection((HOST, port)) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    assert ask("/a/")[0] == 200
    time.sleep(0.2)
    assert capfd.readouterr() == ("", "")


def test_a_fault_of_our_own_leaves_a_traceback(served, capfd, monkeypatch):
    _, ask, _ = served
    monkeypatch.setattr("guongsang.preview.server.render_into", None)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        ask("/a/")
    time.sleep(0.2)
    assert "Traceback" in capfd.readouterr().err


def test_a_page_with_a_query_has_the_previews_parts(served):
    _, ask, _ = served
    status, _, html = ask("/a/?q=m%C3%B9+c%E1%BA%A3")
    assert status == 200
    assert 'src="/.guongsang/preview.js"' in html


def test_a_page_that_a_build_has_just_taken_away_is_lost(served, monkeypatch, capfd):
    _, ask, _ = served
    monkeypatch.setattr("os.path.isfile", lambda _path: True)
    assert ask("/vua-mat.html")[0] == 404
    assert ask("/vua-mat.mp3", Range="bytes=0-")[0] == 404
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, 99_999),
        ("bytes=70000-", 70_000, 99_999),
        ("bytes=10-19", 10, 19),
        ("bytes=99990-999999", 99_990, 99_999),
        ("bytes=-5", 99_995, 99_999),
        ("bytes=-900000", 0, 99_999),
    ],
)
def test_players_get_the_part_that_they_ask_for(served, fetch, asked, first, last):
    answer, content = fetch("/loi-ke.mp3", Range=asked)
    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/100000"
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert content == RECORDING[first : last + 1]
    assert answer.headers["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=-", "bytes=0-1,5-6", "chunks=0-1", "bytes=²-5", "", "bytes=a-b"]
)
def test_a_range_that_is_not_understood_gets_the_whole(served, fetch, asked):
    answer, content = fetch("/loi-ke.mp3", Range=asked)
    assert (answer.status, content) == (200, RECORDING)


@pytest.mark.parametrize("asked", ["bytes=100000-", "bytes=200000-200001", "bytes=-0"])
def test_a_range_beyond_the_end_is_told(served, fetch, asked):
    answer, content = fetch("/loi-ke.mp3", Range=asked)
    assert (answer.status, content) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */100000"


def test_a_part_of_a_recording_that_was_replaced_is_the_whole(served, fetch):
    answer, _ = fetch("/loi-ke.mp3", Range="bytes=0-9")
    modified = answer.headers["Last-Modified"]
    asked = {"Range": "bytes=0-9", "If-Range": modified}
    assert fetch("/loi-ke.mp3", **asked)[0].status == 206
    asked["If-Range"] = "Thu, 01 Jan 2026 00:00:00 GMT"
    assert fetch("/loi-ke.mp3", **asked)[0].status == 200


def test_browsers_hear_of_a_new_version(served):
    stage, ask, _ = served
    heard = []
    version = stage.version
    waiting = threading.Thread(target=lambda: heard.append(ask(f"/.guongsang/events/{version}")[2]))
    waiting.start()
    stage.show(Showing(), files_changed=True)
    waiting.join(timeout=10)
    assert heard == [f"data: {stage.version}\n\n"]
    assert ask("/.guongsang/events/0")[2] == f"data: {stage.version}\n\n"


def test_a_page_without_a_body_is_completed():
    html = render_into("<p>x", "", Showing(), 7, "vi")
    assert html.startswith("<p>x<script ")
    assert html.endswith('data-events="/.guongsang/events/7"></script>')


def test_saves_are_noticed_and_reading_is_not(tmp_path):
    (tmp_path / "stories/2026/a").mkdir(parents=True)
    story = tmp_path / "stories/2026/a/index.md"
    story.write_text("a", "utf-8")
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("a", "utf-8")
    with contextlib.closing(Watcher([tmp_path / "stories"], [settings])) as watcher:
        for path in (story, settings):
            story.read_text("utf-8")
            (tmp_path / "other.txt").write_text("x", "utf-8")
            path.write_text("b", "utf-8")
            assert wait_at_most(watcher, 10) == {str(path)}
            settle(watcher)
        fresh = tmp_path / "stories/2027/b"
        fresh.mkdir(parents=True)
        assert str(fresh) in hear_all(watcher)
        (fresh / "index.md").write_text("x", "utf-8")
        assert str(fresh / "index.md") in hear_all(watcher)


def replace_all(stories, copy):
    shutil.rmtree(stories)
    shutil.copytree(copy, stories)


def replace_quickly(stories, copy):
    copy.rename(stories.with_name("new"))
    stories.rename(stories.with_name("old"))
    stories.with_name("new").rename(stories)


def replace_slowly(stories, copy):
    shutil.rmtree(stories)
    time.sleep(0.7)
    shutil.copytree(copy, stories)


def replace_a_year(stories, copy):
    shutil.rmtree(stories / "2026")
    shutil.copytree(copy / "2026", stories / "2026")


def replace_the_newsroom(stories, copy):
    shutil.move(stories.parent, copy.parent / "elsewhere")
    shutil.copytree(copy, stories)


def wait_for_path(watcher, path):
    """What was done before may be told only now, on a slow machine."""
    told = wait_at_most(watcher, 10)
    while not any(path.is_relative_to(each) for each in told):
        assert told
        told = wait_at_most(watcher, 10)


@pytest.mark.parametrize(
    ("replace", "kind"),
    [
        (replace_all, "Observer"),
        (replace_quickly, "PollingObserver"),
        (replace_the_newsroom, "Observer"),
        *(
            pytest.param(replace, kind, marks=pytest.mark.long)
            for replace, kind in (
                (replace_all, "PollingObserver"),
                (replace_quickly, "Observer"),
                (replace_slowly, "Observer"),
                (replace_a_year, "Observer"),
            )
        ),
    ],
)
def test_a_folder_that_is_replaced_is_watched_again(tmp_path, monkeypatch, replace, kind):
    monkeypatch.setattr(watch, "Observer", getattr(watch, kind))
    monkeypatch.setattr(watch, "_POLL_SECONDS", 0.1)
    stories = tmp_path / "newsroom/stories"
    story = stories / "2026/a/index.md"
    story.parent.mkdir(parents=True)
    story.write_text("a", "utf-8")
    shutil.copytree(stories, tmp_path / "copy")
    settings = stories.parent / "mkdocs.yml"
    with contextlib.closing(Watcher([stories, stories.parent / "docs"], [settings])) as watcher:
        for text in ("b", "c"):
            replace(stories, tmp_path / "copy")
            settle(watcher)
            for path in (story, settings):
                path.write_text(text, "utf-8")
                wait_for_path(watcher, path)
                settle(watcher)
            shutil.copytree(stories, tmp_path / "copy", dirs_exist_ok=True)
            shutil.rmtree(tmp_path / "elsewhere", ignore_errors=True)
            shutil.rmtree(stories.parent / "old", ignore_errors=True)
            settle(watcher)


def test_a_folder_that_comes_later_is_watched(tmp_path):
    docs = tmp_path / "docs"
    with contextlib.closing(Watcher([docs], [tmp_path / "mkdocs.yml"])) as watcher:
        docs.mkdir()
        assert str(docs) in wait_at_most(watcher, 10)
        (docs / "index.md").write_text("x", "utf-8")
        assert str(docs / "index.md") in wait_at_most(watcher, 10)


def wait_at_most(watcher, seconds):
    """Return what the watcher tells; nothing if it is deaf."""
    told = []
    waiting = threading.Thread(target=lambda: told.append(watcher.wait()), daemon=True)
    waiting.start()
    waiting.join(timeout=seconds)
    return told[0] if told else frozenset()


def test_a_wait_ends_where_nothing_changes(tmp_path):
    with contextlib.closing(Watcher([tmp_path / "stories"], [])) as watcher:
        assert watcher.wait(0.1) == frozenset()
        (tmp_path / "stories").mkdir()
        assert watcher.wait(10) == {str(tmp_path / "stories")}


def settle(watcher):
    """Let the watcher tell all that it still has to."""
    time.sleep(0.3)
    watcher._changed.set()
    return watcher.wait()


def hear_all(watcher):
    """Return what the watcher tells, also what a slow machine lets it tell only a moment later."""
    return wait_at_most(watcher, 10) | settle(watcher)


def test_a_port_in_use_is_said_in_one_line(newsroom):
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        ran = newsroom.run("serve", "--port", str(port))
    assert ran.code == 1
    assert f"--port {port % 65535 + 1}" in ran.err
    assert len(ran.err.splitlines()) == 2  # the problem and its remedy
    assert ran.out == ""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_serve_rebuilds_after_a_save_and_ends_quietly(previewed, preview):
    """The whole command in a process of its own: open, save, see, Ctrl+C."""
    preview()
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "serve"]
    with subprocess.Popen(
        [*command, "--port", str(port), "--root", str(previewed.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
            wait_for(port, "Kết bài")
            time.sleep(0.5)
            previewed.edit("con-chu", "Kết bài", "Đoạn kết mới")
            wait_for(port, "Đoạn kết mới")
            process.send_signal(signal.SIGINT)
            told, _ = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0
    assert told.rstrip().endswith("Đã dừng xem thử.")
    assert "Traceback" not in told


def wait_for(port, text):
    """Ask for the story until it shows a text."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection(HOST, port, timeout=10)
            connection.request("GET", "/2026/con-chu/")
            html = connection.getresponse().read().decode()
            connection.close()
            if text in html:
                return
        time.sleep(0.1)
    raise AssertionError(f"{text!r} did not come")


def test_an_edited_text_is_shown_without_mkdocs(preview, previewed, monkeypatch):
    before = preview().showing
    with previewed.path("mot-giot-mau").open("a", encoding="utf-8") as file:
        file.write("\nBà con kể thêm.\n")
    monkeypatch.setattr("guongsang.preview.serve.run_build", None)
    rebuilt = preview()
    assert rebuilt.is_new
    assert rebuilt.showing == before
    assert "Bà con kể thêm." in page(preview, "2026/mot-giot-mau")
