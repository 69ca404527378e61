"""Films beside a story: played by the page's own player, and only when somebody asks for it."""

from __future__ import annotations

import base64

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from tests.browser.waiting import wait_until, within

STORY = "2026/con-chu/"
# A second of moving colour, recorded by the browser itself.
RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const pen = canvas.getContext("2d");
  let hue = 0;
  const draw = () => {
    pen.fillStyle = `hsl(${(hue += 20)} 60% 50%)`;
    pen.fillRect(0, 0, 320, 180);
  };
  draw();
  const timer = setInterval(draw, 40);
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  await new Promise((done) => setTimeout(done, 1000));
  const stopped = new Promise((done) => (recorder.onstop = done));
  recorder.stop();
  await stopped;
  clearInterval(timer);
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""
BODY = """[Xem ở nơi khác (5'20")](https://youtu.be/abc123)

[![](bia.jpg) Bà con qua cầu mới (0:01)](<cau moi.webm>)

Đoạn chữ đầu.

[Không có ảnh](hai.webm)

Đoạn chữ sau."""
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  return found;
}"""
WEIGHT = "(p) => getComputedStyle(p).fontWeight"


@pytest.fixture(scope="module")
def film(chromium):
    context = chromium.new_context()
    page = context.new_page()
    made = base64.b64decode(page.evaluate(RECORD))
    context.close()
    return made


@pytest.fixture(scope="module")
def filmed(make_shared, film, serve):
    """The address of a site with two films in a story."""
    newsroom = make_shared("filmed")
    path = newsroom.path("con-chu")
    front, _, body = path.read_text("utf-8").partition("\n---\n")
    films = "films:\n  - {src: cau moi.webm, transcript: Lời trong phim}\n  - src: hai.webm"
    path.write_text(f"{front}\n{films}\n---\n\n{BODY}\n\n{body}", "utf-8")
    for name in ("cau moi.webm", "hai.webm"):
        path.with_name(name).write_bytes(film)
    newsroom.build()
    return f"{serve(newsroom.site)}/"


def test_a_film_is_played_when_somebody_asks_for_it(chromium, filmed):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text))
    page.goto(filmed + STORY)
    page.evaluate(within("navigator.serviceWorker.ready.then(() => true)"))
    player = page.get_by_label("Bà con qua cầu mới")
    player.evaluate("player => player.scrollIntoView()")
    assert not [url for url in asked if "/phim/" in url]
    before = player.evaluate("(video) => [video.clientWidth, video.clientHeight]")
    player.evaluate("(video) => video.play()")
    wait_until(page, lambda: player.evaluate("(video) => video.currentTime > 0.2"))
    assert player.evaluate("(video) => [video.videoWidth, video.error]") == [320, None]
    assert before[0] / before[1] == pytest.approx(1.6, abs=0.02)  # that of its picture
    assert {url for url in asked if "/phim/" in url} == {f"{filmed}phim/con-chu/cau%20moi.webm"}
    assert not [url for url in page.evaluate(KEPT) if "/phim/" in url]
    assert complaints == []
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_players_fit_and_below_them_is_no_lede(chromium, filmed, width, scheme):
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, service_workers="block"
    )
    page = context.new_page()
    page.goto(filmed + STORY)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for player in page.locator("figure.phim").all():
        text = page.locator(".story__body > p:not(.phim)").first
        box, column = player.bounding_box(), text.bounding_box()
        assert box["width"] == pytest.approx(column["width"], abs=1)
    paragraphs = page.locator(".story__body > p:not(.phim)")
    assert paragraphs.first.inner_text() == "Đoạn chữ đầu."
    assert {each.evaluate(WEIGHT) for each in paragraphs.all()} == {"400"}
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_player(chromium, filmed, scheme):
    context = chromium.new_context(
        color_scheme=scheme, service_workers="block", bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(filmed + STORY)
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run('.story__body').then(({ violations }) => violations)")
    assert found == []
    context.close()


def test_on_paper_a_film_is_its_address(chromium, filmed):
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    page.goto(filmed + STORY)
    page.emulate_media(media="print")
    assert not page.locator("video").first.is_visible()
    told = page.locator("figure.phim figcaption").first.inner_text().split()
    assert told[-1] == "https://guong.example/phim/con-chu/cau%20moi.webm"
    page.emulate_media(media="screen")
    assert "https://" not in page.locator("figure.phim figcaption").first.inner_text()
    context.close()
