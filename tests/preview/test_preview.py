"""A preview shows what is being written, and never touches the published site."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
from tests.harms import break_reference, break_yaml, cut_photo, lose_photo

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
NOW = "1782864000"  # as in the tests' conftest: before the scheduled story is due


@pytest.fixture
def preview(newsroom, monkeypatch):
    """A function that builds the preview of the newsroom once."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    folder = newsroom.cache / "guongsang/preview"
    stage = Stage()

    def build():
        return build_preview(newsroom.root / "mkdocs.yml", folder, stage, lang="vi")

    build.folder, build.stage = folder, stage
    return build


def page(preview, url):
    return (preview.folder / url / "index.html").read_text("utf-8")


def rules(rebuilt):
    return {found.rule for found in rebuilt.showing.problems if found.is_error}


def test_drafts_and_scheduled_stories_are_shown(preview, newsroom):
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


def test_the_published_site_is_not_touched(preview, newsroom):
    newsroom.build()
    before = newsroom.bytes()
    newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
    preview()
    assert newsroom.bytes() == before
    newsroom.build()
    assert newsroom.bytes() == newsroom.clean_bytes()


def test_a_build_after_a_preview_publishes_no_draft(preview, newsroom):
    preview()
    newsroom.build()
    assert not (newsroom.site / "2026/ban-thao").exists()
    assert newsroom.bytes() == newsroom.clean_bytes()


@pytest.mark.parametrize("harm", [break_reference, break_yaml, lose_photo, cut_photo])
@pytest.mark.parametrize("first", [True, False], ids=["at-first", "later"])
def test_a_broken_story_stops_nothing_else(preview, newsroom, harm, first):
    if not first:
        preview()
    says = harm(newsroom)
    newsroom.edit("nguoi-giu-lua", "Mở bài về bếp lửa.", "Mở bài mới.")
    rebuilt = preview()
    assert any(rule.startswith(says) for rule in rules(rebuilt))
    assert "Mở bài mới." in page(preview, "2025/nguoi-giu-lua")
    broken = page(preview, "2026/con-chu")
    assert "Bài đang có lỗi" in broken
    assert "stories/2026/con-chu/" in broken
    assert "Con chữ lên Mù Cả" not in page(preview, "chuyen-muc/ban-muong")


def test_a_mended_story_comes_back(preview, newsroom):
    break_reference(newsroom)
    preview()
    newsroom.edit("con-chu", "column: khong-co", "column: ban-muong")
    rebuilt = preview()
    assert rules(rebuilt) == set()
    assert "Kết bài" in page(preview, "2026/con-chu")


def test_a_lost_link_is_told_and_the_story_still_shown(preview, newsroom):
    newsroom.edit("nguoi-giu-lua", "Mở bài về", "Xem [bài](/2026/khong-co/). Mở bài về")
    rebuilt = preview()
    assert rules(rebuilt) == {"GS701"}
    assert "Mở bài về bếp lửa." in page(preview, "2025/nguoi-giu-lua")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("stories/registers/newsroom.yml", "province: lai-chau", "province: lai-cho"),
        ("stories/registers/columns.yml", "ban-muong: {", "ban-muong: ["),
        ("mkdocs.yml", "theme:\n", "theme: [\n"),
    ],
)
def test_broken_settings_keep_the_last_preview(preview, newsroom, name, old, new):
    preview()
    before = page(preview, "2026/con-chu")
    newsroom.edit(name, old, new)
    rebuilt = preview()
    assert rebuilt.report is None
    assert rebuilt.showing.is_stale
    assert rebuilt.showing.problems or rebuilt.showing.notes
    assert page(preview, "2026/con-chu") == before
    newsroom.edit(name, new, old)
    assert not preview().showing.is_stale


def test_nothing_new_asks_no_browser_to_load_again(preview, newsroom):
    assert preview().is_new
    version = preview.stage.version
    assert not preview().is_new
    assert preview.stage.version == version
    newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
    assert preview().is_new
    assert preview.stage.version > version


@pytest.fixture
def served(tmp_path):
    """A server of a small folder: its stage and a function that asks it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("<head></head><body>Bài A</body>", "utf-8")
    (tmp_path / "404.html").write_text('<body><a href="https://guong.example/nam/">', "utf-8")
    (tmp_path / "x.avif").write_bytes(b"avif")
    stage = Stage()
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    server = PreviewServer(tmp_path, stage, port=port, site_url="https://guong.example/", lang="vi")
    with contextlib.closing(server):
        server.start()

        def ask(path, **headers):
            connection = http.client.HTTPConnection(HOST, port, timeout=10)
            with contextlib.closing(connection):
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                return answer.status, answer.getheader("Content-Type"), answer.read().decode()

        yield stage, ask, port


def test_pages_carry_the_mark_and_the_problems(served):
    stage, ask, _ = served
    found = problem("GS301", "stories/2026/a/index.md", 4, 9, key="<b>", file="x", candidates="y")
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


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
def test_other_names_are_refused(served, host):
    _, ask, _ = served
    assert ask("/a/", Host=host)[0] == 403
    assert ask("/a/", Host="localhost:8000")[0] == 200


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
            assert watcher.wait() == {str(path)}
        fresh = tmp_path / "stories/2027/b"
        fresh.mkdir(parents=True)
        assert str(fresh) in watcher.wait()
        (fresh / "index.md").write_text("x", "utf-8")
        assert str(fresh / "index.md") in watcher.wait()


def test_a_port_in_use_is_said_in_one_line(newsroom):
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        ran = newsroom.run("serve", "--port", str(port))
    assert ran.code == 1
    assert f"--port {port % 65535 + 1}" in ran.err
    assert len(ran.err.splitlines()) == 2  # the problem and its remedy
    assert ran.out == ""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_serve_rebuilds_after_a_save_and_ends_quietly(newsroom, preview):
    """The whole command in a process of its own: open, save, see, Ctrl+C."""
    preview()
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "serve"]
    with subprocess.Popen(
        [*command, "--port", str(port), "--root", str(newsroom.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
            wait_for(port, "Kết bài")
            time.sleep(0.5)
            newsroom.edit("con-chu", "Kết bài", "Đoạn kết mới")
            wait_for(port, "Đoạn kết mới")
            process.send_signal(signal.SIGINT)
            told = process.stdout.read()
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


def test_an_edited_text_is_shown_without_mkdocs(preview, newsroom, monkeypatch):
    before = preview().showing
    with newsroom.path("mot-giot-mau").open("a", encoding="utf-8") as file:
        file.write("\nBà con kể thêm.\n")
    monkeypatch.setattr("guongsang.preview.serve.run_build", None)
    rebuilt = preview()
    assert rebuilt.is_new
    assert rebuilt.showing == before
    assert "Bà con kể thêm." in page(preview, "2026/mot-giot-mau")
