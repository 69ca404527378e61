"""How readers read: sizes, colours, the gallery by keyboard, other orders, paper, slow networks."""

from __future__ import annotations

import gzip
import io
import re
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader
from tests.browser.waiting import wait_until, within

STORY = "2026/con-chu/"


@pytest.fixture
def reader(chromium, address):
    """A page that must end without a complaint and without having asked another host."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    complaints, hosts = [], set()
    page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    yield page
    context.close()
    assert complaints == []
    assert hosts <= {urlsplit(address).netloc, ""}


def paper(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def letters(page):
    return page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.story__body')).fontSize)"
    )


def test_the_reading_menu_is_remembered(reader, address):
    reader.goto(f"{address}{STORY}")
    light, normal = paper(reader), letters(reader)
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.className") == "masthead__skip"
    reader.get_by_title("Cỡ chữ và màu nền").click()
    reader.get_by_role("button", name="Tối").click()
    reader.get_by_role("button", name="Chữ to hơn").click()
    assert reader.get_by_role("button", name="Tối").get_attribute("aria-pressed") == "true"
    dark, large = paper(reader), letters(reader)
    assert dark != light
    assert large > normal
    reader.keyboard.press("Escape")
    assert not reader.locator(".reading__panel").is_visible()
    reader.goto(address)
    assert paper(reader) == dark, "forgotten on the next page"
    reader.get_by_title("Cỡ chữ và màu nền").click()
    reader.get_by_role("button", name="Cao").click()
    assert paper(reader) == "rgb(0, 0, 0)"
    reader.get_by_role("button", name="Theo máy").first.click()
    reader.get_by_role("button", name="Thường", exact=True).click()
    assert paper(reader) == light
    reader.goto(f"{address}{STORY}")
    assert letters(reader) == large
    reader.get_by_title("Cỡ chữ và màu nền").click()
    reader.get_by_role("button", name="Cỡ chữ thường").click()
    assert letters(reader) == normal


PAINTED = within("""new Promise((done) => new PerformanceObserver(done).observe(
    { type: "paint", buffered: true }
))""")


@pytest.mark.parametrize("kept", ['{"scheme": "dark", "text": "5"}', "42", "{", "null"])
def test_a_page_is_painted_as_wished_before_any_script_of_ours_is_there(chromium, address, kept):
    context = chromium.new_context(color_scheme="light", service_workers="block")
    page = context.new_page()
    page.goto(address)
    light = paper(page)
    page.evaluate("kept => localStorage.setItem('guong-sang.reading', kept)", kept)
    page.route("**/*.js", lambda _: None)  # never answered
    page.goto(f"{address}{STORY}", wait_until="commit")
    page.evaluate(PAINTED)
    assert page.evaluate("typeof guongSangReading") == "object"
    assert (paper(page) != light) == ("dark" in kept)
    context.close()


def test_colours_follow_the_device_without_script(chromium, address):
    seen = set()
    for scheme in ("light", "dark"):
        context = chromium.new_context(java_script_enabled=False, color_scheme=scheme)
        page = context.new_page()
        page.goto(address)
        assert not page.locator(".reading").is_visible()
        seen.add(page.screenshot(clip={"x": 2, "y": 200, "width": 4, "height": 4}))
        context.close()
    assert len(seen) == 2


def test_the_gallery_works_by_keyboard(reader, address):
    reader.goto(f"{address}{STORY}")
    link = reader.locator(".gallery__open").first
    link.focus()
    reader.keyboard.press("Enter")
    viewer = reader.get_by_role("dialog")
    assert viewer.is_visible()
    assert "Ảnh 1 trên 1" in viewer.inner_text()
    # Not wait_for_function: it evaluates in the page, which the page's own policy forbids.
    assert viewer.locator(".viewer__image").evaluate(
        "image => image.decode().then(() => image.naturalWidth > 0)"
    )
    for _ in range(3):  # focus stays inside, whatever is pressed
        reader.keyboard.press("Tab")
        assert reader.evaluate(
            "document.activeElement === document.body || "
            "document.querySelector('.viewer').contains(document.activeElement)"
        )
    reader.keyboard.press("ArrowRight")
    reader.keyboard.press("Escape")
    assert not viewer.is_visible()
    assert link.evaluate("link => link === document.activeElement")


def test_the_gallery_without_script_leads_to_the_files(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{STORY}")
    page.locator(".gallery__open").first.click()
    page.wait_for_url("**/*.jpg")
    context.close()


def test_every_facet_leads_to_the_story(reader, address):
    for index, page in (
        ("chuyen-muc/", "chuyen-muc/ban-muong/"),
        ("linh-vuc/", "linh-vuc/giao-duc/"),
        ("viec-lam/", "viec-lam/xoa-mu-chu/"),
        ("dia-phuong/", "dia-phuong/mu-ca/"),
        ("nhan-vat/", "nhan-vat/ho-giao/"),
        ("tac-gia/", "tac-gia/lan/"),
        ("nam/", "nam/2026/"),
    ):
        reader.goto(f"{address}{index}")
        reader.locator(f"main a[href$='{page.split('/')[1]}/']").first.click()
        reader.wait_for_url(f"{address}{page}")
        story = reader.get_by_role("link", name="Con chữ lên Mù Cả")
        if not story.count():
            reader.get_by_role("link", name="Bài cũ hơn").click()
        story.first.click()
        reader.wait_for_url(f"{address}{STORY}")


def test_lists_lead_to_their_neighbours(reader, address):
    reader.goto(f"{address}linh-vuc/giao-duc/")
    ways = reader.get_by_role("navigation", name="Lọc bài")
    assert ways.locator("[aria-current=page]").inner_text() == "Giáo dục"
    ways.get_by_role("link", name="địa phương").click()
    reader.wait_for_url(f"{address}dia-phuong/")


def test_honours_in_another_order(reader, address):
    reader.goto(f"{address}khen-thuong/")
    head = reader.locator("th[data-by=year]")
    for order in ("ascending", "descending"):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == order
        years = [text for text in reader.locator(".honours__year").all_inner_texts() if text]
        assert years == sorted(years, reverse=order == "descending")
    assert "giảm dần" in reader.locator("[data-sorted]").inner_text()


def test_a_story_on_paper(reader, address):
    reader.goto(f"{address}{STORY}")
    reader.emulate_media(media="print")
    assert (
        reader.locator(".story__body").evaluate("body => getComputedStyle(body).columnCount") == "2"
    )
    for hidden in (".masthead__nav", ".reading", ".share", ".related", ".neighbours", ".colophon"):
        assert not reader.locator(hidden).first.is_visible(), hidden
    title, code = (reader.locator(name).bounding_box() for name in ("h1", ".scan__code"))
    assert code["x"] >= title["x"] + title["width"]
    assert abs(code["y"] - title["y"]) < code["height"], "beside the title"
    body, photos = (reader.locator(name).bounding_box() for name in (".story__body", ".gallery"))
    assert photos["y"] >= body["y"] + body["height"] + 10
    pdf = reader.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


def test_the_heads_of_the_register_stand_on_every_sheet(reader, address):
    reader.goto(f"{address}khen-thuong/")
    reader.locator("[data-sortable] tbody tr").first.evaluate(
        "row => { for (let n = 0; n < 60; n += 1) row.after(row.cloneNode(true)); }"
    )
    sheets = PdfReader(io.BytesIO(reader.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) > 1
    assert all("Được khen thưởng" in sheet.extract_text() for sheet in sheets)


def test_numbers_in_a_table_stand_at_the_right_where_that_was_typed(reader, address):
    reader.goto(f"{address}huong-dan/cach-go/")
    edges = """cells => cells.map(cell => {
      const words = document.createRange();
      words.selectNodeContents(cell);
      return [cell, words].map(each => each.getBoundingClientRect().right);
    })"""
    found = reader.locator(".story__body .align-right").evaluate_all(edges)
    assert found
    assert all(0 <= cell - words < 20 for cell, words in found)


def test_nothing_moves_when_the_letters_arrive(chromium, address):
    """Our letters come late, as on a slow network: the page must not jump."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    held, is_slow = [], True

    def hold(route):
        held.append(route) if is_slow else route.continue_()

    page.route("**/*.woff2", hold)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " moved += entry.value }).observe({type: 'layout-shift', buffered: true})"
    )
    with page.expect_request("**/*.woff2"):
        page.goto(f"{address}{STORY}", wait_until="domcontentloaded")
    page.evaluate(PAINTED)
    page.wait_for_timeout(300)
    is_slow = False  # for what is asked for later than this
    for route in held:
        route.continue_()
    page.evaluate(within("document.fonts.ready.then(() => true)"))
    page.wait_for_timeout(300)
    assert page.evaluate("[...document.fonts].some(font => font.status === 'loaded')")
    assert page.evaluate("moved") < 0.01
    context.close()


SLOW = "Object.defineProperty(navigator, 'connection', {value: {effectiveType: '3g'}})"


def weigh(chromium, address, site, url, script=""):
    """Return what a phone asks for on a first visit, by kind, in bytes as gzip sends them."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, device_scale_factor=2, service_workers="block"
    )
    page = context.new_page()
    page.add_init_script(script)
    asked = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).path))
    page.goto(f"{address}{url}", wait_until="networkidle")
    for image in page.locator("img[loading]").all():
        # Playwright's own scrolling waits for two frames, which a busy machine may never draw.
        image.evaluate("image => image.scrollIntoView()")
        wait_until(page, lambda image=image: image.evaluate("image => image.complete"))
    page.wait_for_load_state("networkidle")
    context.close()
    uris = {path.removeprefix(urlsplit(address).path) for path in asked if path.startswith("/bao/")}
    sizes = {"anh": 0, "woff2": 0, "": 0}
    for uri in uris:
        content = (site / (uri if "." in uri else f"{uri}index.html")).read_bytes()
        is_packed = uri.endswith((".woff2", ".avif", ".jpg"))
        kind = "anh" if uri.startswith("anh/") else "woff2" if uri.endswith(".woff2") else ""
        sizes[kind] += len(content) if is_packed else len(gzip.compress(content, 6))
    return sizes, len(asked)


def test_a_story_is_light(chromium, address, built_below):
    """With all our letters, and without its photos, at most 75 KB; on a thin network 25 KB."""
    sizes, asked = weigh(chromium, address, built_below.site, STORY)
    assert sizes["woff2"] > 50_000, "the letters count too"
    assert sizes["woff2"] + sizes[""] <= 75_000
    assert asked <= 25
    slow, _ = weigh(chromium, address, built_below.site, STORY, SLOW)
    assert slow["woff2"] == 0
    assert slow[""] <= 25_000


def test_the_home_page_is_light(chromium, address, built_below):
    """With every picture down to its end at most 220 KB; those of this test are noise."""
    sizes, _ = weigh(chromium, address, built_below.site, "")
    assert sizes["anh"] > 0
    assert sum(sizes.values()) <= 220_000


def test_pictures_are_loaded_as_wide_as_they_are_shown(reader, address):
    """The narrowest file that is wide enough: else `sizes` says something else than is shown."""
    for width, height in ((360, 800), (820, 1100), (1280, 800)):
        reader.set_viewport_size({"width": width, "height": height})
        for url in ("", STORY, "chuyen-muc/ban-muong/", "dia-phuong/mu-ca/", "nhan-vat/ho-giao/"):
            reader.goto(f"{address}{url}")
            shown = reader.evaluate(CHOSEN)
            assert shown
            for what, across, chosen, offered in shown:
                enough = [each for each in offered if each >= across * 0.97] or offered[-1:]
                assert chosen == enough[0], (url, width, what, across)


# What each picture is, how wide it stands, which width its `sizes` asks for, and which there are.
CHOSEN = """() => [...document.querySelectorAll("picture")].map(picture => {
  const source = picture.querySelector("source"), image = picture.querySelector("img");
  const offered = source.srcset.match(/\\d+(?=w)/g).map(Number).sort((a, b) => a - b);
  const probe = document.createElement("img");
  probe.sizes = source.sizes;
  const asked = source.sizes.split(",").map(each => each.trim()).map(each => {
    const [, condition, size] = each.match(/^(\\(.*?\\)) (.*)$/) || [, null, each];
    return !condition || matchMedia(condition).matches ? size : null;
  }).find(Boolean);
  const box = document.body.appendChild(document.createElement("div"));
  box.style.width = asked.replace(/([\\d.]+)rem/g, (_, n) => `${n * 16}px`);
  const wanted = box.getBoundingClientRect().width;
  box.remove();
  const chosen = offered.find(each => each >= wanted) || offered.at(-1);
  const across = image.getBoundingClientRect().width;
  return [image.closest(".picture").className, across, chosen, offered];
})"""


def test_on_a_short_page_the_footer_stands_at_the_end_of_the_window(reader, address):
    reader.set_viewport_size({"width": 1280, "height": 1400})
    for url in ("404.html", "tac-gia/"):
        reader.goto(f"{address}{url}")
        end = "document.querySelector('footer').getBoundingClientRect().bottom"
        assert reader.evaluate(end) == pytest.approx(reader.evaluate("innerHeight"), abs=1)


def test_on_a_phone_the_link_to_where_the_reader_is_can_be_seen(reader, address):
    reader.set_viewport_size({"width": 360, "height": 700})
    for url in ("", "chuyen-muc/", "khen-thuong/", "gioi-thieu/"):
        reader.goto(f"{address}{url}")
        here = reader.locator(".masthead__nav [aria-current]").bounding_box()
        assert here["x"] >= 0
        assert here["x"] + here["width"] <= 360


def test_marks_that_only_decorate_are_not_read_aloud(reader, address):
    reader.goto(f"{address}khen-thuong/")
    assert reader.get_by_role("columnheader", name="Năm", exact=True).count() == 1
    reader.goto(f"{address}{STORY}")
    assert "›" not in reader.locator("main").aria_snapshot()
