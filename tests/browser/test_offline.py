"""Reading without a network, and never what was taken off the site."""

from __future__ import annotations

import http.server
import os
import shutil

import pytest
from tests.conftest import Lent, Newsroom

STORY = "2025/nguoi-giu-lua/"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys())
      found.push(`${name.split(":")[2]} ${new URL(url).pathname}`);
  return found;
}"""
# Chromium's own way to ask whether something is there yet takes no promise.
SETTLED = """async ([part, isThere]) => {
  for (let tries = 0; tries < 1200; tries++) {
    const kept = await (KEPT)();
    if (kept.some((each) => each.includes(part)) === isThere) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}""".replace("KEPT", KEPT)


class Line:
    """A network that can be cut: connections are then closed without an answer.

    `caching` is what the server lets browsers keep; at first as our settings for servers say.
    `asked` are the headers of each request for a page, by path.
    """

    def __init__(self) -> None:
        self.is_up = True
        self.caching = "no-cache"
        self.asked: dict[str, list[dict[str, str]]] = {}

    def handler(self, base: type[http.server.SimpleHTTPRequestHandler]):
        line = self

        class Cut(base):
            def end_headers(self) -> None:
                self.send_header("Cache-Control", line.caching)
                super().end_headers()

            def do_GET(self) -> None:  # noqa: N802 - its base says so
                if line.is_up:
                    line.asked.setdefault(self.path, []).append(dict(self.headers))
                    super().do_GET()
                else:
                    self.close_connection = True

        return Cut


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture(scope="module")
def lent(make_shared, tmp_path_factory):
    """The good newsroom below the path /site/, built once."""
    newsroom = make_shared("below")
    newsroom.edit("mkdocs.yml", "https://guong.example/", "https://guong.example/site/")
    newsroom.build()
    # The test's server tells whole seconds: what is published anew in the same one looks unchanged.
    for name in (f"{STORY}index.html", "sw.js"):
        written = newsroom.site / name
        os.utime(written, (written.stat().st_mtime - 60,) * 2)
    lent = Lent(newsroom.root, tmp_path_factory.mktemp("kept") / "newsroom")
    lent.keep()
    return lent


@pytest.fixture
def newsroom(lent):
    lent.restore()
    return Newsroom(lent.root)


@pytest.fixture
def published(newsroom, line, serve):
    """Its address, on a network that can be cut."""
    return f"{serve(newsroom.root, line.handler)}/site/"


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    opened = context.new_page()
    yield opened
    context.close()


def settle(page, part, is_there=True):
    assert page.evaluate(SETTLED, [part, is_there]), (part, page.evaluate(KEPT))


def read(page, address, path=STORY):
    """Read a page once before the worker is there, and once with it."""
    page.goto(address + path)
    settle(page, f"stories /site/{path}")
    page.reload()
    page.wait_for_load_state("load")


def heading(page):
    return page.locator("main h1").inner_text()


def test_what_was_read_can_be_read_again_without_a_network(page, published, line):
    read(page, published)
    settle(page, "pictures /site/anh/nguoi-giu-lua/")
    line.is_up = False
    page.goto(f"{published}{STORY}")
    assert heading(page) == "Người giữ lửa"
    assert page.get_by_text("Mở bài về bếp lửa.").is_visible()
    assert page.evaluate("document.images[0].naturalWidth") > 0
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Guong Sang')


def test_the_first_story_read_is_kept_too(page, published, line):
    page.goto(published + STORY)
    settle(page, f"stories /site/{STORY}")
    line.is_up = False
    page.goto(published + STORY)
    assert heading(page) == "Người giữ lửa"


def test_what_was_not_read_leads_to_a_page_that_helps(page, published, line):
    read(page, published)
    line.is_up = False
    page.goto(f"{published}2026/con-chu/")
    assert heading(page) == "Không có mạng"
    kept = page.locator("[data-kept] a")
    kept.first.wait_for()
    assert kept.all_inner_texts() == ["Người giữ lửa"]
    line.is_up = True
    page.locator("[data-again]").click()
    page.wait_for_url(f"{published}2026/con-chu/")
    assert heading(page) == "Con chữ lên Mù Cả"


def test_the_way_back_leads_to_no_other_site(page, published):
    for typed in ("https://xau.example/", "javascript:alert(1)", "//xau.example/"):
        page.goto(f"{published}khong-co-mang/?tu={typed}")
        assert page.locator("[data-again]").evaluate("link => link.href") == published


def retract(newsroom):
    newsroom.edit(
        "nguoi-giu-lua",
        "status: ready",
        "status: retracted\nretracted: {date: 2026-06-30, reason: Sai}",
    )
    newsroom.build()


def test_a_retracted_story_is_gone_as_soon_as_the_reader_is_online(page, published, line, newsroom):
    read(page, published)
    settle(page, "pictures /site/anh/nguoi-giu-lua/")
    retract(newsroom)
    page.goto(published + STORY)
    assert heading(page) == "Bài đã gỡ"
    settle(page, "nguoi-giu-lua", is_there=False)
    line.is_up = False
    page.goto(published + STORY)
    assert heading(page) == "Không có mạng"
    assert "Người giữ lửa" not in page.content()


def test_a_host_that_lets_browsers_keep_pages_hides_no_retraction(page, published, line, newsroom):
    """GitHub Pages: ten minutes for everything."""
    line.caching = "max-age=600"
    read(page, published)
    page.goto(published)
    retract(newsroom)
    page.goto(published + STORY)
    assert heading(page) == "Bài đã gỡ"
    settle(page, "nguoi-giu-lua", is_there=False)
    page.goto(published)
    page.go_back()
    assert heading(page) == "Bài đã gỡ"


def test_a_page_that_is_as_it_was_is_not_sent_again(page, published, line):
    line.caching = "max-age=600"
    read(page, published)
    page.goto(published)
    page.get_by_role("link", name="Người giữ lửa").first.click()
    page.wait_for_url(f"{published}{STORY}")
    assert heading(page) == "Người giữ lửa"
    asked = line.asked[f"/site/{STORY}"][-1]
    assert "If-Modified-Since" in asked
    assert asked["Referer"] == published
    assert "text/html" in asked["Accept"]


def test_redirects_are_followed(page, published, line):
    line.caching = "max-age=600"
    read(page, published)
    page.goto(published + STORY.rstrip("/"))  # the server leads to the address with a slash
    assert page.url == published + STORY
    assert heading(page) == "Người giữ lửa"


def test_a_retracted_story_goes_though_it_is_never_opened_again(page, published, newsroom):
    """The new worker brings the list of what was retracted."""
    read(page, published)
    retract(newsroom)
    page.goto(published + "gioi-thieu/")
    settle(page, "nguoi-giu-lua", is_there=False)


def test_a_story_that_is_no_longer_there_is_forgotten(page, published, line, newsroom):
    read(page, published)
    shutil.rmtree(newsroom.site / STORY)
    page.goto(published + STORY)
    settle(page, STORY, is_there=False)


def test_turned_off_it_takes_everything_away(page, published, newsroom):
    read(page, published)
    newsroom.edit(
        "stories/registers/newsroom.yml",
        "page_size: 2",
        "page_size: 2\nswitches: {offline: false}",
    )
    newsroom.build()
    assert not (newsroom.site / "khong-co-mang").exists()
    page.goto(published)
    settle(page, "", is_there=False)
    assert (
        page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    )
    assert "offline" not in page.content()


@pytest.mark.long
def test_few_stories_are_kept(page, published, newsroom):
    """The thirty read last; each is read as a first page is, to save opening it."""
    for number in range(30):
        shutil.copytree(newsroom.site / STORY, newsroom.site / f"2025/bai-{number}")
    read(page, published)
    for number in range(30):
        address = f"{published}2025/bai-{number}/"
        page.evaluate("read => navigator.serviceWorker.controller.postMessage({ read })", address)
        settle(page, f"stories /site/2025/bai-{number}/")
    settle(page, f"stories /site/{STORY}", is_there=False)
    assert len([each for each in page.evaluate(KEPT) if each.startswith("stories ")]) == 30
