"""The preview in a browser: any number of tabs follows what is saved."""

from __future__ import annotations

import contextlib
import socket

import pytest
from tests.browser.waiting import wait_until

from guongsang.preview.server import HOST, PreviewServer
from guongsang.preview.state import Showing, Stage

HIDE = """const see = (how) => {
  Object.defineProperty(document, "visibilityState", { value: how, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def preview(tmp_path):
    """A served folder: how to save a page in it, and its address."""
    stage = Stage()
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]

    def save(text):
        html = f"<head></head><body><p>{text}</p></body>"
        (tmp_path / "index.html").write_text(html, "utf-8")
        stage.show(Showing(), files_changed=True)

    save("Bản một")
    server = PreviewServer(tmp_path, stage, port=port, site_url="https://guong.example/", lang="vi")
    with contextlib.closing(server):
        server.start()
        yield save, f"http://{HOST}:{port}/"


@pytest.fixture
def tabs(chromium, preview):
    """Nine tabs of one window: more than a browser opens lines to a host."""
    with contextlib.closing(chromium.new_context()) as context:
        opened = [context.new_page() for _ in range(9)]
        for tab in opened:
            tab.goto(preview[1])
        yield opened


def wait_for(tab, text):
    # text_content waits for the body of the page that is loading; a script of ours might meet none.
    wait_until(tab, lambda: text in tab.text_content("body"))
    assert text in tab.text_content("body")


def test_nine_tabs_open_and_follow(preview, tabs):
    save, _ = preview
    for text in ("Bản hai", "Bản ba"):
        save(text)
        for tab in tabs:
            wait_for(tab, text)


def test_another_tab_listens_when_the_one_that_did_is_closed(preview, tabs):
    save, _ = preview
    text = "Bản một"
    while len(tabs) > 1:
        wait_for(tabs[0], text)  # Chromium may never close a page that it is loading again
        tabs.pop(0).close()
        text = f"Còn {len(tabs)}"
        save(text)
        wait_for(tabs[-1], text)


def test_a_hidden_tab_loads_again_when_it_is_seen(preview, tabs):
    save, _ = preview
    for tab in tabs[:5]:
        tab.evaluate(f"{HIDE}; window.see = see; see('hidden')")
    save("Bản hai")
    for tab in tabs[5:]:
        wait_for(tab, "Bản hai")
    save("Bản ba")
    for tab in tabs[5:]:
        wait_for(tab, "Bản ba")
    for tab in tabs[:5]:
        assert "Bản một" in tab.text_content("body")
        tab.evaluate("see('visible')")
        wait_for(tab, "Bản ba")


def test_a_page_that_was_left_is_new_when_one_goes_back(preview, tabs):
    save, _ = preview
    tab = tabs[3]
    tab.goto("about:blank")
    save("Bản hai")
    tab.go_back()
    for each in tabs:
        wait_for(each, "Bản hai")
